"""Facts: what was written years ago is read today, and is written the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import FACTS, Fact
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.upcast import upcast
from tests.domain.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def golden(fact: Fact) -> Path:
    return GOLDEN / f"{fact.kind}.v{fact.version}.json"


def entry(kind: str, version: int, payload: str) -> Entry:
    return Entry("service", 1, AT, "li", kind, version, "visit-1", payload, (), ZERO_HASH, "")


def test_there_is_a_sample_of_every_fact() -> None:
    assert {type(fact) for fact in SAMPLES} == set(FACTS.values())


@pytest.mark.parametrize("fact", SAMPLES, ids=lambda fact: fact.kind)
def test_a_fact_is_written_as_in_its_golden_file(fact: Fact) -> None:
    assert json.loads(to_json(fact)) == json.loads(golden(fact).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_version_ever_written_is_read(path: Path) -> None:
    kind, version = path.stem.rsplit(".v", 1)
    fact = entry(kind, int(version), path.read_text(encoding="utf-8")).fact()
    assert fact.kind == kind
    assert from_json(to_json(fact), FACTS[kind]) == fact


@pytest.mark.parametrize("fact", SAMPLES, ids=lambda fact: fact.kind)
def test_a_fact_comes_back_from_its_entry(fact: Fact) -> None:
    sealed = seal(fact, node="lane-1", seq=1, at=AT, actor="li", blobs=(), previous=ZERO_HASH)
    assert sealed.fact() == fact
    assert sealed.subject == fact.subject != ""


def test_an_unknown_fact_is_named() -> None:
    with pytest.raises(DataError) as caught:
        entry("car_flew", 1, "{}").fact()
    assert caught.value.problem.params["kind"] == "car_flew"


def test_a_fact_of_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(DataError) as caught:
        entry("signed_out", 99, "{}").fact()
    assert caught.value.code == "domain.journal.newer_fact"


def test_old_versions_are_lifted_step_by_step() -> None:
    lifts = {
        ("signed_out", 1): lambda old: {**old, "node": "?"},
        ("signed_out", 2): lambda old: {**old, "name": str(old["name"]).upper()},
    }
    lifted = upcast("signed_out", 1, '{"name":"li"}', lifts)
    assert json.loads(lifted) == {"name": "LI", "node": "?"}
