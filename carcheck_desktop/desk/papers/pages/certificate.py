"""The notice of a passed inspection (检验合格通知单) that the owner takes along; one for each signed report.

It is the station's own paper and says so: the inspection mark itself is issued by the authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording, heading, joined, moment
from carcheck_desktop.domain.documents import Block, Document, DocumentKind, Pair, Rule, Size, Space, Width, text_line

if TYPE_CHECKING:
    from carcheck_desktop.domain.signing import ReportView
    from carcheck_desktop.domain.views import VisitView


@dataclass(frozen=True, slots=True)
class CertificateData:
    """What the notice says; `report` is the signed one."""

    number: str
    visit: VisitView
    report: ReportView


def certificate(data: CertificateData, head: Letterhead, say: Wording) -> Document:
    """Return the notice."""
    visit, report = data.visit, data.report
    title = say(Message("papers.certificate.title"))
    pairs = (
        ("papers.certificate.number", data.number),
        ("papers.field.plate", visit.vehicle.plate),
        ("papers.field.vin", visit.vehicle.vin),
        ("papers.certificate.concluded", moment(visit.concluded_at)),
        ("papers.certificate.report", joined([report.number, str(report.revision)], " / ")),
        ("papers.certificate.signer", joined([report.signed_by, moment(report.signed_at)])),
    )
    blocks: list[Block] = [
        *heading(head, title),
        Space(),
        *(Pair(say(Message(code)), value) for code, value in pairs if value),
        Rule(),
        text_line(say(Message("papers.certificate.passed"), "\n"), size=Size.TALL),
        Space(),
        text_line(say(Message("papers.certificate.no_mark"), "\n"), size=Size.SMALL),
        text_line(say(Message("papers.certificate.digest", {"digest": report.digest})), size=Size.SMALL),
        text_line(joined([head.name, head.address, head.telephone]), size=Size.SMALL),
    ]
    simulated = head.simulated
    return Document(
        DocumentKind.CERTIFICATE,
        data.number,
        say.language,
        Width.A4,
        tuple(blocks),
        simulated,
        f"{title} {data.number}",
    )
