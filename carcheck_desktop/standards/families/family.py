"""A family of table files, such as all editions of the safety inspection: what each of them must hold, no more, no less."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import StrEnum

    from carcheck_desktop.base.units import Unit
    from carcheck_desktop.domain.verdicts import Quantity


@dataclass(frozen=True, slots=True)
class Judged:
    """A quantity that has limits: its unit, and by what they are chosen; `axes` maps an axis to all its values."""

    unit: Unit
    axes: Mapping[str, type[StrEnum]]

    def cases(self) -> Iterator[dict[str, str]]:
        """Yield every combination of the axes; a quantity without axes has one case."""
        values = [[str(each) for each in kind] for kind in self.axes.values()]
        for combination in itertools.product(*values):
            yield dict(zip(self.axes, combination, strict=True))


@dataclass(frozen=True, slots=True)
class Family:
    """Judged quantities, computed ones with their units, keys of constants, settings with their words, groups of inspection cycles."""

    name: str
    judged: Mapping[Quantity, Judged]
    computed: Mapping[Quantity, Unit]
    constants: tuple[str, ...]
    settings: Mapping[str, tuple[str, ...]]
    cycles: tuple[str, ...] = ()

    def unit(self, quantity: Quantity) -> Unit:
        """Return the unit of a judged or computed quantity."""
        found = self.judged.get(quantity)
        return self.computed[quantity] if found is None else found.unit

    @property
    def rounded(self) -> tuple[Quantity, ...]:
        """Every quantity that needs a row of rounding."""
        return (*self.judged, *self.computed)
