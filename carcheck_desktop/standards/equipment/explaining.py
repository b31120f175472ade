"""Checks of equipment as derivations: the formula of each quantity with the card's own numbers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.equipment import GASES
from carcheck_desktop.standards.records.figures import short
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.verdicts import VerdictCard


def _exact(card: VerdictCard) -> str:
    return "" if card.exact is None else short(plain(card.exact))


def _coast_down(card: VerdictCard) -> list[Message]:
    given, lines = card.inputs, []
    computed = short(given["ccdt_s"])
    if "diw_kg" in given:
        params: dict[str, Param] = {
            "diw": given["diw_kg"],
            "v1": given["v1_kmh"],
            "v2": given["v2_kmh"],
            "ihp": given["ihp_kW"],
            "plhp": given["plhp_kW"],
            "ccdt": computed,
        }
        lines.append(Message("standards.explain.equipment.ccdt", params))
    params = {"acdt": given["acdt_s"], "ccdt": computed, "exact": _exact(card)}
    return [*lines, Message("standards.explain.equipment.coast_down", params)]


def _parasitic(card: VerdictCard) -> list[Message]:
    given = card.inputs
    params: dict[str, Param] = {
        "diw": given["diw_kg"],
        "v1": given["v1_kmh"],
        "v2": given["v2_kmh"],
        "seconds": given["coast_time_s"],
        "exact": _exact(card),
    }
    return [Message("standards.explain.equipment.parasitic", params)]


def _load(card: VerdictCard) -> list[Message]:
    return [_relative(card, card.inputs["set_kW"], card.inputs["actual_kW"])]


def _relative(card: VerdictCard, nominal: str, measured: str) -> Message:
    params: dict[str, Param] = {"nominal": nominal, "measured": measured, "exact": _exact(card)}
    return Message("standards.explain.equipment.relative", params)


def _error(card: VerdictCard) -> Message:
    given = card.inputs
    params: dict[str, Param] = {"nominal": given["nominal"], "measured": given["measured"]}
    return Message("standards.explain.equipment.error", params | {"exact": _exact(card), "unit": behind(card.unit)})


def _gas(card: VerdictCard) -> list[Message]:
    given, lines = card.inputs, []
    if "pef" in given:
        params: dict[str, Param] = {"cylinder": given["cylinder"], "pef": given["pef"], "nominal": given["nominal"]}
        lines.append(Message("standards.explain.equipment.propane", params))
    lines.append(_error(card))
    params = {"percent": given["allowed_percent"], "absolute": given["allowed_absolute"], "unit": behind(card.unit)}
    return [*lines, Message("standards.explain.equipment.either", params)] if card.limit is not None else lines


def _span(card: VerdictCard) -> list[Message]:
    return [_relative(card, card.inputs["nominal"], card.inputs["measured"])]


def _difference(card: VerdictCard) -> list[Message]:
    return [_error(card)]


def _given(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.equipment.given", {"exact": _exact(card), "unit": behind(card.unit)})]


def _converter(card: VerdictCard) -> list[Message]:
    if "nominal" not in card.inputs:
        return _given(card)
    params: dict[str, Param] = {"nominal": card.inputs["nominal"], "measured": card.inputs["measured"]}
    return [Message("standards.explain.equipment.converter", params | {"exact": _exact(card)})]


def _age(card: VerdictCard) -> list[Message]:
    given = card.inputs
    params: dict[str, Param] = {"last": given["last_check_at"], "now": given["now"], "exact": _exact(card)}
    return [Message("standards.explain.equipment.age", params)]


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    Quantity.COAST_DOWN_ERROR: _coast_down,
    Quantity.PARASITIC_POWER: _parasitic,
    Quantity.LOAD_ERROR: _load,
    **dict.fromkeys(GASES.values(), _gas),
    Quantity.TACHOMETER_ERROR: _gas,
    Quantity.O2_SPAN_ERROR: _span,
    Quantity.OPACIMETER_ERROR: _difference,
    Quantity.TEMPERATURE_ERROR: _difference,
    Quantity.HUMIDITY_ERROR: _difference,
    Quantity.PRESSURE_ERROR: _difference,
    Quantity.ANALYSER_RESIDUE: _given,
    Quantity.AIR_HC: _given,
    Quantity.AIR_CO: _given,
    Quantity.AIR_NO: _given,
    Quantity.RESPONSE_TIME: _given,
    Quantity.CONVERTER_EFFICIENCY: _converter,
    Quantity.CHECK_AGE: _age,
}
"""What explains a card whose measurement counts, by quantity."""
