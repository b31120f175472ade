"""Child processes of a station on one PC: started in order, watched, started again, ended in reverse order."""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from carcheck_desktop.app.parts import ROOT
from carcheck_desktop.base.errors import CarcheckError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

START_LIMIT_S = 60.0
END_LIMIT_S = 15.0
MOST_DEATHS = 4
WITHIN_S = 60.0
"""A process that ends so often within so many seconds is broken, and starting it again helps nobody."""
BREATH_S = 1.0
"""Seconds between two starts of the same process."""


class ProcessError(CarcheckError):
    """A process of the station could not be started or ended unexpectedly."""


@dataclass
class Child:
    """One running process; `told` is the JSON line it wrote when it was ready.

    `arguments` start it again; `deaths_s` are the moments at which it was found dead.
    """

    name: str
    process: subprocess.Popen[str]
    log: Path
    arguments: tuple[str, ...]
    told: dict[str, Any] = field(default_factory=dict)
    deaths_s: list[float] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        """Say whether the process lives."""
        return self.process.poll() is None


class Children:
    """The processes of one station; `end` ends them all, the newest first."""

    def __init__(self, station_file: Path, logs: Path) -> None:
        self._station_file = station_file
        self._logs = logs
        self._running: list[Child] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *arguments: str, tells: bool = True) -> Child:
        """Start `main.py NAME …` and wait for the line that says it is ready; raise `ProcessError`."""
        words = self._logs / f"{name}.out"
        child = Child(name, self._process(words, arguments, tells=tells), words, arguments)
        self._running.append(child)
        if tells and child.process.stdout is not None:
            child.told = _first_line(child, child.process.stdout)
        return child

    def revive(self) -> None:
        """Start again what has ended by itself, so that one dead process does not end the others.

        Raises `ProcessError` for one that ends again and again.
        """
        for child in self._running:
            if child.is_running:
                continue
            now_s = time.monotonic()
            if child.deaths_s and now_s - child.deaths_s[-1] < BREATH_S:
                continue
            child.deaths_s = [at_s for at_s in child.deaths_s if now_s - at_s < WITHIN_S] + [now_s]
            error = died(child)
            if len(child.deaths_s) >= MOST_DEATHS:
                raise error
            log.error("started again: %s", error)
            child.process = self._process(child.log, child.arguments, tells=False)

    def _process(self, words: Path, arguments: tuple[str, ...], *, tells: bool) -> subprocess.Popen[str]:
        command = [sys.executable, str(ROOT / "main.py"), *arguments, "--station", str(self._station_file)]
        with words.open("ab") as errors:
            return subprocess.Popen(
                command,
                stdout=subprocess.PIPE if tells else subprocess.DEVNULL,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONUTF8": "1"},
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    def require_all(self) -> None:
        """Raise `ProcessError` when a process has ended."""
        for child in self._running:
            if not child.is_running:
                raise died(child)

    def forget(self, child: Child) -> None:
        """Stop watching a process that may end by itself."""
        self._running.remove(child)

    def end(self) -> dict[str, int]:
        """Tell every process to end, the newest first; return the exit code of each."""
        codes: dict[str, int] = {}
        for child in reversed(self._running):
            codes[child.name] = _end(child.process)
        self._running.clear()
        return codes


def _first_line(child: Child, output: IO[str]) -> dict[str, Any]:
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        with output:
            lines.put(output.readline())
            for _ in output:  # keep the pipe empty for as long as the process lives
                pass

    threading.Thread(target=read, name=f"output of {child.name}", daemon=True).start()
    try:
        line = lines.get(timeout=START_LIMIT_S)
        return dict(json.loads(line))
    except (queue.Empty, ValueError, TypeError):
        _end(child.process)
        raise died(child) from None


def died(child: Child) -> ProcessError:
    """Return what is to be said of a process that ended by itself: exit code, its last words, where its log is."""
    with suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=2)
    tail = child.log.read_text(encoding="utf-8", errors="replace")[-400:].strip()
    return ProcessError(
        "app.demo.process_died",
        name=child.name,
        code=child.process.poll(),
        tail=tail or "-",
        log=child.log.parent,
    )


def _end(process: subprocess.Popen[str]) -> int:
    if process.poll() is None:
        if sys.platform == "win32":
            process.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            process.terminate()
    try:
        return process.wait(timeout=END_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
