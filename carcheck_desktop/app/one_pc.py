"""A whole station on one PC: service, lanes and windows, until the control window is closed."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from carcheck_desktop.app.children import Children, died
from carcheck_desktop.app.parts import make_data_folder
from carcheck_desktop.app.running import told_to_end
from carcheck_desktop.app.windows import STEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.app.children import Child
    from carcheck_desktop.base.station import Station

LOOK_S = 0.5
"""How often the other processes are looked at while the control window is open."""
CLOSE_S = 10.0
BESIDE: tuple[tuple[str, ...], ...] = (
    ("hall", "--windowed"),
    ("counter",),
    ("keys",),
    ("pickup",),
    ("signing",),
)
"""The windows that open behind the control window, each a step from the last; whoever closes one does without it."""


def run_station(station: Station, language: str | None) -> None:
    """Run the station's processes; raise `ProcessError` when one of them ends again and again."""
    children = Children(station.path, make_data_folder(station).logs)
    with told_to_end():
        try:
            children.start("service", "service")
            for lane in station.lanes:
                children.start(lane.node, "lane", "--lane", lane.name)
            windows(children, () if language is None else ("--lang", language))
        finally:
            children.end()


def windows(children: Children, arguments: tuple[str, ...]) -> None:
    """Open the windows; return when the control window was closed, raise `ProcessError` when it broke."""
    beside = []
    for step, (name, *how) in enumerate(BESIDE):
        with _standing_at(step):
            beside.append(children.start(name, name, *how, *arguments, tells=False))
    with _standing_at(len(BESIDE)):
        control = children.start("control", "control", *arguments, tells=False)
    for window in (*beside, control):
        children.forget(window)
    try:
        while control.is_running:
            children.revive()
            with suppress(subprocess.TimeoutExpired):
                control.process.wait(LOOK_S)
        if control.process.returncode:
            raise died(control)
    finally:
        for window in (*beside, control):
            _close(window)


@contextmanager
def _standing_at(step: int) -> Iterator[None]:
    """Let a window that is started here stand so many steps down and to the right, so that none covers another wholly."""
    os.environ[STEP] = f"{step}/{len(BESIDE)}"
    try:
        yield
    finally:
        del os.environ[STEP]


def _close(window: Child) -> None:
    if window.is_running:
        window.process.terminate()
    try:
        window.process.wait(CLOSE_S)
    except subprocess.TimeoutExpired:  # a window that hangs must not hold the station's end
        window.process.kill()
        window.process.wait()
