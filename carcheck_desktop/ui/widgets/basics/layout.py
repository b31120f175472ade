"""Layouts and empty grounds in one line of code."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_S


def row(*parts: QWidget, spacing: int = SPACE_S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return parts side by side."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    for part in parts:
        made.addWidget(part)
    return made


def column(*parts: QWidget, spacing: int = SPACE_S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return parts below each other."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    for part in parts:
        made.addWidget(part)
    return made


def panel(kind: str, name: str) -> QFrame:
    """Return an empty ground of one kind (card, bar, sunken, footer, clear …)."""
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAttribute(qt.STYLED)
    return made
