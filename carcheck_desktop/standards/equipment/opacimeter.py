"""The opacimeter against neutral filters (标准中性滤光片), and at both ends of its scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject
from carcheck_desktop.standards.equipment.holding import held, own
from carcheck_desktop.standards.families.equipment_axes import FilterPoint
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ENDS = {FilterPoint.ZERO: Decimal(0), FilterPoint.FULL_SCALE: Decimal(100)}
LEAST_PERCENT, MOST_PERCENT = -10, 110
"""A reading further outside the scale is no reading."""


@dataclass(frozen=True, slots=True)
class OpacimeterCheck:
    """One reading of an opacimeter: with a filter, or at an end of its scale."""

    reading_N_percent: Decimal
    """What was read; at zero it may be below it."""
    nominal_N_percent: Decimal | None = None
    """Opacity of the filter."""
    point: FilterPoint = FilterPoint.FILTER
    """What it was checked with: a filter, nothing, or covered."""
    limit_N_percent: Decimal | None = None
    """Goes before the tables' tolerance."""


def judge_opacimeter_check(case: Case, record: OpacimeterCheck) -> Judgement:
    """Judge |reading - nominal| in points of opacity."""
    wanted = record.nominal_N_percent if record.point is FilterPoint.FILTER else ENDS[record.point]
    if wanted is None:
        raise DataError("standards.record.missing", field="nominal_N_percent")
    if record.nominal_N_percent not in (None, wanted):
        raise DataError(
            "standards.record.wrong_value",
            field="nominal_N_percent", value=plain(record.nominal_N_percent or Decimal(0)), allowed=plain(wanted),
        )  # fmt: skip
    nominal = between("nominal_N_percent", wanted, 0, 100)
    reading = between("reading_N_percent", record.reading_N_percent, LEAST_PERCENT, MOST_PERCENT)
    limit = own(
        case.limit(Quantity.OPACIMETER_ERROR, point=record.point), Bound.AT_MOST, limit_N_percent=record.limit_N_percent
    )
    inputs = {"point": record.point.value, "nominal": plain(nominal), "measured": plain(reading)}
    subject = Subject("opacimeter_check", Quantity.OPACIMETER_ERROR, limit, inputs)
    return Judgement((held(case, subject, abs(reading - nominal), Message("standards.equipment.advice_opacimeter")),))
