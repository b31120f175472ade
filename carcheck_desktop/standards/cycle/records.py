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
from carcheck_desktop.standards.families.vehicle_axes import CycleGroup
from carcheck_desktop.standards.records.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.cycles import CycleRule


@dataclass(frozen=True, slots=True)
class CycleRecord:
    """Asks for a vehicle's expected dates as of the record's date; each circumstance is false or absent unless given.

    Of the vehicle: `category`, `registered_on`, `use` (passenger vehicles); where known `seats`, `is_minibus`, `use_code`,
    `vehicle_type`, `manufactured_on`, `had_casualty_accident`, and `valid_until` as the system has it.

    No verdict comes of it: `computed` has one number `months_to_inspection`, from the month of the date to the month in which
    validity ends (negative when it is over), and its `inputs` hold the answer. The lists follow the cycle that is in force on
    the date, applied to the whole life of the vehicle: through year 10, or as far as the cycle still changes after it. In no
    other way do they depend on the date. An end of validity in the system that is none of these months stands among them.
    """

    had_casualty_accident: bool = False
    """An accident with casualties since the last inspection; the same as `vehicle.had_casualty_accident`."""
    was_illegally_modified: bool = False
    """Punished for an illegal modification."""
    was_commercial: bool = False
    """Changed from commercial to non-commercial use; a `vehicle.use_code` of L, M or U says it too."""
    school_bus_permit_on: date | None = None
    """Day of the school-bus permit of a vehicle that was not built as one: its cycle runs from there."""


MONTHS_SHOWN = 'months as `2024-03` in one text, joined by ", " (empty: none)'
ANSWER = {
    "status": "always `expected`: the end of validity in the system (jyyxqz) goes before everything here",
    "group": "the row of the cycles: " + ", ".join(f"`{each}`" for each in CycleGroup),
    "on_line_due": f"inspections for which the vehicle comes to a line; {MONTHS_SHOWN}",
    "mark_only_due": f"those for which only the inspection mark is applied for; {MONTHS_SHOWN}",
    "afterwards": "what holds after the listed years, such as `after_10_years_every_year_on_line`, `always_every_6_months_on_line`",
    "on_line_due_as_it_was": "as `on_line_due`, every past year by the cycle of its own time, through `next_valid_until`",
    "mark_only_due_as_it_was": "as `mark_only_due`, in the same way",
    "valid_until": "the day on which the present validity ends: `vehicle.valid_until` (its month's last day) where it is given, "
    "else that of a vehicle that never missed an inspection",
    "next_inspection": "what that end asks for: `on_line` or `mark_only`; of an overdue vehicle `on_line` as well when any "
    "inspection was on line that it has missed since, through the month of the date",
    "opens_on": "the first day one may come, counted in calendar months with the one of the end",
    "opens_by_day": "the other reading: the same day so many months before the end",
    "next_valid_until": "the end after passing on the date: the step after the old end, however early one comes; of an overdue "
    "vehicle the first step of the cycle after the month of the date, even if that is the next month (recalled)",
    "is_overdue": "`true` where the present validity is over, else `false`",
    "is_too_early": "`true` before `opens_on`, else `false`",
    "reasons": 'codes of the reasons for the group and the dates, joined by ", "',
    "confidence": "how well all this is known, see the codes above",
}
"""What each of the `inputs` says, for the documentation."""


def judge_cycle(case: Case, record: CycleRecord) -> Judgement:
    """Compute the months to the end of validity (negative when overdue); `inputs` hold the dates, all of them expected."""
    circumstances = Circumstances(
        had_casualty_accident=record.had_casualty_accident,
        was_illegally_modified=record.was_illegally_modified,
        was_commercial=record.was_commercial,
        school_bus_permit_on=record.school_bus_permit_on,
    )
    cycle = cycle_of(case.edition, case.vehicle, case.day, circumstances)
    left = Fraction(index(cycle.valid_until) - index(case.day))
    return Judgement((), (computed(case, Quantity.MONTHS_TO_INSPECTION, left, told(cycle)),))


def told(cycle: Cycle) -> dict[str, str]:
    """Return every date of a cycle as text; months as 2024-03, days in full."""
    return {
        "status": "expected",
        "group": cycle.group.value,
        "on_line_due": _months(cycle.on_line),
        "mark_only_due": _months(cycle.mark_only),
        "afterwards": afterwards(cycle.rule),
        "on_line_due_as_it_was": _months(on_line(cycle.dues_as_it_was)),
        "mark_only_due_as_it_was": _months(mark_only(cycle.dues_as_it_was)),
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
    ANSWER,
)
KINDS: tuple[Kind[Any], ...] = (CYCLE,)
