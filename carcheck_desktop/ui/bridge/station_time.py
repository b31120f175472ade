"""The station's date and time as the service told it last, running on at its speed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

STATION_ZONE = timezone(timedelta(hours=8), "CST")
"""China has one time zone, whatever a PC is set to."""
STEP_S = 2.0
"""Being further off than this is a clock that was set; anything less is the way over the link."""


class StationTime:
    """The service's clock between what it says of it; the PC's own clock is never asked.

    It never runs backwards but for one step when the service's clock was set back.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._at: datetime | None = None
        self._set_s = 0.0
        self._speed = 1.0

    def set(self, now: datetime, speed: float) -> None:
        """Take over what a handshake said just now; what is a little behind was on its way and changes nothing."""
        own = self.now()
        behind_s = 0.0 if own is None else (own - now).total_seconds()
        if own is not None and speed == self._speed and 0.0 <= behind_s <= STEP_S * max(1.0, speed):
            return
        self._at, self._set_s, self._speed = now, self._monotonic(), speed

    def hear(self, at: datetime) -> None:
        """Take the time of a fact that the service wrote; one that lies ahead shows that its clock was set forward.

        One that lies behind may have waited for us; a clock that was set back is told by the next handshake.
        """
        own = self.now()
        if own is not None and (at - own).total_seconds() > STEP_S * max(1.0, self._speed):
            self._at, self._set_s = at, self._monotonic()

    def now(self) -> datetime | None:
        """Return the service's UTC time, None before the first handshake."""
        if self._at is None:
            return None
        return self._at + timedelta(seconds=(self._monotonic() - self._set_s) * self._speed)


def local(moment: datetime) -> datetime:
    """Return a stored time as the station's people read it."""
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(STATION_ZONE)
