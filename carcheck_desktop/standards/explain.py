"""A verdict card as a readable derivation, from the card alone: it explains itself in ten years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Outcome, Quantity
from carcheck_desktop.standards.bench.explaining import EXPLAIN as BRAKES
from carcheck_desktop.standards.diesel.explaining import EXPLAIN as DIESEL
from carcheck_desktop.standards.emission.explaining import EXPLAIN as PETROL
from carcheck_desktop.standards.equipment.explaining import EXPLAIN as EQUIPMENT
from carcheck_desktop.standards.families.known import SAFETY
from carcheck_desktop.standards.rounding import decimals_of, plain
from carcheck_desktop.standards.supervision.explaining import EXPLAIN as SUPERVISION
from carcheck_desktop.standards.vehicle_checks.explaining import EXPLAIN as VEHICLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from carcheck_desktop.base.messages import Param
    from carcheck_desktop.domain.verdicts import Computed, VerdictCard


def _share(card: VerdictCard) -> list[Message]:
    exact = "" if card.exact is None else f"{card.exact:f}"
    formula = Message("standards.explain.formula.wheel_power_share", {"exact": exact, "unit": card.unit})
    return [formula, _inputs(card.inputs)]


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    **BRAKES, **VEHICLE, **PETROL, **DIESEL, **EQUIPMENT, **SUPERVISION, Quantity.WHEEL_POWER_SHARE: _share,
}  # fmt: skip
"""What turns the inputs of a card into the formula with its numbers; each room of quantities has its own."""

HALF_UP = frozenset(SAFETY.rounded)
SIGNS = {each: each.sign for each in Comparison}
OUTCOMES = {
    Outcome.PASS: Message("standards.explain.pass"),
    Outcome.FAIL: Message("standards.explain.fail"),
    Outcome.NOT_JUDGED: Message("standards.explain.not_judged"),
    Outcome.INVALID: Message("standards.explain.invalid"),
}
NO_LIMIT, NO_LIMIT_APPLIES = Message("standards.not_judged.no_limit"), Message("standards.explain.no_limit")
"""A case for which the tables have none: nothing is waited for."""
DOUBTS = {
    Confidence.SINGLE_SOURCE: Message("standards.explain.single_source"),
    Confidence.RECALLED: Message("standards.explain.recalled"),
    Confidence.DISPUTED: Message("standards.explain.disputed"),
}


def explain(card: VerdictCard) -> list[Message]:
    """Return the derivation line by line: formula with numbers, rounding, limit, outcome, source."""
    lines = [] if card.exact is None or card.rounded is None else [*_formula(card), _rounded(card, card.rounded)]
    if card.limit is not None and card.comparison is not None:
        lines += [*_range(card, lines), _limit(card, SIGNS[card.comparison])]
    is_without = card.outcome is Outcome.NOT_JUDGED and card.reason is not None and card.reason.code == NO_LIMIT.code
    lines.append(NO_LIMIT_APPLIES if is_without else OUTCOMES[card.outcome])
    if card.reason is not None:
        lines.append(card.reason)
    lines.append(_source(card))
    if card.confidence in DOUBTS:
        lines.append(DOUBTS[card.confidence])
    return lines


def explain_computed(number: Computed) -> list[Message]:
    """Return the derivation of a number that is shown and not judged: its formula, every number that went in, rounding."""
    exact = f"{number.exact:f}"
    formula = Message(f"standards.explain.formula.{number.quantity.value}", {"exact": exact, "unit": number.unit})
    return [formula, _inputs(number.inputs), _rounded(number, number.rounded)]


def _formula(card: VerdictCard) -> list[Message]:
    """Return the derivation of a card; a card of an older program, which lacks an input, shows what it has."""
    rule = EXPLAIN.get(card.quantity)
    if rule is not None:
        try:
            return rule(card)
        except KeyError:
            pass
    return [_inputs(card.inputs)]


def _inputs(inputs: Mapping[str, str]) -> Message:
    between = "; " if any(", " in value for value in inputs.values()) else ", "
    given = between.join(f"{name} = {value}" for name, value in inputs.items())
    return Message("standards.explain.inputs", {"given": given or "-"})


def _rounded(number: VerdictCard | Computed, value: Decimal) -> Message:
    """Return the line of rounding: half up by the tables of safety, half to the even digit (GB/T 8170) by all others."""
    params: dict[str, Param] = {"rounded": f"{value:f}", "unit": number.unit, "decimals": decimals_of(value)}
    if number.quantity in HALF_UP:
        return Message("standards.explain.rounded", params)
    return Message("standards.explain.rounded_even", params)


def _range(card: VerdictCard, lines: list[Message]) -> list[Message]:
    """Return both ends of a range, unless the derivation has said them; the limit's own line has the nearer one."""
    ends: dict[str, Param] = {name: card.inputs[name] for name in ("low", "high") if name in card.inputs}
    if len(ends) < 2 or any("low" in line.params for line in lines):
        return []
    return [Message("standards.explain.range", {**ends, "unit": card.unit})]


def _limit(card: VerdictCard, sign: str) -> Message:
    if card.limit is None or card.margin is None:
        shown = "" if card.limit is None else plain(card.limit)
        return Message("standards.explain.limit", {"sign": sign, "limit": shown, "unit": card.unit})
    return Message(
        "standards.explain.limit_margin",
        {"sign": sign, "limit": plain(card.limit), "unit": card.unit, "margin": f"{card.margin:f}"},
    )


def _source(card: VerdictCard) -> Message:
    return Message(
        "standards.explain.source",
        {"edition": card.edition, "rule": card.rule, "source": card.source, "table_hash": card.table_hash[:12]},
    )
