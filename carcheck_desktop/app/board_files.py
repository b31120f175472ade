"""Opening hours and board rules as a person writes them in a file (TOML), turned into commands."""

from __future__ import annotations

import tomllib
from datetime import date, time
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.domain.board import DEFAULT_RULES, DayException, DayHours, OpenSpan, PlateMask, ScreenRule
from carcheck_desktop.domain.commands import SetBoardRules, SetOpeningHours

if TYPE_CHECKING:
    from pathlib import Path

HOURS_KEYS = {"valid_from", "week", "exception"}
WEEK_KEYS = {"days", "opens", "last_intake", "closes"}
EXCEPTION_KEYS = {"day", "note", "spans"}
RULES_KEYS = {"mask", "shown_after_end_min", "page_s", "screen"}


def hours_of(path: Path, base_revision: int) -> SetOpeningHours:
    """Read a file of opening hours.

    `valid_from`, then `[[week]]` with `days` (1 Monday … 7 Sunday), `opens`, `closes` and perhaps `last_intake`,
    then `[[exception]]` with `day`, `note` and `spans`. Raises `UsageError` naming what cannot be read.
    """
    plain = _read(path, HOURS_KEYS)
    try:
        week = tuple(_day_hours(each, weekday) for each in plain.get("week", []) for weekday in each["days"])
        exceptions = tuple(_exception(each) for each in plain.get("exception", []))
        return SetOpeningHours(base_revision, day_of(plain["valid_from"]), week, exceptions)
    except (KeyError, TypeError, ValueError, DataError) as error:
        raise unusable(path, error) from error


def rules_of(path: Path, base_revision: int) -> SetBoardRules:
    """Read a file of board rules: `[mask]`, `shown_after_end_min`, `page_s`, `[[screen]]` with `name`, `contents`."""
    plain = _read(path, RULES_KEYS)
    try:
        return SetBoardRules(
            base_revision,
            from_plain(plain["mask"], PlateMask) if "mask" in plain else DEFAULT_RULES.mask,
            from_plain(plain.get("shown_after_end_min", DEFAULT_RULES.shown_after_end_min), int),
            from_plain(plain.get("page_s", DEFAULT_RULES.page_s), int),
            from_plain(plain.get("screen", []), tuple[ScreenRule, ...]),
        )
    except (KeyError, TypeError, ValueError, DataError) as error:
        raise unusable(path, error) from error


def _day_hours(plain: dict[str, Any], weekday: int) -> DayHours:
    only(plain, WEEK_KEYS)
    span = _span({key: value for key, value in plain.items() if key != "days"})
    return DayHours(from_plain(weekday, int), span.opens, span.last_intake, span.closes)


def _exception(plain: dict[str, Any]) -> DayException:
    only(plain, EXCEPTION_KEYS)
    spans = tuple(_span(each) for each in plain.get("spans", []))
    return DayException(day_of(plain["day"]), spans, from_plain(plain.get("note", ""), str))


def _span(plain: dict[str, Any]) -> OpenSpan:
    only(plain, WEEK_KEYS - {"days"})
    last = plain.get("last_intake")
    return OpenSpan(_time(plain["opens"]), None if last is None else _time(last), _time(plain["closes"]))


def _time(value: object) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))


def day_of(value: object) -> date:
    """Read a day; raises `ValueError` when it is none."""
    return value if type(value) is date else date.fromisoformat(str(value))


def only(plain: dict[str, Any], known: set[str]) -> None:
    """Raise `ValueError` naming the keys that nobody knows."""
    if unknown := sorted(plain.keys() - known):
        raise ValueError(", ".join(unknown))


def _read(path: Path, known: set[str]) -> dict[str, Any]:
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        only(plain, known)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise unusable(path, error) from error
    return plain


def unusable(path: Path, error: Exception) -> UsageError:
    """Return what to say of a file that cannot be read."""
    detail = error.problem.params.get("detail", error.code) if isinstance(error, DataError) else error
    return UsageError("app.board.bad_file", path=path, detail=detail)
