"""Facts for the hall's board: estimates of when a visit is done, and what a manager recorded for people to read.

`revision` is the count of a record that replaces the one before; `version` is, as in every fact, that of its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.board import DayException, DayHours, PlateMask, ScreenRule
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.prices import PriceLine


@dataclass(frozen=True, slots=True)
class EstimateGiven(Fact):
    """When a visit is expected to be done, as it was told to people from this moment on.

    About four of five visits end between `earliest` and `latest`. `latest` is None while nobody can
    say (`late` tells why: a lane stands still, the station closes before). `basis` says what it rests on.
    """

    kind: ClassVar[str] = "estimate_given"
    visit_id: str
    earliest: datetime
    latest: datetime | None
    late: Message | None
    basis: Message

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class OpeningHoursSet(Fact):
    """The station's hours from a day on; `revision` counts from 1 over all records.

    A weekday that `week` does not name is closed; a weekday named twice has two spans.
    """

    kind: ClassVar[str] = "opening_hours_set"
    revision: int
    valid_from: date
    week: tuple[DayHours, ...]
    exceptions: tuple[DayException, ...]

    @property
    def subject(self) -> str:
        """The station's one timetable."""
        return HOURS_SUBJECT


@dataclass(frozen=True, slots=True)
class AnnouncementPublished(Fact):
    """A text for the hall in both languages; a known id with the next revision replaces the earlier text.

    `show_until` None: until withdrawn. `screens` empty: all.
    """

    kind: ClassVar[str] = "announcement_published"
    announcement_id: str
    revision: int
    text_zh: str
    text_en: str
    urgent: bool
    show_from: datetime
    show_until: datetime | None
    screens: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The station's announcements."""
        return ANNOUNCEMENTS_SUBJECT


@dataclass(frozen=True, slots=True)
class AnnouncementWithdrawn(Fact):
    """An announcement is not shown any more; `revision` is the one that was withdrawn."""

    kind: ClassVar[str] = "announcement_withdrawn"
    announcement_id: str
    revision: int

    @property
    def subject(self) -> str:
        """The station's announcements."""
        return ANNOUNCEMENTS_SUBJECT


@dataclass(frozen=True, slots=True)
class BoardRulesSet(Fact):
    """How the hall's screens show what they show; `revision` counts from 1 over all records."""

    kind: ClassVar[str] = "board_rules_set"
    revision: int
    mask: PlateMask
    shown_after_end_min: int
    page_s: int
    screens: tuple[ScreenRule, ...]

    @property
    def subject(self) -> str:
        """The station's one set of rules."""
        return RULES_SUBJECT


@dataclass(frozen=True, slots=True)
class PriceListPublished(Fact):
    """The station's prices from a day on, through `valid_until` or until a later list begins.

    `revision` counts from 1 over all lists; the command was given by the entry's actor and agreed to by `approved_by`.
    """

    kind: ClassVar[str] = "price_list_published"
    revision: int
    valid_from: date
    valid_until: date | None
    lines: tuple[PriceLine, ...]
    approved_by: str

    @property
    def subject(self) -> str:
        """The station's prices."""
        return PRICES_SUBJECT


HOURS_SUBJECT = "opening_hours"
ANNOUNCEMENTS_SUBJECT = "announcements"
RULES_SUBJECT = "board_rules"
PRICES_SUBJECT = "prices"
BOARD_SUBJECTS = (HOURS_SUBJECT, ANNOUNCEMENTS_SUBJECT, RULES_SUBJECT, PRICES_SUBJECT)
"""The subjects whose facts fold to the board's view."""
