"""What the windows know: folded from what came over the links, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.domain.commands import Reply, StartAttempt, StopLane
from carcheck_desktop.domain.facts import ProcessStarted
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.domain.views import BoardView, Stage, stage
from carcheck_desktop.link.client.events import FactArrived, LinkUp, SnapshotTaken
from carcheck_desktop.ui.bridge.station import Station
from tests.domain.samples import ANNOUNCEMENT, HOURS
from tests.ui.scripted import START, Script


class Hand:
    """A clock that a test sets by hand."""

    def __init__(self) -> None:
        self.at_s = 100.0

    def __call__(self) -> float:
        return self.at_s


def connected() -> tuple[Station, Script, Hand]:
    script, hand = Script(), Hand()
    station = Station(script.service, script.lane_link, hand)
    script.service_up()
    station.drain()
    script.lane_up("1")
    script.lane_up("2")
    station.drain()
    return station, script, hand


def test_the_service_names_the_lanes_and_each_gets_a_link() -> None:
    station, script, _ = connected()
    assert station.lane_names == ("1", "2")
    assert all(link.started for link in script.lanes.values())
    assert station.lane_is_up("1")


def test_visits_and_lanes_follow_the_facts() -> None:
    station, script, _ = connected()
    script.opened("v1", "粤B39C71")
    script.started("v1", "粤B39C71")
    script.begun("v1", "W1")
    heard = station.drain()
    assert [entry.kind for entry in heard.entries].count("visit_opened") == 1
    assert stage(station.visits["v1"]) is Stage.IN_LANE
    assert station.lanes["1"].running_item == "W1"
    assert station.lanes["2"].attempt is None


def test_a_lane_that_comes_later_is_met_without_losing_the_others() -> None:
    station, script, _ = connected()
    first = script.lanes["1"]
    script.lane_names = ("1", "2", "3")
    script.service.mailbox.put(LinkUp(script.handshake()))
    station.drain()
    assert station.lane_names == ("1", "2", "3")
    assert script.lanes["1"] is first
    assert not first.closed


def test_a_lane_that_moved_is_followed_to_its_new_address() -> None:
    station, script, _ = connected()
    old = script.lanes["1"]
    handshake = script.handshake()
    moved = replace(handshake.lanes[0], url="http://elsewhere")
    script.service.mailbox.put(LinkUp(replace(handshake, lanes=(moved, handshake.lanes[1]))))
    station.drain()
    assert old.closed
    assert script.lanes["1"].url == "http://elsewhere"
    assert not station.lane_is_up("1")


def test_lanes_of_one_process_share_its_link() -> None:
    script = Script()
    station = Station(script.service, script.lane_link)
    handshake = script.handshake()
    shared = tuple(replace(address, url="http://both") for address in handshake.lanes)
    script.service.mailbox.put(LinkUp(replace(handshake, lanes=shared)))
    station.drain()
    assert list(script.lanes) == ["1"]


def test_silence_is_counted_from_when_it_began() -> None:
    station, script, hand = connected()
    assert station.down_for_s == 0.0
    script.service_down()
    station.drain()
    hand.at_s += 7
    assert station.down_for_s == pytest.approx(7.0)
    assert station.visits == {}
    script.service_up()
    station.drain()
    assert station.down_for_s == 0.0


def test_the_clock_is_the_services_and_runs_at_its_speed() -> None:
    script, hand = Script(), Hand()
    station = Station(script.service, None, hand)
    assert station.time.now() is None
    script.service.mailbox.put(LinkUp(replace(script.handshake(), clock_speed=20.0)))
    station.drain()
    hand.at_s += 3
    now = station.time.now()
    assert now is not None
    assert (now - START).total_seconds() == pytest.approx(60.0)


def test_a_fact_of_a_newer_service_does_not_stop_the_window() -> None:
    station, script, _ = connected()
    script.opened("v1", "粤B39C71")
    entry = replace(script.entry(ProcessStarted("service", "9.9"), "service"), kind="something_new")
    script.service.mailbox.put(FactArrived(99, entry))
    heard = station.drain()
    assert len(heard.entries) == 2
    assert list(station.visits) == ["v1"]


def test_commands_go_to_the_lane_they_name_and_replies_come_back_in_a_drain() -> None:
    station, script, _ = connected()
    replies: list[Reply | Exception] = []
    station.send(StartAttempt("2", "v1"), replies.append)
    assert script.lanes["2"].sent == [StartAttempt("2", "v1")]
    assert not replies
    script.lanes["2"].answer(refusal=Problem("domain.access.expired"))
    assert station.drain().changed
    assert isinstance(replies[0], Reply)
    assert not replies[0].accepted


def test_a_command_without_an_answer_comes_back_as_its_error() -> None:
    station, script, _ = connected()
    replies: list[Reply | Exception] = []
    station.send(StopLane("1"), replies.append)
    script.lanes["1"].open.pop().set_exception(LinkError("link.unreachable", url="http://lane-1", detail="-"))
    station.drain()
    assert isinstance(replies[0], LinkError)


def test_closing_closes_every_link() -> None:
    station, script, _ = connected()
    station.close()
    assert script.service.closed
    assert all(link.closed for link in script.lanes.values())


def newer(script: Script, kind: str, subject: str, payload: str = "{}", version: int = 1) -> None:
    """Let the service tell a fact that this program does not know."""
    entry = replace(
        script.entry(ProcessStarted("service", "9"), "service"),
        kind=kind, subject=subject, payload=payload, version=version,
    )  # fmt: skip
    script.service.mailbox.put(FactArrived(entry.seq, entry))


def test_the_board_is_taken_from_the_snapshot_and_follows_the_facts() -> None:
    station, script, _ = connected()
    assert station.board == BoardView()
    script.tell(HOURS)
    script.tell(ANNOUNCEMENT)
    station.drain()
    assert station.board.hours is not None
    assert [each.announcement_id for each in station.board.announcements] == ["water"]


def test_facts_of_a_newer_service_hide_nothing_and_are_counted() -> None:
    station, script, _ = connected()
    script.opened("v1", "粤B39C71")
    station.drain()
    assert station.outdated is None
    newer(script, "fee_paid", "v1")
    newer(script, "visit_opened", "v2", version=9)
    newer(script, "printer_warm", "printer-1")
    script.opened("v3", "粤B39C72")
    station.drain()
    assert set(station.visits) == {"v1", "v3"}
    assert station.outdated == Problem("ui.bridge.newer_service", {"count": 2}, Severity.WARNING)


def test_what_a_snapshot_left_out_is_counted_until_one_can_be_read_whole() -> None:
    station, script, _ = connected()
    whole = Snapshot("epoch", 0, {}, (), ())
    script.service.mailbox.put(SnapshotTaken(whole, left_out=("v1", "v2")))
    station.drain()
    assert station.outdated is not None
    assert station.outdated.params == {"count": 2}
    script.service.mailbox.put(SnapshotTaken(whole))
    station.drain()
    assert station.outdated is None


def test_a_clock_that_was_set_forward_shows_in_the_services_facts_and_not_in_a_lanes() -> None:
    station, script, _ = connected()
    before = station.time.now()
    assert before is not None
    for node, minutes in (("lane-1", 50), ("service", 20)):
        entry = replace(script.entry(ProcessStarted(node, "9"), node), at=before + timedelta(minutes=minutes))
        script.service.mailbox.put(FactArrived(entry.seq, entry))
        station.drain()
    assert station.time.now() == before + timedelta(minutes=20)
