"""Digital inputs and outputs through the wire: debounce, active level, falling back."""

from __future__ import annotations

import pytest

from carcheck_desktop.devices.api import CarcheckError, DeviceError, Offer, UsageError, WrongIdentityError
from drivers.modbus_io import DRIVER
from drivers.modbus_io.protocol import channels_of, places_of
from tests.drivers.wire import Car, crc16, golden, rig, scripted

OFFER: Offer = DRIVER.offers["DigitalIo"]
READ = bytes.fromhex(golden("modbus_io")[0]["sent"])


def bits(value: int) -> tuple[bytes, bytes]:
    body = bytes((4, 2, 1, value))
    return READ, body + crc16(body)


def test_a_light_barrier_of_the_world_is_seen() -> None:
    car = Car(places=("brake",))
    stand = rig(OFFER, car, places="0=weigh,1=brake")
    assert stand.driver.inputs() == (False, True) + (False,) * 6
    car.is_in = False
    assert not any(stand.driver.inputs())


def test_an_input_that_is_active_low_is_turned_round() -> None:
    stand = rig(OFFER, Car(places=("brake",)), places="1=brake", active_low="1,2")
    assert stand.driver.inputs()[1]
    assert not stand.driver.inputs()[2]
    assert stand.driver._raw()[1:3] == (0, 1)


def test_a_bouncing_input_counts_only_after_two_equal_reads() -> None:
    driver, script = scripted(OFFER, bits(1), bits(0), bits(1), bits(1))
    began_s = driver.context.real_s()
    assert driver.inputs()[0]
    assert not script.left
    assert driver.context.real_s() - began_s >= 3 * 0.02


def test_an_input_that_never_rests_is_an_error() -> None:
    driver, _ = scripted(OFFER, *(bits(number % 2) for number in range(60)))
    with pytest.raises(DeviceError) as failed:
        driver.inputs()
    assert failed.value.code == "modbus_io.unsteady"


def test_outputs_fall_back_three_seconds_after_the_last_write_to_any() -> None:
    stand = rig(OFFER)
    stand.driver.set_output(0, on=True)
    stand.driver.set_output(5, on=True)
    stand.go_on(2.5)
    stand.driver.set_output(5, on=True)
    stand.go_on(2.5)
    assert stand.driver.outputs()[0]
    assert stand.outputs["device:0"]
    stand.go_on(0.7)
    assert not any(stand.driver.outputs())
    assert not stand.outputs["device:0"]


def test_an_output_that_does_not_exist_is_refused_here() -> None:
    driver, _ = scripted(OFFER)
    with pytest.raises(CarcheckError):
        driver.set_output(8, on=True)


def test_identity_and_heartbeat_are_watched_unless_the_module_has_none() -> None:
    stand = rig(OFFER)
    stand.driver.identify()
    stand.go_on(0.5)
    stand.driver.check_health()
    stand.faults.stuck = True
    stand.driver.check_health()
    stand.go_on(2.1)
    with pytest.raises(DeviceError):
        stand.driver.check_health()
    stand.faults.clear()
    stand.faults.wrong_identity = True
    with pytest.raises(WrongIdentityError):
        stand.driver.identify()
    plain = rig(OFFER, has_identity=False)
    plain.faults.wrong_identity = True
    assert plain.driver.identify() == "inputs=00000000"
    plain.driver.check_health()


def test_options_are_read_and_a_wrong_one_is_named() -> None:
    assert channels_of("0, 3") == {0, 3}
    assert channels_of("") == frozenset()
    assert places_of("0=weigh, 1=brake") == {0: "weigh", 1: "brake"}
    for option, text in (("active_low", "0;3"), ("active_low", "8"), ("places", "0"), ("places", "x=weigh")):
        with pytest.raises(UsageError) as refused:
            rig(OFFER, None, **{option: text})
        assert refused.value.problem.params["option"] == option
