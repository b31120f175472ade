"""Which brake tests a vehicle is asked for, beside B1 to B5 and B0: which axles loaded, and on what tester; each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Drive, VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.classes import mass_ratio
from carcheck_desktop.standards.families.axes import FirstTrailerAxle, MassRatio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.case import Case

Category = VehicleCategory
LOADED_CATEGORIES = frozenset((
    Category.HEAVY_GOODS, Category.MEDIUM_GOODS, Category.LIGHT_GOODS, Category.MICRO_GOODS, Category.LOW_SPEED_GOODS,
    Category.HEAVY_TRACTOR_UNIT, Category.MEDIUM_TRACTOR_UNIT, Category.LIGHT_TRACTOR_UNIT,
    Category.HEAVY_SPECIAL, Category.MEDIUM_SPECIAL, Category.LIGHT_SPECIAL, Category.ROAD_TRAIN,
))  # fmt: skip
"""载货汽车, tractor units, 专项作业车, and trains, which are all asked with three axles and more."""


@dataclass(frozen=True, slots=True)
class LoadedTest:
    """Which axles are tested loaded (加载制动), from 1, and why each is or is not; `confidence` is that of the rule."""

    axles: tuple[int, ...]
    reasons: Mapping[int, Message]
    spared: Mapping[int, Message] = field(default_factory=dict)
    confidence: Confidence = Confidence.SINGLE_SOURCE


class BrakeTest(StrEnum):
    """How the service brake of a vehicle can be tested."""

    ROLLER = "roller"
    FREE_ROLLER = "free_roller"
    """Rollers that leave the other axles free or turn them the other way."""
    PLATE = "plate"
    ROAD = "road"


@dataclass(frozen=True, slots=True)
class TesterChoice:
    """What a vehicle's brakes may be tested on, the usual first, and why."""

    tests: tuple[BrakeTest, ...]
    reason: Message
    confidence: Confidence


def loaded_axles(case: Case) -> tuple[int, ...]:
    """Return the axles that are tested loaded; raise `DataError` naming the fact that decides and is not known."""
    return loaded_test(case).axles


def loaded_test(case: Case) -> LoadedTest:
    """Say which axles are tested loaded, and why each is or is not.

    Goods vehicles of three axles and more: all but the first and the last. A road train alike, as one vehicle, which is one
    reading of several. Trailers with tandem or tridem axles: all but the last. None with air suspension on it, and none at all where the total mass is below 1.2 times the curb mass. Raises
    `DataError` naming the fact that decides and is not known.
    """
    vehicle = case.vehicle
    category, axles = vehicle.require("category", vehicle.category), vehicle.require("axles", vehicle.axles)
    every = range(1, axles + 1)
    if vehicle.is_trailer:
        return _trailer(case, axles)
    if category not in LOADED_CATEGORIES or axles < case.constant("loaded_axles_from"):
        return _none(every, Message("standards.loaded.not_for"))
    if category is Category.ROAD_TRAIN:
        reasons = {axle: Message("standards.loaded.train", {"axle": axle, "axles": axles}) for axle in every[1:-1]}
        spared = {axle: Message("standards.loaded.train_end", {"axle": axle}) for axle in (1, axles)}
        return _sifted(case, reasons, spared, Confidence.DISPUTED)
    reasons = {axle: Message("standards.loaded.goods", {"axle": axle, "axles": axles}) for axle in every[1:-1]}
    spared = {axle: Message("standards.loaded.goods_end", {"axle": axle}) for axle in (1, axles)}
    return _sifted(case, reasons, spared, Confidence.SINGLE_SOURCE)


def tester_choice(case: Case, *, free_rollers: bool = False) -> TesterChoice:  # noqa: PT028 - no test
    """Say on what the brakes of a vehicle may be tested; `free_rollers` says that the lane has such.

    Full-time four-wheel drive and a traction control that is always on are not for ordinary rollers.
    """
    vehicle = case.vehicle
    is_permanent = vehicle.drive is Drive.ALL_PERMANENT
    if is_permanent or vehicle.has_traction_control_always_on:
        tests = (BrakeTest.PLATE, BrakeTest.ROAD)
        if is_permanent:
            reason, confidence = Message("standards.tester.permanent_drive"), Confidence.SOURCED
        else:
            reason, confidence = Message("standards.tester.traction_control"), Confidence.SINGLE_SOURCE
        # that free rollers do is recalled
        found = (BrakeTest.FREE_ROLLER, *tests) if free_rollers else tests
        return TesterChoice(found, reason, Confidence.RECALLED if free_rollers else confidence)
    usual = (BrakeTest.ROLLER, BrakeTest.PLATE, BrakeTest.ROAD)
    return TesterChoice(usual, Message("standards.tester.any"), Confidence.SOURCED)


def _trailer(case: Case, axles: int) -> LoadedTest:
    vehicle = case.vehicle
    every = range(1, axles + 1)
    is_grouped = bool(vehicle.tandem_axles) if vehicle.tandem_axles is not None else axles > 1
    if not is_grouped or axles < 2:
        return _none(every, Message("standards.loaded.no_group"))
    spared = {axles: Message("standards.loaded.trailer_end", {"axle": axles})}
    first = 1
    if FirstTrailerAxle(case.choice("loaded_first_trailer_axle")) is FirstTrailerAxle.SPARED:
        first, spared = 2, spared | {1: Message("standards.loaded.trailer_end", {"axle": 1})}
    reasons = {axle: Message("standards.loaded.trailer", {"axle": axle}) for axle in range(first, axles)}
    return _sifted(case, reasons, spared, case.choice_confidence("loaded_first_trailer_axle"))


def _sifted(case: Case, reasons: dict[int, Message], spared: dict[int, Message], confidence: Confidence) -> LoadedTest:
    """Take out the axles that their suspension or the vehicle's masses spare."""
    vehicle = case.vehicle
    if mass_ratio(case, "loaded_mass_ratio") is MassRatio.BELOW:
        numbers = {"total_mass_kg": vehicle.total_mass_kg or 0, "curb_mass_kg": vehicle.curb_mass_kg or 0}
        return _none((*reasons, *spared), Message("standards.loaded.low_ratio", dict(numbers)))
    on_air = set(vehicle.air_suspension_axles or ()) & set(reasons)
    spared = spared | {axle: Message("standards.loaded.air_suspension", {"axle": axle}) for axle in on_air}
    kept = {axle: reason for axle, reason in reasons.items() if axle not in on_air}
    return LoadedTest(tuple(sorted(kept)), kept, spared, confidence)


def _none(axles: range | tuple[int, ...], reason: Message) -> LoadedTest:
    return LoadedTest((), {}, dict.fromkeys(axles, reason))
