"""The derivation of every brake quantity with its numbers in place, from the card alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.verdicts import VerdictCard

RATES = {
    Quantity.AXLE_BRAKE_RATE: "standards.explain.axle_rate",
    Quantity.LOADED_AXLE_BRAKE_RATE: "standards.explain.loaded_rate",
    Quantity.WHOLE_VEHICLE_BRAKE_RATE: "standards.explain.whole_rate",
    Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE: "standards.explain.laden_rate",
    Quantity.PARKING_BRAKE_RATE: "standards.explain.parking_rate",
}


def explain_rate(card: VerdictCard) -> list[Message]:
    """Derive a rate: all forces over the weight of the load."""
    given = card.inputs
    forces = [value for name, value in given.items() if name.endswith("_max_daN")]
    params: dict[str, Param] = {
        "forces": " + ".join(forces),
        "daN_per_kg": given["daN_per_kg"],
        "load_kg": given["vehicle_kg"] if "vehicle_kg" in given else given["load_kg"],
        "exact": exact(card),
    }
    formula = Message(RATES[card.quantity], params)
    if given.get("load_base") != "dynamic":
        return [formula]
    base = {"left": given["dynamic_left_kg"], "right": given["dynamic_right_kg"], "load_kg": given["load_kg"]}
    return [Message("standards.explain.dynamic_load", dict(base)), formula]


def explain_imbalance(card: VerdictCard) -> list[Message]:
    """Derive an imbalance: where the wheels differ most, and what divides."""
    given = card.inputs
    pair: dict[str, Param] = {"left": given["difference_left_daN"], "right": given["difference_right_daN"]}
    point = Message("standards.explain.difference_point", pair)
    if "window_start_index" in given:
        places = {"start": "window_start_index", "end": "window_end_index", "index": "difference_index"}
        point = Message("standards.explain.window", pair | {name: given[each] for name, each in places.items()})
    points = [point]
    if given.get("window_end") == "earlier_peak" and "wheel_locked" in given:
        points.append(Message("standards.explain.window_locked"))
    params: dict[str, Param] = pair | {"exact": exact(card)}
    if given["divided_by"] != "axle_load":
        params |= {"larger": _larger(given["left_max_daN"], given["right_max_daN"])}
        return [*points, Message("standards.explain.imbalance_of_force", params)]
    params |= {"daN_per_kg": given["daN_per_kg"], "load_kg": given.get("divided_by_kg", given["load_kg"])}
    params |= {"rate": given["axle_brake_rate_percent"], "branch": given["imbalance_branch_rate_percent"]}
    return [*points, Message("standards.explain.imbalance_of_load", params)]


def explain_deceleration(card: VerdictCard) -> list[Message]:
    """Derive the deceleration from speeds and ways, or say that an instrument gave it."""
    given = card.inputs
    if "sb_m" not in given:
        return [Message("standards.explain.measured", {"exact": exact(card), "unit": card.unit})]
    names = {"vb": "vb_kmh", "ve": "ve_kmh", "sb": "sb_m", "se": "se_m", "divisor": "divisor"}
    params: dict[str, Param] = {name: given[each] for name, each in names.items()}
    return [Message("standards.explain.mfdd", params | {"exact": exact(card)})]


def explain_measured(card: VerdictCard) -> list[Message]:
    """Name a value that was measured as it is judged."""
    return [Message("standards.explain.measured", {"exact": exact(card), "unit": card.unit})]


def explain_channel(card: VerdictCard) -> list[Message]:
    """Name the channel, and whether the vehicle left it."""
    given = card.inputs
    return [
        Message(
            "standards.explain.channel",
            {"channel_m": given["channel_m"], "wanted_m": given["channel_demanded_m"], "times": exact(card)},
        )
    ]


def explain_hold(card: VerdictCard) -> list[Message]:
    """Name slope and both stands, of which the shorter is judged."""
    given = card.inputs
    names = {"slope": "slope_percent", "wanted": "slope_demanded_percent", "up": "uphill_s", "down": "downhill_s"}
    params: dict[str, Param] = {name: given[each] for name, each in names.items()}
    return [Message("standards.explain.hold", params | {"exact": exact(card)})]


def exact(card: VerdictCard) -> str:
    """Return the exact value as it stands on the card."""
    return "" if card.exact is None else f"{card.exact:f}"


def _larger(left: str, right: str) -> str:
    """Return the larger of two numbers as written; plain digits without an exponent, so no arithmetic is needed."""
    return max((left, right), key=lambda text: (len(text.partition(".")[0]), text))


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    **dict.fromkeys(RATES, explain_rate),
    Quantity.IMBALANCE: explain_imbalance,
    Quantity.ROAD_DECELERATION: explain_deceleration,
    Quantity.ROAD_STOPPING_DISTANCE: explain_measured,
    Quantity.ROAD_COORDINATION_TIME: explain_measured,
    Quantity.ROAD_CHANNEL: explain_channel,
    Quantity.ROAD_PARKING_HOLD: explain_hold,
}
"""By quantity; every card with an exact value can be derived."""
