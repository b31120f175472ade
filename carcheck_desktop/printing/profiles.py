"""What a receipt printer can do, as data: `resources/printing/<name>.toml`, checked as a whole when it is read.

How a printer is reached is wiring (station.toml); what is spoken to it lives in `escpos`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.domain.documents import Width

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "resources" / "printing"
DOTS_OF_A_CELL = 12
"""Font A of every ESC/POS printer is 12 dots wide, a Chinese character two of that."""


class Cutter(StrEnum):
    """What the printer has for cutting."""

    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One make of printer.

    `cells` is how many Latin characters of font A stand in a line, `dots` how many dots the head has, `dots_per_mm` how
    close they are. `drawer_pin` is 2 or 5, 0 for no drawer. `native_qr`: it draws QR codes itself (GS ( k), else they are
    sent as a picture. `four_byte`: its font has characters outside GBK (² ³ ₂), else they are replaced and reported.
    `process_id`: it answers GS ( H <Function 48> with our id when everything before it is printed (`spool.receipt`).
    """

    name: str
    title: str
    cells: int
    dots: int
    dots_per_mm: int
    cutter: Cutter
    drawer_pin: int
    native_qr: bool
    four_byte: bool
    source: str
    process_id: bool = False


USUAL = {Width.RECEIPT80: "default", Width.RECEIPT58: "receipt58", Width.LABEL: "receipt58"}
"""The profile for a kind of paper where nobody names one."""


def profile_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of all profiles."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def read_profile(name: str, folder: Path = FOLDER) -> PrinterProfile:
    """Read one profile; raise `UsageError` when there is none of this name, `DataError` when it cannot be right."""
    path = folder / f"{name}.toml"
    if name not in profile_names(folder):
        raise UsageError("printing.profile.unknown", name=name, known=", ".join(profile_names(folder)))
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError("printing.profile.wrong", path=path, detail=error) from error
    profile = from_plain({"name": name, **plain}, PrinterProfile)
    detail = _wrong(profile)
    if detail:
        raise DataError("printing.profile.wrong", path=path, detail=detail)
    return profile


def _wrong(profile: PrinterProfile) -> str:
    """Return what cannot be right about a profile, "" when all can be."""
    if not 16 <= profile.cells <= 96 or profile.cells * DOTS_OF_A_CELL > profile.dots:
        return f"cells = {profile.cells}, dots = {profile.dots}: 16 … 96, {DOTS_OF_A_CELL} dots a cell"
    if not 4 <= profile.dots_per_mm <= 24:
        return f"dots_per_mm = {profile.dots_per_mm}: 4 … 24"
    if profile.drawer_pin not in (0, 2, 5):
        return f"drawer_pin = {profile.drawer_pin}: 2 | 5 | 0"
    return ""
