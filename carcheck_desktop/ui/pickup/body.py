"""The pickup window's body: where everything stands, and how a state is painted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from carcheck_desktop.ui.frame.cards import SignInPage
from carcheck_desktop.ui.frame.head import Head
from carcheck_desktop.ui.frame.window import Body
from carcheck_desktop.ui.pickup.state import Page
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.search_box import SearchBox
from carcheck_desktop.ui.widgets.notices.banner import Banner, Banners
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.pickup.state import PickupState, SideState, VisitState
    from carcheck_desktop.ui.widgets.data.states import RowState
    from carcheck_desktop.ui.widgets.notices.states import PlaceState

SIDE_PX, ROW_PX, HOLD_PX, PAPER_PX = 300, 56, 64, 50


class Side(QFrame):
    """Search and visits; `chosen` carries a visit, `searched` what is looked for."""

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "section", elided=True)
        self.box = SearchBox("visit_search", words("ui.pickup.side.search"), words("ui.pickup.side.search_hint"))
        self.rows = RowList("visit_list", words("ui.pickup.side.list"), ROW_PX)
        self._place = Place("visit_list_place", 28)
        margins = (SPACE_M, SPACE_S + 2, SPACE_M, SPACE_M)
        self.setLayout(column(self._title, self.box, self.rows, self._place, spacing=SPACE_S, margins=margins))
        self.box.searched.connect(self.searched)
        self.box.moved_down.connect(self.enter)
        self.rows.chosen.connect(self.chosen)

    def enter(self) -> None:
        """Put the keyboard on the rows, on the first when none is chosen."""
        if not self.rows.rows:
            return
        self.rows.setFocus()
        if not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.rows.model().index(0, 0))

    def show_side(self, state: SideState) -> None:
        """Show another state."""
        self._title.show_text(state.title)
        self.box.show_search(state.search)
        self.rows.show_rows(state.rows, state.chosen)
        self.rows.setVisible(state.place is None)
        self._place.setVisible(state.place is not None)
        if state.place is not None:
            self._place.show_place(state.place)


class Part(QFrame):
    """A titled list, or why it is empty."""

    def __init__(self, name: str, label: str, row_px: int) -> None:
        super().__init__()
        self.setObjectName(f"{name}_part")
        self._title = Label(label, "section")
        self.rows = RowList(name, label, row_px)
        self._place = Place(f"{name}_place", 28)
        self.setLayout(column(self._title, self.rows, self._place, spacing=SPACE_S))

    def show_part(self, title: str, rows: tuple[RowState, ...], place: PlaceState | None, chosen: str = "") -> None:
        """Show other rows."""
        self._title.show_text(title)
        self.rows.show_rows(rows, chosen)
        self.rows.setVisible(place is None)
        self._place.setVisible(place is not None)
        if place is not None:
            self._place.show_place(place)


class VisitPage(QFrame):
    """One visit: what holds it on the left, its papers on the right."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("visit_page")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._plate = Plate("visit_plate", 46)
        self._headline = Label("", "title", wrap=True)
        self._headline.setObjectName("visit_title")
        self._stage = Chip("visit_stage")
        self._pairs = Pairs("visit_pairs", 4, wraps=True)
        self._doubt = Banner("paper_doubt", narrow=True)
        self.holds = Part("hold_list", words("ui.pickup.holds"), HOLD_PX)
        self.papers = Part("paper_list", words("ui.pickup.papers"), PAPER_PX)
        head = row(self._plate, spacing=SPACE_L)
        head.addWidget(self._headline, 1)
        head.addWidget(self._stage)
        both = row(spacing=SPACE_L)
        both.addWidget(self.holds, 1)
        both.addWidget(self.papers, 1)
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        inner.addLayout(head)
        inner.addWidget(self._pairs)
        inner.addWidget(self._doubt)
        inner.addLayout(both, 1)
        self.setLayout(inner)

    def show_visit(self, state: VisitState) -> None:
        """Show another visit."""
        self._plate.show_plate(state.plate)
        self._headline.show_text(state.headline)
        self._stage.show_chip(state.stage.tone, state.stage.icon, state.stage.text)
        self._pairs.show_pairs(state.pairs)
        self._doubt.show_banner(state.doubt)
        self.holds.show_part(state.holds_title, state.holds, state.no_holds)
        self.papers.show_part(state.papers_title, state.papers, state.no_papers, state.paper)


class PickupBody(Body):
    """Header, visits, one visit, and the action bar, which never moves."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.shown: PickupState | None = None
        self._focused = 0
        self.setObjectName("pickup_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.head = Head()
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.banners = Banners("station_banners", words)
        self.buttons = ActionBar("action_bar", named="{}_button")
        self.buttons.primary.setObjectName("primary_button")
        self.sign_in, self.side, self.visit = SignInPage(words), Side(words), VisitPage(words)
        self.nothing = panel("card", "nothing_page")
        self.nothing_place = Place("nothing_place", 48)
        self.nothing.setLayout(column(self.nothing_place))
        self.pages = QStackedWidget()
        for page in (self.sign_in, self.visit, self.nothing):
            self.pages.addWidget(page)
        middle = row(self.side, spacing=SPACE_M)
        middle.addWidget(self.pages, 1)
        inner = column(self.banners, spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2))
        inner.addLayout(middle, 1)
        whole = column(self.head, self.ribbon, spacing=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.buttons)
        self.setLayout(whole)
        self.toasts = Toasts(self, words, above=self.buttons)

    def show_state(self, state: PickupState) -> None:
        """Paint a state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        self.head.show_head(state.head)
        self.ribbon.setVisible(state.head.training)
        self.banners.show_banners(state.banners)
        self.side.show_side(state.side)
        if state.visit is not None:
            self.visit.show_visit(state.visit)
        self.nothing_place.show_place(state.nothing)
        page: QWidget = self.visit if state.visit is not None else self.nothing
        self.pages.setCurrentWidget(self.sign_in if state.page is Page.SIGN_IN else page)
        self.side.setVisible(state.page is Page.DESK)
        self._show_actions(state)
        self.toasts.show_said(before.toasts if before is not None else (), state.toasts)
        if state.focus[0] != self._focused:
            self._focused = state.focus[0]
            self._lead(state.focus[1])

    def _show_actions(self, state: PickupState) -> None:
        """Show the bar; the keyboard waits here while the next action is busy, and comes back to it."""
        primary = self.buttons.primary
        was_there = primary.hasFocus() or self.hasFocus()
        if was_there and (state.actions.busy or not state.actions.next.enabled):
            self.setFocus()
        self.buttons.show_actions(state.actions)
        if was_there and primary.isEnabled():
            primary.setFocus()

    def _lead(self, name: str) -> None:
        target = self.findChild(QWidget, name)
        is_there = target is not None and target.isVisibleTo(self)
        (target if target is not None and is_there else self.buttons.primary).setFocus()

    def set_scale(self, scale: float) -> None:
        """Give larger screens a wider list."""
        self.side.setFixedWidth(look_of(self).px(SIDE_PX))
