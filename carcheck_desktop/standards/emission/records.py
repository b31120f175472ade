"""The kinds of measurement of petrol and gas vehicles that a record may hold, each with a worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.standards.emission import examples as sample
from carcheck_desktop.standards.emission.asm.judging import judge_asm, judge_asm2540, judge_asm5025, judge_asm_result
from carcheck_desktop.standards.emission.asm.record import AsmBoth, AsmResult, AsmSeries
from carcheck_desktop.standards.emission.checks.appearance import judge_appearance
from carcheck_desktop.standards.emission.checks.obd import judge_obd
from carcheck_desktop.standards.emission.checks.overall import judge_overall
from carcheck_desktop.standards.emission.checks.record import Appearance, EmissionOverall, Obd
from carcheck_desktop.standards.emission.choosing import MethodQuestion, answer_method
from carcheck_desktop.standards.emission.examples import AIR, CAR, exact, example
from carcheck_desktop.standards.emission.formulas import records as single
from carcheck_desktop.standards.emission.two_speed.judging import (
    judge_two_speed_idle_record,
    judge_two_speed_idle_result,
)
from carcheck_desktop.standards.emission.two_speed.record import TwoSpeedIdle, TwoSpeedIdleResult
from carcheck_desktop.standards.emission.vmas.judging import judge_transient, judge_vmas
from carcheck_desktop.standards.emission.vmas.record import Transient, Vmas
from carcheck_desktop.standards.records.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.standards.cards import Judgement
    from carcheck_desktop.standards.case import Case

APPEARANCE_GIVEN = (
    "mechanical_condition", "pollution_control_devices", "oil_burning_or_smoke", "crankcase_ventilation",
    "evaporation_system", "instruments", "dangerous_or_disturbing_faults", "exhaust_leaks", "liquid_leaks", "obd_fitted",
    "tyre_pressure", "tyres_dry_and_clean", "air_conditioning_off", "traction_control_off", "fuel_normal",
)  # fmt: skip
"""Items of the example, all in order."""


def _kind(name: str, record: type[Any], judge: Callable[[Case, Any], Judgement], **measurement: object) -> Kind[Any]:
    return Kind(name, "petrol", record, judge, example(name, CAR, **measurement))


KINDS: tuple[Kind[Any], ...] = (
    _kind(
        "two_speed_idle",
        TwoSpeedIdle,
        judge_two_speed_idle_record,
        high_idle=sample.idle_seconds(2500, "0.11", 20, "14.8", "0.3"),
        idle=sample.idle_seconds(800, "0.22", 42, "14.5", "0.4"),
    ),
    _kind(
        "two_speed_idle_result",
        TwoSpeedIdleResult,
        judge_two_speed_idle_result,
        high_idle_co_percent=exact("0.31"),
        high_idle_hc_ppm=48,
        high_idle_lambda=exact("1.02"),
        idle_co_percent=exact("0.4"),
        idle_hc_ppm=70,
    ),
    _kind(
        "asm5025",
        AsmSeries,
        judge_asm5025,
        seconds=sample.asm_seconds(20, 25, "0.1", 30, 200),
        ambient=AIR,
    ),
    _kind(
        "asm2540",
        AsmSeries,
        judge_asm2540,
        seconds=sample.asm_seconds(21, 40, "0.2", 60, 300),
        ambient=AIR,
    ),
    _kind(
        "asm",
        AsmBoth,
        judge_asm,
        asm5025_seconds=sample.asm_seconds(90, 25, "0.6", 60, 400),
        asm2540_seconds=sample.asm_seconds(30, 40, "0.2", 60, 300),
        ambient=AIR,
    ),
    _kind("asm_result", AsmResult, judge_asm_result, mode="asm2540", co_percent=exact("0.4"), hc_ppm=81, no_ppm=600),
    _kind(
        "vmas",
        Vmas,
        judge_vmas,
        o2_ambient_percent=exact("20.8"),
        o2_diluted_percent=exact("18.2"),
        o2_raw_percent=exact("0.6"),
        standard_flow_L_per_s=110,
    ),
    _kind("transient", Transient, judge_transient, co_g_per_km=exact("2.1"), hc_plus_nox_g_per_km=exact("0.9")),
    _kind(
        "excess_air",
        single.ExcessAir,
        single.judge_excess_air,
        co_percent=exact("0.1"),
        co2_percent=15,
        o2_percent=exact("0.2"),
        hc_ppm=30,
    ),
    _kind("dilution", single.DilutionFactor, single.judge_dilution, co_percent=exact("0.5"), co2_percent=14),
    _kind("humidity", single.HumidityFactor, single.judge_humidity, **AIR),
    _kind("asm_load", single.AsmLoad, single.judge_asm_load, reference_mass_kg=1480),
    Kind(
        "obd",
        "petrol",
        Obd,
        judge_obd,
        example(
            "obd",
            vehicle=CAR | {"manufactured_on": "2011-07-02"},
            result="fail",
            appearance="pass",
            exhaust="pass",
        ),
    ),
    _kind("appearance", Appearance, judge_appearance, **dict.fromkeys(APPEARANCE_GIVEN, "pass")),
    _kind("emission_overall", EmissionOverall, judge_overall, appearance="pass", obd="pass", exhaust="fail"),
    Kind("emission_method", "petrol", MethodQuestion, answer_method, example("emission_method", vehicle={"fuel": "C"})),
)
