"""Dilution ratio and exhaust flow of one moment, to be read and not judged."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Computed, Quantity
from carcheck_desktop.standards.cards import Judgement, computed
from carcheck_desktop.standards.emission.formulas.figures import (
    FLOW_L_PER_S,
    PERCENT,
    out_of_range,
    required,
    shown,
    within,
)
from carcheck_desktop.standards.emission.formulas.flow import dilution_ratio
from carcheck_desktop.standards.families.axes import FlowOf

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.vmas.record import Vmas


def judge_ratio(case: Case, record: Vmas) -> Judgement:
    """Work out the ratio, and the flow where the standard flow was given; raise `DataError` naming a wrong field.

    The flow's exact value rests on the exact ratio; the one that is shown rests on the rounded ratio unless the setting
    says otherwise (both are in the inputs).
    """
    ambient = required("o2_ambient_percent", record.o2_ambient_percent, PERCENT)
    diluted = required("o2_diluted_percent", record.o2_diluted_percent, PERCENT)
    raw = required("o2_raw_percent", record.o2_raw_percent, PERCENT)
    ratio = dilution_ratio(ambient, diluted, raw)
    if ratio is None:
        raise out_of_range("o2_diluted_percent", diluted, "o2_raw ≤ o2_diluted ≤ o2_ambient, o2_raw < o2_ambient")
    inputs = {
        "o2_ambient_percent": shown(ambient), "o2_diluted_percent": shown(diluted), "o2_raw_percent": shown(raw),
    }  # fmt: skip
    of_ratio = computed(case, Quantity.DILUTION_RATIO, ratio, inputs)
    if record.standard_flow_L_per_s is None:
        return Judgement(computed=(of_ratio,))
    standard = within("standard_flow_L_per_s", record.standard_flow_L_per_s, FLOW_L_PER_S)
    return Judgement(computed=(of_ratio, _flow(case, standard, ratio, of_ratio)))


def _flow(case: Case, standard: Fraction, ratio: Fraction, of_ratio: Computed) -> Computed:
    by_exact = case.rounded(Quantity.EXHAUST_FLOW, standard * ratio)
    by_rounded = case.rounded(Quantity.EXHAUST_FLOW, standard * Fraction(of_ratio.rounded))
    inputs = {
        "standard_flow_L_per_s": shown(standard),
        "dilution_ratio_exact": shown(ratio),
        "dilution_ratio_rounded": f"{of_ratio.rounded:f}",
        "flow_by_exact_ratio_L_per_s": f"{by_exact:f}",
        "flow_by_rounded_ratio_L_per_s": f"{by_rounded:f}",
    }
    found = computed(case, Quantity.EXHAUST_FLOW, standard * ratio, inputs)
    return replace(found, rounded=by_rounded) if case.choice("exhaust_flow_of") == FlowOf.ROUNDED_RATIO else found
