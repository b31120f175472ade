"""The axle scale through the wire: settling, exact masses, zero, troubles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import DeviceError, StaleError, WrongIdentityError
from drivers.carcheck_weight import DRIVER
from drivers.carcheck_weight import protocol as p
from tests.drivers.wire import Car, Rig, rig

OFFER = DRIVER.offers["AxleScale"]


def scale(car: Car | None = None, **options: str | int) -> Rig:
    stand = rig(OFFER, car or Car(places=("brake",)), **options)
    stand.driver.identify()
    return stand


def test_a_load_settles_and_is_then_stable() -> None:
    stand = scale()
    stand.go_on(0.3)
    early = stand.driver.loads()
    assert not early.stable
    assert early.left_kg < 400
    stand.go_on(3.0)
    loads = stand.driver.loads()
    assert loads.stable
    assert abs(loads.left_kg - 420) <= 1
    assert abs(loads.right_kg - 410) <= 1


def test_decimals_and_division_are_exact() -> None:
    stand = scale(decimals=1, division=5)
    stand.go_on(4.0)
    loads = stand.driver.loads()
    assert loads.left_kg.as_tuple().exponent == -1
    assert loads.left_kg % Decimal("0.5") == 0
    assert abs(loads.left_kg - 420) <= Decimal("0.5")


@given(st.integers(-100_000, 1_000_000), st.integers(1, 50), st.integers(0, 6))
def test_the_mass_has_no_rounding(increments: int, division: int, decimals: int) -> None:
    assert p.mass_kg(increments, division, decimals) * 10**decimals == increments * division


def test_an_empty_scale_is_set_to_zero_and_says_so() -> None:
    car = Car(left_kg=6.0, right_kg=7.0)
    stand = scale(car)
    stand.go_on(3.0)
    assert stand.driver.loads().left_kg >= 5
    stand.driver.zero()
    loads = stand.driver.loads()
    assert (loads.left_kg, loads.right_kg) == (0, 0)


def test_a_loaded_scale_does_not_let_itself_be_zeroed() -> None:
    stand = scale()
    stand.go_on(3.0)
    with pytest.raises(DeviceError) as failed:
        stand.driver.zero()
    assert failed.value.code == "carcheck_weight.not_zeroed"


def test_tare_does_not_touch_the_gross_mass() -> None:
    stand = scale()
    stand.go_on(3.0)
    before = stand.driver.loads()
    stand.driver.tare()
    assert stand.driver.loads() == before
    net = {reading.point: reading.value for reading in stand.driver.pads[0].measured()}
    assert net["net"] == 0
    stand.driver.clear_tare()
    assert {reading.point: reading.value for reading in stand.driver.pads[0].measured()}["net"] == net["gross"]


def test_an_overload_and_a_broken_cell_are_errors_and_never_masses() -> None:
    heavy = scale(Car(left_kg=6000.0))
    heavy.go_on(3.0)
    with pytest.raises(DeviceError) as failed:
        heavy.driver.loads()
    assert failed.value.code == "carcheck_weight.overload"
    stand = scale()
    stand.simulator.is_broken = True
    stand.go_on(0.2)
    with pytest.raises(DeviceError) as broken:
        stand.driver.loads()
    assert broken.value.code == "carcheck_weight.sensor_fault"


def test_a_pad_below_zero_is_an_underload() -> None:
    car = Car(left_kg=150.0)
    stand = scale(car)
    stand.go_on(3.0)
    stand.driver.pads[0].command(p.Command.ZERO)
    car.is_in = False
    stand.go_on(3.0)
    with pytest.raises(DeviceError) as failed:
        stand.driver.loads()
    assert failed.value.code == "carcheck_weight.underload"


def test_the_right_unit_may_be_another_one() -> None:
    stand = scale(right_unit=9)
    assert sorted(stand.units) == [2, 9]
    stand.go_on(3.0)
    assert abs(stand.driver.loads().right_kg - 410) <= 1


def test_frozen_values_are_stale_and_a_foreign_unit_is_found_out() -> None:
    stand = scale()
    stand.go_on(0.5)
    stand.driver.loads()
    stand.faults.stuck = True
    stand.driver.loads()
    stand.go_on(2.1)
    with pytest.raises(StaleError):
        stand.driver.loads()
    stand.faults.clear()
    stand.faults.wrong_identity = True
    with pytest.raises(WrongIdentityError):
        stand.driver.identify()
