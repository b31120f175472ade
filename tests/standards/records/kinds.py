"""A kind of measurement of the tests' own: the rate of an axle from its maxima, with a little of every type of field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, invalid, judged
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.classes import brake_class
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.records.kinds import by_name
from carcheck_desktop.standards.rounding import plain


class Wheel(StrEnum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment."""

    at_ms: int
    force_daN: Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """An axle's rate from maxima."""

    left_max_daN: Decimal
    right_max_daN: Decimal
    load_kg: Decimal
    place: Literal["front", "rear"] = "front"
    wheel: Wheel | None = None
    samples: tuple[Sample, ...] = ()
    pair: tuple[Decimal, Decimal] | None = None
    checked_on: date | None = None
    checked_at: datetime | None = None
    is_locked: bool = False


def judge_rate(case: Case, given: Rate) -> Judgement:
    if given.left_max_daN < 0:
        raise DataError("standards.record.wrong_value", field="left_max_daN", value=given.left_max_daN, allowed=">= 0")
    limit = case.limit(Quantity.AXLE_BRAKE_RATE, brake_class=brake_class(case), tester="roller", place=given.place)
    inputs = {
        "left_max_daN": plain(given.left_max_daN),
        "right_max_daN": plain(given.right_max_daN),
        "load_kg": plain(given.load_kg),
        "daN_per_kg": plain(case.constant("daN_per_kg")),
    }
    subject = Subject("B1", Quantity.AXLE_BRAKE_RATE, limit, inputs)
    if given.load_kg <= 0:
        return Judgement((invalid(case, subject, Message("standards.invalid.no_load", {"load_kg": 0})),))
    sum_daN = Fraction(given.left_max_daN + given.right_max_daN)
    exact = sum_daN * 100 / (Fraction(given.load_kg) * Fraction(case.constant("daN_per_kg")))
    return Judgement((judged(case, subject, exact),))


def broken(_case: Case, given: Rate) -> Judgement:
    return Judgement((), (given.samples[0],))  # type: ignore[arg-type]


RATE = Kind("test_rate", "safety", Rate, judge_rate, {})
BROKEN = Kind("test_broken", "safety", Rate, broken, {})
BY_NAME: dict[str, Kind[Any]] = by_name((RATE, BROKEN))
