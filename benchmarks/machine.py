"""The machine that numbers belong to, and numbers as people read them."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Machine:
    """What was measured on; `load` is how many processes wanted to run at the start.

    `others` is how many processors other programs kept busy meanwhile; None where nobody can tell.
    """

    processor: str
    cores: int
    system: str
    python: str
    load: float
    peers: str
    others: float | None = None

    def __str__(self) -> str:
        """Return one line."""
        return (
            f"{self.processor}, {self.cores} cores, {self.system}, Python {self.python}; {self.peers}; "
            f"load at the start {self.load:.1f}{self._meanwhile()}"
        )

    def _meanwhile(self) -> str:
        return "" if self.others is None else f", other programs took {self.others:.1f} of {self.cores} cores meanwhile"


class Others:
    """How much of the processors programs took that are not the benchmark's own, since this was made."""

    def __init__(self) -> None:
        self._since_s, self._busy_s, self._own_s = time.monotonic(), _busy_s(), _own_s()

    def cores(self) -> float | None:
        """Return the mean of busy processors that were not ours; ask when every process of ours has ended."""
        busy_s, elapsed_s = _busy_s(), time.monotonic() - self._since_s
        if busy_s is None or self._busy_s is None or elapsed_s <= 0:
            return None
        return max(0.0, (busy_s - self._busy_s) - (_own_s() - self._own_s)) / elapsed_s


def _busy_s() -> float | None:
    """Return the seconds that all processors were busy since the system began; None off Linux."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()
    except (OSError, IndexError):
        return None
    user, nice, system, _idle, _waiting, interrupts, soft = (int(each) for each in first[1:8])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


def _own_s() -> float:
    """Return the processor seconds of this process and of all that it started and waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def this_machine(*packages: str) -> Machine:
    """Describe this machine and the versions of the packages that were measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    peers = ", ".join(f"{name} {version(name)}" for name in packages)
    return Machine(_processor(), os.cpu_count() or 1, _system(), platform.python_version(), load, peers)


def _system() -> str:
    return f"{platform.system()} {platform.release().partition('-')[0]}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations of one kind, sorted, in seconds."""

    sorted_s: tuple[float, ...]

    @classmethod
    def of(cls, durations_s: Sequence[float]) -> Spread:
        """Sort them."""
        return cls(tuple(sorted(durations_s)))

    @classmethod
    def together(cls, spreads: Sequence[Spread]) -> Spread:
        """Put rounds together."""
        return cls.of([each for spread in spreads for each in spread.sorted_s])

    def percentile(self, share: float) -> float:
        """Return the duration below which this share of all lies."""
        return self.sorted_s[min(len(self.sorted_s) - 1, int(len(self.sorted_s) * share))]

    @property
    def p50(self) -> float:
        """The middle."""
        return self.percentile(0.5)

    @property
    def p99(self) -> float:
        """What one in a hundred exceeds."""
        return self.percentile(0.99)

    @property
    def per_second(self) -> float:
        """How many fit into a second, one after the other, all of them counted."""
        return len(self.sorted_s) / sum(self.sorted_s)


def share(values: Sequence[float], part: float) -> float:
    """Return the value that this part of all does not exceed (nearest rank); 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part) - 1)] if ordered else 0.0


def ms(duration_s: float) -> str:
    """Return milliseconds with three significant figures."""
    value = duration_s * 1000
    return (
        f"{value:.3f}"
        if value < 1
        else f"{value:.2f}"
        if value < 10
        else f"{value:.1f}"
        if value < 100
        else f"{value:.0f}"
    )


def ratio(value: float) -> str:
    """Return a ratio with two decimals."""
    return f"{value:.2f}"


def middle(values: Sequence[float]) -> float:
    """Return the median of the rounds."""
    return float(median(values))
