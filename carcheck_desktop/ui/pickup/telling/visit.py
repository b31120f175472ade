"""One visit at pickup: how it stands, what holds it and who lifts that, its papers, who has key and licence; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.custody import Thing, holder_of, since_of
from carcheck_desktop.domain.holds import Gate, holds
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.payment import due_fen
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.pickup.state import VisitState
from carcheck_desktop.ui.pickup.telling.visits import TONES, pickup_call, standing
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState
from carcheck_desktop.ui.widgets.forms.states import RemarkState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from carcheck_desktop.domain.due import DuePaper
    from carcheck_desktop.domain.holds import Hold
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.pickup.presenter import PickupPresenter

PAPER_TONES: dict[PaperState, tuple[Tone, str]] = {
    PaperState.QUEUED: (Tone.RUNNING, "hourglass"),
    PaperState.PRINTING: (Tone.RUNNING, "printer"),
    PaperState.PRINTED: (Tone.GOOD, "circle-check"),
    PaperState.IN_DOUBT: (Tone.CAUTION, "triangle-alert"),
    PaperState.FAILED: (Tone.BAD, "circle-x"),
    PaperState.VOIDED: (Tone.OFF, "ban"),
}


def visit_state(presenter: PickupPresenter) -> VisitState | None:
    """Return the visit that is looked at; None for none."""
    words, visit, now = presenter.words, presenter.current(), presenter.now
    if visit is None:
        return None
    stands = standing(visit, now)
    tone, icon = TONES[stands]
    held = holds(visit, now)
    due = presenter.due()
    papers = paper_rows(visit, due, words)
    ticket = visit.ticket.number if visit.ticket is not None else ""
    chosen = presenter.chosen_paper()
    return VisitState(
        plate=PlateState(visit.vehicle.plate, visit.vehicle.plate_kind.value),
        headline=words("ui.pickup.visit.ticket", number=ticket) if ticket else words("ui.pickup.visit.title"),
        stage=RemarkState(tone, icon, words(f"ui.pickup.standing.{stands.value}")),
        pairs=_pairs(visit, words),
        doubt=_doubt(presenter),
        holds=tuple(_hold(number, each, presenter) for number, each in enumerate(held)),
        holds_title=words("ui.pickup.holds.count", count=len(held)) if held else words("ui.pickup.holds"),
        no_holds=None if held else PlaceState(PlaceKind.EMPTY, words("ui.pickup.holds.none"), icon="circle-check"),
        papers=papers,
        papers_title=words("ui.pickup.papers"),
        no_papers=None if papers else PlaceState(PlaceKind.EMPTY, words("ui.pickup.papers.none"), icon="file-text"),
        paper=chosen.paper_id if chosen is not None else "",
    )


def _pairs(visit: VisitView, words: Words) -> tuple[PairState, ...]:
    call, to_pay = pickup_call(visit), due_fen(visit)
    called = words("ui.pickup.visit.not_called")
    if call is not None:
        called = words("ui.pickup.visit.called", at=short_time(call.called_at), times=call.times)
    paid = words("ui.pickup.visit.paid") if to_pay <= 0 else words("ui.pickup.visit.unpaid", amount=yuan(to_pay))
    pairs = [PairState(words.name(thing), _holder(visit, thing, words)) for thing in Thing]
    return (*pairs, PairState(words("ui.pickup.visit.call"), called), PairState(words("ui.pickup.visit.payment"), paid))


def _holder(visit: VisitView, thing: Thing, words: Words) -> str:
    holder, since = holder_of(visit.custody, thing), since_of(visit.custody, thing)
    place = words.message(Message(f"holds.place.{holder.place.value}", {"name": holder.name}))
    where = f"{place} {holder.name}".strip() if holder.name and holder.name not in place else place
    return f"{where} · {short_time(since)}" if since is not None else where


def _doubt(presenter: PickupPresenter) -> BannerState | None:
    """Return the question about a paper of which nobody knows whether it came out."""
    words, paper = presenter.words, presenter.doubt()
    if paper is None:
        return None
    text = words("ui.pickup.doubt", paper=words.name(paper.kind), number=paper.number, printer=paper.printer)
    why = words.message(paper.problem.cause) if paper.problem is not None else ""
    return BannerState(Tone.CAUTION, "printer", text, f"{why} {words('ui.pickup.doubt_detail')}".strip())


def _hold(number: int, hold: Hold, presenter: PickupPresenter) -> RowState:
    """Return a hold: what and why, what is next, who lifts it (unless it is whoever reads), what is printed meanwhile."""
    words, session = presenter.words, presenter.station.session
    roles = words("ui.pickup.comma").join(words.name(role) for role in hold.lifted_by)
    is_mine = session is not None and session.role in hold.lifted_by
    lifted = words("ui.pickup.hold.lifted_by", roles=roles) if roles and not is_mine else ""
    meanwhile = (
        words("ui.pickup.hold.meanwhile", papers=words.message(hold.meanwhile)) if hold.stops != (Gate.CLOSE,) else ""
    )
    parts = (words.message(hold.evidence), words.message(hold.next_step), lifted, meanwhile)
    trailing = words("ui.pickup.hold.yours") if is_mine else "" if roles else words("ui.pickup.hold.by_itself")
    return RowState(
        f"{number}/{hold.kind.value}", sentence(words.name(hold.kind)), " ".join(part for part in parts if part), trailing,
        "lock", Tone.CAUTION if roles else Tone.NEUTRAL,
    )  # fmt: skip


def paper_rows(visit: VisitView, due: tuple[DuePaper, ...], words: Words) -> tuple[RowState, ...]:
    """Return the papers that are due, each with its newest print, then every other paper of this visit, voids too."""
    shown = [_due_row(each, words) for each in due]
    known = {each.paper.paper_id for each in due if each.paper is not None}
    others = [_paper_row(each.paper_id, each, words) for each in reversed(visit.papers) if each.paper_id not in known]
    return (*shown, *others)


def _due_row(due: DuePaper, words: Words) -> RowState:
    if due.paper is not None:
        return _paper_row(due.paper.paper_id, due.paper, words)
    if due.held:
        reasons = words("ui.pickup.comma").join(dict.fromkeys(words.name(each.kind) for each in due.held))
        detail = words("ui.pickup.paper.held", reasons=reasons)
        state, icon, tone = words("ui.pickup.paper.state_held"), "lock", Tone.CAUTION
    else:
        detail, state, icon, tone = "", words("ui.pickup.paper.ready"), "file-text", Tone.NEUTRAL
    return RowState(f"due/{due.kind.value}", _title(words.name(due.kind), due.number), detail, state, icon, tone)


def _paper_row(key: str, paper: PaperView, words: Words) -> RowState:
    tone, icon = PAPER_TONES[paper.state]
    parts = [words("ui.pickup.paper.copy", copy=paper.copy) if paper.copy > 1 else ""]
    if paper.state is PaperState.VOIDED:
        parts.append(words("ui.pickup.paper.void", number=paper.void_number, reason=paper.void_reason))
    elif paper.problem is not None:
        parts.append(words.message(paper.problem.cause))
    elif paper.printer:
        parts.append(words("ui.pickup.paper.printer", printer=paper.printer, at=short_time(paper.changed_at)))
    detail = " · ".join(part for part in parts if part)
    return RowState(key, _title(words.name(paper.kind), paper.number), detail, words.name(paper.state), icon, tone)


def sentence(text: str) -> str:
    """Return a word as the beginning of a line."""
    return text[:1].upper() + text[1:]


def _title(name: str, number: str) -> str:
    return f"{sentence(name)} {number}".strip()
