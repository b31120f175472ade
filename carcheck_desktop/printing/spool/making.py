"""From the lines of a station file to printers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.station_printers import ConnectionKind
from carcheck_desktop.printing.profiles import read_profile
from carcheck_desktop.printing.spool.filing import FolderPrinter, NoWay
from carcheck_desktop.printing.spool.outcomes import Patience, Printer
from carcheck_desktop.printing.spool.receipt import ReceiptPrinter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from carcheck_desktop.base.station_printers import StationPrinter


def printer_of(settings: StationPrinter, folder: Path, patience: Patience | None = None) -> Printer:
    """Return the printer of one entry; a `file:` connection is relative to `folder`, where the station file lies.

    Raises `UsageError` for a profile that there is not.
    """
    if settings.kind in (ConnectionKind.TCP, ConnectionKind.SERIAL):
        return ReceiptPrinter(settings, read_profile(settings.profile).process_id, patience or Patience())
    if settings.kind is ConnectionKind.FILE:
        return FolderPrinter(settings, folder / settings.target)
    return NoWay(settings)


def printers_by_place(
    printers: Sequence[StationPrinter], folder: Path, patience: Patience | None = None
) -> dict[str, list[Printer]]:
    """Return every place with its printers, the first one to be asked first."""
    places: dict[str, list[Printer]] = {}
    for each in printers:
        places.setdefault(each.place, []).append(printer_of(each, folder, patience))
    return places
