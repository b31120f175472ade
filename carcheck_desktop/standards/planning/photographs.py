"""Which photos follow from the items of a plan, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.planning.entries import Photo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.standards.planning.entries import Entry


def photos_of(entries: Iterable[Entry]) -> tuple[Photo, ...]:
    """Return the photos in the order in which the items ask for them first; asked by one is asked."""
    items: dict[str, list[str]] = {}
    asked: set[str] = set()
    for entry in entries:
        for code in entry.photos:
            names = items.setdefault(code, [])
            if entry.name not in names:
                names.append(entry.name)
            if entry.asked is Asked.ASKED:
                asked.add(code)
    return tuple(
        Photo(code, tuple(names), Asked.ASKED if code in asked else Asked.IF_FITTED) for code, names in items.items()
    )
