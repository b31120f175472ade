"""The clock of a mode: it runs from 0 while speed and torque stay in their bands, and goes back to 0 when they do not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.standards.families.axes import AsmRestart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.asm.modes import AsmMode
    from carcheck_desktop.standards.emission.asm.record import AsmSecond


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the clock on the day."""

    speed_kmh: Fraction
    band_kmh: Fraction
    torque_percent: Fraction
    out_running_s: int
    out_total_s: int
    wait_s: int
    """Seconds in the band before the clock runs again after it was put back."""
    steady_s: int
    """Seconds in the band before it runs for the first time."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One second: its place in the record, the clock (None while it stands), and how often it was put back so far."""

    index: int
    clock_s: int | None
    restarts: int


def rules_of(case: Case, mode: AsmMode) -> Rules:
    """Return the numbers of a mode's clock."""
    waits = case.choice("asm_restart") == AsmRestart.STEADY_FIRST
    return Rules(
        speed_kmh=Fraction(case.constant(f"{mode}_kmh")),
        band_kmh=Fraction(case.constant("asm_band_kmh")),
        torque_percent=Fraction(case.constant("asm_torque_percent")),
        out_running_s=int(case.constant("asm_out_running_s")),
        out_total_s=int(case.constant("asm_out_total_s")),
        wait_s=int(case.constant("asm_steady_s")) if waits else 0,
        steady_s=int(case.constant("asm_steady_s")),
    )


def is_in_band(rules: Rules, second: AsmSecond) -> bool:
    """Say whether speed and torque are in their bands; the ends belong to them."""
    is_torque_good = second.torque_off_percent is None or abs(second.torque_off_percent) <= rules.torque_percent
    return abs(Fraction(second.speed_kmh) - rules.speed_kmh) <= rules.band_kmh and is_torque_good


def steady_before(rules: Rules, lead: Sequence[AsmSecond]) -> int | None:
    """Return how many of the seconds before t = 0 were steady at their end; None where all that are asked for and given were."""
    asked = reversed(lead[-rules.steady_s :])
    return next((steady for steady, second in enumerate(asked) if not is_in_band(rules, second)), None)


def ticks(rules: Rules, seconds: Sequence[AsmSecond], lead: Sequence[AsmSecond] = ()) -> Iterator[Tick]:
    """Yield every second with the clock; seconds from t = 0 on, one after another, `lead` those before.

    Where the lead was not steady the clock starts once the vehicle has been.
    """
    before = steady_before(rules, lead)
    clock: int | None = 0 if before is None else None
    running = total = restarts = 0
    waited, wanted = before or 0, rules.wait_s if before is None else rules.steady_s
    for index, second in enumerate(seconds):
        if is_in_band(rules, second):
            running = 0
            if clock is None:
                clock = 0 if waited >= wanted else None
                waited += 1
        else:
            running, waited = running + 1, 0
            total = 0 if clock is None else total + 1
            if clock is not None and (running >= rules.out_running_s or total >= rules.out_total_s):
                clock, total, restarts = None, 0, restarts + 1
        yield Tick(index, clock, restarts)
        if clock is not None:
            clock, waited, wanted = clock + 1, 0, rules.wait_s
