"""The checks, one file each: `painted` ones look at rendered texts and pixels, `keyed` ones press keys."""

from __future__ import annotations

from collections.abc import Callable

from tests.look.checks.keyed import focus_sign, icon_only, names, pressing, reach, tab_order, trap
from tests.look.checks.painted import (
    clipped,
    contrast,
    elided,
    fits,
    foreign,
    glyphs,
    overlapping,
    small,
    uncatalogued,
)
from tests.look.findings import Finding
from tests.look.sitting import Seen

Check = Callable[[Seen], list[Finding]]

PAINTED: dict[str, Check] = {
    "fits": fits.check,
    "clipped": clipped.check,
    "overlapping": overlapping.check,
    "elided": elided.check,
    "uncatalogued": uncatalogued.check,
    "foreign": foreign.check,
    "contrast": contrast.check,
    "glyphs": glyphs.check,
    "small": small.check,
}
KEYED: dict[str, Check] = {
    "names": names.check,
    "icon_only": icon_only.check,
    "tab_order": tab_order.check,
    "trap": trap.check,
    "focus_sign": focus_sign.check,
    # its arrows choose: after what looks at the window as it was
    "reach": reach.check,
    "pressing": pressing.check,
}
CHECKS: dict[str, Check] = {**PAINTED, **KEYED}
