"""The cards of the transient modes: three separate limits of VMAS, two of the transient mode, and the distance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement, computed, is_met
from carcheck_desktop.standards.emission.cards import (
    TRANSIENT_ITEM,
    VMAS_ITEM,
    Result,
    exhaust_card,
    invalid_card,
    limit_of,
    missing_card,
)
from carcheck_desktop.standards.emission.formulas.figures import (
    GRAM_PER_KM,
    TEMPERATURE_C,
    missing,
    out_of_range,
    required,
    shown,
    within,
)
from carcheck_desktop.standards.emission.formulas.fuels import fuel_of
from carcheck_desktop.standards.emission.formulas.humidity import air_problem
from carcheck_desktop.standards.emission.vmas.cycle import GASES, Cycle, cycle_of
from carcheck_desktop.standards.emission.vmas.doubles import refuse_mixed, refuse_other
from carcheck_desktop.standards.emission.vmas.moment import judge_moment

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import Computed, VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
    from carcheck_desktop.standards.emission.vmas.record import Transient, Vmas

QUANTITIES = {"co": Quantity.VMAS_CO, "hc": Quantity.VMAS_HC, "nox": Quantity.VMAS_NOX}
DISTANCE_KM = (Decimal(0), Decimal(100))
MASS_G = (Decimal(0), Decimal(100_000))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is to be judged: g/km by gas (None: not given), with the distance and the numbers that went in."""

    per_km: dict[str, Fraction | None]
    distance_km: Fraction | None
    inputs: dict[str, dict[str, str]]
    cycle: Cycle | None = None


def judge_vmas(case: Case, record: Vmas) -> Judgement:
    """Judge a cycle, or work out the flow of one moment; raise `DataError` where nothing was given or a field is wrong."""
    has_results = any(
        value is not None
        for value in (
            record.co_g_per_km, record.hc_g_per_km, record.nox_g_per_km, record.co_g, record.hc_g, record.nox_g,
        )
    )  # fmt: skip
    if not record.seconds and not has_results and record.distance_km is None:
        return judge_moment(case, record)
    refuse_mixed(record)
    if record.temperature_C is not None:
        within("temperature_C", record.temperature_C, TEMPERATURE_C)
    fuel = fuel_of(case, record.fuel)
    outcome = _of_seconds(case, record) if record.seconds else _given(case, record)
    if isinstance(outcome, Message):
        return Judgement(_invalid(case, fuel, outcome, {}))
    return _judged(case, fuel, outcome)


def judge_transient(case: Case, record: Transient) -> Judgement:
    """Judge given results; raise `DataError` naming a field that is missing or cannot be."""
    fuel = fuel_of(case, record.fuel)
    co = within("co_g_per_km", record.co_g_per_km, GRAM_PER_KM)
    if record.hc_plus_nox_g_per_km is not None:
        both = within("hc_plus_nox_g_per_km", record.hc_plus_nox_g_per_km, GRAM_PER_KM)
        inputs = {"given": shown(both)}
        if record.hc_g_per_km is not None and record.nox_g_per_km is not None:
            parts = Fraction(record.hc_g_per_km) + Fraction(record.nox_g_per_km)
            refuse_other(case, "hc_plus_nox_g_per_km", Quantity.TRANSIENT_HC_NOX, both, parts)
    else:
        hc = required("hc_g_per_km", record.hc_g_per_km, GRAM_PER_KM)
        nox = required("nox_g_per_km", record.nox_g_per_km, GRAM_PER_KM)
        both, inputs = hc + nox, {"hc_g_per_km": shown(hc), "nox_g_per_km": shown(nox)}
    results = (
        Result(TRANSIENT_ITEM, Quantity.TRANSIENT_CO, co, {"given": shown(co)}),
        Result(TRANSIENT_ITEM, Quantity.TRANSIENT_HC_NOX, both, inputs),
    )
    return Judgement(tuple(exhaust_card(case, fuel, result) for result in results))


def _of_seconds(case: Case, record: Vmas) -> _Outcome | Message:
    cycle = cycle_of(case, record)
    if isinstance(cycle, Message):
        return cycle
    distance = cycle.distance_km
    if record.distance_km is not None:
        off = abs(within("distance_km", record.distance_km, DISTANCE_KM) - distance)
        if off > Fraction(case.constant("vmas_distance_off_km")):
            raise out_of_range("distance_km", record.distance_km, f"{shown(distance)} km (seconds)")
    if distance == 0:
        return Message("standards.vmas.not_moved")
    inputs = {
        gas: {
            "mass_g": shown(cycle.masses_g[gas]),
            "density_g_per_L": shown(cycle.densities[gas]),
            "volume_L": shown(cycle.volume_L),
            "seconds": str(cycle.seconds),
        }
        for gas in GASES
    }
    return _Outcome({gas: cycle.masses_g[gas] / distance for gas in GASES}, distance, inputs, cycle)


def _given(case: Case, record: Vmas) -> _Outcome | Message:
    """Return results that were given by distance, or masses over a distance; a result that is not that of its mass is refused."""
    too_far = air_problem(case, record.temperature_C)
    if too_far is not None:
        return too_far
    distance = None if record.distance_km is None else within("distance_km", record.distance_km, DISTANCE_KM)
    per_km: dict[str, Fraction | None] = {}
    inputs: dict[str, dict[str, str]] = {}
    for gas in GASES:
        value, mass = getattr(record, f"{gas}_g_per_km"), getattr(record, f"{gas}_g")
        per_km[gas], inputs[gas] = None, {}
        if value is not None:
            exact = within(f"{gas}_g_per_km", value, GRAM_PER_KM)
            per_km[gas], inputs[gas] = exact, {"given": shown(exact)}
            if mass is not None and distance:
                of_mass = within(f"{gas}_g", mass, MASS_G) / distance
                refuse_other(case, f"{gas}_g_per_km", QUANTITIES[gas], exact, of_mass)
        elif mass is not None:
            grams = within(f"{gas}_g", mass, MASS_G)
            if not distance:
                raise missing("distance_km")
            per_km[gas], inputs[gas] = grams / distance, {"mass_g": shown(grams)}
    return _Outcome(per_km, distance, inputs)


def _judged(case: Case, fuel: ExhaustFuel, outcome: _Outcome) -> Judgement:
    driven: dict[str, str] = {}
    numbers: tuple[Computed, ...] = ()
    if outcome.distance_km is not None:
        driven = {
            "distance_km": shown(outcome.distance_km),
            "cycle_km": shown(case.constant("vmas_distance_km")),
            "allowed_off_km": shown(case.constant("vmas_distance_off_km")),
        }
        numbers = (computed(case, Quantity.VMAS_DISTANCE, outcome.distance_km, driven),)
        off = abs(outcome.distance_km - Fraction(case.constant("vmas_distance_km")))
        if off > Fraction(case.constant("vmas_distance_off_km")):
            reason = Message("standards.vmas.distance", {"distance_km": driven["distance_km"]})
            return Judgement(_invalid(case, fuel, reason, driven), numbers)
    cards = []
    for gas, exact in outcome.per_km.items():
        quantity = QUANTITIES[gas]
        if exact is None:
            reason = Message("standards.petrol.not_given")
            cards.append(missing_card(case, VMAS_ITEM, quantity, reason, fuel=fuel.value))
            continue
        doubts = _density_doubt(case, outcome, exact) if gas == "hc" else ()
        result = Result(VMAS_ITEM, quantity, exact, outcome.inputs[gas] | driven, doubts=doubts)
        cards.append(exhaust_card(case, fuel, result))
    return Judgement(tuple(cards), numbers)


def _density_doubt(case: Case, outcome: _Outcome, exact: Fraction) -> tuple[Doubt, ...]:
    """Return the doubt about the density of HC where the other one would change the verdict."""
    if outcome.cycle is None:
        return ()
    other = exact / outcome.cycle.densities["hc"] * Fraction(case.constant("vmas_hc_density_other"))
    limit, quantity = limit_of(case, Quantity.VMAS_HC), Quantity.VMAS_HC
    if is_met(limit, case.rounded(quantity, exact)) == is_met(limit, case.rounded(quantity, other)):
        return ()
    reason = Message("standards.doubt.hc_density", {"other": f"{case.rounded(quantity, other):f}"})
    return (Doubt(case.constant_confidence("vmas_molar_hc"), reason),)


def _invalid(case: Case, fuel: ExhaustFuel, reason: Message, inputs: dict[str, str]) -> tuple[VerdictCard, ...]:
    return tuple(
        invalid_card(case, VMAS_ITEM, quantity, reason, **inputs, fuel=fuel.value) for quantity in QUANTITIES.values()
    )
