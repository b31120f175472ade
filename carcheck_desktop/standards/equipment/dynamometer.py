"""The chassis dynamometer: coast-down under load (加载滑行), parasitic power (附加损失), accuracy of the load."""

from __future__ import annotations

from dataclasses import dataclass
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
from carcheck_desktop.standards.records.figures import between, required
from carcheck_desktop.standards.rounding import plain

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
    """One range of a coast-down: the rollers fall from `v1_kmh` to `v2_kmh` against the load `ihp_kW` and their own losses.

    `diw_kg` is the equivalent inertia of the rollers (DIW), `plhp_kW` the parasitic power. With `ccdt_s` the computed time is
    given instead. `acdt_s` is the time measured; without it the time and its bounds are computed and nothing is judged.
    `limit_percent` goes before the tables.
    """

    v1_kmh: Decimal | None = None
    v2_kmh: Decimal | None = None
    diw_kg: Decimal | None = None
    ihp_kW: Decimal | None = None
    plhp_kW: Decimal | None = None
    ccdt_s: Decimal | None = None
    acdt_s: Decimal | None = None
    limit_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ParasiticPower:
    """The power that the rollers themselves take, from the time of a free coast-down (`coast_time_s`) between two speeds.

    It is reported as measured. `reported_plhp_kW` is what was entered as the result: if it is another figure than the one
    measured, it does not count.
    """

    diw_kg: Decimal
    v1_kmh: Decimal
    v2_kmh: Decimal
    coast_time_s: Decimal
    reported_plhp_kW: Decimal | None = None
    limit_kW: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LoadAccuracy:
    """One point of the load: what was set (`set_kW`) and what the rollers absorbed (`actual_kW`), of a petrol or diesel lane."""

    fuel: LoadFuel
    set_kW: Decimal
    actual_kW: Decimal
    limit_percent: Decimal | None = None


def judge_coast_down(case: Case, record: CoastDown) -> Judgement:
    """Compute the time (CCDT) with its bounds, and judge |ACDT - CCDT| / CCDT in percent."""
    seconds, inputs = _computed_time(record)
    limit = own(case.limit(Quantity.COAST_DOWN_ERROR), Bound.AT_MOST, limit_percent=record.limit_percent)
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
        return between("ccdt_s", record.ccdt_s, 0, MOST_S, above=True), {}
    energy_J, inputs = _energy(record.diw_kg, record.v1_kmh, record.v2_kmh)
    load_kW = between("ihp_kW", required("ihp_kW", record.ihp_kW), 0, MOST_KW)
    losses_kW = between("plhp_kW", required("plhp_kW", record.plhp_kW), 0, MOST_KW)
    if load_kW + losses_kW == 0:
        raise DataError("standards.record.wrong_value", field="ihp_kW", value="0", allowed="ihp_kW + plhp_kW > 0")
    inputs |= {"ihp_kW": plain(load_kW), "plhp_kW": plain(losses_kW)}
    return energy_J / ((load_kW + losses_kW) * 1000), inputs


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
