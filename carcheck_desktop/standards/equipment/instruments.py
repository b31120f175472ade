"""The rest of a lane's equipment: NOx converter, response times, sensors of the air, tachometer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject
from carcheck_desktop.standards.equipment.holding import held, manner, own
from carcheck_desktop.standards.families.equipment_axes import Component, ResponseEdge
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between, only_one, required
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case

MOST_PPM = 100_000
MOST_S = 600
MOST_RPM = 20_000
MOST_PERCENT = 100
"""Of an efficiency: a converter cannot give more than there was; more is a reading that is wrong."""


@dataclass(frozen=True, slots=True)
class Converter:
    """How much NO2 the converter turns into NO, as an efficiency or from both concentrations."""

    efficiency_percent: Decimal | None = None
    """Either this or both concentrations."""
    nominal_no2_ppm: Decimal | None = None
    """NO2 that went in."""
    measured_no2_ppm: Decimal | None = None
    """What was read behind the converter; not more than went in."""
    limit_percent: Decimal | None = None
    """Goes before the tables' limit."""


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """How long a channel takes to follow a gas."""

    component: Component
    """Channel of the analyser."""
    edge: ResponseEdge
    """To 90 % of a gas that comes, or to 10 % of one that goes."""
    measured_s: Decimal
    """The time."""
    limit_s: Decimal | None = None
    """Goes before the tables' limit."""


@dataclass(frozen=True, slots=True)
class AmbientSensors:
    """Readings of a lane's sensors beside those of a reference; both of a pair, at least one pair."""

    temperature_C: Decimal | None = None
    reference_temperature_C: Decimal | None = None
    humidity_percent: Decimal | None = None
    reference_humidity_percent: Decimal | None = None
    pressure_kPa: Decimal | None = None
    reference_pressure_kPa: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tachometer:
    """One point of an engine speed. Absolute or relative tolerance, one is enough."""

    nominal_rpm: Decimal
    """What was set."""
    measured_rpm: Decimal
    """What was read."""
    absolute_limit_rpm: Decimal | None = None
    """Goes before the tables' tolerance."""
    relative_limit_percent: Decimal | None = None
    """Goes before the tables' tolerance."""


def judge_converter(case: Case, record: Converter) -> Judgement:
    """Judge the efficiency; 100 * measured / nominal where it is not given."""
    given = only_one(efficiency_percent=record.efficiency_percent, nominal_no2_ppm=record.nominal_no2_ppm)
    if record.efficiency_percent is not None:
        exact, inputs = between(given, record.efficiency_percent, 0, MOST_PERCENT), {}
    else:
        nominal = between(given, required(given, record.nominal_no2_ppm), 0, MOST_PPM, above=True)
        name = "measured_no2_ppm"
        measured = between(name, required(name, record.measured_no2_ppm), 0, required(given, record.nominal_no2_ppm))
        exact, inputs = measured * 100 / nominal, {"nominal": plain(nominal), "measured": plain(measured)}
    limit = own(case.limit(Quantity.CONVERTER_EFFICIENCY), Bound.AT_LEAST, limit_percent=record.limit_percent)
    subject = Subject("converter", Quantity.CONVERTER_EFFICIENCY, limit, inputs)
    return Judgement((held(case, subject, exact, Message("standards.equipment.advice_converter")),))


def judge_response_time(case: Case, record: ResponseTime) -> Judgement:
    """Judge one response time of one channel."""
    exact = between("measured_s", record.measured_s, 0, MOST_S)
    limit = case.limit(Quantity.RESPONSE_TIME, component=record.component, edge=record.edge)
    limit = own(limit, Bound.AT_MOST, limit_s=record.limit_s)
    inputs = {"component": record.component.value, "edge": record.edge.value, "measured": plain(exact)}
    subject = Subject("response_time", Quantity.RESPONSE_TIME, limit, inputs)
    return Judgement((held(case, subject, exact, Message("standards.equipment.advice_response")),))


def judge_ambient_sensors(case: Case, record: AmbientSensors) -> Judgement:
    """Judge each sensor that was compared with a reference."""
    pairs = (
        ("temperature_C", record.temperature_C, record.reference_temperature_C, Quantity.TEMPERATURE_ERROR, -60, 80),
        ("humidity_percent", record.humidity_percent, record.reference_humidity_percent, Quantity.HUMIDITY_ERROR, 0, 100),
        ("pressure_kPa", record.pressure_kPa, record.reference_pressure_kPa, Quantity.PRESSURE_ERROR, 40, 120),
    )  # fmt: skip
    cards: list[VerdictCard] = []
    for name, read, reference, quantity, low, high in pairs:
        if read is None and reference is None:
            continue
        measured = between(name, required(name, read), low, high)
        known = between(f"reference_{name}", required(f"reference_{name}", reference), low, high)
        inputs = {"sensor": name, "nominal": plain(known), "measured": plain(measured)}
        subject = Subject("ambient_sensors", quantity, case.limit(quantity), inputs)
        cards.append(held(case, subject, abs(measured - known), Message("standards.equipment.advice_ambient")))
    if not cards:
        raise DataError("standards.record.missing", field="temperature_C | humidity_percent | pressure_kPa")
    return Judgement(tuple(cards))


def judge_tachometer(case: Case, record: Tachometer) -> Judgement:
    """Judge the error of an engine speed, absolute or relative."""
    nominal = between("nominal_rpm", record.nominal_rpm, 0, MOST_RPM, above=True)
    measured = between("measured_rpm", record.measured_rpm, 0, MOST_RPM)
    limit = own(
        case.limit(Quantity.TACHOMETER_ERROR),
        Bound.WITHIN,
        relative_limit_percent=record.relative_limit_percent,
        absolute_limit_rpm=record.absolute_limit_rpm,
    )
    inputs = {"nominal": plain(nominal), "measured": plain(measured)}
    subject = Subject("tachometer", Quantity.TACHOMETER_ERROR, limit, inputs)
    advice = Message("standards.equipment.advice_tachometer")
    return Judgement((held(case, subject, abs(measured - nominal), advice, manner(case, reference=nominal)),))
