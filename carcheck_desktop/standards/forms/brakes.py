"""The brake block of the instrument form: one line for each axle, for the whole vehicle and for the parking brake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Quantity
from carcheck_desktop.standards.forms.blocks import BrakeRow
from carcheck_desktop.standards.forms.texts import NOTHING, sign_of, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.forms.given import FormData

PARKING = "B0"
MOST_AXLES = 5


def brake_rows(data: FormData) -> tuple[BrakeRow, ...]:
    """Return a line for every axle of the plan or with a result, the whole vehicle's, and the parking brake's."""
    codes = {each.code for each in data.plan.entries} | {card.item for card in data.cards}
    axles = [axle for axle in range(1, MOST_AXLES + 1) if f"B{axle}" in codes or f"L{axle}" in codes]
    lines = [_axle(data, axle) for axle in axles]
    if axles:
        lines.append(_line(data, WHOLE_ITEM, _of(data, WHOLE_ITEM)))
    if PARKING in codes:
        lines.append(_line(data, PARKING, _of(data, PARKING)))
    return tuple(lines)


def _axle(data: FormData, axle: int) -> BrakeRow:
    """Return an axle's line, with its loaded test beside the unladen one."""
    unladen, loaded = _of(data, f"B{axle}"), _of(data, f"L{axle}")
    line = _line(data, f"B{axle}", unladen)
    return BrakeRow(
        item=line.item,
        load=line.load,
        left_force=line.left_force,
        right_force=line.right_force,
        left_difference=line.left_difference,
        right_difference=line.right_difference,
        rate=line.rate,
        imbalance=line.imbalance,
        loaded_load=_input(loaded, "load_kg"),
        loaded_rate=_value(loaded, Quantity.LOADED_AXLE_BRAKE_RATE),
        loaded_imbalance=_value(loaded, Quantity.IMBALANCE),
        left_dynamic_load=line.left_dynamic_load,
        right_dynamic_load=line.right_dynamic_load,
        sign=sign_of([*unladen, *loaded]),
        count=line.count,
    )


def _line(data: FormData, item: str, cards: Sequence[VerdictCard]) -> BrakeRow:
    rates = (
        Quantity.AXLE_BRAKE_RATE, Quantity.WHOLE_VEHICLE_BRAKE_RATE, Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE,
        Quantity.PARKING_BRAKE_RATE,
    )  # fmt: skip
    return BrakeRow(
        item=item,
        load=_input(cards, "load_kg", "vehicle_kg"),
        left_force=_forces(cards, "left_max_daN") or _input(cards, "wheel_max_daN"),
        right_force=_forces(cards, "right_max_daN") or NOTHING,
        left_difference=_input(cards, "difference_left_daN"),
        right_difference=_input(cards, "difference_right_daN"),
        rate=_value(cards, *rates),
        imbalance=_value(cards, Quantity.IMBALANCE),
        loaded_load=NOTHING,
        loaded_rate=NOTHING,
        loaded_imbalance=NOTHING,
        left_dynamic_load=_input(cards, "dynamic_left_kg"),
        right_dynamic_load=_input(cards, "dynamic_right_kg"),
        sign=sign_of(cards),
        count=data.counts.get(item, 0),
    )


def _of(data: FormData, item: str) -> list[VerdictCard]:
    return [card for card in data.cards if card.item == item]


def _value(cards: Sequence[VerdictCard], *quantities: Quantity) -> str:
    """Return the value that counts, of several the first that decides."""
    found = [card for card in cards if card.quantity in quantities]
    return next((value_text(card) for card in sorted(found, key=lambda card: not card.counts)), NOTHING)


def _input(cards: Sequence[VerdictCard], *names: str) -> str:
    return next((card.inputs[name] for card in cards for name in names if name in card.inputs), NOTHING)


def _forces(cards: Sequence[VerdictCard], ending: str) -> str:
    """Return one force, or those of several axles as a sum."""
    found = next((card.inputs for card in cards if any(name.endswith(ending) for name in card.inputs)), {})
    return "+".join(value for name, value in found.items() if name.endswith(ending))
