"""A line: the one thread that owns a port and everything on it.

Jobs are plain functions; the most urgent goes first, each answered by a future. A job is done now
or refused: nothing waits for a lost port or device, and what has waited too long is refused. The
line alone opens and reopens the port, identifies every device after that, looks after the idle
ones, and is the one place where any exception of a driver is caught, logged and reported.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.api import (
    GarbledError,
    NoReplyError,
    PortAbsentError,
    PortError,
    RestartedError,
    StaleError,
    WrongIdentityError,
)
from carcheck_desktop.devices.machinery.lines.diagnosis import (
    DriverFaultError,
    LineBusyError,
    driver_fault,
    lost,
    named,
    open_or_explain,
)
from carcheck_desktop.devices.machinery.lines.health import Attachment, back_off_s
from carcheck_desktop.devices.machinery.lines.jobs import PATIENCE_S, Job, JobQueue, Priority
from carcheck_desktop.devices.machinery.wire.ports import PortKind, PortSettings
from carcheck_desktop.devices.machinery.wire.transport import LineTransport
from carcheck_desktop.devices.machinery.wire.wire_log import WireLog

__all__ = ["Line", "Priority"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

IDLE_S = 0.1
OVERDUE_S = 0.3
REDIAL_AFTER = 3


LOSING = (NoReplyError, GarbledError, WrongIdentityError, StaleError, RestartedError, DriverFaultError)
"""Errors after which a device must be identified again before anything else."""


class Line:
    """One port, its thread and its devices. `start` once, `close` at the end."""

    def __init__(self, settings: PortSettings, log: WireLog | None = None, *, may_be_unreal: bool = True) -> None:
        self.settings = settings
        self.transport = LineTransport(settings, log)
        self.attachments: list[Attachment] = []
        self._jobs = JobQueue()
        self._thread = threading.Thread(target=self._run, name=f"line {settings.name}", daemon=True)
        self._is_closing = False
        self._may_be_unreal = may_be_unreal
        self._problem: DeviceError | None = None
        self._failures = 0
        self._next_open_s = 0.0

    def attach(self, attachment: Attachment) -> None:
        """Add a device, before `start`."""
        self.attachments.append(attachment)

    def start(self) -> None:
        """Open the port and begin; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Refuse what waits, close port and wire log, end the thread."""
        self._is_closing = True
        self._jobs.wake()
        if self._thread.is_alive():
            self._thread.join(timeout=10.0)

    def submit(
        self,
        attachment: Attachment | None,
        priority: Priority,
        work: Callable[[], T],
        patience_s: float = PATIENCE_S,
    ) -> Future[T]:
        """Hand in a job for the line's thread; the future carries its value or its error.

        `attachment` is the device it is for: refused while that is not identified (a stop is tried
        all the same). A caller may cancel the future while the job still waits.
        """
        job = Job(attachment, priority, work, patience_s)
        self._jobs.put(job)
        if self._is_closing:
            self._jobs.refuse_all(lost("-", self.settings, "closed"))
        return job.future  # type: ignore[return-value]

    def call(
        self, work: Callable[[], T], attachment: Attachment | None = None, priority: Priority = Priority.READ
    ) -> T:
        """Have a job done and wait for it, from any thread but the line's own and never from an event loop."""
        return self.submit(attachment, priority, work).result(PATIENCE_S + 10.0)

    def _run(self) -> None:
        try:
            while not self._is_closing:
                self._safe_turn()
        finally:
            self._is_closing = True
            self.transport.detach("end")
            self._jobs.refuse_all(lost("-", self.settings, "closed"))
            self.transport.log.close()

    def _safe_turn(self) -> None:
        """Survive a mistake of our own or of a listener: log it, report it as the port's problem, go on."""
        try:
            self._turn()
        except Exception as error:
            logger.exception("%s: the line failed", self.settings.name)
            self._failures += 1
            self._problem = driver_fault("-", self.settings, error)
            self._next_open_s = time.monotonic() + back_off_s(self._failures)
            self.transport.detach("failed")

    def _turn(self) -> None:
        """Do one job, or look after port and devices, or wait a moment for something to do."""
        now_s = time.monotonic()
        if not self.transport.is_open and now_s >= self._next_open_s:
            self._open()
        if self._is_overdue(now_s):
            self._look_after_devices()
        job = self._jobs.take(self._idle_s())
        if job is not None:
            self._do(job)
            return
        self.transport.log.flush_if_due()
        self._look_after_devices()

    def _is_overdue(self, now_s: float) -> bool:
        """Whether reads have kept a device from being looked after; anything more urgent still goes first."""
        return not self._jobs.has_urgent() and any(one.due_s + OVERDUE_S < now_s for one in self.attachments)

    def _idle_s(self) -> float:
        now_s = time.monotonic()
        if not self.transport.is_open:
            return max(0.0, min(IDLE_S, self._next_open_s - now_s))
        due_s = min((one.due_s for one in self.attachments), default=now_s + IDLE_S)
        return max(0.0, min(IDLE_S, due_s - now_s))

    def _do(self, job: Job) -> None:
        future = job.future
        if not future.set_running_or_notify_cancel():
            return
        refusal = self._refusal(job)
        if refusal is not None:
            future.set_exception(refusal)
            return
        try:
            value = self._guarded(job.attachment, job.work, is_stop=job.priority is Priority.STOP)
        except DeviceError as error:
            future.set_exception(error)
        else:
            future.set_result(value)

    def _refusal(self, job: Job) -> DeviceError | None:
        """Return why a job is not done now: port gone, device lost and not yet due again, or waited too long."""
        attachment, now_s = job.attachment, time.monotonic()
        name = attachment.name if attachment else "-"
        if not self.transport.is_open:
            return named(self._problem, name, self.settings)
        if job.is_too_late:
            return LineBusyError(name, self.settings.name, PATIENCE_S)
        is_lost = attachment is not None and not attachment.is_attached and attachment.due_s > now_s
        if attachment is not None and is_lost and job.priority is not Priority.STOP:
            return attachment.error
        return None

    def _guarded(self, attachment: Attachment | None, work: Callable[[], T], *, is_stop: bool = False) -> T:
        """Do one job and let its outcome tell about the device; only `DeviceError` leaves.

        A device that was lost is asked who it is first: nothing is said to a stranger, but stop.
        """
        self.transport.current_device = attachment.name if attachment else "-"
        try:
            if attachment is not None and not attachment.is_attached and not is_stop:
                self._identify(attachment)
            value = work()
        except DeviceError as error:
            self._after_error(attachment, error)
            raise
        except Exception as error:
            logger.exception("%s: the driver failed", self.transport.current_device)
            fault = driver_fault(self.transport.current_device, self.settings, error)
            self._after_error(attachment, fault)
            raise fault from error
        if attachment is not None and attachment.is_attached:
            attachment.well(time.monotonic())
        return value

    def _identify(self, attachment: Attachment) -> None:
        identity = attachment.driver.identify()
        if attachment.on_attach is not None:
            attachment.on_attach()
        attachment.attached(identity, time.monotonic())
        logger.info("%s on %s: %s", attachment.name, self.settings.name, identity)

    def _after_error(self, attachment: Attachment | None, error: DeviceError) -> None:
        if isinstance(error, PortAbsentError):
            self._lose(error)
        elif attachment is not None and isinstance(error, LOSING) and attachment.lost(error, time.monotonic()):
            logger.warning("%s on %s: %s", attachment.name, self.settings.name, error)
            self.transport.log.event(f"{attachment.name}: {error.code}")
        if attachment is not None and attachment.failures and attachment.failures % REDIAL_AFTER == 0:
            self._redial()

    def _redial(self) -> None:
        """Open a TCP connection anew over which nobody answers any more: it may be dead without saying so."""
        if self.settings.kind is PortKind.TCP and not any(one.is_attached for one in self.attachments):
            self.transport.detach("nobody answers")
            self._next_open_s = time.monotonic()

    def _open(self) -> None:
        opened = open_or_explain(self.settings, may_be_unreal=self._may_be_unreal)
        if isinstance(opened, PortError):
            self._lose(opened)
            return
        self.transport.attach(opened)
        self._failures, self._problem = 0, None
        for attachment in self.attachments:
            attachment.due_s = 0.0

    def _lose(self, error: DeviceError) -> None:
        """The port is gone or cannot be opened: tell every device once, refuse what waits, try again later."""
        self._failures += 1
        self._next_open_s = time.monotonic() + back_off_s(self._failures)
        is_news = self._problem is None or self._problem.code != error.code
        self._problem = error
        self.transport.detach(error.code)
        if is_news:
            logger.warning("%s: %s", self.settings.name, error)
        for attachment in self.attachments:
            attachment.lost(named(error, attachment.name, self.settings), time.monotonic())
        self._jobs.refuse_all(error)

    def _look_after_devices(self) -> None:
        """Identify or check the device that is due, if any."""
        now_s = time.monotonic()
        due = next((one for one in self.attachments if one.due_s <= now_s), None)
        if due is None or not self.transport.is_open:
            return
        due.checked(now_s)
        try:
            self._guarded(due, due.driver.check_health if due.is_attached else _nothing)
        except DeviceError:
            # `_guarded` has logged it once and told whoever listens
            return


def _nothing() -> None:
    return
