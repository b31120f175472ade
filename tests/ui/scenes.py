"""Situations in which the windows are looked at and checked, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.control.window import ControlWindow
from tests.ui.scripted import Script, busy_day, session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def control(script: Script, language: str, *, signed_in: bool = True) -> ControlWindow:
    window = ControlWindow(script.service, script.lane_link, Catalogue(language))
    window.start()
    if signed_in:
        sign_in(window, script)
    return window


def sign_in(window: ControlWindow, script: Script) -> None:
    from carcheck_desktop.domain.commands import SignIn

    window.presenter.send_form(SignIn("王建国", "1234"), lambda refused: None)
    script.service.answer(session())
    window._pump.once()


def connected(language: str, *, signed_in: bool = True, training: bool = True) -> tuple[ControlWindow, Script]:
    script = Script(training=training)
    script.service_up()
    window = control(script, language, signed_in=signed_in)
    window._pump.once()
    for lane in script.lane_names:
        script.lane_up(lane)
        script.attached(lane)
    window._pump.once()
    return window, script


def settle(window: QWidget) -> None:
    """Let timers and paints of the window happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()
    if isinstance(window, ControlWindow):
        window._pump.once()
        window.refresh()
        window.curve.curve.paint_now()
    for _ in range(3):
        app.processEvents()


def front(window: QWidget) -> QWidget:
    """Return the sheet of a window if one is open, else the window."""
    sheets = [sheet for sheet in window.findChildren(QDialog) if sheet.isVisible()]
    return sheets[0] if sheets else window


def connecting(language: str) -> ControlWindow:
    return control(Script(), language, signed_in=False)


def no_lanes(language: str) -> ControlWindow:
    script = Script(())
    script.service_up()
    return control(script, language)


def signed_out(language: str) -> ControlWindow:
    window, script = connected(language, signed_in=False)
    script.opened("v1", "粤B39C71")
    return window


def idle(language: str) -> ControlWindow:
    return connected(language, training=False)[0]


def ready(language: str) -> ControlWindow:
    window, script = connected(language)
    script.opened("v1", "粤B39C71")
    script.opened("v2", "湘A7Q20K")
    return window


def braking(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    return window


def finished_item(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.braked("v1", "B2", good=False)
    return window


def interrupted(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.lost()
    script.interrupted("v1", "B2")
    return window


def stopped(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.stopped()
    return window


def service_away(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    window._pump.once()
    script.service_down()
    window._pump.once()
    window.station.down_since_s = 0.0 if window.station.down_since_s is None else window.station.down_since_s - 130
    return window


def lane_away(language: str) -> ControlWindow:
    window, script = connected(language)
    window.presenter.choose_lane("9")
    window.station._by_lane["1"].up = False
    window.station._by_lane["1"].lanes.clear()
    return window


def signing_in(language: str) -> ControlWindow:
    window = signed_out(language)
    settle(window)
    window.ask_sign()
    return window


def taking_in(language: str) -> ControlWindow:
    window = ready(language)
    settle(window)
    window.ask_open_visit()
    sheet = window._sheet
    assert sheet is not None
    typed = {"plate": "粤B39C7", "seats": "5", "curb_mass": "1285", "total_mass": "3200", "manufactured": "20130402"}
    for name, text in typed.items():
        sheet.fields[name].control.setText(text)  # type: ignore[attr-defined]
    sheet.accept_form()
    return window


def giving_up(language: str) -> ControlWindow:
    window = braking(language)
    settle(window)
    window.ask_abort()
    return window


CONTROL: dict[str, Callable[[str], ControlWindow]] = {
    "connecting": connecting,
    "no_lanes": no_lanes,
    "signed_out": signed_out,
    "idle": idle,
    "ready": ready,
    "braking": braking,
    "finished": finished_item,
    "interrupted": interrupted,
    "stopped": stopped,
    "service_away": service_away,
    "lane_away": lane_away,
    "sign_in": signing_in,
    "open_visit": taking_in,
    "abort": giving_up,
}
HALL: dict[str, Callable[[str], QWidget]] = {}
