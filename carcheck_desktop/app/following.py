"""One payment at a provider, followed to its end: asked for once under one number, then asked about until it is known.

Pauses are real seconds, because providers and customers are. What is recorded, and whether it still fits, is
`desk.cash.settling`'s; the thread in which this runs is `app.collecting`'s.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.desk.cash import settling
from carcheck_desktop.desk.cash.receipts import print_receipt
from carcheck_desktop.desk.ledger import SYSTEM
from carcheck_desktop.domain.payment import GIVING_BACK, OPEN, OrderState, PaymentState, payment_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.domain.payment import PaymentView, ProviderTold
    from carcheck_desktop.domain.ports import PaymentProvider, Store, UnitOfWork, Writer

    Settle = Callable[[UnitOfWork, str, str], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tempo:
    """Real seconds: pauses between questions, when an unconfirmed order is closed, when a closed one is looked at again."""

    first_pause_s: float = 0.5
    pause_s: float = 5.0
    longest_pause_s: float = 30.0
    give_up_s: float = 60.0
    watch_s: tuple[float, ...] = (2.0, 5.0, 15.0, 60.0, 300.0)

    def pause_after(self, tries: int, spent_s: float) -> float:
        """Return how long to wait after so many questions in so many seconds."""
        longest_s = self.pause_s if spent_s < self.give_up_s else self.longest_pause_s
        return min(self.first_pause_s * 2.0 ** min(tries, 10), longest_s)


USUAL = Tempo()


@dataclass(frozen=True, slots=True)
class Which:
    """One payment of one visit."""

    visit_id: str
    payment_id: str


@dataclass(frozen=True, slots=True)
class Means:
    """What payments are followed with; `house` makes the paper of what came (None: no paper)."""

    store: Store
    writer: Writer
    provider: PaymentProvider
    scans: Scans
    clock: Clock
    house: House | None
    tempo: Tempo


class FollowedPayment:
    """Follows one payment from one event loop; `woken` is set from there when something new was recorded of it."""

    def __init__(self, which: Which, means: Means) -> None:
        self.woken = asyncio.Event()
        self._which = which
        self._means = means
        self._store = means.store
        self._writer = means.writer
        self._provider = means.provider
        self._scans = means.scans
        self._tempo = means.tempo
        self._why: Problem | None = None
        self._must_close = False
        self._began_s = time.monotonic()
        self._tries = 0

    async def follow(self) -> None:
        """Do what the payment needs as long as it needs something."""
        is_watched = False
        while True:
            self.woken.clear()
            try:
                payment = await self._row()
                if payment is None:
                    return
                self._began_s, self._tries = time.monotonic(), 0
                if payment.state in OPEN:
                    await self._settle(payment)
                elif payment.state in GIVING_BACK:
                    await self._give_back(payment)
                elif payment.state is PaymentState.CANCELLED and not is_watched:
                    await self._watch()
                    is_watched = True
                else:
                    return
            except CarcheckError:
                log.exception("payment %s: nothing could be recorded; it is tried again", self._which.payment_id)
                await self._pause()

    async def _settle(self, payment: PaymentView) -> None:
        """Ask for the money once, then what became of it until that is known."""
        if await self._is_asked_and_settled(payment):
            return
        while (row := await self._row()) is not None and row.state in OPEN:
            order = row.payment_id
            must_close = row.is_cancelling or self._must_close or self._spent_s > self._tempo.give_up_s
            told = await self._answer(self._provider.close_order(order) if must_close else self._provider.query(order))
            if told is not None and await self._is_settled(told, row):
                return
            if told is None or told.state is not OrderState.UNKNOWN:
                await self._pause()

    async def _is_asked_and_settled(self, payment: PaymentView) -> bool:
        """Ask for the money, once and only with a code in hand; say whether it is known already what came of it."""
        code = self._scans.take(payment.payment_id) if payment.state is PaymentState.REQUESTED else None
        if code is None:
            self._why = Problem("desk.cash.asked_nobody", {}, Severity.WARNING)
            return False
        try:
            told = await self._provider.pay(payment.payment_id, payment.amount_fen, code)
        except CarcheckError as error:
            if self._provider.is_unreached(error):
                await self._record(settling.refused, about("desk.cash.not_reached", error.problem))
                return True
            self._why = about("desk.cash.never_arrived", error.problem)
            await self._record(settling.doubted, about("desk.cash.not_known", error.problem))
        else:
            if told.amount_fen in (None, payment.amount_fen) or told.state is not OrderState.PAID:
                if await self._is_settled(told, payment):
                    return True
            else:  # no answer about another sum is believed before it was given twice
                await self._record(settling.doubted, Problem("desk.cash.sum_differs", {}, Severity.WARNING))
        await self._pause()
        return False

    async def _is_settled(self, told: ProviderTold, row: PaymentView) -> bool:
        """Record what the provider said of the order; say whether that is its end."""
        match told.state:
            case OrderState.PAID:
                await self._came(told)
            case OrderState.REFUSED:
                problem = told.problem or Problem("desk.cash.not_confirmed", {}, Severity.WARNING)
                await self._record(settling.refused, problem)
            case OrderState.CLOSED:
                why = None if row.is_cancelling else self._why
                await self._writer.acall(lambda uow: settling.closed(uow, *self._ids, why))
            case OrderState.PENDING:
                self._why = Problem("desk.cash.not_confirmed", {}, Severity.WARNING)
                await self._record(settling.doubted, Problem("desk.cash.confirming", {}, Severity.WARNING))
                return False
            case OrderState.UNKNOWN:
                self._must_close = True  # what may still be on its way there must not charge later
                return False
        return True

    async def _answer(self, question: Awaitable[ProviderTold]) -> ProviderTold | None:
        """Return an answer, or record why there is none."""
        try:
            return await question
        except CarcheckError as error:
            await self._record(settling.doubted, about("desk.cash.not_known", error.problem))
            return None

    async def _watch(self) -> None:
        """Look whether a closed order was paid after all."""
        for pause_s in self._tempo.watch_s:
            told = None
            while told is None:
                await self._pause(pause_s)
                row = await self._row()
                if row is None or row.state is not PaymentState.CANCELLED:
                    return
                try:
                    told = await self._provider.query(row.payment_id)
                except CarcheckError as error:
                    log.info("payment %s: closed, and not looked at yet: %s", row.payment_id, error)
            if told.state is OrderState.PAID:
                await self._came(told)
                return

    async def _give_back(self, payment: PaymentView) -> None:
        """Ask what became of the refund, and for it while the provider does not know it: the same number is one refund."""
        refund = payment.refund
        if refund is None:
            return
        order = payment.payment_id
        is_known = True
        while True:
            try:
                if is_known:
                    told = await self._provider.query_refund(order, refund.refund_id)
                else:
                    told = await self._provider.refund(order, refund.refund_id, refund.amount_fen)
            except CarcheckError as error:
                await self._record(settling.refund_doubted, about("desk.cash.refund_not_known", error.problem))
                is_known = True
            else:
                if await self._is_given_back(told):
                    return
                is_known = told.state is not OrderState.UNKNOWN
                if not is_known:
                    continue
            await self._pause()

    async def _is_given_back(self, told: ProviderTold) -> bool:
        match told.state:
            case OrderState.PAID:
                await self._writer.acall(
                    lambda uow: self._with_paper(uow, is_new=settling.went_back(uow, *self._ids, told))
                )
                return True
            case OrderState.REFUSED:
                problem = Problem("desk.cash.refund_refused", {}, Severity.WARNING)
                await self._record(settling.refund_refused, problem)
                return True
            case OrderState.UNKNOWN:
                return False
        await self._record(settling.refund_doubted, Problem("desk.cash.refund_in_work", {}, Severity.WARNING))
        return False

    async def _came(self, told: ProviderTold) -> None:
        await self._writer.acall(lambda uow: self._with_paper(uow, is_new=settling.came(uow, *self._ids, told)))

    def _with_paper(self, uow: UnitOfWork, *, is_new: bool) -> None:
        """Let the paper of what was just recorded come out in the same transaction."""
        if is_new:
            means = self._means
            print_receipt(uow, *self._ids, means.house, actor=SYSTEM, now=means.clock.now())

    async def _record(self, settle: Callable[[UnitOfWork, str, str, Problem], None], problem: Problem) -> None:
        await self._writer.acall(lambda uow: settle(uow, *self._ids, problem))

    async def _row(self) -> PaymentView | None:
        return await asyncio.to_thread(self._read)

    def _read(self) -> PaymentView | None:
        with self._store.read() as uow:
            visit = uow.visits.get(self._which.visit_id)
        return payment_of(visit, self._which.payment_id) if visit is not None else None

    async def _pause(self, pause_s: float | None = None) -> None:
        """Wait, longer each time; whoever is woken waits no longer."""
        if pause_s is None:
            pause_s = self._tempo.pause_after(self._tries, self._spent_s)
            self._tries += 1
        try:
            await asyncio.wait_for(self.woken.wait(), pause_s)
        except TimeoutError:
            return
        self.woken.clear()

    @property
    def _ids(self) -> tuple[str, str]:
        return self._which.visit_id, self._which.payment_id

    @property
    def _spent_s(self) -> float:
        return time.monotonic() - self._began_s


def about(code: str, reason: Problem) -> Problem:
    """Return a problem about money whose evidence is what somebody outside did: his next step is not the clerk's."""
    return Problem(code, {**reason.params, "why": f"{reason.code}.cause"}, Severity.WARNING)
