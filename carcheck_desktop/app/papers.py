"""Documents in every form that they can take, for whoever prints, shows or keeps one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.documents import Document, document_from_json

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.signing.making import ReportMaker
    from carcheck_desktop.printing.cells import Printed


def house_of(station: Station) -> House:
    """Return letterhead and words of a station's papers, in its own language."""
    from carcheck_desktop import __version__
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording

    head = Letterhead(station.name, station.code, __version__, simulated=station.training)
    web = station.web.address if station.web is not None else ""
    places = frozenset(printer.place for printer in station.printers)
    return House(head, Wording(Catalogue(station.language)), web, places)


def reports_of(house: House, clock: Clock) -> ReportMaker:
    """Return who makes the report of each visit that is concluded."""
    from carcheck_desktop import __version__
    from carcheck_desktop.desk.signing.making import ReportMaker
    from carcheck_desktop.desk.signing.report import report_builder

    return ReportMaker(report_builder(house), __version__, clock.now)


def rendered(stored: bytes, form: str, profile: str | None = None) -> Printed:
    """Return a stored document (JSON) as escpos, pdf, png or text."""
    return render_document(document_from_json(stored), form, profile)


def render_document(
    document: Document, form: str, profile: str | None = None, made_at: datetime | None = None
) -> Printed:
    """Return a document as escpos, pdf, png or text; `profile` names a receipt printer, None: by the paper's width."""
    from carcheck_desktop.printing.cells import Printed
    from carcheck_desktop.printing.profiles import USUAL, read_profile

    printer = read_profile(profile or USUAL.get(document.width, "default"))
    if form == "escpos":
        from carcheck_desktop.printing.escpos import to_escpos

        return to_escpos(document, printer)
    if form == "pdf":
        from carcheck_desktop.printing.pdf import to_pdf

        return to_pdf(document, made_at)
    if form == "png":
        from carcheck_desktop.printing.png import to_png

        return to_png(document, printer, made_at)
    from carcheck_desktop.printing.text import to_text

    return Printed(to_text(document).encode("utf-8", "backslashreplace"))
