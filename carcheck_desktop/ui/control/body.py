"""The control window's body: where everything stands, and how a state is painted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QStackedWidget

from carcheck_desktop.ui.control.parts.alone import LOW_PX as ALONE_LOW_PX
from carcheck_desktop.ui.control.parts.alone import Alone
from carcheck_desktop.ui.control.parts.asked import Asked
from carcheck_desktop.ui.control.parts.exhaust_card import ExhaustCard
from carcheck_desktop.ui.control.parts.overview import Overview
from carcheck_desktop.ui.control.parts.panels import CarCard, Header, ResultCard, section
from carcheck_desktop.ui.control.parts.summary_panel import SummaryPanel
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.data.tile_column import TileColumn
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.notices.banner import Banner
from carcheck_desktop.ui.widgets.notices.empty import Empty
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.exhaust import LiveExhaust
    from carcheck_desktop.ui.control.parts.overview import Curves
    from carcheck_desktop.ui.control.state import ControlState, LaneState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Samples
    from carcheck_desktop.ui.widgets.notices.states import ToastState

LANE_ROW, WAITING_ROW, ITEM_ROW, HAPPENED_ROW = 70, 58, 44, 46
"""Heights of rows at scale 1, in pixels."""
LEFT_PX, RIGHT_PX, SUMMARY_PX = 256, 312, 330
MOST_LANES, MOST_ITEMS, FEW_ITEMS = 4, 8, 5
LOW_PX, ROOMY_PX = 620, 900
PROMPT_ICON_PX = 36
PROMPT_SHARE = 0.1
"""Of the window's height: what the lines of a prompt's headline take beside curve and result."""


class ControlBody(QFrame):
    """Header, lanes in one of three ways, what happened, and the action bar, which never moves."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.shown: ControlState | None = None
        self._scale = 1.0
        self._live: LiveExhaust | None = None
        self.setObjectName("control_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.header = Header(words)
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.alarm = Banner("alarm_banner", icon_px=32)
        self.banner = Banner("station_banner")
        self.buttons = ActionBar("action_bar", named="{}_button")
        self.buttons.primary.setObjectName("primary_button")
        self._build_left()
        self._build_middle()
        self._build_right()
        self.summary = SummaryPanel(words)
        body = row(spacing=SPACE_M)
        body.addWidget(self.summary)
        body.addWidget(self.left)
        body.addWidget(self.middle, 1)
        body.addWidget(self.right)
        inner = column(self.alarm, self.banner, spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2))
        inner.addLayout(body, 1)
        whole = column(self.header, self.ribbon, spacing=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.buttons)
        self.setLayout(whole)
        self.toasts = Toasts(self, words, above=self.buttons)

    def _build_left(self) -> None:
        words = self.words
        self.lanes = RowList("lane_list", words("ui.lanes.title"), LANE_ROW, most=MOST_LANES)
        self.waiting = RowList("waiting_list", words("ui.waiting.label"), WAITING_ROW)
        self.waiting_title = Label("", "section", elided=True)
        self.waiting_empty = Empty("waiting_empty", "inbox", 28)
        self.waiting_empty.show_empty(words("ui.waiting.none"), words("ui.waiting.none_detail"))
        self.open_visit = ActionButton("open_visit_button")
        self.lanes_empty = Label(words("ui.lanes.none"), "muted", wrap=True)
        self.lanes_card = section("lanes_card", Label(words("ui.lanes.title"), "section"), self.lanes, self.lanes_empty)
        waiting = section("waiting_card", self.waiting_title, self.waiting, self.waiting_empty, self.open_visit)
        self.left = panel("clear", "left_column")
        waiting.setSizePolicy(qt.PREFERRED, qt.GROWING)
        box = column(self.lanes_card, spacing=SPACE_M)
        box.addWidget(waiting, 1)
        self.left.setLayout(box)

    def _build_middle(self) -> None:
        self.car = CarCard()
        self.prompt = Asked("prompt", ("headline", "title"), PROMPT_ICON_PX, share=PROMPT_SHARE)
        self.curve = CurveCard(self.words)
        self.exhaust = ExhaustCard(self.words)
        self.exhaust.hide()
        self.result = ResultCard()
        lane = panel("clear", "lane_detail")
        box = column(self.car, self.prompt, spacing=SPACE_S + 2)
        box.addWidget(self.curve, 1)
        box.addWidget(self.exhaust, 1)
        box.addWidget(self.result)
        lane.setLayout(box)
        self.no_lane = Empty("no_lane", "cloud-off", 56)
        self.no_lane.setProperty("kind", "card")
        self.no_lane.setAttribute(qt.STYLED)
        self.middle = QStackedWidget()
        self.middle.setObjectName("lane_stack")
        self.overview = Overview(self.words)
        self.alone = Alone(self.words)
        self._pages = {Mode.SPLIT: lane, Mode.OVERVIEW: self.overview, Mode.FULL: self.alone}
        for page in (self.no_lane, *self._pages.values()):
            self.middle.addWidget(page)

    def _build_right(self) -> None:
        words = self.words
        self.items_title = Label("", "section", elided=True)
        self.items = RowList("item_list", words("ui.items.title"), ITEM_ROW, most=MOST_ITEMS)
        self.items_empty = Label(words("ui.items.none"), "muted", wrap=True)
        self.tiles = TileColumn("device_tiles", words("ui.devices.title"))
        self.devices_title = Label(words("ui.devices.title"), "section")
        self.happened_title = Label("", "section", elided=True)
        self.happened = RowList("happened_list", words("ui.happened.title"), HAPPENED_ROW)
        # instruments are never cut for what is past; lower it would vanish behind a notice
        self.happened.setMinimumHeight(2 * HAPPENED_ROW)
        # items scroll before the advice for a lost instrument is cut
        self.items.setMinimumHeight(ITEM_ROW)
        self.right = panel("clear", "right_column")
        box = column(spacing=SPACE_M)
        box.addWidget(section("items_card", self.items_title, self.items, self.items_empty))
        self.devices_card = section("devices_card", self.devices_title, self.tiles)
        box.addWidget(self.devices_card)
        self.happened_card = section("happened_card", self.happened_title, self.happened)
        self.happened_card.setSizePolicy(qt.PREFERRED, qt.GROWING)
        box.addWidget(self.happened_card, 100)
        box.addStretch(1)
        self.right.setLayout(box)

    def show_state(
        self, state: ControlState, samples: Samples | None, curves: Curves, live: LiveExhaust | None = None
    ) -> None:
        """Paint a state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        self.header.show_header(state.header)
        self.ribbon.setVisible(state.header.training)
        self.alarm.show_banner(state.alarm)
        self.banner.show_banner(state.banner)
        self.summary.show_summary(state.summary)
        self.left.setVisible(state.summary is None and state.mode is not Mode.FULL)
        self.right.setVisible(state.mode is Mode.SPLIT)
        if self.left.isVisibleTo(self):
            self._show_left(state)
        if state.mode is Mode.SPLIT:
            self._show_right(state)
        self.buttons.show_actions(state.actions)
        self._live = live
        self._show_middle(state, samples, curves)
        self._show_said(before.toasts if before is not None else (), state.toasts)

    def _show_said(self, before: tuple[ToastState, ...], now: tuple[ToastState, ...]) -> None:
        for gone in {toast.key for toast in before} - {toast.key for toast in now}:
            self.toasts.take_back(gone)
        for toast in now:
            if toast not in before:
                self.toasts.say(toast)

    def _show_middle(self, state: ControlState, samples: Samples | None, curves: Curves) -> None:
        has_page = bool(state.panels) if state.mode is Mode.OVERVIEW else state.detail is not None
        if not has_page:
            self.no_lane.show_empty(*state.no_lane)
            self.middle.setCurrentWidget(self.no_lane)
            return
        if state.mode is Mode.OVERVIEW:
            self.overview.show_lanes(state.panels, curves)
        elif state.detail is not None and state.mode is Mode.FULL:
            self.alone.show_lane(state.detail, samples)
        elif state.detail is not None:
            self._show_lane(state.detail)
        self.middle.setCurrentWidget(self._pages[state.mode])
        self.show_curves(samples, curves, self._live)

    def _show_left(self, state: ControlState) -> None:
        self.lanes_card.setVisible(state.mode is Mode.SPLIT)
        self.lanes.show_rows(state.lanes, state.lane)
        self.lanes.setVisible(bool(state.lanes))
        self.lanes_empty.setVisible(not state.lanes)
        self.waiting.show_rows(state.waiting, state.visit)
        self.waiting.setVisible(bool(state.waiting))
        self.waiting_empty.setVisible(not state.waiting)
        self.waiting_title.show_text(state.waiting_title)
        self.open_visit.show_action(state.open_visit)

    def _show_right(self, state: ControlState) -> None:
        detail = state.detail
        items, tiles = (detail.items, detail.tiles) if detail else ((), ())
        is_lost = any(tile.cause for tile in tiles)
        is_low = self.window().height() < ALONE_LOW_PX
        self.items.show_most(FEW_ITEMS - 1 if is_low else MOST_ITEMS)
        self.items.show_rows(items, detail.item if detail else "")
        self.items.setVisible(bool(items))
        self.items_empty.setVisible(not items)
        self.items_title.show_text(detail.items_title if detail else self.words("ui.items.title"))
        self.tiles.show_tiles(tiles)
        self.devices_card.setVisible(bool(tiles))
        self.happened.show_rows(state.happenings)
        self.happened_title.show_text(state.happenings_title)
        # on a small screen the advice for a lost instrument and the items need the room more
        is_full = len(items) > FEW_ITEMS and any((state.alarm, state.banner))
        height = self.window().height()
        self.happened_card.setVisible(height >= (ROOMY_PX if is_lost or is_full else LOW_PX))

    def _show_lane(self, detail: LaneState) -> None:
        self.car.show_car(detail.car)
        self.prompt.show_prompt(detail.prompt)
        self.result.set_low(self.window().height() < ALONE_LOW_PX)
        self.result.show_result(detail.result)

    def show_curves(self, samples: Samples | None, curves: Curves, live: LiveExhaust | None = None) -> None:
        """Draw what has come of the curves that are in sight."""
        if self.shown is None:
            return
        detail = self.shown.detail
        if self.shown.mode is Mode.OVERVIEW:
            self.overview.show_curves(curves)
        elif detail is not None:
            is_alone = self.shown.mode is Mode.FULL
            card, exhaust = (self.alone.curve, self.alone.exhaust) if is_alone else (self.curve, self.exhaust)
            card.setVisible(detail.exhaust is None)
            has_room = is_alone or not detail.result.cards or self.window().height() >= ALONE_LOW_PX
            exhaust.setVisible(detail.exhaust is not None and has_room)
            if detail.exhaust is not None:
                exhaust.show_exhaust(detail.exhaust, live.trace if live is not None else None)
            else:
                card.show_curve(detail.curve, samples)

    def set_scale(self, scale: float) -> None:
        """Give larger screens wider columns; the look gives larger rows and text."""
        self._scale = scale
        self.left.setFixedWidth(self._px(LEFT_PX))
        self.right.setFixedWidth(self._px(RIGHT_PX))
        self.summary.setFixedWidth(self._px(SUMMARY_PX))
        if self.shown is not None:
            self._show_left(self.shown)
            self._show_right(self.shown)

    def _px(self, size_px: int) -> int:
        return round(size_px * self._scale)
