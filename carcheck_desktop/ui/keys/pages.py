"""The parts of the keys window: the large car, the cars beside it, the car that comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from carcheck_desktop.ui.frame.cards import card, centred
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField
from carcheck_desktop.ui.widgets.notices.place import Place

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.state import ArrivalState, CarState, ListState

PLATE_PX, SIGN_PX = 78, 34
LINK_PX, ROW_PX = 50, 64


class CarPage(QFrame):
    """One car, large: whose turn, what to do, who holds what since when, every handover."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("car_page")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._heading = Label("", "strong")
        self._heading.setObjectName("car_heading")
        self._plate = Plate("car_plate", PLATE_PX)
        self._number, self._tag = Label("", "prompt"), Chip("car_tag", 20)
        self._number.setObjectName("car_number")
        self._sign = Icon(SIGN_PX)
        self._doing = Label("", "headline", wrap=True)
        self._doing.setObjectName("car_doing")
        self._pairs = Pairs("car_holders", 1)
        self._chain_title = Label("", "section")
        self.chain = RowList("car_chain", words("ui.keys.chain.label"), LINK_PX)
        top = row(self._plate, spacing=SPACE_L)
        top.addWidget(self._number)
        top.addStretch(1)
        top.addWidget(self._tag)
        doing = row(self._sign, spacing=SPACE_M)
        doing.addWidget(self._doing, 1)
        inner = column(self._heading, spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        inner.addLayout(top)
        inner.addLayout(doing)
        inner.addWidget(self._pairs)
        inner.addWidget(self._chain_title)
        inner.addWidget(self.chain, 1)
        self.setLayout(inner)

    def show_car(self, state: CarState) -> None:
        """Show another car, or what changed of it."""
        self._heading.show_text(state.heading)
        self._plate.show_plate(state.plate)
        self._number.show_text(state.number)
        self._tag.setVisible(bool(state.tag))
        self._tag.show_chip(state.tone, "ticket", state.tag)
        self._sign.show_icon(state.icon, state.tone)
        self._doing.show_text(state.doing, state.tone)
        self._pairs.show_pairs(state.pairs)
        self._chain_title.show_text(state.chain_title)
        self.chain.show_rows(state.chain)


class ListPage(QFrame):
    """The key board or the cars in turn, with the line into which a scanner types."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("list_page")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self.search = QLineEdit()
        self.search.setObjectName("key_search")
        self.search.setAccessibleName(words("ui.keys.search.label"))
        self.search.setPlaceholderText(words("ui.keys.search.hint"))
        self.search.setClearButtonEnabled(True)
        self.which = ChoiceGroup("key_list_choice", words("ui.keys.list.label"))
        self.rows = RowList("key_list", words("ui.keys.list.label"), ROW_PX)
        self._place = Place("key_list_place", 32)
        margins = (SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        inner = column(self.search, self.which, spacing=SPACE_S, margins=margins)
        inner.addWidget(self.rows, 1)
        inner.addWidget(self._place, 1)
        self.setLayout(inner)
        self.rows.chosen.connect(self.chosen)

    def take_search(self) -> str:
        """Return what was scanned or typed, and forget it."""
        text = self.search.text().strip()
        self.search.clear()
        return text

    def show_list(self, state: ListState) -> None:
        """Show another list."""
        self.which.show_choice(state.which)
        self.rows.show_rows(state.rows, state.chosen)
        self.rows.setVisible(state.place is None)
        self._place.setVisible(state.place is not None)
        if state.place is not None:
            self._place.show_place(state.place)


class ArrivalPage(QWidget):
    """A car that comes: plate, kind, how it came."""

    typed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("arrival_page")
        self._is_filling = False
        self.plate = PlateField("arrival_plate", words("ui.intake.plate"), words, "", self._type)
        self.kind = ChoiceGroup("arrival_kind", words("ui.intake.plate_kind"))
        self.channel = ChoiceGroup("arrival_channel", words("ui.keys.arrival.channel"))
        self._known = Label("", "strong", wrap=True)
        self._known.setObjectName("arrival_known")
        parts = (self.plate, Label(words("ui.intake.plate_kind"), "muted"), self.kind)
        more = (Label(words("ui.keys.arrival.channel"), "muted"), self.channel, self._known)
        centred(self, card("arrival_card", words("ui.keys.arrival.title"), *parts, *more))

    def _type(self) -> None:
        if not self._is_filling and hasattr(self, "channel"):
            self.typed.emit(self.plate.value())

    def show_arrival(self, state: ArrivalState) -> None:
        """Show another state."""
        if self.plate.value() != state.plate or (
            not state.plate and self.plate.button.text() != (state.province or "–")
        ):
            self._is_filling = True
            self.plate.put(state.plate or state.province)
            self._is_filling = False
        self.kind.show_choice(state.kinds)
        self.channel.show_choice(state.channels)
        self._known.show_text(state.known)
