"""The sheet of a verdict: cards under one edition or two, the curve with its limit, the derivation; Esc or Enter closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.verdict.telling import AGAIN
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.verdict_card import VerdictCard
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.sheets.sheet import KEEP, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.verdict.asking import VerdictQuestion
    from carcheck_desktop.ui.verdict.state import SectionState, SideState
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar

WIDE, HIGH = 1180, 560
"""What the sheet would like to have at scale 1; a smaller window gives less."""


class Side(QFrame):
    """One card with the edition above it and what is to be said about that below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_side")
        self.setProperty("kind", "clear")
        self._caption = Label("", "section", elided=True)
        self._card = VerdictCard(name)
        self._note = Label("", "caption", wrap=True)
        self.setLayout(column(self._caption, self._card, self._note, spacing=SPACE_XS))

    def show_side(self, state: SideState | None) -> None:
        """Show another card, or hide."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._caption.show_text(state.caption)
        self._card.setVisible(state.card is not None)
        if state.card is not None:
            self._card.show_card(state.card)
        self._note.show_text(state.note)
        self._note.setVisible(bool(state.note))


class Derivation(QScrollArea):
    """The derivation line by line; a tab stop that scrolls by the arrow keys."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("verdict_derivation")
        self.setAccessibleName(words("ui.verdict.derivation"))
        self.setProperty("kind", "paper")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setFocusPolicy(qt.STRONG_FOCUS)
        self._state: tuple[SectionState, ...] = ()
        self._fill()

    def show_sections(self, state: tuple[SectionState, ...]) -> None:
        """Show other derivations, from the top."""
        if state == self._state:
            return
        self._state = state
        self._fill()
        self.setAccessibleDescription(" ".join(line for section in state for line in (section.title, *section.lines)))
        self.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        inner = panel("clear", "verdict_lines_all")
        lines = column(spacing=SPACE_S, margins=(SPACE_M, SPACE_M, SPACE_M, SPACE_M))
        for number, section in enumerate(self._state):
            lines.addWidget(Label(section.title, "section", wrap=True))
            for text in section.lines:
                lines.addWidget(Label(text, "value" if "=" in text else "", wrap=True))
            grounds = Pairs(f"verdict_grounds_{number}", 1, wraps=True)
            grounds.show_pairs(section.grounds)
            lines.addWidget(grounds)
            lines.addSpacing(SPACE_M)
        lines.addStretch(1)
        inner.setLayout(lines)
        self.setWidget(inner)
        self._fit()

    def _fit(self) -> None:
        """Give wrapped words the height they need; what has no room scrolls."""
        inner = self.widget()
        layout = inner.layout() if inner is not None else None
        width = self.viewport().width()
        if inner is not None and layout is not None and layout.hasHeightForWidth() and width > 1:
            inner.setMinimumHeight(layout.totalHeightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class VerdictSheet(Sheet):
    """Why a verdict is as it is, over any window; follows its question."""

    def __init__(self, window: QWidget, words: Words, bar: ActionBar | None, question: VerdictQuestion) -> None:
        super().__init__(window, "verdict_sheet", words("ui.verdict.name"), words("ui.verdict.close"), bar)
        self._question = question
        self._heading = self.findChildren(Label, "verdict_sheet_title")[0]
        self._simulated = Chip("verdict_simulated")
        self.quantities = ChoiceGroup("verdict_quantity", words("ui.verdict.quantities"))
        self.editions = ChoiceGroup("verdict_edition", words("ui.verdict.editions"))
        self._editions_label = Label(words("ui.verdict.editions"), "muted")
        self.recorded, self.other = Side("verdict_recorded"), Side("verdict_other")
        self.curve = CurveCard(words, "verdict_curve")
        self.derivation = Derivation(words)
        self.place = Place("verdict_place")
        self.pane = Pane()
        self._lay_out()
        self.primary.hide()
        self.banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its words are never cut
        self.cancel.setDefault(False)
        self.first = self.cancel
        self.quantities.chosen.connect(self._choose_quantity)
        self.editions.chosen.connect(self._choose_edition)
        self.place.acted.connect(self._ask_again)
        self.finished.connect(lambda _: question.close())
        question.changed = self.refresh
        question.ask()
        self.refresh()

    def _lay_out(self) -> None:
        self.foot.insertWidget(0, self._simulated)
        choices = row(self.quantities, spacing=SPACE_M)
        choices.addStretch(1)
        choices.addWidget(self._editions_label)
        choices.addWidget(self.editions)
        self._choices = panel("clear", "verdict_choices")
        self._choices.setLayout(choices)
        sides = row(spacing=SPACE_M)
        for side in (self.recorded, self.other):
            side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            sides.addWidget(side, 1, qt.TOP)
        left = column(spacing=SPACE_S)
        left.addLayout(sides)
        left.addWidget(self.curve, 1)
        self._no_curve = panel("clear", "verdict_no_curve")
        left.addWidget(self._no_curve, 1)
        body = row(spacing=SPACE_L)
        body.addLayout(left, 3)
        body.addWidget(self.derivation, 2)
        shown = panel("clear", "verdict_shown")
        inner = column(self._choices, spacing=SPACE_S)
        inner.addLayout(body, 1)
        shown.setLayout(inner)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(self.place)
        whole = column(spacing=SPACE_S)
        whole.addWidget(self._stack, 1)
        self.pane.setLayout(whole)
        self.body.addWidget(self.pane, 1)

    def refresh(self) -> None:
        """Show what the question has been answered with so far."""
        state, trace = self._question.state(), self._question.trace
        self._heading.show_text(state.headline)
        self.setAccessibleName(state.headline)
        self._simulated.setVisible(bool(state.simulated))
        self._simulated.show_chip(Tone.CAUTION, "flask-conical", state.simulated)
        self.banner.show_banner(state.banner)
        self._stack.setCurrentIndex(0 if state.place is None else 1)
        if state.place is not None:
            self.place.show_place(state.place)
        for group, choice in ((self.quantities, state.quantities), (self.editions, state.editions)):
            group.setVisible(choice is not None)
            if choice is not None:
                group.show_choice(choice)
        self._editions_label.setVisible(state.editions is not None)
        self._choices.setVisible(state.quantities is not None or state.editions is not None)
        self.recorded.show_side(state.recorded)
        self.other.show_side(state.other)
        self.curve.setVisible(state.plot is not None)
        self._no_curve.setVisible(state.plot is None)
        if state.plot is not None:
            self.curve.show_plot(state.plot, trace)
        self.derivation.show_sections(state.sections)

    def _place(self) -> None:
        """Leave what warns and what stops uncovered: this sheet is as high as its window has room between them."""
        super()._place()
        window = self.parentWidget()
        if window is None:
            return
        top, bottom = KEEP, window.height() - KEEP
        for part in (*self._spared, *(self._bar.spared if self._bar is not None else ())):
            if part.isVisible():
                at = part.mapTo(window, part.rect().topLeft()).y()
                if at < window.height() // 2:
                    top = max(top, at + part.height() + KEEP)
                else:
                    bottom = min(bottom, at - KEEP)
        card = self.card.geometry()
        height = max(self.card.minimumSizeHint().height(), min(card.height(), bottom - top))
        self.card.setGeometry(card.x(), top + max(0, bottom - top - height) // 2, card.width(), height)
        self._spare_all()

    def _choose_quantity(self, quantity: str) -> None:
        self._question.choose_quantity(quantity)
        self.refresh()

    def _choose_edition(self, edition: str) -> None:
        self._question.choose_edition(edition)
        self.refresh()

    def _ask_again(self, key: str) -> None:
        if key == AGAIN:
            self._question.ask()
            self.refresh()


class Pane(QFrame):
    """Everything of the sheet, as large as its window allows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("verdict_pane")
        self.setProperty("kind", "clear")

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(WIDE), look.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(480), look.px(260))

    def hasHeightForWidth(self) -> bool:
        """Words scroll here instead of asking for more height."""
        return False
