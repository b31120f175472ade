"""The fields of a car: what the licence says, or what somebody has to look at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage
from carcheck_desktop.ui.counter.pages.filling import fill, made_field, text_in
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import FormState

COLUMNS = {FieldPage.LICENCE: 4, FieldPage.STATION: 3}


class FormPage(QWidget):
    """All fields of one page in reading order; `typed` and `confirmed` say which."""

    typed = Signal(str, str)
    confirmed = Signal(str)

    def __init__(self, words: Words, page: FieldPage, today: date) -> None:
        super().__init__()
        self.setObjectName(f"{page.value}_page")
        self._words = words
        self._is_filling = False
        self._plate = Plate(f"{page.value}_plate", 34)
        self._headline = Label("", "title")
        self._headline.setObjectName(f"{page.value}_title")
        self._detail = Label("", "muted", wrap=True)
        head = row(self._plate, self._headline, spacing=SPACE_L)
        head.addWidget(self._detail, 1)
        self.fields = {
            name: made_field(spec, words, today, partial(self._typed, name))
            for name, spec in FIELDS.items()
            if spec.page is page
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS)
        for number, (name, field) in enumerate(self.fields.items()):
            field.confirmed.connect(partial(self.confirmed.emit, name))
            grid.addWidget(field, number // COLUMNS[page], number % COLUMNS[page], qt.TOP)
        for each in range(COLUMNS[page]):
            grid.setColumnStretch(each, 1)
        card = panel("card", f"{page.value}_card")
        inner = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        inner.addLayout(head)
        inner.addLayout(grid)
        inner.addStretch(1)
        card.setLayout(inner)
        card.setSizePolicy(qt.PREFERRED, qt.GROWING)
        self.setLayout(column(card, spacing=0))

    def _typed(self, name: str, *_given: object) -> None:
        if not self._is_filling and hasattr(self, "fields"):
            self.typed.emit(name, text_in(self.fields[name]))

    def show_page(self, state: FormState) -> None:
        """Show another state."""
        self._is_filling = True
        self._plate.show_plate(state.plate)
        self._headline.show_text(state.headline)
        self._detail.show_text(state.detail)
        for name, filled in state.fields.items():
            fill(self.fields[name], filled, FIELDS[name], self._words)
        self._is_filling = False
