"""Announcements, opening hours and the places that are still empty; no Qt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.board import BoardContent, note_on, spans_on
from carcheck_desktop.domain.turns import TURN_RULE
from carcheck_desktop.domain.views import announcements_at, opening_hours
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.hall.state import DayRow, HoursState, Notice, NoticesState, PlaceState
from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from carcheck_desktop.domain.board import OpenSpan
    from carcheck_desktop.domain.views import AnnouncementView, BoardView
    from carcheck_desktop.ui.bridge.words import Words

DAYS_AHEAD = 3
PREPARED: dict[BoardContent, str] = {
    BoardContent.CALLS: "megaphone",
    BoardContent.BOOKINGS: "clock",
    BoardContent.PRICES: "list-checks",
}
"""Contents that may have nothing to show -> their icon."""


def notices_state(board: BoardView, now: datetime | None, screen: str, words: Words, turn: int) -> NoticesState:
    """Return what is announced now on this screen, urgent ones first; last, and always, the order in which cars are tested."""
    shown = announcements_at(board, now, screen) if now is not None else ()
    notices = [Notice(_text(each, words.language), each.urgent) for each in shown]
    return NoticesState(
        title=words("ui.hall.notices.title"),
        urgent=words("ui.hall.notices.urgent"),
        notices=(*(each for each in notices if each.text), Notice(words.message(TURN_RULE.in_words()), urgent=False)),
        turn=turn,
        empty=words("ui.hall.notices.none"),
    )


def _text(each: AnnouncementView, language: str) -> str:
    """Return the text in the language, or in the other one where there is only that."""
    in_order = (each.text_zh, each.text_en) if language.startswith("zh") else (each.text_en, each.text_zh)
    return next((text.strip() for text in in_order if text.strip()), "")


def hours_state(board: BoardView, now: datetime | None, words: Words) -> HoursState:
    """Return the hours of today and the next days."""
    title = words("ui.hall.hours.title")
    empty = words("ui.hall.hours.none")
    if now is None:
        return HoursState(title, "", Tone.OFF, (), empty)
    today = local(now).date()
    days = [_day(board, today + timedelta(days=ahead), today, words) for ahead in range(DAYS_AHEAD + 1)]
    known = tuple(day for day in days if day is not None)
    if days[0] is None:
        return HoursState(title, "", Tone.OFF, known, "" if known else empty)
    how, tone = _how(_spans(board, today), now, words)
    return HoursState(title, how, tone, known, "")


def _spans(board: BoardView, day: date) -> tuple[OpenSpan, ...]:
    record = opening_hours(board, day)
    return spans_on(record.week, record.exceptions, day) if record else ()


def _how(spans: tuple[OpenSpan, ...], now: datetime, words: Words) -> tuple[str, Tone]:
    """Say whether the station is open and takes cars in."""
    clock = local(now).time()
    for span in spans:
        if span.opens <= clock < span.closes:
            if span.last_intake is not None and clock >= span.last_intake:
                return words("ui.hall.hours.no_more"), Tone.CAUTION
            return words("ui.hall.hours.open"), Tone.GOOD
    return words("ui.hall.hours.shut"), Tone.OFF


def _day(board: BoardView, day: date, today: date, words: Words) -> DayRow | None:
    record = opening_hours(board, day)
    if record is None:
        return None
    spans = spans_on(record.week, record.exceptions, day)
    hours = "   ".join(f"{span.opens:%H:%M}–{span.closes:%H:%M}" for span in spans)
    last = [f"{span.last_intake:%H:%M}" for span in spans if span.last_intake not in (None, span.closes)]
    return DayRow(
        day=_named(day, today, words),
        hours=hours or words("ui.hall.hours.closed"),
        last_intake=words("ui.hall.hours.last_intake", times="  ".join(last)) if last and day == today else "",
        note=note_on(record.exceptions, day),
        is_today=day == today,
        is_closed=not spans,
    )


def _named(day: date, today: date, words: Words) -> str:
    weekday = words(f"ui.hall.weekday.{day.isoweekday()}")
    if day == today:
        return words("ui.hall.hours.today", weekday=weekday)
    return weekday


def prepared(contents: Sequence[BoardContent], *, filled: Collection[BoardContent]) -> list[BoardContent]:
    """Return those contents for which there is nothing to show now."""
    return [each for each in contents if each in PREPARED and each not in filled]


def place_state(content: BoardContent, words: Words) -> PlaceState:
    """Return a prepared place, saying plainly that there is nothing for it yet."""
    return PlaceState(
        words(f"ui.hall.place.{content.value}"), PREPARED[content], words(f"ui.hall.place.{content.value}_none")
    )
