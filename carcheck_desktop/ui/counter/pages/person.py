"""Who brings the car, and what that person agrees to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.counter.pages.filling import PREFIX, fill, text_in
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.forms.field import text_field

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import PersonState


class PersonPage(QWidget):
    """Name, telephone, and the text that is read to the person."""

    typed = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("person_page")
        self._words = words
        self._is_filling = False
        self._plate = Plate("person_plate", 34)
        self.fields = {
            name: text_field(f"{PREFIX}{name}", words(f"ui.counter.field.{name}"), partial(self._typed, name))
            for name in ("presenter", "telephone")
        }
        heading = Label(words("ui.counter.person.title"), "title")
        heading.setObjectName("person_title")
        self._consent = Label("", "", wrap=True)
        self._consent.setObjectName("consent_text")
        self._version = Label("", "caption")
        told = panel("sunken", "consent_card")
        told.setLayout(
            column(
                Label(words("ui.counter.consent.title"), "section"), self._consent, self._version,
                spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M),
            )
        )  # fmt: skip
        card = panel("card", "person_card")
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        head = row(self._plate, heading, spacing=SPACE_L)
        head.addStretch(1)
        inner.addLayout(head)
        line = row(spacing=SPACE_L)
        for field in self.fields.values():
            line.addWidget(field, 1)
        inner.addLayout(line)
        inner.addWidget(told)
        inner.addStretch(1)
        card.setLayout(inner)
        self.setLayout(column(card, spacing=0))

    def _typed(self, name: str, *_given: object) -> None:
        if not self._is_filling and hasattr(self, "fields"):
            self.typed.emit(name, text_in(self.fields[name]))

    def show_page(self, state: PersonState) -> None:
        """Show another state."""
        self._is_filling = True
        self._plate.show_plate(state.plate)
        fill(self.fields["presenter"], state.presenter, None, self._words)
        fill(self.fields["telephone"], state.telephone, None, self._words)
        self._consent.show_text(state.consent)
        self._version.show_text(state.version)
        self._is_filling = False
