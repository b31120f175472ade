"""What the manager of the demonstration's station records for its hall, by the commands that every manager has."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.app.board import Person, change_all
from carcheck_desktop.domain.board import BoardContent, DayHours, PlateMask, ScreenRule
from carcheck_desktop.domain.commands import Command, PublishAnnouncement, SetBoardRules, SetOpeningHours, SetPriceList
from carcheck_desktop.domain.prices import PriceLine, PriceRule
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import Use

if TYPE_CHECKING:
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.views import BoardView

MANAGER = "模拟站长"
SECOND_MANAGER = "模拟授权签字人"
"""Agrees to the prices; signs what is signed."""
PRICES = (
    PriceLine("safety", "安全技术检验", "Safety inspection", 120_00, PriceRule(recheck=False)),
    PriceLine(
        "commercial",
        "营运车辆加收",
        "Commercial vehicle, extra",
        30_00,
        PriceRule(uses=(Use.COMMERCIAL,), recheck=False),
    ),
    PriceLine("recheck", "复检（不合格项）", "Recheck of failed items", 40_00, PriceRule(recheck=True)),
)
"""Made up for the demonstration: no station's prices."""
TEXT_ZH = "这是模拟培训站：车辆、数据和时间均为模拟，打印的单据一律无效。"
TEXT_EN = "This is a simulated training station: vehicles, values and times are simulated, and no paper is valid."
ALL_DAY = (time(0, 0), None, time(23, 59))
"""Somebody practises at any hour: a board that says closed while cars are tested would teach nonsense."""


def publish(station: Station, pin: str) -> None:
    """Sign the virtual manager in and record hours, rules and one announcement; prices, to which a second one agrees."""
    change_all(station, Person(MANAGER, pin), [_hours, _rules, _announcement])
    change_all(station, Person(MANAGER, pin), [_prices], Person(SECOND_MANAGER, pin))


def _hours(_view: BoardView, now: datetime) -> Command:
    week = tuple(DayHours(weekday, *ALL_DAY) for weekday in range(1, 8))
    return SetOpeningHours(0, inspection_date(now), week)


def _rules(_view: BoardView, _now: datetime) -> Command:
    hall = (BoardContent.VEHICLES, BoardContent.LANES, BoardContent.ANNOUNCEMENTS, BoardContent.HOURS)
    return SetBoardRules(0, PlateMask(), 10, 12, (ScreenRule("hall", hall),))


def _prices(_view: BoardView, now: datetime) -> Command:
    return SetPriceList(0, inspection_date(now), PRICES)


def _announcement(_view: BoardView, now: datetime) -> Command:
    return PublishAnnouncement("training", 0, TEXT_ZH, TEXT_EN, urgent=False, show_from=now - timedelta(minutes=1))
