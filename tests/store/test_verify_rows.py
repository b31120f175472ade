"""`verify` and the rows that may change or vanish: personal data, rows of older programs, people."""

from __future__ import annotations

from dataclasses import replace

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import UserChanged
from carcheck_desktop.domain.private import VisitPrivate, private_digest
from tests.store.conftest import Database
from tests.store.facts import record, visit_opened
from tests.store.test_verify import codes, fill, filled, only

__all__ = ["filled"]


def test_personal_data_that_were_changed_lost_or_made_up_are_named(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        for number in (1, 2, 3):
            private = VisitPrivate(f"visit-{number}", "00" * 16, "王建国", None)
            fact = replace(visit_opened(private.visit_id, f"渝A0000{number}"), private_digest=private_digest(private))
            record(unit, fact)
            unit.privates.put(private)
    assert codes(database.verify()) == []
    database.tamper(
        "UPDATE visit_private SET content = replace(content, '王建国', '李建国') WHERE visit_id = 'visit-1'",
        "DELETE FROM visit_private WHERE visit_id = 'visit-2'",
        "INSERT INTO visit_private (visit_id, content) VALUES ('visit-9', '{}')",
    )
    assert codes(database.verify()) == ["private_changed", "private_missing", "private_extra"]


def test_a_row_of_before_a_vehicle_had_a_vin_lacks_nothing(filled: Database) -> None:
    filled.tamper('UPDATE visit SET view = replace(view, \'"vin":""\', \'"vim":""\') WHERE visit_id = \'visit-1\'')
    assert only(filled.verify(), "visit_changed").params["columns"] == "view"
    filled.tamper("UPDATE visit SET view = replace(view, ',\"vim\":\"\"', '') WHERE visit_id = 'visit-1'")
    assert codes(filled.verify()) == []


def test_a_changed_role_is_the_one_that_counts(database: Database) -> None:
    store = database.open()
    fill(store)
    with store.begin() as unit:
        found = unit.users.get("李敏")
        assert found is not None
        unit.users.put(replace(found, role=Role.GUIDE))
        record(unit, UserChanged("李敏", Role.GUIDE, locked=False))
    assert codes(database.verify()) == []
