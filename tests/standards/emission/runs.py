"""Tests of the exhaust as data: a sound one, and every second changed as a test wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.domain.exhaust import (
    ExhaustRecord,
    ExhaustSecond,
    IdleEnd,
    IdlePhase,
    PhaseSpan,
    Preparation,
    TwoSpeedIdleRun,
)
from carcheck_desktop.domain.vehicle import Drive, Fuel, Vehicle
from carcheck_desktop.standards.emission.idle import demand_of
from carcheck_desktop.standards.loading.edition import Edition, parse
from tests.standards.cars import CAR as BRAKED

FILE = ROOT / "resources" / "standards" / "gb18285-2018.toml"
EMISSION = parse(FILE.read_bytes())
ON = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
CAR: Vehicle = replace(
    BRAKED, fuel=Fuel.PETROL.value, drive=Drive.FRONT, has_traction_control_always_on=True, total_mass_kg=1800
)
DEMAND = demand_of(EMISSION, CAR, ON)
PREPARATION = Preparation(AT, AT, Decimal(2), None, None, None)
CLEAN_HIGH: dict[str, Any] = {"rpm": 2500, "co": "0.11", "hc": 20, "co2": "14.8", "o2": "0.3"}
CLEAN_IDLE: dict[str, Any] = {"rpm": 800, "co": "0.22", "hc": 42, "co2": "14.5", "o2": "0.4"}


def second(number: int, phase: IdlePhase, values: dict[str, Any]) -> ExhaustSecond:
    """Return one second of a record; `values` as the worked examples name them."""
    return ExhaustSecond(
        number, AT + timedelta(seconds=number), Decimal(number), phase, Decimal(str(values["co"])),
        Decimal(str(values["co2"])), Decimal(str(values["hc"])), Decimal(str(values["o2"])), None, None,
        int(values["rpm"]), Decimal(90), is_steady=True,
    )  # fmt: skip


def run_of(
    high: Sequence[dict[str, Any]], low: Sequence[dict[str, Any]], end: IdleEnd = IdleEnd.WHOLE
) -> tuple[TwoSpeedIdleRun, ExhaustRecord]:
    """Return a whole test with these seconds in its two samples."""
    seconds = [second(number, IdlePhase.HIGH_SAMPLE, each) for number, each in enumerate(high, 1)]
    seconds += [second(number, IdlePhase.IDLE_SAMPLE, each) for number, each in enumerate(low, len(high) + 1)]
    spans = (
        PhaseSpan(IdlePhase.HIGH_SAMPLE, 0, len(high)),
        PhaseSpan(IdlePhase.IDLE_SAMPLE, len(high), len(seconds)),
    )
    return TwoSpeedIdleRun(DEMAND, PREPARATION, spans, end, ""), ExhaustRecord(tuple(seconds))


def clean() -> tuple[TwoSpeedIdleRun, ExhaustRecord]:
    """Return a test that passes in everything."""
    return run_of([CLEAN_HIGH] * 30, [CLEAN_IDLE] * 30)


def changed(record: ExhaustRecord, index: int, **fields: Any) -> ExhaustRecord:
    """Return the record with one second changed."""
    seconds = list(record.seconds)
    seconds[index] = replace(seconds[index], **fields)
    return ExhaustRecord(tuple(seconds))


def with_table(change: Callable[[str], str]) -> Edition:
    """Return the tables as the file would be after a change of its text."""
    before = FILE.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    return parse(after.encode())
