"""The counter window's body: where everything stands, and how a state is painted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from carcheck_desktop.ui.counter.draft.fields import FieldPage
from carcheck_desktop.ui.counter.pages.ends import DonePage
from carcheck_desktop.ui.counter.pages.filling import PREFIX
from carcheck_desktop.ui.counter.pages.form import FormPage
from carcheck_desktop.ui.counter.pages.known import KnownPage
from carcheck_desktop.ui.counter.pages.pay import PayPage
from carcheck_desktop.ui.counter.pages.person import PersonPage
from carcheck_desktop.ui.counter.pages.plan import PlanPage
from carcheck_desktop.ui.counter.pages.side import Side
from carcheck_desktop.ui.counter.pages.start import LookUpPage
from carcheck_desktop.ui.counter.state import (
    DoneState,
    FormState,
    KnownState,
    LookUpState,
    Page,
    PayState,
    PersonState,
    PlanState,
)
from carcheck_desktop.ui.counter.telling.actions import OPEN, PAY
from carcheck_desktop.ui.counter.visit.page import VisitPage
from carcheck_desktop.ui.counter.visit.scanning import ScanEar
from carcheck_desktop.ui.counter.visit.state import VisitState
from carcheck_desktop.ui.frame.cards import SignInPage
from carcheck_desktop.ui.frame.head import Head
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.forms.action_bar import SEEN_S, ActionBar
from carcheck_desktop.ui.widgets.forms.stepper import Stepper
from carcheck_desktop.ui.widgets.notices.banner import Banners
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.states import PlaceState
from carcheck_desktop.ui.widgets.notices.toast import Toasts
from carcheck_desktop.ui.widgets.notices.training_ribbon import TrainingRibbon

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import Content, CounterState
    from carcheck_desktop.ui.widgets.forms.states import ActionBarState

SIDE_PX = 264
BOUNCE_S = 0.15
"""Between two screens only the bounce of a key is not taken: who knows the way goes fast. The price is to be seen: before a visit is
opened and before money a second key is not taken for SETTLE_S after the first, nor for SEEN_S after its answer came."""


class CounterBody(QFrame):
    """Header, where in the intake, one screen, today's visits, and the action bar, which never moves.

    `typed` carries a field and its text, `confirmed` a field whose doubtful value somebody stands by.
    """

    typed = Signal(str, str)
    confirmed = Signal(str)

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        super().__init__()
        self._words, self._today = words, today
        self.shown: CounterState | None = None
        self._focused = 0
        self.setObjectName("counter_body")
        self.setProperty("kind", "canvas")
        self.setAttribute(qt.STYLED)
        self.head = Head()
        self.ribbon = TrainingRibbon(words("ui.training.ribbon"))
        self.banners = Banners("station_banners", words)
        self.steps = Stepper("steps")
        self.buttons = ActionBar("action_bar", named="{}_button")
        self.buttons.seen_s = SEEN_S
        self.buttons.primary.setObjectName("primary_button")
        self.side = Side(words)
        self.sign_in, self.look_up, self.waiting = SignInPage(words), LookUpPage(words), Place("waiting_page", 48)
        self.known, self.person, self.plan = KnownPage(words), PersonPage(words), PlanPage(words)
        self.done, self.visit, self.pay = DonePage(words), VisitPage(words), PayPage(words)
        self.pages: dict[Page, QWidget] = {
            Page.SIGN_IN: self.sign_in, Page.LOOK_UP: self.look_up, Page.WAITING: self.waiting,
            Page.KNOWN: self.known, Page.PERSON: self.person, Page.PLAN: self.plan, Page.DONE: self.done,
            Page.VISIT: self.visit, Page.PAY: self.pay,
        }  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        for page in self.pages.values():
            self.stack.addWidget(page)
        left = column(self.steps, spacing=SPACE_S)
        left.addWidget(self.stack, 1)
        middle = row(spacing=SPACE_M)
        middle.addLayout(left, 1)
        middle.addWidget(self.side)
        inner = column(self.banners, spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2))
        inner.addLayout(middle, 1)
        whole = column(self.head, self.ribbon, spacing=0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.buttons)
        self.setLayout(whole)
        self.toasts = Toasts(self, words, above=self.buttons)
        self.ear = ScanEar(self.look_up.plate.line)
        self.person.typed.connect(self.typed)
        self.pay.typed.connect(self.typed)

    def form(self, page: Page) -> FormPage:
        """Return the screen of a page of fields; made once the station's day is known, which dates are read by."""
        made = self.pages.get(page)
        if not isinstance(made, FormPage):
            made = FormPage(self._words, FieldPage(page.value), self._today())
            made.typed.connect(self.typed)
            made.confirmed.connect(self.confirmed)
            self.pages[page] = made
            self.stack.addWidget(made)
        return made

    # -- paint -------------------------------------------------------------------------------

    def show_state(self, state: CounterState) -> None:
        """Paint a state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        self.head.show_head(state.head)
        self.ribbon.setVisible(state.head.training)
        self.banners.show_banners(state.banners)
        self.steps.show_steps(state.steps)
        self._show_content(state.content)
        self.stack.setCurrentWidget(self.pages[state.page])
        self.side.show_side(state.side)
        self.buttons.settle_s = None if state.actions.next.key in (OPEN, PAY) else BOUNCE_S
        self._show_actions(state.actions)
        self.toasts.show_said(before.toasts if before is not None else (), state.toasts)
        if state.focus[0] != self._focused:
            self._focused = state.focus[0]
            self._lead(state.focus[1])

    def _show_actions(self, state: ActionBarState) -> None:
        """Show the bar; the keyboard waits here while the next action is busy, and comes back to it."""
        primary = self.buttons.primary
        was_there = primary.hasFocus() or self.hasFocus()
        if was_there and (state.busy or not state.next.enabled):
            self.setFocus()
        self.buttons.show_actions(state)
        if was_there and primary.isEnabled():
            primary.setFocus()

    def _show_content(self, content: Content) -> None:
        shown: object = content
        if isinstance(shown, LookUpState):
            self.look_up.show_page(shown)
        elif isinstance(shown, PlaceState):
            self.waiting.show_place(shown)
        elif isinstance(shown, KnownState):
            self.known.show_page(shown)
        elif isinstance(shown, FormState):
            self.form(Page(shown.page.value)).show_page(shown)
        elif isinstance(shown, PersonState):
            self.person.show_page(shown)
        elif isinstance(shown, PlanState):
            self.plan.show_page(shown)
        else:
            self._show_end(shown)

    def _show_end(self, shown: object) -> None:
        if isinstance(shown, PayState):
            self.pay.show_page(shown)
        if isinstance(shown, DoneState):
            self.done.show_page(shown)
        if isinstance(shown, VisitState):
            self.visit.show_page(shown)

    # -- keyboard ----------------------------------------------------------------------------

    def _lead(self, name: str) -> None:
        """Put the keyboard where the intake goes on."""
        target = self.findChild(QWidget, f"{PREFIX}{name}") or self.findChild(QWidget, name)
        (target if target is not None else self.buttons.primary).setFocus()
        if target is self.pay.field.control:
            self.pay.select()

    def focused_field(self) -> str:
        """Return the field that has the keyboard, "" when it is elsewhere."""
        focused = cast("QWidget | None", self.window().focusWidget())
        name = focused.objectName() if focused is not None else ""
        return name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""

    def set_scale(self, scale: float) -> None:
        """Give larger screens a wider list of visits."""
        self.side.setFixedWidth(look_of(self).px(SIDE_PX))
