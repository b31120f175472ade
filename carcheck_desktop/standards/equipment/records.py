"""Which checks of equipment a record may hold, each with a worked example."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carcheck_desktop.standards.equipment.air import BackgroundAir, Residue, judge_background_air, judge_residue
from carcheck_desktop.standards.equipment.analyser import AnalyserCheck, O2Span, judge_analyser_check, judge_o2_span
from carcheck_desktop.standards.equipment.dynamometer import (
    CoastDown,
    LoadAccuracy,
    ParasiticPower,
    judge_coast_down,
    judge_load_accuracy,
    judge_parasitic_power,
)
from carcheck_desktop.standards.equipment.instruments import (
    AmbientSensors,
    Converter,
    ResponseTime,
    Tachometer,
    judge_ambient_sensors,
    judge_converter,
    judge_response_time,
    judge_tachometer,
)
from carcheck_desktop.standards.equipment.lockout import Lockout, judge_lockout
from carcheck_desktop.standards.equipment.opacimeter import OpacimeterCheck, judge_opacimeter_check
from carcheck_desktop.standards.records.kind import Kind

FAMILY = "equipment"


def _example(kind: str, **fields: object) -> dict[str, object]:
    return {"date": "2026-03-01", "measurements": [{"kind": kind, **fields}]}


def _n(figure: str) -> Decimal:
    return Decimal(figure)


ROLLERS: dict[str, object] = {"diw_kg": _n("907.2"), "v1_kmh": 50, "v2_kmh": 30}
KINDS: tuple[Kind[Any], ...] = (
    Kind(
        "coast_down",
        FAMILY,
        CoastDown,
        judge_coast_down,
        _example("coast_down", **ROLLERS, ihp_kW=8, plhp_kW=_n("1.2"), acdt_s=_n("6.21")),
    ),
    Kind(
        "parasitic_power",
        FAMILY,
        ParasiticPower,
        judge_parasitic_power,
        _example("parasitic_power", **ROLLERS, coast_time_s=_n("20.5")),
    ),
    Kind(
        "load_accuracy",
        FAMILY,
        LoadAccuracy,
        judge_load_accuracy,
        _example("load_accuracy", fuel="petrol", set_kW=11, actual_kW=_n("11.2")),
    ),
    Kind(
        "analyser_check",
        FAMILY,
        AnalyserCheck,
        judge_analyser_check,
        _example("analyser_check", component="HC", cylinder=200, pef=_n("0.505"), measured=105, analyser_class="00"),
    ),
    Kind(
        "o2_span",
        FAMILY,
        O2Span,
        judge_o2_span,
        _example("o2_span", sensor="analyser", nominal_percent=_n("20.9"), measured_percent=_n("20.4")),
    ),
    Kind("residue", FAMILY, Residue, judge_residue, _example("residue", hc_ppm=5)),
    Kind(
        "background_air",
        FAMILY,
        BackgroundAir,
        judge_background_air,
        _example("background_air", air="background", hc_ppm=3, co_percent=_n("0.01"), no_ppm=4),
    ),
    Kind(
        "opacimeter_check",
        FAMILY,
        OpacimeterCheck,
        judge_opacimeter_check,
        _example("opacimeter_check", nominal_N_percent=_n("50.2"), reading_N_percent=_n("52.2")),
    ),
    Kind(
        "converter",
        FAMILY,
        Converter,
        judge_converter,
        _example("converter", nominal_no2_ppm=100, measured_no2_ppm=_n("93.5")),
    ),
    Kind(
        "response_time",
        FAMILY,
        ResponseTime,
        judge_response_time,
        _example("response_time", component="NO", edge="T90", measured_s=_n("5.8")),
    ),
    Kind(
        "ambient_sensors",
        FAMILY,
        AmbientSensors,
        judge_ambient_sensors,
        _example("ambient_sensors", temperature_C=_n("21.3"), reference_temperature_C=_n("21.0")),
    ),
    Kind(
        "tachometer",
        FAMILY,
        Tachometer,
        judge_tachometer,
        _example("tachometer", nominal_rpm=2000, measured_rpm=2010),
    ),
    Kind(
        "lockout",
        FAMILY,
        Lockout,
        judge_lockout,
        _example(
            "lockout",
            check="leak",
            last_check_at="2026-02-28T07:59:00+08:00",
            has_passed=True,
            now="2026-03-01T08:00:00+08:00",
            interval_h=24,
        ),
    ),
)
