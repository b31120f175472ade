"""The seconds of a mode from t = 0 on, and why they do not count as a whole: a gap, or diluted exhaust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.emission.formulas.figures import (
    MILLIONTHS,
    PERCENT,
    RPM,
    SPEED_KMH,
    check_rows,
    missing,
)
from carcheck_desktop.standards.emission.formulas.readings import beyond_range
from carcheck_desktop.standards.emission.two_speed.sampling import diluted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.asm.record import AsmSecond

SPANS = {
    "speed_kmh": SPEED_KMH, "rpm": RPM, "co_percent": PERCENT, "co2_percent": PERCENT, "hc_ppm": MILLIONTHS,
    "no_ppm": MILLIONTHS,
}  # fmt: skip
LONGEST_RECORD = 600
"""Seconds; more than a mode can ever take."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Seconds one after another from t = 0, or the reason why nothing of them counts."""

    seconds: Sequence[AsmSecond]
    problem: Message | None
    lead: Sequence[AsmSecond] = ()
    """The seconds before t = 0, in which the vehicle had to be steady."""


def timeline(case: Case, seconds: Sequence[AsmSecond], field: str) -> Timeline:
    """Return the seconds that the clock runs over; raise `DataError` naming a figure that cannot be."""
    check_rows(field, seconds, SPANS)
    beyond = beyond_range(case, seconds)
    times = _times(seconds, field)
    bound, stall = case.constant("dilution_percent"), case.constant("stall_rpm")
    for at_s, each in zip(times, seconds, strict=True):
        if each.rpm is not None and each.rpm < stall:
            return Timeline((), Message("standards.exhaust.stalled", {"second": at_s, "rpm": each.rpm}))
        if each.co_percent + each.co2_percent < bound:
            return Timeline((), diluted(at_s, each.co_percent + each.co2_percent))
    if beyond is not None:
        return Timeline((), beyond)
    if times != list(range(times[0], times[0] + len(times))) or times[0] > 0:
        return Timeline((), Message("standards.exhaust.gap"))
    return Timeline(seconds[-times[0] :], None, seconds[: -times[0]])


def _times(seconds: Sequence[AsmSecond], field: str) -> list[int]:
    """Return the time of each second: as given by all of them, else from 0 on."""
    if not 0 < len(seconds) <= LONGEST_RECORD:
        raise missing(field)
    given = [each.t_s for each in seconds]
    if all(at_s is None for at_s in given):
        return list(range(len(seconds)))
    for index, at_s in enumerate(given):
        if at_s is None:
            raise missing(f"{field}[{index}].t_s")
    return [at_s for at_s in given if at_s is not None]
