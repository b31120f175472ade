"""Situations of the control window with several lanes, one lane alone, and what happened while nobody looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, params_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.telling.log import AWAY_S
from tests.ui.scripted import EDITION, PLAN, Script, busy_day, vehicle

if TYPE_CHECKING:
    from carcheck_desktop.ui.control.window import ControlWindow

PLATES = ("粤B39C71", "湘A7Q20K", "桂C60H12", "浙A88D2挂", "粤BAD5519", "京AF09231")


def stations(language: str, lanes: tuple[str, ...]) -> tuple[ControlWindow, Script]:
    """Return a window of a station with these lanes, somebody signed in."""
    from tests.ui import scenes

    script = Script(lanes)
    script.service_up()
    window = scenes.control(script, language)
    window._pump.once()
    for lane in lanes:
        script.lane_up(lane)
        script.attached(lane)
    window._pump.once()
    return window, script


def full_house(script: Script) -> None:
    """Six lanes, each in another situation."""
    for number, plate in enumerate(PLATES):
        kind = PlateKind.NEW_ENERGY_SMALL if len(plate) == 8 else PlateKind.SMALL_CAR
        script.opened(f"v{number}", plate, kind)
    script.opened("w1", "渝A1B2C3")
    estimated(script, "w1", (21, 34), Message("desk.estimate.late_stopped", {"lane": "5"}))
    script.opened("w2", "川A9K88L")
    estimated(script, "w2", (28, 47))
    for number, lane in enumerate(("1", "2", "4", "5", "6")):
        visit = f"v{number}"
        script.started(visit, PLATES[number], lane)
        for item in ("W1", "W2"):
            script.weighed(visit, item, lane)
        script.begun(visit, "B1", lane, "464")
    script.prompted("v0", "pedal", "lanes.prompt.press_slowly", "1")
    script.curve("v0", "B1", 420, "1")
    script.braked("v1", "B1", "2", good=False)
    script.begun("v1", "B2", "2", "310")
    script.prompted("v1", "pedal", "lanes.prompt.press_slowly", "2", 2)
    script.curve("v1", "B2", 290, "2")
    script.lost("4")
    script.interrupted("v2", "B1", "4")
    script.stopped("5")
    script.curve("v4", "B1", 300, "6")


def six_lanes(language: str) -> ControlWindow:
    window, script = stations(language, tuple("123456"))
    full_house(script)
    return window


def six_lanes_alarm(language: str) -> ControlWindow:
    from tests.ui import scenes

    window, script = stations(language, tuple("123456"))
    full_house(script)
    script.interrupted("v1", "B2", "2", problem=scenes.UNSTOPPED)
    script.lane_down("3")
    window._pump.once()
    script.service_down()
    return window


def three_lanes_waiting(language: str) -> ControlWindow:
    window, script = stations(language, tuple("123"))
    script.opened("v1", "粤B39C71")
    return window


def two_lanes_at_a_glance(language: str) -> ControlWindow:
    from tests.ui import scenes

    window = scenes.braking(language)
    window.presenter.choice.choose_mode(Mode.OVERVIEW)
    return window


def alone(scene: str) -> Callable[[str], ControlWindow]:
    """Return a scene with the chosen lane alone on the screen."""

    def made(language: str) -> ControlWindow:
        from tests.ui import scenes

        window = scenes.CONTROL[scene](language)
        window.presenter.choice.choose_mode(Mode.FULL)
        return window

    return made


def came_back(language: str) -> ControlWindow:
    """Somebody comes back after a while in which much happened."""
    from tests.ui import scenes

    window, script = scenes.connected(language)
    log = window.presenter.memory.log
    log._touched_s -= AWAY_S + 60
    busy_day(script)
    script.lost()
    script.interrupted("v1", "B2")
    scenes.settle(window)
    window.presenter.memory.touched()
    window.presenter.memory.log.since = script.at - timedelta(hours=3)
    return window


def stop_told(language: str) -> ControlWindow:
    """A stop was asked for and is not confirmed for longer than it may take."""
    from tests.ui import scenes

    window = scenes.braking(language)
    scenes.settle(window)
    window.stop_lane()
    window.presenter.stops._asked["1"].at_s -= 5
    return window


def after_alarm(language: str) -> ControlWindow:
    from tests.ui import scenes

    window, script = scenes.connected(language)
    busy_day(script)
    script.interrupted("v1", "B2", problem=scenes.UNSTOPPED)
    who = params_of({"actor": "王建国", "node": "control"})
    script.tell(f.LaneStopped("1", "control", Message("lanes.stop.unconfirmed", who)), "1")
    scenes.settle(window)
    window.ask_after_alarm()
    return window


def long_names(language: str) -> ControlWindow:
    """Names of 40 characters, and a tenth attempt."""
    from tests.ui import scenes

    window, script = scenes.connected(language)
    script.station_name = "重庆市渝北区两江新区机动车安全技术检验与排放检验综合服务有限责任公司第一检测站点"
    script.service_up()
    window._pump.once()
    script.opened("v1", "粤B39C71")
    for number in range(1, 11):
        attempt(script, "v1", "粤B39C71", number)
        if number < 10:
            script.tell(f.AttemptEnded(f"a-v1-{number}", "v1", "1", f.AttemptEnd.ABORTED, "漏油"), "1")
    return window


def attempt(script: Script, visit_id: str, plate: str, number: int) -> None:
    """Begin the attempt of this number on lane 1."""
    car = vehicle(plate)
    name = f"a-{visit_id}-{number}"
    script.tell(
        f.AttemptStarted(name, visit_id, "1", number, car, InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32), "1"
    )


def estimated(script: Script, visit_id: str, minutes: tuple[int, int], late: Message | None = None) -> None:
    """Tell when a visit is expected to be done, in minutes from now."""
    earliest, latest = (script.at + timedelta(minutes=each) for each in minutes)
    script.tell(f.EstimateGiven(visit_id, earliest, latest, late, Message("desk.estimate.basis_own", {"count": 12})))


MANY: dict[str, Callable[[str], ControlWindow]] = {
    "six_lanes": six_lanes,
    "six_lanes_alarm": six_lanes_alarm,
    "three_lanes_waiting": three_lanes_waiting,
    "two_lanes_at_a_glance": two_lanes_at_a_glance,
    "alone_braking": alone("braking"),
    "alone_finished": alone("finished"),
    "alone_rollers_turn": alone("rollers_turn"),
    "alone_ready": alone("ready"),
    "came_back": came_back,
    "stop_told": stop_told,
    "after_alarm": after_alarm,
    "long_names": long_names,
}
