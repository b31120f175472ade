"""Where everything begins: which car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.counter.pages.filling import PREFIX, fill, open_choice, text_in
from carcheck_desktop.ui.frame.cards import card, centred
from carcheck_desktop.ui.theme.tokens import SPACE_L
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import panel, row
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import LookUpState

FIRST_KINDS = (PlateKind.SMALL_CAR, PlateKind.NEW_ENERGY_SMALL, PlateKind.LARGE_CAR, PlateKind.NEW_ENERGY_LARGE)


class LookUpPage(QWidget):
    """The plate of the next car."""

    typed = Signal(str)
    kind_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("look_up_page")
        self._words = words
        self._is_filling = False
        self.plate = PlateField(f"{PREFIX}plate", words("ui.intake.plate"), words, "", self._typed)
        kinds = list(dict.fromkeys((*FIRST_KINDS, *PlateKind)))
        options = [(kind.value, f"{kind.value} {words.message(word(kind))}") for kind in kinds]
        called = words("ui.intake.plate_kind")
        self.kind = open_choice(f"{PREFIX}plate_kind", called, words, options, self._kind, wide=16)
        self._hint = Label("", "muted", wrap=True)
        line = row(spacing=SPACE_L)
        line.addWidget(self.plate, 1)
        line.addWidget(self.kind, 1)
        holder = panel("clear", "look_up_fields")
        holder.setLayout(line)
        made = card("look_up_card", words("ui.counter.look_up.title"), holder, self._hint)
        self._title = made.findChild(Label, "look_up_card_title")
        centred(self, made)

    def _typed(self) -> None:
        if not self._is_filling and hasattr(self, "kind"):
            self.typed.emit(text_in(self.plate))

    def _kind(self) -> None:
        if not self._is_filling and hasattr(self, "kind"):
            self.kind_chosen.emit(text_in(self.kind))

    def show_page(self, state: LookUpState) -> None:
        """Show another state."""
        self._is_filling = True
        fill(self.plate, state.plate, None, self._words)
        fill(self.kind, state.kind, None, self._words)
        self._is_filling = False
        self._hint.show_text(state.hint)
        if isinstance(self._title, Label):
            self._title.show_text(state.title)
