"""Which method of exhaust test a vehicle is asked for, and why (reference: choice of the method); pure.

The relaxed methods, two-speed idle and free acceleration, are chosen only for a reason that keeps the vehicle from the
dynamometer. What a station can do of it, and what its platform orders instead, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Drive, Fuel, VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.emission.formulas.fuels import NO_EXHAUST, ExhaustFuel, fuels_of
from carcheck_desktop.standards.families.axes import TractionControl

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case


class EmissionMethod(StrEnum):
    """What becomes of a vehicle's exhaust."""

    TWO_SPEED_IDLE = "two_speed_idle"
    ASM = "asm"
    VMAS = "vmas"
    TRANSIENT = "transient"
    FREE_ACCELERATION = "free_acceleration"
    LUGDOWN = "lugdown"
    NO_EXHAUST_TEST = "no_exhaust_test"
    OTHER_STANDARD = "other_standard"
    """Motorcycles and three-wheeled or low-speed goods vehicles."""
    UNKNOWN = "unknown"
    """No rule is known for this fuel."""


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """The method with its reason and how well that is known.

    `fuels` are what a petrol engine is tested with, each by itself (bi-fuel: both). `is_hybrid`: tested with the engine
    running. `unfit` says that only an obstacle keeps the vehicle from the dynamometer.
    """

    method: EmissionMethod
    reason: Message
    confidence: Confidence
    fuels: tuple[ExhaustFuel, ...] = ()
    is_hybrid: bool = False
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class Fitness:
    """What was found at the vehicle itself; None where nobody has looked."""

    fit_for_dynamometer: bool | None = None
    lugdown_possible: bool | None = None


MOTORCYCLES = frozenset(
    (
        VehicleCategory.MOTORCYCLE,
        VehicleCategory.SIDECAR_MOTORCYCLE,
        VehicleCategory.TRICYCLE_MOTORCYCLE,
        VehicleCategory.MOPED,
    )
)
OUT_OF_SCOPE = frozenset((VehicleCategory.THREE_WHEELED, VehicleCategory.LOW_SPEED_GOODS))
OF_DIESEL = {
    "standards.emission.all_wheel": Message("standards.emission.diesel_all_wheel"),
    "standards.emission.traction_control": Message("standards.emission.diesel_traction_control"),
    "standards.emission.not_fit": Message("standards.emission.diesel_not_fit"),
}
"""The same obstacles in the words of a diesel engine."""
NOT_SEEN = Fitness()
Reason = tuple[Message, Confidence]


def emission_method(case: Case, fitness: Fitness = NOT_SEEN) -> MethodChoice:
    """Return the method for a vehicle; raise `DataError` naming the fact that decides and is not known."""
    spared = _without_test(case)
    if spared is not None:
        return spared
    letters = _letters(case)
    is_hybrid = bool(case.vehicle.is_hybrid) or _is_hybrid(letters)
    if Fuel.DIESEL in letters:
        return _diesel(case, fitness, is_hybrid)
    fuels = fuels_of(letters)
    if not fuels:
        reason = Message("standards.emission.other_fuel_method", {"fuel": letters})
        return MethodChoice(EmissionMethod.UNKNOWN, reason, Confidence.RECALLED, is_hybrid=is_hybrid)
    obstacle = petrol_obstacle(case, fitness)
    if obstacle is not None:
        reason, confidence = obstacle
        return MethodChoice(EmissionMethod.TWO_SPEED_IDLE, reason, confidence, fuels, is_hybrid, unfit=True)
    mode = EmissionMethod(case.choice("simple_driving_mode"))
    is_known = case.vehicle.drive is not None and case.vehicle.has_traction_control_always_on is not None
    reason = Message("standards.emission.loaded_mode" if is_known else "standards.emission.loaded_mode_or_unknown")
    return MethodChoice(mode, reason, case.choice_confidence("simple_driving_mode"), fuels, is_hybrid)


def petrol_obstacle(case: Case, fitness: Fitness = NOT_SEEN) -> Reason | None:
    """Return what keeps a petrol or gas vehicle from the dynamometer, the best known reason first; None when nothing does."""
    vehicle = case.vehicle
    if vehicle.drive is Drive.ALL_PERMANENT and vehicle.total_mass_kg is None:
        return Message("standards.emission.all_wheel"), Confidence.SOURCED
    light_to = case.constant("light_to_kg")
    mass_kg = vehicle.require("total_mass_kg", vehicle.total_mass_kg)
    if mass_kg > light_to:
        reason = Message("standards.emission.heavy", {"mass_kg": mass_kg, "light_to_kg": int(light_to)})
        return reason, Confidence.SINGLE_SOURCE
    return _obstacle(case, fitness)


def _obstacle(case: Case, fitness: Fitness) -> Reason | None:
    vehicle = case.vehicle
    if vehicle.drive is Drive.ALL_PERMANENT:
        return Message("standards.emission.all_wheel"), Confidence.SOURCED
    if fitness.fit_for_dynamometer is False:
        return Message("standards.emission.not_fit"), Confidence.SOURCED
    if vehicle.has_traction_control_always_on and case.choice("traction_control") == TractionControl.COUNTS:
        return Message("standards.emission.traction_control"), case.choice_confidence("traction_control")
    return None


def _diesel(case: Case, fitness: Fitness, is_hybrid: bool) -> MethodChoice:
    found = _obstacle(case, fitness)
    if found is None and fitness.lugdown_possible is False:
        found = Message("standards.emission.no_lugdown"), Confidence.SINGLE_SOURCE
    if found is not None:
        reason, confidence = found
        reason = OF_DIESEL.get(reason.code, reason)
        return MethodChoice(EmissionMethod.FREE_ACCELERATION, reason, confidence, (), is_hybrid, unfit=True)
    reason = Message("standards.emission.lugdown_first")
    return MethodChoice(EmissionMethod.LUGDOWN, reason, Confidence.SINGLE_SOURCE, (), is_hybrid)


def _without_test(case: Case) -> MethodChoice | None:
    """Return why no method of these two standards is asked; None where one is."""
    vehicle = case.vehicle
    if vehicle.is_trailer:
        reason = Message("standards.emission.no_engine")
        return MethodChoice(EmissionMethod.NO_EXHAUST_TEST, reason, Confidence.SOURCED)
    if vehicle.fuel is not None and _letters(case) and not set(_letters(case)) - NO_EXHAUST:
        is_electric = Fuel.ELECTRIC in _letters(case)
        reason = Message("standards.emission.electric" if is_electric else "standards.emission.nothing_burnt")
        return MethodChoice(EmissionMethod.NO_EXHAUST_TEST, reason, Confidence.RECALLED)
    if vehicle.category in MOTORCYCLES:
        reason = Message("standards.emission.motorcycle")
        return MethodChoice(EmissionMethod.OTHER_STANDARD, reason, Confidence.SOURCED)
    if vehicle.category in OUT_OF_SCOPE:
        reason = Message("standards.emission.out_of_scope")
        return MethodChoice(EmissionMethod.OTHER_STANDARD, reason, Confidence.SINGLE_SOURCE)
    return None


def _letters(case: Case) -> str:
    return case.vehicle.require("fuel", case.vehicle.fuel).upper()


def _is_hybrid(letters: str) -> bool:
    """Say whether the licence's letters name a hybrid: the word itself, or electric beside another fuel."""
    return Fuel.HYBRID in letters or (Fuel.ELECTRIC in letters and len(letters) > 1)
