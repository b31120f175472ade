"""A real fake printer at a TCP port of its own, and short patience."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.station_printers import StationPrinter
from carcheck_desktop.printing.spool.outcomes import Patience
from carcheck_desktop.twin.printers.far_end import FakePrinter

SPEED = 40.0
SHORT = Patience(
    connect_s=0.5,
    answer_s=0.15,
    barrier_s=0.4,
    stall_s=0.3,
    silent_s=0.5,
    print_s=1.0,
    mend_s=3.0,
    look_s=0.03,
    slowest_bytes_s=50_000.0,
)
WITH_ID, WITHOUT_ID = "epson_tm_t88", "default"


class Desk:
    """A printer with its tray, as somebody who stands before it sees it."""

    def __init__(self, folder: Path, name: str = "pickup", profile: str = WITH_ID, path: Path | None = None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        connection = f"serial:{path}@115200" if path is not None else f"tcp://127.0.0.1:{port}"
        self.settings = StationPrinter(name.partition("-")[0], connection, profile, "gb18030", name)
        self.tray = folder / name
        self.fake = FakePrinter(self.settings, self.tray, ScaledClock.starting_now(SPEED))
        self.fake.start()

    def switch(self, **switches: bool | float) -> None:
        """Break or mend something."""
        self.fake.switch(switches)

    def switch_off_and_on(self) -> None:
        """What the words of a page in doubt ask for."""
        self.fake.switch({"power_off": True})
        time.sleep(0.05)
        self.fake.switch({"power_off": False, "stall": False, "silent": False, "garbage": False})
        until_s = time.monotonic() + 2.0
        while time.monotonic() < until_s:
            try:
                socket.create_connection(self.settings.address, timeout=0.5).close()
            except OSError:
                time.sleep(0.01)
            else:
                break

    def pages(self) -> list[bytes]:
        """What lies in the tray, in the order it fell."""
        return [each.read_bytes() for each in sorted(self.tray.glob("*.escpos"))]

    def soon(self, count: int) -> list[bytes]:
        """What lies there once so many pages have come, or after two seconds."""
        until_s = time.monotonic() + 2.0
        while len(self.pages()) < count and time.monotonic() < until_s:
            time.sleep(0.005)
        return self.pages()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Make printers that are switched off when the test is over."""
    made: list[Desk] = []

    def make(name: str = "pickup", profile: str = WITH_ID, path: Path | None = None) -> Desk:
        made.append(Desk(tmp_path, name, profile, path))
        return made[-1]

    yield make
    for each in made:
        each.fake.stop()


def page(text: str = "A017", lines: int = 8) -> bytes:
    """Return a page as a renderer makes it: initialise, Chinese, text, cut."""
    body = f"检验报告 {text} ￥120.00\n".encode("gb18030") * lines
    return b"\x1b@\x1c&" + body + b"\x1c.\x1bd\x06\x1dV\x00"
