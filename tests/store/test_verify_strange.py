"""`verify` on what no program of ours would ever write: a finding, and never a crash."""

from __future__ import annotations

from collections.abc import Callable

from tests.store.conftest import Database
from tests.store.test_verify import codes, fill, only


def test_an_emptied_file_of_heads_is_as_good_as_none(database: Database) -> None:
    store = database.open()
    fill(store)
    store.close()
    database.heads_file.write_bytes(b"")
    only(database.verify(), "heads_missing")


def test_a_number_that_is_no_number_is_a_finding_and_no_crash(make_database: Callable[[str], Database]) -> None:
    database = make_database("sqlite")
    fill(database.open())
    database.tamper("UPDATE journal SET seq = 'x' WHERE pos = 7")
    found = codes(database.verify())
    assert found[0] == "entry_changed"
    assert "entries_missing" in found
