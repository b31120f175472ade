"""A folder as a printer, and ways to a printer that this program does not go: said in words, never tried half."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.printing.spool.outcomes import Asking, Dropped, NotPrinted, Outcome, Printed
from carcheck_desktop.printing.spool.talk import problem_of

if TYPE_CHECKING:
    from pathlib import Path

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.base.station_printers import StationPrinter
    from carcheck_desktop.printing.spool.outcomes import Rendered


@dataclass(frozen=True, slots=True)
class FolderPrinter:
    """Puts each page into a folder under the name of its paper: whole or not at all, however often it is tried."""

    settings: StationPrinter
    folder: Path

    def look(self) -> Problem | None:
        """Say why the folder cannot be written to."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return self._problem(error)
        return None

    def expect_remains(self) -> None:
        """Nothing hangs half written: a page has its name when it is whole."""

    def print_page(self, paper_id: str, page: Rendered, asking: Asking) -> Outcome:
        """Write the page; it is out when its file has its name."""
        beside = self.folder / f".{paper_id}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(page.content)
                file.flush()
                os.fsync(file.fileno())
            if not asking.begin():
                beside.unlink()
                return Dropped()
            beside.replace(self.folder / f"{paper_id}.{page.suffix}")
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return NotPrinted(self._problem(error))
        return Printed()

    def _problem(self, error: OSError) -> Problem:
        return problem_of("folder", self.settings.name, folder=self.folder, detail=error.strerror or error)


@dataclass(frozen=True, slots=True)
class NoWay:
    """A printer behind a connection that this version cannot go (USB, a Windows queue): its status could not be asked."""

    settings: StationPrinter

    def look(self) -> Problem | None:
        """Say so."""
        return problem_of("not_supported", self.settings.name, connection=self.settings.connection)

    def expect_remains(self) -> None:
        """Nothing was ever sent."""

    def print_page(self, paper_id: str, page: Rendered, asking: Asking) -> Outcome:  # noqa: ARG002 - nothing is done with them
        """Print nothing and say so."""
        return NotPrinted(problem_of("not_supported", self.settings.name, connection=self.settings.connection))
