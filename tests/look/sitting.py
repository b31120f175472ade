"""One window in one case, opened and looked at: its texts, its picture, what it was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractListModel, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet
from tests.look.controls import controls_of, place_in, takes_keys
from tests.look.painting import DrawnText, texts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.look.hearing import Heard
    from tests.look.keys import Walk

MOST_PIXELS = 5800


def settled() -> None:
    """Let what is due in Qt happen."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(3):
        app.processEvents()


def front(window: QWidget) -> QWidget:
    """Return the sheet of a window if one is open, else the window; a sheet that only poses is a part of its page."""
    sheets = [each for each in window.findChildren(QWidget) if _is_open(each)]
    return sheets[-1] if sheets else window


def _is_open(widget: QWidget) -> bool:
    if isinstance(widget, Sheet):
        return widget.is_open and widget.isVisible()
    return isinstance(widget, QDialog) and widget.isVisible()


@dataclass
class Seen:
    """What the checks look at; `again` opens the same window anew for a check that uses it up."""

    target: QWidget
    language: str
    heard: Heard
    least_contrast: float = 4.5
    least_text_px: float = 11.0
    again: Callable[[], QWidget] | None = None
    size: tuple[int, int] | None = None
    """Of the screen, in logical pixels, where it has to fit."""
    walks: dict[Qt.Key, Walk] = field(default_factory=dict)
    """Where Tab and Shift+Tab led, once it was tried."""
    is_live: bool = True
    """Whether buttons are connected to something (specimens of the gallery are not)."""

    @cached_property
    def texts(self) -> list[DrawnText]:
        """Every text on it but what a notice lies over, which is not read meanwhile."""
        return [
            text
            for text in texts_of(self.target)
            if not any(_is_below(text, each, self.target) for each in self._floating())
        ]

    def _floating(self) -> list[QWidget]:
        return [each for each in self.target.findChildren(QWidget) if each.property("floating") and each.isVisible()]

    def is_covered(self, control: QWidget) -> bool:
        """Say whether a notice that lies over the window hides most of a control until it is put away."""
        place = place_in(self.target, control)
        hidden = [place_in(self.target, each) & place for each in self._floating() if not each.isAncestorOf(control)]
        return any(2 * each.width() * each.height() > place.width() * place.height() for each in hidden)

    @cached_property
    def picture(self) -> Picture:
        """It, enlarged until the letters' strokes fill whole pixels."""
        smallest = min((text.size_px for text in self.texts), default=14.0)
        wanted = max(1, min(3, round(42 / smallest)))
        return Picture.of(self.target, max(1, min(wanted, MOST_PIXELS // max(1, self.target.width()))))

    @cached_property
    def controls(self) -> list[QWidget]:
        """Everything that can be used."""
        return controls_of(self.target)

    @cached_property
    def key_controls(self) -> list[QWidget]:
        """What the keyboard has to reach."""
        return [control for control in self.controls if takes_keys(control)]

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """Everything that is read or spoken, with its place: painted texts, names, tool tips, titles."""
        found = [(text.where, text.text) for text in self.texts]
        for each in (self.target, *self.target.findChildren(QWidget)):
            if each is not self.target and not each.isVisible():
                continue
            name = each.objectName() or type(each).__name__
            spoken = (each.accessibleName(), each.accessibleDescription(), each.toolTip(), each.statusTip())
            found += [(name, text) for text in spoken if text]
            if isinstance(each, QAbstractItemView) and each.model() is not None:
                found += [(name, text) for text in rows_of(each) if text]
        found.append(("title", self.target.windowTitle()))
        return found


def _is_below(text: DrawnText, floating: QWidget, target: QWidget) -> bool:
    place = QRectF(floating.rect()).translated(QPointF(floating.mapTo(target, QPoint(0, 0))))
    return not floating.isAncestorOf(text.widget) and place.intersects(text.ink)


def rows_of(view: QAbstractItemView) -> list[str]:
    """Return what a list says of its rows to those who do not see it."""
    model, root = view.model(), view.rootIndex()
    # a list's model keeps the number of its columns to itself: it is one
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    cells = [(row, column) for row in range(min(model.rowCount(root), 200)) for column in range(columns)]
    return [str(model.data(model.index(row, column, root)) or "") for row, column in cells]


@dataclass(frozen=True)
class Picture:
    """Rendered pixels, `scale` of them for one logical pixel."""

    pixels: NDArray[np.uint8]
    """Height x width x (red, green, blue); only as long as the picture is kept."""
    scale: int
    image: QImage
    """Whose memory the pixels are: a copy of a long page costs more than all that is measured on it."""

    @classmethod
    def of(cls, widget: QWidget, scale: int = 1, place: QRect | None = None) -> Picture:
        """Paint a widget, or the part of it at a place."""
        whole = widget.rect() if place is None else place
        image = QImage(whole.width() * scale, whole.height() * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(0)
        widget.render(image, QPoint(0, 0), QRegion(whole))
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        return cls(rows[:, : image.width(), 2::-1], scale, image)

    def part(self, place: QRect) -> NDArray[np.uint8]:
        """Return the pixels of a place in logical pixels, as far as it lies inside."""
        top, left = max(0, place.top()) * self.scale, max(0, place.left()) * self.scale
        bottom, right = (place.bottom() + 1) * self.scale, (place.right() + 1) * self.scale
        return self.pixels[top : max(top, bottom), left : max(left, right)]
