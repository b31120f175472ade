"""The single formulas as measurements of a record: excess air, dilution, humidity, and the load of the steady-state modes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from carcheck_desktop.domain.verdicts import Computed, Quantity
from carcheck_desktop.standards.cards import Judgement, computed
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission.formulas.dilution import dilution, dilution_constants
from carcheck_desktop.standards.emission.formulas.excess_air import Mixture, coefficients, excess_air
from carcheck_desktop.standards.emission.formulas.figures import (
    MASS_KG,
    MILLIONTHS,
    PERCENT,
    missing,
    out_of_range,
    shown,
    within,
)
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel, fuel_of
from carcheck_desktop.standards.emission.formulas.humidity import Ambient, humidity
from carcheck_desktop.standards.emission.formulas.loads import asm_power, reference_mass
from carcheck_desktop.standards.emission.formulas.readings import refuse_beyond_range

POWERS = {"asm5025": Quantity.ASM5025_POWER, "asm2540": Quantity.ASM2540_POWER}


@dataclass(frozen=True, slots=True)
class ExcessAir:
    """Excess-air coefficient (过量空气系数 λ) of one exhaust, by Brettschneider's formula.

    Dry gases in percent by volume, HC in 10⁻⁶ of n-hexane. `fuel` chooses the hydrogen and oxygen to carbon ratios; it is
    needed where `vehicle.fuel` does not name exactly one of petrol, LPG and natural gas.
    """

    co_percent: Decimal
    co2_percent: Decimal
    o2_percent: Decimal
    hc_ppm: Decimal
    fuel: ExhaustFuel | None = None


@dataclass(frozen=True, slots=True)
class DilutionFactor:
    """Dilution factor DF (稀释修正系数) of one exhaust by its CO and CO2 in percent by volume; at most 3."""

    co_percent: Decimal
    co2_percent: Decimal
    fuel: ExhaustFuel | None = None


@dataclass(frozen=True, slots=True)
class HumidityFactor:
    """Humidity factor kH (湿度修正系数) of NO.

    `saturation_pressure_kPa` is that of water at `temperature_C`, above 30 °C that of 30 °C; without it, it is worked out from
    the temperature. One of both is needed.
    """

    humidity_percent: Decimal
    pressure_kPa: Decimal
    temperature_C: Decimal | None = None
    saturation_pressure_kPa: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AsmLoad:
    """Load at the roller of both steady-state modes: reference mass/148 and reference mass/185.

    Without `reference_mass_kg` it is the curb mass + 100, of the measurement or else of the vehicle.
    """

    reference_mass_kg: Decimal | None = None
    curb_mass_kg: Decimal | None = None


def judge_excess_air(case: Case, record: ExcessAir) -> Judgement:
    """Work out λ; raise `DataError` naming a field that cannot be."""
    fuel = fuel_of(case, record.fuel)
    _refuse_beyond(case, record, ("co_percent", "co2_percent", "o2_percent", "hc_ppm"))
    mixture = Mixture(
        co=within("co_percent", record.co_percent, PERCENT),
        co2=within("co2_percent", record.co2_percent, PERCENT),
        o2=within("o2_percent", record.o2_percent, PERCENT),
        hc=within("hc_ppm", record.hc_ppm, MILLIONTHS),
    )
    _refuse_no_carbon(mixture.co, mixture.co2)
    constants = coefficients(case.edition, case.on, fuel)
    inputs = mixture.inputs | constants.inputs | {"fuel": fuel.value}
    return Judgement(computed=(computed(case, Quantity.EXCESS_AIR, excess_air(mixture, constants), inputs),))


def judge_dilution(case: Case, record: DilutionFactor) -> Judgement:
    """Work out DF and the CO2 of undiluted exhaust; raise `DataError` naming a field that cannot be."""
    fuel = fuel_of(case, record.fuel)
    co = within("co_percent", record.co_percent, PERCENT)
    co2 = within("co2_percent", record.co2_percent, PERCENT)
    _refuse_beyond(case, record, ("co_percent", "co2_percent"))
    _refuse_no_carbon(co, co2)
    constants = dilution_constants(case, fuel)
    found = dilution(constants, co, co2)
    inputs = {
        "co_percent": shown(co), "co2_percent": shown(co2), "fuel": fuel.value, "a": shown(constants.a),
        "X": shown(found.share), "DF_unclamped": shown(found.unclamped), "clamped": "yes" if found.is_clamped else "no",
    }  # fmt: skip
    return Judgement(
        computed=(
            computed(case, Quantity.CORRECTED_CO2, found.corrected_co2, inputs),
            computed(case, Quantity.DILUTION_FACTOR, found.factor, inputs),
        )
    )


def judge_humidity(case: Case, record: HumidityFactor) -> Judgement:
    """Work out kH and the absolute humidity H; raise `DataError` naming a field that is missing or cannot be."""
    air = Ambient(record.temperature_C, record.humidity_percent, record.pressure_kPa, record.saturation_pressure_kPa)
    found = humidity(case, air)
    numbers = [computed(case, Quantity.HUMIDITY_FACTOR, found.factor, found.inputs)]
    if found.absolute is not None:
        numbers.insert(0, computed(case, Quantity.ABSOLUTE_HUMIDITY, found.absolute, found.inputs))
    return Judgement(computed=tuple(numbers))


def judge_asm_load(case: Case, record: AsmLoad) -> Judgement:
    """Work out both loads; raise `DataError` where no mass was given."""
    mass, inputs, numbers = _reference_mass(case, record)
    for mode, quantity in POWERS.items():
        known = inputs | {"kg_per_kW": shown(Fraction(case.constant(f"{mode}_kg_per_kW")))}
        numbers.append(computed(case, quantity, asm_power(case, mode, mass), known))
    return Judgement(computed=tuple(numbers))


def _reference_mass(case: Case, record: AsmLoad) -> tuple[Fraction, dict[str, str], list[Computed]]:
    given: Decimal | int | None = record.reference_mass_kg
    if given is None and record.curb_mass_kg is None:
        given = case.vehicle.reference_mass_kg
    if given is not None:
        mass = within("reference_mass_kg", given, MASS_KG)
        if record.curb_mass_kg is not None and mass != (of_curb := reference_mass(case, record.curb_mass_kg)):
            raise out_of_range("reference_mass_kg", mass, f"{shown(of_curb)} (curb_mass_kg)")
        return mass, {"reference_mass_kg": shown(mass)}, []
    curb: Decimal | int | None = case.vehicle.curb_mass_kg if record.curb_mass_kg is None else record.curb_mass_kg
    if curb is None:
        raise missing("reference_mass_kg")
    mass = reference_mass(case, curb)
    inputs = {"curb_mass_kg": shown(curb), "added_kg": shown(case.constant("reference_mass_added_kg"))}
    number = computed(case, Quantity.REFERENCE_MASS, mass, inputs)
    return mass, inputs | {"reference_mass_kg": shown(mass)}, [number]


def _refuse_beyond(case: Case, record: ExcessAir | DilutionFactor, names: tuple[str, ...]) -> None:
    refuse_beyond_range(case, {name: getattr(record, name) for name in names})


def _refuse_no_carbon(co: Fraction, co2: Fraction) -> None:
    if co + co2 == 0:
        raise out_of_range("co2_percent", co2, "co_percent + co2_percent > 0")
