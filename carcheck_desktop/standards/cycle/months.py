"""Arithmetic of months: validity ends with a month, and the licence shows no day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = 12


def index(day: date) -> int:
    """Return the month of a day as one running number."""
    return day.year * MONTHS + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month by its running number."""
    return date(month // MONTHS, month % MONTHS + 1, 1)


def last_day(month: int) -> date:
    """Return the last day of a month by its running number."""
    return first_day(month + 1) - timedelta(days=1)


def shown(month: int) -> str:
    """Return a month as 2024-03."""
    return f"{first_day(month):%Y-%m}"


def same_day(day: date, months_back: int) -> date:
    """Return the same day so many months earlier, or that month's last day."""
    month = index(day) - months_back
    first = first_day(month)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))
