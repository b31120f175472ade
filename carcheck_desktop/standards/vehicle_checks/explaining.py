"""How each quantity of this room came about, from its card alone: the formula with its numbers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.lamps import PAIRS, Lamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from carcheck_desktop.domain.verdicts import VerdictCard

LAMPS = tuple(f"{lamp}_cd" for lamp in Lamp)


def _exact(card: VerdictCard) -> str:
    return "" if card.exact is None else plain(card.exact)


def _sideslip(card: VerdictCard) -> list[Message]:
    given, exact = card.inputs, _exact(card)
    if "displacement_mm" not in given:
        return [Message("standards.explain.sideslip_given", {"exact": exact})]
    params: dict[str, Param] = {
        "displacement": given["displacement_mm"],
        "length": given["plate_length_m"],
        "exact": exact,
    }
    return [Message("standards.explain.sideslip_computed", params)]


def _wheel_offset(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.wheel_offset", {"offset": card.inputs["offset_mm"], "exact": _exact(card)})]


def _lamp(card: VerdictCard) -> list[Message]:
    given, exact = card.inputs, _exact(card)
    if "lamp" in given:
        return [Message("standards.explain.lamp", {"lamp": card.item, "lamps": given["lamps"], "exact": exact})]
    decided_by = given.get("decided_by", "")
    if decided_by in PAIRS:
        values = _values(given, [f"{lamp}_cd" for lamp in PAIRS[decided_by]], ", ")
        return [Message("standards.explain.lamps_pair", {"values": values, "exact": exact})]
    return [Message("standards.explain.lamps_all", {"values": _values(given, LAMPS, ", "), "exact": exact})]


def _lamp_sum(card: VerdictCard) -> list[Message]:
    values = _values(card.inputs, LAMPS, " + ")
    return [Message("standards.explain.lamps_sum", {"values": values, "exact": _exact(card)})]


def _values(given: dict[str, str], names: Iterable[str], between: str) -> str:
    return between.join(given[name] for name in names if name in given)


def _beam(card: VerdictCard) -> list[Message]:
    given = card.inputs
    lines = []
    if "high_beam_below_share" in given:
        share: dict[str, Param] = {"share": given["high_beam_below_share"], "height": given["lamp_height_mm"]}
        lines.append(Message("standards.explain.beam_share", share))
    elif "lamp_height_mm" in given:
        lines.append(Message("standards.explain.beam_height_row", {"height": given["lamp_height_mm"]}))
    ends: dict[str, Param] = {"exact": _exact(card), "low": given.get("low", ""), "high": given.get("high", "")}
    return [*lines, Message("standards.explain.beam", ends), *_legacy(card)]


def _legacy(card: VerdictCard) -> list[Message]:
    """Say that no conclusion rests on the card, where it is of an item that the edition has dropped."""
    return [] if card.counts else [Message("standards.explain.compared_only", {"edition": card.edition})]


def _speedometer(card: VerdictCard) -> list[Message]:
    given = card.inputs
    table: dict[str, Param] = {"shown": given["indicated_kmh"], "exact": _exact(card)}
    table |= {"low": given.get("low", ""), "high": given.get("high", "")}
    formula: dict[str, Param] = {"share": given["formula_share"], "offset": given["formula_offset_kmh"]}
    formula |= {"low": given["formula_low_kmh"], "high": given["formula_high_kmh"]}
    lines = [Message("standards.explain.speed_table", table), Message("standards.explain.speed_formula", formula)]
    return [*lines, *_legacy(card)]


def _mass(card: VerdictCard) -> list[Message]:
    given = card.inputs
    return [*_weighed(given), *_deviation(card, given["measured_kg"], given["reference_kg"])]


def _light_truck(card: VerdictCard) -> list[Message]:
    return [*_weighed(card.inputs), Message("standards.explain.light_truck", {"exact": _exact(card)})]


def _weighed(given: dict[str, str]) -> list[Message]:
    weighed = given.get("weighed_kg") or given.get("axle_loads_kg")
    if weighed is None:
        weighed = f"{given['train_kg']} − {given['tractor_kg']}"
    params: dict[str, Param] = {"deducted": given["deducted_kg"], "measured": given["measured_kg"]}
    return [Message("standards.explain.weighed", params | {"weighed": weighed})]


def _dimension(card: VerdictCard) -> list[Message]:
    return _deviation(card, card.inputs["measured_mm"], card.inputs["reference_mm"])


def _deviation(card: VerdictCard, measured: str, reference: str) -> list[Message]:
    given = card.inputs
    params: dict[str, Param] = {"measured": measured, "reference": reference, "exact": _exact(card)}
    params |= {"unit": card.unit, "percent": given["deviation_percent_exact"]}
    lines = [Message("standards.explain.deviation", params)]
    if "allowed_percent" in given:
        allowed: dict[str, Param] = {"percent": given["allowed_percent"], "absolute": given["allowed_absolute"]}
        lines.append(Message("standards.explain.allowed", allowed | {"unit": card.unit}))
    return lines


def _tread(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.tread", {"exact": _exact(card)})]


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    Quantity.SIDESLIP: _sideslip,
    Quantity.WHEEL_OFFSET: _wheel_offset,
    Quantity.HEADLAMP_INTENSITY: _lamp,
    Quantity.HEADLAMP_SUM: _lamp_sum,
    Quantity.LOW_BEAM_HEIGHT: _beam,
    Quantity.LOW_BEAM_SIDE: _beam,
    Quantity.HIGH_BEAM_HEIGHT: _beam,
    Quantity.HIGH_BEAM_SIDE: _beam,
    Quantity.SPEEDOMETER: _speedometer,
    Quantity.CURB_MASS: _mass,
    Quantity.EMPTY_MASS: _mass,
    Quantity.LIGHT_TRUCK_MASS: _light_truck,
    Quantity.OUTLINE: _dimension,
    Quantity.WHEELBASE: _dimension,
    Quantity.TREAD_DEPTH: _tread,
}
"""For the registry of all quantities; a card without a value is not explained by these."""
