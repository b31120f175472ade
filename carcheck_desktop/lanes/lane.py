"""One lane: takes commands, runs at most one car's flow, and turns every end of it into facts.

Nothing starts by itself: after a stop, an error or a restart the attempt waits for a person.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError, RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Message, Problem, params_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.views import LaneView, VisitView, plan_now
from carcheck_desktop.lanes import checks
from carcheck_desktop.lanes.errors import TwoClaimsError
from carcheck_desktop.lanes.flow import AttemptFlow
from carcheck_desktop.lanes.leaving import Leaving
from carcheck_desktop.lanes.records.ending import OPEN, Endings
from carcheck_desktop.lanes.records.ledger import Ledger
from carcheck_desktop.lanes.records.positions import Positions
from carcheck_desktop.lanes.records.restore import last_entries, restored
from carcheck_desktop.lanes.steps.live import LivePublisher
from carcheck_desktop.lanes.steps.run import AnalyserMemory
from carcheck_desktop.lanes.stopping import Machinery

if TYPE_CHECKING:
    from carcheck_desktop.lanes.parts import LaneParts

log = logging.getLogger(__name__)


class Lane:
    """A lane of this process; `open` it first. Every method runs on the engine's loop."""

    def __init__(self, parts: LaneParts) -> None:
        self.parts = parts
        self._attempts: Counter[str] = Counter()
        self._live = LivePublisher(parts.lane, parts.clock, parts.samples)
        self._one_command = asyncio.Lock()
        self._one_device = asyncio.Lock()
        self._flow: AttemptFlow | None = None
        self._task: asyncio.Task[None] | None = None
        self._asked: frozenset[str] = frozenset()
        self._halted = False
        self._machinery = Machinery(parts.bench, parts.lane, parts.clock)
        self._analyser = AnalyserMemory()
        self._is_open = asyncio.Event()
        self._set_books(LaneView(parts.lane, parts.node), Positions())

    @property
    def name(self) -> str:
        """The lane's name in the station file."""
        return self.parts.lane

    @property
    def view(self) -> LaneView:
        """The lane as its facts say, with what could not be written down laid over it."""
        view = self._endings.view
        if self._halted and not view.stopped:
            return replace(view, stopped=True, stop_reason=Message("lanes.stop.unrecorded"), prompt=None)
        return view

    async def open(self) -> None:
        """Take up where the journal ends: stop machinery, void what was cut off, wait for a person.

        The stop is on its way when this returns; it waits for nobody, as the line may not be open yet.
        """
        entries = await last_entries(self.parts.journal, self.name, self.parts.positions)
        known = restored(entries, self.name, self.parts.node)
        self._set_books(known.view, known.positions)
        self._attempts = known.attempts
        attempt = known.view.attempt
        if attempt is not None and attempt.state in OPEN:
            self._machinery.stop_when_reached()
            reason = Problem("lanes.restarted", {"lane": self.name, "plate": attempt.vehicle.plate})
            await self._endings.interrupt(reason, self.parts.node)
        self._leaving.watch()
        self._is_open.set()

    async def close(self) -> None:
        """End in order: rollers stopped, the running item void, no task left behind."""
        async with self._one_command:
            await self._leaving.end()
            await self._machinery.end()
            if await self._end_flow():
                await self._machinery.stop()
                await self._endings.interrupt(Problem("lanes.closed", {"lane": self.name}), self.parts.node)
            await self.ledger.settle()

    async def start_attempt(self, visit_id: str, actor: str) -> str:
        """Take a visit onto the lane and begin; returns the attempt's id, raises `RefusedError`."""
        async with self._one_command:
            checks.require_movable(self.view, self.parts.instruments)
            checks.require_empty(self.view)
            await asyncio.to_thread(self.parts.judge.follow, self.parts.visits.tables)
            checks.require_same_tables(self.name, self.parts)
            visit = await self.parts.visits.order(visit_id)
            if visit is None:
                raise RefusedError("lanes.door.unknown_visit", lane=self.name, visit=visit_id)
            checks.require_to_do(self.view, visit)
            checks.require_nowhere_else(self.view, visit)
            checks.require_equipped(self.name, self.parts, visit)
            checks.require_paid(self.name, self.parts, visit)
            started = self._started(visit)
            self._positions.plates[visit_id] = visit.vehicle.plate
            self._positions.axle.clear()
            await self.ledger.record(started, actor)
            self._attempts[visit_id] += 1
            self._begin(actor, is_resumed=False)
            return started.attempt_id

    async def resume_attempt(self, attempt_id: str, actor: str) -> None:
        """Go on after an interruption; raises `RefusedError`, or `StorageError` while the disk is full."""
        async with self._one_command:
            checks.require_movable(self.view, self.parts.instruments)
            checks.require_same_tables(self.name, self.parts)
            attempt = checks.require_interrupted(self.view, attempt_id)
            await self._end_flow()
            await self._endings.catch_up(actor)
            await self.ledger.record(f.AttemptResumed(attempt.attempt_id, attempt.visit_id, self.name), actor)
            self._begin(actor, is_resumed=True)

    async def repeat_item(self, attempt_id: str, item: str, actor: str) -> None:
        """Do a finished item of the running attempt once more, next; raises `RefusedError`."""
        async with self._one_command:
            checks.require_movable(self.view, self.parts.instruments)
            checks.require_repeatable(self.view, attempt_id, item)
            if self._flow is None or self._task is None or self._task.done():
                raise RefusedError("lanes.door.no_such_attempt", lane=self.name, attempt=attempt_id)
            self._flow.actor = actor
            self._flow.repeat(item)

    async def abort_attempt(self, attempt_id: str, reason: str, actor: str) -> None:
        """End the attempt; what was recorded stays, the car keeps its positions until it is gone."""
        async with self._one_command:
            attempt = checks.require_attempt(self.view, attempt_id)
            if await self._end_flow():
                await self._machinery.stop()
            aborted = Problem("lanes.aborted", params_of({"actor": actor, "reason": reason}))
            await self._endings.void_running(aborted, actor, will_repeat=False)
            ended = f.AttemptEnded(attempt.attempt_id, attempt.visit_id, self.name, f.AttemptEnd.ABORTED, reason)
            await self.ledger.record(ended, actor)
            self._endings.unrecorded = None
            await self._let_out(actor, attempt.visit_id)
            self._leaving.watch()

    async def stop(self, actor: str, node: str) -> None:
        """Stop all machinery now; written down only after it was told to stop. Never refused."""
        self._halted = True
        told = asyncio.create_task(self._machinery.stop())
        if self._task is not None:
            self._task.cancel()
        is_confirmed = await told
        async with self._one_command:
            await self._end_flow()
            who = params_of({"actor": actor, "node": node})
            reason = Message("lanes.stop.commanded" if is_confirmed else "lanes.stop.unconfirmed", who)
            await self._endings.note(f.LaneStopped(self.name, node, reason), actor)
            await self._endings.interrupt(Problem("lanes.stopped", who), actor)

    async def release_stop(self, actor: str) -> None:
        """Allow the lane to move again; nothing starts by itself. Raises `RefusedError`."""
        async with self._one_command:
            if not self.view.stopped:
                raise RefusedError("lanes.door.not_stopped", lane=self.name)
            await self._endings.pay()
            await self.ledger.record(f.StopReleased(self.name), actor)
            self._halted = False

    async def device_changed(self, fact: f.DeviceAttached | f.DeviceLost) -> None:
        """Write down that a device came or went, once a change; a stop that it missed is made up for."""
        await self._is_open.wait()
        async with self._one_device:
            if isinstance(fact, f.DeviceAttached):
                await self._machinery.is_back(fact.device)
            if checks.is_news(self.ledger.view, fact):
                await self._endings.note(fact, self.parts.node)

    async def record(self, fact: f.Fact, actor: str) -> None:
        """Write down what the door found; kept in the log where the disk cannot."""
        await self._endings.note(fact, actor)

    # -- inside --------------------------------------------------------------------------------

    def _set_books(self, view: LaneView, positions: Positions) -> None:
        self.ledger = Ledger(self.parts.journal, view)
        self._positions = positions
        self._endings = Endings(self.ledger, self.name)
        self._leaving = Leaving(self.parts, self.ledger, positions)

    def _started(self, visit: VisitView) -> f.AttemptStarted:
        before = visit.recheck.attempts_before if visit.recheck is not None else 0
        number = max(len(visit.attempts), before, self._attempts[visit.visit_id]) + 1
        editions = {visit.edition: visit.table_hash} | visit.tables
        now = self.parts.judge.hashes  # a table file may have been approved anew since the visit was opened
        judged_by = {edition: now.get(edition, digest) for edition, digest in editions.items()}
        return f.AttemptStarted(
            new_id("attempt"), visit.visit_id, self.name, number, visit.vehicle, visit.inspection,
            plan_now(visit), visit.edition, judged_by[visit.edition], judged_by,
        )  # fmt: skip

    def _begin(self, actor: str, *, is_resumed: bool) -> None:
        """Let a flow run, unless a stop came in while this was being written down."""
        if self._halted:
            return
        vouched, self._asked = self._asked if is_resumed else frozenset(), frozenset()
        books = (self.parts, self.ledger, self._positions, self._live)
        self._flow = AttemptFlow(*books, actor, is_resumed, vouched, analyser=self._analyser)
        self._task = asyncio.create_task(self._guarded(self._flow), name=f"lane {self.name}")

    async def _guarded(self, flow: AttemptFlow) -> None:
        try:
            await flow.run()
        except TwoClaimsError as question:
            self._asked = frozenset({question.position})
            await self._endings.interrupt(question.problem, flow.actor)
        except CarcheckError as error:
            log.warning("lane %s interrupted: %s", self.name, error)
            await self._endings.interrupt(error.problem, flow.actor)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            await self._failed(error, flow)
        except Exception as error:  # the edge of the engine's task: reported, the lane waits for a person
            log.exception("lane %s: the flow failed", self.name)
            await self._failed(error, flow)

    async def _failed(self, error: BaseException, flow: AttemptFlow) -> None:
        seen = params_of({"lane": self.name, "error": type(error).__name__, "detail": error})
        await self._endings.interrupt(Problem("lanes.unexpected", seen), flow.actor)

    async def _end_flow(self) -> bool:
        """Cancel the flow and wait for it; returns whether one was running."""
        task, self._task, self._flow = self._task, None, None
        if task is None or task.done():
            return False
        task.cancel()
        await asyncio.wait({task})
        await self.ledger.settle()
        return True

    async def _let_out(self, actor: str, visit_id: str) -> None:
        """Let an aborted car drive off: lift up (not while the lane is stopped) and the prompt for it."""
        if not any(held.visit_id == visit_id for held in self._positions.held.values()):
            return
        if not self.view.stopped:
            await self._machinery.lift_up()
        now_s = self.parts.clock.monotonic()
        off = Message("lanes.prompt.drive_off")
        prompt = f.PromptShown(new_id("prompt"), visit_id, self.name, "driven_off", 0, now_s, off)
        await self._endings.note(prompt, actor)
