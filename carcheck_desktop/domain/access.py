"""Who may command what: the one table of roles and commands, and the check both doors make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from carcheck_desktop.base.messages import Problem, word


class Role(StrEnum):
    """What a person is at this station (角色)."""

    CLERK = "clerk"
    LANE_CONTROLLER = "lane_controller"
    LANE_DRIVER = "lane_driver"
    TECHNICIAN = "technician"
    MANAGER = "manager"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, where, until when; signed by the service, carried by every command."""

    session_id: str
    actor: str
    role: Role
    node: str
    expires_at: datetime


ALLOWED: dict[str, frozenset[Role]] = {
    "open_visit": frozenset({Role.CLERK, Role.LANE_CONTROLLER, Role.MANAGER}),
    "add_user": frozenset({Role.MANAGER}),
    "set_opening_hours": frozenset({Role.MANAGER}),
    "publish_announcement": frozenset({Role.MANAGER}),
    "withdraw_announcement": frozenset({Role.MANAGER}),
    "set_board_rules": frozenset({Role.MANAGER}),
    "start_attempt": frozenset({Role.LANE_CONTROLLER}),
    "resume_attempt": frozenset({Role.LANE_CONTROLLER}),
    "repeat_item": frozenset({Role.LANE_CONTROLLER}),
    "abort_attempt": frozenset({Role.LANE_CONTROLLER, Role.MANAGER}),
    "release_stop": frozenset({Role.LANE_CONTROLLER, Role.TECHNICIAN}),
    "sign_out": frozenset(Role),
}
"""Command kind -> roles that may give it. `sign_in` needs no session; `stop_lane` needs none
either: anybody at a paired node may stop machinery, and it is in the journal."""

LONGEST_GOOD = timedelta(days=1)
"""How long a command may be good for (station time): the replies to older ones need not be remembered."""

OPEN_TO_ALL = frozenset({"sign_in", "stop_lane"})
MOVING = frozenset({"start_attempt", "resume_attempt", "repeat_item"})
"""Commands that set machinery in motion: never carried out after their expiry."""


def refusal(kind: str, session: Session | None, now: datetime, expires_at: datetime) -> Problem | None:
    """Return why the command is refused, or None when it may be carried out."""
    if now > expires_at and kind != "stop_lane":
        late_s = int((now - expires_at).total_seconds())
        return Problem("domain.access.expired", {"kind": kind, "late_s": late_s})
    if expires_at - now > LONGEST_GOOD and kind != "stop_lane":
        longest_s = int(LONGEST_GOOD.total_seconds())
        return Problem("domain.access.good_too_long", {"kind": kind, "longest_s": longest_s})
    if kind in OPEN_TO_ALL:
        return None
    if kind not in ALLOWED:
        return Problem("domain.access.unknown_command", {"kind": kind})
    return _refused_session(kind, session, now)


def id_used(kind: str, command_id: str) -> Problem:
    """Return the refusal of a command under an id that another command has had."""
    return Problem("domain.access.id_used", {"kind": kind, "id": command_id[:80]})


def _refused_session(kind: str, session: Session | None, now: datetime) -> Problem | None:
    if session is None:
        return Problem("domain.access.nobody_signed_in", {"kind": kind})
    if now > session.expires_at:
        return Problem("domain.access.session_over", {"kind": kind, "actor": session.actor})
    if session.role not in ALLOWED[kind]:
        params = {"kind": kind, "actor": session.actor, "role": word(session.role).code}
        return Problem("domain.access.role_may_not", dict(params))
    return None
