"""The dates of a vehicle: every inspection it was and will be due for, when it may come, and until when it will then be valid.

All of it is expected: the end of validity in the system (`jyyxqz`, as `vehicle.valid_until`) goes before what is computed. A
past year is held against the cycle of its own time, every later one against the cycle of the day of asking.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.cards import WEAKER
from carcheck_desktop.standards.cycle.groups import Belonging, Circumstances, belonging
from carcheck_desktop.standards.cycle.months import MONTHS, first_day, index, last_day, same_day
from carcheck_desktop.standards.families.vehicle_axes import CycleGroup

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.loading.cycles import CycleRule
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.traits import Traits

LATEST_YEAR = 9000
NOTHING_ELSE = Circumstances()


@dataclass(frozen=True, slots=True)
class Due:
    """One inspection that is due in a month: its last day, months after registration, and whether on line or mark only."""

    until: date
    months: int
    is_on_line: bool
    rule: CycleRule


@dataclass(frozen=True, slots=True)
class Cycle:
    """A vehicle's expected dates; `dues` from registration on, at least through the next one after `next_valid_until`.

    `valid_until` is the end that runs now (the system's where the vehicle gives one), `next_valid_until` the end after passing
    on the day of asking. `opens_on` is the first day one may come, counted in calendar months with the one of the end;
    `opens_by_day` is the other reading, the same day so many months before the end. `present_dues` are the dues of a life
    wholly under the cycle of the day of asking, as people who leave history aside count them.
    """

    group: CycleGroup
    dues: tuple[Due, ...]
    present_dues: tuple[Due, ...]
    valid_until: date
    is_next_on_line: bool
    opens_on: date
    opens_by_day: date
    next_valid_until: date
    is_overdue: bool
    is_too_early: bool
    reasons: tuple[Message, ...]
    confidence: Confidence

    @property
    def on_line(self) -> tuple[Due, ...]:
        """Those for which the vehicle comes to a line."""
        return on_line(self.dues)

    @property
    def mark_only(self) -> tuple[Due, ...]:
        """Those for which only the inspection mark is applied for."""
        return mark_only(self.dues)


def on_line(dues: tuple[Due, ...]) -> tuple[Due, ...]:
    """Return those for which a vehicle comes to a line."""
    return tuple(due for due in dues if due.is_on_line)


def mark_only(dues: tuple[Due, ...]) -> tuple[Due, ...]:
    """Return those for which only the inspection mark is applied for."""
    return tuple(due for due in dues if not due.is_on_line)


def cycle_of(edition: Edition, vehicle: Traits, on: date, circumstances: Circumstances = NOTHING_ELSE) -> Cycle:
    """Return the expected dates of a vehicle as of a day.

    Raises `DataError` naming what is missing or cannot be: `vehicle.category`, `vehicle.use` of passenger vehicles,
    `vehicle.registered_on`.
    """
    found = belonging(vehicle, circumstances)
    schedule = _Schedule(edition, found, _start(vehicle, circumstances, on), on)
    present = replace(schedule, is_present=True)
    today = index(on)
    end = _end(vehicle, schedule, today)
    is_overdue = today > end
    next_end = schedule.after(today if is_overdue else end)
    until = max(next_end.months, schedule.shown_months())
    rule = schedule.rule(last_day(end))
    opens_on = first_day(end - rule.window_months + 1)
    reasons, confidence = _told(found, rule, is_overdue)
    return Cycle(
        group=found.group,
        dues=schedule.listed(until),
        present_dues=present.listed(until),
        valid_until=last_day(end),
        is_next_on_line=not rule.is_mark_only(end - schedule.start),
        opens_on=opens_on,
        opens_by_day=same_day(last_day(end), rule.window_months),
        next_valid_until=next_end.until,
        is_overdue=is_overdue,
        is_too_early=on < opens_on,
        reasons=reasons,
        confidence=confidence,
    )


@dataclass(frozen=True, slots=True)
class _Schedule:
    """All months in which a vehicle is due; `start` is the month of registration as a running number.

    With `is_present` the cycle of the day of asking holds for all of them.
    """

    edition: Edition
    found: Belonging
    start: int
    on: date
    is_present: bool = False

    def rule(self, day: date) -> CycleRule:
        """Return the group's cycle on a day, but never a later one than that of the day of asking."""
        rows = self.edition.cycles.rows[self.found.group.value]
        asked = self.on if self.is_present else min(day, self.on)
        return next((row for row in rows if row.ground.holds(asked)), rows[0 if asked < self.on else -1])

    def after(self, month: int) -> Due:
        """Return the first inspection due in a later month; a cycle that changed meanwhile is asked again."""
        since = max(month - self.start, 0)
        due = self.rule(last_day(self.start + since)).due_after(since)
        rule = self.rule(last_day(self.start + due))
        due = rule.due_after(since)
        return Due(last_day(self.start + due), due, not rule.is_mark_only(due), rule)

    def listed(self, months: int) -> tuple[Due, ...]:
        """Return every inspection up to so many months after registration."""
        found = [self.after(self.start)]
        while found[-1].months < months:
            found.append(self.after(self.start + found[-1].months))
        return tuple(found)

    def shown_months(self) -> int:
        """Return up to where the present cycle still changes."""
        rule = self.rule(self.on)
        return max((*rule.until_years, *rule.mark_years, 0)) * MONTHS


def _start(vehicle: Traits, circumstances: Circumstances, on: date) -> int:
    """Return the month from which the cycle runs."""
    registered = vehicle.require("registered_on", vehicle.registered_on)
    permit = circumstances.school_bus_permit_on
    for field, day in (("vehicle.registered_on", registered), ("school_bus_permit_on", permit)):
        if day is not None and day > on:
            raise DataError("standards.record.wrong_value", field=field, value=day, allowed=f"<= {on}")
    return index(registered if permit is None else permit)


def _end(vehicle: Traits, schedule: _Schedule, today: int) -> int:
    """Return the month in which validity ends: the system's, else that of a vehicle that never missed an inspection."""
    if vehicle.valid_until is None:
        return index(schedule.after(today - 1).until) if today > schedule.start else index(schedule.after(today).until)
    if not schedule.start <= index(vehicle.valid_until) < LATEST_YEAR * MONTHS:
        allowed = f">= {first_day(schedule.start)}"
        raise DataError(
            "standards.record.wrong_value", field="vehicle.valid_until", value=vehicle.valid_until, allowed=allowed
        )
    return index(vehicle.valid_until)


def _told(found: Belonging, rule: CycleRule, is_overdue: bool) -> tuple[tuple[Message, ...], Confidence]:
    """Return every reason with how well the whole is known."""
    reasons = [*found.reasons, Message("standards.cycle.expected")]
    known = [found.confidence, rule.ground.confidence]
    if is_overdue:
        reasons.append(Message("standards.cycle.overdue"))
        known.append(Confidence.RECALLED)
    return tuple(reasons), max(known, key=WEAKER.index)
