"""The control window: turns keys and clicks into the presenter's calls and has its state painted.

Stop, next action and what stands beside them are the bar's; its keys for the stops work in every sheet too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.bridge.station import Heard, Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.asking import AskingWindow
from carcheck_desktop.ui.control.body import ControlBody
from carcheck_desktop.ui.control.presenter import ControlPresenter
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import open_size
from carcheck_desktop.ui.theme.look import look_of, wear

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link
    from carcheck_desktop.ui.bridge.station import LaneLinks
    from carcheck_desktop.ui.theme.tokens import Palette

REFRESH_MS = 500
SMALLEST = (1180, 660)
DESIGNED = (1366, 768)
LEAST_SCALE = 0.6
"""Below this part of the designed size everything is drawn smaller: a zoomed desktop must not lose the stop."""

PRESENCE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class ControlWindow(AskingWindow):
    """All lanes at a glance, one large; every command of a lane controller by key."""

    def __init__(self, service: Link, lane_links: LaneLinks, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("control_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self.words = Words(catalogue)
        self.station = Station(service, lane_links)
        self.presenter = ControlPresenter(self.station, self.words)
        self.body = ControlBody(self.words)
        self._scale = 0.0
        self._is_watching = False
        self.setCentralWidget(self.body)
        self.setWindowTitle(self.words("ui.control.name"))
        self.setAccessibleName(self.words("ui.control.name"))
        self._connect()
        self._keys()
        self.setMinimumSize(open_size(SMALLEST))
        self.resize(open_size(DESIGNED))
        self._rescale()
        self._pump = Pump(self.station, self._take, self)
        self._tick = QTimer(self)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)
        self.refresh()

    def start(self) -> None:
        """Connect, and follow the station from now on."""
        self.station.start()
        self._pump.start()
        self._tick.start()

    def _connect(self) -> None:
        body, choice, memory = self.body, self.presenter.choice, self.presenter.memory
        body.lanes.chosen.connect(lambda lane: self._then(lambda: choice.choose_lane(lane)))
        body.waiting.chosen.connect(lambda visit_id: self._then(lambda: choice.choose_visit(visit_id)))
        body.items.chosen.connect(lambda item: self._then(lambda: choice.choose_item(item)))
        for result in (body.result, body.alone.result):
            result.asked.connect(self.ask_verdict)
        body.items.opened.connect(self.ask_verdict)
        body.happened.chosen.connect(lambda key: self._then(lambda: memory.lead(key)))
        body.summary.rows.chosen.connect(lambda key: self._then(lambda: memory.lead(key)))
        body.summary.close_button.clicked.connect(lambda: self._then(memory.close))
        body.header.happened.clicked.connect(lambda: self._then(memory.toggle))
        body.header.modes.chosen.connect(lambda mode: self._then(lambda: choice.choose_mode(Mode(mode))))
        body.overview.chosen.connect(lambda lane: self._then(lambda: choice.choose_lane(lane)))
        body.overview.opened.connect(lambda lane: self._then(lambda: choice.choose_lane(lane, Mode.SPLIT)))
        body.open_visit.clicked.connect(self.ask_open_visit)
        body.header.sign.clicked.connect(self.ask_sign)
        body.buttons.chosen.connect(self.act)
        body.buttons.refused.connect(self.refuse)
        body.toasts.gone.connect(self.presenter.put_away)

    def _keys(self) -> None:
        choice = self.presenter.choice
        keys: dict[str, Callable[[], object]] = {
            "F2": self.ask_sign,
            "F3": self.ask_open_visit,
            "F4": lambda: self._then(self.presenter.memory.toggle),
            "F7": self.ask_after_alarm,
            "Ctrl+E": self.ask_verdict,
            "Ctrl+PgUp": lambda: self._then(lambda: choice.choose_next_lane(-1)),
            "Ctrl+PgDown": lambda: self._then(lambda: choice.choose_next_lane(1)),
            "Esc": lambda: self._then(self.presenter.dismiss),
        }
        for number in range(1, 10):
            keys[f"Ctrl+{number}"] = partial(self._then, partial(choice.choose_lane_at, number - 1))
        for key, mode in (("F9", Mode.OVERVIEW), ("F10", Mode.SPLIT), ("F11", Mode.FULL)):
            keys[key] = partial(self._then, partial(choice.choose_mode, mode))
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, action)
            shortcut.setAutoRepeat(False)

    # -- what came ---------------------------------------------------------------------------

    def _take(self, heard: Heard) -> None:
        self.presenter.take(heard)
        if heard.changed or any(sample.readings for sample in heard.samples):
            self.refresh()
        elif heard.samples:
            self.body.show_curves(self.presenter.samples, self.presenter.samples_of, self.presenter.exhaust)

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        state, before = self.presenter.state(), self.body.shown
        if state == before:
            return
        self.body.show_state(state, self.presenter.samples, self.presenter.samples_of, self.presenter.exhaust)
        if state.lanes and (not (before and before.lanes) or state.mode is not before.mode):
            self._focus_lanes(state.mode)

    def _focus_lanes(self, mode: Mode) -> None:
        """Let the arrow keys go from lane to lane as soon as lanes are shown in another way."""
        if mode is Mode.SPLIT:
            self.body.lanes.setFocus()
        elif mode is Mode.OVERVIEW:
            self.body.overview.focus_chosen()
        else:
            self.body.header.modes.setFocus()

    # -- what a person does ------------------------------------------------------------------

    def _then(self, action: Callable[[], object]) -> None:
        self.presenter.memory.touched()
        action()
        self.refresh()

    def act(self, key: str) -> None:
        """Do what a button or key of the bar stands for; some ask first."""
        asked: dict[str, Callable[[], None]] = {
            act.SIGN_IN: self.ask_sign,
            act.OPEN_VISIT: self.ask_open_visit,
            act.AFTER_ALARM: self.ask_after_alarm,
            act.ABORT: self.ask_abort,
            act.STOP_ALL: self.stop_all,
        }
        if key in asked:
            self._then(asked[key])
        else:
            self._do(key)

    def refuse(self, key: str) -> None:
        """Say why a key or button of the bar does nothing; while a lane works its prompt says it."""
        state = self.body.shown
        if key == act.AFTER_ALARM and state is not None and state.actions.next.enabled:
            self._then(self.presenter.say_alarm_stands)
        elif key != act.WAIT:
            self._then(lambda: self.presenter.say_why_not(key))

    def _do(self, key: str, reason: str = "") -> None:
        self._then(lambda: self.presenter.do(key, reason))

    def stop_lane(self) -> None:
        """Stop the chosen lane's machinery now."""
        self._do(act.STOP)

    def stop_all(self) -> None:
        """Stop the machinery of every lane now."""
        self._then(self.presenter.stop_all)

    # -- Qt ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self.presenter.memory.touched()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

    def _rescale(self) -> None:
        """Give larger screens larger text as well as more room; on small ones everything stays in sight."""
        ratio = min(self.width() / DESIGNED[0], self.height() / DESIGNED[1])
        scale = 1 + (ratio - 1) * 0.55 if ratio > 1 else max(LEAST_SCALE, ratio)
        scale = round(scale, 2)
        if scale != self._scale:
            self._scale = scale
            wear(self, replace(look_of(self), scale=scale))
            self.body.set_scale(scale)

    def show_palette(self, palette: Palette) -> None:
        """Wear other colours, such as when the system asks for high contrast."""
        wear(self, replace(look_of(self), palette=palette))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if not self._is_watching:
            self._is_watching = True
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See that somebody is there: a move of the mouse is enough, and no part below keeps it to itself."""
        if event.type() in PRESENCE and watched is self.windowHandle():
            self.presenter.memory.touched()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of links and timers, so that nothing keeps the window alive."""
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
