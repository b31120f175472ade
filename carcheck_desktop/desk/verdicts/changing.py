"""A whole stored visit judged again under one edition: what would come out otherwise, and what could not be judged and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.desk.verdicts.facts import KeptBlobs, raw_of
from carcheck_desktop.desk.verdicts.tables import is_of_safety, whole_cards
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Comparison, Outcome, Quantity
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.standards.again import as_demanded_by, day_in, family_of, judge_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.desk.verdicts.tables import Tables
    from carcheck_desktop.domain.facts import VisitConcluded
    from carcheck_desktop.domain.ports import Blobs
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import AttemptView, ItemView, VisitView
    from carcheck_desktop.standards.loading.edition import Edition

Place: TypeAlias = tuple[int, str]
"""An item in an attempt: its number and the item's code."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verdict came to: outcome, and the value that was held against the limit."""

    outcome: Outcome
    rounded: Decimal | None = None
    limit: Decimal | None = None
    comparison: Comparison | None = None
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict that would be another; a `quantity` of None is the conclusion over the visit."""

    visit_id: str
    attempt: int
    item: str
    quantity: Quantity | None
    unit: str
    old: Judged | None
    new: Judged | None


@dataclass(frozen=True, slots=True)
class NotJudged:
    """An item, or the conclusion (`whole`), that could not be judged again, and why."""

    visit_id: str
    attempt: int
    item: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class VisitAgain:
    """A visit judged again: how many items and cards were, what would change, what could not be judged."""

    items: int
    cards: int
    changes: tuple[Change, ...]
    not_judged: tuple[NotJudged, ...]


def visit_again(visit: VisitView, blobs: Blobs, tables: Tables, edition: Edition) -> VisitAgain:
    """Judge every stored result of a visit, and its conclusion, under an edition; items of another family are left out."""
    kept = KeptBlobs(blobs)
    changes: list[Change] = []
    failed: dict[Place, NotJudged] = {}
    judged: dict[Place, tuple[VerdictCard, ...]] = {}
    for attempt, item in _results(visit, edition):
        place = (attempt.number, item.item)
        try:
            judged[place] = judge_again(edition, as_demanded_by(edition, raw_of(attempt, item, kept)))
        except (DataError, StorageError) as error:
            failed[place] = NotJudged(visit.visit_id, *place, error.problem)
            continue
        changes += _changes(visit.visit_id, *place, item.cards, judged[place])
    count = sum(len(cards) for cards in judged.values())
    if visit.conclusion is None or not visit.attempts or not (judged or failed):
        return VisitAgain(len(judged), count, tuple(changes), tuple(failed.values()))
    number = visit.attempts[-1].number
    whole = (number, WHOLE_ITEM)
    counting = [(each.attempt.number, each.item.item) for each in results(visit)]
    missing = next((failed[place] for place in counting if place in failed), None)
    if missing is not None:
        failed[whole] = NotJudged(visit.visit_id, *whole, missing.problem)
        return VisitAgain(len(judged), count, tuple(changes), tuple(failed.values()))
    try:
        fact = _concluded_with(visit, kept, tables, edition, judged)
    except (DataError, StorageError) as error:
        failed[whole] = NotJudged(visit.visit_id, *whole, error.problem)
    else:
        changes += _of_conclusion(visit, number, fact, edition)
        count += len(whole_cards(fact.cards)) if is_of_safety(edition) else 0
    return VisitAgain(len(judged), count, tuple(changes), tuple(failed.values()))


def concluded_anew(visit: VisitView, blobs: Blobs, tables: Tables, edition: Edition) -> VisitConcluded:
    """Conclude a visit as if its items had been judged under an edition; raise `DataError` when one that counts cannot be."""
    judged = {}
    for each in results(visit):
        if family_of(each.item) == edition.family.name:
            raw = as_demanded_by(edition, raw_of(each.attempt, each.item, blobs))
            judged[each.attempt.number, each.item.item] = judge_again(edition, raw)
    return _concluded_with(visit, blobs, tables, edition, judged)


def _concluded_with(
    visit: VisitView, blobs: Blobs, tables: Tables, edition: Edition, judged: Mapping[Place, tuple[VerdictCard, ...]]
) -> VisitConcluded:
    """Conclude with other cards than the stored ones."""
    attempts = []
    for attempt in visit.attempts:
        items = (replace(each, cards=judged.get((attempt.number, each.item), each.cards)) for each in attempt.items)
        attempts.append(replace(attempt, items=tuple(items)))
    safety = edition if is_of_safety(edition) else tables.own_of_whole(visit)
    on = day_in(safety, inspection_date(visit.attempts[-1].started_at))
    return conclusion_of(replace(visit, attempts=tuple(attempts)), blobs, replace(tables.rules, safety=safety), on)


def _results(visit: VisitView, edition: Edition) -> Iterator[tuple[AttemptView, ItemView]]:
    for attempt in visit.attempts:
        for item in attempt.items:
            if item.state is ItemState.DONE and family_of(item) == edition.family.name:
                yield attempt, item


def _changes(
    visit_id: str, attempt: int, item: str, stored: Sequence[VerdictCard], anew: Sequence[VerdictCard]
) -> Iterator[Change]:
    before = {card.quantity: card for card in stored}
    now = {card.quantity: card for card in anew}
    for quantity in dict.fromkeys((*before, *now)):
        old, new = before.get(quantity), now.get(quantity)
        if old is None or new is None or _weight(old) != _weight(new):
            unit = next(card.unit for card in (new, old) if card is not None)
            yield Change(visit_id, attempt, item, quantity, unit, _judged(old), _judged(new))


def _weight(card: VerdictCard) -> tuple[object, ...]:
    """Return what of a card somebody would notice."""
    return card.outcome, card.rounded, card.limit, card.comparison


def _judged(card: VerdictCard | None) -> Judged | None:
    if card is None:
        return None
    return Judged(card.outcome, card.rounded, card.limit, card.comparison, card.edition)


def _of_conclusion(visit: VisitView, attempt: int, fact: VisitConcluded, edition: Edition) -> Iterator[Change]:
    if is_of_safety(edition):
        stored = whole_cards(visit.conclusion_cards)
        yield from _changes(visit.visit_id, attempt, WHOLE_ITEM, stored, whole_cards(fact.cards))
    if visit.conclusion is not None and fact.outcome is not visit.conclusion:
        old, new = Judged(visit.conclusion), Judged(fact.outcome, edition=edition.edition)
        yield Change(visit.visit_id, attempt, WHOLE_ITEM, None, "", old, new)
