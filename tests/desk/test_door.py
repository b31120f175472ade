"""The service's door: who may what, once, in time, and on record."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.door import ServiceDoor
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, Envelope, OpenVisit, ResetPin, SignIn, SignOut, StartAttempt
from carcheck_desktop.domain.facts import CommandRefused, SignInRefused
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind
from tests.desk.conftest import PIN, DeskUnderTest, car


def refusal_of(desk: DeskUnderTest) -> str:
    """Return the code of the last refusal in the journal."""
    last = desk.facts("command_refused")[-1]
    assert isinstance(last, CommandRefused)
    return last.reason.code


def test_nobody_is_signed_in_by_default(desk: DeskUnderTest) -> None:
    reply = desk.open_visit(token="")
    assert not reply.accepted
    assert desk.facts("visit_opened") == []


def test_without_a_token_nothing_is_opened_and_it_is_on_record(desk: DeskUnderTest) -> None:
    reply = desk.send(AddUser("li", Role.CLERK, PIN))
    assert reply.refusal is not None
    assert reply.refusal.code == refusal_of(desk) == "domain.access.nobody_signed_in"


def test_the_clerk_takes_a_car_in_with_its_plan(desk: DeskUnderTest) -> None:
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    assert reply.accepted, reply.refusal
    with desk.store.read() as uow:
        visit = uow.visits.get(reply.result["visit_id"])
        assert visit is not None
        assert [item.item for item in visit.plan] == ["W1", "W2", "B1", "B2", "B0"]
        assert visit.opened_by == "wang"
        assert visit == uow.visits.find("渝A12345")


def test_a_car_under_ten_years_is_not_asked_for_its_parking_brake(desk: DeskUnderTest) -> None:
    young = desk.clock.now().date() - timedelta(days=9 * 365)
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK), registered_on=young)
    with desk.store.read() as uow:
        visit = uow.visits.get(reply.result["visit_id"])
    assert visit is not None
    assert ItemKind.PARKING_BRAKE not in [item.kind for item in visit.plan]


def test_the_viewer_may_not_take_a_car_in(desk: DeskUnderTest) -> None:
    assert not desk.open_visit(desk.sign_in("guest", Role.VIEWER)).accepted
    assert refusal_of(desk) == "domain.access.role_may_not"


def test_who_signs_in_and_never_heard_the_answer_asks_again_and_may_work(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.MANAGER)
    first, again = (desk.send(SignIn("wang", PIN), id_="command-sign-in") for _ in range(2))
    assert again.result["session"] == first.result["session"]
    assert desk.send(AddUser("li", Role.CLERK, PIN), str(again.result["token"])).accepted
    assert len(desk.facts("signed_in")) == 1
    other = desk.send(SignIn("wang", "9999"), id_="command-sign-in")
    assert other.refusal is not None
    assert "token" not in other.result


def test_the_same_command_twice_is_done_once(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    first = desk.send(AddUser("li", Role.CLERK, PIN), token, id_="command-again")
    second = desk.send(AddUser("li", Role.CLERK, PIN), token, id_="command-again")
    assert first == second
    assert len(desk.facts("user_added")) == 2


def test_a_command_that_comes_too_late_is_refused_and_on_record(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    assert not desk.send(AddUser("li", Role.CLERK, PIN), token, good_for_s=-1).accepted
    assert refusal_of(desk) == "domain.access.expired"


def test_a_command_that_would_be_good_for_days_is_refused(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    assert not desk.send(AddUser("li", Role.CLERK, PIN), token, good_for_s=2 * 86400).accepted
    assert refusal_of(desk) == "domain.access.good_too_long"


def test_replies_are_remembered_for_a_week_and_not_for_ever(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    desk.send(SignIn("wang", PIN), id_="command-old")
    for day in (3, 6, 9):
        with desk.store.read() as uow:
            assert uow.done.get("command-old") is not None
        asyncio.run(desk.clock.advance(3 * 86400))
        desk.send(SignIn("wang", PIN), id_=f"command-of-day-{day}")
    with desk.store.read() as uow:
        assert uow.done.get("command-old") is None
    again = desk.send(SignIn("wang", PIN), id_="command-old", good_for_s=-9 * 86400)
    assert again.refusal is not None
    assert again.refusal.code == "domain.access.expired"


def test_a_lane_command_is_not_for_the_service(desk: DeskUnderTest) -> None:
    token = desk.sign_in("zhao", Role.LANE_CONTROLLER)
    assert not desk.send(StartAttempt("1", "visit-1"), token).accepted
    assert refusal_of(desk) == "desk.door.not_here"


def test_a_forged_token_opens_nothing(desk: DeskUnderTest) -> None:
    forged = SigningKey.generate().token({"sid": "s", "sub": "boss", "role": "manager", "node": "x", "exp": 2**33})
    assert not desk.send(AddUser("li", Role.CLERK, PIN), forged).accepted
    assert refusal_of(desk) == "base.keys.bad_token"


def test_after_signing_out_the_token_is_worth_nothing(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    assert desk.send(SignOut(), token).accepted
    assert not desk.send(AddUser("li", Role.CLERK, PIN), token).accepted
    assert refusal_of(desk) == "desk.door.signed_out"


def test_a_session_ends_with_the_shift(desk: DeskUnderTest) -> None:
    token = desk.sign_in("boss", Role.MANAGER)
    asyncio.run(desk.clock.advance(13 * 3600))
    assert not desk.send(AddUser("li", Role.CLERK, PIN), token).accepted
    assert refusal_of(desk) == "domain.access.session_over"


def test_five_wrong_pins_shut_the_door_even_for_the_right_one(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    replies = [desk.send(SignIn("wang", "9999")) for _ in range(5)]
    assert not any(reply.accepted for reply in replies)
    assert not desk.send(SignIn("wang", PIN)).accepted
    refused = desk.facts("sign_in_refused")
    counts = [(fact.wrong_pins, fact.locked) for fact in refused if isinstance(fact, SignInRefused)]
    assert counts == [(1, False), (2, False), (3, False), (4, False), (5, True), (5, True)]


def test_a_right_pin_forgets_the_wrong_ones(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    for _ in range(2):
        for _ in range(4):
            desk.send(SignIn("wang", "9999"))
        assert desk.send(SignIn("wang", PIN)).accepted


def test_the_manager_opens_a_shut_door_with_a_new_pin_when_a_second_person_agrees(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    for _ in range(5):
        desk.send(SignIn("wang", "9999"))
    boss, signer = desk.sign_in("boss", Role.MANAGER), desk.sign_in("zhou", Role.SIGNER)
    assert desk.send(ResetPin("wang", "1357"), boss, second=signer).accepted
    assert desk.send(SignIn("wang", "1357")).accepted


def test_an_unknown_name_looks_like_a_wrong_pin(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    unknown, wrong = desk.send(SignIn("nobody", PIN)), desk.send(SignIn("wang", "9999"))
    assert unknown.refusal is not None
    assert wrong.refusal is not None
    assert unknown.refusal.code == wrong.refusal.code


def test_the_token_is_not_kept_with_the_reply(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    token = str(desk.send(SignIn("wang", PIN), id_="in").result["token"])
    with desk.store.read() as uow:
        kept = uow.done.get("in")
    assert kept is not None
    assert "token" not in kept.result
    assert token not in str(kept.result)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plate": "A12345"}, "bad_plate"),
        ({"plate": "渝112345"}, "bad_plate"),
        ({"curb_mass_kg": 1900}, "bad_masses"),
        ({"total_mass_kg": 0}, "bad_masses"),
        ({"seats": 40}, "bad_seats"),
        ({"axles": 3}, "bad_axles"),
        ({"parking_axles": ()}, "bad_axles"),
        ({"parking_axles": (3,)}, "bad_axles"),
        ({"manufactured_on": "later"}, "bad_dates"),
        ({"registered_on": "tomorrow"}, "bad_dates"),
        ({"registered_on": date(1, 1, 1), "manufactured_on": date(1, 1, 1)}, "bad_dates"),
        ({"registered_on": date(9999, 12, 31)}, "bad_dates"),
        ({"curb_mass_kg": -1}, "bad_masses"),
        ({"plate": "渝A12345\n"}, "bad_plate"),
    ],
)
def test_nonsense_typed_at_the_window_is_refused_by_name(
    desk: DeskUnderTest, changes: dict[str, object], code: str
) -> None:
    today = desk.clock.now().date()
    if changes.get("manufactured_on") == "later":
        changes = {"manufactured_on": today - timedelta(days=30)}
    if changes.get("registered_on") == "tomorrow":
        changes = {"registered_on": today + timedelta(days=2)}
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK), **changes)
    assert reply.refusal is not None
    assert reply.refusal.code == f"desk.intake.{code}"


def test_the_same_car_is_not_taken_in_twice(desk: DeskUnderTest) -> None:
    token = desk.sign_in("wang", Role.CLERK)
    assert desk.open_visit(token).accepted
    again = desk.open_visit(token)
    assert again.refusal is not None
    assert again.refusal.code == "desk.intake.already_here"


def test_another_command_under_a_used_number_gets_no_answer_that_is_not_its_own(desk: DeskUnderTest) -> None:
    clerk = desk.sign_in("wang", Role.CLERK)
    first = desk.send(OpenVisit(car(), InspectionKind.IN_USE), clerk, id_="same")
    other = desk.send(OpenVisit(car(plate="渝A54321"), InspectionKind.IN_USE), clerk, id_="same")
    nobody = desk.send(OpenVisit(car(), InspectionKind.IN_USE), None, id_="same")
    assert desk.send(OpenVisit(car(), InspectionKind.IN_USE), clerk, id_="same") == first
    for reply in (other, nobody):
        assert reply.result == {}
        assert reply.refusal is not None
        assert reply.refusal.code == "domain.access.id_used"
    assert len(desk.facts("visit_opened")) == 1
    assert len(desk.facts("command_refused")) == 2


def test_no_pin_can_be_guessed_from_a_kept_reply(desk: DeskUnderTest) -> None:
    desk.person("wang", Role.CLERK)
    desk.send(SignIn("wang", PIN), id_="in")
    with desk.store.read() as uow:
        kept = uow.done.get("in")
    assert kept is not None
    now = desk.clock.now()
    for pin in (PIN, "9999"):
        envelope = Envelope("in", None, "pc-1", now, now + timedelta(seconds=5), SignIn("wang", pin))
        assert digest_of(to_json(envelope).encode()) not in str(kept.result)


def test_who_signed_out_stays_out_when_the_service_is_started_again(desk: DeskUnderTest) -> None:
    token, other = desk.sign_in("boss", Role.MANAGER), desk.sign_in("boss", Role.MANAGER)
    assert desk.send(SignOut(), token).accepted
    desk.door = ServiceDoor(desk.writer, desk.clock, desk.key, desk.tables)
    assert not desk.send(AddUser("li", Role.CLERK, PIN), token).accepted
    assert refusal_of(desk) == "desk.door.signed_out"
    assert desk.send(AddUser("li", Role.CLERK, PIN), other).accepted


@pytest.mark.parametrize("pin", ["１２３４", "123", "12 34", "1" * 13, "١٢٣٤"])
def test_a_pin_that_could_not_be_typed_again_is_not_taken(desk: DeskUnderTest, pin: str) -> None:
    reply = desk.send(AddUser("li", Role.CLERK, pin), desk.sign_in("boss", Role.MANAGER))
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.people.bad_pin"
