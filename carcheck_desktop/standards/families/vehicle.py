"""What the rest of a safety edition must hold: sideslip, lamps, masses, dimensions and tyres."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carcheck_desktop.base.units import Unit
    from carcheck_desktop.domain.verdicts import Quantity
    from carcheck_desktop.standards.families.family import Judged

JUDGED: dict[Quantity, Judged] = {}
COMPUTED: dict[Quantity, Unit] = {}
CONSTANTS: tuple[str, ...] = ()
SETTINGS: dict[str, tuple[str, ...]] = {}
