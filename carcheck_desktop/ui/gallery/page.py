"""What a page of the gallery is: a key and a function that builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name is the words of `gallery.page.<key>`; `build` makes it anew in a language."""

    key: str
    build: Callable[[Words], QWidget]
