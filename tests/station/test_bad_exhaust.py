"""Bad days of an exhaust test over real wires, by both makes: named, recoverable, and in the end a result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.commands import ResumeAttempt
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import ItemState, LaneView
from tests.station.hostile import SOUND, Hostile, hostile_station, is_cut_off, problem_of

pytestmark = pytest.mark.timeout(200)
SPEED = 20.0


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """A lane with the make that checks for residue by itself; what the other says is tried at its driver."""
    with hostile_station(tmp_path_factory.mktemp("lane"), analyser="mingquan_mqw50a", speed=SPEED) as made:
        yield made


def cut_off_by(lane: Hostile) -> str:
    """Wait until somebody is needed; return why."""
    lane.until(is_cut_off)
    attempt = lane.view().attempt
    assert attempt is not None
    assert attempt.problem is not None
    return attempt.problem.code


def goes_on(lane: Hostile) -> None:
    assert lane.lane(ResumeAttempt("1", lane.attempt_id())).accepted


def asks(expects: str) -> object:
    return lambda view: view.prompt is not None and view.prompt.expects == expects


def is_done(view: LaneView) -> bool:
    items = view.attempt.items if view.attempt is not None else ()
    return any(item.item == "DB" and item.state is ItemState.DONE for item in items)


def test_leak_failed_zero_blocked_line_and_a_pulled_plug_cost_time_and_no_truth(lane: Hostile) -> None:
    lane.fault("gas", leak=True)
    visit_id = lane.drive_in(SOUND[0])
    assert cut_off_by(lane) == "devices.gas.leak"
    lane.fault("gas", leak=False, zero_fails=True)
    goes_on(lane)
    assert cut_off_by(lane) == "devices.gas.zero_failed"
    lane.fault("gas", zero_fails=False)
    goes_on(lane)
    lane.until(asks("rev_high"))  # type: ignore[arg-type]
    lane.fault("gas", low_flow=True)
    assert cut_off_by(lane) == "devices.gas.low_flow"
    lane.fault("gas", low_flow=False)
    goes_on(lane)
    lane.until(asks("rev_idle"))  # type: ignore[arg-type]
    lane.fault("gas", unplugged=True)
    assert cut_off_by(lane).startswith("devices.")
    lane.fault("gas", unplugged=False)
    lane.until(lambda view: problem_of(view, "gas") is None)
    goes_on(lane)
    while not lane.until(lambda view: is_done(view) or is_cut_off(view), 60) or not is_done(lane.view()):
        assert cut_off_by(lane) == "devices.no_reply"  # a PC that is too busy for the clock's speed says so and goes on
        lane.until(lambda view: problem_of(view, "gas") is None)
        goes_on(lane)
    mine = [fact for fact in lane.facts() if getattr(fact, "visit_id", "") == visit_id]
    voided = [fact for fact in mine if isinstance(fact, f.ItemVoided)]
    (finished,) = (fact for fact in mine if isinstance(fact, f.ItemFinished))
    assert {each.item for each in voided} == {"DB"}
    codes = [each.reason.code for each in voided if each.reason.code != "devices.no_reply"]
    assert codes[:3] == ["devices.gas.leak", "devices.gas.zero_failed", "devices.gas.low_flow"]
    assert (finished.item, finished.outcome) == ("DB", Outcome.PASS)
