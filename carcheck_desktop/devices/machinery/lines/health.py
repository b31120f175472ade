"""What a line tells about its devices, and how often it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.devices.api import Driver

POLL_S = 0.35
"""An idle device is asked so often, so that a pulled line is known within one second."""
CHECK_S = 1.0
"""However busy, a device's own health (its heartbeat) is looked at so often."""
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)
"""Pauses between attempts to reach a port or a device that is lost."""


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """A device came or went. `problem` is None when it is attached and `identity` says who answered."""

    device: str
    identity: str
    problem: Problem | None
    at: datetime


OnHealth = Callable[[DeviceHealth], None]


def back_off_s(failures: int) -> float:
    """Return the pause after so many failures in a row (1 = the first)."""
    return BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1]


class Attachment:
    """One device on a line: its driver, whether it is identified, and when to look again.

    Changed by the line's thread only. `on_attach` is called there after each identification, before
    anybody else may use the device.
    """

    def __init__(self, name: str, driver: Driver, on_health: OnHealth, now: Callable[[], datetime]) -> None:
        self.name = name
        self.driver = driver
        self.identity = ""
        self.error: DeviceError | None = None
        self.is_attached = False
        self.failures = 0
        self.due_s = 0.0
        self.checked_s = 0.0
        self.on_attach: Callable[[], None] | None = None
        self._on_health = on_health
        self._now = now

    @property
    def problem(self) -> Problem | None:
        """Why the device is not well, None when it is."""
        return None if self.error is None else self.error.problem

    def well(self, now_s: float) -> None:
        """The device has just answered as it should."""
        self.due_s = min(now_s + POLL_S, self.checked_s + CHECK_S)

    def checked(self, now_s: float) -> None:
        """The device's own health is being looked at now."""
        self.checked_s = now_s
        self.due_s = now_s + POLL_S

    def attached(self, identity: str, now_s: float) -> None:
        """The device was identified."""
        self.is_attached, self.identity, self.failures = True, identity, 0
        self.error = None
        self.checked(now_s)
        self._tell()

    def lost(self, error: DeviceError, now_s: float) -> bool:
        """The device is not well; returns True when this is news."""
        is_news = self.error is None or self.error.code != error.code
        self.failures += 1
        self.is_attached = False
        self.error = error
        self.due_s = now_s + back_off_s(self.failures)
        if is_news:
            self._tell()
        return is_news

    def _tell(self) -> None:
        self._on_health(DeviceHealth(self.name, self.identity, self.problem, self._now()))
