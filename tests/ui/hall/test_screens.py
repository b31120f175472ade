"""The board stays on its own monitor: found by number or name, away while that is unplugged, back by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QMainWindow

from carcheck_desktop.ui.hall.screens import ScreenKeeper, chosen
from tests.ui.hall.monitors import Monitors

ROOT = Path(__file__).parents[3]


class Screen:
    def __init__(self, name: str, model: str = "", serial: str = "") -> None:
        self._names = (name, model, serial)

    def name(self) -> str:
        return self._names[0]

    def manufacturer(self) -> str:
        return "Dell"

    def model(self) -> str:
        return self._names[1]

    def serialNumber(self) -> str:
        return self._names[2]

    def geometry(self) -> QRect:
        return QRect(0, 0, 1920, 1080)


SCREENS = [Screen("HDMI-1", "U2723"), Screen("DP-2", "C5522QT", "7XK")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("1", 0), ("2", 1), ("dp-2", 1), ("C5522QT", 1), ("7xk", 1), ("Dell U2723", 0), ("3", None), ("VGA", None), ("0", None)],
)  # fmt: skip
def test_a_monitor_is_meant_by_number_name_model_or_serial_number(wanted: str, found: int | None) -> None:
    assert chosen(SCREENS, wanted) is (None if found is None else SCREENS[found])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_window_covers_its_monitor_and_hides_while_that_is_away(app: QApplication) -> None:
    window = QMainWindow()
    there = list(app.screens())
    keeper = ScreenKeeper(window, "1", lambda: there)
    keeper.place()
    assert window.isFullScreen()
    assert window.geometry() == app.primaryScreen().geometry()
    gone, there[:] = there[:], []
    app.screenRemoved.emit(gone[0])
    app.processEvents()
    assert not window.isVisible()
    there[:] = gone
    keeper.place()
    assert window.isVisible()
    assert window.isFullScreen()
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_monitor_that_is_named_wrongly_is_said_on_the_first_one_until_it_is_there(app: QApplication) -> None:
    window = QMainWindow()
    told: list[tuple[str, tuple[str, ...]]] = []
    own = app.primaryScreen()
    there = [own]
    keeper = ScreenKeeper(window, "C5522QT", lambda: there, tell=lambda *missing: told.append(missing))
    keeper.place()
    keeper.place()
    assert window.isFullScreen()
    assert window.geometry() == own.geometry()
    assert told == [("C5522QT", (own.name(),))]
    keeper._wanted = "1"
    keeper.place()
    assert told[-1] == ("", ())
    assert window.isFullScreen()
    there.clear()
    keeper.place()
    assert not window.isVisible()
    window.close()


def test_a_number_means_the_same_monitor_after_another_one_has_gone(app: QApplication) -> None:
    window = QMainWindow()
    own = app.primaryScreen()
    there: list[object] = [Screen("other"), own]
    keeper = ScreenKeeper(window, "2", lambda: there)  # type: ignore[arg-type, return-value]
    keeper.place()
    there.pop(0)
    assert keeper.own() is own
    window.close()


class Watched:
    """What the kept window of another process says of itself."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._last: dict[str, object] = {}
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._more:
                self._last = json.loads(line)
                self._more.notify_all()

    def wait_for(self, limit_s: float = 8.0, **wanted: object) -> bool:
        until_s = time.monotonic() + limit_s
        with self._more:
            while not wanted.items() <= self._last.items():
                if not self._more.wait(max(0.0, until_s - time.monotonic())):
                    return False
        return True

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._reader.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def x_server() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2560x720x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="this machine has no Xvfb")
@pytest.mark.skipif(
    not Path("/usr/lib/x86_64-linux-gnu/libXrandr.so.2").exists(), reason="this machine has no libXrandr"
)
def test_a_monitor_that_is_unplugged_and_back_gets_the_board_again() -> None:
    with x_server() as display:
        monitors = Monitors(display)
        monitors.plug("desk", 0, (1280, 720), primary=True)
        monitors.plug("wall", 1280, (1280, 720))
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.hall.monitors", "wall"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        window = Watched(process)
        try:
            assert window.wait_for(20, shown=True, full=True, at=[1280, 0, 1280, 720])
            monitors.unplug("wall")
            assert window.wait_for(shown=False)
            monitors.plug("wall", 1280, (1280, 720))
            assert window.wait_for(shown=True, full=True, at=[1280, 0, 1280, 720])
        finally:
            window.end()
            monitors.close()
