"""Who may command what: the one table of roles and commands, and the check both doors make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from carcheck_desktop.base.messages import Problem, word


class Role(StrEnum):
    """What a person is at this station (角色)."""

    CLERK = "clerk"
    GUIDE = "guide"
    EXTERIOR_INSPECTOR = "exterior_inspector"
    LANE_CONTROLLER = "lane_controller"
    LANE_DRIVER = "lane_driver"
    TECHNICIAN = "technician"
    SIGNER = "signer"
    AUDITOR = "auditor"
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


INTAKE = frozenset({Role.CLERK, Role.GUIDE, Role.LANE_CONTROLLER, Role.MANAGER})
"""Who takes vehicles in."""
WELCOMING = frozenset({Role.CLERK, Role.GUIDE, Role.MANAGER})
"""Who meets owners: notes who comes, calls them."""
KEY_HANDS = WELCOMING | {Role.EXTERIOR_INSPECTOR, Role.LANE_CONTROLLER, Role.LANE_DRIVER}
"""Whose hands a key may go through."""
CASH_DESK = frozenset({Role.CLERK, Role.MANAGER})
"""Who takes money and gives it back."""
PRINTING = WELCOMING | {Role.LANE_CONTROLLER, Role.LANE_DRIVER, Role.SIGNER}
"""Who stands at a printer: asks for papers and says what came out."""

ALLOWED: dict[str, frozenset[Role]] = {
    "open_visit": INTAKE,
    "preview_visit": INTAKE,
    "look_up_vehicle": frozenset({Role.CLERK, Role.GUIDE, Role.MANAGER}),
    "show_visit": frozenset({Role.CLERK, Role.GUIDE, Role.AUDITOR, Role.MANAGER}),
    "note_arrival": WELCOMING,
    "drop_arrival": WELCOMING,
    "hand_over": KEY_HANDS,
    "correct_custody": frozenset({Role.CLERK, Role.MANAGER}),
    "call_owner": WELCOMING,
    "end_call": WELCOMING,
    "declare_insurance": CASH_DESK,
    "place_hold": frozenset(Role) - {Role.TECHNICIAN, Role.VIEWER, Role.LANE_DRIVER},
    "lift_hold": frozenset({Role.CLERK, Role.SIGNER, Role.AUDITOR, Role.MANAGER}),
    "close_visit": frozenset({Role.CLERK, Role.GUIDE, Role.MANAGER}),
    "withdraw_visit": frozenset({Role.CLERK, Role.MANAGER}),
    "correct_visit": INTAKE,
    "open_recheck": INTAKE,
    "ask_recheck": INTAKE,
    "add_user": frozenset({Role.MANAGER}),
    "change_user": frozenset({Role.MANAGER}),
    "reset_pin": frozenset({Role.MANAGER}),
    "change_pin": frozenset(Role),
    "set_price_list": frozenset({Role.MANAGER}),
    "approve_table": frozenset({Role.MANAGER}),
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
    "take_cash": CASH_DESK,
    "request_scan": CASH_DESK,
    "cancel_payment": CASH_DESK,
    "refund": CASH_DESK,
    "open_drawer": CASH_DESK,
    "request_print": PRINTING,
    "answer_paper": PRINTING,
    "void_paper": CASH_DESK | {Role.SIGNER},
    "reprint": PRINTING,
    "sign_report": frozenset({Role.SIGNER}),
    "reject_report": frozenset({Role.SIGNER}),
    "remake_report": frozenset({Role.SIGNER, Role.MANAGER}),
    "show_report": frozenset({Role.SIGNER, Role.CLERK, Role.AUDITOR, Role.MANAGER}),
}
"""Command kind -> roles that may give it. `sign_in` needs no session; `stop_lane` needs none
either: anybody at a paired node may stop machinery, and it is in the journal."""

SECOND_PERSON: dict[str, frozenset[Role]] = {
    "reset_pin": frozenset({Role.MANAGER, Role.SIGNER, Role.AUDITOR}),
    "set_price_list": frozenset({Role.MANAGER, Role.SIGNER, Role.AUDITOR}),
    "approve_table": frozenset({Role.MANAGER, Role.SIGNER, Role.AUDITOR}),
}
"""Command kind -> roles of the second person who must be signed in and agree: another one than who gives it.

Who may be it is said in words by `domain.access.seconds.<kind>`."""

SECOND_PERSON_SOMETIMES: dict[str, frozenset[Role]] = {
    "refund": frozenset({Role.MANAGER, Role.SIGNER, Role.AUDITOR}),
    "lift_hold": frozenset({Role.MANAGER, Role.SIGNER, Role.AUDITOR}),
}
"""The same for commands that want one only in some cases: whoever carries them out knows when and asks `refused_second`."""

LONGEST_GOOD = timedelta(days=1)
"""How long a command may be good for (station time): the replies to older ones need not be remembered."""

OPEN_TO_ALL = frozenset({"sign_in", "stop_lane"})
MOVING = frozenset({"start_attempt", "resume_attempt", "repeat_item"})
"""Commands that set machinery in motion: never carried out after their expiry."""


def refusal(
    kind: str, session: Session | None, now: datetime, expires_at: datetime, second: Session | None = None
) -> Problem | None:
    """Return why the command is refused, or None when it may be carried out; `second` is who agrees to it."""
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
    return _refused_session(kind, session, now) or _refused_second(kind, session, second, now)


def refused_second(kind: str, first: Session, second: Session | None, now: datetime) -> Problem | None:
    """Return why nobody agreed who counts to a command that wants a second person in this case."""
    return _refused_by_roles(kind, first, second, now, SECOND_PERSON_SOMETIMES[kind])


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


def _refused_second(kind: str, first: Session | None, second: Session | None, now: datetime) -> Problem | None:
    """Return why nobody agreed who counts: a second person is another one, signed in, of a role in the table."""
    if kind not in SECOND_PERSON:
        return None
    return _refused_by_roles(kind, first, second, now, SECOND_PERSON[kind])


def _refused_by_roles(
    kind: str, first: Session | None, second: Session | None, now: datetime, roles: frozenset[Role]
) -> Problem | None:
    params = {"kind": kind, "who": f"domain.access.seconds.{kind}", "actor": second.actor if second else "-"}
    if second is None:
        return Problem("domain.access.second_missing", dict(params))
    if first is None or second.actor == first.actor:
        return Problem("domain.access.second_is_the_same", dict(params))
    if now > second.expires_at:
        return Problem("domain.access.second_over", dict(params))
    if second.role not in roles:
        return Problem("domain.access.second_may_not", {**params, "role": word(second.role).code})
    return None
