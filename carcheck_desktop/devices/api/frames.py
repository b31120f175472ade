"""The base of drivers that speak in frames: one command, one answer, or a stream once started.

The frame itself (marker, length, checksum) is the driver's own pure parser in its protocol.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from carcheck_desktop.devices.api.errors import GarbledError, NoReplyError
from carcheck_desktop.devices.api.wire import DeviceContext

SILENCE_S = 0.05
"""After a time-out the line must be quiet for so long before the next command (a late answer passes)."""
DRAIN_LIMIT_S = 0.5
ANSWER_S = 0.5


@dataclass(frozen=True, slots=True)
class Rejected:
    """Bytes that a parser threw away: `why` is `checksum`, `noise` or the make's own short word."""

    data: bytes
    why: str


F = TypeVar("F")
F_co = TypeVar("F_co", covariant=True)


class FrameParser(Protocol[F_co]):
    """A stream parser: any split, merge or noise of bytes in; whole valid frames out, in order."""

    def feed(self, data: bytes) -> Sequence[F_co | Rejected]:
        """Take bytes; return the frames they complete and the bytes that cannot be part of any."""
        ...

    def reset(self) -> bytes:
        """Forget a frame that is not complete and return its bytes."""
        ...


class FrameDevice(Generic[F]):
    """One instrument alone on its port.

    While `is_streaming` is True the instrument talks unasked: nothing is purged before a request,
    and frames that are no answer wait in order for `take_stream`.
    """

    def __init__(self, context: DeviceContext, parser: FrameParser[F]) -> None:
        self.context = context
        self.parser = parser
        self.is_streaming = False
        self._stream: deque[F | Rejected] = deque()

    def request(self, command: bytes, is_answer: Callable[[F], bool], timeout_s: float = ANSWER_S) -> F:
        """Send a command and return the first frame that answers it.

        Raises `NoReplyError` when no byte came, `GarbledError` when bytes came but no valid frame;
        in both cases the line has been drained until quiet before.
        """
        wire = self.context.transport
        if not self.is_streaming:
            self._forget(wire.purge() + self.parser.reset())
        wire.write(command)
        deadline = wire.deadline(timeout_s)
        seen = b""
        while data := wire.read_some(deadline):
            seen += data
            answer = self._sort(self.parser.feed(data), is_answer)
            if answer is not None:
                return answer
        if not self.is_streaming:
            seen += wire.drain(SILENCE_S, DRAIN_LIMIT_S)
            self._forget(self.parser.reset())
        raise self._failure(seen, timeout_s)

    def send(self, command: bytes) -> None:
        """Send a command that nothing answers."""
        self.context.transport.write(command)

    def begin_stream(self) -> None:
        """From now on frames may come unasked."""
        self._stream.clear()
        self.is_streaming = True

    def end_stream(self) -> None:
        """Frames come only as answers again; what is still under way is drained."""
        self.is_streaming = False
        self._stream.clear()
        self._forget(self._quieten())

    def take_stream(self, wait_s: float) -> list[F | Rejected]:
        """Return every frame that came unasked, waiting up to `wait_s` real seconds for the first bytes."""
        wire = self.context.transport
        deadline = wire.deadline(0.0 if self._stream else wait_s)
        while data := wire.read_some(deadline):
            self._stream.extend(self._noted(self.parser.feed(data)))
            deadline = wire.deadline(0.0)
        taken = list(self._stream)
        self._stream.clear()
        return taken

    def _sort(self, items: Sequence[F | Rejected], is_answer: Callable[[F], bool]) -> F | None:
        answer: F | None = None
        for item in self._noted(items):
            if isinstance(item, Rejected):
                if self.is_streaming:
                    self._stream.append(item)
            elif answer is None and is_answer(item):
                answer = item
            elif self.is_streaming:
                self._stream.append(item)
            else:
                self.context.transport.report_foreign(repr(item).encode(), "unasked")
        return answer

    def _noted(self, items: Sequence[F | Rejected]) -> Sequence[F | Rejected]:
        for item in items:
            if isinstance(item, Rejected):
                self.context.transport.report_foreign(item.data, item.why)
        return items

    def _quieten(self) -> bytes:
        return self.context.transport.drain(SILENCE_S, DRAIN_LIMIT_S) + self.parser.reset()

    def _forget(self, data: bytes) -> None:
        if data:
            self.context.transport.report_foreign(data, "late")

    def _failure(self, seen: bytes, waited_s: float) -> NoReplyError | GarbledError:
        name, port = self.context.name, self.context.port
        return GarbledError(name, port, seen) if seen else NoReplyError(name, port, waited_s)


def sum8(data: bytes) -> int:
    """Return the 8-bit sum."""
    return sum(data) & 0xFF


def negated_sum8(data: bytes) -> int:
    """Return the two's complement of the 8-bit sum, so that all bytes with it sum to zero."""
    return -sum(data) & 0xFF
