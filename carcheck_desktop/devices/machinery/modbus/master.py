"""Modbus requests over a transport: deadlines from the line's speed, one repeat for reads."""

from __future__ import annotations

from collections.abc import Sequence

from carcheck_desktop.devices.api.errors import ExceptionReplyError, GarbledError, NoReplyError
from carcheck_desktop.devices.api.points import Area
from carcheck_desktop.devices.machinery.modbus.codec import (
    READ_FUNCTION,
    WRITE_COIL,
    WRITE_WORD,
    WRITE_WORDS,
    Answer,
    Framing,
    MasterCodec,
    Request,
    answer_bytes,
)
from carcheck_desktop.devices.machinery.wire.ports import PortKind
from carcheck_desktop.devices.machinery.wire.transport import LineTransport

SILENCE_S = 0.05
DRAIN_LIMIT_S = 0.5
LATE_S = 0.3
OWED_S = 0.6
"""For so long after a time-out an answer may still come; an RTU answer does not say what it answers."""
ANSWER_S = 0.2
"""How long a unit may think before its answer begins, besides what the bytes themselves take."""
SLACK = 1.25


class LineModbusMaster:
    """The master on one port for one device; devices of a line share the transport, not the name."""

    def __init__(self, transport: LineTransport, device: str, answer_s: float = ANSWER_S) -> None:
        self._transport = transport
        self._device = device
        self._answer_s = answer_s
        self._framing = Framing.TCP if transport.settings.kind is PortKind.TCP else Framing.RTU
        self._codec = MasterCodec(self._framing)
        self._owed: list[tuple[float, Request]] = []
        speed = transport.settings.bytes_per_s
        self._byte_s = SLACK / speed if speed else 0.0

    def read(self, unit: int, area: Area, address: int, count: int) -> list[int]:
        """Read words or bits; a lost or garbled answer is asked for once more."""
        request = Request(unit, READ_FUNCTION[area], address, count)
        try:
            return list(self._transact(request).values)
        except GarbledError:
            self._transport.counts.retries += 1
            return list(self._transact(request).values)
        except NoReplyError:
            self._transport.counts.retries += 1
            answer = self._transact(request)
            if self._framing is Framing.RTU:
                self._owe(request)
                self._wait_out_first_answer()
            return list(answer.values)

    def write(self, unit: int, area: Area, address: int, values: Sequence[int]) -> None:
        """Write one word or bit, or several words in one request; never repeated."""
        if area is Area.COIL and len(values) == 1:
            function = WRITE_COIL
        elif area is Area.HOLDING and values:
            function = WRITE_WORD if len(values) == 1 else WRITE_WORDS
        else:
            raise ValueError(f"cannot write {len(values)} values to {area.value}")
        self._transact(Request(unit, function, address, len(values), tuple(values)))

    def _wait_out_first_answer(self) -> None:
        """Two requests are out and one is answered: the other's answer, which names no address, must pass."""
        late = self._transport.drain(LATE_S, DRAIN_LIMIT_S)
        if late:
            self._transport.report_foreign(late, "late")

    def _owe(self, request: Request) -> None:
        """Note that an answer to this request may still come."""
        if self._framing is Framing.RTU and request.function in READ_FUNCTION.values():
            self._owed.append((self._transport.deadline(OWED_S), request))

    def _wait_for_owed(self, request: Request) -> None:
        """Let answers to other reads of the same shape pass first: they would be taken for this one's."""
        now_s = self._transport.deadline(0.0)
        self._owed = [(until_s, asked) for until_s, asked in self._owed if until_s > now_s]
        shape = (request.unit, request.function, request.count)
        for until_s, asked in self._owed:
            left_s = until_s - self._transport.deadline(0.0)
            if left_s > 0.0 and (asked.unit, asked.function, asked.count) == shape and asked.address != request.address:
                late = self._transport.drain(left_s, left_s)
                if late:
                    self._transport.report_foreign(late, "late")

    def _transact(self, request: Request) -> Answer:
        transport, codec = self._transport, self._codec
        self._wait_for_owed(request)
        early = transport.purge()
        if early:
            transport.report_foreign(early, "late")
        asked = codec.request(request)
        wait_s = self._answer_s + (len(asked) + answer_bytes(request, self._framing)) * self._byte_s
        transport.write(asked)
        deadline = transport.deadline(wait_s)
        data = seen = transport.read_some(deadline)
        while data:
            answer = codec.feed(data)
            if answer is not None:
                return self._accept(answer)
            data = transport.read_some(min(deadline, transport.deadline(SILENCE_S)))
            if not data:
                answer = codec.settle()
                if answer is not None:
                    return self._accept(answer)
                data = transport.read_some(deadline)
            seen += data
        self._owe(request)
        raise self._failure(seen, wait_s)

    def _failure(self, seen: bytes, wait_s: float) -> GarbledError | NoReplyError:
        """Wait out a late answer, so that it is not taken for the next one, and say what was seen."""
        seen += self._transport.drain(SILENCE_S, DRAIN_LIMIT_S)
        self._codec.take_foreign()
        name, port = self._device, self._transport.settings.name
        if seen:
            self._transport.report_foreign(seen, "garbled")
            return GarbledError(name, port, seen)
        return NoReplyError(name, port, wait_s)

    def _accept(self, answer: Answer) -> Answer:
        self._report()
        if answer.exception:
            raise ExceptionReplyError(self._device, self._transport.settings.name, answer.function, answer.exception)
        return answer

    def _report(self) -> None:
        for data, why in self._codec.take_foreign():
            self._transport.report_foreign(data, why)
