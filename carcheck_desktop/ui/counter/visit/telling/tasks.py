"""The sheets over a visit's page: what each asks, tells and would do; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.payment import kept_fen, paid_fen
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.ui.bridge.words import date_text
from carcheck_desktop.ui.counter.draft.person import masked_name, masked_number
from carcheck_desktop.ui.counter.telling.pay import price_pairs
from carcheck_desktop.ui.counter.visit.actions import (
    OF_VISIT,
    charge_when_withdrawn,
    liftable,
    may_keep_charge,
    paper_to_void,
    placeable,
    printable,
    refundable,
)
from carcheck_desktop.ui.counter.visit.doing.desk import SECOND, TASK
from carcheck_desktop.ui.counter.visit.doing.orders import KEEPS, wrong_fields
from carcheck_desktop.ui.counter.visit.state import FieldKind, TaskField, TaskKind, TaskState
from carcheck_desktop.ui.counter.visit.telling.visit import opening
from carcheck_desktop.ui.frame.telling import banner_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import PairState, RowState
from carcheck_desktop.ui.widgets.forms.states import ActionState, ChoiceOption, ChoiceState, FieldState, ToggleState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter
    from carcheck_desktop.ui.counter.visit.doing.desk import Task, VisitDesk

ICONS = {
    TaskKind.MENU: "list-checks",
    TaskKind.RECHECK: "repeat",
    TaskKind.CORRECT: "pencil",
    TaskKind.WITHDRAW: "ban",
    TaskKind.REFUND: "rotate-ccw",
    TaskKind.INSURE: "file-text",
    TaskKind.HOLD: "lock",
    TaskKind.LIFT: "lock-open",
    TaskKind.PRINT: "printer",
    TaskKind.WHO: "user-round",
    TaskKind.DRAWER: "inbox",
}
FIELDS: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.WITHDRAW: ("note",),
    TaskKind.REFUND: ("amount", "reason"),
    TaskKind.INSURE: ("insurer", "policy", "valid_from", "valid_until"),
    TaskKind.HOLD: ("reason",),
    TaskKind.LIFT: ("reason",),
    TaskKind.DRAWER: ("reason",),
}
SECOND_FIELDS = ("second", "second_pin")
KINDS = {"valid_from": FieldKind.DAY, "valid_until": FieldKind.DAY, "second_pin": FieldKind.HIDDEN}


@dataclass(frozen=True, slots=True)
class Case:
    """What a sheet is made from."""

    task: Task
    desk: VisitDesk
    presenter: CounterPresenter


def task_state(desk: VisitDesk, presenter: CounterPresenter) -> TaskState | None:
    """Return the sheet that is open; None while there is none."""
    task, words = desk.task, presenter.words
    if task is None:
        return None
    plate = desk.visit.vehicle.plate if desk.visit is not None else ""
    own: dict[str, Any] = _OWN[task.kind](Case(task, desk, presenter)) if task.kind in _OWN else {}
    is_busy = presenter.is_asking(TASK)
    # busy or not it keeps the keyboard: an Enter that comes too early does nothing
    icon = "hourglass" if is_busy else ICONS[task.kind]
    yes = ActionState(
        task.kind.value, words(f"ui.counter_visit.yes.{own.pop('yes', task.kind.value)}"), icon, enabled=True
    )
    return TaskState(
        kind=task.kind,
        title=words(f"ui.counter_visit.task.{task.kind.value}", plate=plate).strip(),
        yes=yes,
        no_text=words("ui.dialog.cancel"),
        detail=own.pop("detail", words(f"ui.counter_visit.detail.{task.kind.value}")),
        banner=_banner(task, words),
        fields=_fields(task, desk, words),
        busy=is_busy,
        focus=task.focus,
        **own,
    )


def _banner(task: Task, words: Words) -> BannerState | None:
    if task.problem is None:
        return None
    if task.problem.code in SECOND:
        cause, _, step = words.lines(task.problem)
        return BannerState(Tone.CAUTION, "user-round", words("ui.counter_visit.second"), f"{cause} {step}")
    return banner_of(task.problem, words)


def _fields(task: Task, desk: VisitDesk, words: Words) -> tuple[TaskField, ...]:
    entered = desk.entered(task)
    names = list(FIELDS.get(task.kind, ()))
    if task.kind is TaskKind.PRINT and entered.wants_reason:
        names.append("reason")
    if task.needs_second:
        names += SECOND_FIELDS
    wrong = wrong_fields(entered)
    return tuple(_field(name, task, wrong, entered.amount_text, words) for name in names)


def _field(name: str, task: Task, wrong: dict[str, str], amount: str, words: Words) -> TaskField:
    is_insisted = name in task.insisted and name in wrong
    state = FieldState(Tone.BAD, words(wrong[name])) if is_insisted else FieldState()
    text = amount if name == "amount" else task.values.get(name, "")
    label = words(f"ui.counter_visit.field.{name}")
    hint = words("ui.counter_visit.hint.reason") if name == "reason" else ""
    return TaskField(name, label, text, KINDS.get(name, FieldKind.TEXT), hint, state, is_insisted)


# -- what each has of its own -----------------------------------------------------------------------------------------


def _menu(at: Case) -> dict[str, Any]:
    words, rows = at.presenter.words, []
    for number, kind in enumerate(OF_VISIT, start=1):
        reason = at.desk.why_not(kind)
        key, tone, icon = str(number % 10), Tone.NEUTRAL, ICONS[kind]
        if reason:
            tone, icon = Tone.OFF, "ban"
        detail = reason or words(f"ui.counter_visit.menu.detail.{kind.value}")
        rows.append(RowState(kind.value, words(f"ui.counter_visit.menu.{kind.value}"), detail, key, icon, tone))
    return {"rows": tuple(rows), "picked": at.task.chosen, "picks": True}


def _recheck(at: Case) -> dict[str, Any]:
    words, offer = at.presenter.words, at.task.offer
    if offer is None and at.task.problem is None:
        place = PlaceState(PlaceKind.LOADING, words("ui.counter_visit.recheck.asking"))
        return {"place": place, "detail": "", "yes": "wait"}
    if offer is None or offer.problem is not None:
        return {"detail": "", "yes": "close"}
    rows = tuple(
        RowState(item.item, words.item(item.kind, item.axle), words.message(item.reason), icon="repeat")
        for item in offer.items
    )
    fee = yuan(total_fen(offer.charge)) if offer.charge else words("ui.counter_visit.recheck.no_fee")
    pairs = (
        PairState(words("ui.counter_visit.recheck.number"), str(offer.number)),
        PairState(words("ui.counter_visit.recheck.fee"), fee),
        PairState(words("ui.counter_visit.recheck.until"), date_text(offer.until), words.name(offer.confidence)),
    )
    lines = (
        tuple(f"{pair.label} {pair.value}" for pair in price_pairs(offer.charge, words))
        if len(offer.charge) > 1
        else ()
    )
    return {"rows": rows, "pairs": pairs, "lines": lines}


def _withdraw(at: Case) -> dict[str, Any]:
    words, visit = at.presenter.words, at.desk.visit
    options = tuple(ChoiceOption(each.value, opening(words.name(each))) for each in WithdrawReason)
    lines = _withdrawn(at, visit, words) if visit is not None else ()
    tone = Tone.BAD if "choice" in at.task.insisted and not at.task.chosen else Tone.NEUTRAL
    return {
        "choice": ChoiceState(options, at.task.chosen, tone=tone),
        "choice_label": words("ui.counter_visit.choice.withdraw"),
        "toggle": _keeping(at, visit, words) if visit is not None else None,
        "lines": lines,
        "destructive": True,
    }


def _keeping(at: Case, visit: VisitView, words: Words) -> ToggleState | None:
    """Return the switch that keeps the price, for who may."""
    if not may_keep_charge(at.desk.standing(), visit):
        return None
    is_on = at.task.values.get("keeps", "") == KEEPS
    said = words("ui.counter_visit.keeps.on" if is_on else "ui.counter_visit.keeps.off")
    return ToggleState(words("ui.counter_visit.keeps"), is_on, said)


def _withdrawn(at: Case, visit: VisitView, words: Words) -> tuple[str, ...]:
    """Return what a withdrawal does: to the lane, to the money, to key and licence."""
    keeps = at.task.values.get("keeps", "") == KEEPS
    stays_fen = total_fen(visit.charge if keeps else charge_when_withdrawn(visit))
    back_fen = max(0, paid_fen(visit) - stays_fen)
    money = "ui.counter_visit.back.money" if back_fen else "ui.counter_visit.back.nothing"
    found = [_on_lane(visit, words), words(money, amount=yuan(back_fen)), words("ui.counter_visit.back.key")]
    return tuple(each for each in found if each)


def _on_lane(visit: VisitView, words: Words) -> str:
    states = {AttemptState.RUNNING: "running", AttemptState.INTERRUPTED: "interrupted"}
    found = next((each for each in visit.attempts if each.state in states), None)
    if found is None:
        return ""
    return words(f"ui.counter_visit.lane.{states[found.state]}", lane=found.lane)


def _refund(at: Case) -> dict[str, Any]:
    words, payment = at.presenter.words, refundable(at.desk.visit) if at.desk.visit is not None else None
    if payment is None:
        return {}
    pairs = (
        PairState(words("ui.counter_visit.refund.paid"), f"{words.name(payment.method)} {yuan(payment.amount_fen)}"),
        PairState(words("ui.counter_visit.refund.most"), yuan(kept_fen(payment))),
        PairState(words("ui.counter_visit.refund.way"), words(f"ui.counter_visit.refund.way.{payment.method.value}")),
    )
    return {"pairs": pairs}


def _hold(at: Case) -> dict[str, Any]:
    words, kinds = at.presenter.words, placeable(at.desk.standing().role)
    options = tuple(ChoiceOption(each.value, opening(words.name(each))) for each in kinds)
    line = words(f"ui.counter_visit.hold.stops.{at.task.chosen}") if at.task.chosen in set(ManualKind) else ""
    return {
        "choice": ChoiceState(options, at.task.chosen),
        "choice_label": words("ui.counter_visit.choice.hold"),
        "lines": (line,) if line else (),
    }


def _lift(at: Case) -> dict[str, Any]:
    words, visit = at.presenter.words, at.desk.visit
    placed = liftable(visit, at.desk.standing().role) if visit is not None else ()
    rows = tuple(
        RowState(each.hold_id, opening(words.name(each.kind)), each.reason, each.by, "lock", Tone.CAUTION)
        for each in placed
    )
    return {"rows": rows, "picked": at.task.chosen, "picks": True}


def _print(at: Case) -> dict[str, Any]:
    words, visit = at.presenter.words, at.desk.visit
    kinds = printable(visit) if visit is not None else ()
    options = tuple(ChoiceOption(each.value, opening(words.name(each))) for each in kinds)
    entered = at.desk.entered(at.task)
    is_void = visit is not None and entered.document is not None and paper_to_void(visit, entered.document) is not None
    code = "ui.counter_visit.print.void" if is_void else "ui.counter_visit.print.free"
    return {
        "choice": ChoiceState(options, at.task.chosen),
        "choice_label": words("ui.counter_visit.choice.print"),
        "lines": (words(code),),
    }


def _who(at: Case) -> dict[str, Any]:
    words, private = at.presenter.words, at.task.private
    if private is None:
        if not at.task.is_answered and at.task.problem is None:
            return {"place": PlaceState(PlaceKind.LOADING, words("ui.counter_visit.who.asking")), "yes": "close"}
        return {"place": PlaceState(PlaceKind.EMPTY, words("ui.counter_visit.who.none")), "yes": "close"}
    name: Callable[[str], str] = masked_name if at.presenter.is_covered else str
    number: Callable[[str], str] = masked_number if at.presenter.is_covered else str
    pairs = [PairState(words("ui.counter.field.owner"), name(private.owner) or "–")]
    if private.presenter is not None:
        pairs.append(PairState(words("ui.counter.field.presenter"), name(private.presenter.name)))
        pairs.append(PairState(words("ui.counter.field.telephone"), number(private.presenter.telephone) or "–"))
    return {"pairs": tuple(pairs), "yes": "close"}


_OWN: dict[TaskKind, Callable[[Case], dict[str, Any]]] = {
    TaskKind.MENU: _menu,
    TaskKind.RECHECK: _recheck,
    TaskKind.WITHDRAW: _withdraw,
    TaskKind.REFUND: _refund,
    TaskKind.HOLD: _hold,
    TaskKind.LIFT: _lift,
    TaskKind.PRINT: _print,
    TaskKind.WHO: _who,
}
