"""What no analyser shows of an exhaust: a reading beyond it is a mistake, and nothing of its test counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.emission.formulas.figures import out_of_range
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case

MOST = {
    "co_percent": "analyser_most_co_percent",
    "co2_percent": "analyser_most_co2_percent",
    "o2_percent": "analyser_most_o2_percent",
    "hc_ppm": "analyser_most_hc_ppm",
    "no_ppm": "analyser_most_no_ppm",
    "nox_ppm": "analyser_most_no_ppm",
}
"""Which constant has the highest reading of a gas, by the names of fields."""


def beyond_range(case: Case, seconds: Sequence[object]) -> Message | None:
    """Name the first reading of the seconds that no analyser shows, by its place from 1; None where there is none."""
    most = {name: case.constant(key) for name, key in MOST.items()}
    for number, second in enumerate(seconds, 1):
        for name, highest in most.items():
            value: Decimal | None = getattr(second, name, None)
            if value is not None and value > highest:
                return Message(
                    "standards.exhaust.beyond_range",
                    {"second": number, "gas": name, "value": plain(value), "most": plain(highest)},
                )
    return None


def refuse_beyond_range(case: Case, readings: Mapping[str, Decimal]) -> None:
    """Raise `DataError` naming the first of single readings, by field, that no analyser shows."""
    for name, value in readings.items():
        highest = case.constant(MOST[name])
        if value.is_finite() and value > highest:
            raise out_of_range(name, value, f"0 – {plain(highest)}")
