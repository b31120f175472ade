"""The paying page: what is due, what was given, how the payment stands, what Enter does; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.payment import KEPT, OPEN, PaymentState, due_fen
from carcheck_desktop.ui.counter.state import FilledState, PayState
from carcheck_desktop.ui.counter.telling.car import draft_plate, plate_of
from carcheck_desktop.ui.counter.telling.received import NOT_TAKEN, Given
from carcheck_desktop.ui.frame.telling import banner_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import PairState
from carcheck_desktop.ui.widgets.forms.states import FieldState
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.prices import ChargeLine
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter


def pay_state(presenter: CounterPresenter) -> PayState:
    """Return the page."""
    words, bill = presenter.words, presenter.bill_of(presenter.paying)
    visit = presenter.station.visits.get(presenter.paying)
    paid = (PairState(words("ui.pay.paid"), yuan(-bill.paid_fen)),) if bill.paid_fen else ()
    return PayState(
        plate=plate_of(visit.vehicle) if visit is not None else draft_plate(presenter.draft),
        prices=(*price_pairs(bill.lines, words), *paid),
        due=yuan(bill.due_fen),
        received=FilledState(presenter.received, _field(presenter), FIELD_NAME in presenter.insisted),
        takes=not presenter.is_waiting_for_money,
        large_name=_large(presenter)[0],
        large=_large(presenter)[1],
        said=_said(presenter),
    )


FIELD_NAME = "received"


def price_pairs(lines: tuple[ChargeLine, ...], words: Words) -> tuple[PairState, ...]:
    """Return what a visit costs, line by line."""
    is_chinese = words.language == "zh_CN"
    return tuple(PairState(each.name_zh if is_chinese else each.name_en, yuan(each.amount_fen)) for each in lines)


def sentence(presenter: CounterPresenter) -> str:
    """Say what Enter does now."""
    words, given, due = presenter.words, presenter.given, presenter.bill_of(presenter.paying).due_fen
    if presenter.is_waiting_for_money:
        return words("ui.pay.note.waiting")
    return words(f"ui.pay.note.{given.given.value}", due=yuan(due), received=yuan(given.received_fen),
                 change=yuan(given.change_fen), lacking=yuan(-given.change_fen),
                 most=yuan(due + (most_change_fen(presenter.station) or 0)))  # fmt: skip


def most_change_fen(station: Station) -> int | None:
    """Return the change above which the service takes a sum for a slip; None while it is not known."""
    handshake = station.service.handshake
    return handshake.most_change_fen if handshake is not None else None


def owes(visit: VisitView) -> bool:
    """Say whether money may be taken for a visit: something is due, and it is neither over nor given up."""
    return due_fen(visit) > 0 and visit.ended_at is None and visit.withdrawal is None


def bought(visit: VisitView, words: Words) -> tuple[PairState, ...]:
    """Return how a visit was paid, newest first; nothing when nobody tried."""
    return tuple(
        PairState(words.name(each.method), f"{yuan(each.amount_fen)}  {_standing(each, words)}")
        for each in reversed(visit.payments)
    )


def change_of(visit: VisitView | None) -> int:
    """Return the change of the newest payment, in fen."""
    last = visit.payments[-1] if visit is not None and visit.payments else None
    return last.change_fen if last is not None and last.state in KEPT else 0


def _standing(payment: PaymentView, words: Words) -> str:
    number = words("ui.pay.receipt", number=payment.number) if payment.number else ""
    return words("ui.pay.standing", state=words.name(payment.state), number=number).strip()


def _field(presenter: CounterPresenter) -> FieldState:
    words, given = presenter.words, presenter.given
    if given.given in NOT_TAKEN and FIELD_NAME in presenter.insisted:
        return FieldState(Tone.BAD, sentence(presenter))
    return FieldState(text="" if presenter.is_waiting_for_money else words("ui.pay.hint"))


def _large(presenter: CounterPresenter) -> tuple[str, str]:
    """Return what is to be seen from a distance: the change, else what is due."""
    words, given, bill = presenter.words, presenter.given, presenter.bill_of(presenter.paying)
    if given.given is Given.CASH and not presenter.is_waiting_for_money:
        return words("ui.pay.change"), yuan(given.change_fen)
    if given.given is Given.SHORT and not presenter.is_waiting_for_money:
        return words("ui.pay.lacking"), yuan(-given.change_fen)
    return words("ui.pay.due"), yuan(bill.due_fen)


def _said(presenter: CounterPresenter) -> tuple[BannerState, ...]:
    """Return how the newest payment stands, when that is something to know."""
    words, last = presenter.words, presenter.last_payment
    if last is None or (last.state in KEPT and last.state is not PaymentState.PAID):
        return () if last is None else _refunding(last, words)
    if last.state in OPEN and last.is_cancelling:
        return (BannerState(Tone.RUNNING, "loader-circle", words("ui.pay.closing"), words("ui.pay.closing_detail")),)
    if last.state is PaymentState.REQUESTED:
        text = words("ui.pay.asking", amount=yuan(last.amount_fen), hint=last.hint)
        return (BannerState(Tone.RUNNING, "loader-circle", text, words("ui.pay.asking_detail")),)
    if last.state is PaymentState.CANCELLED and last.problem is None:
        return (BannerState(Tone.NEUTRAL, "ban", words("ui.pay.closed"), words("ui.pay.closed_detail")),)
    return (banner_of(last.problem, words),) if last.problem is not None else ()


def _refunding(payment: PaymentView, words: Words) -> tuple[BannerState, ...]:
    refund = payment.refund
    if refund is None:
        return ()
    detail = words.message(refund.why) if refund.why is not None else refund.reason
    text = words("ui.pay.going_back", amount=yuan(refund.amount_fen), state=words.name(payment.state))
    return (BannerState(Tone.CAUTION, "rotate-ccw", text, detail),)
