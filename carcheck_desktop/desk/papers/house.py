"""What every paper of this station has: its letterhead, its words, the address of the owner's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording


@dataclass(frozen=True, slots=True)
class House:
    """Whose papers are made, in which language; `web` is the address before `/t/<secret>`, "" without owner's pages.

    `places` have a printer: what comes out by itself is queued for these only.
    """

    head: Letterhead
    say: Wording
    web: str = ""
    places: frozenset[str] = frozenset()
