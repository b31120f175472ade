"""The chassis dynamometer: coast-down under load (加载滑行), parasitic power (附加损失), accuracy of the load."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, computed, invalid
from carcheck_desktop.standards.equipment.holding import held, manner, own
from carcheck_desktop.standards.families.equipment_axes import LoadFuel
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.figures import between, expected, required, short
from carcheck_desktop.standards.rounding import decimals_of, plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import Computed
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

KMH_PER_MS = Fraction(36, 10)
MOST_DIW_KG = 20000
MOST_KMH = 200
MOST_KW = 1000
MOST_S = 3600


@dataclass(frozen=True, slots=True)
class CoastDown:
    """One range of a coast-down under load. Without a measured time the computed one and its bounds are given, and nothing is judged."""

    v1_kmh: Decimal | None = None
    """Roller speed at which the range starts."""
    v2_kmh: Decimal | None = None
    """Roller speed at which it ends."""
    diw_kg: Decimal | None = None
    """Equivalent inertia of the rollers (DIW)."""
    ihp_kW: Decimal | None = None
    """Load that was set (IHP)."""
    plhp_kW: Decimal | None = None
    """Parasitic power in this range (PLHP)."""
    ccdt_s: Decimal | None = None
    """Computed time (CCDT), instead of the five above; beside all five it must be theirs, to its last digit."""
    acdt_s: Decimal | None = None
    """Measured time (ACDT)."""
    limit_percent: Decimal | None = None
    """Goes before the tables' tolerance."""


@dataclass(frozen=True, slots=True)
class ParasiticPower:
    """The power that the rollers take themselves, from a free coast-down. Reported as measured; no conclusion rests on its limit."""

    diw_kg: Decimal
    """Equivalent inertia of the rollers (DIW)."""
    v1_kmh: Decimal
    """Roller speed at which the range starts."""
    v2_kmh: Decimal
    """Roller speed at which it ends."""
    coast_time_s: Decimal
    """Measured time without load."""
    reported_plhp_kW: Decimal | None = None
    """What was entered as the result; another figure than the measured one does not count."""
    limit_kW: Decimal | None = None
    """Goes before the tables' tolerance."""


@dataclass(frozen=True, slots=True)
class LoadAccuracy:
    """One point of the load: what was set and what the rollers absorbed."""

    fuel: LoadFuel
    """Which lane the dynamometer serves."""
    set_kW: Decimal
    """Load that was set."""
    actual_kW: Decimal
    """Load as measured."""
    limit_percent: Decimal | None = None
    """Goes before the tables' tolerance."""


def judge_coast_down(case: Case, record: CoastDown) -> Judgement:
    """Compute the time (CCDT) with its bounds, and judge |ACDT - CCDT| / CCDT in percent."""
    seconds, inputs = _computed_time(record)
    limit = own(case.limit(Quantity.COAST_DOWN_ERROR), Bound.AT_MOST, limit_percent=record.limit_percent)
    expected(limit, Bound.AT_MOST)
    found = Judgement(computed=_times(case, seconds, limit, inputs))
    if record.acdt_s is None:
        return found
    measured = between("acdt_s", record.acdt_s, 0, MOST_S, above=True)
    error = abs(measured - seconds) * 100 / seconds
    inputs = inputs | {"acdt_s": plain(measured), "ccdt_s": plain(seconds)}
    subject = Subject("coast_down", Quantity.COAST_DOWN_ERROR, limit, inputs)
    return found + Judgement((held(case, subject, error, Message("standards.equipment.advice_coast_down")),))


def _computed_time(record: CoastDown) -> tuple[Fraction, dict[str, str]]:
    """Return CCDT = DIW * (v1^2 - v2^2) / 2 / (IHP + PLHP) in s, speeds in m/s, power in W; or the one given."""
    if record.ccdt_s is not None:
        given = between("ccdt_s", record.ccdt_s, 0, MOST_S, above=True)
        _refuse_other_time(record, record.ccdt_s)
        return given, {}
    energy_J, inputs = _energy(record.diw_kg, record.v1_kmh, record.v2_kmh)
    load_kW = between("ihp_kW", required("ihp_kW", record.ihp_kW), 0, MOST_KW)
    losses_kW = between("plhp_kW", required("plhp_kW", record.plhp_kW), 0, MOST_KW)
    if load_kW + losses_kW == 0:
        raise DataError("standards.record.wrong_value", field="ihp_kW", value="0", allowed="ihp_kW + plhp_kW > 0")
    inputs |= {"ihp_kW": plain(load_kW), "plhp_kW": plain(losses_kW)}
    return energy_J / ((load_kW + losses_kW) * 1000), inputs


def _refuse_other_time(record: CoastDown, ccdt_s: Decimal) -> None:
    """Raise `DataError` for a time that is not that of the five figures beside it, by more than its last digit."""
    five = (record.diw_kg, record.v1_kmh, record.v2_kmh, record.ihp_kW, record.plhp_kW)
    if any(each is None for each in five):
        return
    seconds, _ = _computed_time(replace(record, ccdt_s=None))
    if abs(seconds - Fraction(ccdt_s)) > Fraction(1, 10 ** decimals_of(ccdt_s)):
        raise DataError(
            "standards.record.wrong_value", field="ccdt_s", value=plain(ccdt_s), allowed=short(plain(seconds))
        )


def _times(case: Case, seconds: Fraction, limit: Limit, inputs: dict[str, str]) -> tuple[Computed, ...]:
    percent = Fraction(limit.value)
    bounds = inputs | {"ccdt_s": plain(seconds), "limit_percent": plain(percent)}
    return (
        computed(case, Quantity.COAST_DOWN_TIME, seconds, inputs),
        computed(case, Quantity.COAST_DOWN_SHORTEST, seconds * (100 - percent) / 100, bounds),
        computed(case, Quantity.COAST_DOWN_LONGEST, seconds * (100 + percent) / 100, bounds),
    )


def _energy(diw_kg: Decimal | None, v1_kmh: Decimal | None, v2_kmh: Decimal | None) -> tuple[Fraction, dict[str, str]]:
    """Return what the rollers give up between two speeds, in J, and the numbers that went in."""
    mass = between("diw_kg", required("diw_kg", diw_kg), 0, MOST_DIW_KG, above=True)
    first = between("v1_kmh", required("v1_kmh", v1_kmh), 0, MOST_KMH, above=True)
    last = between("v2_kmh", required("v2_kmh", v2_kmh), 0, MOST_KMH)
    if last >= first:
        raise DataError("standards.record.wrong_value", field="v2_kmh", value=plain(last), allowed=f"< {plain(first)}")
    inputs = {"diw_kg": plain(mass), "v1_kmh": plain(first), "v2_kmh": plain(last)}
    return mass * ((first / KMH_PER_MS) ** 2 - (last / KMH_PER_MS) ** 2) / 2, inputs


def judge_parasitic_power(case: Case, record: ParasiticPower) -> Judgement:
    """Compute PLHP = DIW * (v1^2 - v2^2) / 2 / t; more than the tables' figure is told, and no conclusion rests on it."""
    energy_J, inputs = _energy(record.diw_kg, record.v1_kmh, record.v2_kmh)
    seconds = between("coast_time_s", record.coast_time_s, 0, MOST_S, above=True)
    exact = energy_J / (seconds * 1000)
    inputs |= {"coast_time_s": plain(seconds)}
    limit = own(case.limit(Quantity.PARASITIC_POWER), Bound.AT_MOST, limit_kW=record.limit_kW)
    expected(limit, Bound.AT_MOST)
    inputs |= {"exceeds": "yes" if exact > limit.value else "no"}
    found = Judgement(computed=(computed(case, Quantity.PARASITIC_POWER, exact, inputs),))
    subject = Subject("parasitic_power", Quantity.PARASITIC_POWER, limit, inputs)
    if record.reported_plhp_kW is not None:
        reported = between("reported_plhp_kW", record.reported_plhp_kW, 0, MOST_KW)
        measured = case.rounded(Quantity.PARASITIC_POWER, exact)
        if case.rounded(Quantity.PARASITIC_POWER, reported) != measured:
            params: dict[str, str | int] = {"reported": plain(reported), "measured": f"{measured:f}"}
            return found + Judgement((invalid(case, subject, Message("standards.equipment.rewritten_power", params)),))
    advice = Message("standards.equipment.high_parasitic_power", {"limit": plain(limit.value)})
    return found + Judgement((held(case, subject, exact, advice, manner(case, counts=False)),))


def judge_load_accuracy(case: Case, record: LoadAccuracy) -> Judgement:
    """Judge |actual - set| / set in percent."""
    wanted = between("set_kW", record.set_kW, 0, MOST_KW, above=True)
    actual = between("actual_kW", record.actual_kW, 0, MOST_KW)
    limit = own(case.limit(Quantity.LOAD_ERROR, fuel=record.fuel), Bound.AT_MOST, limit_percent=record.limit_percent)
    inputs = {"fuel": record.fuel.value, "set_kW": plain(wanted), "actual_kW": plain(actual)}
    subject = Subject("load_accuracy", Quantity.LOAD_ERROR, limit, inputs)
    error = abs(actual - wanted) * 100 / wanted
    return Judgement((held(case, subject, error, Message("standards.equipment.advice_load")),))
