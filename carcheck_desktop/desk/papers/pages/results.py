"""The results of a visit as rows of a page: item, value, limit, verdict, instrument; and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.base.units import behind
from carcheck_desktop.desk.papers.pages.common import NONE, Wording, joined
from carcheck_desktop.domain.verdicts import Comparison, Outcome, VerdictCard
from carcheck_desktop.domain.views import ItemState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from carcheck_desktop.domain.measurements import InstrumentUsed
    from carcheck_desktop.domain.verdicts import PlannedItem
    from carcheck_desktop.domain.views import ItemView, VisitView

SIGNS = {each: each.sign for each in Comparison}
UNIT_SPACE = " "
WHOLE = "whole"
"""The item code of cards over the whole vehicle."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row: an item's quantity as measured, or an item that has no verdict of its own (`card` None)."""

    item: str
    planned: PlannedItem | None
    view: ItemView | None
    card: VerdictCard | None


def results_of(visit: VisitView) -> list[Result]:
    """Return the newest result of every planned item in the order of the plan, the whole vehicle's last."""
    newest = newest_items(visit)
    cards = visit.conclusion_cards or tuple(card for item in newest.values() for card in item.cards)
    rows: list[Result] = []
    for planned in visit.plan:
        own = [card for card in cards if card.item == planned.item]
        view = newest.get(planned.item)
        rows += [Result(planned.item, planned, view, card) for card in own] or [
            Result(planned.item, planned, view, None)
        ]
    known = {planned.item for planned in visit.plan}
    return rows + [Result(card.item, None, None, card) for card in cards if card.item not in known]


def newest_items(visit: VisitView) -> dict[str, ItemView]:
    """Return the newest finished run of every item over all attempts, by its code."""
    return {
        item.item: item for attempt in visit.attempts for item in attempt.items if item.state is ItemState.DONE
    }  # fmt: skip


def item_name(result: Result, say: Wording) -> str:
    """Return what was inspected: the item's name with its axle, and the quantity judged."""
    planned, card = result.planned, result.card
    if card is None:
        return planned_name(planned, say) if planned is not None else ""
    return _of_axle(planned.axle if planned is not None else 0, card.quantity, say)


def planned_name(planned: PlannedItem, say: Wording) -> str:
    """Return an item of a plan by its name, with its axle."""
    return _of_axle(planned.axle, planned.kind, say)


def _of_axle(axle: int, what: StrEnum, say: Wording) -> str:
    if not axle:
        return say.word(what)
    return say(Message("papers.report.of_axle", {"axle": axle, "what": word(what).code}))


def item_code(result: Result) -> str:
    """Return the item's code as the standard and the platforms have it; "" for the whole vehicle."""
    return "" if result.item == WHOLE else result.item


def value_text(result: Result, say: Wording) -> str:
    """Return the measured value as it was judged; for a weighing both wheels."""
    card = result.card
    if card is not None:
        return NONE if card.rounded is None else _with_unit(f"{card.rounded}", card.unit)
    weighing = result.view.weighing if result.view is not None else None
    if weighing is None:
        return NONE
    return say(Message("papers.report.loads", {"left": f"{weighing.left_kg}", "right": f"{weighing.right_kg}"}))


def limit_text(card: VerdictCard | None) -> str:
    """Return the limit with its sign; both ends where the value must lie between two."""
    if card is None or card.limit is None:
        return NONE
    low, high = card.inputs.get("low"), card.inputs.get("high")
    if low and high:
        return _with_unit(f"{low}–{high}", card.unit)
    sign = SIGNS[card.comparison] if card.comparison is not None else ""
    return f"{sign}{_with_unit(f'{card.limit}', card.unit)}"


def verdict_text(card: VerdictCard | None, say: Wording) -> str:
    """Return the verdict in words; the dash of the standard's form where nothing is judged."""
    return NONE if card is None else say.word(card.outcome)


def details_text(result: Result, say: Wording) -> str:
    """Return what else belongs to a row: greatest forces, why it is not judged, and the mark of a doubtful limit."""
    card = result.card
    if card is None:
        return ""
    left, right = card.inputs.get("left_max_daN"), card.inputs.get("right_max_daN")
    forces = say(Message("papers.report.forces", {"left": left, "right": right})) if left and right else ""
    reason = say(card.reason) if card.reason is not None and card.outcome is not Outcome.PASS else ""
    return joined([forces, reason], " ")


def failed_of(visit: VisitView) -> list[Result]:
    """Return the rows that did not pass: failed, invalid or not judged."""
    return [each for each in results_of(visit) if each.card is not None and each.card.outcome is not Outcome.PASS]


def numbered_instruments(
    by_item: Mapping[str, tuple[InstrumentUsed, ...]], more: tuple[InstrumentUsed, ...]
) -> dict[InstrumentUsed, int]:
    """Return every instrument once with its number on this page."""
    every = [each for used in by_item.values() for each in used] + list(more)
    return {each: number for number, each in enumerate(dict.fromkeys(every), 1)}


def _with_unit(number: str, unit: str) -> str:
    return f"{number}{UNIT_SPACE}{behind(unit)}".strip() if unit != "%" else f"{number}%"
