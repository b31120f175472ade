"""Making a QApplication ours: name, base style, font, palette; and small styling helpers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from carcheck_desktop.ui.theme.fonts import font, load_fonts
from carcheck_desktop.ui.theme.tokens import LIGHT, TYPE, Palette

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from carcheck_desktop.base.messages import Problem

NAME = "carcheck"
FRAME_PX = (8, 44)
"""What a window manager usually adds for borders and title."""


def set_up(app: QCoreApplication, palette: Palette = LIGHT) -> Problem | None:
    """Give the application its name, style, font and palette before the first window; return what the font lacks."""
    if not isinstance(app, QApplication):
        raise TypeError("windows need a QApplication")
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    problem = load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font(TYPE.body))
    app.setPalette(_qt_palette(palette))
    return problem


def _qt_palette(palette: Palette) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.canvas,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.sunken,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.text_on_accent,
        QPalette.ColorRole.PlaceholderText: palette.text_muted,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    return made


def open_size(designed: tuple[int, int]) -> QSize:
    """Return the size to open a window with: as designed, but never larger than the screen has room for."""
    screen = QGuiApplication.primaryScreen()
    if QGuiApplication.platformName() == "offscreen":
        return QSize(*designed)
    room = screen.availableGeometry().size() - QSize(*FRAME_PX)
    return QSize(*designed).boundedTo(room)


def restyle(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties and let the stylesheet look again; nothing happens without a change."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    if not changed:
        return
    for name in changed:
        widget.setProperty(name, properties[name])
    style = widget.style()
    for each in (widget, *widget.findChildren(QWidget)):
        style.unpolish(each)
        style.polish(each)


def appear(widget: QWidget, shown: bool) -> None:
    """Show or hide a part; one that has no place yet appears with its place, not as a window of its own."""
    if shown and widget.isWindow():
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(shown)


def named(widget: QWidget, object_name: str, accessible_name: str = "") -> None:
    """Give a widget the name that programs find and the one that screen readers say."""
    widget.setObjectName(object_name)
    if accessible_name:
        widget.setAccessibleName(accessible_name)
