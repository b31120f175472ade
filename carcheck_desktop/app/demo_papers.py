"""What a demonstration leaves beside its pictures of windows: printed bytes, papers as pictures and PDF, the owner's page."""

from __future__ import annotations

import logging
import re
import shutil
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.app.papers import render_document
from carcheck_desktop.app.parts import folders_of
from carcheck_desktop.base.catalogues import LANGUAGES
from carcheck_desktop.domain.documents import Width, document_from_json
from carcheck_desktop.domain.views import Stage, stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.views import VisitView

log = logging.getLogger(__name__)
ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/t/[A-Za-z0-9_-]{22}")
ON_THE_WAY = frozenset({Stage.IN_LANE, Stage.MEASURED, Stage.PASSED, Stage.HELD})


def leave_papers(station: Station, visits: Iterable[VisitView], out: Path) -> list[Path]:
    """Copy the printed bytes and render every paper of the visits below `out/papers`; return what was written."""
    written = list(_trays(station, out / "papers"))
    for visit in visits:
        ticket = visit.ticket.number if visit.ticket is not None else "-"
        for paper in visit.papers:
            name = f"{ticket}-{paper.kind.value}-{paper.number or 'x'}-{paper.copy}"
            written += _rendered(station, paper, out / "papers" / name)
    return written


def _trays(station: Station, folder: Path) -> Iterable[Path]:
    """Copy what fell into the trays of the simulated printers, whole pages and torn ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(folders_of(station).printed.glob("*/*.*")):
        if page.suffix in (".escpos", ".torn"):
            yield shutil.copyfile(page, folder / f"{page.parent.name}-{page.name}")


def _rendered(station: Station, paper: PaperView, path: Path) -> Iterable[Path]:
    """Write one paper as a picture, and a page of A4 as PDF too."""
    from carcheck_desktop.store.blobs import FileBlobs

    stored = FileBlobs(folders_of(station).blobs).get(paper.digest)
    if stored is None:
        log.error("the document of paper %s is gone", paper.paper_id)
        return
    document = document_from_json(stored)
    forms = ("png", "pdf") if document.width is Width.A4 else ("png",)
    for form in forms:
        target = path.with_suffix(f".{form}")
        target.write_bytes(render_document(document, form).content)
        yield target


@dataclass
class OwnersLook:
    """An owner who scans the code on the first ticket in the tray: the page as a phone gets it, on the way and at the end."""

    station: Station
    folder: Path
    written: list[Path] = field(default_factory=list)

    def look(self, visits: Iterable[VisitView]) -> None:
        """Fetch the page once while the car of the ticket is under way."""
        if not self.written and any(stage(visit) in ON_THE_WAY for visit in visits):
            self.fetch("on-the-way")

    def fetch(self, when: str) -> None:
        """Fetch the page in every language; raises `OSError` when nobody serves it."""
        address = self._scanned()
        if address is None:
            return
        for language in LANGUAGES:
            with urllib.request.urlopen(f"{address}?lang={language}", timeout=5) as answer:  # noqa: S310 - this PC
                content = answer.read()
            path = self.folder / f"owner-{when}-{language}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self.written.append(path)

    def _scanned(self) -> str | None:
        """Return the address in the first ticket's code, from the bytes that the printer got."""
        pages = sorted(
            folders_of(self.station).printed.glob("counter*/*.escpos"), key=lambda page: page.stat().st_mtime
        )
        found = (ADDRESS.search(page.read_bytes()) for page in pages)
        return next((match[0].decode("ascii") for match in found if match), None)
