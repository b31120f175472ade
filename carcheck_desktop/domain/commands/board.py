"""Commands of the manager for the hall: hours, announcements, rules, prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from carcheck_desktop.domain.board import DayException, DayHours, PlateMask, ScreenRule
from carcheck_desktop.domain.commands.base import Command
from carcheck_desktop.domain.prices import PriceLine


@dataclass(frozen=True, slots=True)
class SetOpeningHours(Command):
    """Record the station's hours from a day on; the reply's `result` has `revision`.

    `base_revision` is the newest record that the manager saw (0: none), so that nobody overwrites another's.
    """

    kind: ClassVar[str] = "set_opening_hours"
    base_revision: int
    valid_from: date
    week: tuple[DayHours, ...]
    exceptions: tuple[DayException, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishAnnouncement(Command):
    """Publish a text for the hall, or its next revision when the id is known; `result` has `revision`."""

    kind: ClassVar[str] = "publish_announcement"
    announcement_id: str
    base_revision: int
    text_zh: str
    text_en: str
    urgent: bool
    show_from: datetime
    show_until: datetime | None = None
    screens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawAnnouncement(Command):
    """Take an announcement from the screens; what was published stays recorded."""

    kind: ClassVar[str] = "withdraw_announcement"
    announcement_id: str
    base_revision: int


@dataclass(frozen=True, slots=True)
class SetBoardRules(Command):
    """Record how the hall's screens show what they show; the reply's `result` has `revision`."""

    kind: ClassVar[str] = "set_board_rules"
    base_revision: int
    mask: PlateMask
    shown_after_end_min: int
    page_s: int
    screens: tuple[ScreenRule, ...] = ()


@dataclass(frozen=True, slots=True)
class SetPriceList(Command):
    """Publish the station's prices from a day on; a second person agrees; the reply's `result` has `revision`."""

    kind: ClassVar[str] = "set_price_list"
    base_revision: int
    valid_from: date
    lines: tuple[PriceLine, ...]
    valid_until: date | None = None


COMMANDS: tuple[type[Command], ...] = (
    SetOpeningHours,
    PublishAnnouncement,
    WithdrawAnnouncement,
    SetBoardRules,
    SetPriceList,
)
