"""Texts that end in … because there was no room for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QWidget

from carcheck_desktop.ui.bridge.words import SHOWN_DECIMALS
from tests.look.findings import Finding

if TYPE_CHECKING:
    from tests.look.painting import DrawnText
    from tests.look.sitting import Seen

LONG_FIGURE = re.compile(rf"\.\d{{{SHOWN_DECIMALS}}}…")
"""An exact value of which six places are shown, said with a sign that more follow."""


def check(seen: Seen) -> list[Finding]:
    """Look for … that no sentence and no datum has; a component may declare it where nothing has to be done."""
    whole = seen.heard.said | seen.heard.strings
    found = []
    for text in seen.texts:
        rest = LONG_FIGURE.sub("", text.text)
        if "…" not in rest or any(text.text.strip() in each for each in whole):
            continue
        reason = _why_not(text)
        if reason:
            found.append(Finding("elided", text.where, repr(text.text), reason))
    return found


def _why_not(text: DrawnText) -> str:
    """Return why this text may not be left out in part, nothing if it may."""
    each: QWidget | None = text.widget
    while each is not None:
        if each.property("kind") == "banner" or isinstance(each, QAbstractButton):
            return "an instruction, a reason or a button"
        each = each.parentWidget()
    if not _is_declared(text.widget):
        return "no component declares that it may"
    kept = text.text.partition("…")[0].strip()
    return "" if kept and kept in _tool_tip(text) else "the tool tip does not give the whole"


def _is_declared(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return bool(widget.property("elided") or (parent is not None and parent.property("elided")))


def _tool_tip(text: DrawnText) -> str:
    view = text.widget.parentWidget()
    if not isinstance(view, QAbstractItemView):
        return text.widget.toolTip()
    place = text.widget.mapFrom(text.widget.window(), text.ink.center().toPoint())
    if isinstance(view, QHeaderView):
        section = view.logicalIndexAt(place)
        return str(view.model().headerData(section, view.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
    return str(view.model().data(view.indexAt(place), Qt.ItemDataRole.ToolTipRole) or "")
