"""What the type codes of the licence mean to the rules."""

from __future__ import annotations

import pytest

from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.domain.vehicle_types import TYPES, category_of


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("K33", VehicleCategory.SMALL_PASSENGER),
        ("k43", VehicleCategory.SMALL_PASSENGER),
        ("K11", VehicleCategory.LARGE_PASSENGER),
        ("K14", VehicleCategory.ARTICULATED_PASSENGER),
        ("K27", VehicleCategory.MEDIUM_PASSENGER),
        ("H11", VehicleCategory.HEAVY_GOODS),
        ("H39", VehicleCategory.LIGHT_GOODS),
        ("H51", VehicleCategory.LOW_SPEED_GOODS),
        ("Q11", VehicleCategory.HEAVY_TRACTOR_UNIT),
        ("Z51", VehicleCategory.HEAVY_SPECIAL),
        ("B14", VehicleCategory.HEAVY_TRAILER),
        ("G31", VehicleCategory.LIGHT_TRAILER),
        ("N11", VehicleCategory.THREE_WHEELED),
        ("M11", VehicleCategory.TRICYCLE_MOTORCYCLE),
        ("M15", VehicleCategory.SIDECAR_MOTORCYCLE),
        ("M21", VehicleCategory.MOTORCYCLE),
        ("M22", VehicleCategory.MOPED),
        ("J11", None),
        ("X99", None),
        ("", None),
    ],
)
def test_a_code_names_a_category_or_none(code: str, category: VehicleCategory | None) -> None:
    assert category_of(code) is category


def test_every_category_but_the_train_has_a_code() -> None:
    assert set(TYPES.values()) == set(VehicleCategory) - {VehicleCategory.ROAD_TRAIN}
