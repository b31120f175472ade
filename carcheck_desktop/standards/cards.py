"""Verdict cards made whole: a value against its limit, margin, source, and the doubts that decide.

One way for every quantity of every edition. What the value is, and which limit holds, is said by the rooms of the quantities.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Comparison, Computed, Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import EXACT_DECIMALS, cut, decimals_of, half_up, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

WEAKER = (Confidence.SOURCED, Confidence.SINGLE_SOURCE, Confidence.RECALLED, Confidence.DISPUTED)
"""From well known to doubtful."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one card is about: item code, quantity, its limit if known, and the numbers that went in."""

    item: str
    quantity: Quantity
    limit: Limit | None
    inputs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something not well known that decides this very verdict, with words for it."""

    confidence: Confidence
    reason: Message


@dataclass(frozen=True, slots=True)
class Manner:
    """How a value is held against its limit: rounded or full, ends of a range in or out, as part of the conclusion or not.

    `reference` is what a deviation of `Bound.WITHIN` is a percentage of.
    """

    full: bool = False
    open_ends: bool = False
    counts: bool = True
    reference: Fraction | None = None


AS_USUAL = Manner()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one measurement came to: cards of what is judged, and numbers computed besides."""

    cards: tuple[VerdictCard, ...] = ()
    computed: tuple[Computed, ...] = ()

    def __add__(self, other: Judgement) -> Judgement:
        """Put two beside each other."""
        return Judgement((*self.cards, *other.cards), (*self.computed, *other.computed))


def is_met(limit: Limit, value: Decimal | Fraction) -> bool:
    """Say whether a value is on the good side of a limit of one or two bounds, the bounds included."""
    return all(margin >= 0 for _, _, margin in _sides(limit, Fraction(value), None))


def computed(case: Case, quantity: Quantity, exact: Fraction, inputs: dict[str, str]) -> Computed:
    """Return a number that is shown and not judged."""
    return Computed(quantity, cut(exact), case.rounded(quantity, exact), case.edition.unit(quantity), inputs)


def judged(
    case: Case,
    subject: Subject,
    exact: Fraction,
    doubts: Sequence[Doubt] = (),
    advice: Message | None = None,
    manner: Manner = AS_USUAL,
) -> VerdictCard:
    """Return the card of a value that counts; `advice` is kept where it fails.

    A deviation (`Bound.WITHIN`) is judged unrounded and `exact` is its size; of two bounds the nearer one is on the card. The
    margin is that of the value that was judged, so what fails has a negative one, or zero where the limit itself is left out.
    Where the tables have no limit for the case the card says `not_judged` and does not count.
    """
    limit = subject.limit
    if limit is None:
        raise ValueError("a value without a limit cannot be judged")
    value = case.rounded(subject.quantity, exact)
    if limit.bound is Bound.NONE:
        reason = Message("standards.not_judged.no_limit")
        shown = _Value(cut(exact), value, None, None, None, limit.ground.confidence)
        return _card(case, subject, Outcome.NOT_JUDGED, reason, shown, counts=False)
    is_full = manner.full or limit.bound is Bound.WITHIN
    bound, comparison, margin = min(
        _sides(limit, exact if is_full else Fraction(value), manner.reference), key=lambda side: side[2]
    )
    is_good = margin > 0 or (margin == 0 and not manner.open_ends)
    decisive = [limit.ground.confidence, *(doubt.confidence for doubt in doubts)]
    if not is_full and is_met(limit, exact) != is_good:
        decisive.append(case.edition.roundings.at(subject.quantity.value, case.on).ground.confidence)
    comparison = comparison.strict if manner.open_ends else comparison
    decimals = max(decimals_of(value), decimals_of(bound))
    known = max(decisive, key=WEAKER.index)
    shown = _Value(cut(exact), value, bound, comparison, _shown_margin(margin, decimals), known)
    said = next((doubt.reason for doubt in doubts), None) or (None if is_good else advice)
    return _card(case, subject, Outcome.PASS if is_good else Outcome.FAIL, said, shown, counts=manner.counts)


def invalid(case: Case, subject: Subject, reason: Message) -> VerdictCard:
    """Return the card of a measurement that does not count; where the tables have no limit no conclusion rests on it either."""
    return _card(case, subject, Outcome.INVALID, reason, counts=_has_limit(subject))


def not_judged(case: Case, subject: Subject, reason: Message) -> VerdictCard:
    """Return the card of something that is not there yet; where the tables have no limit nothing waits for it."""
    return _card(case, subject, Outcome.NOT_JUDGED, reason, counts=_has_limit(subject))


def _has_limit(subject: Subject) -> bool:
    """Say whether the tables may have a limit: false only where they are known to have none for the case."""
    return subject.limit is None or subject.limit.bound is not Bound.NONE


def _shown_margin(margin: Fraction, decimals: int) -> Decimal:
    """Return a margin to the decimals of its value, with as many more as it needs not to look like another verdict."""
    shown = half_up(margin, decimals)
    if Fraction(shown) == margin:
        return shown
    return cut(margin) or half_up(Fraction(1 if margin > 0 else -1, 10**EXACT_DECIMALS), EXACT_DECIMALS)


@dataclass(frozen=True, slots=True)
class _Value:
    exact: Decimal
    rounded: Decimal
    limit: Decimal | None
    comparison: Comparison | None
    margin: Decimal | None
    confidence: Confidence


def _sides(limit: Limit, value: Fraction, reference: Fraction | None) -> list[tuple[Decimal, Comparison, Fraction]]:
    """Return each bound with how a value stands to it and by how much it is on the good side."""
    if limit.bound is Bound.WITHIN:
        if reference is None:
            raise ValueError(f"{limit.key} needs what the deviation is a percentage of")
        allowed = max(abs(reference) * Fraction(limit.percent) / 100, Fraction(limit.absolute))
        return [(cut(allowed), Comparison.AT_MOST, allowed - abs(value))]
    sides = []
    if limit.bound in (Bound.AT_LEAST, Bound.BETWEEN):
        low = limit.figures[0]
        sides.append((low, Comparison.AT_LEAST, value - Fraction(low)))
    if limit.bound in (Bound.AT_MOST, Bound.BETWEEN):
        high = limit.figures[-1]
        sides.append((high, Comparison.AT_MOST, Fraction(high) - value))
    return sides


def _bounds(limit: Limit | None) -> dict[str, str]:
    """Return what a card must name beside its one limit: both ends of a range, both ways of a tolerance."""
    if limit is None:
        return {}
    if limit.bound is Bound.BETWEEN:
        return {"low": plain(limit.low), "high": plain(limit.high)}
    if limit.bound is Bound.WITHIN:
        return {"allowed_percent": plain(limit.percent), "allowed_absolute": plain(limit.absolute)}
    return {}


def _card(
    case: Case,
    subject: Subject,
    outcome: Outcome,
    reason: Message | None,
    value: _Value | None = None,
    *,
    counts: bool = True,
) -> VerdictCard:
    limit, bound, comparison = subject.limit, None, None
    if value is not None:
        bound, comparison = value.limit, value.comparison
    elif limit is not None and limit.bound in (Bound.AT_LEAST, Bound.AT_MOST):
        bound, comparison = limit.value, limit.comparison
    elif limit is not None and limit.bound is Bound.BETWEEN:
        bound, comparison = limit.high, Comparison.AT_MOST
    known = limit.ground.confidence if limit else Confidence.SOURCED
    return VerdictCard(
        item=subject.item,
        quantity=subject.quantity,
        rule=limit.key if limit else subject.quantity.value,
        edition=case.edition.edition,
        table_hash=case.edition.table_hash,
        limit=bound,
        comparison=comparison,
        exact=value.exact if value else None,
        rounded=value.rounded if value else None,
        unit=case.edition.unit(subject.quantity),
        margin=value.margin if value else None,
        outcome=outcome,
        source=limit.ground.shown if limit else case.edition.limits_of,
        confidence=value.confidence if value else known,
        inputs=subject.inputs | _bounds(limit),
        reason=reason,
        counts=counts,
    )
