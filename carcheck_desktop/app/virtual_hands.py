"""What virtual people do with their hands: pull plugs, open printers, look into trays, buy a policy; on the simulated far sides only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from carcheck_desktop.devices.machinery.serving import SimulatedInstruments
    from carcheck_desktop.twin.authority.server import SimulatedCentre
    from carcheck_desktop.twin.printers.far_end import FakePrinter


@dataclass
class Hands:
    """Fulfils `twin.day.Plant` and `twin.owners.Hands`; `trays` has a folder for each printer."""

    instruments: SimulatedInstruments
    printers: Mapping[str, FakePrinter]
    centres: Mapping[str, SimulatedCentre]
    trays: Path

    def unplug(self, device: str) -> None:
        """Pull the plug of an instrument."""
        self.instruments.faults[device].unplugged = True

    def plug(self, device: str) -> None:
        """Put it back."""
        self.instruments.faults[device].unplugged = False

    def pages(self, printer: str) -> tuple[bytes, ...]:
        """Return the whole pages that lie in a printer's tray, the oldest first."""
        return tuple(path.read_bytes() for path in sorted((self.trays / printer).glob("*.escpos")))

    def switch_printer(self, printer: str, **switches: bool | float) -> None:
        """Set switches of a simulated printer; a printer that the station has not got is left alone."""
        found = self.printers.get(printer)
        if found is not None:
            found.switch(switches)

    def printer_is(self, printer: str, switch: str) -> bool:
        """Say whether a switch of a simulated printer is on."""
        found = self.printers.get(printer)
        return found is not None and bool(found.switches[switch])

    def buy_policy(self, plate: str) -> None:
        """Insure a car from today, as its owner does with the telephone."""
        insurer = self.centres.get("insurance")
        if insurer is not None:
            insurer.deeds["buy"](plate)
