"""The cycle as a record of `judge`: no verdict, but the months that are left with every expected date beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, computed
from carcheck_desktop.standards.cycle.dates import Cycle, Due, cycle_of, mark_only, on_line
from carcheck_desktop.standards.cycle.groups import Circumstances
from carcheck_desktop.standards.cycle.months import MONTHS, index, shown
from carcheck_desktop.standards.records.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.cycles import CycleRule


@dataclass(frozen=True, slots=True)
class CycleRecord:
    """Asks for a vehicle's expected dates as of the record's date; each circumstance is false or absent unless given.

    Of the vehicle: `category`, `registered_on`, `use` (passenger vehicles); where known `seats`, `is_minibus`, `use_code`,
    `vehicle_type`, `manufactured_on`, and `valid_until` as the system has it.
    """

    had_casualty_accident: bool = False
    was_illegally_modified: bool = False
    was_commercial: bool = False
    school_bus_permit_on: date | None = None


def judge_cycle(case: Case, record: CycleRecord) -> Judgement:
    """Compute the months to the end of validity (negative when overdue); `inputs` hold the dates, all of them expected."""
    circumstances = Circumstances(
        had_casualty_accident=record.had_casualty_accident,
        was_illegally_modified=record.was_illegally_modified,
        was_commercial=record.was_commercial,
        school_bus_permit_on=record.school_bus_permit_on,
    )
    cycle = cycle_of(case.edition, case.vehicle, case.on, circumstances)
    left = Fraction(index(cycle.valid_until) - index(case.on))
    return Judgement((), (computed(case, Quantity.MONTHS_TO_INSPECTION, left, told(cycle)),))


def told(cycle: Cycle) -> dict[str, str]:
    """Return every date of a cycle as text; months as 2024-03, days in full."""
    return {
        "status": "expected",
        "group": cycle.group.value,
        "on_line_due": _months(cycle.on_line),
        "mark_only_due": _months(cycle.mark_only),
        "on_line_due_by_present_cycle": _months(on_line(cycle.present_dues)),
        "mark_only_due_by_present_cycle": _months(mark_only(cycle.present_dues)),
        "afterwards": afterwards(cycle.dues[-1].rule),
        "valid_until": str(cycle.valid_until),
        "next_inspection": "on_line" if cycle.is_next_on_line else "mark_only",
        "opens_on": str(cycle.opens_on),
        "opens_by_day": str(cycle.opens_by_day),
        "next_valid_until": str(cycle.next_valid_until),
        "is_overdue": "true" if cycle.is_overdue else "false",
        "is_too_early": "true" if cycle.is_too_early else "false",
        "reasons": ", ".join(reason.code for reason in cycle.reasons),
        "confidence": cycle.confidence.value,
    }


def _months(dues: Iterable[Due]) -> str:
    return ", ".join(shown(index(due.until)) for due in dues)


def afterwards(rule: CycleRule) -> str:
    """Name what holds once the listed years are over: from when, how often, always on line."""
    since = f"after_{rule.until_years[-1]}_years" if rule.until_years else "always"
    every = rule.every_months[-1]
    often = "every_year" if every == MONTHS else f"every_{every}_months"
    return f"{since}_{often}_on_line"


CYCLE = Kind(
    "cycle",
    "safety",
    CycleRecord,
    judge_cycle,
    {
        "vehicle": {"category": "small_passenger", "use": "private", "seats": 5, "registered_on": "2018-03-15"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [{"kind": "cycle"}],
    },
)
KINDS: tuple[Kind[Any], ...] = (CYCLE,)
