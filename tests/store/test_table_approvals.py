"""`verify` on approvals of table files: under the station's key, by two persons, each on the version before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.facts import Fact, TableApproved, TablesAdopted
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.tables import ApprovedTable, adopted_content, approved_content
from carcheck_desktop.store.checking.report import Findings
from carcheck_desktop.store.checking.signatures import Signatures

KEY, OTHER = SigningKey.generate(), SigningKey.generate()
FILE, FIRST, SECOND = "gb38900-2020.toml", "ab" * 32, "cd" * 32
TABLES = (ApprovedTable(FILE, "GB 38900-2020", FIRST),)


def adopted(key: SigningKey = KEY) -> TablesAdopted:
    return TablesAdopted("0.1.0", TABLES, key.public_hex, key.sign(adopted_content(TABLES, "0.1.0")))


def approved(key: SigningKey = KEY, **changes: Any) -> TableApproved:
    """Return an approval that is signed as it stands."""
    fact = TableApproved(FILE, "GB 38900-2020", FIRST, SECOND, (), "", "boss", "zhou", key.public_hex, "")
    fact = replace(fact, **changes)
    content = approved_content(fact.file, fact.old_hash, fact.new_hash, fact.by, fact.approved_by)
    return replace(fact, signature=key.sign(content))


def found(*facts: Fact, blobs: tuple[str, ...] = (FIRST, SECOND)) -> list[str]:
    """Return the codes of what `verify` finds of these."""
    signatures, findings = Signatures(), Findings()
    for seq, fact in enumerate(facts, 1):
        actor = fact.by if isinstance(fact, TableApproved) else "system"
        at = datetime(2026, 1, 5, tzinfo=UTC)
        entry = seal(fact, node="service", seq=seq, at=at, actor=actor, blobs=blobs, previous=ZERO_HASH)
        signatures.hear(entry, {"node": "service", "seq": seq, "pos": seq})
    signatures.check(KEY.public_hex, findings)
    return [each.code for each in findings.problems]


def test_tables_that_were_taken_over_and_approved_lawfully_are_proved() -> None:
    assert found(adopted(), approved()) == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param((adopted(OTHER),), id="taken over under another key"),
        pytest.param((adopted(), approved(OTHER)), id="approved under another key"),
        pytest.param((adopted(), replace(approved(), new_hash="ef" * 32)), id="another version than was signed"),
        pytest.param((adopted(), approved(approved_by="boss")), id="one person alone"),
        pytest.param((adopted(), approved(approved_by="")), id="nobody agreed"),
        pytest.param((adopted(), approved(old_hash="ef" * 32)), id="not on the version before"),
    ],
)
def test_an_approval_that_does_not_hold_is_named(facts: tuple[Fact, ...]) -> None:
    assert found(*facts) == ["store.verify.table_not_approved"]


def test_an_approval_whose_content_is_not_covered_by_its_entry_is_named() -> None:
    assert found(adopted(), approved(), blobs=(FIRST,)) == ["store.verify.table_not_approved"]
