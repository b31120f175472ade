"""Commands that hold, free, close, withdraw, correct and reopen a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Problem, word
from carcheck_desktop.desk.counter.checks import origin_problems, vehicle_problems
from carcheck_desktop.desk.counter.prices import charged
from carcheck_desktop.desk.ending.rechecking import ask_recheck, open_recheck
from carcheck_desktop.desk.ending.requiring import require_nobody_else, require_open, visit_of
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.papers.ledger import void
from carcheck_desktop.desk.papers.making import GATES
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role, refused_second
from carcheck_desktop.domain.ending import ManualKind, corrected_fields
from carcheck_desktop.domain.facts.ending import (
    HoldLifted,
    HoldPlaced,
    VisitClosed,
    VisitCorrected,
    VisitWithdrawn,
)
from carcheck_desktop.domain.holds import LIFTERS, MANUAL, PLACERS, Gate, Hold, stopping
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import ItemState, VisitView
from carcheck_desktop.standards.rulebook import plan_visit

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.ports import UnitOfWork

LONGEST_TEXT = 200
MOST_NAMED = 7
MOST_PLACED = 20
"""Holds on one visit at a time: more than anybody settles is a key that hangs, or somebody who wants to be in the way."""


class HeldError(RefusedError):
    """A visit cannot be closed: the problem tells what holds it first in full, and every other hold by its name."""

    def __init__(self, held: tuple[Hold, ...]) -> None:
        first, others = held[0], held[1 : MOST_NAMED + 1]
        named = {f"other{number}": "" for number in range(1, MOST_NAMED + 1)}
        named |= {f"comma{number}": "" for number in range(1, MOST_NAMED + 1)}
        for number, hold in enumerate(others, start=1):
            named |= {f"other{number}": word(hold.kind).code, f"comma{number}": "holds.comma"}
        said = {"kind": word(first.kind).code, "why": first.evidence.code, "step": first.next_step.code}
        params = {**first.evidence.params, **first.next_step.params, **named, **said}
        super().__init__("desk.ending.held", count=len(held), **params)
        self.held = held


class AgreedError(RefusedError):
    """Nobody who counts agreed; the problem is the table's own."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, **problem.params)


# -- holds -------------------------------------------------------------------------------------------------------------


def place_hold(uow: UnitOfWork, command: c.PlaceHold, doing: Doing) -> dict[str, Any]:
    """Hold a visit for a reason; refused to who may not hold it for that, and once it ended.

    A paper that it stops and that still waits for its printer does not come out any more.
    """
    visit = visit_of(uow, command.visit_id)
    require_open(visit)
    _require_role(doing, command.hold_kind, PLACERS[command.hold_kind])
    _require_text(command.reason)
    if len(visit.placed_holds) >= MOST_PLACED:
        raise RefusedError("desk.ending.too_many_holds", plate=visit.vehicle.plate, count=len(visit.placed_holds))
    hold_id = new_id("hold")
    reason = command.reason.strip()
    record(uow, HoldPlaced(visit.visit_id, hold_id, command.hold_kind, reason), actor=doing.actor)
    stops = MANUAL[command.hold_kind][-1]
    for paper in visit.papers:
        if paper.state is PaperState.QUEUED and GATES.get(paper.kind) in stops:
            void(uow, visit.visit_id, paper.paper_id, reason, doing.actor)
    return {"hold_id": hold_id}


def lift_hold(uow: UnitOfWork, command: c.LiftHold, doing: Doing) -> dict[str, Any]:
    """Lift a placed hold; a finding wants a second person who agrees: nobody lifts it alone."""
    visit = visit_of(uow, command.visit_id)
    placed = next((each for each in visit.placed_holds if each.hold_id == command.hold_id), None)
    if placed is None:
        raise RefusedError("desk.ending.no_such_hold", visit=visit.visit_id, hold=command.hold_id[:40])
    _require_role(doing, placed.kind, LIFTERS[placed.kind])
    _require_text(command.reason)
    if placed.kind is ManualKind.FINDING:
        problem = refused_second(command.kind, doing.session, doing.second, doing.now)
        if problem is not None:
            raise AgreedError(problem)
    fact = HoldLifted(visit.visit_id, placed.hold_id, command.reason.strip(), doing.approved_by)
    record(uow, fact, actor=doing.actor)
    return {}


# -- ends --------------------------------------------------------------------------------------------------------------


def close_visit(uow: UnitOfWork, command: c.CloseVisit, doing: Doing) -> dict[str, Any]:
    """End a visit of which nothing is left to do; raises `HeldError` naming whatever is."""
    visit = visit_of(uow, command.visit_id)
    if visit.ended_at is not None:
        raise RefusedError("desk.ending.ended", visit=visit.visit_id, plate=visit.vehicle.plate)
    held = stopping(visit, doing.now, Gate.CLOSE)
    if held:
        raise HeldError(held)
    record(uow, VisitClosed(visit.visit_id), actor=doing.actor)
    return {}


def withdraw_visit(uow: UnitOfWork, command: c.WithdrawVisit, doing: Doing) -> dict[str, Any]:
    """Give a visit up; it is closed at once when nothing is left to do, else when car, key and money are back."""
    visit = visit_of(uow, command.visit_id)
    require_open(visit)
    if visit.conclusion is not None:
        raise RefusedError("desk.ending.concluded", visit=visit.visit_id, plate=visit.vehicle.plate)
    if len(command.note) > LONGEST_TEXT or not _is_plain(command.note):
        raise RefusedError("desk.ending.bad_text", length=len(command.note), most=LONGEST_TEXT)
    charge = _kept_charge(visit, doing) if command.keeps_charge else _charge_before_recheck(visit)
    record(uow, VisitWithdrawn(visit.visit_id, command.reason, command.note.strip(), charge), actor=doing.actor)
    left = stopping(visit_of(uow, visit.visit_id), doing.now, Gate.CLOSE)
    if not left:
        record(uow, VisitClosed(visit.visit_id), actor=doing.actor)
    return {"closed": not left}


def _charge_before_recheck(visit: VisitView) -> tuple[ChargeLine, ...]:
    """Return what stays to be paid when nothing more is done: nothing, but of a recheck the inspection before it."""
    if visit.recheck is None:
        return ()
    return visit.charge[: len(visit.charge) - len(visit.recheck.charge)]


def _kept_charge(visit: VisitView, doing: Doing) -> tuple[ChargeLine, ...]:
    """Return the whole price; raise `RefusedError` when nothing was measured, or for everybody but a manager."""
    is_measured = any(item.state is ItemState.DONE for attempt in visit.attempts for item in attempt.items)
    if not is_measured or doing.session.role is not Role.MANAGER:
        role = word(doing.session.role).code
        raise RefusedError("desk.ending.must_give_back", plate=visit.vehicle.plate, actor=doing.actor, role=role)
    return visit.charge


# -- ways back ---------------------------------------------------------------------------------------------------------


def correct_visit(uow: UnitOfWork, command: c.CorrectVisit, doing: Doing) -> dict[str, Any]:
    """Put right what was taken in wrongly, while nothing was measured; plan and price are made anew."""
    visit = visit_of(uow, command.visit_id)
    require_open(visit)
    if visit.attempts or visit.recheck is not None:
        raise RefusedError("desk.ending.measured", visit=visit.visit_id, plate=visit.vehicle.plate)
    today = inspection_date(doing.now)
    problems = (*origin_problems(command.origins), *vehicle_problems(command.vehicle, today))
    if problems:
        raise AgreedError(problems[0])
    require_nobody_else(uow, visit, command.vehicle, doing.now)
    differences = corrected_fields(visit.vehicle, command.vehicle)
    if not differences:
        raise RefusedError("desk.ending.nothing_changed", visit=visit.visit_id, plate=visit.vehicle.plate)
    wanted = plan_visit(doing.tables, command.vehicle, visit.inspection, today)
    lines, _ = charged(uow.journal, command.vehicle, visit.inspection, today)
    fact = VisitCorrected(
        visit.visit_id, command.vehicle, wanted.items, doing.tables.safety.edition, doing.tables.safety.table_hash,
        doing.tables.hashes, wanted.unmet, {**visit.origins, **command.origins}, lines, differences,
    )  # fmt: skip
    record(uow, fact, actor=doing.actor)
    return {"differences": len(differences)}


# -- what each asks ----------------------------------------------------------------------------------------------------


def _require_role(doing: Doing, kind: ManualKind, roles: frozenset[Role]) -> None:
    if doing.session.role not in roles:
        role, what = word(doing.session.role).code, word(kind).code
        raise RefusedError("desk.ending.not_your_hold", actor=doing.actor, role=role, what=what)


def _require_text(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT or not _is_plain(text):
        raise RefusedError("desk.ending.bad_text", length=len(text), most=LONGEST_TEXT)


def _is_plain(text: str) -> bool:
    return all(sign.isprintable() for sign in text)


DOERS: dict[str, Doer] = {
    c.PlaceHold.kind: place_hold,
    c.LiftHold.kind: lift_hold,
    c.CloseVisit.kind: close_visit,
    c.WithdrawVisit.kind: withdraw_visit,
    c.CorrectVisit.kind: correct_visit,
    c.OpenRecheck.kind: open_recheck,
    c.AskRecheck.kind: ask_recheck,
}
