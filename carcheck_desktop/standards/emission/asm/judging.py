"""The cards of a steady-state test: what was decided, when, and over which ten seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.standards.cards import Doubt, Judgement
from carcheck_desktop.standards.emission.asm.deciding import Decided, decide
from carcheck_desktop.standards.emission.asm.modes import QUANTITIES, UNITS, AsmDecision, AsmGas, AsmMode
from carcheck_desktop.standards.emission.asm.timeline import Timeline, timeline
from carcheck_desktop.standards.emission.asm.windows import Window, Windows
from carcheck_desktop.standards.emission.cards import ASM_ITEM, Result, exhaust_card, invalid_card, missing_card
from carcheck_desktop.standards.emission.formulas.figures import MILLIONTHS, PERCENT, listed, missing, shown, within
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel, fuel_of
from carcheck_desktop.standards.emission.formulas.humidity import Ambient, air_problem, humidity
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.asm.record import AsmBoth, AsmResult, AsmSecond, AsmSeries

PASSED = (AsmDecision.FAST_PASS, AsmDecision.PASS)


@dataclass(frozen=True, slots=True)
class _Mode:
    """One mode of one measurement."""

    mode: AsmMode
    fuel: ExhaustFuel
    ambient: Ambient


def judge_asm5025(case: Case, record: AsmSeries) -> Judgement:
    """Judge ASM5025 by itself; not passed, its cards do not count and name ASM2540 as the next step."""
    mode = _Mode(AsmMode.ASM5025, fuel_of(case, record.fuel), record.ambient)
    return _judged(case, mode, record.seconds, "seconds")[0]


def judge_asm2540(case: Case, record: AsmSeries) -> Judgement:
    """Judge ASM2540 by itself; it decides."""
    mode = _Mode(AsmMode.ASM2540, fuel_of(case, record.fuel), record.ambient)
    return _judged(case, mode, record.seconds, "seconds")[0]


def judge_asm(case: Case, record: AsmBoth) -> Judgement:
    """Judge the whole test: ASM5025, and ASM2540 where that was not passed; raise `DataError` naming a wrong field."""
    fuel = fuel_of(case, record.fuel)
    first = _Mode(AsmMode.ASM5025, fuel, record.ambient)
    judgement, decision = _judged(case, first, record.asm5025_seconds, "asm5025_seconds")
    if decision is not AsmDecision.NEXT_ASM2540:
        return judgement + _not_needed(case, fuel, record, decision)
    if not record.asm2540_seconds:
        reason = Message("standards.asm.next_missing")
        quantities = QUANTITIES[AsmMode.ASM2540].values()
        return judgement + Judgement(
            tuple(missing_card(case, ASM_ITEM, quantity, reason, fuel=fuel.value) for quantity in quantities)
        )
    second = _Mode(AsmMode.ASM2540, fuel, record.ambient)
    return judgement + _judged(case, second, record.asm2540_seconds, "asm2540_seconds")[0]


def _not_needed(case: Case, fuel: ExhaustFuel, record: AsmBoth, decision: AsmDecision) -> Judgement:
    """Return the cards, none of which counts, of a second mode that was run although the first was passed."""
    if decision not in PASSED or not record.asm2540_seconds:
        return Judgement()
    reason = Message("standards.asm.not_needed", {"seconds": len(record.asm2540_seconds)})
    cards = [
        missing_card(case, ASM_ITEM, quantity, reason, fuel=fuel.value)
        for quantity in QUANTITIES[AsmMode.ASM2540].values()
    ]
    return Judgement(tuple(replace(card, counts=False) for card in cards))


def judge_asm_result(case: Case, record: AsmResult) -> Judgement:
    """Judge results that were given; raise `DataError` where there is none or one cannot be."""
    fuel = fuel_of(case, record.fuel)
    given: dict[AsmGas, Decimal | None] = {
        AsmGas.CO: record.co_percent, AsmGas.HC: record.hc_ppm, AsmGas.NO: record.no_ppm
    }  # fmt: skip
    if all(value is None for value in given.values()):
        raise missing("co_percent")
    results: list[tuple[AsmGas, Fraction | None]] = []
    for gas, value in given.items():
        span = PERCENT if gas is AsmGas.CO else MILLIONTHS
        results.append((gas, None if value is None else within(f"{gas}_{UNITS[gas]}", value, span)))
    return _of_results(case, record.mode, fuel, results)


def _of_results(
    case: Case, mode: AsmMode, fuel: ExhaustFuel, results: Sequence[tuple[AsmGas, Fraction | None]]
) -> Judgement:
    """Return the cards of given results; of ASM5025 none counts while one of them is not passed."""
    cards = []
    for gas, exact in results:
        quantity = QUANTITIES[mode][gas]
        if exact is None:
            reason = Message("standards.petrol.not_given")
            cards.append(missing_card(case, ASM_ITEM, quantity, reason, fuel=fuel.value))
        else:
            result = Result(ASM_ITEM, quantity, exact, {"given": shown(exact), "mode": mode.value})
            cards.append(exhaust_card(case, fuel, result))
    if mode is AsmMode.ASM5025 and any(card.counts and card.outcome is Outcome.FAIL for card in cards):
        cards = [replace(card, counts=False, reason=Message("standards.asm.next")) for card in cards]
    return Judgement(tuple(cards))


def _judged(case: Case, mode: _Mode, seconds: Sequence[AsmSecond], field: str) -> tuple[Judgement, AsmDecision]:
    """Return the cards of a mode with its decision."""
    air = humidity(case, mode.ambient, "ambient.")
    line = timeline(case, seconds, field)
    too_far = air_problem(case, mode.ambient.temperature_C)
    if too_far is not None and line.problem is None:
        line = replace(line, problem=too_far)
    inputs = {"mode": mode.mode.value} | air.inputs
    if line.problem is not None:
        decided = Decided(AsmDecision.INVALID, reason=line.problem)
        if "second" in line.problem.params:
            inputs["decision_at_s"] = str(line.problem.params["second"])
    else:
        windows = Windows(case, mode.mode, mode.fuel, line.seconds, air.factor)
        decided = decide(case, mode.mode, line, windows)
        inputs |= _decision_inputs(case, windows, decided)
    inputs["decision"] = decided.decision.value
    quantities = QUANTITIES[mode.mode]
    if decided.window is None or decided.reason is not None:
        reason = decided.reason or Message("standards.asm.no_window")
        cards = tuple(
            invalid_card(case, ASM_ITEM, quantity, reason, **inputs, fuel=mode.fuel.value)
            for quantity in quantities.values()
        )
        return Judgement(cards), decided.decision
    is_open = decided.decision is AsmDecision.NEXT_ASM2540
    results = [
        Result(
            ASM_ITEM,
            quantity,
            decided.window.exact[gas],
            inputs | _window_inputs(windows, decided.window, line, gas),
            next_step=Message("standards.asm.next") if is_open else None,
            counts=not is_open,
            doubts=_doubts(case, decided, line),
        )
        for gas, quantity in quantities.items()
    ]
    return Judgement(tuple(exhaust_card(case, mode.fuel, result) for result in results)), decided.decision


def _decision_inputs(case: Case, windows: Windows, decided: Decided) -> dict[str, str]:
    """Return when it was decided, and what the fast check showed."""
    found: dict[str, str] = {}
    if decided.tick is not None:
        found["decision_at_s"] = str(decided.tick.index)
        found["restarts"] = str(decided.tick.restarts)
        if decided.tick.clock_s is not None:
            found["decision_clock_s"] = str(decided.tick.clock_s)
    if decided.fast is not None:
        share = Fraction(case.constant("asm_fast_percent"))
        is_met = decided.fast.keeps(windows.limits, share, full=windows.full)
        found["fast_window_start_s"] = str(decided.fast.start)
        found["fast_window_speed_valid"] = "yes" if decided.fast.is_steady else "no"
        found["fast_window_half_limit_met"] = "yes" if is_met else "no"
        for gas in AsmGas:
            found[f"fast_window_{gas}_{UNITS[gas]}"] = f"{decided.fast.rounded[gas]:f}"
            found[f"fast_window_{gas}_exact_{UNITS[gas]}"] = shown(decided.fast.exact[gas])
    return found


def _window_inputs(windows: Windows, window: Window, line: Timeline, gas: AsmGas) -> dict[str, str]:
    """Return the ten seconds behind one result."""
    taken = line.seconds[window.start : window.start + windows.length]
    corrected = windows.corrected[window.start : window.start + windows.length]
    raw = {AsmGas.CO: "co_percent", AsmGas.HC: "hc_ppm", AsmGas.NO: "no_ppm"}[gas]
    return {
        "window_start_s": str(window.start),
        "window_end_s": str(window.start + windows.length - 1),
        "window_speed_valid": "yes" if window.is_steady else "no",
        "speeds_kmh": listed(each.speed_kmh for each in taken),
        "values_co_percent": listed(each.co_percent for each in taken),
        "values_co2_percent": listed(each.co2_percent for each in taken),
        f"values_{raw}": listed(getattr(each, raw) for each in taken),
        "a": shown(windows.dilution.a),
        "co2_share_factor": shown(windows.dilution.share),
        "DF": listed(each.factor for each in corrected),
        f"corrected_{gas}_{UNITS[gas]}": listed(each.values[gas] for each in corrected),
    }


def _doubts(case: Case, decided: Decided, line: Timeline) -> tuple[Doubt, ...]:
    """Return the doubts about a clock that was put back, and about how steady the speed of a passing window must be."""
    doubts = []
    if decided.tick is not None and decided.tick.restarts:
        reason = Message("standards.doubt.asm_restart", {"restarts": decided.tick.restarts})
        doubts.append(Doubt(case.choice_confidence("asm_restart"), reason))
    other = case.constant("asm_window_other_kmh")
    if decided.window is not None and decided.decision in PASSED:
        taken = line.seconds[decided.window.start : decided.window.start + int(case.constant("asm_window_s"))]
        if any(abs(each.speed_kmh - taken[0].speed_kmh) >= other for each in taken):
            params: dict[str, Param] = {"allowed": plain(case.constant("asm_window_kmh")), "other": plain(other)}
            reason = Message("standards.doubt.asm_window", params)
            doubts.append(Doubt(case.constant_confidence("asm_window_kmh"), reason))
    return tuple(doubts)
