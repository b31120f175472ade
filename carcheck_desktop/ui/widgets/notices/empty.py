"""The designed state of a place with nothing in it."""

from __future__ import annotations

from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState


class Empty(Place):
    """A place that is only ever empty: an icon, a word, what to do."""

    def __init__(self, name: str, icon_name: str = "inbox", icon_px: int = 36) -> None:
        super().__init__(name, icon_px)
        self._icon_name = icon_name
        self.show_empty("")

    def show_empty(self, text: str, detail: str = "", icon_name: str = "") -> None:
        """Say why there is nothing and what to do."""
        self._icon_name = icon_name or self._icon_name
        self.show_place(PlaceState(PlaceKind.EMPTY, text, detail, self._icon_name))
