"""The card of one exhaust result: its limit of the station's set, the readings that decide, HC of natural gas not judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.cards import WEAKER, Doubt, Manner, Subject, invalid, is_met, judged, not_judged
from carcheck_desktop.standards.emission.formulas.figures import out_of_range
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
from carcheck_desktop.standards.families.axes import Bounds, Compared, GasHc
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

TWO_SPEED_IDLE_ITEM = "DB"
"""双怠速; method codes of the platforms (GZ and CS)."""
ASM_ITEM = "WT"
"""稳态工况."""
VMAS_ITEM = "IG"
"""简易瞬态工况."""
TRANSIENT_ITEM = "ST"
"""瞬态工况."""
HC = frozenset((Quantity.HIGH_IDLE_HC, Quantity.IDLE_HC, Quantity.ASM5025_HC, Quantity.ASM2540_HC, Quantity.VMAS_HC))
ADVICE = {
    Quantity.HIGH_IDLE_LAMBDA: Message("standards.petrol.advice_lambda"),
    **dict.fromkeys(HC, Message("standards.petrol.advice_hc")),
    **dict.fromkeys(
        (Quantity.HIGH_IDLE_CO, Quantity.IDLE_CO, Quantity.ASM5025_CO, Quantity.ASM2540_CO, Quantity.VMAS_CO),
        Message("standards.petrol.advice_co"),
    ),
    **dict.fromkeys(
        (Quantity.ASM5025_NO, Quantity.ASM2540_NO, Quantity.VMAS_NOX), Message("standards.petrol.advice_no")
    ),
}
"""What is usually at fault where a quantity fails."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a test with the numbers that went in.

    `limit` goes before the tables' (the maker's own range), `next_step` is said instead of what is usually at fault. A
    result that does not `counts` is compared for the reader only.
    """

    item: str
    quantity: Quantity
    exact: Fraction
    inputs: dict[str, str]
    limit: Limit | None = None
    next_step: Message | None = None
    counts: bool = True
    doubts: tuple[Doubt, ...] = field(default_factory=tuple)


def limit_of(case: Case, quantity: Quantity) -> Limit:
    """Return a quantity's limit of the station's set: a range for excess air, a maximum for all others.

    Raises `DataError` for a limit of another kind that a platform sent.
    """
    limit = case.limit(quantity, limit_set=case.choice("limit_set"))
    wanted = Bound.BETWEEN if quantity is Quantity.HIGH_IDLE_LAMBDA else Bound.AT_MOST
    if limit.bound is not wanted:
        raise out_of_range(f"limits.{quantity.value}", limit.bound.value, wanted.value)
    return limit


def is_full(case: Case) -> bool:
    """Say whether full values are held against limits, and not rounded ones."""
    return case.choice("compared") == Compared.FULL


def is_hc_recorded(case: Case, fuel: ExhaustFuel) -> bool:
    """Say whether HC of this fuel is recorded and not judged."""
    return fuel is ExhaustFuel.NATURAL_GAS and case.choice("natural_gas_hc") == GasHc.RECORDED


def exhaust_card(case: Case, fuel: ExhaustFuel, result: Result) -> VerdictCard:
    """Hold a result against its limit, and name the readings of the standard that decide."""
    limit = result.limit or limit_of(case, result.quantity)
    is_recorded_only = result.quantity in HC and is_hc_recorded(case, fuel)
    manner = Manner(
        full=is_full(case),
        open_ends=limit.bound is Bound.BETWEEN and case.choice("lambda_bounds") == Bounds.EXCLUDED,
        counts=result.counts and not is_recorded_only,
    )
    inputs = result.inputs | {"set": case.choice("limit_set"), "fuel": fuel.value}
    doubts = [*result.doubts, *_doubts(case, limit, result)]
    advice = result.next_step or ADVICE.get(result.quantity)
    card = judged(case, Subject(result.item, result.quantity, limit, inputs), result.exact, doubts, advice, manner)
    if is_recorded_only and card.outcome is Outcome.FAIL:
        known = max(card.confidence, case.choice_confidence("natural_gas_hc"), key=WEAKER.index)
        return replace(card, outcome=Outcome.NOT_JUDGED, reason=Message("standards.petrol.gas_hc"), confidence=known)
    return card


def invalid_card(case: Case, item: str, quantity: Quantity, reason: Message, **inputs: str) -> VerdictCard:
    """Return the card of a result that does not count, with the limit it would have been held against."""
    return invalid(case, _subject(case, item, quantity, inputs), reason)


def missing_card(case: Case, item: str, quantity: Quantity, reason: Message, **inputs: str) -> VerdictCard:
    """Return the card of a result that is not there."""
    return not_judged(case, _subject(case, item, quantity, inputs), reason)


def _subject(case: Case, item: str, quantity: Quantity, inputs: dict[str, str]) -> Subject:
    return Subject(item, quantity, limit_of(case, quantity), inputs | {"set": case.choice("limit_set")})


def _doubts(case: Case, limit: Limit, result: Result) -> list[Doubt]:
    """Return the doubts about exactly at a bound of a range, and about rounded against full, where they decide."""
    rounded, full = case.rounded(result.quantity, result.exact), is_full(case)
    compared = result.exact if full else Fraction(rounded)
    is_open = case.choice("lambda_bounds") == Bounds.EXCLUDED
    touched = [bound for bound in limit.figures if limit.bound is Bound.BETWEEN and compared == Fraction(bound)]
    doubts = []
    if touched:
        reason = Message("standards.doubt.lambda_bound", {"bound": plain(touched[0])})
        doubts.append(Doubt(case.choice_confidence("lambda_bounds"), reason))
    if _is_good(limit, result.exact, is_open) != _is_good(limit, Fraction(rounded), is_open):
        reason = Message("standards.doubt.rounded_value", {"exact": f"{cut(result.exact, 4):f}"})
        doubts.append(Doubt(case.choice_confidence("compared"), reason))
    return doubts


def _is_good(limit: Limit, value: Fraction, is_open: bool) -> bool:
    touches = limit.bound is Bound.BETWEEN and is_open and value in [Fraction(bound) for bound in limit.figures]
    return is_met(limit, value) and not touches
