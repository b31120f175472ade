"""A whole stored visit judged again under one edition: what would come out otherwise, and what could not be judged and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.desk.verdicts.facts import KeptBlobs, raw_of
from carcheck_desktop.desk.verdicts.tables import is_of_safety, whole_cards
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Comparison, Outcome, Quantity
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.standards.again import as_demanded_by, day_in, family_of, judge_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.desk.verdicts.tables import Tables
    from carcheck_desktop.domain.facts import VisitConcluded
    from carcheck_desktop.domain.ports import Blobs
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import AttemptView, ItemView, VisitView
    from carcheck_desktop.standards.loading.edition import Edition


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
    failed: list[NotJudged] = []
    items = cards = 0
    for attempt, item in _results(visit, edition):
        try:
            anew = judge_again(edition, as_demanded_by(edition, raw_of(attempt, item, kept)))
        except (DataError, StorageError) as error:
            failed.append(NotJudged(visit.visit_id, attempt.number, item.item, error.problem))
            continue
        items, cards = items + 1, cards + len(anew)
        changes += _changes(visit.visit_id, attempt.number, item.item, item.cards, anew)
    if visit.conclusion is not None and visit.attempts and (items or failed):
        number = visit.attempts[-1].number
        try:
            fact = concluded_anew(visit, kept, tables, edition)
        except (DataError, StorageError) as error:
            failed.append(NotJudged(visit.visit_id, number, WHOLE_ITEM, error.problem))
        else:
            changes += _of_conclusion(visit, number, fact, edition)
            cards += len(whole_cards(fact.cards)) if is_of_safety(edition) else 0
    return VisitAgain(items, cards, tuple(changes), tuple(failed))


def concluded_anew(visit: VisitView, blobs: Blobs, tables: Tables, edition: Edition) -> VisitConcluded:
    """Conclude a visit as if its items had been judged under an edition; raise `DataError` when one of them cannot be."""
    attempts = []
    for attempt in visit.attempts:
        found = {item.item: item for _, item in _results_of(attempt, edition)}
        items = tuple(
            replace(item, cards=judge_again(edition, as_demanded_by(edition, raw_of(attempt, item, blobs))))
            if item.item in found
            else item
            for item in attempt.items
        )
        attempts.append(replace(attempt, items=items))
    safety = edition if is_of_safety(edition) else tables.own_of_whole(visit)
    on = day_in(safety, inspection_date(visit.attempts[-1].started_at))
    rules = replace(tables.rules, safety=safety)
    return conclusion_of(replace(visit, attempts=tuple(attempts)), blobs, rules, on)


def _results(visit: VisitView, edition: Edition) -> Iterator[tuple[AttemptView, ItemView]]:
    for attempt in visit.attempts:
        yield from _results_of(attempt, edition)


def _results_of(attempt: AttemptView, edition: Edition) -> Iterator[tuple[AttemptView, ItemView]]:
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
