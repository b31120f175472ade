"""The inspection report (检验报告) on one page: station, vehicle, visit, every item with value, limit and verdict, conclusion.

The document has no personal data: it is kept for ever under its digest, and a name could not be erased from it. Its
signature stands on the copy that is printed (`copies.signed_copy`), never in the document that was signed.

Contents: 机动车安全技术检验报告 of GB 38900-2020 annex G (parts basic data, conclusion, results with limits, advice) and the
common fields of emission platforms; both by secondary sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import (
    Letterhead,
    Wording,
    clock_time,
    grid,
    joined,
    moment,
    section,
    vehicle_pairs,
)
from carcheck_desktop.desk.papers.pages.results import (
    Result,
    details_text,
    item_code,
    item_name,
    limit_text,
    numbered_instruments,
    results_of,
    value_text,
    verdict_text,
)
from carcheck_desktop.domain.documents import (
    Align,
    Block,
    Column,
    Document,
    DocumentKind,
    Line,
    Qr,
    Row,
    Rule,
    Run,
    Size,
    Space,
    Table,
    Width,
    text_line,
)
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.verdicts import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from carcheck_desktop.domain.measurements import InstrumentUsed
    from carcheck_desktop.domain.views import VisitView

DOUBT = "*"


@dataclass(frozen=True, slots=True)
class ReportData:
    """What a report is made from. `by_item` says which instruments measured which item; those in `instruments` are listed too.

    `verify_url` is the address behind the QR code, "" for none. `testers` are the people who had a hand in the test.
    """

    number: str
    revision: int
    made_at: datetime
    visit: VisitView
    verify_url: str = ""
    testers: tuple[str, ...] = ()
    instruments: tuple[InstrumentUsed, ...] = ()
    by_item: Mapping[str, tuple[InstrumentUsed, ...]] = field(default_factory=dict)


def report(data: ReportData, head: Letterhead, say: Wording) -> Document:
    """Return the report of a concluded visit; simulated where the station is a training one or any value was simulated."""
    title = say(Message("papers.report.title"))
    rows = results_of(data.visit)
    blocks: list[Block] = []
    if data.verify_url:
        blocks.append(Qr(data.verify_url, say(Message("papers.report.verify"), "\n"), beside=True))
    blocks += [
        text_line(head.name, Align.CENTRE, Size.TALL, bold=True),
        text_line(title, Align.CENTRE, Size.LARGE, bold=True),
        text_line(joined([head.address, head.telephone]), Align.CENTRE, Size.SMALL),
        Space(),
        section(say(Message("papers.report.visit"))),
        grid(_visit_pairs(data, head, say)),
        Space(),
        section(say(Message("papers.report.vehicle"))),
        grid(vehicle_pairs(data.visit.vehicle, say)),
        Space(),
        section(say(Message("papers.report.results"))),
        _results(data, rows, say),
        *_remarks(data, rows, say),
        *_instruments(data, say),
        Space(),
        *_conclusion(data, say),
        Space(),
        *_signatures(data, say),
        Space(2),
        Rule(),
        *_small_print(data, head, say),
    ]
    simulated = head.simulated or any(row.view is not None and row.view.origin is Origin.SIMULATOR for row in rows)
    return Document(
        DocumentKind.REPORT, data.number, say.language, Width.A4, tuple(blocks), simulated,
        joined([title, data.number, data.visit.vehicle.plate], " "),
    )  # fmt: skip


def _visit_pairs(data: ReportData, head: Letterhead, say: Wording) -> list[tuple[str, str]]:
    visit = data.visit
    last = visit.attempts[-1] if visit.attempts else None
    begun = visit.attempts[0].started_at if visit.attempts else None
    number = data.number if data.revision == 1 else f"{data.number} / {data.revision}"
    return [
        (say(Message("papers.report.number")), number),
        (say(Message("papers.report.station_code")), head.code),
        (say(Message("papers.report.kind")), say.word(visit.inspection)),
        (say(Message("papers.field.ticket")), visit.ticket.number if visit.ticket else visit.visit_id),
        (say(Message("papers.report.tested")), _span(begun, last.ended_at if last else None)),
        (
            say(Message("papers.report.lane")),
            say(Message("papers.report.lane_attempt", {"lane": last.lane if last else "", "number": len(visit.attempts)})),
        ),
    ]  # fmt: skip


def _span(begun: datetime | None, ended: datetime | None) -> str:
    """Return when it was tested; the day once when it is one day."""
    if begun is None or ended is None:
        return moment(begun)
    is_one_day = moment(begun)[:10] == moment(ended)[:10]
    return f"{moment(begun)} – {clock_time(ended) if is_one_day else moment(ended)}"


def _results(data: ReportData, rows: list[Result], say: Wording) -> Table:
    numbers = numbered_instruments(data.by_item, data.instruments)
    columns = (
        Column(7, say(Message("papers.report.code")), Align.CENTRE),
        Column(25, say(Message("papers.report.item"))),
        Column(23, say(Message("papers.report.value")), Align.RIGHT),
        Column(14, say(Message("papers.report.limit")), Align.RIGHT),
        Column(11, say(Message("papers.report.verdict")), Align.CENTRE),
        Column(8, say(Message("papers.report.instrument")), Align.CENTRE),
        Column(32, say(Message("papers.report.details"))),
    )
    return Table(columns, tuple(_row(each, data, numbers, say) for each in rows), ruled=True)


def _row(result: Result, data: ReportData, numbers: dict[InstrumentUsed, int], say: Wording) -> Row:
    card = result.card
    used = data.by_item.get(result.item, ())
    limit = limit_text(card) + (DOUBT if card is not None and card.limit is not None and card.doubtful else "")
    return Row(
        (
            item_code(result),
            item_name(result, say),
            value_text(result, say),
            limit,
            verdict_text(card, say),
            ", ".join(str(numbers[each]) for each in used),
            details_text(result, say),
        ),
        bold=card is not None and card.outcome is not Outcome.PASS,
    )


def _remarks(data: ReportData, rows: list[Result], say: Wording) -> list[Block]:
    """Return what must be known beside the results: doubtful limits, what this station could not inspect."""
    remarks = []
    if any(row.card is not None and row.card.limit is not None and row.card.doubtful for row in rows):
        remarks.append(say(Message("papers.report.doubt", {"mark": DOUBT})))
    for unmet in data.visit.unmet:
        params = {"purpose": say.word(unmet.purpose), "cause": say(unmet.problem.cause)}
        remarks.append(say(Message("papers.report.unmet", dict(params))))
    return [text_line(each, size=Size.SMALL) for each in remarks]


def _conclusion(data: ReportData, say: Wording) -> list[Block]:
    visit = data.visit
    outcome = say.word(visit.conclusion) if visit.conclusion is not None else say(Message("papers.report.open"))
    blocks: list[Block] = [
        Line(
            (
                Run(say(Message("papers.report.conclusion")) + "  ", Size.NORMAL, bold=True),
                Run(outcome, Size.TALL, bold=True),
                Run("    " + moment(visit.concluded_at), Size.NORMAL),
            )
        )
    ]
    if len(visit.purposes) > 1:
        parts = [f"{say.word(purpose)} {say.word(each)}" for purpose, each in visit.purposes.items()]
        blocks.append(text_line(joined(parts, "    ")))
    return blocks


def _instruments(data: ReportData, say: Wording) -> list[Block]:
    numbers = numbered_instruments(data.by_item, data.instruments)
    if not numbers:
        return []
    shown = [f"{number} {each.device} ({each.driver} {each.driver_version})" for each, number in numbers.items()]
    return [text_line(say(Message("papers.report.instruments", {"instruments": say.listed(shown)})), size=Size.SMALL)]


def _signatures(data: ReportData, say: Wording) -> list[Block]:
    """Return the lines for those who tested and the one who signs; the seal is set beside them."""
    columns = (Column(1), Column(1), Column(1))
    testers = say(Message("papers.report.testers", {"names": say.listed(data.testers)}))
    signer, seal = say(Message("papers.report.signer")), say(Message("papers.report.seal"))
    return [Table(columns, (Row((testers, signer, seal)),))]


def _small_print(data: ReportData, head: Letterhead, say: Wording) -> list[Block]:
    visit = data.visit
    measured = visit.attempts[-1].tables if visit.attempts else {}
    tables = measured or visit.tables or {visit.edition: visit.table_hash}
    # after a recheck there may be two versions of one edition
    judged = ((card.edition, card.table_hash) for card in visit.conclusion_cards)
    made = Message(
        "papers.report.made", {"software": head.software, "at": moment(data.made_at), "visit": visit.visit_id}
    )
    lines = [say(made)]
    lines += [f"{edition}  SHA-256 {digest}" for edition, digest in dict.fromkeys((*tables.items(), *judged))]
    return [text_line(each, size=Size.SMALL) for each in lines]
