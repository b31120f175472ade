"""The keys window's body: where everything stands, and how a state is painted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from carcheck_desktop.ui.frame.cards import SignInPage
from carcheck_desktop.ui.frame.head import Head
from carcheck_desktop.ui.frame.window import Body
from carcheck_desktop.ui.keys.pages import ArrivalPage, CarPage, ListPage
from carcheck_desktop.ui.keys.state import KeysState, Page
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.notices.banner import Banners
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

SIDE_PX = 470


class KeysBody(Body):
    """Header, the large car, the key board, and the action bar, which never moves."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.shown: KeysState | None = None
        self._focused = 0
        self.setObjectName("keys_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.head = Head()
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.banners = Banners("station_banners", words)
        self.buttons = ActionBar("action_bar", named="{}_button")
        self.buttons.primary.setObjectName("primary_button")
        self.sign_in, self.car, self.arrival = SignInPage(words), CarPage(words), ArrivalPage(words)
        self.nothing = panel("card", "nothing_page")
        self.nothing_place = Place("nothing_place", 48)
        self.nothing.setLayout(column(self.nothing_place))
        self.pages = QStackedWidget()
        for page in (self.sign_in, self.car, self.nothing, self.arrival):
            self.pages.addWidget(page)
        self.side = ListPage(words)
        middle = row(spacing=SPACE_M)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.side)
        inner = column(self.banners, spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2))
        inner.addLayout(middle, 1)
        whole = column(self.head, self.ribbon, spacing=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.buttons)
        self.setLayout(whole)
        self.toasts = Toasts(self, words, above=self.buttons)

    def show_state(self, state: KeysState) -> None:
        """Paint a state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        self.head.show_head(state.head)
        self.ribbon.setVisible(state.head.training)
        self.banners.show_banners(state.banners)
        if state.car is not None:
            self.car.show_car(state.car)
        if state.place is not None:
            self.nothing_place.show_place(state.place)
        self.side.show_list(state.cars)
        self.side.setVisible(state.page is Page.BOARD)
        self.arrival.show_arrival(state.arrival)
        self.pages.setCurrentWidget(self._page(state))
        self.buttons.show_actions(state.actions)
        self.toasts.show_said(before.toasts if before is not None else (), state.toasts)
        if state.focus[0] != self._focused:
            self._focused = state.focus[0]
            self._lead(state.focus[1])

    def _page(self, state: KeysState) -> QWidget:
        if state.page is Page.SIGN_IN:
            return self.sign_in
        if state.page is Page.ARRIVAL:
            return self.arrival
        return self.car if state.car is not None else self.nothing

    def _lead(self, name: str) -> None:
        target = self.findChild(QWidget, name)
        is_there = target is not None and target.isVisibleTo(self)
        (target if target is not None and is_there else self.buttons.primary).setFocus()

    def set_scale(self, scale: float) -> None:
        """Give larger screens a wider key board."""
        self.side.setFixedWidth(look_of(self).px(SIDE_PX))
