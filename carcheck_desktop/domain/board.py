"""What a manager records for the hall's board: opening hours, announcements, rules; values and pure questions.

The facts are in `domain.facts.board`, the folded views in `domain.views`. What nobody recorded is not
invented: without a record of hours there are none, without rules `DEFAULT_RULES` say how a board is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class BoardContent(StrEnum):
    """What a screen of the hall may show."""

    VEHICLES = "vehicles"
    LANES = "lanes"
    ANNOUNCEMENTS = "announcements"
    HOURS = "hours"
    CALLS = "calls"
    """Queue tickets called to a window; filled once there are tickets."""
    BOOKINGS = "bookings"
    """The order of appointments; filled once there are appointments."""
    PRICES = "prices"
    """The price list; filled once there are prices."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """One stretch of a day on which the station is open, in the station's own time.

    `last_intake` is when the last vehicle is taken in, None when until the end.
    """

    opens: time
    last_intake: time | None
    closes: time


@dataclass(frozen=True, slots=True)
class DayHours:
    """A span of one weekday (1 Monday … 7 Sunday); a day with a break at noon has two."""

    weekday: int
    opens: time
    last_intake: time | None
    closes: time


@dataclass(frozen=True, slots=True)
class DayException:
    """A day with other hours than its weekday, such as a holiday; no span: closed. `note` is what people read."""

    day: date
    spans: tuple[OpenSpan, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PlateMask:
    """How much of a plate strangers see: so many characters at its beginning and at its end, never more."""

    keep_first: int = 3
    keep_last: int = 3


HIDDEN_AT_LEAST = 2
"""So many characters of a plate are hidden whatever the rule keeps; of a very short one all but the first."""


def masked_plate(plate: str, mask: PlateMask = PlateMask()) -> str:
    """Return the plate as strangers may see it: as long as it was, never showing more than `mask` keeps."""
    length = len(plate)
    if length <= HIDDEN_AT_LEAST * 2 + 1:
        first = min(max(0, mask.keep_first), 1)
        return plate[:first] + "*" * (length - min(first, length))
    shown = length - HIDDEN_AT_LEAST
    first = min(max(0, mask.keep_first), shown)
    last = min(max(0, mask.keep_last), shown - first)
    return plate[:first] + "*" * (length - first - last) + plate[length - last :]


@dataclass(frozen=True, slots=True)
class ScreenRule:
    """What one screen of the hall shows, by the name it was started with."""

    name: str
    contents: tuple[BoardContent, ...]


@dataclass(frozen=True, slots=True)
class BoardRules:
    """How the board is drawn.

    A concluded visit stays for `shown_after_end_min` minutes; a page stands for `page_s` seconds.
    A screen that `screens` does not name shows `FIRST_CONTENTS`.
    """

    mask: PlateMask = PlateMask()
    shown_after_end_min: int = 10
    page_s: int = 12
    screens: tuple[ScreenRule, ...] = ()


FIRST_CONTENTS = (BoardContent.VEHICLES, BoardContent.LANES, BoardContent.ANNOUNCEMENTS, BoardContent.HOURS)
DEFAULT_RULES = BoardRules()
"""How a board is drawn before a manager has recorded rules."""


def contents_of(rules: BoardRules, screen: str) -> tuple[BoardContent, ...]:
    """Return what the screen of this name shows."""
    return next((each.contents for each in rules.screens if each.name == screen), FIRST_CONTENTS)


def spans_on(week: tuple[DayHours, ...], exceptions: tuple[DayException, ...], day: date) -> tuple[OpenSpan, ...]:
    """Return when the station is open on a day, in order; nothing when it is closed."""
    for exception in exceptions:
        if exception.day == day:
            return tuple(sorted(exception.spans, key=lambda span: span.opens))
    own = [OpenSpan(each.opens, each.last_intake, each.closes) for each in week if each.weekday == day.isoweekday()]
    return tuple(sorted(own, key=lambda span: span.opens))


def note_on(exceptions: tuple[DayException, ...], day: date) -> str:
    """Return what people should read about a day with other hours; "" for an ordinary one."""
    return next((each.note for each in exceptions if each.day == day), "")
