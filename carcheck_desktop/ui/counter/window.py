"""The counter window: turns keys and clicks into the presenter's calls and has its state painted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.bridge.station import Heard, Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.counter.body import CounterBody
from carcheck_desktop.ui.counter.presenter import CounterPresenter
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling import actions as act
from carcheck_desktop.ui.counter.visit.sheet import TaskHost
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import open_size
from carcheck_desktop.ui.theme.look import look_of, wear
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link
    from carcheck_desktop.ui.theme.tokens import Palette

REFRESH_MS = 1000
SMALLEST, DESIGNED = (1180, 660), (1366, 768)
LEAST_SCALE, ROOMY_ENOUGH, GROWTH = 0.75, 1.0, 0.7
PRESENCE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class CounterWindow(QMainWindow):
    """One car after the other, from the plate to the open visit, by keyboard."""

    def __init__(self, service: Link, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("counter_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self.words = Words(catalogue)
        self.station = Station(service, None)
        self.presenter = CounterPresenter(self.station, self.words)
        self.body = CounterBody(self.words, lambda: self.presenter.today)
        self.tasks = TaskHost(self, self.presenter.desk, self.words, self.body.buttons)
        self._scale = 0.0
        self._is_watching = False
        self.setCentralWidget(self.body)
        self.setWindowTitle(self.words("ui.counter.name"))
        self.setAccessibleName(self.words("ui.counter.name"))
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
        body, presenter = self.body, self.presenter
        body.buttons.chosen.connect(self.act)
        body.buttons.refused.connect(self.refuse)
        body.toasts.gone.connect(presenter.sayings.put_away)
        body.head.sign.clicked.connect(lambda: self._then(presenter.sign_out))
        body.look_up.typed.connect(lambda text: self._then(lambda: presenter.type_plate(text)))
        body.look_up.kind_chosen.connect(lambda kind: self._then(lambda: presenter.choose_kind(kind)))
        body.typed.connect(lambda name, text: self._then(lambda: presenter.type(name, text)))
        body.confirmed.connect(lambda name: self._then(lambda: presenter.confirm(name)))
        body.ear.scanned.connect(lambda text: self._then(lambda: presenter.scan(text)))
        body.visit.shown.connect(lambda shown: self._then(lambda: presenter.desk.show(shown)))
        body.side.chosen.connect(lambda visit: self._then(lambda: presenter.look_at(visit)))
        body.side.searched.connect(lambda words: self._then(lambda: presenter.search(words)))
        self._follows_focus = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            self._follows_focus = True

    def _keys(self) -> None:
        presenter = self.presenter
        keys: dict[str, Callable[[], object]] = {
            "F2": lambda: self._then(presenter.sign_out),
            "F3": self.leave_car,
            "F9": self.body.side.box.setFocus,
            "Ctrl+F": self.body.side.box.setFocus,
            "Esc": self.dismiss,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, action)
            shortcut.setAutoRepeat(False)

    # -- what came ---------------------------------------------------------------------------

    def _take(self, heard: Heard) -> None:
        self.presenter.take(heard)
        if heard.changed:
            self.refresh()

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        state = self.presenter.state()
        if state != self.body.shown and not self.tasks.is_closing:
            self.tasks.close_other(state.task)
            self.body.show_state(state)
            self.tasks.show_task(state.task, self.presenter.today, self._then)

    # -- what a person does ------------------------------------------------------------------

    def _then(self, action: Callable[[], object]) -> None:
        action()
        self.refresh()

    def act(self, key: str) -> None:
        """Do what a button or key of the bar stands for."""
        if self.body.side.box.hasFocus():
            # Enter behind a search goes to what was found
            self.body.side.enter()
        elif key == act.SIGN_IN:
            self._sign_in()
        else:
            self._then(lambda: self.presenter.act(key, self.body.focused_field()))

    def dismiss(self) -> None:
        """Esc: end a search, take away what was said, or go one screen back."""
        box = self.body.side.box
        if not box.hasFocus():
            self._then(self.presenter.dismiss)
        elif box.text():
            box.clear()
        else:
            self._then(lambda: self.presenter.show_visit(""))

    def leave_car(self) -> None:
        """Begin with another car; asked first when that throws away what was typed."""
        words, presenter = self.words, self.presenter
        if not presenter.would_lose or self.station.session is None:
            self._then(presenter.begin_anew)
            return
        yes = ActionState("leave", words("ui.counter.leave.yes"), "x", enabled=True)
        asked = ConfirmState(
            words("ui.counter.leave.question"),
            yes,
            words("ui.counter.leave.no"),
            words("ui.counter.leave.detail", plate=presenter.draft.plate),
            destructive=True,
        )
        sheet = Confirm(self, "leave_car", asked, self.body.buttons)
        sheet.answered.connect(lambda is_yes, _: self._then(presenter.begin_anew) if is_yes else None)
        sheet.open()

    def _sign_in(self) -> None:
        page = self.body.sign_in
        name, pin = page.given()
        if not name:
            page.name.control.setFocus()
        elif not pin:
            page.pin.control.setFocus()
        else:
            page.clear_pin()
            self._then(lambda: self.presenter.sign_in(name, pin))

    def refuse(self, key: str) -> None:
        """Lead to what an action lacks, or say why it is not possible."""
        self._then(lambda: self.presenter.refuse(key, self.body.focused_field()))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is self:
            self._then(lambda: self.presenter.at(self.body.focused_field()))

    # -- Qt ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.body.shown
        if event.key() == Qt.Key.Key_Down and shown is not None and shown.page is Page.LOOK_UP:
            self.body.side.enter()
        elif shown is not None and shown.page is Page.PAY and event.text().isdigit():
            self.body.pay.take_digit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

    def _rescale(self) -> None:
        """Give larger screens larger text as well as more room; on small ones everything stays in sight."""
        ratio = min(self.width() / DESIGNED[0], self.height() / DESIGNED[1])
        scale = 1 + (ratio - 1) * GROWTH if ratio > 1 else max(LEAST_SCALE, min(1.0, ratio / ROOMY_ENOUGH))
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
        if not self._is_watching:
            self._is_watching = True
            self.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See that somebody is there; the key that uncovers personal data does nothing else."""
        if event.type() not in PRESENCE or watched is not self.windowHandle():
            return False
        was_covered = self.presenter.touched()
        if was_covered:
            self.refresh()
        return was_covered and event.type() == QEvent.Type.KeyPress

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of links and timers, so that nothing keeps the window alive."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._follows_focus:
            self._follows_focus = False  # a window may be closed twice
            app.focusChanged.disconnect(self._focus_moved)
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
