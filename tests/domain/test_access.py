"""Who may what: the one table, and what no table can allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.access import ALLOWED, MOVING, OPEN_TO_ALL, SECOND_PERSON, Role, Session, refusal
from carcheck_desktop.domain.commands import COMMANDS, LANE_COMMANDS, SERVICE_COMMANDS

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=5)


def session(role: Role, hours: float = 1) -> Session:
    return Session("session-1", "li", role, "pc-1", NOW + timedelta(hours=hours))


def second(role: Role = Role.MANAGER, hours: float = 1, actor: str = "zhou") -> Session:
    return Session("session-2", actor, role, "pc-2", NOW + timedelta(hours=hours))


SECOND = second()


def code(kind: str, who: Session | None, now: datetime = NOW, agrees: Session | None = SECOND) -> str | None:
    problem = refusal(kind, who, now, SOON, agrees)
    return problem.code if problem else None


def test_every_command_is_in_the_table_or_open_to_all() -> None:
    assert set(COMMANDS) == set(ALLOWED) | OPEN_TO_ALL
    assert set(COMMANDS) == SERVICE_COMMANDS | LANE_COMMANDS


@pytest.mark.parametrize("kind", sorted(ALLOWED))
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says_and_nothing_else(kind: str, role: Role) -> None:
    allowed = code(kind, session(role)) is None
    assert allowed == (role in ALLOWED[kind])


def test_a_clerk_never_moves_machinery() -> None:
    assert all(code(kind, session(Role.CLERK)) == "domain.access.role_may_not" for kind in MOVING)


@pytest.mark.parametrize("kind", sorted(MOVING))
def test_a_moving_command_after_its_expiry_is_refused(kind: str) -> None:
    late = SOON + timedelta(milliseconds=1)
    assert code(kind, session(Role.LANE_CONTROLLER), late) == "domain.access.expired"


def test_a_stop_is_let_in_from_anybody_however_late() -> None:
    assert code("stop_lane", None, SOON + timedelta(days=1)) is None


def test_nobody_signed_in_may_nothing() -> None:
    assert {code(kind, None) for kind in ALLOWED} == {"domain.access.nobody_signed_in"}


def test_a_session_ends() -> None:
    assert code("open_visit", session(Role.CLERK, hours=-1)) == "domain.access.session_over"


def test_an_unknown_command_is_named() -> None:
    assert code("fly", session(Role.MANAGER)) == "domain.access.unknown_command"


@pytest.mark.parametrize("kind", sorted(SECOND_PERSON))
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_stands_alone_is_told_who_may_be_the_second(kind: str, language: str) -> None:
    words = Catalogue(language)
    for agrees in (None, second(actor="li"), second(hours=-1), second(Role.VIEWER)):
        problem = refusal(kind, session(next(iter(ALLOWED[kind]))), NOW, SOON, agrees)
        assert problem is not None
        assert problem.code.startswith("domain.access.second_")
        said = words.text(problem.next_step)
        assert all(words.text(word(role)) in said for role in SECOND_PERSON[kind]), said


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", sorted(SECOND_PERSON))
def test_the_second_person_has_a_role_of_the_table(kind: str, role: Role) -> None:
    agreed = code(kind, session(Role.MANAGER), agrees=second(role)) is None
    assert agreed == (role in SECOND_PERSON[kind])


def test_nobody_is_his_own_second_person() -> None:
    assert code("reset_pin", session(Role.MANAGER), agrees=second(actor="li")) == "domain.access.second_is_the_same"


def test_a_second_person_whose_session_is_over_agrees_to_nothing() -> None:
    assert code("reset_pin", session(Role.MANAGER), agrees=second(hours=-1)) == "domain.access.second_over"
