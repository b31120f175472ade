"""A key-value list."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_XS
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import panel, row
from carcheck_desktop.ui.widgets.data.states import PairState


class Pairs(QWidget):
    """A key-value list: short label and value side by side, in so many columns as are asked for."""

    def __init__(self, name: str, columns: int = 3) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(columns, 1)
        self.setLayout(self._grid)
        self._parts: list[tuple[QWidget, Label, Label]] = []

    def show_pairs(self, pairs: tuple[PairState, ...]) -> None:
        """Show these pairs."""
        while len(self._parts) < len(pairs):
            self._add()
        for index, (holder, label, value) in enumerate(self._parts):
            holder.setVisible(index < len(pairs))
            if index < len(pairs):
                label.show_text(pairs[index].label)
                label.setVisible(bool(pairs[index].label))
                value.show_text(pairs[index].value)
        self.setAccessibleName(", ".join(f"{pair.label} {pair.value}".strip() for pair in pairs))

    def _add(self) -> None:
        number = len(self._parts)
        label, value = Label("", "caption"), Label("", "value")
        holder = panel("clear", f"{self.objectName()}_{number}")
        line = row(label, value, spacing=SPACE_XS + 2)
        line.addStretch(1)
        holder.setLayout(line)
        self._grid.addWidget(holder, number // self._columns, number % self._columns)
        self._parts.append((holder, label, value))
