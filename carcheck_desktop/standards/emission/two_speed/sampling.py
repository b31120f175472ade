"""Which seconds of a record's sample count: engine speed in its band, long enough, never diluted, never stalled."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.standards.cards import Doubt
from carcheck_desktop.standards.emission.formulas.figures import MILLIONTHS, PERCENT, RPM, check_rows, within
from carcheck_desktop.standards.emission.idle import in_band
from carcheck_desktop.standards.emission.two_speed.core import Sample
from carcheck_desktop.standards.families.axes import IdleBand, OutOfBand
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.two_speed.record import IdleSecond


SPANS = {
    "rpm": RPM, "co_percent": PERCENT, "co2_percent": PERCENT, "o2_percent": PERCENT, "hc_ppm": MILLIONTHS,
}  # fmt: skip


MAKER_HIGH_IDLE_RPM = (Decimal(1500), Decimal(4500))
"""No maker asks for a high idle beyond it."""


@dataclass(frozen=True, slots=True)
class Band:
    """Between which engine speeds a second counts; both belong to it."""

    low_rpm: int
    high_rpm: int


def high_band(case: Case, maker_rpm: int | None) -> Band:
    """Return the band of the high idle: around the maker's own speed, else by light and heavy."""
    width = int(case.constant("high_idle_band_rpm"))
    if maker_rpm is not None:
        middle = int(within("maker_high_idle_rpm", maker_rpm, MAKER_HIGH_IDLE_RPM))
    else:
        mass_kg = case.vehicle.require("total_mass_kg", case.vehicle.total_mass_kg)
        is_light = mass_kg <= case.constant("light_to_kg")
        middle = int(case.constant("high_idle_rpm_light" if is_light else "high_idle_rpm_heavy"))
    return Band(middle - width, middle + width)


def idle_band(case: Case) -> Band | None:
    """Return the band of the idle; None where a second out of it counts."""
    return _idle(case) if case.choice("idle_band") == IdleBand.APPLIED else None


def idle_doubts(case: Case, sample: Sample) -> tuple[Doubt, ...]:
    """Return the doubt about an idle that counts although an engine speed lies out of the band of the tables."""
    band = _idle(case)
    for number, each in enumerate(sample.seconds, sample.first):
        rpm = getattr(each, "rpm", None)
        if rpm is not None and not in_band(rpm, band.low_rpm, band.high_rpm):
            params: dict[str, Param] = {"second": number, "rpm": rpm, "low": band.low_rpm, "high": band.high_rpm}
            return (Doubt(case.choice_confidence("idle_band"), Message("standards.doubt.idle_band", params)),)
    return ()


def _idle(case: Case) -> Band:
    return Band(int(case.constant("idle_low_rpm")), int(case.constant("idle_high_rpm")))


def check_seconds(field: str, seconds: Sequence[IdleSecond]) -> None:
    """Raise `DataError` naming the place of the first figure that no instrument gives."""
    check_rows(field, seconds, SPANS)


def is_whole(times: Sequence[int | None]) -> bool:
    """Say whether seconds follow each other without a gap; those without a time are taken to."""
    given = [at_s for at_s in times if at_s is not None]
    return not given or (len(given) == len(times) and given == list(range(given[0], given[0] + len(given))))


def given_up(case: Case, seconds: Sequence[IdleSecond]) -> Message | None:
    """Say which second ended the test: the engine stalled, or CO + CO2 fell below the bound; None where none did."""
    stall, bound = case.constant("stall_rpm"), case.constant("dilution_percent")
    for number, each in enumerate(seconds, 1):
        if each.rpm < stall:
            return Message("standards.exhaust.stalled", {"second": number, "rpm": each.rpm})
        if each.co_percent + each.co2_percent < bound:
            return diluted(number, each.co_percent + each.co2_percent)
    return None


def diluted(number: int, total: Decimal) -> Message:
    """Return the words for a second in which CO + CO2 were too little."""
    return Message("standards.exhaust.diluted", {"second": number, "percent": plain(total)})


def sample_of(case: Case, seconds: Sequence[IdleSecond], band: Band | None) -> Sample | Message:
    """Return the seconds that count, or why there are too few of them."""
    wanted = int(case.constant("sample_s"))
    low, high = (None, None) if band is None else (band.low_rpm, band.high_rpm)
    outside = [n for n, each in enumerate(seconds) if not in_band(each.rpm, low, high)]
    if case.choice("speed_out_of_band") == OutOfBand.SKIP:
        counting = [n for n in range(len(seconds)) if n not in outside]
    else:
        counting = _running(len(seconds), outside, wanted)
    if len(counting) >= wanted:
        taken = counting[:wanted]
        return Sample([seconds[n] for n in taken], taken[0] + 1)
    if outside and len(seconds) >= wanted:
        first = outside[0]
        return Message(
            "standards.exhaust.speed",
            {"second": first + 1, "rpm": seconds[first].rpm, "low": low or 0, "high": high or 0},
        )
    return Message("standards.exhaust.short", {"seconds": len(counting), "wanted": wanted})


def _running(count: int, outside: Sequence[int], wanted: int) -> list[int]:
    """Return the first run of seconds inside the band that is long enough, else the longest."""
    longest: list[int] = []
    run: list[int] = []
    for index in range(count):
        run = [] if index in outside else [*run, index]
        if len(run) >= wanted:
            return run
        if len(run) > len(longest):
            longest = run
    return longest
