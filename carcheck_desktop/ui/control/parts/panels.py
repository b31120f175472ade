"""The parts of the control window: header, car, result; they only paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.card_row import CardRow
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.notices.banner import Banner
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.state import CarState, HeaderState, ResultState


MOST_CARDS = 3
"""So many verdicts have room beside each other as cards; more are said in a line each."""
PERSON_PX = 120
"""Room for who is signed in beside the longest name of a station, at scale 1."""


class Header(QFrame):
    """The dark bar: station, link, clock, who is signed in."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setProperty("kind", "bar")
        self.setAttribute(qt.STYLED)
        sign = Icon(24)
        sign.show_icon("gauge", Tone.NEUTRAL, "bar_text")
        self._station = Label("", "title", elided=True)
        self.modes = ChoiceGroup("mode", words("ui.mode.label"))
        self.happened = ActionButton("happened_button", "bar")
        self._link = Chip("link_chip")
        self._clock = Label("", "title")
        self._clock.setObjectName("clock")
        person = Icon(18)
        person.show_icon("user-round", Tone.NEUTRAL, "bar_muted")
        self._person = Label("", elided=True)
        self._person.setObjectName("person")
        self._person.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.sign = ActionButton("sign_button", "bar")
        line = row(spacing=SPACE_M, margins=(SPACE_L, 6, SPACE_L, 6))
        for left in (sign, self._station):
            line.addWidget(left)
        self._station.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line.addStretch(1)
        line.addWidget(self.modes)
        line.addWidget(self.happened)
        line.addWidget(self._link)
        line.addWidget(self._clock)
        line.addSpacing(SPACE_M)
        for right in (person, self._person, self.sign):
            line.addWidget(right)
        self.setLayout(line)

    def show_header(self, state: HeaderState) -> None:
        """Show another state."""
        self._station.show_text(state.station)
        self._link.show_chip(state.link_tone, state.link_icon, state.link_text)
        self._clock.show_text(state.clock)
        self._person.show_text(state.person)
        self._person.setMinimumWidth(min(self._person.sizeHint().width(), look_of(self).px(PERSON_PX)))
        self.sign.show_action(state.sign)
        self.happened.show_action(state.happened)
        self.happened.show_role("" if state.has_unseen else "bar")
        self.modes.show_choice(state.modes)


class CarCard(QFrame):
    """Plate, and what the licence says."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("car_card")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._headline = Label("", "caption")
        self._plate = Plate("plate", 38)
        self._pairs = Pairs("car_pairs", wraps=True)
        plate = column(spacing=2)
        plate.addStretch(1)
        plate.addWidget(self._headline)
        plate.addWidget(self._plate)
        plate.addStretch(1)
        line = row(spacing=SPACE_L, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S))
        line.addLayout(plate)
        line.addWidget(self._pairs, 1)
        self.setLayout(line)
        # a fixed one would not grow with values that break into lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_car(self, state: CarState) -> None:
        """Show another car, or that there is none."""
        self.setVisible(state.plate is not None)
        self._headline.show_text(state.headline)
        self._plate.show_plate(state.plate)
        self._pairs.show_pairs(state.pairs)


class ResultCard(QFrame):
    """What the chosen item came to; a `tall` one puts its facts below each other.

    `asked` carries the key of the verdict that somebody wants explained.
    """

    asked = Signal(str)

    def __init__(self, place: str = "", *, tall: bool = False) -> None:
        super().__init__()
        prefix = f"{place}_" if place else ""
        self.setObjectName(f"{prefix}result_card")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "section")
        self._cards = CardRow(f"{prefix}verdict_cards")
        self._lines = CardRow(f"{prefix}verdict_lines", compact=True)
        for cards in (self._cards, self._lines):
            cards.pressed.connect(self.asked)
        self._is_low = False
        self._facts = Pairs(f"{prefix}result_facts", 2 if tall else 4, wraps=True)
        self._void = Banner(f"{prefix}result_void", narrow=tall)
        self._empty = Label("", "muted", wrap=True)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        head = row(self._title, spacing=SPACE_L)
        head.addWidget(self._empty, 1)
        whole.addLayout(head)
        for part in (self._void, self._cards, self._lines, self._facts):
            whole.addWidget(part)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_low(self, low: bool) -> None:
        """Say each verdict in one line where there is little height; the next state is shown so."""
        self._is_low = low

    def show_result(self, state: ResultState) -> None:
        """Show another item's result."""
        self._title.show_text(state.title)
        is_low = self._is_low or len(state.cards) > MOST_CARDS
        (self._lines if is_low else self._cards).show_cards(state.cards)
        self._cards.setVisible(bool(state.cards) and not is_low)
        self._lines.setVisible(bool(state.cards) and is_low)
        self._facts.show_pairs(state.facts)
        self._facts.setVisible(bool(state.facts))
        self._void.show_banner(BannerState(Tone.CAUTION, "circle-alert", "", state.void) if state.void else None)
        is_empty = not (state.cards or state.facts or state.void)
        self._empty.setVisible(is_empty)
        self._empty.show_text(state.empty)


def section(name: str, title: Label, *parts: QWidget) -> QFrame:
    """Return a card with a section title."""
    made = panel("card", name)
    inner = column(spacing=6, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_M))
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    inner.addWidget(title)
    for part in parts:
        inner.addWidget(part)
    made.setLayout(inner)
    return made
