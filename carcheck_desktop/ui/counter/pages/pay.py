"""Taking money: one field for cash and for a scanned code, the sum large, how the payment stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from carcheck_desktop.ui.counter.pages.filling import PREFIX, fill, text_in
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.forms.field import text_field
from carcheck_desktop.ui.widgets.notices.banner import Banners

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import PayState

PRICE_PX = 300
LONGEST = 32


class PayPage(QWidget):
    """The field, the change and the bill."""

    typed = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("pay_page")
        self._words = words
        self._is_filling = False
        self._plate = Plate("pay_plate", 46)
        title = Label(words("ui.pay.title"), "title")
        title.setObjectName("pay_title")
        self._said = Banners("pay_said", words, 2, narrow=True)
        self.field = text_field(f"{PREFIX}received", words("ui.pay.received"), partial(self._typed, "received"))
        if isinstance(self.field.control, QLineEdit):
            self.field.control.setMaxLength(LONGEST)
        self._large_name = Label("", "section")
        self._large = Label("", "figure")
        self._large.setObjectName("pay_large")
        card = panel("card", "pay_card")
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        head = row(self._plate, title, spacing=SPACE_L)
        head.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(self._said)
        inner.addWidget(self.field)
        inner.addSpacing(SPACE_M)
        inner.addWidget(self._large_name)
        inner.addWidget(self._large)
        inner.addStretch(1)
        card.setLayout(inner)
        line = row(spacing=SPACE_M)
        line.addWidget(card, 3)
        line.addWidget(self._bill(words), 1)
        whole = column(spacing=SPACE_S)
        whole.addLayout(line)
        self.setLayout(whole)

    def _bill(self, words: Words) -> QWidget:
        """Return what stands beside: the lines of the charge, and what is due."""
        self._prices = Pairs("pay_prices", 1, wraps=True)
        self._due = Label("", "headline")
        self._due.setObjectName("pay_due")
        bill = panel("card", "bill_card")
        lines = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        heads = [Label(words(code), "section") for code in ("ui.counter.price.title", "ui.pay.due")]
        lines.addWidget(heads[0])
        lines.addWidget(self._prices)
        lines.addWidget(heads[1])
        lines.addWidget(self._due)
        lines.addStretch(1)
        bill.setLayout(lines)
        bill.setMinimumWidth(PRICE_PX)
        bill.setSizePolicy(qt.PREFERRED, qt.GROWING)
        return bill

    def _typed(self, name: str, *_given: object) -> None:
        if not self._is_filling and hasattr(self, "field"):
            self.typed.emit(name, text_in(self.field))

    def take_digit(self, text: str) -> None:
        """Take a digit that came while the keyboard was elsewhere: a scanner does not know where it is."""
        control = self.field.control
        if isinstance(control, QLineEdit) and control.isEnabled():
            control.setFocus()
            control.insert(text)

    def select(self) -> None:
        """Select what stands in the field, so that another sum takes its place."""
        if isinstance(self.field.control, QLineEdit):
            self.field.control.selectAll()

    def show_page(self, state: PayState) -> None:
        """Show another state."""
        self._is_filling = True
        self._plate.show_plate(state.plate)
        self._said.show_banners(state.said)
        fill(self.field, state.received, None, self._words)
        self.field.setEnabled(state.takes)
        self._large_name.show_text(state.large_name)
        self._large.show_text(state.large)
        self._prices.show_pairs(state.prices)
        self._due.show_text(state.due)
        self._is_filling = False
