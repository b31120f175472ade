"""Measurements of petrol exhaust as a record has them: plain data in, judgement out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from carcheck_desktop.base.data import to_exact_json
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Computed, Outcome, VerdictCard, worst
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission.records import KINDS
from carcheck_desktop.standards.loading.edition import Edition
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.traits import Traits
from tests.standards.emission.runs import EMISSION

BY_NAME = {kind.name: kind for kind in KINDS}
LIGHT: dict[str, Any] = {"fuel": "A", "total_mass_kg": 1800, "drive": "front", "has_traction_control_always_on": False}
AIR: dict[str, Any] = {
    "temperature_C": 25, "humidity_percent": 50, "pressure_kPa": 100, "saturation_pressure_kPa": Decimal("3.169"),
}  # fmt: skip
TODAY = date(2026, 3, 1)


def plain(data: Mapping[str, Any]) -> Any:
    return json.loads(to_exact_json(dict(data)), parse_float=Decimal, parse_int=Decimal)


def case_of(
    vehicle: Mapping[str, Any] = LIGHT, settings: Mapping[str, str] | None = None, edition: Edition = EMISSION,
    on: date = TODAY,
) -> Case:  # fmt: skip
    traits = record_of(plain(vehicle), Traits, "vehicle")
    return Case(edition, traits, InspectionKind.IN_USE, on, dict(settings or {}))


def ask(kind: str, case: Case | None = None, **measurement: Any) -> Judgement:
    """Judge one measurement, of a light petrol car unless a case is given."""
    found = BY_NAME[kind]
    return found.judge(case or case_of(), record_of(plain(measurement), found.record))


def cards(judgement: Judgement) -> dict[str, VerdictCard]:
    return {card.quantity.value: card for card in judgement.cards}


def numbers(judgement: Judgement) -> dict[str, Computed]:
    return {number.quantity.value: number for number in judgement.computed}


def conclusion(judgement: Judgement) -> Outcome:
    return worst([card.outcome for card in judgement.cards if card.counts])


def near(value: Decimal | None, wanted: str) -> bool:
    """Say whether an exact value is a printed one, up to one unit of its last digit."""
    printed = Decimal(wanted)
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    return value is not None and abs(value - printed) <= Decimal(1).scaleb(exponent)


def asm_seconds(count: int = 90, speed: str = "25.0", **gases: Any) -> list[dict[str, Any]]:
    """Return equal seconds of a mode from t = 0 on, clean unless gases are given."""
    values = {"co_percent": "0.1", "hc_ppm": 30, "no_ppm": 200, "co2_percent": "14.8"} | gases
    second = {name: Decimal(str(value)) for name, value in values.items()}
    return [{"t_s": t, "speed_kmh": Decimal(speed), **second} for t in range(count)]
