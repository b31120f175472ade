"""Simulated gas analysers of both makes, seen through their drivers: body, checks and faults."""

from __future__ import annotations

import pytest

from carcheck_desktop.devices.api import (
    AnalyserNotReadyError,
    AnalyserState,
    GasAction,
    GasFlag,
    GasProgress,
    GasReading,
    GasSource,
    GasState,
    RefusedByDeviceError,
    RestartedError,
)
from carcheck_desktop.devices.api.gas_bench import GasFaults
from drivers.mingquan_mqw50a import DRIVER as MINGQUAN
from drivers.nanhua_nha50x import DRIVER as NANHUA
from tests.drivers.exhaust import IDLING, PROBE_OUT, SMOKY, car, forbids
from tests.drivers.wire import Car, Rig, rig

MAKES = [
    (NANHUA, "nha503v"), (NANHUA, "nha503"), (NANHUA, "nha506i"), (NANHUA, "fla502"), (NANHUA, "nha501a"),
    (MINGQUAN, "mqw50a"), (MINGQUAN, "mqw50b"),
]  # fmt: skip
each_model = pytest.mark.parametrize("model", MAKES, ids=[variant for _, variant in MAKES])
each_full = pytest.mark.parametrize("model", [one for one in MAKES if one[1] != "nha501a"], ids=lambda one: one[1])


def stand(model: tuple[object, str], who: Car | None = None, **options: object) -> Rig:
    info, variant = model
    made = rig(info.offers["GasAnalyser"], who or car(), variant=variant, **options)  # type: ignore[attr-defined, arg-type]
    made.go_on(0.1)
    return made


def faults_of(one: Rig) -> GasFaults:
    assert isinstance(one.faults, GasFaults)
    return one.faults


def carried_out(one: Rig, action: GasAction, limit_s: float = 90.0) -> GasProgress:
    one.driver.begin(action)
    until_s = one.clock.at_s + limit_s
    while one.clock.at_s < until_s:
        one.go_on(1.0)
        progress: GasProgress = one.driver.progress(action)
        if progress is not GasProgress.RUNNING:
            return progress
    raise AssertionError("it does not end")


def measured(one: Rig, seconds: float = 12.0) -> GasReading:
    one.driver.pump(GasSource.SAMPLE)
    one.go_on(seconds)
    reading: GasReading = one.driver.read()
    return reading


def refusal(one: Rig) -> AnalyserNotReadyError:
    with pytest.raises(AnalyserNotReadyError) as refused:
        one.driver.read()
    return refused.value


@each_model
def test_the_exhaust_is_measured_once_it_has_come_through_the_line(model: tuple[object, str]) -> None:
    reading = measured(stand(model))
    assert float(reading.co_percent) == pytest.approx(IDLING.co_percent, abs=0.03)
    assert float(reading.co2_percent) == pytest.approx(IDLING.co2_percent, abs=0.15)
    assert float(reading.hc_ppm) == pytest.approx(IDLING.hc_ppm, abs=6)
    assert float(reading.o2_percent) == pytest.approx(IDLING.o2_percent, abs=0.15)
    assert float(reading.no_ppm or 0) == pytest.approx(IDLING.no_ppm, abs=8)
    assert float(reading.engine_speed_rpm or 0) == pytest.approx(IDLING.engine_speed_rpm, abs=1)
    assert float(reading.oil_temperature_C or 0) == pytest.approx(IDLING.oil_temperature_C, abs=0.1)
    assert float(reading.lambda_value or 0) == pytest.approx(1.02, abs=0.03)
    assert reading.is_usable


@each_model
def test_gas_needs_its_time_through_the_line_and_its_rise_in_the_cells(model: tuple[object, str]) -> None:
    one = stand(model)
    one.driver.pump(GasSource.SAMPLE)
    seen = []
    for _ in range(100):
        one.go_on(0.1)
        seen.append(float(one.driver.read().co2_percent))
    step = 0.1 + (one.clock.at_s - 10.1) / 100  # reading itself takes a little of the clock
    reached = next(at for at, value in enumerate(seen) if value > 0.9 * IDLING.co2_percent) * step
    assert max(seen[: int(1.5 / step)]) < 0.5
    assert 3.5 < reached < 5.5


@each_model
def test_with_the_probe_out_room_air_is_read_and_the_pickups_still_see_the_car(model: tuple[object, str]) -> None:
    reading = measured(stand(model, car(PROBE_OUT)))
    assert float(reading.o2_percent) > 20.5
    assert float(reading.co_percent + reading.co2_percent) < 0.5
    assert float(reading.engine_speed_rpm or 0) == pytest.approx(780, abs=1)


@each_model
def test_values_of_a_pump_that_does_not_run_are_not_used_where_the_make_tells(model: tuple[object, str]) -> None:
    one = stand(model)
    assert measured(one).is_usable
    one.driver.pump(GasSource.OFF)
    told = one.driver.status().pump_on
    assert told is not True
    assert (GasFlag.PUMP_OFF in one.driver.read().flags) == (told is False)


@each_full
def test_low_flow_is_told_with_the_values_and_makes_them_slow(model: tuple[object, str]) -> None:
    one = stand(model)
    faults_of(one).low_flow = True
    reading = measured(one, 5.0)
    assert GasFlag.LOW_FLOW in reading.flags
    assert not reading.is_usable
    assert float(reading.co2_percent) < 1.0
    faults_of(one).low_flow = False
    one.go_on(12.0)
    assert one.driver.read().is_usable


@each_full
def test_a_leak_thins_the_sample_and_is_found_by_the_leak_check_only(model: tuple[object, str]) -> None:
    one = stand(model)
    faults_of(one).leak = True
    thin = measured(one)
    assert thin.is_usable
    assert float(thin.co2_percent) == pytest.approx(0.75 * IDLING.co2_percent, abs=0.2)
    assert carried_out(one, GasAction.LEAK_CHECK) is GasProgress.FAILED
    assert GasFlag.LEAK in one.driver.status().flags
    assert not measured(one).is_usable
    faults_of(one).leak = False
    assert carried_out(one, GasAction.LEAK_CHECK) is GasProgress.PASSED
    assert measured(one).is_usable


@each_model
def test_zero_takes_its_time_and_nothing_else_is_taken_meanwhile(model: tuple[object, str]) -> None:
    one = stand(model)
    one.driver.begin(GasAction.ZERO)
    one.go_on(3.0)
    assert refusal(one).problem.params["state"] == "AnalyserState.zeroing"
    with pytest.raises(RefusedByDeviceError):
        one.driver.pump(GasSource.SAMPLE)
    assert carried_out(stand(model), GasAction.ZERO) is GasProgress.PASSED
    one.driver.pump(GasSource.OFF)
    assert one.driver.status().state is AnalyserState.READY


@each_full
def test_a_zero_that_fails_is_told_and_stays(model: tuple[object, str]) -> None:
    one = stand(model)
    faults_of(one).zero_fails = True
    assert carried_out(one, GasAction.ZERO) is GasProgress.FAILED
    assert GasFlag.ZERO_FAILED in one.driver.status().flags
    faults_of(one).zero_fails = False
    assert carried_out(one, GasAction.ZERO) is GasProgress.PASSED
    assert one.driver.status().flags == frozenset()


@each_model
def test_the_zero_drifts_by_the_hour_and_zeroing_takes_it_away(model: tuple[object, str]) -> None:
    one = stand(model, Car())
    bench = one.simulator.bench

    def bias_ppm() -> float:
        return float(sum(bench._measured(10 * number).no for number in range(400)) / 400)

    assert abs(bias_ppm()) < 0.5
    bench.zero_age_s = 3 * 3600.0
    assert abs(bias_ppm()) > 1.0
    assert carried_out(one, GasAction.ZERO) is GasProgress.PASSED
    assert abs(bias_ppm()) < 0.5


@each_model
def test_after_a_smoky_car_hc_is_left_in_the_line_and_blowing_back_or_time_clears_it(model: tuple[object, str]) -> None:
    one = stand(model, car(SMOKY))
    measured(one, 90.0)
    one.driver.pump(GasSource.AMBIENT)
    one.go_on(12.0)
    assert float(one.driver.read().hc_ppm) > 20
    blows_back = GasSource.BLOW_BACK in one.driver.abilities.sources
    one.driver.pump(GasSource.BLOW_BACK if blows_back else GasSource.AMBIENT)
    one.go_on(25.0 if blows_back else 200.0)
    one.driver.pump(GasSource.AMBIENT)
    one.go_on(8.0)
    assert float(one.driver.read().hc_ppm) < 10


def test_mingquan_judges_hc_residue_by_itself() -> None:
    one = stand((MINGQUAN, "mqw50a"), car(SMOKY))
    measured(one, 90.0)
    assert carried_out(one, GasAction.HC_RESIDUE) is GasProgress.FAILED
    assert GasFlag.RESIDUE in one.driver.status().flags
    one.go_on(120.0)
    one.driver.pump(GasSource.AMBIENT)
    one.go_on(150.0)
    assert carried_out(one, GasAction.HC_RESIDUE) is GasProgress.PASSED
    assert one.driver.status().flags == frozenset()
    assert GasAction.HC_RESIDUE not in stand((NANHUA, "nha503v")).driver.abilities.actions


@each_model
def test_a_cold_analyser_warms_up_before_it_measures(model: tuple[object, str]) -> None:
    one = stand(model, warm_up_s=60, starts="cold")
    one.driver.identify()
    status = one.driver.status()
    assert status.state is AnalyserState.WARMING_UP
    left_s = 60 if one.driver.abilities.warm_up_left else None
    assert status.warm_up_left_s == (left_s and pytest.approx(left_s, abs=2))
    refused = refusal(one)
    assert refused.code == ("devices.gas.not_ready" if left_s is None else "devices.gas.warming_up")
    with pytest.raises(RefusedByDeviceError):
        one.driver.begin(GasAction.ZERO)
    one.go_on(61.0)
    assert measured(one).is_usable


@each_model
def test_mains_that_fail_in_the_middle_of_a_test_are_a_named_trouble(model: tuple[object, str]) -> None:
    one = stand(model)
    measured(one)
    faults_of(one).cold = True
    one.go_on(0.2)
    with pytest.raises(RestartedError):
        one.driver.read()
    one.driver.identify()
    assert refusal(one).code in ("devices.gas.warming_up", "devices.gas.not_ready")
    assert not faults_of(one).cold


def test_mingquan_asks_to_be_zeroed_after_half_an_hour() -> None:
    one = stand((MINGQUAN, "mqw50a"))
    one.simulator.bench.zero_age_s = 1801.0
    reading = measured(one)
    assert GasFlag.ZERO_WANTED in reading.flags
    assert reading.is_usable


def test_which_flags_forbid_values() -> None:
    advice = {GasFlag.ZERO_WANTED, GasFlag.O2_CELL_AGED, GasFlag.NO_CELL_AGED}
    assert {flag for flag in GasFlag if not forbids(flag)} == advice


@each_model
def test_both_sides_of_every_doubtful_option_work_together(model: tuple[object, str]) -> None:
    info, variant = model
    offer = info.offers["GasAnalyser"]  # type: ignore[attr-defined]
    for option in offer.options:
        for choice in option.choices if option.doubtful else ():
            if option.name in ("data_bytes", "read_command") and variant == "nha501a":
                continue
            one = rig(offer, car(), **{"variant": variant, option.name: choice})
            one.go_on(0.1)
            one.driver.identify()
            assert float(measured(one).co2_percent) == pytest.approx(IDLING.co2_percent, abs=0.2), (option.name, choice)


@each_model
def test_the_same_steps_give_the_same_bytes(model: tuple[object, str]) -> None:
    def story() -> list[bytes]:
        one = stand(model)
        measured(one)
        return [one.simulator._data() for _ in range(3)]

    assert story() == story()


def test_nothing_stands_there_and_nothing_is_invented() -> None:
    for model in MAKES:
        reading = measured(stand(model, Car(is_in=False)))
        assert reading.engine_speed_rpm == 0
        assert float(reading.o2_percent) > 20.5


def test_exhaust_of_a_car_that_stalls_thins_out() -> None:
    def exhaust(at_s: float) -> GasState:
        return IDLING if at_s < 15 else GasState(0.0, 0.04, 1.0, 20.9, 0.0, 0.0, 88.0, probe_in=True)

    for model in MAKES:
        one = stand(model, Car(exhaust=exhaust))
        assert float(measured(one).co2_percent) > 13
        one.go_on(15.0)
        after = one.driver.read()
        assert float(after.co2_percent) < 0.5
        assert after.engine_speed_rpm == 0


@pytest.mark.parametrize("code", range(256))
def test_no_byte_makes_the_single_byte_simulator_fail(code: int) -> None:
    one = stand((NANHUA, "nha503v"))
    assert one.simulator.on_bytes(bytes((code,)), 0.0)
