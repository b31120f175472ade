"""Situations in which the windows are looked at and checked, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.ui.control.sheets.sign_in import SignInSheet
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.hall.window import HallWindow
from carcheck_desktop.ui.widgets.forms import action_bar
from carcheck_desktop.ui.widgets.notices.sheets import sheet as sheets
from tests.ui.control_many import MANY
from tests.ui.exhaust_scenes import EXHAUSTS
from tests.ui.hall_scenes import HALL  # noqa: F401 - the harness asks here
from tests.ui.scripted import Script, ScriptedLink, busy_day, session

if TYPE_CHECKING:
    import pytest
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
        for card in (
            window.body.curve,
            window.body.alone.curve,
            window.body.exhaust.curve,
            window.body.alone.exhaust.curve,
            *(p.curve for p in window.body.overview.panels),
        ):
            card.curve.paint_now()
    elif isinstance(window, HallWindow):
        window._pump.once()
        window.refresh()
    for _ in range(3):
        app.processEvents()


def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take keys without the pause that protects people from their own haste."""
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    monkeypatch.setattr(sheets, "SETTLE_S", 0.0)


def said(window: ControlWindow) -> str:
    """Return what the only notice of a window says."""
    (toast,) = window.body.toasts.toasts
    assert toast.isVisible()
    return toast.accessibleName()


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


def concluded(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.braked("v1", "B2")
    script.ended("v1")
    return window


def concluded_and_refused(language: str) -> ControlWindow:
    window = concluded(language)
    settle(window)
    window.ask_abort()
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


UNSTOPPED = Problem(
    "devices.stop_failed", {"device": "bench", "port": "/dev/ttyS4", "detail": "no reply", "output": "none"}, Severity.CRITICAL
)  # fmt: skip


def rollers_turn(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.interrupted("v1", "B2", problem=UNSTOPPED)
    return window


def rollers_turn_elsewhere(language: str) -> ControlWindow:
    window = rollers_turn(language)
    settle(window)
    window.presenter.choice.choose_lane("2")
    return window


def lane_silent(language: str) -> ControlWindow:
    """A lane that was known and does not answer any more."""
    window, script = connected(language)
    busy_day(script)
    settle(window)
    script.lane_down()
    return window


def aborted(language: str) -> ControlWindow:
    window, script = connected(language)
    busy_day(script)
    script.aborted("v1")
    return window


def not_let_in(language: str) -> ControlWindow:
    window = signed_out(language)
    settle(window)
    window.ask_sign()
    sheet = window._sheet
    assert isinstance(sheet, SignInSheet)
    for field in (sheet.name, sheet.pin):
        assert isinstance(field.control, QLineEdit)
        field.control.setText("1234")
    sheet.accept_form()
    link = window.station.service.link
    assert isinstance(link, ScriptedLink)
    link.answer(refusal=Problem("desk.door.not_let_in", {"name": "1234"}))
    return window


def lane_away(language: str) -> ControlWindow:
    window, _ = connected(language)
    window.station._by_lane["1"].up = False
    window.station._by_lane["1"].lanes.clear()
    return window


def refused(language: str) -> ControlWindow:
    window = ready(language)
    settle(window)
    window.presenter.do("start")
    script_link = next(source for lane, source in window.station._by_lane.items() if lane == "1").link
    assert isinstance(script_link, ScriptedLink)
    script_link.answer(refusal=Problem("domain.access.expired", {"kind": "start_attempt", "late_s": 4}))
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
    "concluded": concluded,
    "concluded_and_refused": concluded_and_refused,
    "interrupted": interrupted,
    "stopped": stopped,
    "service_away": service_away,
    "lane_away": lane_away,
    "lane_silent": lane_silent,
    "rollers_turn": rollers_turn,
    "rollers_turn_elsewhere": rollers_turn_elsewhere,
    "aborted": aborted,
    "not_let_in": not_let_in,
    "refused": refused,
    "sign_in": signing_in,
    "open_visit": taking_in,
    "abort": giving_up,
    **EXHAUSTS,
    **MANY,
}


def assert_freed(window: QWidget, app: object) -> None:
    """Close a window and see that Qt and Python both let go of it."""
    import gc
    import weakref

    from PySide6.QtCore import QCoreApplication, QEvent
    from shiboken6 import isValid

    watched = weakref.ref(window)
    assert isinstance(app, QApplication)
    window.close()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    assert not isValid(window)
    del window
    gc.collect()
    assert watched() is None or not isValid(watched())
