"""Verdict cards made whole: value against limit, margin, source, and the doubts that decide."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.rounding import cut, decimals_of, half_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.base.messages import Message
    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.standards.tables import Limit, Tables

WEAKER = (Confidence.SOURCED, Confidence.SINGLE_SOURCE, Confidence.RECALLED, Confidence.DISPUTED)
"""From well known to doubtful."""


@dataclass(frozen=True, slots=True)
class Case:
    """What everything of one inspection is judged under."""

    tables: Tables
    vehicle: Vehicle
    inspection: InspectionKind
    on: date


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


def rounded(case: Case, quantity: Quantity, exact: Fraction) -> Decimal:
    """Return the value that is judged."""
    return half_up(exact, case.tables.roundings.at(quantity.value, case.on).decimals)


def is_met(limit: Limit, value: Decimal | Fraction) -> bool:
    """Say whether a value is on the good side of its limit, the limit itself included."""
    if limit.comparison is Comparison.AT_LEAST:
        return value >= Fraction(limit.value)
    return value <= Fraction(limit.value)


def judged(
    case: Case, subject: Subject, exact: Fraction, doubts: Sequence[Doubt] = (), advice: Message | None = None
) -> VerdictCard:
    """Return the card of a value that counts; `advice` is kept where it fails."""
    limit = subject.limit
    if limit is None:
        raise ValueError("a value without a limit cannot be judged")
    value = rounded(case, subject.quantity, exact)
    margin = Fraction(value) - Fraction(limit.value)
    if limit.comparison is Comparison.AT_MOST:
        margin = -margin
    is_good = is_met(limit, value)
    rounding = case.tables.roundings.at(subject.quantity.value, case.on).ground.confidence
    decisive = [limit.ground.confidence, *(doubt.confidence for doubt in doubts)]
    if is_met(limit, exact) != is_good:
        decisive.append(rounding)
    reason = next((doubt.reason for doubt in doubts), None)
    return _card(
        case,
        subject,
        Outcome.PASS if is_good else Outcome.FAIL,
        reason or (None if is_good else advice),
        _Value(
            cut(exact),
            value,
            half_up(margin, max(decimals_of(value), decimals_of(limit.value))),
            max(decisive, key=WEAKER.index),
        ),
    )


def invalid(case: Case, subject: Subject, reason: Message) -> VerdictCard:
    """Return the card of a measurement that does not count."""
    return _card(case, subject, Outcome.INVALID, reason)


def not_judged(case: Case, subject: Subject, reason: Message) -> VerdictCard:
    """Return the card of something that is not there yet."""
    return _card(case, subject, Outcome.NOT_JUDGED, reason)


@dataclass(frozen=True, slots=True)
class _Value:
    exact: Decimal
    rounded: Decimal
    margin: Decimal
    confidence: Confidence


def _card(
    case: Case, subject: Subject, outcome: Outcome, reason: Message | None, value: _Value | None = None
) -> VerdictCard:
    limit = subject.limit
    known = limit.ground.confidence if limit else Confidence.SOURCED
    return VerdictCard(
        item=subject.item,
        quantity=subject.quantity,
        rule=limit.key if limit else subject.quantity.value,
        edition=case.tables.edition,
        table_hash=case.tables.table_hash,
        limit=limit.value if limit else None,
        comparison=limit.comparison if limit else None,
        exact=value.exact if value else None,
        rounded=value.rounded if value else None,
        unit=Unit.PERCENT.value,
        margin=value.margin if value else None,
        outcome=outcome,
        source=limit.ground.shown if limit else case.tables.limits_of,
        confidence=value.confidence if value else known,
        inputs=subject.inputs,
        reason=reason,
    )
