"""What leaves the wire ring: a value with unit, quality, origin, device and time. No bare numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.measurements import Origin

Value = int | float | Decimal | bool
"""What a point can carry; enumerations and flags are integers."""

T = TypeVar("T", bound=Value)


class Quality(StrEnum):
    """Whether a value that came may be used; what did not come, came damaged or is stale is an error, not a reading."""

    GOOD = "good"
    OUT_OF_RANGE = "out_of_range"
    SENSOR_FAULT = "sensor_fault"


class Reading(NamedTuple, Generic[T]):
    """One value of one point; a tuple, because a block read makes ten at once and a frozen dataclass takes three times as long.

    `value` is None only with a quality that says why; a value that is out of its range is kept as
    the device gave it. `taken_at` is UTC.
    """

    point: str
    value: T | None
    unit: Unit
    quality: Quality
    origin: Origin
    device: str
    taken_at: datetime

    @property
    def is_good(self) -> bool:
        """Whether the value may be used."""
        return self.quality is Quality.GOOD
