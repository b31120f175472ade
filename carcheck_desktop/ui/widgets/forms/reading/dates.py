"""Dates as people type them: 20140512, 2014-5-12, 2014/05/12, 2014年5月12日, 140512; pure."""

from __future__ import annotations

import re
from datetime import date

from carcheck_desktop.ui.widgets.forms.reading.typed import is_digits, plain

FIRST_YEAR, LAST_YEAR = 1900, 2100
AHEAD_YEARS = 20
"""A year of two digits is at most so far ahead; beyond, it is one of the last century."""
_BETWEEN = r"\s*[-/.,年月、\s]\s*"
_PARTED = re.compile(rf"(\d{{4}}|\d{{2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})\s*日?")


def read_date(text: str, today: date) -> date | None:
    """Return the day that was typed: year, month, day; none when it is no day or not whole.

    Day-first and month-first orders are not guessed: `12/05/2014` is refused.
    """
    typed = plain(text)
    parts = _parts(typed)
    if parts is None:
        return None
    year, month, day = parts
    whole_year = int(year) if len(year) == 4 else _of_century(int(year), today)
    if not FIRST_YEAR <= whole_year <= LAST_YEAR:
        return None
    try:
        return date(whole_year, int(month), int(day))
    except ValueError:
        return None


def _parts(typed: str) -> tuple[str, str, str] | None:
    if is_digits(typed):
        cut = len(typed) - 4
        return (typed[:cut], typed[cut:-2], typed[-2:]) if cut in (2, 4) else None
    match = _PARTED.fullmatch(typed)
    if match is None or not all(is_digits(part) for part in match.groups()):
        return None
    return match[1], match[2], match[3]


def _of_century(year: int, today: date) -> int:
    """Return the whole year of a year of two digits."""
    whole = today.year // 100 * 100 + year
    return whole - 100 if whole > today.year + AHEAD_YEARS else whole
