"""The paper on the screen: read, scrolled by keys, copied; never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M
from carcheck_desktop.ui.widgets.paper.html import paper_html, paper_text

if TYPE_CHECKING:
    from carcheck_desktop.domain.documents import Document


class PaperView(QScrollArea):
    """A document as it will be printed; empty before there is one. `mark` is what stands on simulated ones."""

    def __init__(self, name: str, label: str, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self._document: Document | None = None
        self._sheet = QLabel()
        self._sheet.setObjectName(f"{name}_sheet")
        self._sheet.setProperty("kind", "paper")
        self._sheet.setTextFormat(Qt.TextFormat.RichText)
        self._sheet.setWordWrap(True)
        self._sheet.setAlignment(qt.TOP)
        self._sheet.setMargin(SPACE_M)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("kind", "paper")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setFocusPolicy(qt.STRONG_FOCUS)
        self.setWidget(self._sheet)

    def show_document(self, document: Document | None) -> None:
        """Show another document, from its top."""
        if document == self._document:
            return
        self._document = document
        self._fill()
        self.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        document = self._document
        self._sheet.setText(paper_html(document, look_of(self).text_px("body"), self._mark) if document else "")
        self._sheet.setAccessibleName(paper_text(document, self._mark) if document else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_document", None) is not None:
            self._fill()
