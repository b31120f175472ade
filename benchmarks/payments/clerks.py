"""Clerks who open visits and take their money by scanned code until it is there, whatever the answers do."""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
import time
import urllib.error
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from websockets.exceptions import InvalidHandshake, WebSocketException

from benchmarks.feed_counter import feed, get
from benchmarks.payment_counter import payload
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import CancelPayment, OpenVisit, RequestScan, SetPriceList, SignIn
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.twin.scenario import arrivals

if TYPE_CHECKING:
    from carcheck_desktop.domain.commands import Command, Reply

DUE_FEN = 210_00
PIN = "2468"
PEOPLE = (("clerk", Role.CLERK), ("manager", Role.MANAGER), ("auditor", Role.AUDITOR))
ENDS = {"payment_paid": "paid", "payment_refused": "refused", "payment_cancelled": "cancelled"}
RETRY_S, LOOK_S, LIMIT_S = 0.3, 0.05, 300.0


@dataclass
class Heard:
    """What the service's feed says of payments, followed through every restart."""

    url: str
    states: dict[str, str] = field(default_factory=dict)
    of_visit: dict[str, list[str]] = field(default_factory=dict)
    refunds: dict[str, str] = field(default_factory=dict)
    asked_s: dict[str, float] = field(default_factory=dict)
    known_s: dict[str, float] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Listen for ever."""
        pos, epoch = 0, ""
        while True:
            try:
                epoch = epoch or get(f"{self.url}/handshake")["epoch"]
                for fact in feed(self.url, pos, epoch):
                    pos = fact["pos"]
                    self._take(fact["kind"], payload(fact))
            except (OSError, ValueError, urllib.error.URLError, WebSocketException, InvalidHandshake):
                time.sleep(0.05)

    def _take(self, kind: str, said: dict[str, Any]) -> None:
        payment = said.get("payment_id", "")
        if kind == "payment_requested":
            self.states.setdefault(payment, "open")
            self.asked_s[payment] = time.monotonic()
            self.of_visit.setdefault(said["visit_id"], []).append(payment)
        elif kind == "payment_uncertain":
            self.doubted.add(payment)
        elif kind in ENDS:
            self.states[payment] = ENDS[kind]
            self.known_s.setdefault(payment, time.monotonic())
        elif kind == "refund_requested":
            self.states[payment] = "going_back"
        elif kind == "refund_made":
            self.states[payment] = "refunded"

    def last_of(self, visit: str) -> str:
        """Return how the newest payment of a visit stands; "" when there is none. Paid at all is paid."""
        all_of = [self.states.get(each, "open") for each in self.of_visit.get(visit, [])]
        unsettled = [each for each in all_of if each in ("open", "going_back")]
        return "paid" if "paid" in all_of else (unsettled[-1] if unsettled else (all_of[-1] if all_of else ""))

    def unsettled(self) -> int:
        """Count payments whose end is not known."""
        return sum(state in ("open", "going_back") for state in self.states.values())


class Clerks:
    """Several clerks at one service."""

    def __init__(self, url: str, seed: int, heard: Heard) -> None:
        self._url = url
        self._seed = seed
        self._random = random.Random(seed)
        self.heard = heard
        self._numbers = itertools.count()
        self.refusals: Counter[str] = Counter()
        self.paid = 0

    def take(self, visits: int, hands: int) -> None:
        """Open so many visits and take their money; returns when all of them are paid."""
        asyncio.run(self._take(visits, hands))

    async def _take(self, visits: int, hands: int) -> None:
        client = LinkClient(self._url, node="counter-1", clock=SystemClock())
        try:
            await self._publish_price(client)
            token = await self._signed_in(client, "clerk")
            day = inspection_date(datetime.now(UTC))
            (car,) = (each.vehicle for each in arrivals(self._seed, 1, "渝", day))
            waiting = iter(range(visits))

            async def one_clerk() -> None:
                for number in waiting:
                    vehicle = replace(car, plate=f"渝B{10000 + number}", vin="", engine_number="")
                    opened = await self._sure(client, OpenVisit(vehicle, InspectionKind.IN_USE), token)
                    await self._paid(client, str(opened.result["visit_id"]), token)
                    self.paid += 1

            await asyncio.gather(*(one_clerk() for _ in range(hands)))
        finally:
            await client.close()

    async def _paid(self, client: LinkClient, visit: str, token: str) -> None:
        """Scan codes until the visit is paid."""
        until_s = time.monotonic() + LIMIT_S
        while time.monotonic() < until_s:
            state = self.heard.last_of(visit)
            if state == "paid":
                return
            if state in ("open", "going_back"):
                await self._wait(client, visit, token)
                continue
            reply = await client.command(RequestScan(visit, DUE_FEN, self._code()), token=token)
            if not reply.accepted and reply.refusal is not None:
                self.refusals[reply.refusal.code] += 1
            await asyncio.sleep(RETRY_S)
        raise TimeoutError(f"{visit} is not paid after {LIMIT_S:.0f} s: {self.heard.last_of(visit)}")

    async def _wait(self, client: LinkClient, visit: str, token: str) -> None:
        """Wait for the end of a payment; an impatient clerk calls it off."""
        patience_s = self._random.choice((1.0, 4.0, 60.0))
        began_s = time.monotonic()
        has_called_off = False
        while self.heard.last_of(visit) in ("open", "going_back"):
            await asyncio.sleep(LOOK_S)
            if not has_called_off and time.monotonic() - began_s > patience_s:
                has_called_off = True
                payment = self.heard.of_visit[visit][-1]
                await client.command(CancelPayment(visit, payment), token=token)
            if time.monotonic() - began_s > LIMIT_S:
                raise TimeoutError(f"{visit}: {self.heard.of_visit[visit]} has no end")

    def _code(self) -> str:
        """Return a customer's new code; some have no money, some must confirm on the phone."""
        end = self._random.choices("1234567809", [11] * 8 + [5, 7])[0]
        return f"13{next(self._numbers):015d}{end}"

    async def _publish_price(self, client: LinkClient) -> None:
        manager, auditor = [await self._signed_in(client, name) for name in ("manager", "auditor")]
        line = PriceLine("all", "检验费", "Inspection", DUE_FEN)
        prices = SetPriceList(0, inspection_date(datetime.now(UTC)), (line,))
        reply = await client.command(prices, token=manager, second_token=auditor)
        assert reply.accepted, reply.refusal

    async def _signed_in(self, client: LinkClient, name: str) -> str:
        return str((await self._sure(client, SignIn(name, PIN), None)).result["token"])

    async def _sure(self, client: LinkClient, command: Command, token: str | None) -> Reply:
        """Send a command until a service that is being started again has taken it."""
        until_s = time.monotonic() + 60
        while True:
            reply = await client.command(command, token=token)
            if reply.accepted:
                return reply
            if reply.refusal is not None and reply.refusal.code == "desk.intake.already_here":
                reply.result["visit_id"] = reply.refusal.params["visit"]  # its answer was lost with the service
                return reply
            if time.monotonic() > until_s:
                raise TimeoutError(f"{command.kind}: {reply.refusal}")
            await asyncio.sleep(RETRY_S)


def listening(url: str) -> Heard:
    """Return what the feed says, followed in a thread of its own."""
    heard = Heard(url)
    threading.Thread(target=heard.listen, daemon=True).start()
    return heard
