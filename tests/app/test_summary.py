"""`summary.json` of a demonstration says what the record says: no value of its own, voided runs included."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from carcheck_desktop.app.summary import visit_summary
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.measurements import AxleWeighing, Curve, Origin
from carcheck_desktop.domain.ports import VisitRecord
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import VisitView
from tests.domain.samples import CARD, DIGEST, EFFORT, PROBLEM, SAMPLES

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def sample(kind: type[f.Fact]) -> f.Fact:
    return next(each for each in SAMPLES if type(each) is kind)


def started(item: str, run: str, kind: ItemKind = ItemKind.SERVICE_BRAKE) -> f.ItemStarted:
    return f.ItemStarted(run, "visit-1", "attempt-1", "occupancy-1", "1", item, kind, 1, None)


def finished(run: str = "run-1", **changes: object) -> f.ItemFinished:
    full = sample(f.ItemFinished)
    assert isinstance(full, f.ItemFinished)
    only = replace(full, run_id=run, weighing=None, parking_brake=None)
    return replace(only, **changes)  # type: ignore[arg-type]


def voided(item: str, run: str, attempt: str = "attempt-1", reason: Problem = PROBLEM) -> f.ItemVoided:
    return f.ItemVoided(run, "visit-1", attempt, "1", item, reason, will_repeat=True)


def record_of(*facts: f.Fact) -> VisitRecord:
    """Return the record of a visit to which these things happened, a minute apart."""
    entries: list[Entry] = []
    view: VisitView | None = None
    for number, fact in enumerate((sample(f.VisitOpened), *facts), 1):
        at = AT + timedelta(minutes=number - 1)
        entry = seal(fact, node="n", seq=number, at=at, actor="li", blobs=(), previous=ZERO_HASH)
        entries.append(entry)
        view = fold_visit(view, entry)
    assert view is not None
    return VisitRecord(view, tuple(entries), {DIGEST: Curve(10, (1,), (2,))})


BEGUN = (sample(f.AttemptStarted),)
WEIGHED = finished(
    "run-0", item="W1", item_kind=ItemKind.AXLE_WEIGHING, weighing=AxleWeighing(1, EFFORT.duration_s, EFFORT.duration_s),
    service_brake=None, cards=(), outcome=Outcome.NOT_JUDGED,
)  # fmt: skip
DONE = (*BEGUN, started("W1", "run-0", ItemKind.AXLE_WEIGHING), WEIGHED, started("B1", "run-1"), finished())


def test_a_car_that_only_waits_has_no_items_and_no_origin() -> None:
    told = visit_summary(record_of())
    assert (told["stage"], told["origin"], told["items"], told["attempts"]) == ("waiting", None, [], [])
    assert (told["outcome"], told["started_at"], told["concluded_at"]) == (None, None, None)


def test_a_plate_stands_there_whole_and_masked() -> None:
    told = visit_summary(record_of())
    assert (told["plate"], told["masked_plate"]) == ("渝A12345", "渝A1**45")


def test_each_item_tells_its_effort_its_measurement_and_its_cards() -> None:
    told = {item["item"]: item for item in visit_summary(record_of(*DONE))["items"]}
    brake = told["B1"]
    assert (brake["samples"], brake["lost_samples"], brake["wire_bytes"]) == (845, 2, 5319)
    assert brake["dwell_s"] == {"drag": "3.00"}
    assert brake["measurement"]["curve_digest"] == DIGEST
    assert [card["rounded"] for card in brake["cards"]] == [str(CARD.rounded)]
    assert told["W1"]["measurement"] == {"axle": 1, "left_kg": "11.8", "right_kg": "11.8"}
    assert len(told["W1"]["cards"]) == 0


def test_an_item_that_was_not_reached_says_so() -> None:
    told = {item["item"]: item for item in visit_summary(record_of(*BEGUN))["items"]}
    assert (told["B1"]["state"], told["B1"]["measurement"], told["B1"]["runs"]) == ("planned", None, 0)
    assert "samples" not in told["B1"]


def test_a_run_that_came_to_nothing_is_told_with_its_reason_and_the_repeat_counts() -> None:
    other = Problem("devices.no_reply", {"device": "bench"})
    facts = (*BEGUN, started("B1", "run-7"), voided("B1", "run-7", reason=other), started("B1", "run-1"), finished())
    told = {item["item"]: item for item in visit_summary(record_of(*facts))["items"]}
    assert [reason["code"] for reason in told["B1"]["voided"]] == ["devices.no_reply"]
    assert (told["B1"]["runs"], told["B1"]["state"]) == (2, "done")
    assert told["W1"]["voided"] == []


def test_only_the_last_attempts_items_are_told_but_every_attempt_is_named() -> None:
    first = BEGUN[0]
    assert isinstance(first, f.AttemptStarted)
    second = replace(first, attempt_id="attempt-2", number=2)
    aborted = f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.ABORTED, "wrong car")
    told = visit_summary(record_of(*DONE, voided("B1", "run-9"), aborted, second))
    assert [(each["number"], each["state"]) for each in told["attempts"]] == [(1, "aborted"), (2, "running")]
    assert {item["state"] for item in told["items"]} == {"planned"}
    assert all(item["voided"] == [] for item in told["items"])
    assert told["origin"] == "simulator"


def test_the_times_are_those_of_the_journal() -> None:
    concluded = f.VisitConcluded("visit-1", "attempt-1", Outcome.FAIL, (CARD,))
    told = visit_summary(
        record_of(*DONE, f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.COMPLETE, ""), concluded)
    )
    assert (told["outcome"], told["stage"]) == ("fail", "failed")
    assert told["opened_at"] == "2026-01-05T08:00:00Z"
    assert told["started_at"] == "2026-01-05T08:01:00Z"
    assert told["ended_at"] == "2026-01-05T08:06:00Z"
    assert told["concluded_at"] == "2026-01-05T08:07:00Z"


def test_values_of_two_origins_are_both_named() -> None:
    facts = (*DONE[:3], started("B1", "run-1"), finished(origin=Origin.HARDWARE))
    assert visit_summary(record_of(*facts))["origin"] == "hardware and simulator"


@pytest.mark.parametrize("facts", [(), BEGUN, DONE])
def test_every_summary_can_be_written_as_json(facts: tuple[f.Fact, ...]) -> None:
    assert json.loads(json.dumps(visit_summary(record_of(*facts))))["visit_id"] == "visit-1"
