"""The station's date and time as the service's handshake gave it, running on at its speed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

STATION_ZONE = timezone(timedelta(hours=8), "CST")
"""China has one time zone, whatever a PC is set to."""


class StationTime:
    """The service's clock between handshakes; the PC's own clock is never asked."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._at: datetime | None = None
        self._set_s = 0.0
        self._speed = 1.0

    def set(self, now: datetime, speed: float) -> None:
        """Take over what a handshake said just now."""
        self._at, self._set_s, self._speed = now, self._monotonic(), speed

    def now(self) -> datetime | None:
        """Return the service's UTC time, None before the first handshake."""
        if self._at is None:
            return None
        return self._at + timedelta(seconds=(self._monotonic() - self._set_s) * self._speed)


def local(moment: datetime) -> datetime:
    """Return a stored time as the station's people read it."""
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(STATION_ZONE)
