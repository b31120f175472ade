"""People: changed by a manager, PINs by their owners, and what needs two persons needs two."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.data import to_json
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import (
    AddUser,
    ChangePin,
    ChangeUser,
    Command,
    ResetPin,
    SignIn,
)
from tests.desk.conftest import PIN, DeskUnderTest

NEW = "86420"


def code(reply: object) -> str:
    refusal = getattr(reply, "refusal", None)
    return "" if refusal is None else str(refusal.code)


def journal_text(desk: DeskUnderTest) -> str:
    with desk.store.read() as uow:
        kept = [to_json(entry) for _, entry in uow.journal.after(0)]
    return "".join(kept)


def test_a_changed_role_ends_the_sessions_begun_before(desk: DeskUnderTest) -> None:
    boss, wang = desk.sign_in("boss", Role.MANAGER), desk.sign_in("wang", Role.CLERK)
    assert desk.open_visit(wang).accepted
    assert desk.send(ChangeUser("wang", Role.VIEWER, locked=False), boss).accepted
    assert code(desk.open_visit(wang, plate="渝A54321")) == "desk.door.signed_out"
    assert code(desk.open_visit(desk.sign_in("wang", Role.CLERK), plate="渝A54321")) == "domain.access.role_may_not"


def test_who_is_shut_out_stays_out_until_let_in_again(desk: DeskUnderTest) -> None:
    boss = desk.sign_in("boss", Role.MANAGER)
    desk.person("wang", Role.CLERK)
    assert desk.send(ChangeUser("wang", Role.CLERK, locked=True), boss).accepted
    assert not desk.send(SignIn("wang", PIN)).accepted
    assert desk.send(ChangeUser("wang", Role.CLERK, locked=False), boss).accepted
    assert desk.send(SignIn("wang", PIN)).accepted


@pytest.mark.parametrize(
    "change", [ChangeUser("boss", Role.CLERK, locked=False), ChangeUser("boss", Role.MANAGER, locked=True)]
)
def test_the_last_manager_stays(desk: DeskUnderTest, change: ChangeUser) -> None:
    boss = desk.sign_in("boss", Role.MANAGER)
    assert code(desk.send(change, boss)) == "desk.people.last_manager"
    desk.person("second", Role.MANAGER)
    assert desk.send(change, boss).accepted


def test_a_known_person_gets_no_new_pin_as_if_added(desk: DeskUnderTest) -> None:
    boss = desk.sign_in("boss", Role.MANAGER)
    desk.person("wang", Role.CLERK)
    assert code(desk.send(AddUser("wang", Role.MANAGER, NEW), boss)) == "desk.people.known"
    assert desk.send(SignIn("wang", PIN)).accepted


def test_a_pin_is_reset_by_two_and_the_fact_names_both_and_no_pin(desk: DeskUnderTest) -> None:
    boss, signer = desk.sign_in("boss", Role.MANAGER), desk.sign_in("zhou", Role.SIGNER)
    wang = desk.sign_in("wang", Role.CLERK)
    assert code(desk.send(ResetPin("wang", NEW), boss)) == "domain.access.second_missing"
    assert code(desk.send(ResetPin("wang", NEW), boss, second=boss)) == "domain.access.second_is_the_same"
    assert code(desk.send(ResetPin("wang", NEW), boss, second=wang)) == "domain.access.second_may_not"
    assert code(desk.send(ResetPin("wang", NEW), boss, second="forged")) == "base.keys.bad_token"
    assert desk.send(SignIn("wang", PIN)).accepted
    assert desk.send(ResetPin("wang", NEW), boss, second=signer).accepted
    assert desk.facts("pin_changed") == [f.PinChanged("wang", reset=True, approved_by="zhou")]
    assert not desk.send(SignIn("wang", PIN)).accepted
    assert desk.send(SignIn("wang", NEW)).accepted
    assert code(desk.open_visit(wang)) == "desk.door.signed_out"
    assert NEW not in journal_text(desk)


def test_nobody_agrees_to_the_reset_of_his_own_pin(desk: DeskUnderTest) -> None:
    boss, signer = desk.sign_in("boss", Role.MANAGER), desk.sign_in("zhou", Role.SIGNER)
    assert code(desk.send(ResetPin("zhou", NEW), boss, second=signer)) == "desk.people.own_approval"


def test_a_second_person_who_was_shut_out_agrees_to_nothing(desk: DeskUnderTest) -> None:
    boss, signer = desk.sign_in("boss", Role.MANAGER), desk.sign_in("zhou", Role.SIGNER)
    assert desk.send(ChangeUser("zhou", Role.SIGNER, locked=True), boss).accepted
    assert code(desk.send(ResetPin("boss", NEW), boss, second=signer)) == "desk.door.signed_out"


def test_a_person_changes_the_own_pin_and_stays_signed_in(desk: DeskUnderTest) -> None:
    wang = desk.sign_in("wang", Role.VIEWER)
    assert desk.send(ChangePin(PIN, NEW), wang).accepted
    assert desk.facts("pin_changed") == [f.PinChanged("wang", reset=False, approved_by="")]
    assert not desk.send(SignIn("wang", PIN)).accepted
    assert desk.send(SignIn("wang", NEW)).accepted
    assert desk.send(ChangePin(NEW, PIN), wang).accepted


def test_guessing_the_old_pin_at_an_open_window_shuts_the_door(desk: DeskUnderTest) -> None:
    wang = desk.sign_in("wang", Role.CLERK)
    for _ in range(5):
        assert code(desk.send(ChangePin("9999", NEW), wang)) == "desk.door.wrong_old_pin"
    assert code(desk.send(ChangePin(PIN, NEW), wang)) == "desk.door.wrong_old_pin"
    assert [fact.wrong_pins for fact in desk.facts("sign_in_refused") if isinstance(fact, f.SignInRefused)][-2:] == [
        5,
        5,
    ]
    assert desk.facts("pin_changed") == []


@pytest.mark.parametrize("command", [ChangePin(PIN, "12"), AddUser("li", Role.CLERK, "pin!")])
def test_a_pin_that_cannot_be_used_is_told_by_its_length_only(desk: DeskUnderTest, command: Command) -> None:
    reply = desk.send(command, desk.sign_in("boss", Role.MANAGER))
    assert code(reply) == "desk.people.bad_pin"
    assert reply.refusal is not None
    assert set(reply.refusal.params) == {"length"}


@pytest.mark.parametrize(
    "command",
    [SignIn("wang", NEW), AddUser("wang", Role.CLERK, NEW), ResetPin("wang", NEW), ChangePin(NEW, NEW)],
)
def test_no_pin_shows_when_a_command_is_printed(command: Command) -> None:
    assert NEW not in repr(command)


def test_an_unknown_person_is_named(desk: DeskUnderTest) -> None:
    boss, signer = desk.sign_in("boss", Role.MANAGER), desk.sign_in("zhou", Role.SIGNER)
    assert code(desk.send(ChangeUser("nobody", Role.CLERK, locked=False), boss)) == "desk.people.unknown"
    assert code(desk.send(ResetPin("nobody", NEW), boss, second=signer)) == "desk.people.unknown"
