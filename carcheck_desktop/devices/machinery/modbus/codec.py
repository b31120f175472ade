"""Modbus frames, sans-I/O: the one file that touches pymodbus (its framers and PDU classes only).

Both sides, RTU and TCP. A master takes a value only from a frame whose check, unit, function and
length fit what it asked; everything else is foreign and handed out to be counted and logged. The
framers of pymodbus drop the whole buffer at a wrong check; here one byte is dropped and the search
goes on, so that a good frame behind noise is found.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pymodbus.framer import FramerRTU, FramerSocket
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu import bit_message as bits
from pymodbus.pdu import register_message as words

from carcheck_desktop.devices.api.points import Area

READ_FUNCTION = {Area.COIL: 1, Area.DISCRETE: 2, Area.HOLDING: 3, Area.INPUT: 4}
READ_AREA = {function: area for area, function in READ_FUNCTION.items()}
WRITE_COIL, WRITE_WORD, WRITE_WORDS = 5, 6, 16
WRITE_AREA = {WRITE_COIL: Area.COIL, WRITE_WORD: Area.HOLDING, WRITE_WORDS: Area.HOLDING}
COIL_ON = 0xFF00
SPOKEN = frozenset((1, 2, 3, 4, 5, 6, 15, 16))
"""Functions whose frames are recognised; 15 only to be refused by a simulator."""

_READ_REQUESTS: dict[int, type[ModbusPDU]] = {
    1: bits.ReadCoilsRequest,
    2: bits.ReadDiscreteInputsRequest,
    3: words.ReadHoldingRegistersRequest,
    4: words.ReadInputRegistersRequest,
}
_READ_ANSWERS: dict[int, type[ModbusPDU]] = {
    1: bits.ReadCoilsResponse,
    2: bits.ReadDiscreteInputsResponse,
    3: words.ReadHoldingRegistersResponse,
    4: words.ReadInputRegistersResponse,
}
_RTU_OVERHEAD = 4
_MBAP = 7
_LONGEST_RTU = 256
_LONGEST_TCP = 260


class Framing(StrEnum):
    """How a PDU is wrapped."""

    RTU = "rtu"
    TCP = "tcp"


@dataclass(frozen=True, slots=True)
class Request:
    """What a master asks. `values` are words, or 0 and 1 for bits; `tid` only matters over TCP."""

    unit: int
    function: int
    address: int
    count: int
    values: tuple[int, ...] = ()
    tid: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit answered: the values of a read, nothing for a write, or an exception code."""

    unit: int
    function: int
    values: tuple[int, ...] = ()
    exception: int = 0


def answer_bytes(request: Request, framing: Framing) -> int:
    """Return how long the regular answer is on the wire."""
    return _answer_pdu_bytes(request) + (_RTU_OVERHEAD - 1 if framing is Framing.RTU else _MBAP)


def _answer_pdu_bytes(request: Request) -> int:
    if request.function in (1, 2):
        return 2 + (request.count + 7) // 8
    if request.function in (3, 4):
        return 2 + 2 * request.count
    return 5


def _request_pdu(request: Request) -> ModbusPDU:
    shared: dict[str, Any] = {"dev_id": request.unit, "transaction_id": request.tid, "address": request.address}
    if request.function in _READ_REQUESTS:
        return _READ_REQUESTS[request.function](count=request.count, **shared)
    if request.function == WRITE_COIL:
        return bits.WriteSingleCoilRequest(bits=[bool(request.values[0])], **shared)
    if request.function == WRITE_WORD:
        return words.WriteSingleRegisterRequest(registers=list(request.values), **shared)
    if request.function == WRITE_WORDS:
        return words.WriteMultipleRegistersRequest(registers=list(request.values), **shared)
    raise ValueError(f"function {request.function} is not spoken here")


@lru_cache(maxsize=1024)
def _rtu_bytes(request: Request) -> bytes:
    """Return the bytes of a request; a lane asks the same few again and again."""
    return bytes(FramerRTU(DecodePDU(False)).buildFrame(_request_pdu(request)))


class _Stream:
    """A buffer that is searched frame by frame; `foreign` collects what belonged to nobody."""

    def __init__(self, framing: Framing, *, is_server: bool) -> None:
        self.framing = framing
        self.buffer = b""
        self._foreign: list[tuple[bytes, str]] = []
        self._noise = b""
        self._decoder = DecodePDU(is_server)
        self._framer = FramerRTU(self._decoder) if framing is Framing.RTU else FramerSocket(self._decoder)

    def take_foreign(self) -> list[tuple[bytes, str]]:
        """Return and forget bytes that were no answer: (bytes, `noise` or `frame`)."""
        self._end_noise()
        foreign, self._foreign = self._foreign, []
        return foreign

    def discard(self) -> None:
        """Count what is incomplete as noise."""
        self._skip(len(self.buffer))

    @property
    def is_waiting(self) -> bool:
        """Whether bytes are held that may still become a frame."""
        return bool(self.buffer)

    def next_frame(self, *, final: bool) -> bytes | None:
        """Take the next whole frame (RTU without its check bytes) off the buffer.

        A frame that stands behind the possible beginning of a longer one is only believed when
        that one has failed its check, or when `final` says that the line has been quiet.
        """
        undecided: int | None = None
        for at in range(len(self.buffer)):
            size = self._size_at(at)
            if size is None:
                undecided = at if undecided is None else undecided
                if not final:
                    break
            elif size and self._fits(at, size):
                self._skip(at)
                frame, self.buffer = self.buffer[:size], self.buffer[size:]
                return frame[:-2] if self.framing is Framing.RTU else frame
        self._skip(len(self.buffer) if undecided is None else undecided)
        return None

    def reject(self, frame: bytes) -> None:
        """Count a valid frame that nobody here asked for."""
        self._end_noise()
        self._foreign.append((frame, "frame"))

    def wrap(self, pdu: ModbusPDU) -> bytes:
        """Return the bytes of a frame."""
        return bytes(self._framer.buildFrame(pdu))

    def _skip(self, count: int) -> None:
        if count:
            self._noise += self.buffer[:count]
            self.buffer = self.buffer[count:]

    def _end_noise(self) -> None:
        if self._noise:
            self._foreign.append((self._noise, "noise"))
            self._noise = b""

    def _size_at(self, at: int) -> int | None:
        """Return the size of the frame that may start here, 0 for none, None while too short to say."""
        data = self.buffer[at : at + _LONGEST_TCP]
        size = _rtu_size(self._decoder, data) if self.framing is Framing.RTU else _tcp_size(data)
        return None if size is None or size > len(data) else size

    def _fits(self, at: int, size: int) -> bool:
        if self.framing is Framing.TCP:
            return True
        end = at + size
        check = int.from_bytes(self.buffer[end - 2 : end], "big")
        return bool(FramerRTU.check_CRC(self.buffer[at : end - 2], check))


def _rtu_size(decoder: DecodePDU, data: bytes) -> int | None:
    if data[0] > 247:
        return 0
    if len(data) < 2:
        return None
    kind = decoder.lookupPduClass(data) if data[1] & 0x7F in SPOKEN else None
    if kind is None:
        return 0
    size = int(kind.calculateRtuFrameSize(data))
    if size == 0:
        return None
    return size if size <= _LONGEST_RTU else 0


def _tcp_size(data: bytes) -> int | None:
    if len(data) < 6:
        return 0 if data[2:4].strip(b"\0") else None
    protocol, length = struct.unpack(">HH", data[2:6])
    return 0 if protocol or not 2 <= length <= _LONGEST_TCP - 6 else 6 + length


class MasterCodec:
    """One master: at most one request is pending at a time."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self._stream = _Stream(framing, is_server=False)
        self._pending: Request | None = None
        self._tid = 0

    def request(self, request: Request) -> bytes:
        """Return the request's bytes and expect its answer; an incomplete older answer is forgotten."""
        if self.framing is Framing.RTU:
            self.expect(request)
            return _rtu_bytes(request)
        self._tid = self._tid % 0xFFFF + 1
        asked = replace(request, tid=self._tid)
        self.expect(asked)
        return self._stream.wrap(_request_pdu(asked))

    def expect(self, request: Request) -> None:
        """Wait for the answer to a request that went out already (with its own `tid`), as when reading a log."""
        self._pending = request
        self._stream.discard()

    def feed(self, data: bytes) -> Answer | None:
        """Take bytes; return the answer once it is complete and beyond doubt."""
        self._stream.buffer += data
        return self._search(final=False)

    def settle(self) -> Answer | None:
        """Decide with what is here, because the line has been quiet."""
        return self._search(final=True)

    def take_foreign(self) -> list[tuple[bytes, str]]:
        """Return and forget bytes that were no answer to what was asked."""
        return self._stream.take_foreign()

    def _search(self, *, final: bool) -> Answer | None:
        while (frame := self._stream.next_frame(final=final)) is not None:
            answer = self._answer_in(frame)
            if answer is not None:
                self._pending = None
                return answer
            self._stream.reject(frame)
        return None

    def _answer_in(self, frame: bytes) -> Answer | None:
        pending = self._pending
        head = 1 if self.framing is Framing.RTU else _MBAP
        if pending is None or frame[head - 1] != pending.unit or len(frame) <= head:
            return None
        if self.framing is Framing.TCP and int.from_bytes(frame[:2], "big") != pending.tid:
            return None
        function, body = frame[head], frame[head + 1 :]
        if function == pending.function | 0x80 and len(body) == 1:
            return Answer(pending.unit, pending.function, exception=body[0])
        if function != pending.function or len(body) + 1 != _answer_pdu_bytes(pending):
            return None
        return _values_in(pending, body)


def _values_in(pending: Request, body: bytes) -> Answer | None:
    if pending.function not in _READ_ANSWERS:
        echoed = pending.address.to_bytes(2, "big") + _echo_of(pending)
        return Answer(pending.unit, pending.function) if body == echoed else None
    if body[0] != len(body) - 1:
        return None
    if pending.function in (3, 4):
        return Answer(pending.unit, pending.function, struct.unpack_from(f">{pending.count}H", body, 1))
    pdu = _READ_ANSWERS[pending.function]()
    pdu.decode(body)
    return Answer(pending.unit, pending.function, tuple(int(bit) for bit in pdu.bits[: pending.count]))


def _echo_of(request: Request) -> bytes:
    if request.function == WRITE_COIL:
        return (COIL_ON if request.values[0] else 0).to_bytes(2, "big")
    if request.function == WRITE_WORD:
        return request.values[0].to_bytes(2, "big")
    return request.count.to_bytes(2, "big")


class SlaveCodec:
    """The units' side: requests in, answers out."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self._stream = _Stream(framing, is_server=True)

    @property
    def is_waiting(self) -> bool:
        """Whether bytes are held that may still become a request."""
        return self._stream.is_waiting

    def feed(self, data: bytes) -> list[Request]:
        """Take bytes; return the requests they complete."""
        self._stream.buffer += data
        return self._requests(final=False)

    def settle(self) -> list[Request]:
        """Decide with what is here, because the line has been quiet; the rest is noise."""
        found = self._requests(final=True)
        self._stream.discard()
        return found

    def take_foreign(self) -> list[tuple[bytes, str]]:
        """Return and forget bytes that were no request."""
        return self._stream.take_foreign()

    def answer(self, request: Request, values: Sequence[int] = ()) -> bytes:
        """Return the bytes of a regular answer; `values` only for reads."""
        shared: dict[str, Any] = {"dev_id": request.unit, "transaction_id": request.tid}
        if request.function in (1, 2):
            padded = [bool(value) for value in values] + [False] * (-len(values) % 8)
            return self._stream.wrap(_READ_ANSWERS[request.function](bits=padded, **shared))
        if request.function in (3, 4):
            return self._stream.wrap(_READ_ANSWERS[request.function](registers=list(values), **shared))
        place: dict[str, Any] = {**shared, "address": request.address}
        if request.function == WRITE_COIL:
            return self._stream.wrap(bits.WriteSingleCoilResponse(bits=[bool(request.values[0])], **place))
        if request.function == WRITE_WORD:
            return self._stream.wrap(words.WriteSingleRegisterResponse(registers=list(request.values), **place))
        return self._stream.wrap(words.WriteMultipleRegistersResponse(count=request.count, **place))

    def refuse(self, request: Request, exception: int) -> bytes:
        """Return the bytes of an exception answer (1 function, 2 address, 3 value, 4 failure)."""
        return self._stream.wrap(
            ExceptionResponse(request.function, exception, device_id=request.unit, transaction=request.tid)
        )

    def _requests(self, *, final: bool) -> list[Request]:
        found: list[Request] = []
        while (frame := self._stream.next_frame(final=final)) is not None:
            request = self._request_in(frame)
            if request is None:
                self._stream.reject(frame)
            else:
                found.append(request)
        return found

    def _request_in(self, frame: bytes) -> Request | None:
        head = 1 if self.framing is Framing.RTU else _MBAP
        unit, body = frame[head - 1], frame[head:]
        tid = int.from_bytes(frame[:2], "big") if self.framing is Framing.TCP else 0
        if len(body) < 5:
            return None
        function, address, count = struct.unpack(">BHH", body[:5])
        if function == WRITE_COIL:
            return Request(unit, function, address, 1, (int(count == COIL_ON),), tid) if count in (0, COIL_ON) else None
        if function == WRITE_WORD:
            return Request(unit, function, address, 1, (count,), tid)
        if function == WRITE_WORDS:
            return _write_words(unit, address, count, body, tid)
        return Request(unit, function, address, count, (), tid)


def _write_words(unit: int, address: int, count: int, body: bytes, tid: int) -> Request | None:
    data = body[6:]
    if len(body) < 8 or body[5] != len(data) or len(data) != 2 * count:
        return None
    return Request(unit, WRITE_WORDS, address, count, struct.unpack(f">{count}H", data), tid)
