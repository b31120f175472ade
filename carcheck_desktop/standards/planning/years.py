"""How a vehicle's years are counted, by either reading of the rule."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from carcheck_desktop.standards.families.axes import YearCount

if TYPE_CHECKING:
    from datetime import date


def is_over(registered_on: date, on: date, years: int, count: YearCount) -> bool:
    """Say whether a vehicle has been in use for more than `years` on the day.

    By date: later than the anniversary (29 February counts as 28 February in other years). By
    calendar: this year minus the year of registration plus one.
    """
    if count is YearCount.CALENDAR:
        return on.year - registered_on.year + 1 > years
    year = registered_on.year + years
    last_day = calendar.monthrange(year, registered_on.month)[1]
    return on > registered_on.replace(year=year, day=min(registered_on.day, last_day))
