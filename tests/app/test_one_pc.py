"""A station on one PC: how its windows end, and what happens to the processes when it is told to end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carcheck_desktop.app.children import Child, Children, ProcessError
from carcheck_desktop.app.one_pc import BESIDE, windows
from carcheck_desktop.app.running import told_to_end


class ScriptedWindows(Children):
    """Starts a line of Python in place of each window."""

    def __init__(self, folder: Path, control: str) -> None:
        super().__init__(folder / "station.toml", folder)
        waits = "import time; time.sleep(60)"
        self.lines = {"control": control} | {name: waits for name, *_ in BESIDE}
        self.started: list[Child] = []

    def start(self, name: str, *arguments: str, tells: bool = True) -> Child:
        log = self._logs / f"{name}.out"
        log.write_text("no display", encoding="utf-8")
        process = subprocess.Popen([sys.executable, "-c", self.lines[name]], text=True)
        child = Child(name, process, log, ())
        self._running.append(child)
        self.started.append(child)
        return child


def test_a_control_window_that_cannot_open_is_told_and_not_taken_for_a_closed_one(tmp_path: Path) -> None:
    children = ScriptedWindows(tmp_path, "raise SystemExit(3)")
    with pytest.raises(ProcessError) as told:
        windows(children, ())
    assert told.value.problem.params["name"] == "control"
    assert told.value.problem.params["code"] == 3
    assert not any(child.is_running for child in children.started)


def test_a_control_window_that_was_closed_ends_the_others_too(tmp_path: Path) -> None:
    children = ScriptedWindows(tmp_path, "pass")
    windows(children, ())
    assert not any(child.is_running for child in children.started)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to oneself ends a Windows process at once")
def test_a_terminated_station_unwinds_and_gives_the_signal_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, told_to_end():
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == before
