"""The lane's door: who may, in time, once; refusals are in the journal; stop goes through always."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import SECOND_PERSON, Role
from carcheck_desktop.domain.commands import (
    AbortAttempt,
    Command,
    Envelope,
    OpenVisit,
    ReleaseStop,
    RepeatItem,
    Reply,
    ResumeAttempt,
    StartAttempt,
    StopLane,
)
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.lanes.door import LaneDoor
from tests.lanes.phases import PHASES
from tests.lanes.station import Station, vehicle

KEY = SigningKey.generate()
START = StartAttempt("1", "visit-1")


def token(station: Station, role: Role = Role.LANE_CONTROLLER, *, key: SigningKey = KEY, minutes: float = 60) -> str:
    until = station.clock.now() + timedelta(minutes=minutes)
    return key.token(
        {"sid": "s-1", "sub": "wang", "role": role.value, "node": "control-1", "exp": int(until.timestamp())}
    )


def envelope(station: Station, command: Command, given: str | None, command_id: str = "c-1", **late: float) -> Envelope:
    now = station.clock.now()
    issued = now - timedelta(seconds=late.get("issued_s", 0))
    expires = now + timedelta(seconds=late.get("expires_s", 10))
    return Envelope(command_id, given, "control-1", issued, expires, command)


def at_door(folder: Path, scene: Callable[[Station, LaneDoor], Coroutine[Any, Any, None]]) -> Station:
    station = Station(folder)

    async def go() -> None:
        await station.soon(station.lane.open())
        door = LaneDoor({"1": station.lane}, station.clock, lambda: KEY.public_hex)
        await scene(station, door)
        await station.close()

    asyncio.run(go())
    return station


async def send(station: Station, door: LaneDoor, sent: Envelope) -> Reply:
    return await station.soon(door.execute(sent))


def test_the_same_envelope_twice_is_done_once_and_answered_the_same(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        sent = envelope(station, START, token(station))
        first = asyncio.create_task(door.execute(sent))
        second = asyncio.create_task(door.execute(sent))
        both = [await station.soon(asyncio.wait_for(each, None)) for each in (first, second)]
        later = await send(station, door, sent)
        assert both[0] == both[1] == later
        assert later.accepted
        assert later.result == {"attempt_id": station.attempt.attempt_id}

    assert len(at_door(tmp_path, scene).journal.facts(f.AttemptStarted)) == 1


def refused_with(reply: Reply) -> str:
    assert not reply.accepted
    assert reply.refusal is not None
    return reply.refusal.code


def test_a_start_delayed_beyond_its_expiry_is_refused_and_in_the_journal(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        sent = envelope(station, START, token(station), expires_s=10)
        await station.clock.advance(12.0)
        assert refused_with(await send(station, door, sent)) == "domain.access.expired"

    station = at_door(tmp_path, scene)
    (refused,) = [entry for entry in station.journal.read() if entry.kind == "command_refused"]
    assert refused.actor == "wang"
    assert not station.journal.facts(f.AttemptStarted)
    assert station.body.starts == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LANE_CONTROLLER])
def test_whoever_is_not_a_lane_controller_starts_nothing(tmp_path: Path, role: Role) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        reply = await send(station, door, envelope(station, START, token(station, role)))
        assert refused_with(reply) == "domain.access.role_may_not"

    station = at_door(tmp_path, scene)
    (refused,) = station.journal.facts(f.CommandRefused)
    assert (refused.command, refused.node, refused.reason.code) == (
        "start_attempt", "control-1", "domain.access.role_may_not"
    )  # fmt: skip


def test_sessions_must_be_signed_by_the_service_and_not_over(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        cases = {
            "base.keys.bad_token": token(station, key=SigningKey.generate()),
            "domain.access.session_over": token(station, minutes=-1),
            "domain.access.nobody_signed_in": None,
        }
        for number, (code, given) in enumerate(cases.items()):
            assert refused_with(await send(station, door, envelope(station, START, given, f"c-{number}"))) == code

    assert len(at_door(tmp_path, scene).journal.facts(f.CommandRefused)) == 3


def test_without_a_key_of_the_service_only_stop_is_let_in(tmp_path: Path) -> None:
    async def scene(station: Station, _: LaneDoor) -> None:
        door = LaneDoor({"1": station.lane}, station.clock, lambda: "")
        reply = await send(station, door, envelope(station, START, token(station)))
        assert refused_with(reply) == "domain.access.nobody_signed_in"
        assert (await send(station, door, envelope(station, StopLane("1"), None, "c-2"))).accepted
        assert station.lane.view.stopped

    at_door(tmp_path, scene)


@pytest.mark.parametrize(("signed", "actor"), [(True, "wang"), (False, "control-1")])
def test_stop_needs_no_token_and_no_haste_and_names_whom_it_knows(tmp_path: Path, signed: bool, actor: str) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        await send(station, door, envelope(station, START, token(station)))
        await station.until(lambda: PHASES["pedal pressed"](station))
        given = token(station, Role.VIEWER) if signed else None
        stop = envelope(station, StopLane("1"), given, "c-2", expires_s=-100)
        assert (await send(station, door, stop)).accepted
        assert not station.body.is_turning

    station = at_door(tmp_path, scene)
    (stopped,) = [entry for entry in station.journal.read() if entry.kind == "lane_stopped"]
    assert stopped.actor == actor


def test_what_was_ordered_before_the_lane_was_started_is_not_done_after(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        sent = envelope(station, START, token(station), issued_s=5, expires_s=5)
        assert refused_with(await send(station, door, sent)) == "lanes.door.before_restart"

    at_door(tmp_path, scene)


def test_commands_for_others_are_refused(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        foreign: list[Command] = [
            StartAttempt("9", "visit-1"), StopLane("9"), OpenVisit(vehicle(), InspectionKind.IN_USE)
        ]  # fmt: skip
        for number, command in enumerate(foreign):
            reply = await send(station, door, envelope(station, command, token(station), f"c-{number}"))
            assert refused_with(reply) == "lanes.door.not_here"

    at_door(tmp_path, scene)


def test_what_the_lane_cannot_do_now_is_refused_with_its_reason(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        number = 0

        async def refused(command: Command) -> str:
            nonlocal number
            number += 1
            return refused_with(await send(station, door, envelope(station, command, token(station), f"r-{number}")))

        assert await refused(StartAttempt("1", "visit-9")) == "lanes.door.unknown_visit"
        assert await refused(ReleaseStop("1")) == "lanes.door.not_stopped"
        assert await refused(AbortAttempt("1", "none", "")) == "lanes.door.no_such_attempt"
        reply = await send(station, door, envelope(station, START, token(station), "go"))
        attempt_id = reply.result["attempt_id"]
        assert await refused(START) == "lanes.door.lane_busy"
        assert await refused(ResumeAttempt("1", attempt_id)) == "lanes.door.not_interrupted"
        assert await refused(RepeatItem("1", attempt_id, "B1")) == "lanes.door.nothing_to_repeat"
        assert (await send(station, door, envelope(station, StopLane("1"), None, "stop"))).accepted
        assert await refused(ResumeAttempt("1", attempt_id)) == "lanes.door.stopped"

    station = at_door(tmp_path, scene)
    assert len(station.journal.facts(f.CommandRefused)) == 7
    assert station.state() is AttemptState.INTERRUPTED


def test_no_car_is_begun_while_service_and_lane_have_different_tables(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        station.book.tables = {"gb38900-2020.toml": "cd" * 32}
        refused = await send(station, door, envelope(station, START, token(station)))
        assert refused_with(refused) == "lanes.door.other_tables"
        station.book.tables = dict(station.lane.parts.judge.hashes)
        assert (await send(station, door, envelope(station, START, token(station), "c-2"))).accepted

    assert len(at_door(tmp_path, scene).journal.facts(f.AttemptStarted)) == 1


def test_where_the_money_is_taken_first_no_unpaid_car_is_begun_and_the_refusal_names_car_ticket_and_sum(
    tmp_path: Path,
) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        priced(station)
        station.book.pay_later = False
        unpaid = await send(station, door, envelope(station, START, token(station)))
        assert refused_with(unpaid) == "lanes.door.unpaid"
        assert unpaid.refusal is not None
        assert unpaid.refusal.params == {"lane": "1", "plate": "渝AB123C", "ticket": "-", "due": "￥120.00"}
        priced(station, paid=True)
        assert (await send(station, door, envelope(station, START, token(station), "c-2"))).accepted

    assert len(at_door(tmp_path, scene).journal.facts(f.AttemptStarted)) == 1


def test_where_it_may_be_paid_later_an_unpaid_car_is_begun(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        priced(station)
        assert (await send(station, door, envelope(station, START, token(station)))).accepted

    at_door(tmp_path, scene)


def priced(station: Station, *, paid: bool = False) -> None:
    """Let the visit cost 120 yuan, and perhaps be paid in cash."""
    visit, now = station.book.visits["visit-1"], station.clock.now()
    line = ChargeLine("safety", "安检费", "Safety inspection", 12000, 1)
    cash = PaymentView("payment-1", PaymentMethod.CASH, 12000, PaymentState.PAID, now, "li")
    station.book.visits["visit-1"] = replace(visit, charge=(line,), payments=(cash,) if paid else ())


def test_a_refusal_needs_no_disk(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        station.journal.full = True
        reply = await send(station, door, envelope(station, START, None))
        assert refused_with(reply) == "domain.access.nobody_signed_in"
        reply = await send(station, door, envelope(station, START, token(station), "c-2"))
        assert refused_with(reply) == "store.disk.full"
        station.journal.full = False

    at_door(tmp_path, scene)


def test_a_clock_stepped_by_a_day_changes_no_duration(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        await send(station, door, envelope(station, START, token(station)))
        await station.until(lambda: PHASES["pedal asked for"](station))
        station.clock.set_back_or_forward(timedelta(days=-1))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)

    station = at_door(tmp_path, scene)
    assert {each.effort.dwell_s["drag"] for each in station.finished()[2:]} == {3}
    assert all(each.effort.duration_s < 20 for each in station.finished())


def test_a_pc_whose_clock_was_set_back_a_day_still_starts_cars(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        await station.clock.advance(60.0)
        station.clock.set_back_or_forward(timedelta(days=-1))
        assert (await send(station, door, envelope(station, START, token(station), "c-2"))).accepted

    at_door(tmp_path, scene)


def test_an_old_order_is_not_done_after_a_restart_because_the_clock_was_set_forward(tmp_path: Path) -> None:
    async def scene(station: Station, _: LaneDoor) -> None:
        station.clock.set_back_or_forward(timedelta(days=1))
        old = envelope(station, START, token(station), issued_s=5, expires_s=50)
        door = LaneDoor({"1": station.lane}, station.clock, lambda: KEY.public_hex)
        assert refused_with(await send(station, door, old)) == "lanes.door.before_restart"

    at_door(tmp_path, scene)


def test_a_start_that_would_be_good_for_a_year_is_refused(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        sent = envelope(station, START, token(station), expires_s=365 * 86400)
        assert refused_with(await send(station, door, sent)) == "lanes.door.good_too_long"

    assert not at_door(tmp_path, scene).journal.facts(f.AttemptStarted)


def test_a_stop_sent_again_after_the_release_stops_again(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        stop = envelope(station, StopLane("1"), None, "stop")
        for number in range(2):
            assert (await send(station, door, stop)).accepted
            assert station.lane.view.stopped
            assert (await send(station, door, stop)).accepted
            release = envelope(station, ReleaseStop("1"), token(station), f"release-{number}")
            assert (await send(station, door, release)).accepted
            assert not station.lane.view.stopped

    assert len(at_door(tmp_path, scene).journal.facts(f.LaneStopped)) == 2


def test_a_stop_is_done_whatever_other_command_has_had_its_number(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        assert not (await send(station, door, envelope(station, START, None, "same"))).accepted
        assert (await send(station, door, envelope(station, StopLane("1"), None, "same"))).accepted
        assert station.lane.view.stopped

    at_door(tmp_path, scene)


def test_another_command_under_a_used_number_gets_no_answer_that_is_not_its_own(tmp_path: Path) -> None:
    async def scene(station: Station, door: LaneDoor) -> None:
        assert (await send(station, door, envelope(station, START, token(station), "same"))).accepted
        attempt_id = station.attempt.attempt_id
        other = envelope(station, AbortAttempt("1", attempt_id, "no"), token(station), "same")
        assert refused_with(await send(station, door, other)) == "domain.access.id_used"
        nobody = envelope(station, START, None, "same")
        assert refused_with(await send(station, door, nobody)) == "domain.access.id_used"
        assert station.state() is AttemptState.RUNNING

    refused = at_door(tmp_path, scene).journal.facts(f.CommandRefused)
    assert [each.command for each in refused] == ["abort_attempt", "start_attempt"]


def test_the_lanes_door_too_wants_a_second_person_where_the_table_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SECOND_PERSON, "release_stop", frozenset({Role.SIGNER}))

    def agreeing(station: Station, sub: str, role: Role, key: SigningKey = KEY) -> str:
        until = int((station.clock.now() + timedelta(hours=1)).timestamp())
        return key.token({"sid": "s-2", "sub": sub, "role": role.value, "node": "pc-2", "exp": until})

    async def scene(station: Station, door: LaneDoor) -> None:
        first = token(station)
        seconds = [
            None,
            agreeing(station, "wang", Role.SIGNER),
            agreeing(station, "li", Role.CLERK),
            agreeing(station, "li", Role.SIGNER, SigningKey.generate()),
            agreeing(station, "li", Role.SIGNER),
        ]
        await send(station, door, envelope(station, StopLane("1"), None, "stop"))
        replies = []
        for number, second in enumerate(seconds):
            sent = replace(envelope(station, ReleaseStop("1"), first, f"c-{number}"), second_token=second)
            replies.append(await send(station, door, sent))
        refused = [reply.refusal.code if reply.refusal else "" for reply in replies]
        codes = ["second_missing", "second_is_the_same", "second_may_not"]
        assert refused == [*(f"domain.access.{code}" for code in codes), "base.keys.bad_token", ""]

    at_door(tmp_path, scene)
