"""Which parts of a window people use: found by what they are, not by a list of names."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

KINDS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QTextEdit,
    QPlainTextEdit, QTabBar,
)  # fmt: skip


def is_part_of_control(widget: QWidget) -> bool:
    """Say whether Qt made it as an inner part of another control, such as the line of a spin box."""
    parent = widget.parentWidget()
    inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return True
    while parent is not None and not inner:
        inner = isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView)
        parent = parent.parentWidget()
    return inner


def controls_of(window: QWidget) -> list[QWidget]:
    """Return visible controls in the order of the tree: known kinds, and all that takes the focus by Tab."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.window() is window.window() and _is_used(each) and not is_part_of_control(each)
    ]


def _is_used(widget: QWidget) -> bool:
    if isinstance(widget, KINDS):
        return True
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget, QScrollArea)


def takes_keys(control: QWidget) -> bool:
    """Say whether people with a keyboard alone must be able to reach it."""
    if not control.isEnabled():
        return False
    if isinstance(control, QAbstractItemView) and control.selectionMode() == control.SelectionMode.NoSelection:
        return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return not (
        isinstance(control, QLineEdit) and control.isReadOnly() and control.focusPolicy() == Qt.FocusPolicy.NoFocus
    )


def place_in(window: QWidget, widget: QWidget) -> QRect:
    """Return a widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def name_of(widget: QWidget) -> str:
    """Return how findings call a control."""
    return widget.objectName() or f"a {type(widget).__name__} without a name"
