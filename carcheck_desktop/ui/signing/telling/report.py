"""The queue of reports, and one of them: whose it is, every value against its limit, failed ones first; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import word
from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.signing import ReportState, newest_report, who_tested
from carcheck_desktop.domain.verdicts import Comparison, Outcome
from carcheck_desktop.ui.bridge.words import NOTHING, date_text, figure, short_time, signed
from carcheck_desktop.ui.signing.state import LargeReport, QueueState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import CellState, ColumnState, LineOfCells, PairState, RowState, TableState
from carcheck_desktop.ui.widgets.forms.states import ActionState, RemarkState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.domain.signing import ReportView
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.signing.presenter import SigningPresenter

TONES = {
    Outcome.PASS: (Tone.GOOD, "circle-check"),
    Outcome.FAIL: (Tone.BAD, "circle-x"),
    Outcome.NOT_JUDGED: (Tone.NEUTRAL, "circle-dashed"),
    Outcome.INVALID: (Tone.CAUTION, "circle-alert"),
}
GRAVEST = (Outcome.FAIL, Outcome.INVALID, Outcome.NOT_JUDGED, Outcome.PASS)
SIGNS = {each: each.sign for each in Comparison}
WHOLE = "whole"
SHOW_AGAIN = "show_again"


def queue_state(presenter: SigningPresenter) -> QueueState:
    """Return what waits, the oldest first."""
    words, station = presenter.words, presenter.station
    if station.session is None:
        locked = PlaceState(PlaceKind.EMPTY, words("ui.signing.queue.nobody"), icon="lock")
        return QueueState(words("ui.signing.queue.title"), (), "", locked)
    queue, current = presenter.queue(), presenter.current()
    title = words("ui.signing.queue.count", count=len(queue)) if queue else words("ui.signing.queue.title")
    place = None if queue else _empty(presenter)
    rows = tuple(_row(visit, presenter) for visit in queue)
    return QueueState(title, rows, current.visit_id if current is not None else "", place)


def _empty(presenter: SigningPresenter) -> PlaceState:
    words, service = presenter.words, presenter.station.service
    if not service.has_snapshot:
        return PlaceState(PlaceKind.LOADING, words("ui.signing.queue.loading"))
    return PlaceState(
        PlaceKind.EMPTY, words("ui.signing.queue.empty"), words("ui.signing.queue.empty_detail"), "circle-check"
    )  # fmt: skip


def _row(visit: VisitView, presenter: SigningPresenter) -> RowState:
    words, report = presenter.words, newest_report(visit)
    assert report is not None  # noqa: S101 - what waits has a report to sign
    tone, icon = TONES[report.outcome]
    waited = words.minutes(presenter.now - report.made_at)
    detail = words("ui.signing.queue.row", number=report.number, waited=waited)
    if report.state is ReportState.REJECTED:
        detail, tone, icon = words("ui.signing.queue.rejected", number=report.number), Tone.CAUTION, "rotate-ccw"
    return RowState(
        visit.visit_id, "", detail, words.name(report.outcome), icon, tone,
        plate=PlateState(visit.vehicle.plate, visit.vehicle.plate_kind.value),
    )  # fmt: skip


def report_state(presenter: SigningPresenter) -> LargeReport | None:
    """Return the report that is large; None while nothing waits."""
    words, visit, report = presenter.words, presenter.current(), presenter.report()
    if visit is None or report is None:
        return None
    tone, icon = TONES[report.outcome]
    code = "ui.signing.report.revision" if report.revision > 1 else "ui.signing.report.title"
    return LargeReport(
        plate=PlateState(visit.vehicle.plate, visit.vehicle.plate_kind.value),
        headline=words(code, number=report.number, revision=report.revision),
        outcome=RemarkState(tone, icon, words.name(report.outcome)),
        pairs=_pairs(visit, report, words),
        values=values_state(visit, words),
        document=presenter.documents.get(report.report_id),
        paper=_paper(presenter, report),
        side=presenter.side,
        own_test=_own_test(presenter, visit),
        to_sign=report.state is not ReportState.REJECTED,
    )


def _pairs(visit: VisitView, report: ReportView, words: Words) -> tuple[PairState, ...]:
    car = visit.vehicle
    semicolon = words("ui.signing.semicolon")
    hands = dict.fromkeys((each.actor, words.message(word(each.deed))) for each in who_tested(visit))
    tested = semicolon.join(f"{actor} {deed}" for actor, deed in hands)
    return (
        PairState(words("ui.signing.pair.car"), car.brand_model or NOTHING),
        PairState(words("ui.signing.pair.vin"), car.vin or NOTHING),
        PairState(words("ui.signing.pair.registered"), date_text(car.registered_on)),
        PairState(words("ui.signing.pair.made"), short_time(report.made_at)),
        PairState(words("ui.signing.pair.edition"), f"{report.edition} · {report.table_hash[:8]}"),
        PairState(words("ui.signing.pair.software"), report.software),
        PairState(words("ui.signing.pair.tested"), tested),
    )


def values_state(visit: VisitView, words: Words) -> TableState:
    """Return every judged quantity of the conclusion, the failed ones first, beside what earlier attempts measured."""
    earlier = earlier_values(visit)
    columns = [
        ColumnState("item", words("ui.signing.column.item"), 190),
        ColumnState("quantity", words("ui.signing.column.quantity"), 160, grows=True),
        ColumnState("value", words("ui.signing.column.value"), 110, is_figure=True),
        ColumnState("limit", words("ui.signing.column.limit"), 110, is_figure=True),
        ColumnState("margin", words("ui.signing.column.margin"), 90, is_figure=True),
        ColumnState("outcome", words("ui.signing.column.outcome"), 110),
    ]
    if earlier:
        columns.insert(3, ColumnState("earlier", words("ui.signing.column.earlier"), 110, is_figure=True))
    names = {item.item: words.item(item.kind, item.axle) for attempt in visit.attempts for item in attempt.items}
    cards = sorted(visit.conclusion_cards, key=lambda card: GRAVEST.index(card.outcome))
    rows = tuple(_line(card, names, earlier, words) for card in cards)
    return TableState(tuple(columns), rows, note=words("ui.signing.values.none"))


def earlier_values(visit: VisitView) -> dict[tuple[str, str], str]:
    """Return what earlier attempts measured of the same quantity, by item and quantity; the newest of them."""
    found: dict[tuple[str, str], str] = {}
    for attempt in visit.attempts[:-1]:
        for item in attempt.items:
            found.update({(card.item, card.quantity.value): _value(card.rounded, card.unit) for card in item.cards})
    return found


def _line(card: VerdictCard, names: dict[str, str], earlier: dict[tuple[str, str], str], words: Words) -> LineOfCells:
    tone, icon = TONES[card.outcome]
    is_bad = card.outcome is not Outcome.PASS
    limit = f"{SIGNS[card.comparison]} {_value(card.limit, card.unit)}" if card.comparison is not None else NOTHING
    name = words("ui.signing.whole") if card.item == WHOLE else names.get(card.item, card.item)
    cells = [
        CellState(name),
        CellState(words.name(card.quantity)),
        CellState(_value(card.rounded, card.unit), tone=tone if is_bad else None),
        CellState(limit),
        CellState(signed(card.margin), tone=tone if is_bad else None),
        CellState(words.name(card.outcome), tone=tone, icon=icon),
    ]
    if earlier:
        cells.insert(3, CellState(earlier.get((card.item, card.quantity.value), NOTHING)))
    return LineOfCells(f"{card.item}/{card.quantity.value}", tuple(cells))


def _value(value: Decimal | None, unit: str) -> str:
    return f"{figure(value)} {behind(unit)}".strip() if value is not None else NOTHING


def _paper(presenter: SigningPresenter, report: ReportView) -> PlaceState | None:
    """Return what stands in the paper's place while it is not here."""
    words = presenter.words
    if report.report_id in presenter.documents:
        return None
    problem = presenter.not_shown.get(report.report_id)
    if problem is not None:
        again = ActionState(SHOW_AGAIN, words("ui.signing.paper.again"), "repeat", enabled=True)
        return PlaceState(PlaceKind.ERROR, words.message(problem.cause), words.message(problem.next_step), action=again)
    if not presenter.station.service.up:
        return PlaceState(PlaceKind.OFFLINE, words("ui.signing.why.service_away"))
    if not presenter.may("show_report"):
        return PlaceState(PlaceKind.EMPTY, words("ui.why.role_may_not"), icon="lock")
    return PlaceState(PlaceKind.LOADING, words("ui.signing.paper.loading"))


def _own_test(presenter: SigningPresenter, visit: VisitView) -> BannerState | None:
    words, hand, report = presenter.words, presenter.own_hand(), presenter.report()
    if report is not None and report.state is ReportState.REJECTED:
        text = words("ui.signing.rejected_by", by=report.rejected_by, reason=report.reason)
        return BannerState(Tone.CAUTION, "rotate-ccw", text, words("ui.signing.rejected_next"))
    if hand is None or not presenter.may("sign_report"):
        return None
    text = words("ui.signing.own_test", plate=visit.vehicle.plate, deed=words.message(word(hand.deed)))
    return BannerState(Tone.CAUTION, "ban", text, words("ui.signing.own_test_detail", at=short_time(hand.at)))
