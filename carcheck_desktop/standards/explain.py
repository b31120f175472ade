"""A verdict card as a readable derivation, from the card alone: it explains itself in ten years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Outcome, Quantity
from carcheck_desktop.standards.families.petrol import IDLE
from carcheck_desktop.standards.rounding import decimals_of, plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard

SIGNS = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤"}
OUTCOMES = {
    Outcome.PASS: Message("standards.explain.pass"),
    Outcome.FAIL: Message("standards.explain.fail"),
    Outcome.NOT_JUDGED: Message("standards.explain.not_judged"),
    Outcome.INVALID: Message("standards.explain.invalid"),
}
EXHAUST = frozenset(IDLE)
DOUBTS = {
    Confidence.SINGLE_SOURCE: Message("standards.explain.single_source"),
    Confidence.RECALLED: Message("standards.explain.recalled"),
    Confidence.DISPUTED: Message("standards.explain.disputed"),
}


def explain(card: VerdictCard) -> list[Message]:
    """Return the derivation line by line: formula with numbers, rounding, limit, outcome, source."""
    lines = [] if card.exact is None or card.rounded is None else [*_formula(card), _rounded(card)]
    if card.limit is not None and card.comparison is not None:
        lines.append(_limit(card, SIGNS[card.comparison]))
    lines.append(OUTCOMES[card.outcome])
    if card.reason is not None:
        lines.append(card.reason)
    lines.append(_source(card))
    if card.confidence in DOUBTS:
        lines.append(DOUBTS[card.confidence])
    return lines


def _formula(card: VerdictCard) -> list[Message]:
    if card.quantity in EXHAUST:
        return _exhaust(card)
    if card.quantity is Quantity.IMBALANCE:
        return _imbalance(card)
    given = card.inputs
    load_kg = given["load_kg"] if card.quantity is Quantity.AXLE_BRAKE_RATE else given["vehicle_kg"]
    forces = [value for name, value in given.items() if name.endswith("_max_daN")]
    params: dict[str, Param] = {
        "forces": " + ".join(forces),
        "daN_per_kg": given["daN_per_kg"],
        "load_kg": load_kg,
        "exact": _exact(card),
    }
    if card.quantity is Quantity.AXLE_BRAKE_RATE:
        return [Message("standards.explain.axle_rate", params)]
    if card.quantity is Quantity.PARKING_BRAKE_RATE:
        return [Message("standards.explain.parking_rate", params)]
    return [Message("standards.explain.whole_rate", params)]


def _exhaust(card: VerdictCard) -> list[Message]:
    given = card.inputs
    params: dict[str, Param] = {"seconds": given["seconds"], "exact": _exact(card)}
    if card.quantity is not Quantity.HIGH_IDLE_LAMBDA:
        return [Message("standards.explain.mean", params | {"from": given["from"], "unit": card.unit})]
    params |= {"co": given["co_percent"], "co2": given["co2_percent"]}
    params |= {"hc": given["hc_ppm"], "o2": given["o2_percent"]}
    bounds = Message("standards.explain.lambda_range", {"low": given["low"], "high": given["high"]})
    return [Message("standards.explain.excess_air", params), bounds]


def _imbalance(card: VerdictCard) -> list[Message]:
    given = card.inputs
    window = Message(
        "standards.explain.window",
        {
            "start": given["window_start_index"],
            "end": given["window_end_index"],
            "index": given["difference_index"],
            "left": given["difference_left_daN"],
            "right": given["difference_right_daN"],
        },
    )
    params: dict[str, Param] = {
        "left": given["difference_left_daN"],
        "right": given["difference_right_daN"],
        "exact": _exact(card),
    }
    if given["divided_by"] == "axle_load":
        params |= {"daN_per_kg": given["daN_per_kg"], "load_kg": given["load_kg"]}
        params |= {"rate": given["axle_brake_rate_percent"], "branch": given["imbalance_branch_rate_percent"]}
        return [window, Message("standards.explain.imbalance_of_load", params)]
    params |= {"larger": str(max(int(given["left_max_daN"]), int(given["right_max_daN"])))}
    return [window, Message("standards.explain.imbalance_of_force", params)]


def _rounded(card: VerdictCard) -> Message:
    decimals = 0 if card.rounded is None else decimals_of(card.rounded)
    return Message(
        "standards.explain.rounded", {"rounded": f"{card.rounded:f}", "unit": card.unit, "decimals": decimals}
    )


def _limit(card: VerdictCard, sign: str) -> Message:
    if card.limit is None or card.margin is None:
        shown = "" if card.limit is None else plain(card.limit)
        return Message("standards.explain.limit", {"sign": sign, "limit": shown, "unit": card.unit})
    return Message(
        "standards.explain.limit_margin",
        {"sign": sign, "limit": plain(card.limit), "unit": card.unit, "margin": f"{card.margin:f}"},
    )


def _exact(card: VerdictCard) -> str:
    return "" if card.exact is None else f"{card.exact:f}"


def _source(card: VerdictCard) -> Message:
    return Message(
        "standards.explain.source",
        {"edition": card.edition, "rule": card.rule, "source": card.source, "table_hash": card.table_hash[:12]},
    )
