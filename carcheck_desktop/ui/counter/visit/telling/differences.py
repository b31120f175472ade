"""What a correction changes: values, plan and price as they were and as they will be; pure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.ui.counter.draft.fields import text_of
from carcheck_desktop.ui.counter.telling.car import label, shown
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import PairState, RowState

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter
    from carcheck_desktop.ui.counter.state import PlanState

WORD_OF = {"plate": "ui.intake.plate", "plate_kind": "ui.intake.plate_kind"}


def with_differences(state: PlanState, presenter: CounterPresenter) -> PlanState:
    """Return the page of the plan with what changes against the visit that is put right, changes first."""
    words, visit, preview = presenter.words, presenter.corrected(), presenter.draft.preview
    vehicle = presenter.checked().vehicle
    if visit is None or vehicle is None or preview is None:
        return state
    values = _values(visit.vehicle, vehicle, words)
    known = {item.item for item in visit.plan}
    items = tuple(
        each if each.key in known or each.tone is not Tone.RUNNING else _marked(each, words) for each in state.items
    )
    left = {item.item for item in preview.plan}
    gone = tuple(
        RowState(f"gone_{item.item}", words.item(item.kind, item.axle), words("ui.counter_visit.diff.item_gone"),
                 words("ui.counter_visit.diff.gone"), "x", Tone.CAUTION)
        for item in visit.plan
        if item.item not in left
    )  # fmt: skip
    before, after = total_fen(visit.charge), total_fen(preview.charge)
    code = "ui.counter_visit.diff.title" if values else "ui.counter_visit.diff.none"
    prices = state.prices
    if before != after:
        prices = (*prices, PairState(words("ui.counter_visit.diff.price_before"), yuan(before)))
    return replace(state, items=(*values, *gone, *items), items_title=words(code, count=len(values)), prices=prices)


def _values(before: Vehicle, after: Vehicle, words: Words) -> tuple[RowState, ...]:
    found = []
    for field in fields(Vehicle):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            told = words(
                "ui.counter_visit.diff.value", before=_text(field.name, old, words), after=_text(field.name, new, words)
            )
            name = words(WORD_OF[field.name]) if field.name in WORD_OF else label(field.name, words)
            changed = words("ui.counter_visit.diff.changed")
            found.append(RowState(f"value_{field.name}", name, told, changed, "pencil", Tone.CAUTION))
    return tuple(found)


def _text(name: str, value: object, words: Words) -> str:
    return shown(name, text_of(value), words)


def _marked(row: RowState, words: Words) -> RowState:
    return replace(row, trailing=words("ui.counter_visit.diff.new"), icon="plus", tone=Tone.CAUTION)
