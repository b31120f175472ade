"""The fields of the transient modes in a record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel


@dataclass(frozen=True, slots=True)
class VmasSecond:
    """One second of the cycle: roller speed, raw gases (CO in percent, HC as n-hexane and NOx in 10⁻⁶), and the flow.

    Either `exhaust_flow_L_per_s`, or the standard flow of the flow meter with the oxygen of the diluted and the raw exhaust.
    `t_s` counts the seconds of the cycle; where it is given, a lost second makes the test invalid.
    """

    speed_kmh: Decimal
    co_percent: Decimal
    hc_ppm: Decimal
    nox_ppm: Decimal
    co2_percent: Decimal | None = None
    exhaust_flow_L_per_s: Decimal | None = None
    standard_flow_L_per_s: Decimal | None = None
    o2_diluted_percent: Decimal | None = None
    o2_raw_percent: Decimal | None = None
    t_s: int | None = None


@dataclass(frozen=True, slots=True)
class Vmas:
    """VMAS (简易瞬态工况法): one of four ways, by what is known; fields of two ways that do not belong together are refused.

    1. One moment: the dilution ratio by `o2_ambient_percent`, `o2_diluted_percent`, `o2_raw_percent`; with
       `standard_flow_L_per_s` the exhaust flow too; and the masses in a second of `co_percent`, `hc_ppm` (n-hexane) and
       `nox_ppm` (raw exhaust) by that flow or by `exhaust_flow_L_per_s`. Nothing is judged.
    2. Results as another program gave them: `co_g_per_km`, `hc_g_per_km`, `nox_g_per_km`, with `distance_km` where it is known.
    3. Masses of the cycle: `co_g`, `hc_g`, `nox_g` with `distance_km`.
    4. `seconds` of the whole cycle, 195 of them, with `o2_ambient_percent`; the distance is that of the speeds, and a
       `distance_km` beside them that differs from it by more than 0.2 km is refused. A second without any exhaust flow, a mean
       flow below 2 L/s, and a reading that no analyser shows make the test invalid.

    `temperature_C` of the air, where it is given: below −5 °C or above 45 °C the test does not count (setting
    `driving_ambient`). A distance that differs from 1.013 km by more than 0.2 km makes the test invalid. The exhaust flow's exact value is that of
    the exact ratio, the rounded one that of the rounded ratio (setting `exhaust_flow_of`); both are in its inputs.
    """

    o2_ambient_percent: Decimal | None = None
    o2_diluted_percent: Decimal | None = None
    o2_raw_percent: Decimal | None = None
    standard_flow_L_per_s: Decimal | None = None
    exhaust_flow_L_per_s: Decimal | None = None
    co_percent: Decimal | None = None
    hc_ppm: Decimal | None = None
    nox_ppm: Decimal | None = None
    co_g_per_km: Decimal | None = None
    hc_g_per_km: Decimal | None = None
    nox_g_per_km: Decimal | None = None
    co_g: Decimal | None = None
    hc_g: Decimal | None = None
    nox_g: Decimal | None = None
    distance_km: Decimal | None = None
    seconds: tuple[VmasSecond, ...] = ()
    temperature_C: Decimal | None = None
    fuel: ExhaustFuel | None = None


@dataclass(frozen=True, slots=True)
class Transient:
    """Results of the transient mode (瞬态工况法) as the bench gave them: CO, and HC with NOx together, in g/km.

    `hc_plus_nox_g_per_km`, or both parts of it; a sum that is not that of its parts is refused.
    """

    co_g_per_km: Decimal
    hc_plus_nox_g_per_km: Decimal | None = None
    hc_g_per_km: Decimal | None = None
    nox_g_per_km: Decimal | None = None
    fuel: ExhaustFuel | None = None
