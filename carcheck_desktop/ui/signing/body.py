"""The signing window's body: where everything stands, and how a state is painted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from carcheck_desktop.ui.frame.cards import SignInPage
from carcheck_desktop.ui.frame.head import Head
from carcheck_desktop.ui.frame.window import Body
from carcheck_desktop.ui.signing.state import Page, Side
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.data.table.table import Table
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.field import text_field
from carcheck_desktop.ui.widgets.notices.banner import Banner, Banners
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon
from carcheck_desktop.ui.widgets.paper.view import PaperView

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.signing.state import LargeReport, QueueState, SigningWindowState

SIDE_PX, PIN_PX, ROW_PX = 264, 300, 56


class Queue(QFrame):
    """What waits for a signature; `chosen` carries a visit."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "section", elided=True)
        self.rows = RowList("queue_list", words("ui.signing.queue.list"), ROW_PX)
        self._place = Place("queue_place", 28)
        margins = (SPACE_M, SPACE_S + 2, SPACE_M, SPACE_M)
        self.setLayout(column(self._title, self.rows, self._place, spacing=SPACE_S, margins=margins))
        self.rows.chosen.connect(self.chosen)

    def show_queue(self, state: QueueState) -> None:
        """Show another state."""
        self._title.show_text(state.title)
        self.rows.show_rows(state.rows, state.chosen)
        self.rows.setVisible(state.place is None)
        self._place.setVisible(state.place is not None)
        if state.place is not None:
            self._place.show_place(state.place)


class ReportPage(QFrame):
    """One report: values or paper, and the PIN; `typed` says that somebody types it."""

    typed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("report_page")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._plate = Plate("report_plate", 46)
        self._headline = Label("", "title", wrap=True)
        self._headline.setObjectName("report_title")
        self._outcome = Chip("report_outcome")
        self._own = Banner("own_test", narrow=True)
        self._pairs = Pairs("report_pairs", 3, wraps=True)
        self.values = Table("report_values", words("ui.signing.values"))
        self.paper = PaperView("report_paper", words("ui.signing.paper"), words("ui.training.ribbon"))
        self.paper_place = Place("report_paper_place")
        self.sides = QStackedWidget()
        for part in (self.values, self.paper, self.paper_place):
            self.sides.addWidget(part)
        self.pin = text_field("sign_pin", words("ui.signing.pin"), self._type, secret=True)
        self._hint = Label(words("ui.signing.pin_hint"), "caption", wrap=True)
        head = row(self._plate, spacing=SPACE_L)
        head.addWidget(self._headline, 1)
        head.addWidget(self._outcome)
        self.foot = row(spacing=SPACE_L)
        self.foot.addWidget(self._hint, 1)
        self.foot.addWidget(self.pin)
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        inner.addLayout(head)
        inner.addWidget(self._own)
        inner.addWidget(self._pairs)
        inner.addWidget(self.sides, 1)
        inner.addLayout(self.foot)
        self.setLayout(inner)

    def _type(self) -> None:
        if hasattr(self, "pin"):
            self.typed.emit(self.pin.value())

    def take_pin(self) -> str:
        """Return the PIN and forget it."""
        pin = self.pin.value()
        if isinstance(self.pin.control, QLineEdit):
            self.pin.control.clear()
        return pin

    def show_report(self, state: LargeReport) -> None:
        """Show another report."""
        self._plate.show_plate(state.plate)
        self._headline.show_text(state.headline)
        self._outcome.show_chip(state.outcome.tone, state.outcome.icon, state.outcome.text)
        self._own.show_banner(state.own_test)
        self._pairs.show_pairs(state.pairs)
        self.pin.setVisible(state.to_sign)
        self._hint.setVisible(state.to_sign)
        self.values.show_table(state.values)
        self.paper.show_document(state.document)
        if state.paper is not None:
            self.paper_place.show_place(state.paper)
        beside = self.paper if state.paper is None else self.paper_place
        self.sides.setCurrentWidget(self.values if state.side is Side.VALUES else beside)


class SigningBody(Body):
    """Header, queue, one report, and the action bar, which never moves."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.shown: SigningWindowState | None = None
        self._focused = 0
        self.setObjectName("signing_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.head = Head()
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.banners = Banners("station_banners", words)
        self.buttons = ActionBar("action_bar", named="{}_button")
        self.buttons.primary.setObjectName("primary_button")
        self.sign_in = SignInPage(words)
        self.queue, self.report = Queue(words), ReportPage(words)
        self.nothing = panel("card", "nothing_page")
        self.nothing_place = Place("nothing_place", 48)
        self.nothing.setLayout(column(self.nothing_place))
        self.pages = QStackedWidget()
        for page in (self.sign_in, self.report, self.nothing):
            self.pages.addWidget(page)
        middle = row(self.queue, spacing=SPACE_M)
        middle.addWidget(self.pages, 1)
        inner = column(self.banners, spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2))
        inner.addLayout(middle, 1)
        whole = column(self.head, self.ribbon, spacing=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.buttons)
        self.setLayout(whole)
        self.toasts = Toasts(self, words, above=self.buttons)

    def show_state(self, state: SigningWindowState) -> None:
        """Paint a state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        self.head.show_head(state.head)
        self.ribbon.setVisible(state.head.training)
        self.banners.show_banners(state.banners)
        self.queue.show_queue(state.queue)
        if state.report is not None:
            self.report.show_report(state.report)
        if state.queue.place is not None:
            self.nothing_place.show_place(state.queue.place)
        page: QWidget = self.report if state.report is not None else self.nothing
        self.pages.setCurrentWidget(self.sign_in if state.page is Page.SIGN_IN else page)
        self.queue.setVisible(bool(state.queue.rows))
        self.buttons.show_actions(state.actions)
        self.toasts.show_said(before.toasts if before is not None else (), state.toasts)
        is_first = state.report is not None and (before is None or before.report is None)
        if state.focus[0] != self._focused or is_first:
            self._focused = state.focus[0]
            self._lead(state.focus[1])

    def _lead(self, name: str) -> None:
        target = self.findChild(QWidget, name)
        is_there = target is not None and target.isVisibleTo(self)
        (target if target is not None and is_there else self.buttons.primary).setFocus()

    def set_scale(self, scale: float) -> None:
        """Give larger screens a wider queue."""
        look = look_of(self)
        self.queue.setFixedWidth(look.px(SIDE_PX))
        self.report.pin.setFixedWidth(look.px(PIN_PX))
