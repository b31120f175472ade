"""An owner takes the car back in mid-lane, a failed car comes again: over real wires between real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carcheck_desktop.app.demo import VISITING_CLERK, VISITOR_PIN, DemoWish, Running, prepare, start_processes
from carcheck_desktop.app.parts import clock_from
from carcheck_desktop.domain.commands import Command, OpenRecheck, Reply, SignIn, WithdrawVisit
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.holds import HoldKind, holds
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.views import AttemptState, ItemState, Stage, VisitView, stage
from carcheck_desktop.link.client.thread import LinkThread
from tests.station.days import wait_for

SPEED = 20.0


class Counter:
    """A clerk's PC at a running station."""

    def __init__(self, running: Running, links: LinkThread) -> None:
        self._running = running
        self._peer = links.peer(running.station.service_url)
        self._token = str(self.send(SignIn(VISITING_CLERK, VISITOR_PIN)).result["token"])

    def send(self, command: Command) -> Reply:
        token = getattr(self, "_token", None)
        return self._peer.ask(lambda client: client.command(command, token=token)).result(30)

    def visits(self) -> list[VisitView]:
        found = self._peer.ask(lambda client: client.snapshot()).result(30).visits
        return sorted(found, key=lambda visit: visit.opened_at)

    def until(self, wanted: Callable[[VisitView], bool], number: int, limit_s: float = 60.0) -> VisitView:
        """Wait until the visit that was opened as this number is so, and return it."""

        def is_so() -> bool:
            visits = self.visits()
            return len(visits) > number and wanted(visits[number])

        wait_for(is_so, limit_s, self._running.children.require_all)
        return self.visits()[number]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    wish = DemoWish(2, SPEED, 1, tmp_path, "zh_CN", analyser="")
    running = start_processes(wish, prepare(wish))
    try:
        clock = clock_from(running.clock_url, running.station)
        with LinkThread(node="counter-test", clock=clock) as links:
            yield Counter(running, links)
    finally:
        codes = running.children.end()
    assert set(codes.values()) == {0}


@pytest.mark.timeout(150)
def test_a_car_is_taken_back_in_mid_lane_and_a_failed_one_comes_again_for_what_failed(counter: Counter) -> None:
    began = counter.until(lambda visit: any(is_measured(visit, item) for item in ("W1", "W2")), 0)
    assert counter.send(WithdrawVisit(began.visit_id, WithdrawReason.OWNER, "赶时间")).accepted
    gone = counter.until(lambda visit: visit.attempts[-1].state is AttemptState.ABORTED, 0)
    assert stage(gone) is Stage.WITHDRAWN
    assert gone.conclusion is None
    assert not any(item.state in (ItemState.RUNNING, ItemState.VOID) for item in gone.attempts[-1].items)
    assert HoldKind.IN_LANE not in {hold.kind for hold in holds(gone, gone.changed_at)}

    failed = counter.until(lambda visit: visit.conclusion is not None, 1)
    assert stage(failed) is Stage.FAILED
    counter.send(OpenRecheck(failed.visit_id))  # the virtual clerk may have been quicker
    again = counter.until(lambda visit: visit.recheck is not None and visit.conclusion is not None, 1)
    assert [item.item for item in again.attempts[-1].items] == ["W1", "B1"]
    assert again.attempts[-1].number == 2
    named = {each.item.item: each.attempt.number for each in results(again)}
    assert named == {"W1": 2, "W2": 1, "B1": 2, "B2": 1, "B0": 1}


def is_measured(visit: VisitView, item: str) -> bool:
    return any(each.item == item and each.state is ItemState.DONE for a in visit.attempts for each in a.items)
