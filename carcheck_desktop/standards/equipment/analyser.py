"""The exhaust analyser: a check gas against its tolerance, absolute or relative, and the span of its oxygen sensor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, computed
from carcheck_desktop.standards.equipment.holding import held, manner, own
from carcheck_desktop.standards.families.equipment import GASES, PERCENT_GASES
from carcheck_desktop.standards.families.equipment_axes import AnalyserClass, Component, GasRange, OxygenSensor
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between, only_one, required
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import Computed
    from carcheck_desktop.standards.case import Case

MOST_PPM = 100_000
MOST_PERCENT = 100
HIGH_FROM = {
    Component.HC: "high_from_HC_ppm",
    Component.CO: "high_from_CO_percent",
    Component.CO2: "high_from_CO2_percent",
    Component.NO: "high_from_NO_ppm",
}
"""Above which nominal value a channel has its high range."""


@dataclass(frozen=True, slots=True)
class AnalyserCheck:
    """One reading of a check gas: % for CO, CO2, O2 and 10⁻⁶ (ppm) for HC, NO, NO2. Absolute or relative tolerance, one is enough."""

    component: Component
    """Channel of the analyser."""
    measured: Decimal
    """What the analyser read."""
    cylinder: Decimal | None = None
    """What the cylinder holds; for HC it is propane."""
    pef: Decimal | None = None
    """Propane factor of the analyser, for HC: nominal = cylinder × PEF."""
    nominal: Decimal | None = None
    """What should be read, instead of `cylinder`."""
    analyser_class: AnalyserClass | None = None
    """Accuracy class (JJG 688), by which the tables' tolerance is chosen; not needed with a tolerance of its own."""
    absolute_limit: Decimal | None = None
    """Goes before the tables' tolerance; alone there is no relative one."""
    relative_limit_percent: Decimal | None = None
    """Goes before the tables' tolerance; alone there is no absolute one."""


@dataclass(frozen=True, slots=True)
class O2Span:
    """An oxygen sensor in air of known oxygen."""

    sensor: OxygenSensor
    """Whose sensor it is."""
    nominal_percent: Decimal
    """Oxygen of the air."""
    measured_percent: Decimal
    """What was read."""
    limit_percent: Decimal | None = None
    """Goes before the tables' tolerance."""


def judge_analyser_check(case: Case, record: AnalyserCheck) -> Judgement:
    """Judge the error of a check gas; a gas of nominal zero has no relative error."""
    gas, quantity = record.component, GASES[record.component]
    nominal, inputs = _nominal(record)
    measured = between("measured", record.measured, 0, _most(gas))
    error = abs(measured - nominal)
    inputs |= {"component": gas.value, "nominal": plain(nominal), "measured": plain(measured)}
    numbers: list[Computed] = []
    if gas is Component.HC:
        numbers.append(computed(case, Quantity.NOMINAL_HC, nominal, dict(inputs)))
    if nominal:
        numbers.append(computed(case, Quantity.ANALYSER_RELATIVE_ERROR, error * 100 / nominal, dict(inputs)))
    is_own = record.absolute_limit is not None or record.relative_limit_percent is not None
    if record.analyser_class is None and not is_own:
        raise DataError("standards.record.missing", field="analyser_class")
    accuracy = record.analyser_class or AnalyserClass.CLASS_00
    spread = _range(case, gas, nominal)
    limit = own(
        case.limit(quantity, analyser_class=accuracy, range=spread),
        Bound.WITHIN,
        relative_limit_percent=record.relative_limit_percent,
        absolute_limit=record.absolute_limit,
    )
    inputs |= {} if is_own else {"analyser_class": accuracy.value, "range": spread.value}
    subject = Subject("analyser_check", quantity, limit, inputs)
    advice = Message("standards.equipment.advice_gas")
    card = held(case, subject, error, advice, manner(case, reference=nominal))
    return Judgement((card,), tuple(numbers))


def _nominal(record: AnalyserCheck) -> tuple[Fraction, dict[str, str]]:
    """Return what the analyser should read, and what it was worked out from."""
    gas = record.component
    given = only_one(cylinder=record.cylinder, nominal=record.nominal)
    if record.nominal is not None:
        return between(given, record.nominal, 0, _most(gas)), {}
    cylinder = between(given, required(given, record.cylinder), 0, _most(gas))
    if gas is not Component.HC:
        if record.pef is not None:
            raise DataError("standards.record.wrong_value", field="pef", value=plain(record.pef), allowed=Component.HC)
        return cylinder, {}
    pef = between("pef", required("pef", record.pef), 0, 1, above=True)
    return cylinder * pef, {"cylinder": plain(cylinder), "pef": plain(pef)}


def _most(gas: Component) -> int:
    return MOST_PERCENT if gas in PERCENT_GASES else MOST_PPM


def _range(case: Case, gas: Component, nominal: Fraction) -> GasRange:
    key = HIGH_FROM.get(gas)
    return GasRange.HIGH if key is not None and nominal > case.constant(key) else GasRange.USUAL


def judge_o2_span(case: Case, record: O2Span) -> Judgement:
    """Judge |measured - nominal| / nominal in percent."""
    nominal = between("nominal_percent", record.nominal_percent, 0, MOST_PERCENT, above=True)
    measured = between("measured_percent", record.measured_percent, 0, MOST_PERCENT)
    limit = own(
        case.limit(Quantity.O2_SPAN_ERROR, sensor=record.sensor), Bound.AT_MOST, limit_percent=record.limit_percent
    )
    inputs = {"sensor": record.sensor.value, "nominal": plain(nominal), "measured": plain(measured)}
    subject = Subject("o2_span", Quantity.O2_SPAN_ERROR, limit, inputs)
    error = abs(measured - nominal) * 100 / nominal
    return Judgement((held(case, subject, error, Message("standards.equipment.advice_oxygen")),))
