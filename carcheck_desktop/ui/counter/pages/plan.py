"""What will be done with the car and why, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.notices.banner import Banners
from carcheck_desktop.ui.widgets.notices.place import Place

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import PlanState

ROW_PX, PRICE_PX = 46, 300


class PlanPage(QWidget):
    """Items with their reasons beside the price."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plan_page")
        self.place = Place("plan_place")
        self._plate = Plate("plan_plate", 34)
        self._title = Label("", "title", wrap=True)
        self._title.setObjectName("plan_title")
        self.items = RowList("plan_items", words("ui.counter.plan.list"), ROW_PX)
        self._advice = Banners("plan_advice", words, 2, narrow=True)
        self._prices = Pairs("plan_prices", 1, wraps=True)
        self._total = Label("", "headline")
        self._total.setObjectName("plan_total")
        self._note = Label("", "muted", wrap=True)
        self._note.setObjectName("plan_price_note")
        price = panel("card", "price_card")
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        self._total_name = Label(words("ui.counter.price.total"), "section")
        parts = (Label(words("ui.counter.price.title"), "section"), self._prices, self._note, self._total_name)
        for part in (*parts, self._total):
            inner.addWidget(part)
        inner.addStretch(1)
        price.setLayout(inner)
        price.setMinimumWidth(PRICE_PX)
        price.setSizePolicy(qt.PREFERRED, qt.GROWING)
        asked = panel("card", "plan_card")
        left = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        head = row(self._plate, spacing=SPACE_L)
        head.addWidget(self._title, 1)
        left.addLayout(head)
        left.addWidget(self._advice)
        left.addWidget(self.items, 1)
        asked.setLayout(left)
        ready = panel("clear", "plan_ready")
        line = row(spacing=SPACE_M)
        line.addWidget(asked, 3)
        line.addWidget(price, 1)
        ready.setLayout(line)
        self._ready = ready
        self._stack = QStackedWidget()
        self._stack.addWidget(ready)
        self._stack.addWidget(self.place)
        self.setLayout(column(self._stack, spacing=0))

    def show_page(self, state: PlanState) -> None:
        """Show another state."""
        if state.waiting is not None:
            self.place.show_place(state.waiting)
            self._stack.setCurrentWidget(self.place)
            return
        self._plate.show_plate(state.plate)
        self._title.show_text(state.items_title)
        self.items.show_rows(state.items)
        self._advice.show_banners(state.advice)
        self._prices.show_pairs(state.prices)
        self._prices.setVisible(bool(state.prices))
        self._note.show_text(state.price_note)
        self._note.setVisible(bool(state.price_note))
        self._total.show_text(state.total)
        for part in (self._total, self._total_name):
            part.setVisible(bool(state.total))
        self._stack.setCurrentWidget(self._ready)
