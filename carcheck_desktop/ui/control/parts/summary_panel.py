"""What happened while nobody looked, in a column of its own: it covers neither prompt nor stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.notices.empty import Empty

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.state import SummaryState

ROW_PX = 48


class SummaryPanel(QFrame):
    """Groups by lane with trouble first; a row leads to where it happened."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("summary_panel")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self.setAccessibleName(words("ui.summary.title"))
        self._title = Label("", "strong", wrap=True)
        self._since = Label("", "caption", wrap=True)
        self.rows = RowList("summary_list", words("ui.summary.title"), ROW_PX)
        self._empty = Empty("summary_empty", "history", 28)
        self._how = Label(words("ui.summary.how"), "caption", wrap=True)
        self.close_button = QPushButton(words("ui.summary.close"))
        self.close_button.setObjectName("summary_close")
        self.close_button.setAccessibleName(words("ui.summary.close"))
        self.close_button.setAutoDefault(False)
        whole = column(self._title, self._since, spacing=SPACE_S, margins=(SPACE_M, SPACE_M, SPACE_M, SPACE_M))
        whole.addWidget(self.rows, 1)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self._how)
        whole.addWidget(self.close_button)
        self.setLayout(whole)
        self.hide()

    def show_summary(self, state: SummaryState | None) -> None:
        """Show or hide; which row is chosen stays as the person left it."""
        if state is not None:
            chosen = self.rows.currentIndex().row()
            keys = [row.key for row in self.rows.rows]
            key = keys[chosen] if 0 <= chosen < len(keys) else ""
            self._title.show_text(state.title)
            self._since.show_text(state.since)
            self.rows.show_rows(state.rows, key)
            self.rows.setVisible(bool(state.rows))
            self._empty.show_empty(state.empty)
            self._empty.setVisible(not state.rows)
        self.setVisible(state is not None)
