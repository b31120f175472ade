"""The clock of a training station outlives the process that serves it.

Service and lanes take speed and epoch once, at their start, and go on by themselves when the simulation dies. So its
successor must not begin a time of its own: the clock stands in a file beside the station's data, with the moment it was
last seen to run. It is taken up again by whoever starts soon after with the same speed, and begun anew otherwise.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

CLOCK_FILE = "twin-clock.json"
GONE_S = 600.0
"""Real seconds after which nobody waits for a simulation any more: the next one is another day."""
SEEN_EVERY_S = 5.0


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A running clock; the monotonic seconds are those of the PC since it was switched on."""

    speed: float
    epoch: datetime
    epoch_monotonic_s: float
    seen_monotonic_s: float


class WorldClockFile:
    """Keeps one clock in the station's data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CLOCK_FILE
        self._next_s = 0.0

    def clock(self, speed: float) -> ScaledClock:
        """Return the clock that ran here until a moment ago at this speed, or a new one."""
        kept, now_s = self._kept(), time.monotonic()
        if kept is not None and kept.speed == speed and 0 <= now_s - kept.seen_monotonic_s <= GONE_S:
            log.info("the clock of %s goes on", kept.epoch.isoformat())
            return ScaledClock(kept.speed, kept.epoch, kept.epoch_monotonic_s)
        return ScaledClock.starting_now(speed)

    def keep(self, clock: ScaledClock) -> None:
        """Write down that the clock runs, at most every few seconds; to be called often."""
        now_s = time.monotonic()
        if now_s < self._next_s:
            return
        self._next_s = now_s + SEEN_EVERY_S
        kept = KeptClock(clock.speed, clock.epoch, clock.epoch_monotonic_s, now_s)
        beside = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(to_json(kept), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            log.warning("%s could not be written: %s", self._path, error)

    def _kept(self) -> KeptClock | None:
        try:
            return from_json(self._path.read_bytes(), KeptClock)
        except FileNotFoundError:
            return None
        except (OSError, DataError) as error:
            log.warning("%s is not readable and is begun anew: %s", self._path, error)
            return None
