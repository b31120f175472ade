"""Windows that are larger than the screen they are looked at on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.look.findings import Finding

if TYPE_CHECKING:
    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Compare the size that the window took with the screen's."""
    if seen.size is None:
        return []
    width, height = seen.target.width(), seen.target.height()
    if width <= seen.size[0] and height <= seen.size[1]:
        return []
    evidence = f"{width} x {height} on {seen.size[0]} x {seen.size[1]}"
    return [Finding("fits", seen.target.objectName(), "larger than the screen", evidence)]
