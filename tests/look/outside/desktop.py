"""A desktop for tests: an X server without a screen, a D-Bus session and the accessibility bus, all private."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.look.outside.tree import Tree

PROGRAMS = ("Xvfb", "dbus-daemon")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SCREEN = "1920x1080x24"


def missing() -> str:
    """Say in a sentence what this machine lacks for such a desktop; nothing when it has all."""
    if os.name == "nt":
        return "driving from outside needs an X server and D-Bus, which Windows does not have"
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(Path(launcher).exists() for launcher in LAUNCHERS):
        lacking.append("at-spi-bus-launcher")
    return f"this machine lacks {', '.join(lacking)} (bootstrap.py test installs them)" if lacking else ""


@dataclass(frozen=True)
class Desktop:
    """Where windows may appear, and the tree of what appeared."""

    environment: dict[str, str]
    tree: Tree


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Start the desktop; everything that was started ends with it."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    plain = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("QT_", "DBUS_", "AT_SPI_", "XDG_")) and key not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    environment = {**plain, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(folder), "NO_AT_BRIDGE": "0"}
    with ExitStack() as ending:
        environment["DISPLAY"] = _display(ending, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _session(ending, environment)
        tree = Tree(environment["DBUS_SESSION_BUS_ADDRESS"])
        ending.callback(tree.close)
        environment |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        yield Desktop(environment, tree)


def _display(ending: ExitStack, environment: dict[str, str]) -> str:
    """Start an X server on a free display and return the display's name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    _started(ending, command, environment, pass_fds=(writing,))
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        number = told.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    return f":{number}"


def _session(ending: ExitStack, environment: dict[str, str]) -> str:
    """Start a D-Bus session and return its address; it starts the accessibility bus when that is asked for."""
    reading, writing = os.pipe()
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writing}"]
    _started(ending, command, environment, pass_fds=(writing,))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        address = told.readline().strip()
    if not address:
        raise RuntimeError("dbus-daemon did not start")
    return address


def _started(
    ending: ExitStack, command: list[str], environment: dict[str, str], pass_fds: tuple[int, ...]
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command, env=environment, pass_fds=pass_fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    ending.callback(ended, process)
    return process


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, politely first."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
