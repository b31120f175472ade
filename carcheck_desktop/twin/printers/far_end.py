"""A fake printer at its port: a TCP listener for one host, or a serial line, with its tray and its log as files.

Every page that was cut is a file `00001.escpos …` in the printer's folder, a page torn off by a power cut `….torn`; `log.jsonl`
has a line for each with the time. Whoever counts paper needs to read nothing else.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.station_printers import ConnectionKind
from carcheck_desktop.devices.machinery.wire.endpoints import endpoint_for
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.twin.printers.faults import PrinterFaults, set_switches, switches_of
from carcheck_desktop.twin.printers.machine import Machine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station_printers import StationPrinter

log = logging.getLogger(__name__)
TICK_S = 0.002
READ = 4096


@dataclass
class Tray:
    """Where paper falls: one file a page, numbered on from what lies there, and a log."""

    folder: Path
    clock: Clock

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._count = sum(1 for _ in self.folder.glob("*.escpos")) + sum(1 for _ in self.folder.glob("*.torn"))

    def drop(self, content: bytes, kind: str) -> None:
        """Let a page fall (`escpos`) or hang half out (`torn`); it is there whole or not at all."""
        self._count += 1
        path = self.folder / f"{self._count:05d}.{kind}"
        beside = path.with_suffix(".new")
        beside.write_bytes(content)
        beside.replace(path)
        self.note(kind, file=path.name, bytes=len(content))

    def note(self, event: str, **more: object) -> None:
        """Write a line of the log."""
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": self.clock.now().isoformat(), "event": event, **more}) + "\n")


class FakePrinter:
    """One printer in its own thread; `start` and `stop` once, `switch` at any time from any thread.

    Raises `UsageError` where no far end can be made, when it starts.
    """

    def __init__(self, printer: StationPrinter, folder: Path, clock: Clock) -> None:
        self.name = printer.name or printer.place
        self._is_serial = printer.kind is ConnectionKind.SERIAL
        self._endpoint = endpoint_for(_port_of(printer))
        self._clock = clock
        self._machine = Machine(PrinterFaults())
        self._tray = Tray(folder, clock)
        self._was_off = False
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer {self.name}", daemon=True)

    @property
    def switches(self) -> dict[str, bool | float]:
        """Every switch with its present value."""
        return switches_of(self._machine.faults)

    def switch(self, wanted: dict[str, bool | float]) -> None:
        """Set switches by name; raise `ValueError` naming an unknown one."""
        set_switches(self._machine.faults, wanted)
        self._tray.note("switched", **wanted)

    def start(self) -> None:
        """Plug in and begin."""
        self._endpoint.open()
        self._thread.start()

    def stop(self) -> None:
        """Unplug and end the thread."""
        self._is_closing.set()
        if self._thread.is_alive():
            self._thread.join(10.0)
        self._endpoint.close()

    def _run(self) -> None:
        while not self._is_closing.is_set():
            try:
                self._turn()
            except Exception:  # the far end of a line is a line worker too: it is said, and the printer stays
                log.exception("%s: the simulated printer failed", self.name)
                self._is_closing.wait(0.1)

    def _turn(self) -> None:
        machine = self._machine
        if machine.faults.power_off:
            self._be_off()
            return
        if self._was_off or not self._endpoint.is_open:
            self._come_up()
        if machine.room >= READ:
            machine.receive(self._endpoint.read(TICK_S))
        else:
            self._is_closing.wait(TICK_S)
        machine.advance(self._clock.monotonic())
        self._let_fall()
        if machine.hung_up and not self._is_serial:
            machine.hung_up = False
            machine.answers.clear()
            self._endpoint.close()
        elif machine.answers and not machine.faults.power_off:
            said = bytes(machine.answers)
            machine.answers.clear()
            self._endpoint.write(said)

    def _be_off(self) -> None:
        if not self._was_off:
            self._was_off = True
            self._machine.lose_power()
            self._let_fall()
            if not self._is_serial:
                self._endpoint.close()
        if self._is_serial:
            self._endpoint.read(TICK_S)  # a serial line without power takes bytes to nowhere
        else:
            self._is_closing.wait(TICK_S)

    def _come_up(self) -> None:
        self._was_off = False
        self._machine.advance(self._clock.monotonic())
        if not self._endpoint.is_open:
            self._endpoint.open()
        self._tray.note("power on")

    def _let_fall(self) -> None:
        machine = self._machine
        for pages, kind in ((machine.pages, "escpos"), (machine.torn, "torn")):
            while pages:
                self._tray.drop(pages.pop(0), kind)
        while machine.events:
            self._tray.note(machine.events.pop(0))


def _port_of(printer: StationPrinter) -> PortSettings:
    if printer.kind is ConnectionKind.TCP:
        return PortSettings(printer.connection, 0)
    if printer.kind is ConnectionKind.SERIAL:
        return PortSettings(*printer.line)
    raise UsageError("devices.cannot_simulate_port", port=printer.connection)


def fake_printers(printers: Sequence[StationPrinter], folder: Path, clock: Clock) -> list[FakePrinter]:
    """Return the far ends of a training station's printers that have one (TCP, serial), not yet listening."""
    simulated = [each for each in printers if each.kind in (ConnectionKind.TCP, ConnectionKind.SERIAL)]
    return [FakePrinter(each, folder / each.name, clock) for each in simulated]
