"""A measurement as plain data, judged as the command judges it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.bench.records import KINDS
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.traits import Traits
from tests.standards.cars import ON, TABLES

BY_NAME = {kind.name: kind for kind in KINDS}
CAR = {"category": "small_passenger", "axles": 2, "parking_axles": [2], "curb_mass_kg": 1375, "total_mass_kg": 1750}
VAN = {"category": "light_goods", "axles": 2, "curb_mass_kg": 1900, "total_mass_kg": 3500}
BUS = {"category": "large_passenger", "axles": 2, "curb_mass_kg": 11000, "total_mass_kg": 18000}
TRUCK = {"category": "heavy_goods", "axles": 3, "curb_mass_kg": 9700, "total_mass_kg": 25000}
TRAILER = {"category": "heavy_trailer", "axles": 3, "curb_mass_kg": 7000, "total_mass_kg": 40000}
SPECIAL = {"category": "heavy_special", "axles": 4, "curb_mass_kg": 19000, "total_mass_kg": 21000}
THREE_WHEELED = {"category": "three_wheeled", "axles": 2, "curb_mass_kg": 1000, "total_mass_kg": 1800}
TRICYCLE = {"category": "tricycle_motorcycle", "axles": 2, "curb_mass_kg": 300, "total_mass_kg": 600}
MOTORCYCLE = {"category": "motorcycle"}
MOPED = {"category": "moped"}
TRAIN = {"category": "road_train", "axles": 5, "curb_mass_kg": 15000, "total_mass_kg": 49000}


def plain(value: Any) -> Any:
    """Return data as a parser of exact numbers gives it."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return Decimal(value)


def case_of(vehicle: dict[str, Any], inspection: str = "in_use", **settings: str) -> Case:
    return Case(TABLES, record_of(plain(vehicle), Traits, "vehicle"), InspectionKind(inspection), ON, settings)


def judge(kind: str, case: Case, **fields: Any) -> Judgement:
    """Judge one measurement."""
    found = BY_NAME[kind]
    return found.judge(case, record_of(plain(fields), found.record))


def card(judgement: Judgement, quantity: Quantity, item: str | None = None) -> VerdictCard:
    """Return the one card of a quantity."""
    (found,) = [each for each in judgement.cards if each.quantity is quantity and item in (None, each.item)]
    return found


def shown(judgement: Judgement, quantity: Quantity, item: str | None = None) -> tuple[str, str, str]:
    """Return rounded value, limit and outcome of one card."""
    found = card(judgement, quantity, item)
    return str(found.rounded), str(found.limit), found.outcome.value
