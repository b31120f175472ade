"""The control window: paints the presenter's state and turns keys and clicks into its calls."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.bridge.station import Heard, Station
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control import actions as act
from carcheck_desktop.ui.control.dialogs import AbortSheet, Sheet, SignInSheet
from carcheck_desktop.ui.control.intake_dialog import OpenVisitSheet
from carcheck_desktop.ui.control.panels import ActionBar, CarCard, Header, ResultCard, section
from carcheck_desktop.ui.control.presenter import ControlPresenter
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.stylesheet import stylesheet
from carcheck_desktop.ui.theme.tokens import LIGHT, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics import Banner, Label, column, panel, row
from carcheck_desktop.ui.widgets.curve_card import CurveCard
from carcheck_desktop.ui.widgets.parts import ActionButton, Empty, Prompt, TrainingRibbon
from carcheck_desktop.ui.widgets.row_list import RowList
from carcheck_desktop.ui.widgets.sheets import TileColumn

if TYPE_CHECKING:
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link
    from carcheck_desktop.ui.bridge.station import LaneLinks
    from carcheck_desktop.ui.control.state import ControlState, LaneState

REFRESH_MS = 500
SETTLE_S = 0.5
"""A next action that has just changed its meaning is not taken for so long."""


class ControlWindow(QMainWindow):
    """All lanes at a glance, one large; every command of a lane controller by key."""

    def __init__(self, service: Link, lane_links: LaneLinks, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("control_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self.words = Words(catalogue)
        self.station = Station(service, lane_links)
        self.presenter = ControlPresenter(self.station, self.words)
        self._shown: ControlState | None = None
        self._primary_since_s = 0.0
        self._scale = 0.0
        self._sheet: Sheet | None = None
        self._build()
        self._keys()
        self.setMinimumSize(1180, 700)
        self.resize(1366, 768)
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
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    # -- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        words = self.words
        self.header = Header(words)
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.banner = Banner("station_banner")
        self.toast = Banner("toast")
        self.actions = ActionBar()
        self._build_left()
        self._build_middle()
        self._build_right()
        body = row(spacing=SPACE_M, margins=(SPACE_M, SPACE_M, SPACE_M, SPACE_M))
        body.addWidget(self.left)
        body.addWidget(self.middle, 1)
        body.addWidget(self.right)
        above = column(self.banner, self.toast, spacing=SPACE_S, margins=(SPACE_M, 0, SPACE_M, 0))
        whole = column(self.header, self.ribbon, spacing=0)
        whole.addSpacing(SPACE_S)
        whole.addLayout(above)
        whole.addLayout(body, 1)
        whole.addWidget(self.actions)
        centre = panel("canvas", "control_body")
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self.setWindowTitle(f"{words('ui.control.name')} – {words('ui.app.name')}")
        self.setAccessibleName(words("ui.control.name"))

    def _build_left(self) -> None:
        words = self.words
        self.lanes = RowList("lane_list", words("ui.lanes.title"), 74)
        self.waiting = RowList("waiting_list", words("ui.waiting.label"), 58)
        self.lanes.chosen.connect(self._lane_chosen)
        self.waiting.chosen.connect(self._visit_chosen)
        self.waiting_title = Label("", "section", elided=True)
        self.waiting_empty = Empty("waiting_empty", "inbox", 28)
        self.waiting_empty.show_empty(words("ui.waiting.none"), words("ui.waiting.none_detail"))
        self.open_visit = ActionButton("open_visit_button")
        self.open_visit.clicked.connect(self.ask_open_visit)
        lanes = section("lanes_card", Label(words("ui.lanes.title"), "section"), self.lanes)
        waiting = section("waiting_card", self.waiting_title, self.waiting, self.waiting_empty, self.open_visit)
        self.left = panel("clear", "left_column")
        box = column(lanes, spacing=SPACE_M)
        box.addWidget(waiting, 1)
        self.left.setLayout(box)

    def _build_middle(self) -> None:
        self.car = CarCard()
        self.prompt = Prompt("prompt")
        self.curve = CurveCard(self.words)
        self.result = ResultCard()
        lane = panel("clear", "lane_detail")
        box = column(self.car, self.prompt, spacing=SPACE_S + 2)
        box.addWidget(self.curve, 1)
        box.addWidget(self.result)
        lane.setLayout(box)
        self.no_lane = Empty("no_lane", "cloud-off", 56)
        self.middle = QStackedWidget()
        self.middle.setObjectName("lane_stack")
        self.middle.addWidget(self.no_lane)
        self.middle.addWidget(lane)

    def _build_right(self) -> None:
        words = self.words
        self.items_title = Label("", "section", elided=True)
        self.items = RowList("item_list", words("ui.items.title"), 50)
        self.items.chosen.connect(self._item_chosen)
        self.items_empty = Empty("items_empty", "list-checks", 28)
        self.items_empty.show_empty(words("ui.items.none"))
        self.tiles = TileColumn("device_tiles", words("ui.devices.title"))
        self.devices_title = Label(words("ui.devices.title"), "section")
        self.happened_title = Label("", "section", elided=True)
        self.happened = RowList("happened_list", words("ui.happened.title"), 46)
        self.happened.chosen.connect(lambda _: self._seen())
        self.right = panel("clear", "right_column")
        box = column(spacing=SPACE_M)
        box.addWidget(section("items_card", self.items_title, self.items, self.items_empty))
        box.addWidget(section("devices_card", self.devices_title, self.tiles))
        box.addWidget(section("happened_card", self.happened_title, self.happened), 1)
        self.right.setLayout(box)

    def _keys(self) -> None:
        keys = {
            "F12": self.stop_lane,
            "F2": self.ask_sign,
            "F3": self.ask_open_visit,
            "F6": lambda: self._do(act.REPEAT),
            "F8": self.ask_abort,
            "Return": self.do_primary,
            "Enter": self.do_primary,
            "Ctrl+PgUp": lambda: self._step_lane(-1),
            "Ctrl+PgDown": lambda: self._step_lane(1),
            "Esc": self._dismiss,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, action)
            shortcut.setAutoRepeat(False)
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda place=number - 1: self._lane_at(place))
        self.header.sign.clicked.connect(self.ask_sign)
        self.actions.stop.clicked.connect(self.stop_lane)
        self.actions.abort.clicked.connect(self.ask_abort)
        self.actions.repeat.clicked.connect(lambda: self._do(act.REPEAT))
        self.actions.primary.clicked.connect(self.do_primary)

    # -- what came ---------------------------------------------------------------------------

    def _take(self, heard: Heard) -> None:
        self.presenter.take(heard)
        if heard.changed:
            self.refresh()
        elif heard.samples:
            self._show_curve()

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        state, before = self.presenter.state(), self._shown
        if state == before:
            return
        self._shown = state
        if before is None or state.actions.primary.key != before.actions.primary.key:
            self._primary_since_s = time.monotonic()
        self.header.show_header(state.header)
        self.ribbon.setVisible(state.header.training)
        self.banner.show_banner(state.banner)
        self.toast.show_banner(state.toast)
        self._show_lists(state)
        self.actions.show_actions(state.actions)
        self.open_visit.show_action(state.actions.open_visit)
        if state.detail is not None:
            self._show_lane(state.detail)
            self.middle.setCurrentIndex(1)
        else:
            self.no_lane.show_empty(*state.no_lane)
            self.middle.setCurrentIndex(0)

    def _show_lists(self, state: ControlState) -> None:
        self.lanes.show_rows(state.lanes, state.lane)
        self.lanes.setFixedHeight(min(max(1, len(state.lanes)) * self._row(74) + 4, 4 * self._row(74)))
        self.waiting.show_rows(state.waiting, state.visit)
        self.waiting.setVisible(bool(state.waiting))
        self.waiting_empty.setVisible(not state.waiting)
        self.waiting_title.show_text(state.waiting_title)
        self.happened.show_rows(state.happenings)
        self.happened_title.show_text(state.happenings_title)
        detail = state.detail
        items, tiles = (detail.items, detail.tiles) if detail else ((), ())
        self.items.show_rows(items, detail.item if detail else "")
        self.items.setFixedHeight(min(max(1, len(items)), 7) * self._row(50) + 4)
        self.items.setVisible(bool(items))
        self.items_empty.setVisible(not items)
        self.items_title.show_text(detail.items_title if detail else self.words("ui.items.title"))
        self.tiles.show_tiles(tiles)

    def _show_lane(self, detail: LaneState) -> None:
        self.car.show_car(detail.car)
        self.prompt.show_prompt(detail.prompt)
        self.result.show_result(detail.result)
        self._show_curve()

    def _show_curve(self) -> None:
        detail = self._shown.detail if self._shown else None
        if detail is not None:
            self.curve.show_curve(detail.curve, self.presenter.curves.get(detail.curve.run_id))

    # -- what a person does ------------------------------------------------------------------

    def do_primary(self) -> None:
        """Do the next action; not while it has only just become another one."""
        state = self._shown
        if state is None or not state.actions.primary.enabled:
            return
        if time.monotonic() - self._primary_since_s < SETTLE_S:
            return
        key = state.actions.primary.key
        if key == act.SIGN_IN:
            self.ask_sign()
        elif key == act.OPEN_VISIT:
            self.ask_open_visit()
        else:
            self._do(key)

    def _do(self, key: str, reason: str = "") -> None:
        self.presenter.do(key, reason)
        self.refresh()

    def stop_lane(self) -> None:
        """Stop the chosen lane's machinery now."""
        self._do(act.STOP)

    def ask_sign(self) -> None:
        """Ask who it is, or end the session."""
        if self.station.session is not None:
            self.presenter.sign_out()
            self.refresh()
        elif self.station.service.up:
            self._open(SignInSheet(self, self.words, self.stop_lane, self.presenter.send_form))

    def ask_open_visit(self) -> None:
        """Ask for a vehicle to take in."""
        now = self.station.time.now()
        if now is not None and act.why_not(act.OPEN_VISIT, self.presenter.situation()) is None:
            today = local(now).date()
            self._open(OpenVisitSheet(self, self.words, self.stop_lane, self.presenter.send_form, today))

    def ask_abort(self) -> None:
        """Ask why the attempt is given up."""
        if act.why_not(act.ABORT, self.presenter.situation()) is None:
            self._open(AbortSheet(self, self.words, self.stop_lane, lambda reason: self._do(act.ABORT, reason)))

    def _open(self, sheet: Sheet) -> None:
        if self._sheet is not None:
            self._sheet.close()
        self._sheet = sheet
        sheet.destroyed.connect(self._sheet_gone)
        sheet.show()
        sheet.raise_()
        sheet.activateWindow()

    def _sheet_gone(self) -> None:
        self._sheet = None

    def _lane_chosen(self, lane: str) -> None:
        self.presenter.choose_lane(lane)
        self.refresh()

    def _lane_at(self, place: int) -> None:
        names = self.station.lane_names
        if place < len(names):
            self._lane_chosen(names[place])

    def _step_lane(self, step: int) -> None:
        self.presenter.choose_next_lane(step)
        self.refresh()

    def _visit_chosen(self, visit_id: str) -> None:
        self.presenter.choose_visit(visit_id)
        self.refresh()

    def _item_chosen(self, item: str) -> None:
        self.presenter.choose_item(item)
        self.refresh()

    def _seen(self) -> None:
        self.presenter.log.seen()
        self.refresh()

    def _dismiss(self) -> None:
        self.presenter.toast = None
        self._seen()

    # -- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there: only then is later news marked as new."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            now = self.station.time.now()
            if now is not None:
                self.presenter.log.touched(now)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

    def _row(self, height_px: int) -> int:
        return round(height_px * max(1.0, self._scale))

    def _rescale(self) -> None:
        """Give larger screens larger text as well as more room."""
        ratio = min(self.width() / 1366, self.height() / 768)
        scale = round(1 + (max(1.0, ratio) - 1) * 0.55, 2)
        if scale == self._scale:
            return
        self._scale = scale
        self.setStyleSheet(stylesheet(LIGHT, scale))
        self.left.setFixedWidth(round(272 * scale))
        self.right.setFixedWidth(round(312 * scale))
        for part in (self.lanes, self.waiting, self.items, self.happened):
            part.set_scale(scale)
        self.curve.curve.set_scale(scale)
        if self._shown is not None:
            self._show_lists(self._shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of links, timers and filters, so that nothing keeps the window alive."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
