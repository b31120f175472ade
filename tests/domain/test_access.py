"""Who may what: the one table, and what no table can allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from carcheck_desktop.domain.access import ALLOWED, MOVING, OPEN_TO_ALL, Role, Session, refusal
from carcheck_desktop.domain.commands import COMMANDS, LANE_COMMANDS, SERVICE_COMMANDS

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=5)


def session(role: Role, hours: float = 1) -> Session:
    return Session("session-1", "li", role, "pc-1", NOW + timedelta(hours=hours))


def code(kind: str, who: Session | None, now: datetime = NOW) -> str | None:
    problem = refusal(kind, who, now, SOON)
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
