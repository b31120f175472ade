"""Masses and distance of a cycle, second by second."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.emission.formulas.figures import (
    FLOW_L_PER_S,
    MILLIONTHS,
    PERCENT,
    SPEED_KMH,
    required,
    shown,
    within,
)
from carcheck_desktop.standards.emission.formulas.flow import SHARES, density, dilution_ratio
from carcheck_desktop.standards.emission.formulas.humidity import air_problem
from carcheck_desktop.standards.emission.formulas.readings import beyond_range
from carcheck_desktop.standards.emission.two_speed.sampling import diluted, is_whole
from carcheck_desktop.standards.families.axes import Switch
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.vmas.record import Vmas, VmasSecond

GASES = ("co", "hc", "nox")
SECONDS_PER_HOUR = 3600
LONGEST_CYCLE_S = Decimal(600)


@dataclass(frozen=True, slots=True)
class Cycle:
    """What a cycle came to: masses in g, the volume of exhaust in L, and the distance in km by the speeds."""

    masses_g: dict[str, Fraction]
    volume_L: Fraction
    distance_km: Fraction
    seconds: int
    densities: dict[str, Fraction]


def cycle_of(case: Case, record: Vmas) -> Cycle | Message:
    """Sum up the seconds, or say why they do not count; raise `DataError` naming a field that is missing or cannot be."""
    _refuse_too_many(record)
    problem = _not_whole(case, record) or air_problem(case, record.temperature_C)
    if problem is not None:
        return problem
    densities = {gas: density(case, gas) for gas in GASES}
    masses = dict.fromkeys(GASES, Fraction(0))
    volume = distance = Fraction(0)
    for index, second in enumerate(record.seconds):
        place = f"seconds[{index}]"
        problem = _given_up(case, second, place, index)
        if problem is not None:
            return problem
        flow = _flow(record, second, place)
        if not flow:
            return Message("standards.vmas.oxygen" if flow is None else "standards.vmas.no_flow", {"second": index + 1})
        for gas, share in SHARES.items():
            field = "co_percent" if gas == "co" else f"{gas}_ppm"
            reading = within(f"{place}.{field}", getattr(second, field), PERCENT if gas == "co" else MILLIONTHS)
            masses[gas] += flow * reading * share * densities[gas]
        volume += flow
        distance += within(f"{place}.speed_kmh", second.speed_kmh, SPEED_KMH) / SECONDS_PER_HOUR
    least = case.constant("vmas_least_flow_L_per_s")
    if volume < Fraction(least) * len(record.seconds):
        flow_shown = shown(volume / len(record.seconds))
        return Message("standards.vmas.little_flow", {"flow": flow_shown, "least": plain(least)})
    return beyond_range(case, record.seconds) or Cycle(masses, volume, distance, len(record.seconds), densities)


def _refuse_too_many(record: Vmas) -> None:
    within("seconds", len(record.seconds), (PERCENT[0], LONGEST_CYCLE_S))


def _not_whole(case: Case, record: Vmas) -> Message | None:
    """Say that the seconds are not those of one whole cycle."""
    wanted = int(case.constant("vmas_cycle_s"))
    if len(record.seconds) != wanted:
        return Message("standards.vmas.not_whole", {"seconds": len(record.seconds), "wanted": wanted})
    return None if is_whole([each.t_s for each in record.seconds]) else Message("standards.exhaust.gap")


def _given_up(case: Case, second: VmasSecond, place: str, index: int) -> Message | None:
    """Say that a second ended the test; nothing where the rule is off or CO2 was not recorded."""
    if second.co2_percent is None or case.choice("vmas_dilution") == Switch.OFF:
        return None
    within(f"{place}.co2_percent", second.co2_percent, PERCENT)
    total = second.co_percent + second.co2_percent
    return diluted(index + 1, total) if total < case.constant("dilution_percent") else None


def _flow(record: Vmas, second: VmasSecond, place: str) -> Fraction | None:
    """Return the exhaust flow of a second in L/s; None where the oxygens cannot be those of a mixture."""
    if second.exhaust_flow_L_per_s is not None:
        return within(f"{place}.exhaust_flow_L_per_s", second.exhaust_flow_L_per_s, FLOW_L_PER_S)
    standard = required(f"{place}.standard_flow_L_per_s", second.standard_flow_L_per_s, FLOW_L_PER_S)
    ratio = dilution_ratio(
        required("o2_ambient_percent", record.o2_ambient_percent, PERCENT),
        required(f"{place}.o2_diluted_percent", second.o2_diluted_percent, PERCENT),
        required(f"{place}.o2_raw_percent", second.o2_raw_percent, PERCENT),
    )
    return None if ratio is None else standard * ratio
