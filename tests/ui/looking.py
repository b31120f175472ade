"""Looks at a shown window as a strict designer would; every finding is a line of text."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QWidget,
)

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"\b(ui|domain|lanes|desk|devices|standards|link|base)\.[a-z_]+\.[a-z_.]+|\{\w+\}")
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


def shown(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in window.findChildren(kind) if each.isVisible()]


def clipped_texts(window: QWidget) -> list[str]:
    """Return labels and buttons whose text does not fit into their place."""
    found = [f"label {_text(label)!r}" for label in shown(window, QLabel) if _is_clipped(label)]
    for button in shown(window, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        if button.text() and button.sizeHint().width() > button.width() + 1:
            found.append(f"button {button.text()!r}")
    return found


def _is_clipped(label: QWidget) -> bool:
    assert isinstance(label, QLabel)
    text = label.text()
    if not text.strip() or "plot" in label.objectName():
        return False
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 9999), Qt.TextFlag.TextWordWrap, text)
        too_large = needed.height() > room.height() + 1 or needed.width() > room.width() + 1
    else:
        lines = text.split("\n")
        width = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
        too_large = width > room.width() + 1 or label.fontMetrics().height() * len(lines) > room.height() + 3
    return too_large or (not _in_scroll_area(label) and _is_cut(label))


def _is_cut(label: QWidget) -> bool:
    visible = label.visibleRegion().boundingRect()
    return visible.width() < label.width() - 1 or visible.height() < label.height() - 1


def _in_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def cut_instructions(window: QWidget) -> list[str]:
    """Return prompts and banners of which a part is left out: what somebody has to read is never elided."""
    places = [each for each in shown(window, QFrame) if each.property("kind") == "banner"]
    return [_text(label) for place in places for label in shown(place, QLabel) if _text(label).endswith("…")]


def cut_rows(window: QWidget, name: str) -> list[str]:
    """Return the rows of a list that are seen only in part."""
    found = []
    for view in shown(window, QListView):
        assert isinstance(view, QListView)
        seen = view.viewport().visibleRegion().boundingRect()
        model = view.model()
        if view.objectName() == name:
            rows = [model.index(row, 0) for row in range(model.rowCount())]
            found += [str(model.data(row)) for row in rows if view.visualRect(row).bottom() > seen.bottom() + 1]
    return found


def overlapping_texts(window: QWidget) -> list[str]:
    """Return pairs of labels that are painted over each other."""
    labels = [(label, QRect(label.mapTo(window, QPoint(0, 0)), label.size())) for label in shown(window, QLabel)]
    found = []
    for number, (one, place) in enumerate(labels):
        for other, its_place in labels[number + 1 :]:
            common = place.intersected(its_place)
            if common.width() > 2 and common.height() > 2:
                found.append(f"{_text(one)!r} over {_text(other)!r}")
    return found


def _text(label: QWidget) -> str:
    return label.text() if isinstance(label, QLabel) else ""


def nameless_controls(window: QWidget) -> list[str]:
    """Return controls that a program or a screen reader cannot name."""
    found = []
    for kind in CONTROLS:
        for control in shown(window, kind):
            if control.objectName().startswith("qt_") or isinstance(control.parent(), QComboBox):
                continue
            if not control.objectName() or not control.accessibleName():
                found.append(f"{type(control).__name__} {control.objectName()!r} {control.accessibleName()!r}")
    return found


def texts(window: QWidget) -> list[str]:
    """Return everything that can be read: labels, buttons, rows of lists, names for screen readers."""
    found: list[str] = []
    for each in (window, *shown(window, QWidget)):
        found.append(each.accessibleName())
        if isinstance(each, QLabel | QAbstractButton):
            found.append(each.text())
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            model = each.model()
            found.extend(str(model.data(model.index(row, 0))) for row in range(model.rowCount()))
    return [text for text in found if text]


def foreign_texts(window: QWidget, data: tuple[str, ...]) -> list[str]:
    """Return texts with Chinese characters that are not data."""
    found = []
    for text in texts(window):
        rest = text
        for known in data:
            rest = rest.replace(known, "")
        if HAN.search(rest):
            found.append(text)
    return found


def uncatalogued_texts(window: QWidget) -> list[str]:
    """Return texts that show a code or an unfilled placeholder instead of words."""
    return [text for text in texts(window) if CODE.search(text)]


def unreachable_controls(window: QWidget) -> list[str]:
    """Walk with the Tab key and return enabled controls that were never reached."""
    wanted = {control.objectName() for kind in CONTROLS for control in shown(window, kind) if _takes_keys(control)}
    reached: set[str] = set()
    app = QApplication.instance()
    assert app is not None
    for _ in range(len(wanted) * 2 + 12):
        focused: QWidget | None = window.focusWidget()
        if focused is not None:
            reached.add(focused.objectName())
        QTest.keyClick(window if focused is None else focused, Qt.Key.Key_Tab)
    return sorted(wanted - reached)


def _takes_keys(control: QWidget) -> bool:
    is_own = bool(control.objectName()) and not control.objectName().startswith("qt_")
    takes = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return is_own and takes and control.isEnabled() and not isinstance(control.parent(), QComboBox)
