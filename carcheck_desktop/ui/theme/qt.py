"""Short names for the long Qt enumerations that every window needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignTop
BOTTOM = Qt.AlignmentFlag.AlignBottom

FIXED = QSizePolicy.Policy.Fixed
GROWING = QSizePolicy.Policy.Expanding
PREFERRED = QSizePolicy.Policy.Preferred
MINIMUM = QSizePolicy.Policy.Minimum
IGNORED = QSizePolicy.Policy.Ignored

NO_FRAME = QFrame.Shape.NoFrame
NO_FOCUS = Qt.FocusPolicy.NoFocus
STRONG_FOCUS = Qt.FocusPolicy.StrongFocus
NO_SCROLL_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
CLOSE_DELETES = Qt.WidgetAttribute.WA_DeleteOnClose
STYLED = Qt.WidgetAttribute.WA_StyledBackground
PLAIN_TEXT = Qt.TextFormat.PlainText
ELIDE_RIGHT = Qt.TextElideMode.ElideRight
NO_PEN = Qt.PenStyle.NoPen
