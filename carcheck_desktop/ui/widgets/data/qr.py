"""A QR code on the screen: modules at whole pixels with their quiet zone, a caption below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import qrcode
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from qrcode.exceptions import DataOverflowError

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.data.painting import Painted, draw_fitted, draw_note, text_font
from carcheck_desktop.ui.widgets.data.states import Phase, QrState

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.bridge.words import Words

QUIET = 4
"""Empty modules around the code (ISO/IEC 18004, 4 on each side)."""
DARK, PAPER = "#000000", "#ffffff"
"""Readers expect black on white, whatever the look of the window."""
LEAST_MODULE_PX = 2


@lru_cache(maxsize=32)
def modules(text: str) -> tuple[tuple[bool, ...], ...] | None:
    """Return the code's modules row by row, dark ones True; None when the text is too long for any code."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text.encode())
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def draw_qr(painter: QPainter, matrix: tuple[tuple[bool, ...], ...], box: QRect) -> int:
    """Draw a code as large as whole pixels allow in the middle of a box; return the pixels of a module, 0 for no room."""
    side = len(matrix) + 2 * QUIET
    # pixels of the screen, not of the design: a module of 2.5 pixels is read badly
    ratio = painter.device().devicePixelRatioF()
    module = int(min(box.width(), box.height()) * ratio / side) / ratio
    if module * ratio < LEAST_MODULE_PX:
        return 0
    left = box.left() + int((box.width() - module * side) / 2)
    top = box.top() + int((box.height() - module * side) / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(left, top, module * side, module * side), QColor(PAPER))
    dark = QColor(DARK)
    for y, row in enumerate(matrix, QUIET):
        for x, is_dark in enumerate(row, QUIET):
            if is_dark:
                painter.fillRect(QRectF(left + x * module, top + y * module, module, module), dark)
    painter.restore()
    return round(module * ratio)


class Qr(Painted):
    """A QR code with a caption; a note instead while there is none, or when the text is too long."""

    def __init__(self, name: str, words: Words, side_px: int = 160) -> None:
        super().__init__(name)
        self._words = words
        self._side_px = side_px
        self._state = QrState("", phase=Phase.EMPTY)
        self._matrix: tuple[tuple[bool, ...], ...] | None = None
        self.setSizePolicy(qt.PREFERRED, qt.PREFERRED)

    def show_qr(self, state: QrState) -> None:
        """Show another code; nothing is painted when it is the same."""
        if state == self._state:
            return
        self._state = state
        self._matrix = modules(state.text) if state.phase is Phase.READY and state.text else None
        self.setAccessibleName(self._words("ui.qr.name", caption=state.caption) if self._matrix else self._note())
        self.setAccessibleDescription(state.text if self._matrix else "")
        self.updateGeometry()
        self.update()

    def _note(self) -> str:
        if self._state.phase is Phase.READY and self._state.text:
            return self._words("ui.qr.too_long")
        return self._state.note

    def sizeHint(self) -> QSize:
        look = look_of(self)
        side = look.px(self._side_px)
        return QSize(side, side + round(self._caption_px()))

    def minimumSizeHint(self) -> QSize:
        side = (len(self._matrix) + 2 * QUIET) * LEAST_MODULE_PX if self._matrix else 60
        return QSize(side, side + round(self._caption_px()))

    def _caption_px(self) -> float:
        return QFontMetricsF(text_font(look_of(self), "body")).height() + SPACE_S if self._state.caption else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look()
        painter = self.begin()
        caption_px = round(self._caption_px())
        place = self.rect().adjusted(0, 0, 0, -caption_px)
        drawn = draw_qr(painter, self._matrix, place) if self._matrix is not None else 0
        if not drawn:
            phase = Phase.ERROR if self._state.phase is Phase.READY and self._state.text else self._state.phase
            note = self._note() if self._matrix is None else self._words("ui.qr.no_room")
            painter.fillRect(place, QColor(look.palette.sunken))
            draw_note(painter, QRectF(place), look, Phase.EMPTY if phase is Phase.READY else phase, note)
        if caption_px:
            painter.setFont(text_font(look, "body"))
            painter.setPen(QColor(look.palette.text))
            below = QRectF(0, place.bottom() + 1, self.width(), caption_px)
            draw_fitted(
                painter, below, self._state.caption, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            )
        self.finish(painter)
