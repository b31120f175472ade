"""Verdicts of petrol and gas exhaust as derivations: the formula of each quantity with the card's own numbers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.emission.asm.modes import QUANTITIES, UNITS, AsmGas

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.verdicts import VerdictCard

FAST_PASS = "fast_pass"  # noqa: S105 - a decision, not a secret
GASES = {quantity: gas for mode in QUANTITIES.values() for gas, quantity in mode.items()}


def _exact(card: VerdictCard) -> str:
    return "" if card.exact is None else f"{card.exact:f}"


def _sum(values: str) -> str:
    return " + ".join(values.split(", "))


def _given(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.petrol.given", {"exact": _exact(card), "unit": card.unit})]


def _mean(card: VerdictCard) -> list[Message]:
    """Explain a mean of two-speed idle; cards of older versions have no values in them."""
    given = card.inputs
    if "given" in given:
        return _given(card)
    series = {name: text for name, text in given.items() if "values_" in name}
    if not series:
        params: dict[str, Param] = {"seconds": given["seconds"], "exact": _exact(card)}
        return [Message("standards.explain.mean", params | {"from": given["from"], "unit": card.unit})]
    lines = [
        Message(
            "standards.explain.petrol.mean",
            {"values": _sum(text), "count": len(text.split(", ")), "from": given["from"], "unit": card.unit},
        )
        for text in series.values()
    ]
    return [*lines, Message("standards.explain.petrol.result", {"exact": _exact(card), "unit": card.unit})]


def _lambda(card: VerdictCard) -> list[Message]:
    given = card.inputs
    if "given" in given:
        return [*_given(card), _bounds(card)]
    params: dict[str, Param] = {"seconds": given["seconds"], "exact": _exact(card)}
    params |= {"co": given["co_percent"], "co2": given["co2_percent"]}
    params |= {"hc": given["hc_ppm"], "o2": given["o2_percent"]}
    if "Hcv" not in given:
        return [Message("standards.explain.excess_air", params), _bounds(card)]
    if "pipes" in given:
        return [
            Message("standards.explain.petrol.pipes", {"values": _pipes(card), "exact": _exact(card)}),
            _bounds(card),
        ]
    params |= {"hcv": given["Hcv"], "ocv": given["Ocv"], "k1": given["K1"], "gas": given["water_gas"]}
    return [Message("standards.explain.petrol.lambda", params), _bounds(card)]


def _pipes(card: VerdictCard) -> str:
    return " + ".join(
        text for name, text in card.inputs.items() if name.startswith("pipe") and name.endswith("_lambda")
    )


def _bounds(card: VerdictCard) -> Message:
    return Message("standards.explain.lambda_range", {"low": card.inputs["low"], "high": card.inputs["high"]})


def _asm(card: VerdictCard) -> list[Message]:
    given, gas = card.inputs, GASES[card.quantity]
    if "given" in given:
        return _given(card)
    raw = given[f"values_{gas}_{UNITS[gas]}"]
    params: dict[str, Param] = {
        "start": given["window_start_s"], "end": given["window_end_s"], "speeds": given["speeds_kmh"],
        "co": given["values_co_percent"], "co2": given["values_co2_percent"], "factors": given["DF"],
        "a": given["a"], "share": given["co2_share_factor"],
    }  # fmt: skip
    lines = [Message("standards.explain.petrol.window", params)]
    if gas is AsmGas.NO:
        lines.append(Message("standards.explain.petrol.corrected_no", {"values": raw, "kH": given["kH"]}))
    else:
        lines.append(Message("standards.explain.petrol.corrected", {"values": raw}))
    corrected = given[f"corrected_{gas}_{UNITS[gas]}"]
    count = len(corrected.split(", "))
    mean: dict[str, Param] = {"values": _sum(corrected), "count": count, "exact": _exact(card), "unit": card.unit}
    lines.append(Message("standards.explain.petrol.window_mean", mean))
    return [*lines, _decision(card)]


def _decision(card: VerdictCard) -> Message:
    """Say when the mode was decided, and by what."""
    given = card.inputs
    params: dict[str, Param] = {"at": given["decision_at_s"], "clock": given["decision_clock_s"]}
    if given["decision"] == FAST_PASS:
        return Message("standards.explain.petrol.fast_pass", params)
    return Message("standards.explain.petrol.decided", params | {"restarts": given["restarts"]})


def _vmas(card: VerdictCard) -> list[Message]:
    given = card.inputs
    if "mass_g" not in given:
        return _given(card)
    params: dict[str, Param] = {
        "mass": given["mass_g"], "distance": given["distance_km"], "exact": _exact(card), "unit": card.unit,
    }  # fmt: skip
    lines = [Message("standards.explain.petrol.per_km", params)]
    if "density_g_per_L" in given:
        known: dict[str, Param] = {"density": given["density_g_per_L"], "seconds": given["seconds"]}
        lines.insert(0, Message("standards.explain.petrol.mass", known | {"volume": given["volume_L"]}))
    return lines


def _hc_nox(card: VerdictCard) -> list[Message]:
    given = card.inputs
    if "given" in given:
        return _given(card)
    params: dict[str, Param] = {"hc": given["hc_g_per_km"], "nox": given["nox_g_per_km"], "exact": _exact(card)}
    return [Message("standards.explain.petrol.hc_plus_nox", params)]


def _obd(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.petrol.findings", {"findings": card.inputs["findings"]}), *_since(card)]


def _since(card: VerdictCard) -> list[Message]:
    given = card.inputs
    if "decisive_from" not in given:
        return []
    return [
        Message(
            "standards.explain.petrol.decisive_from", {"made_on": given["made_on"], "first": given["decisive_from"]}
        )
    ]


def _failed(card: VerdictCard) -> list[Message]:
    return [Message("standards.explain.petrol.failed_parts", {"failed": card.inputs["failed"]}), *_since(card)]


EXPLAIN: dict[Quantity, Callable[[VerdictCard], list[Message]]] = {
    Quantity.HIGH_IDLE_CO: _mean,
    Quantity.HIGH_IDLE_HC: _mean,
    Quantity.HIGH_IDLE_LAMBDA: _lambda,
    Quantity.IDLE_CO: _mean,
    Quantity.IDLE_HC: _mean,
    **dict.fromkeys(GASES, _asm),
    Quantity.VMAS_CO: _vmas,
    Quantity.VMAS_HC: _vmas,
    Quantity.VMAS_NOX: _vmas,
    Quantity.TRANSIENT_CO: _given,
    Quantity.TRANSIENT_HC_NOX: _hc_nox,
    Quantity.OBD: _obd,
    Quantity.APPEARANCE: _failed,
    Quantity.EMISSION_OVERALL: _failed,
}
"""What explains a card whose measurement counts, by quantity."""
