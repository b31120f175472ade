"""One moment of the transient loaded mode: dilution ratio, exhaust flow and masses, to be read and not judged."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Computed, Quantity
from carcheck_desktop.standards.cards import Judgement, computed
from carcheck_desktop.standards.emission.formulas.figures import (
    FLOW_L_PER_S,
    MILLIONTHS,
    PERCENT,
    out_of_range,
    required,
    shown,
    within,
)
from carcheck_desktop.standards.emission.formulas.flow import SHARES, density, dilution_ratio
from carcheck_desktop.standards.families.axes import FlowOf

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.vmas.record import Vmas

MASS_FLOWS = {
    "co": ("co_percent", PERCENT, Quantity.VMAS_CO_MASS_FLOW),
    "hc": ("hc_ppm", MILLIONTHS, Quantity.VMAS_HC_MASS_FLOW),
    "nox": ("nox_ppm", MILLIONTHS, Quantity.VMAS_NOX_MASS_FLOW),
}
MILLIGRAMS_PER_GRAM = 1000


def judge_moment(case: Case, record: Vmas) -> Judgement:
    """Work out what one moment gives; raise `DataError` naming a field that is missing or cannot be."""
    if record.exhaust_flow_L_per_s is not None:
        flow = within("exhaust_flow_L_per_s", record.exhaust_flow_L_per_s, FLOW_L_PER_S)
        return Judgement(computed=_masses(case, record, flow))
    ratio, inputs = _ratio(record)
    of_ratio = computed(case, Quantity.DILUTION_RATIO, ratio, inputs)
    if record.standard_flow_L_per_s is None:
        return Judgement(computed=(of_ratio,))
    standard = within("standard_flow_L_per_s", record.standard_flow_L_per_s, FLOW_L_PER_S)
    flow_shown = _flow(case, standard, ratio, of_ratio)
    return Judgement(computed=(of_ratio, flow_shown, *_masses(case, record, standard * ratio)))


def _ratio(record: Vmas) -> tuple[Fraction, dict[str, str]]:
    ambient = required("o2_ambient_percent", record.o2_ambient_percent, PERCENT)
    diluted = required("o2_diluted_percent", record.o2_diluted_percent, PERCENT)
    raw = required("o2_raw_percent", record.o2_raw_percent, PERCENT)
    ratio = dilution_ratio(ambient, diluted, raw)
    if ratio is None:
        raise out_of_range("o2_diluted_percent", diluted, "o2_raw ≤ o2_diluted ≤ o2_ambient, o2_raw < o2_ambient")
    inputs = {
        "o2_ambient_percent": shown(ambient), "o2_diluted_percent": shown(diluted), "o2_raw_percent": shown(raw),
    }  # fmt: skip
    return ratio, inputs


def _flow(case: Case, standard: Fraction, ratio: Fraction, of_ratio: Computed) -> Computed:
    """Return the flow: its exact value rests on the exact ratio, the one shown on the rounded ratio unless the setting differs."""
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


def _masses(case: Case, record: Vmas, flow: Fraction) -> tuple[Computed, ...]:
    """Return the mass in a second of every gas that was given, by the exact flow."""
    found = []
    for gas, (field, span, quantity) in MASS_FLOWS.items():
        value = getattr(record, field)
        if value is None:
            continue
        reading, of_gas = within(field, value, span), density(case, gas)
        inputs = {"exhaust_flow_L_per_s": shown(flow), field: shown(reading), "density_g_per_L": shown(of_gas)}
        mass = flow * reading * SHARES[gas] * of_gas * MILLIGRAMS_PER_GRAM
        found.append(computed(case, quantity, mass, inputs))
    return tuple(found)
