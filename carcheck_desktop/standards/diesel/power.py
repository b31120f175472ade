"""The power of the engine brought to reference air (功率修正), and held against a share of the rated power (GB 3847)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement, Subject, computed
from carcheck_desktop.standards.diesel.holding import LUGDOWN, by_set, held
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.powers import power
from carcheck_desktop.standards.records.figures import between, expected
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.verdicts import Computed, VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

MOST_KW = 2000
COLDEST_C, HOTTEST_C = -50, 70
THINNEST_KPA, DENSEST_KPA = 40, 120
LEAST_FM, MOST_FM = Decimal("0.3"), Decimal("1.2")
"""Between which the exponent of every engine lies (as recalled of ISO 1585)."""


@dataclass(frozen=True, slots=True)
class PowerCorrection:
    """A wheel power brought to reference air; judged where the rated power is known."""

    temperature_C: Decimal
    """Of the air the engine takes in."""
    pressure_kPa: Decimal
    """Of the air."""
    is_turbocharged: bool | None = None
    """False for natural and mechanical charging; without it the vehicle's own."""
    measured_power_kW: Decimal | None = None
    """Highest wheel power as measured; without it the factor alone is computed."""
    rated_power_kW: Decimal | None = None
    """Without it the vehicle's own."""
    fm: Decimal | None = None
    """Exponent of the engine, 0.3 to 1.2; without it the tables'."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A factor of correction with everything that it was worked out from; `air` is the factor of the air alone (fa)."""

    factor: Fraction
    inputs: dict[str, str]
    air: Fraction | None = None

    def computed(self, case: Case) -> tuple[Computed, ...]:
        """Return the factors as numbers of their own."""
        found = computed(case, Quantity.POWER_CORRECTION_FACTOR, self.factor, self.inputs)
        if self.air is None:
            return (found,)
        return (computed(case, Quantity.ATMOSPHERIC_FACTOR, self.air, self.inputs), found)


def judge_power_correction(case: Case, record: PowerCorrection) -> Judgement:
    """Return the factor, the corrected power, and its verdict, as far as the record goes."""
    found = correction(case, record)
    numbers = found.computed(case)
    if record.measured_power_kW is None:
        return Judgement(computed=numbers)
    measured_kW = between("measured_power_kW", record.measured_power_kW, 0, MOST_KW)
    inputs = found.inputs | {"measured_power_kW": plain(measured_kW), "correction_factor": plain(found.factor)}
    exact = measured_kW * found.factor
    numbers = (*numbers, computed(case, Quantity.CORRECTED_POWER, exact, inputs))
    rated_kW = case.vehicle.rated_power_kW if record.rated_power_kW is None else record.rated_power_kW
    if rated_kW is None:
        return Judgement(computed=numbers)
    card, share = power_card(case, exact, between("rated_power_kW", rated_kW, 0, MOST_KW, above=True), inputs)
    return Judgement((card,), (*numbers, share))


def correction(case: Case, record: PowerCorrection) -> Correction:
    """Return the factor for the air and the engine.

    Natural or mechanical charging: fa = (p0/p)^a * (T/T0)^b with the exponents of suction, else those of turbocharging;
    factor = fa^fm. The temperature in kelvin has the offset of the tables.
    """
    celsius = between("temperature_C", record.temperature_C, COLDEST_C, HOTTEST_C)
    pressure_kPa = between("pressure_kPa", record.pressure_kPa, THINNEST_KPA, DENSEST_KPA)
    turbo = record.is_turbocharged if record.is_turbocharged is not None else case.vehicle.is_turbocharged
    turbo = case.vehicle.require("is_turbocharged", turbo)
    engine = "turbo" if turbo else "suction"
    exponents = [case.constant(f"{engine}_{name}_exponent") for name in ("pressure", "temperature")]
    reference_kPa, reference_K = (case.constant(key) for key in ("reference_pressure_kPa", "reference_temperature_K"))
    fm = case.constant("engine_factor_fm") if record.fm is None else record.fm
    kelvin = celsius + Fraction(case.constant("kelvin_offset"))
    of_pressure = power(Fraction(reference_kPa) / pressure_kPa, exponents[0])
    of_temperature = power(kelvin / Fraction(reference_K), exponents[1])
    air = Fraction(of_pressure) * Fraction(of_temperature)
    factor = Fraction(power(air, between("fm", fm, LEAST_FM, MOST_FM)))
    inputs = {
        "temperature_C": plain(celsius),
        "temperature_K": plain(kelvin),
        "pressure_kPa": plain(pressure_kPa),
        "charging": engine,
        "reference_pressure_kPa": plain(reference_kPa),
        "reference_temperature_K": plain(reference_K),
        "pressure_exponent": plain(exponents[0]),
        "temperature_exponent": plain(exponents[1]),
        "atmospheric_factor": plain(air),
        "fm": plain(fm),
    }
    return Correction(factor, inputs, air)


def power_card(
    case: Case, exact_kW: Fraction, rated_kW: Fraction, inputs: dict[str, str], doubts: Sequence[Doubt] = ()
) -> tuple[VerdictCard, Computed]:
    """Judge the corrected power in kW against its share of the rated power; return the share in % beside it."""
    chosen, shown = by_set(case)
    share = expected(case.limit(Quantity.WHEEL_POWER_SHARE, limit_set=chosen), Bound.AT_LEAST)
    limit = limit_kW(case, share, rated_kW)
    inputs = inputs | shown | {"rated_power_kW": plain(rated_kW)}
    doubts = [*doubts, *_too_much(case, exact_kW * 100 / rated_kW)]
    if Quantity.LUGDOWN_POWER.value not in case.platform:
        inputs |= {"share_percent": plain(share.value)}
    advice = Message("standards.advice.power")
    card = held(case, Subject(LUGDOWN, Quantity.LUGDOWN_POWER, limit, inputs), exact_kW, advice, doubts)
    numbers = {"corrected_power_kW": plain(exact_kW), "rated_power_kW": plain(rated_kW)}
    return card, computed(case, Quantity.WHEEL_POWER_SHARE, exact_kW * 100 / rated_kW, numbers)


def _too_much(case: Case, percent: Fraction) -> list[Doubt]:
    """Return the doubt about more power at the wheels than the engine has."""
    most = case.constant("power_doubt_percent")
    if percent <= most:
        return []
    params: dict[str, str | int] = {"percent": f"{cut(percent, 1):f}", "most": plain(most)}
    return [Doubt(Confidence.RECALLED, Message("standards.doubt.high_power", params))]


def limit_kW(case: Case, share: Limit, rated_kW: Fraction) -> Limit:
    """Return the limit in kW that a share of the rated power comes to, or the one that the platform sent in kW."""
    figures = (cut(rated_kW * Fraction(share.value) / 100),)
    unit = case.edition.unit(Quantity.LUGDOWN_POWER)
    found = replace(share, quantity=Quantity.LUGDOWN_POWER, figures=figures, unit=unit)
    sent = case.platform.get(Quantity.LUGDOWN_POWER.value)
    return found if sent is None else sent.instead_of(found, f"limits.{Quantity.LUGDOWN_POWER}")
