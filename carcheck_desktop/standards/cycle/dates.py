"""The dates of a vehicle: every inspection it is due for, when it may come, and until when it will then be valid.

All of it is expected: the end of validity in the system (`jyyxqz`, as `vehicle.valid_until`) goes before what is computed. The
cycle of the day of asking is applied to the whole life of the vehicle, as people count who ask which years are on line; what
the cycles of their own times asked in past years stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
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

LISTED_YEARS = 10
"""Years from registration on whose inspections are listed, longer where a cycle still changes after them."""
MOST_YEARS_AHEAD = 10
"""Of an end of validity; no cycle has a step of more than two years."""
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
    """A vehicle's expected dates.

    `rule` is the cycle of the day of asking and `dues` what it asks over the first years of the vehicle's life (with the end
    of validity that the system has, should it not be one of them); they do not depend on the day in any other way.
    `dues_as_it_was` are those of the cycles of their own times, through the first one after `next_valid_until`.

    `valid_until` is the end that runs now (the system's where the vehicle gives one), `next_valid_until` the end after passing
    on the day of asking: counted from the old end, and when that is over the first step of the cycle after the month of the
    test, though it may be near. `is_next_on_line` says what `valid_until` asks for; of an overdue vehicle it is on line too
    when any inspection was that it has missed since. `opens_on` is the first day one may come, counted in calendar months with
    the one of the end; `opens_by_day` is the other reading, the same day so many months before the end.
    """

    group: CycleGroup
    rule: CycleRule
    dues: tuple[Due, ...]
    dues_as_it_was: tuple[Due, ...]
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
    rule, today = schedule.rule(on), index(on)
    end = _end(vehicle, schedule, today)
    is_overdue = today > end
    next_end = schedule.after(max(today, end))
    opens_on = first_day(end - rule.window_months + 1)
    reasons, confidence = _told(found, rule, is_overdue)
    return Cycle(
        group=found.group,
        rule=rule,
        dues=_with(schedule.due(end), schedule.listed()),
        dues_as_it_was=_with(schedule.due(end), schedule.lived(next_end.months)),
        valid_until=last_day(end),
        is_next_on_line=any(due.is_on_line for due in schedule.served(end, today)),
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
    """All months in which a vehicle is due; `start` is the month of registration as a running number."""

    edition: Edition
    found: Belonging
    start: int
    on: date

    def rule(self, day: date) -> CycleRule:
        """Return the group's cycle on a day, but never a later one than that of the day of asking."""
        rows = self.edition.cycles.rows[self.found.group.value]
        asked = min(day, self.on)
        return next((row for row in rows if row.ground.holds(asked)), rows[0 if asked < self.on else -1])

    def due(self, month: int, rule: CycleRule | None = None) -> Due:
        """Return the inspection of a month by a cycle, by that of the day of asking unless another is given."""
        rule, months = rule or self.rule(self.on), month - self.start
        return Due(last_day(month), months, not rule.is_mark_only(months), rule)

    def after(self, month: int) -> Due:
        """Return the first inspection due in a later month by the cycle of the day of asking."""
        return self.due(self.start + self.rule(self.on).due_after(max(month - self.start, 0)))

    def served(self, end: int, today: int) -> tuple[Due, ...]:
        """Return what an inspection on the day of asking stands for: the one of the end, and all that were missed since."""
        return (self.due(end), *self._between(end, today))

    def listed(self) -> tuple[Due, ...]:
        """Return every inspection of the years that are listed."""
        years = max((LISTED_YEARS, *self.rule(self.on).until_years))
        return self._between(self.start, self.start + years * MONTHS)

    def _between(self, month: int, last: int) -> tuple[Due, ...]:
        """Return every inspection later than a month, through another, by the cycle of the day of asking."""
        found = []
        due = self.after(month)
        while self.start + due.months <= last:
            found.append(due)
            due = self.after(self.start + due.months)
        return tuple(found)

    def lived(self, months: int) -> tuple[Due, ...]:
        """Return every inspection up to so many months after registration, each due by the cycle of its own last day."""
        found = []
        for month in range(1, months + 1):
            rule = self.rule(last_day(self.start + month))
            if rule.due_after(month - 1) == month:
                found.append(self.due(self.start + month, rule))
        return tuple(found)


def _with(due: Due, dues: tuple[Due, ...]) -> tuple[Due, ...]:
    """Return a list with the end of validity in its place, which the system may have put where no cycle has one."""
    if due.months in {each.months for each in dues} or due.months > dues[-1].months:
        return dues
    return tuple(sorted((*dues, due), key=lambda each: each.months))


def _start(vehicle: Traits, circumstances: Circumstances, on: date) -> int:
    """Return the month from which the cycle runs."""
    registered = vehicle.require("registered_on", vehicle.registered_on)
    permit = circumstances.school_bus_permit_on
    if registered > on:
        raise _wrong("vehicle.registered_on", registered, f"<= {on}")
    if permit is not None and not registered <= permit <= on:
        raise _wrong("school_bus_permit_on", permit, f"{registered} … {on}")
    return index(registered if permit is None else permit)


def _end(vehicle: Traits, schedule: _Schedule, today: int) -> int:
    """Return the month in which validity ends: the system's, else that of a vehicle that never missed an inspection."""
    if vehicle.valid_until is None:
        return index(schedule.after(max(today - 1, schedule.start)).until)
    end, last = index(vehicle.valid_until), today + MOST_YEARS_AHEAD * MONTHS
    if not schedule.start <= end <= last:
        raise _wrong("vehicle.valid_until", vehicle.valid_until, f"{first_day(schedule.start)} … {last_day(last)}")
    return end


def _wrong(field: str, day: date, allowed: str) -> DataError:
    return DataError("standards.record.wrong_value", field=field, value=day, allowed=allowed)


def _told(found: Belonging, rule: CycleRule, is_overdue: bool) -> tuple[tuple[Message, ...], Confidence]:
    """Return every reason with how well the whole is known."""
    reasons = [*found.reasons, Message("standards.cycle.expected")]
    known = [found.confidence, rule.ground.confidence]
    if is_overdue:
        reasons.append(Message("standards.cycle.overdue"))
        known.append(Confidence.RECALLED)
    return tuple(reasons), max(known, key=WEAKER.index)
