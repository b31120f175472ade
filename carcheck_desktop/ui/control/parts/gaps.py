"""Distances between parts that grow and shrink with the look, as texts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def scale_gaps(root: QWidget, scale: float) -> None:
    """Set every margin and spacing below `root` to `scale` times what it was made with."""
    for layout in root.findChildren(QBoxLayout):
        made = layout.property("made_gaps")
        if made is None:
            margins = layout.contentsMargins()
            made = [layout.spacing(), margins.left(), margins.top(), margins.right(), margins.bottom()]
            layout.setProperty("made_gaps", made)
        spacing, left, top, right, bottom = (round(float(gap) * scale) for gap in made)
        layout.setSpacing(spacing)
        layout.setContentsMargins(left, top, right, bottom)
