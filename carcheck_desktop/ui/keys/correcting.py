"""The sheet that puts a record of custody right: which thing, where it really is, and why nobody wrote it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from carcheck_desktop.domain.custody import Place, Thing
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.forms.field import text_field
from carcheck_desktop.ui.widgets.forms.states import ChoiceOption, ChoiceState, FieldState
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.cars import Car
    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar

SHORTEST_REASON = 4
PLACES = (Place.KEY_BOARD, Place.COUNTER, Place.OWNER, Place.PERSON)


class CorrectSheet(Sheet):
    """`corrected` carries the thing, the place (a person is whoever corrects), and the reason."""

    corrected = Signal(str, str, str)

    def __init__(self, window: QWidget, car: Car, words: Words, bar: ActionBar) -> None:
        title = words("ui.keys.correct.title", plate=car.plate)
        super().__init__(window, "correct_custody", title, words("ui.dialog.cancel"), bar)
        self._words = words
        self.thing = ChoiceGroup("correct_thing", words("ui.keys.correct.thing"))
        self.place = ChoiceGroup("correct_place", words("ui.keys.correct.place"))
        things = tuple(ChoiceOption(each.value, words.name(each)) for each in Thing)
        places = tuple(ChoiceOption(each.value, words(f"ui.keys.correct.at.{each.value}")) for each in PLACES)
        self.thing.show_choice(ChoiceState(things, Thing.KEY.value))
        self.place.show_choice(ChoiceState(places, Place.KEY_BOARD.value))
        self.reason = text_field(
            "correct_reason", words("ui.keys.correct.reason"), self._typed, hint=words("ui.keys.correct.hint")
        )
        for part in (
            Label(words("ui.keys.correct.thing"), "muted"), self.thing,
            Label(words("ui.keys.correct.place"), "muted"), self.place, self.reason,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.first = self.reason.control
        self._typed()

    def _typed(self) -> None:
        if not hasattr(self, "reason"):
            return
        is_whole = len(self.reason.value()) >= SHORTEST_REASON
        missing = "" if is_whole else self._words("ui.keys.correct.missing")
        self.show_primary(self._words("ui.keys.correct.yes"), "pencil", enabled=is_whole, why_not=missing)
        if is_whole:
            self.reason.show_field(FieldState())

    def accept_form(self) -> None:
        """Go with a yes once there is a reason; lead to it else."""
        if not self.primary.isEnabled():
            self.reason.show_field(FieldState(Tone.BAD, self._words("ui.keys.correct.missing")))
            self.reason.control.setFocus()
            return
        self.corrected.emit(self.thing.value, self.place.value, self.reason.value())
        self.accept()
