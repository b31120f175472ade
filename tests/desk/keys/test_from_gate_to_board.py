"""From the gate to the key board: who came, which number, who holds the key, who is called."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from carcheck_desktop.desk.keys import rules
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.commands import (
    CallOwner,
    Command,
    CorrectCustody,
    DropArrival,
    EndCall,
    HandOver,
    NoteArrival,
    OpenVisit,
    Reply,
)
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing, out
from carcheck_desktop.domain.facts import ArrivalNoted, ArrivalTakenIn, CommandRefused, TicketIssued
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.ticket import scanned_secret, secret_digest
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import DeskUnderTest, car

KEY = (Thing.KEY,)
BOTH = (Thing.KEY, Thing.LICENCE)
BOARD = Holder(Place.KEY_BOARD)


def person(name: str) -> Holder:
    return Holder(Place.PERSON, name)


def guide(desk: DeskUnderTest) -> str:
    return desk.sign_in("zhao", Role.GUIDE)


def clerk(desk: DeskUnderTest) -> str:
    return desk.sign_in("li", Role.CLERK)


def driver(desk: DeskUnderTest, name: str = "sun") -> str:
    return desk.sign_in(name, Role.LANE_DRIVER)


def done(desk: DeskUnderTest, command: Command, token: str) -> dict[str, Any]:
    reply = desk.send(command, token)
    assert reply.accepted, reply.refusal
    return reply.result


def refused(reply: Reply) -> str:
    assert not reply.accepted
    assert reply.refusal is not None
    return reply.refusal.code


def came(desk: DeskUnderTest, token: str, plate: str = "渝A12345", **changes: Any) -> dict[str, Any]:
    return done(desk, NoteArrival(plate, PlateKind.SMALL_CAR, **changes), token)


def visit_of(desk: DeskUnderTest, visit_id: str) -> VisitView:
    with desk.store.read() as uow:
        found = uow.visits.get(visit_id)
    assert found is not None
    return found


def arrivals(desk: DeskUnderTest) -> list[ArrivalView]:
    with desk.store.read() as uow:
        return uow.arrivals.open_ones()


def opened(desk: DeskUnderTest, **changes: Any) -> str:
    return str(desk.open_visit(clerk(desk), **changes).result["visit_id"])


def test_a_guide_notes_a_car_and_takes_its_key_in_one_tap(desk: DeskUnderTest) -> None:
    result = came(desk, guide(desk), channel=Channel.APP, booking_id="booking-1", takes=BOTH)
    (arrival,) = arrivals(desk)
    assert (arrival.visit_id, arrival.noted_by, arrival.booking_id) == (result["visit_id"], "zhao", "booking-1")
    assert (arrival.custody.key, arrival.custody.licence, arrival.custody.tag) == (person("zhao"), person("zhao"), 1)
    assert arrival.custody.key_since == desk.clock.now()
    assert arrival.ticket is not None
    assert result["number"] == arrival.ticket.number == "B001"


def test_the_visit_that_takes_the_car_in_keeps_its_id_ticket_and_key(desk: DeskUnderTest) -> None:
    noted = came(desk, guide(desk), channel=Channel.APP, booking_id="booking-1", takes=KEY)
    arrived_at = desk.clock.now()
    asyncio.run(desk.clock.advance(60))
    visit = visit_of(desk, opened(desk))
    assert visit.visit_id == noted["visit_id"]
    assert visit.ticket is not None
    assert (visit.ticket.number, visit.arrived_at) == ("B001", arrived_at)
    assert (visit.channel, visit.booking_id) == (Channel.APP, "booking-1")
    assert (visit.custody.key, visit.custody.tag, len(visit.custody.chain)) == (person("zhao"), 1, 1)
    assert visit.custody.chain[0].at == arrived_at
    assert arrivals(desk) == []
    assert len(desk.facts(TicketIssued.kind)) == len(desk.facts(ArrivalTakenIn.kind)) == 1


def test_a_plate_that_the_guide_mistyped_is_put_right_at_the_window(desk: DeskUnderTest) -> None:
    noted = came(desk, guide(desk), plate="渝A12346")
    command = OpenVisit(car(), InspectionKind.IN_USE, arrival_id=noted["visit_id"])
    assert done(desk, command, clerk(desk)) == {"visit_id": noted["visit_id"]}
    assert arrivals(desk) == []


def test_a_car_whose_key_finds_no_hook_is_refused_and_leaves_no_half_of_itself(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = guide(desk)
    monkeypatch.setattr(rules, "free_tag", lambda used, rules: None)
    reply = desk.send(NoteArrival("渝A12345", PlateKind.SMALL_CAR, takes=KEY), token)
    assert refused(reply) == "desk.keys.board_full"
    assert (arrivals(desk), desk.facts(ArrivalNoted.kind), desk.facts(TicketIssued.kind)) == ([], [], [])
    assert len(desk.facts(CommandRefused.kind)) == 1
    monkeypatch.undo()
    assert came(desk, token, takes=KEY)["number"] == "A001"


def test_an_arrival_is_taken_in_once(desk: DeskUnderTest) -> None:
    noted = came(desk, guide(desk))
    opened(desk)
    again = OpenVisit(car(plate="渝A99999"), InspectionKind.IN_USE, arrival_id=noted["visit_id"])
    assert refused(desk.send(again, clerk(desk))) == "desk.arrivals.unknown"


def test_a_car_that_is_taken_in_is_not_noted_again_and_the_sentence_names_the_visit(desk: DeskUnderTest) -> None:
    visit_id = opened(desk)
    reply = desk.send(NoteArrival("渝A12345", PlateKind.SMALL_CAR), guide(desk))
    assert refused(reply) == "desk.intake.already_here"
    assert reply.refusal is not None
    assert (reply.refusal.params["visit"], reply.refusal.params["by"]) == (visit_id, "li")


def test_two_guides_who_meet_one_car_note_it_once(desk: DeskUnderTest) -> None:
    first = came(desk, guide(desk))
    second = came(desk, desk.sign_in("qian", Role.GUIDE), takes=KEY)
    assert (second["visit_id"], second["number"]) == (first["visit_id"], first["number"])
    assert (first["joined_by"], second["joined_by"]) == ("", "zhao")
    (arrival,) = arrivals(desk)
    assert (arrival.noted_by, arrival.custody.key) == ("zhao", person("qian"))


def test_a_booking_brings_one_car(desk: DeskUnderTest) -> None:
    came(desk, guide(desk), channel=Channel.APP, booking_id="booking-1")
    other = NoteArrival("渝A99999", PlateKind.SMALL_CAR, Channel.APP, "booking-1")
    reply = desk.send(other, guide(desk))
    assert refused(reply) == "desk.arrivals.booking_used"
    assert reply.refusal is not None
    assert reply.refusal.params["plate"] == "渝A12345"
    at_window = OpenVisit(car(plate="渝A99999"), InspectionKind.IN_USE, channel=Channel.APP, booking_id="booking-1")
    assert refused(desk.send(at_window, clerk(desk))) == "desk.arrivals.booking_used"


def test_a_plate_that_cannot_be_is_refused_at_the_gate(desk: DeskUnderTest) -> None:
    assert refused(desk.send(NoteArrival("12", PlateKind.SMALL_CAR), guide(desk))) == "desk.intake.bad_plate"


def test_a_car_that_leaves_again_gives_its_reason_and_has_its_key_back(desk: DeskUnderTest) -> None:
    token = guide(desk)
    visit_id = came(desk, token, takes=KEY)["visit_id"]
    assert refused(desk.send(DropArrival(visit_id, ""), token)) == "desk.arrivals.no_reason"
    assert refused(desk.send(DropArrival(visit_id, "改日再来"), token)) == "desk.arrivals.still_held"
    done(desk, HandOver(visit_id, KEY, person("zhao"), OWNER), token)
    done(desk, DropArrival(visit_id, "改日再来"), token)
    assert arrivals(desk) == []
    assert refused(desk.send(DropArrival(visit_id, "改日再来"), token)) == "desk.arrivals.unknown"


def test_numbers_have_a_letter_by_channel_no_gaps_and_begin_anew_each_day(desk: DeskUnderTest) -> None:
    token = guide(desk)
    numbers = [
        came(desk, token, plate=f"渝A0000{n}", channel=channel)["number"]
        for n, channel in enumerate(
            (Channel.WALK_IN, Channel.APP, Channel.WALK_IN, Channel.PHONE, Channel.DOOR_TO_DOOR)
        )
    ]
    assert numbers == ["A001", "B001", "A002", "B002", "D001"]
    assert refused(desk.send(NoteArrival("渝A00001", PlateKind.SMALL_CAR, booking_id="b"), None))
    asyncio.run(desk.clock.advance(24 * 3600))
    assert came(desk, guide(desk), plate="渝A00009")["number"] == "A001"


def test_the_tickets_secret_is_in_no_fact_and_the_scanned_one_finds_the_visit(desk: DeskUnderTest) -> None:
    visit_id = opened(desk)
    with desk.store.read() as uow:
        kept = uow.tickets.get(visit_id)
        payloads = "".join(entry.payload for _, entry in uow.journal.after(0))
    assert kept is not None
    assert kept.secret not in payloads
    assert len(kept.secret) == 22
    scanned = scanned_secret(f"https://station.example/t/{kept.secret}\n")
    ticket = visit_of(desk, visit_id).ticket
    assert scanned is not None
    assert ticket is not None
    assert secret_digest(scanned) == ticket.digest
    assert scanned_secret("https://station.example/t/short") is None


def test_a_key_goes_along_the_chain_and_each_link_says_who_and_since_when(desk: DeskUnderTest) -> None:
    visit_id, of_guide = opened(desk), guide(desk)
    done(desk, HandOver(visit_id, BOTH, OWNER, person("zhao")), of_guide)
    asyncio.run(desk.clock.advance(60))
    done(desk, HandOver(visit_id, KEY, person("zhao"), BOARD), of_guide)
    done(desk, HandOver(visit_id, (Thing.LICENCE,), person("zhao"), COUNTER), of_guide)
    done(desk, HandOver(visit_id, KEY, Holder(Place.KEY_BOARD, "1"), person("sun")), driver(desk))
    custody = visit_of(desk, visit_id).custody
    assert (custody.key, custody.licence) == (person("sun"), COUNTER)
    assert [str(link.to) for link in custody.chain] == ["person:zhao", "key_board:1", "counter", "person:sun"]
    assert custody.key_since == desk.clock.now()
    assert out(custody) == BOTH


def test_what_somebody_else_holds_is_not_handed_over_and_the_holder_is_named(desk: DeskUnderTest) -> None:
    visit_id = opened(desk)
    done(desk, HandOver(visit_id, KEY, OWNER, person("zhao")), guide(desk))
    reply = desk.send(HandOver(visit_id, KEY, BOARD, person("sun")), driver(desk))
    assert refused(reply) == "desk.keys.held_elsewhere"
    assert reply.refusal is not None
    assert reply.refusal.params["holder"] == "zhao"
    reply = desk.send(HandOver(visit_id, KEY, person("zhao"), person("sun")), driver(desk))
    assert refused(reply) == "desk.keys.not_yours"


@pytest.mark.parametrize(
    ("from_", "to", "code"),
    [
        (OWNER, person("zhao"), "desk.keys.takes_himself"),
        (OWNER, COUNTER, "desk.keys.not_by_role"),
        (OWNER, OWNER, "desk.keys.same_holder"),
    ],
)
def test_a_lane_driver_moves_only_what_is_his(desk: DeskUnderTest, from_: Holder, to: Holder, code: str) -> None:
    guide(desk)
    visit_id = opened(desk)
    assert refused(desk.send(HandOver(visit_id, KEY, from_, to), driver(desk))) == code


def test_a_driver_hands_the_key_to_another_person_who_is_known(desk: DeskUnderTest) -> None:
    visit_id, token = opened(desk), driver(desk)
    done(desk, HandOver(visit_id, KEY, OWNER, person("sun")), token)
    assert (
        refused(desk.send(HandOver(visit_id, KEY, person("sun"), person("ghost")), token)) == "desk.keys.no_such_person"
    )
    guide(desk)
    done(desk, HandOver(visit_id, KEY, person("sun"), person("zhao")), token)
    assert visit_of(desk, visit_id).custody.key == person("zhao")


def test_a_driver_has_one_key_at_a_time_and_none_before_the_intake(desk: DeskUnderTest) -> None:
    noted = came(desk, guide(desk), plate="渝A00001", takes=KEY)
    done(desk, HandOver(noted["visit_id"], KEY, person("zhao"), BOARD), guide(desk))
    of_driver = driver(desk)
    take = HandOver(noted["visit_id"], KEY, Holder(Place.KEY_BOARD, "1"), person("sun"))
    assert refused(desk.send(take, of_driver)) == "desk.keys.not_taken_in"
    first = opened(desk)
    done(desk, HandOver(first, KEY, OWNER, person("sun")), of_driver)
    opened(desk, plate="渝A00001")
    reply = desk.send(take, of_driver)
    assert refused(reply) == "desk.keys.has_another"
    assert reply.refusal is not None
    assert reply.refusal.params["plate"] == "渝A12345"


def test_a_key_hangs_on_its_own_hook_which_is_free_again_when_the_owner_has_the_key(desk: DeskUnderTest) -> None:
    token = clerk(desk)
    first, second = opened(desk), opened(desk, plate="渝A00002")
    assert done(desk, HandOver(first, KEY, OWNER, BOARD), token) == {"tag": 1}
    wrong = HandOver(second, KEY, OWNER, Holder(Place.KEY_BOARD, "1"))
    assert refused(desk.send(wrong, token)) == "desk.keys.wrong_hook"
    assert done(desk, HandOver(second, KEY, OWNER, BOARD), token) == {"tag": 2}
    done(desk, HandOver(first, KEY, Holder(Place.KEY_BOARD, "1"), OWNER), token)
    third = opened(desk, plate="渝A00003")
    assert done(desk, HandOver(third, KEY, OWNER, BOARD), token) == {"tag": 1}
    assert done(desk, HandOver(first, KEY, OWNER, BOARD), token) == {"tag": 3}, "the first car's hook is taken"


def test_a_licence_without_a_key_hangs_nowhere(desk: DeskUnderTest) -> None:
    visit_id = opened(desk)
    assert refused(desk.send(HandOver(visit_id, (Thing.LICENCE,), OWNER, BOARD), clerk(desk))) == "desk.keys.no_tag"
    assert refused(desk.send(HandOver(visit_id, (), OWNER, BOARD), clerk(desk))) == "desk.keys.nothing"


def test_a_clerk_puts_the_record_right_with_a_reason_that_stays_in_the_chain(desk: DeskUnderTest) -> None:
    visit_id = opened(desk)
    done(desk, HandOver(visit_id, KEY, OWNER, person("zhao")), guide(desk))
    assert refused(desk.send(CorrectCustody(visit_id, KEY, BOARD, "漏"), clerk(desk))) == "desk.keys.no_reason"
    assert refused(desk.send(CorrectCustody(visit_id, KEY, BOARD, "漏记\x1b[2J"), clerk(desk))) == "desk.keys.no_reason"
    done(desk, CorrectCustody(visit_id, KEY, BOARD, "引导员挂回钥匙板时漏记"), clerk(desk))
    custody = visit_of(desk, visit_id).custody
    assert custody.key == Holder(Place.KEY_BOARD, "1")
    assert (custody.chain[-1].from_, custody.chain[-1].actor) == (person("zhao"), "li")
    assert custody.chain[-1].reason == "引导员挂回钥匙板时漏记"
    again = desk.send(CorrectCustody(visit_id, KEY, BOARD, "引导员挂回钥匙板时漏记"), clerk(desk))
    assert refused(again) == "desk.keys.same_holder"


def test_an_owner_is_called_before_the_intake_which_answers_the_call(desk: DeskUnderTest) -> None:
    visit_id = came(desk, guide(desk))["visit_id"]
    assert refused(desk.send(CallOwner(visit_id, CallTo.PICKUP), clerk(desk))) == "desk.calls.not_taken_in"
    done(desk, CallOwner(visit_id, CallTo.WINDOW, "2"), clerk(desk))
    assert [(each.place, each.times) for each in arrivals(desk)[0].calls] == [("2", 1)]
    opened(desk)
    assert visit_of(desk, visit_id).calls == ()


def test_a_call_is_given_again_moves_and_ends(desk: DeskUnderTest) -> None:
    token, visit_id = clerk(desk), opened(desk)
    first = done(desk, CallOwner(visit_id, CallTo.WINDOW, "2"), token)["call_id"]
    asyncio.run(desk.clock.advance(30))
    assert done(desk, CallOwner(visit_id, CallTo.WINDOW, "2"), token)["call_id"] == first
    (call,) = visit_of(desk, visit_id).calls
    assert (call.times, (call.called_at - call.first_at).total_seconds()) == (2, 30)
    second = done(desk, CallOwner(visit_id, CallTo.PICKUP), token)["call_id"]
    assert [each.call_id for each in visit_of(desk, visit_id).calls] == [second]
    done(desk, EndCall(visit_id, second, CallEnd.ANSWERED), token)
    assert visit_of(desk, visit_id).calls == ()
    assert refused(desk.send(EndCall(visit_id, second, CallEnd.ANSWERED), token)) == "desk.calls.no_such_call"
    assert refused(desk.send(CallOwner(visit_id, CallTo.WINDOW, "x" * 13), token)) == "desk.calls.bad_place"
