"""A car's way through the lane: items in order, each begun on a claimed position, recorded whole.

The flow ends by itself when the car has left, or by an error or cancellation that the lane turns
into facts. It never decides to go on after one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem, worst
from carcheck_desktop.domain.views import AttemptView, ItemState, ItemView
from carcheck_desktop.lanes.errors import StepError, SupersededError, TwoClaimsError
from carcheck_desktop.lanes.parts import BENCH, EMISSION, SCALE
from carcheck_desktop.lanes.records.restore import position_of
from carcheck_desktop.lanes.steps.arriving import (
    Arrival,
    arrive_at_analyser,
    arrive_on_bench,
    arrive_on_scale,
    is_clear,
    raise_lift,
)
from carcheck_desktop.lanes.steps.axle_weighing import axle_weighing
from carcheck_desktop.lanes.steps.parking_brake import parking_brake
from carcheck_desktop.lanes.steps.run import AnalyserMemory, ItemRun, wait_until
from carcheck_desktop.lanes.steps.service_brake import service_brake
from carcheck_desktop.lanes.steps.two_speed_idle import two_speed_idle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from carcheck_desktop.lanes.parts import LaneParts, Measured
    from carcheck_desktop.lanes.records.ledger import Ledger
    from carcheck_desktop.lanes.records.positions import Positions
    from carcheck_desktop.lanes.steps.live import LivePublisher

STEPS: dict[ItemKind, Callable[[ItemRun], Awaitable[Measured]]] = {
    ItemKind.AXLE_WEIGHING: axle_weighing,
    ItemKind.SERVICE_BRAKE: service_brake,
    ItemKind.PARKING_BRAKE: parking_brake,
    ItemKind.TWO_SPEED_IDLE: two_speed_idle,
}
MISSING = {SCALE: "lanes.no_scale", BENCH: "lanes.no_bench", EMISSION: "lanes.no_analyser_here"}
LEAVE_LIMIT_S = 180.0
WITHDRAWN = "withdrawn"
"""The reason of an attempt that ended because its visit was given up."""
OFF = "off"
"""Where a car is sent that has done everything."""


@dataclass
class AttemptFlow:
    """One car's items from where they are to the end.

    `actor` is the person who let it go on. `is_resumed` says that the person has looked at the car
    after an interruption; `vouched` names the positions that the interruption asked about.
    """

    parts: LaneParts
    ledger: Ledger
    positions: Positions
    live: LivePublisher
    actor: str
    is_resumed: bool = False
    vouched: frozenset[str] = frozenset()
    analyser: AnalyserMemory = field(default_factory=AnalyserMemory)
    repeats: deque[str] = field(default_factory=deque)
    _arrived: set[str] = field(default_factory=set)
    _sent_to: tuple[str, int] | None = None
    _is_withdrawn: bool = False

    async def run(self) -> None:
        """Do every item that is not done, let the car drive off, end the attempt.

        When the visit is given up meanwhile, the item that runs is finished and none after it is begun.
        """
        while True:
            self._notice_withdrawal()
            item = None if self._is_withdrawn else self._next()
            try:
                if item is None:
                    await self._leave()
                    break
                await self._do(item)
            except SupersededError:
                continue
        await self._record(self._end())

    def _end(self) -> f.AttemptEnded:
        """Return how the attempt ended: complete even when the visit was given up during its last item."""
        is_done = all(item.state is ItemState.DONE for item in self.attempt.items)
        if is_done or not self._is_withdrawn:
            return f.AttemptEnded(**self._whose(), end=f.AttemptEnd.COMPLETE, reason="")
        return f.AttemptEnded(**self._whose(), end=f.AttemptEnd.ABORTED, reason=WITHDRAWN)

    def _notice_withdrawal(self) -> None:
        if not self._is_withdrawn and self.parts.visits.is_withdrawn(self.attempt.visit_id):
            self._is_withdrawn = True
            self.repeats.clear()

    @property
    def attempt(self) -> AttemptView:
        """The attempt as its facts say now."""
        attempt = self.ledger.view.attempt
        if attempt is None:
            raise TypeError("a flow without an attempt")
        return attempt

    def repeat(self, item: str) -> None:
        """Do an item once more, before the next one."""
        if item not in self.repeats:
            self.repeats.append(item)

    # -- one item ------------------------------------------------------------------------------

    def _next(self) -> ItemView | None:
        if self.repeats:
            wanted = self.repeats.popleft()
            return next(item for item in self.attempt.items if item.item == wanted)
        return next((item for item in self.attempt.items if item.state is not ItemState.DONE), None)

    async def _do(self, item: ItemView) -> None:
        self._require_room()
        axle = _axle_of(item)
        position = position_of(item.kind)
        await self._settle_claim(position)
        evidence = await self._arrive(position, axle)
        occupancy = await self._occupy(position, evidence)
        run = self._run_of(item, axle)
        await self._record(
            f.ItemStarted(
                run_id=run.run_id, **self._whose(), occupancy_id=occupancy.occupancy_id, item=item.item,
                item_kind=item.kind, axle=axle, demanded_sum_daN=self.parts.judge.demanded_sum_daN(run.attempt, run.item),
                demand=run.demand,
            )
        )  # fmt: skip
        measured = await STEPS[item.kind](run)
        await self._finish(run, occupancy, measured)

    async def _finish(self, run: ItemRun, occupancy: f.OccupancyTaken, measured: Measured) -> None:
        cards = self.parts.judge.judge(run.attempt, measured)
        finished = f.ItemFinished(
            run_id=run.run_id, **self._whose(), occupancy_id=occupancy.occupancy_id, item=run.item.item,
            item_kind=run.item.kind, axle=run.axle, cards=cards, outcome=worst([card.outcome for card in cards]),
            origin=measured.origin, instruments=measured.instruments, effort=measured.effort,
            weighing=measured.weighing, service_brake=measured.service_brake, parking_brake=measured.parking_brake,
            two_speed_idle=measured.two_speed_idle,
        )  # fmt: skip
        await self._record(finished, () if measured.blob is None else (measured.blob,))

    def _run_of(self, item: ItemView, axle: int) -> ItemRun:
        planned = PlannedItem(item.item, item.kind, item.axle, item.plan_reason, item.purposes)
        return ItemRun(
            attempt=self.attempt,
            item=planned,
            axle=axle,
            run_id=new_id("run"),
            stays=self._stays_after(item, axle),
            clock=self.parts.clock,
            bench=self.parts.bench,
            scale=self.parts.scale,
            prompt=self._prompt,
            live=self.live,
            gas=self.parts.gas,
            demand=self.parts.judge.demand(self.attempt, planned),
            analyser=self.analyser,
        )

    def _stays_after(self, item: ItemView, axle: int) -> bool:
        rest = (each for each in self.attempt.items if each.state is not ItemState.DONE and each.item != item.item)
        following = next(rest, None)
        return (
            following is not None and following.axle == axle and position_of(following.kind) == position_of(item.kind)
        )

    def _require_room(self) -> None:
        free = self.parts.journal.free_bytes()
        if free is not None and free < self.parts.enough_bytes:
            free_mb, needed_mb = free // 1_000_000, self.parts.enough_bytes // 1_000_000
            raise StepError("lanes.disk_full", free_mb=free_mb, needed_mb=needed_mb)

    # -- positions -----------------------------------------------------------------------------

    async def _settle_claim(self, position: str) -> None:
        """Let nobody drive onto a position of another car, but where a person has looked at it."""
        try:
            self.positions.require_free(position, self.attempt.visit_id)
        except TwoClaimsError:
            if position not in self.vouched:
                raise
            await self.release(self.positions.held[position])

    async def _arrive(self, position: str, axle: int) -> Message:
        is_recalled = self._sent_to not in (None, (position, axle))
        self._sent_to = (position, axle)
        arrival = Arrival(
            clock=self.parts.clock,
            prompt=self._prompt,
            live=self.live,
            expected=axle,
            last=self.positions.axle.get(position),
            is_vouched=self.is_resumed and position not in self._arrived,
            is_recalled=is_recalled,
            left=lambda: self.positions.left(position),
            check=self._check_superseded,
        )
        if position == SCALE and self.parts.scale is not None:
            evidence = await arrive_on_scale(arrival, self.parts.scale)
        elif position == BENCH and self.parts.bench is not None:
            evidence = await arrive_on_bench(arrival, self.parts.bench)
        elif position == EMISSION and self.parts.gas is not None:
            evidence = await arrive_at_analyser(arrival, self.parts.gas)
        else:
            raise StepError(MISSING[position], axle=axle)
        self._sent_to = None
        self._arrived.add(position)
        self.positions.axle[position] = axle
        return evidence

    async def _occupy(self, position: str, evidence: Message) -> f.OccupancyTaken:
        """Claim the position for this visit, with who says so and what was seen there."""
        own = self.positions.require_free(position, self.attempt.visit_id)
        if own is not None:
            return own
        for other in self.positions.others_of(self.attempt.visit_id, position):
            await self.release(other)
        person = Message("lanes.evidence.person", {"actor": self.actor})
        taken = f.OccupancyTaken(
            new_id("occupancy"), self.parts.lane, position, self.attempt.visit_id, (person, evidence)
        )
        await self._record(taken)
        self.positions.take(taken)
        return taken

    async def release(self, held: f.OccupancyTaken) -> None:
        """Record that a position is free again."""
        released = f.OccupancyReleased(held.occupancy_id, held.lane, held.position, held.visit_id)
        await self._record(released)
        self.positions.release(released)

    async def _leave(self) -> None:
        """Let the car drive off; it has left when every position it held is seen empty."""
        clock, parts = self.parts.clock, self.parts
        held = self.positions.others_of(self.attempt.visit_id, None)
        if not held:
            return
        if parts.bench is not None and any(each.position == BENCH for each in held):
            await raise_lift(parts.bench, clock)
        self._sent_to = (OFF, 0)
        await self._prompt("driven_off", 0, Message("lanes.prompt.drive_off"))

        async def look() -> bool:
            self._check_superseded()
            return all([await is_clear(each.position, parts) for each in held])

        def too_late() -> StepError:
            return StepError("lanes.timeout.drive_off", limit_s=int(LEAVE_LIMIT_S))

        await wait_until(clock, look, LEAVE_LIMIT_S, too_late)
        for each in held:
            await self.release(each)

    # -- facts ---------------------------------------------------------------------------------

    def _check_superseded(self) -> None:
        """Raise where a car is only waited for, once something else is to be done with it."""
        is_news = not self._is_withdrawn and self.parts.visits.is_withdrawn(self.attempt.visit_id)
        if self.repeats or is_news:
            raise SupersededError

    async def _prompt(self, expects: str, axle: int, message: Message, due_s: float | None = None) -> float:
        counts_from_s = self.parts.clock.monotonic() if due_s is None else due_s
        visit_id, lane = self.attempt.visit_id, self.parts.lane
        await self._record(f.PromptShown(new_id("prompt"), visit_id, lane, expects, axle, counts_from_s, message))
        return counts_from_s

    async def _record(self, fact: f.Fact, blobs: tuple[bytes, ...] = ()) -> None:
        await self.ledger.record(fact, self.actor, blobs)

    def _whose(self) -> dict[str, str]:
        attempt = self.attempt
        return {"attempt_id": attempt.attempt_id, "visit_id": attempt.visit_id, "lane": self.parts.lane}


def _axle_of(item: ItemView) -> int:
    if item.axle == 0 and item.kind is not ItemKind.TWO_SPEED_IDLE:
        raise StepError("lanes.several_axles", item=item.item)
    return item.axle
