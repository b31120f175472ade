"""The simulated payment provider: takes a customer's money once an order number, remembers every order, and fails as switched.

What it did with money is decided before its answer goes out, so that an answer can be lost, late or twice while the ledger
is right; the ledger is what a counter of doubled and lost money reads.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

# FastAPI looks these up when it reads the handlers' annotations
from fastapi import FastAPI, Request, Response

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.twin.authority.frame import CentreFaults, failure, marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

CHANNEL = "payment"
PATH = "/payment"
DECLINED_END = "0"
"""A code that ends so is of a customer without money."""
CONFIRM_END = "9"
"""A code that ends so is of a customer who must confirm on the phone."""
LATE_END, LATE_S = "4444", 7.0
"""The money of a code that ends so moves at once, and the answer comes this late (real seconds)."""


@dataclass
class PaymentFaults(CentreFaults):
    """What the provider does wrong beside what every centre may.

    `late_s` real seconds pass after the money moved and before the answer; `lost_answer` cuts the connection then;
    `double_answer` sends the answer twice in one; `confirm` lets every customer confirm on the phone, after
    `confirm_s`; `declines` lets them say no there; `wrong_amount` takes one yuan more than was asked for;
    `pays_after_close` lets a customer's confirmation through although the order was closed; `refund_late_s` is how long
    a refund is being worked on.
    """

    late_s: float = 0.0
    lost_answer: bool = False
    double_answer: bool = False
    confirm: bool = False
    confirm_s: float = 4.0
    declines: bool = False
    wrong_amount: bool = False
    pays_after_close: bool = False
    refund_late_s: float = 0.0


@dataclass
class Order:
    """One order: how it stands, what was charged and given back; `confirm_at_s` is when the customer presses the button."""

    number: str
    state: str
    charged_fen: int = 0
    asked_fen: int = 0
    ref: str = ""
    confirm_at_s: float | None = None
    will_decline: bool = False
    extra_fen: int = 0
    refunds: dict[str, Refund] = field(default_factory=dict)


@dataclass
class Refund:
    """One refund of an order; money moves when it is done."""

    number: str
    amount_fen: int
    done_at_s: float
    is_done: bool = False


class Ledger:
    """What happened to money, one JSON object a line: `at_s`, `what`, `order`, `amount_fen`; and every question as it came."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.rows: list[dict[str, Any]] = []

    def write(self, what: str, **values: object) -> None:
        """Add a row; on the file at once when there is one."""
        row = {"what": what, **values}
        with self._lock:
            self.rows.append(row)
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")


class SimulatedProvider:
    """Orders by number; `answer` is the whole conversation. `pick` says for each question what goes wrong with it.

    Customers press their buttons in real seconds (`clock_s`), whatever the station's clock does.
    """

    def __init__(
        self,
        pick: Callable[[], PaymentFaults],
        ledger: Ledger | None = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pick = pick
        self._clock_s = clock_s
        self.ledger = ledger or Ledger()
        self._orders: dict[str, Order] = {}
        self._used_codes: set[str] = set()
        self._count = 0

    def app(self) -> FastAPI:
        """Return the provider as a centre with ways of its own to fail."""
        app = FastAPI(title="carcheck simulated payment", docs_url=None, redoc_url=None, openapi_url=None)

        @app.post(PATH)
        async def answer(request: Request) -> Response:
            """Answer one question, or fail as it was switched."""
            content = await request.body()
            faults = self._pick()
            if faults.slow_s:
                await asyncio.sleep(faults.slow_s)
            failed = failure(faults)
            if failed is not None:
                return failed
            try:
                asked = from_json(content, dict)
            except DataError:
                return marked({"head": {"code": "BAD_REQUEST", "message": "请求不是有效的 JSON（模拟）"}})
            told = self.answer(asked, faults)
            if asked.get("method") not in ("trade.pay", "refund.apply"):
                return marked(told)
            late_s = faults.late_s or (LATE_S if str(asked.get("auth_code", "")).endswith(LATE_END) else 0.0)
            if late_s:
                await asyncio.sleep(late_s)
            if faults.lost_answer:
                return CutOff()
            return Twice(marked(told)) if faults.double_answer else marked(told)

        return app

    def answer(self, question: dict[str, Any], faults: PaymentFaults) -> dict[str, Any]:
        """Answer one question; what has to happen by now to the orders happens first."""
        asked = {name: str(value) for name, value in question.items()}
        self._pass_time()
        shown = {name: value for name, value in asked.items() if name != "auth_code"}
        self.ledger.write("asked", **shown)
        order = self._orders.get(asked.get("out_trade_no", ""))
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "trade.pay": lambda: self._pay(asked, faults),
            "trade.query": lambda: self._told(order),
            "trade.close": lambda: self._close(asked.get("out_trade_no", ""), faults),
            "refund.apply": lambda: self._refund(asked, faults),
            "refund.query": lambda: self._told_refund(asked),
            "ping": lambda: _head("OK", "（模拟）"),
        }
        answer = answers.get(asked.get("method", ""))
        return _head("UNKNOWN_METHOD", "接口不存在（模拟）") if answer is None else answer()

    def _pay(self, asked: dict[str, str], faults: PaymentFaults) -> dict[str, Any]:
        number, code = asked.get("out_trade_no", ""), asked.get("auth_code", "")
        amount = asked.get("total_fee", "")
        if not number or not amount.isdigit() or int(amount) <= 0:
            return _head("BAD_REQUEST", "参数不完整（模拟）")
        if number in self._orders:
            return _head("ORDER_USED", "订单号重复（模拟）")
        if code in self._used_codes:
            return _head("CODE_USED", "付款码已使用（模拟）")
        self._used_codes.add(code)
        if code.endswith(DECLINED_END):
            self._orders[number] = Order(number, "PAYERROR", asked_fen=int(amount))
            return _head("NOT_ENOUGH", "余额不足（模拟）")
        order = Order(
            number,
            "USERPAYING",
            asked_fen=int(amount),
            will_decline=faults.declines,
            extra_fen=100 if faults.wrong_amount else 0,
        )
        self._orders[number] = order
        if faults.confirm or code.endswith(CONFIRM_END):
            order.confirm_at_s = self._clock_s() + faults.confirm_s
        else:
            self._charge(order)
        return self._told(order)

    def _charge(self, order: Order) -> None:
        self._count += 1
        order.charged_fen = order.asked_fen + order.extra_fen
        order.state = "SUCCESS"
        order.ref = f"SIM{self._count:012d}"
        self.ledger.write("charged", order=order.number, amount_fen=order.charged_fen)

    def _close(self, number: str, faults: PaymentFaults) -> dict[str, Any]:
        order = self._orders.setdefault(number, Order(number, "CLOSED"))
        if order.state == "USERPAYING":
            order.state = "CLOSED"
            if not faults.pays_after_close:
                order.confirm_at_s = None
        return self._told(order)

    def _refund(self, asked: dict[str, str], faults: PaymentFaults) -> dict[str, Any]:
        order, number = self._orders.get(asked.get("out_trade_no", "")), asked.get("out_refund_no", "")
        amount = asked.get("total_fee", "")
        if order is None:
            return _head("NOT_EXIST", "订单不存在（模拟）")
        if number not in order.refunds:
            given_back = sum(each.amount_fen for each in order.refunds.values())
            if not amount.isdigit() or not 0 < int(amount) <= order.charged_fen - given_back:
                return self._refund_told(order, Refund(number, 0, 0.0), "PAYERROR")
            due_s = self._clock_s() + faults.refund_late_s
            order.refunds[number] = Refund(number, int(amount), due_s)
            self._pass_time()
        return self._told_refund(asked)

    def _pass_time(self) -> None:
        """Let customers press their buttons and refunds be done whose time has come."""
        now_s = self._clock_s()
        for order in self._orders.values():
            if order.confirm_at_s is not None and order.confirm_at_s <= now_s:
                order.confirm_at_s = None
                if order.will_decline:
                    order.state = "PAYERROR"
                else:
                    self._charge(order)
            for refund in order.refunds.values():
                if not refund.is_done and refund.done_at_s <= now_s:
                    refund.is_done = True
                    self.ledger.write("given_back", order=order.number, amount_fen=refund.amount_fen)

    def _told(self, order: Order | None) -> dict[str, Any]:
        if order is None:
            return _head("NOT_EXIST", "订单不存在（模拟）")
        body = {"out_trade_no": order.number, "state": order.state, "total_fee": order.charged_fen or order.asked_fen}
        return {**_head("OK", "（模拟）"), "body": {**body, "transaction_id": order.ref}}

    def _told_refund(self, asked: dict[str, str]) -> dict[str, Any]:
        order = self._orders.get(asked.get("out_trade_no", ""))
        refund = order.refunds.get(asked.get("out_refund_no", "")) if order is not None else None
        if order is None or refund is None:
            return _head("NOT_EXIST", "退款单不存在（模拟）")
        return self._refund_told(order, refund, "SUCCESS" if refund.is_done else "PROCESSING")

    def _refund_told(self, order: Order, refund: Refund, state: str) -> dict[str, Any]:
        body = {
            "out_trade_no": order.number, "out_refund_no": refund.number, "state": state,
            "total_fee": refund.amount_fen, "transaction_id": order.ref,
        }  # fmt: skip
        return {**_head("OK", "（模拟）"), "body": body}


class CutOff(Response):
    """An answer that breaks off: the connection ends before the length that was announced."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Begin an answer and end the connection in it."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"400")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"head":', "more_body": True})


class Twice(Response):
    """The same answer two times in one body."""

    def __init__(self, once: Response) -> None:
        super().__init__(bytes(once.body) * 2, media_type="application/json")


def _head(code: str, message: str) -> dict[str, Any]:
    return {"head": {"code": code, "message": message}}
