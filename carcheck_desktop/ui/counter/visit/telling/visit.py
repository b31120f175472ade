"""A visit's page: who and what, where it stands, what holds it and who lifts that, its papers, money, key and items; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.custody import Thing, holder_of, since_of
from carcheck_desktop.domain.holds import Gate, HoldKind, holds, stage_at
from carcheck_desktop.domain.insurance import PolicyOrigin, insurance_state
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.payment import OPEN, PaymentState, due_fen, paid_fen
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState, plan_now
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.counter.draft.fields import FIELDS
from carcheck_desktop.ui.counter.telling.car import NOTHING, choice_text, plate_of
from carcheck_desktop.ui.counter.telling.pay import price_pairs
from carcheck_desktop.ui.counter.telling.visits import TONES, path_state
from carcheck_desktop.ui.counter.visit.state import Shown, VisitState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import PairState, RowState
from carcheck_desktop.ui.widgets.forms.states import ChoiceOption, ChoiceState, RemarkState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.custody import Handover, Holder
    from carcheck_desktop.domain.holds import Hold
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter
    from carcheck_desktop.ui.counter.state import Content

PAPER_TONES: dict[PaperState, tuple[Tone, str]] = {
    PaperState.QUEUED: (Tone.RUNNING, "hourglass"),
    PaperState.PRINTING: (Tone.RUNNING, "printer"),
    PaperState.PRINTED: (Tone.GOOD, "circle-check"),
    PaperState.IN_DOUBT: (Tone.CAUTION, "triangle-alert"),
    PaperState.FAILED: (Tone.BAD, "circle-x"),
    PaperState.VOIDED: (Tone.OFF, "ban"),
}
OUTCOMES: dict[Outcome, tuple[Tone, str]] = {
    Outcome.PASS: (Tone.GOOD, "circle-check"),
    Outcome.FAIL: (Tone.BAD, "circle-x"),
    Outcome.INVALID: (Tone.CAUTION, "triangle-alert"),
    Outcome.NOT_JUDGED: (Tone.NEUTRAL, "minus"),
}
SHOWN_VIN = 6
GRAVE = {HoldKind.FAILED: (Tone.BAD, "circle-x")}


def visit_state(presenter: CounterPresenter) -> Content:
    """Return the page of the visit that is looked at; what is personal is not on it."""
    visit = presenter.looked_at()
    if visit is None:
        return None
    words, now, shown = presenter.words, presenter.now, presenter.desk.shown
    held = holds(visit, now)
    tone, icon = TONES[stage_at(visit, now)]
    number = visit.ticket.number if visit.ticket is not None else ""
    code = "ui.counter_visit.ticket" if number else "ui.counter_visit.title"
    rows = _rows(shown, visit, words)
    return VisitState(
        plate=plate_of(visit.vehicle),
        headline=words(code, number=number),
        stage=RemarkState(tone, icon, words(f"ui.counter.stage.{stage_at(visit, now).value}")),
        path=path_state(visit, words),
        pairs=_pairs(visit, now, words),
        said=tuple(_said(visit, presenter)),
        holds=tuple(_hold(place, each, presenter) for place, each in enumerate(held)),
        holds_title=words("ui.counter_visit.holds" if held else "ui.counter_visit.holds.list", count=len(held)),
        no_holds=None if held else _no_holds(visit, words),
        shown=ChoiceState(
            tuple(ChoiceOption(each.value, words(f"ui.counter_visit.show.{each.value}")) for each in Shown), shown.value
        ),
        rows=rows,
        no_rows=None if rows else PlaceState(PlaceKind.EMPTY, words(f"ui.counter_visit.none.{shown.value}")),
    )


def _no_holds(visit: VisitView, words: Words) -> PlaceState:
    code = "ui.counter_visit.holds.ended" if visit.ended_at is not None else "ui.counter_visit.holds.none"
    return PlaceState(PlaceKind.EMPTY, words(code), icon="circle-check")


def _pairs(visit: VisitView, now: datetime, words: Words) -> tuple[PairState, ...]:
    car, due = visit.vehicle, due_fen(visit)
    fuel = choice_text(FIELDS["fuel"], car.fuel, words) if car.fuel else NOTHING
    opened = words("ui.counter.visit.opened_by", by=visit.opened_by, at=short_time(visit.opened_at))
    tail = words("ui.counter_visit.vin_tail", tail=car.vin[-SHOWN_VIN:])
    if not visit.charge and not visit.payments and visit.withdrawal is None:
        money = words("ui.counter.price.none_short")
    elif due > 0:
        money = words("ui.counter_visit.money.due", due=yuan(due), total=yuan(total_fen(visit.charge)))
    else:
        code = "ui.counter_visit.money.over" if due < 0 else "ui.counter_visit.money.paid"
        money = words(code, over=yuan(-due), total=yuan(total_fen(visit.charge)))
    return (
        PairState(words("ui.counter.field.brand_model"), car.brand_model or NOTHING),
        PairState(words("ui.counter.field.vin"), tail if car.vin else NOTHING),
        PairState(words("ui.counter.field.fuel"), fuel),
        PairState(words("ui.counter.visit.opened"), opened),
        *(PairState(opening(words.name(thing)), _where(visit, thing, words)) for thing in Thing),
        PairState(words("ui.counter.visit.price"), money),
        _insurance(visit, now, words),
    )


def opening(text: str) -> str:
    """Return a word as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def _where(visit: VisitView, thing: Thing, words: Words) -> str:
    since = since_of(visit.custody, thing)
    place = holder_text(holder_of(visit.custody, thing), words)
    return words("ui.counter_visit.since", what=place, at=short_time(since)) if since is not None else place


def holder_text(holder: Holder, words: Words) -> str:
    """Return where a key or a licence is."""
    return words.message(Message(f"holds.place.{holder.place.value}", {"name": holder.name}))


def _insurance(visit: VisitView, now: datetime, words: Words) -> PairState:
    known = visit.insurance
    text = words.name(insurance_state(known, inspection_date(now)))
    policy = known.policy
    if policy is not None:
        code = "ui.counter_visit.policy"
        text = words(code, state=text, insurer=policy.insurer, until=policy.valid_until.isoformat())
    is_typed = policy is not None and known.origin is PolicyOrigin.TYPED
    return PairState(words("ui.counter_visit.insurance"), text, words.name(known.origin) if is_typed else "")


def _said(visit: VisitView, presenter: CounterPresenter) -> list[BannerState]:
    """Return what is to be known before anything else: that it was given up or ended, that it is a recheck."""
    words, found = presenter.words, []
    if visit.withdrawal is not None:
        given = visit.withdrawal
        code = "ui.counter_visit.withdrawn"
        text = words(code, reason=words.name(given.reason), by=given.by, at=short_time(given.at))
        found.append(BannerState(Tone.CAUTION, "ban", text, _on_lane(visit, words)))
    if visit.ended_at is not None:
        text = words("ui.counter_visit.ended", at=short_time(visit.ended_at))
        found.append(BannerState(Tone.NEUTRAL, "check", text, words("ui.counter_visit.ended_detail")))
    if visit.recheck is not None and visit.conclusion is None:
        count = len(plan_now(visit))
        found.append(
            BannerState(
                Tone.NEUTRAL, "repeat", words("ui.counter_visit.recheck", number=visit.recheck.number, count=count)
            )
        )
    return found


def _on_lane(visit: VisitView, words: Words) -> str:
    """Say what happens on the lane to a visit that is given up, and who ends it there."""
    for attempt in visit.attempts:
        if attempt.state is AttemptState.RUNNING:
            return words("ui.counter_visit.lane.running", lane=attempt.lane)
        if attempt.state is AttemptState.INTERRUPTED:
            return words("ui.counter_visit.lane.interrupted", lane=attempt.lane)
    return ""


def _hold(place: int, hold: Hold, presenter: CounterPresenter) -> RowState:
    """Return a hold: evidence, next step, who lifts it, what is printed meanwhile, since when."""
    words, session = presenter.words, presenter.station.session
    roles = words("ui.counter.joint").join(words.name(role) for role in hold.lifted_by)
    is_mine = session is not None and session.role in hold.lifted_by
    lifted = (
        words("ui.counter_visit.hold.lifted_by", roles=roles) if roles else words("ui.counter_visit.hold.by_itself")
    )
    lifted = "" if is_mine else lifted
    meanwhile = "" if hold.stops == (Gate.CLOSE,) else words.message(hold.meanwhile)
    parts = (words.message(hold.evidence), words.message(hold.next_step), lifted, meanwhile)
    trailing = words("ui.counter_visit.hold.yours") if is_mine else ""
    if hold.since is not None and not is_mine:
        trailing = words("ui.counter_visit.hold.since", at=short_time(hold.since))
    tone, icon = GRAVE.get(hold.kind, (Tone.CAUTION if roles else Tone.NEUTRAL, "lock"))
    return RowState(
        f"{place}/{hold.kind.value}", opening(words.name(hold.kind)), " ".join(part for part in parts if part), trailing,
        icon, tone,
    )  # fmt: skip


def _rows(shown: Shown, visit: VisitView, words: Words) -> tuple[RowState, ...]:
    if shown is Shown.PAPERS:
        return tuple(_paper(each, words) for each in reversed(visit.papers))
    if shown is Shown.MONEY:
        return _money(visit, words)
    if shown is Shown.CUSTODY:
        return tuple(_handover(place, each, words) for place, each in enumerate(reversed(visit.custody.chain)))
    return _items(visit, words)


def _paper(paper: PaperView, words: Words) -> RowState:
    tone, icon = PAPER_TONES[paper.state]
    detail = words("ui.counter_visit.paper.queued", at=short_time(paper.queued_at), by=paper.queued_by)
    if paper.state is PaperState.VOIDED:
        detail = words("ui.counter_visit.paper.void", number=paper.void_number, reason=paper.void_reason)
    elif paper.problem is not None:
        detail = words.message(paper.problem.cause)
    title = f"{opening(words.name(paper.kind))} {paper.number}".strip()
    return RowState(paper.paper_id, title, detail, words.name(paper.state), icon, tone)


def _money(visit: VisitView, words: Words) -> tuple[RowState, ...]:
    if not visit.charge and not visit.payments:
        return ()
    lines = [
        RowState(f"charge_{place}", pair.label, "", pair.value, "file-text")
        for place, pair in enumerate(price_pairs(visit.charge, words))
    ]
    payments = [_payment(each, words) for each in visit.payments]
    due = due_fen(visit)
    code = "ui.counter_visit.money.to_pay" if due >= 0 else "ui.counter_visit.money.to_give_back"
    detail = words("ui.counter_visit.money.kept", paid=yuan(paid_fen(visit)))
    tone = Tone.GOOD if due == 0 else Tone.CAUTION
    whole = RowState("due", words(code), detail, yuan(abs(due)), "circle-check" if due == 0 else "info", tone)
    return (*lines, *payments, whole)


def _payment(payment: PaymentView, words: Words) -> RowState:
    tone, icon = (Tone.GOOD, "check") if payment.state is PaymentState.PAID else (Tone.NEUTRAL, "rotate-ccw")
    if payment.state in OPEN:
        tone, icon = Tone.RUNNING, "hourglass"
    elif payment.state in (PaymentState.REFUSED, PaymentState.CANCELLED):
        tone, icon = Tone.OFF, "ban"
    number = words("ui.pay.receipt", number=payment.number) if payment.number else ""
    parts = [
        words.name(payment.state),
        number,
        words("ui.counter.visit.opened_by", by=payment.by, at=short_time(payment.at)),
    ]
    refund = payment.refund
    if refund is not None:
        reason = words.message(refund.why) if refund.why is not None else refund.reason
        parts.append(words("ui.counter_visit.money.refund", amount=yuan(refund.amount_fen), reason=reason))
    title = opening(words.name(payment.method))
    detail = words("ui.counter_visit.dot").join(part for part in parts if part)
    return RowState(payment.payment_id, title, detail, yuan(payment.amount_fen), icon, tone)


def _handover(place: int, link: Handover, words: Words) -> RowState:
    things = words("ui.counter.joint").join(words.name(thing) for thing in link.things)
    way = words("ui.counter_visit.handed", before=holder_text(link.from_, words), after=holder_text(link.to, words))
    detail = f"{way} {link.reason}".strip()
    trailing = words("ui.counter.visit.opened_by", by=link.actor, at=short_time(link.at))
    return RowState(
        f"link_{place}", opening(things), detail, trailing, "key-round" if Thing.KEY in link.things else "id-card"
    )


def _items(visit: VisitView, words: Words) -> tuple[RowState, ...]:
    done = {each.item.item: each for each in results(visit)}
    rows = []
    for item in visit.plan:
        found = done.get(item.item)
        outcome = found.item.outcome if found is not None else None
        tone, icon = OUTCOMES[outcome] if outcome is not None else (Tone.NEUTRAL, "circle-dashed")
        said = words.name(outcome) if outcome is not None else words("ui.counter_visit.item.to_do")
        rows.append(RowState(item.item, words.item(item.kind, item.axle), words.message(item.reason), said, icon, tone))
    return tuple(rows)
