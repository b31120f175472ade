"""One reading of an opacimeter: its k of N, or its N of k. Nothing is judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, computed
from carcheck_desktop.standards.diesel.smoke import HIGHEST_K_PER_M, absorption, opacity
from carcheck_desktop.standards.records.figures import between, only_one, required
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from fractions import Fraction

    from carcheck_desktop.standards.case import Case

ALL_PERCENT = 100
"""No light at all, which has no light absorption."""
SHORTEST_PATH_M, LONGEST_PATH_M = Decimal("0.05"), 1
"""No opacimeter has another path of the light."""


@dataclass(frozen=True, slots=True)
class Opacity:
    """One reading of smoke, as opacity or as light absorption: the other is computed."""

    N_percent: Decimal | None = None
    """Opacity, 0 up to, not including, 100. Either this or `k_per_m`."""
    k_per_m: Decimal | None = None
    """Light absorption."""
    path_m: Decimal | None = None
    """Effective path of the light; without it that of the standard, 0.430 m."""


def judge_opacity(case: Case, record: Opacity) -> Judgement:
    """Return both figures of a reading; raise `DataError` naming the field that cannot be used."""
    given = only_one(N_percent=record.N_percent, k_per_m=record.k_per_m)
    path_m = path_of(case, record.path_m)
    if record.N_percent is not None:
        opacity_percent = between(given, record.N_percent, 0, ALL_PERCENT, below=True)
        k_per_m = absorption(opacity_percent, path_m)
    else:
        k_per_m = between(given, required(given, record.k_per_m), 0, HIGHEST_K_PER_M)
        opacity_percent = opacity(k_per_m, path_m)
    inputs = {"path_m": plain(path_m)}
    return Judgement(
        computed=(
            computed(case, Quantity.LIGHT_ABSORPTION, k_per_m, inputs | {"N_percent": plain(opacity_percent)}),
            computed(case, Quantity.OPACITY, opacity_percent, inputs | {"k_per_m": plain(k_per_m)}),
        )
    )


def path_of(case: Case, path_m: Decimal | None) -> Fraction:
    """Return the path of the light, as given or as the tables have it."""
    given = case.constant("opacity_path_m") if path_m is None else path_m
    return between("path_m", given, SHORTEST_PATH_M, LONGEST_PATH_M)
