"""Situations in which the hall's screens are looked at and checked, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import (
    BoardContent,
    DayException,
    DayHours,
    OpenSpan,
)
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.link.client.events import LinkDown
from carcheck_desktop.ui.hall.presenter import HallOptions
from carcheck_desktop.ui.hall.window import HallWindow
from tests.ui.scripted import START, Script, ScriptedLink, busy_day

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

EVERYTHING = tuple(BoardContent)
HOURS = (time(8, 0), time(11, 30), time(12, 0)), (time(13, 30), time(16, 30), time(17, 30))
LATE = Message("desk.estimate.late_stopped", {"lane": "1"})
BASIS = Message("desk.estimate.basis_own", {"samples": 12})


def hall(script: Script, *languages: str, contents: tuple[BoardContent, ...] = (), screen: str = "") -> HallWindow:
    catalogues = [Catalogue(language) for language in languages]
    window = HallWindow(script.service, *catalogues, lane_links=script.lane_link, options=HallOptions(screen, contents))
    window.start()
    return window


def connected(*languages: str, training: bool = True, lanes: tuple[str, ...] = ("1", "2"),
              contents: tuple[BoardContent, ...] = (), recorded: bool = True) -> tuple[HallWindow, Script]:  # fmt: skip
    script = Script(lanes, training=training)
    script.service_up()
    window = hall(script, *languages, contents=contents)
    window._pump.once()
    for lane in lanes:
        script.lane_up(lane)
        script.attached(lane)
    if recorded:
        record(script)
    return window, script


def record(script: Script) -> None:
    """What a manager recorded: hours with a holiday, two announcements."""
    week = tuple(DayHours(day, *span) for day in range(1, 7) for span in HOURS)
    holiday = DayException(date(2026, 11, 25), (OpenSpan(time(9, 0), None, time(12, 0)),), "设备检定，上午营业")
    script.tell(f.OpeningHoursSet(1, date(2026, 11, 1), week, (holiday,)))
    announce(script, "n1", "年底车多，建议提前在网上预约，周二至周四等候时间较短。",
             "The year's end is busy: book online, Tuesday to Thursday waits are shorter.")  # fmt: skip
    announce(
        script, "n2", "请随车携带行驶证和交强险凭证原件。", "Please bring the licence and the insurance certificate."
    )


def announce(script: Script, key: str, chinese: str, english: str, *, urgent: bool = False) -> None:
    at = START - timedelta(hours=1)
    script.tell(f.AnnouncementPublished(key, 1, chinese, english, urgent, at, None, ()))


def expect(
    script: Script, visit_id: str, earliest_min: int, latest_min: int | None, late: Message | None = None
) -> None:
    """Say when a visit is expected to be done, in minutes from now."""
    latest = None if latest_min is None else script.at + timedelta(minutes=latest_min)
    script.tell(f.EstimateGiven(visit_id, script.at + timedelta(minutes=earliest_min), latest, late, BASIS))


def busy(*languages: str, contents: tuple[BoardContent, ...] = ()) -> tuple[HallWindow, Script]:
    window, script = connected(*languages, contents=contents)
    busy_day(script)
    script.opened("v9", "浙A88D2挂", PlateKind.TRAILER)
    script.started("v9", "浙A88D2挂", "2", PlateKind.TRAILER)
    script.weighed("v9", "W1", "2")
    script.begun("v9", "W2", "2")
    script.interrupted("v9", "W2", "2")
    script.opened("v10", "京AF09231", PlateKind.NEW_ENERGY_SMALL)
    expect(script, "v1", 6, 14)
    expect(script, "v9", 25, None, LATE)
    for number, visit_id in enumerate(("v2", "v3", "v4", "v10")):
        expect(script, visit_id, 20 + 9 * number, 32 + 13 * number)
    return window, script


def numbered(script: Script) -> None:
    """Everybody of the busy day has a ticket."""
    for number, visit_id in enumerate(("v0", "v1", "v2", "v3", "v4", "v9", "v10")):
        letter = "B" if number % 3 == 0 else "A"
        script.tell(f.TicketIssued(visit_id, f"{letter}{number + 11:03}", "ab" * 32))


def called(language: str, *, contents: tuple[BoardContent, ...] = ()) -> HallWindow:
    """Three owners are called, one of them long ago; a car stands at the gate."""
    window, script = busy(language, contents=contents)
    publish_prices(script)
    numbered(script)
    script.tell(f.OwnerCalled("v0", "call-0", CallTo.PICKUP, ""))
    script.later(120)
    script.tell(f.ArrivalNoted("gate", "粤B77Q21", PlateKind.SMALL_CAR, Channel.APP, None))
    script.tell(f.TicketIssued("gate", "B018", "cd" * 32))
    script.tell(f.OwnerCalled("v2", "call-2", CallTo.WINDOW, "2"))
    script.tell(f.OwnerCalled("gate", "call-3", CallTo.WINDOW, "1"))
    return window


def hall_called(language: str) -> HallWindow:
    return called(language)


def hall_calls_alone(language: str) -> HallWindow:
    """A screen beside the windows: the calls large, nothing else but the prices."""
    return called(language, contents=(BoardContent.CALLS, BoardContent.PRICES))


def hall_busy(language: str) -> HallWindow:
    return busy(language)[0]


def hall_late(language: str) -> HallWindow:
    """Everybody waits longer, and is told why."""
    window, script = busy(language)
    for visit_id in ("v2", "v3", "v4", "v10"):
        expect(script, visit_id, 50, 90, LATE)
    announce(
        script, "u1", "1 号线制动台正在检修，预计 11 点恢复。", "Lane 1 is under repair until about 11.", urgent=True
    )
    return window


def many(language: str, count: int, *, contents: tuple[BoardContent, ...] = (), lanes: int = 2) -> HallWindow:
    names = tuple(str(number + 1) for number in range(lanes))
    window, script = connected(language, training=False, lanes=names, contents=contents)
    for number in range(count):
        kind = PlateKind.NEW_ENERGY_SMALL if number % 3 == 0 else PlateKind.SMALL_CAR
        plate = f"粤B{'D' if number % 3 == 0 else ''}{number:03}X{number * 7 % 10}"
        script.opened(f"w{number:03}", plate, kind)
        if number == 0:
            script.started("w000", plate, "1", kind)
            script.weighed("w000", "W1")
            script.begun("w000", "W2")
        expect(script, f"w{number:03}", 10 + 4 * number, 18 + 6 * number)
    return window


def hall_full(language: str) -> HallWindow:
    return many(language, 23)


def hall_crowded(language: str) -> HallWindow:
    return many(language, 200, contents=(BoardContent.VEHICLES,))


def hall_six_lanes(language: str) -> HallWindow:
    return many(language, 60, lanes=6)


def hall_extremes(language: str) -> HallWindow:
    """Everything as long as it may be: names, plates, reasons, attempts."""
    script = Script(("1", "二号线（大型车与挂车专用检测线，限高四米二，请按引导依次驶入，谢谢配合）"))
    script.station_name = "深圳市南山区西丽街道安达机动车安全技术检测与排放检验综合服务中心（第二检测站）"
    script.service_up()
    window = hall(script, language)
    window._pump.once()
    for lane in script.lane_names:
        script.lane_up(lane)
    announce(
        script,
        "u1",
        "因市政供电检修，今天下午两点至四点三号检测线暂停使用，" * 6,
        "The power is being worked on. " * 12,
        urgent=True,
    )
    kinds = list(PlateKind)
    for number, kind in enumerate(kinds[:5]):
        script.opened(f"k{number}", f"粤B{number}39C7", kind)
    script.opened("long", "粤B39C71粤B39C71粤B39C71", PlateKind.OTHER)
    expect(script, "long", 45, 95, Message("desk.estimate.late_stopped", {"lane": script.lane_names[1]}))
    for attempt in range(10):
        script.started("k0", "粤B039C7", script.lane_names[1], kinds[0])
        if attempt < 9:
            script.aborted("k0", script.lane_names[1])
    script.begun("k0", "B1", script.lane_names[1])
    return window


def hall_stale(language: str) -> HallWindow:
    window = hall_busy(language)
    window._pump.once()
    link = window.station.service.link
    assert isinstance(link, ScriptedLink)
    link.mailbox.put(LinkDown(Problem("link.unreachable"), START))
    window._pump.once()
    assert window.station.down_since_s is not None
    window.station.down_since_s -= 60
    return window


def hall_empty(language: str) -> HallWindow:
    return connected(language, recorded=False)[0]


def hall_connecting(language: str) -> HallWindow:
    return hall(Script(), language)


def hall_everything(language: str) -> HallWindow:
    return busy(language, contents=EVERYTHING)[0]


def hall_lanes(language: str) -> HallWindow:
    return busy(language, contents=(BoardContent.LANES,))[0]


def publish_prices(script: Script, count: int = 6) -> None:
    """A price list in force, its longest name as long as one may be."""
    names = (
        ("小型载客汽车安全技术检验", "Small car, safety inspection"),
        ("小型载客汽车排放检验", "Small car, emission inspection"),
        ("中型、大型载客汽车安全技术检验（含侧滑、灯光、制动、底盘动态检验全部项目）在内", "Coach, safety inspection, all items"),
        ("重型货车安全技术检验", "Heavy goods vehicle, safety inspection"),
        ("挂车安全技术检验", "Trailer, safety inspection"),
        ("复检（二十日内，同一机构）", "Re-inspection within 20 days"),
    )  # fmt: skip
    lines = tuple(
        PriceLine(f"p{number}", *names[number % len(names)], 9_000 + 4_550 * number) for number in range(count)
    )
    script.tell(f.PriceListPublished(1, date(2026, 11, 1), None, lines, "站长"))


def hall_service(language: str) -> HallWindow:
    """A screen of prices and hours, with the places of calls and bookings, which the station does not have yet."""
    contents = (BoardContent.CALLS, BoardContent.BOOKINGS, BoardContent.PRICES, BoardContent.HOURS)
    window, script = busy(language, contents=contents)
    publish_prices(script)
    return window


def hall_prices(language: str) -> HallWindow:
    """A long price list beside the cars takes turns."""
    window, script = busy(language, contents=(BoardContent.VEHICLES, BoardContent.PRICES))
    publish_prices(script, 24)
    return window


def hall_elsewhere(language: str) -> HallWindow:
    """The monitor was named wrongly: the board stands on another one and says so to who sets it up."""
    window = hall_busy(language)
    window.stands_elsewhere("3", ("1", "2"))
    return window


def hall_notices(language: str) -> HallWindow:
    return busy(language, contents=(BoardContent.ANNOUNCEMENTS,))[0]


HALL: dict[str, Callable[[str], QWidget]] = {
    "hall_busy": hall_busy,
    "hall_late": hall_late,
    "hall_full": hall_full,
    "hall_crowded": hall_crowded,
    "hall_six_lanes": hall_six_lanes,
    "hall_extremes": hall_extremes,
    "hall_stale": hall_stale,
    "hall_empty": hall_empty,
    "hall_connecting": hall_connecting,
    "hall_everything": hall_everything,
    "hall_lanes": hall_lanes,
    "hall_service": hall_service,
    "hall_notices": hall_notices,
    "hall_prices": hall_prices,
    "hall_elsewhere": hall_elsewhere,
    "hall_called": hall_called,
    "hall_calls_alone": hall_calls_alone,
}
