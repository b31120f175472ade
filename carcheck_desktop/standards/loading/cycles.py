"""The inspection cycles of an edition's time: how often which vehicles come, in which years only the mark is applied for.

The rows are data; how a vehicle's dates follow from them is `cycle`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.standards.families.vehicle_axes import CycleGroup
from carcheck_desktop.standards.loading.rows import ground

if TYPE_CHECKING:
    from carcheck_desktop.standards.loading.dated import Ground
    from carcheck_desktop.standards.loading.reading import Row

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class CycleRule:
    """How often one group is due: from one end in years to the next every so many months, the last stretch without end.

    `until_years` has one figure less than `every_months`. In `mark_years` (years after registration) only the inspection mark
    is applied for, in all others the vehicle comes to a line. `window_months` is how long before its end one may come.
    """

    key: str
    group: CycleGroup
    until_years: tuple[int, ...]
    every_months: tuple[int, ...]
    mark_years: tuple[int, ...]
    window_months: int
    ground: Ground

    @property
    def slot(self) -> str:
        """The group."""
        return self.group.value

    def due_after(self, month: int) -> int:
        """Return the first month after registration later than `month` at which the vehicle is due."""
        start = 0
        for until, every in itertools.zip_longest(self.until_years, self.every_months):
            due = start + ((max(month, start) - start) // every + 1) * every
            if until is None or due <= until * MONTHS_OF_YEAR:
                return due
            start = until * MONTHS_OF_YEAR
        raise AssertionError("the last stretch has no end")

    def is_mark_only(self, month: int) -> bool:
        """Say whether the vehicle need not come to a line in this month after registration."""
        return month % MONTHS_OF_YEAR == 0 and month // MONTHS_OF_YEAR in self.mark_years


def cycle(row: Row, known: frozenset[str]) -> CycleRule:
    """Take one group's cycle; raise `DataError` naming a key that cannot be used."""
    key, group = row.text("key"), row.choice("group", CycleGroup)
    stretches = row.rows("stretches")
    until = tuple(each.whole("until_years") for each in stretches[:-1])
    every = tuple(each.whole("every_months") for each in stretches)
    for each in stretches:
        each.done()
    years = (0, *until)
    for before, after, months in zip(years, years[1:], every, strict=False):
        if after <= before or not months or (after - before) * MONTHS_OF_YEAR % months:
            raise row.refuse("stretches", f"{after}/{months}", "whole steps from end to end")
    if not every or not every[-1]:
        raise row.refuse("stretches", every, "one or more, every_months > 0")
    marks, window = row.wholes("mark_years"), row.whole("window_months")
    found = CycleRule(key, group, until, every, marks, window, ground(row, known))
    for year in marks:
        if found.due_after(year * MONTHS_OF_YEAR - 1) != year * MONTHS_OF_YEAR:
            raise row.refuse("mark_years", year, "a year in which the vehicle is due")
    return found
