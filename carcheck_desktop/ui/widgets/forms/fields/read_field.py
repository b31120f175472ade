"""What fields that read their text have in common: a hint while typing, the fault once it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.field import Field
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.words import Words


class ReadField(Field):
    """A line of text that is understood while it is typed; a fault is said when the field is left."""

    def __init__(
        self, name: str, label: str, words: Words, changed: Callable[[], None], holder: QWidget | None = None
    ) -> None:
        self.line = QLineEdit()
        self._is_left = False
        self.words = words
        super().__init__(name, label, self.line, holder)
        self.line.textChanged.connect(self._typed)
        self.line.textChanged.connect(changed)
        self.line.editingFinished.connect(self._leave)

    def _typed(self) -> None:
        self.refresh()

    def _leave(self) -> None:
        self._is_left = bool(self.line.text().strip())
        self.tidy()
        self.refresh()

    def insist(self) -> None:
        """Say now what is wrong, an empty field included: somebody wants to go on."""
        self._is_left = True
        self.refresh()

    def tidy(self) -> None:
        """Write what was understood in its usual form."""

    def fault(self) -> str:
        """Return what is wrong in words, nothing when all is well."""
        raise NotImplementedError

    def understood(self) -> FieldState:
        """Return what was understood, or the hint."""
        raise NotImplementedError

    def own_state(self) -> FieldState:
        """Return what was understood; the fault only after the field was left."""
        fault = self.fault() if self._is_left else ""
        return FieldState(Tone.BAD, fault) if fault else self.understood()
