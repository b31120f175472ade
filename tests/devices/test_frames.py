"""The base of framed instruments: requests, late and foreign frames, streams."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from carcheck_desktop.devices.api import (
    DeviceContext,
    FrameDevice,
    GarbledError,
    NoReplyError,
    Origin,
    Rejected,
    negated_sum8,
    sum8,
)
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.transport import LineTransport


class Parser:
    """Frames of three bytes: 7E, a byte, its complement."""

    def __init__(self) -> None:
        self.held = b""

    def feed(self, data: bytes) -> list[int | Rejected]:
        self.held += data
        found: list[int | Rejected] = []
        while len(self.held) >= 3:
            if self.held[0] == 0x7E and self.held[1] ^ self.held[2] == 0xFF:
                found.append(self.held[1])
                self.held = self.held[3:]
            else:
                found.append(Rejected(self.held[:1], "noise"))
                self.held = self.held[1:]
        return found

    def reset(self) -> bytes:
        held, self.held = self.held, b""
        return held


def frame(number: int) -> bytes:
    return bytes((0x7E, number, number ^ 0xFF))


class Channel:
    """Chunks that arrive one a read; `after` arrive once something was written."""

    def __init__(self, *, before: list[bytes] | None = None, after: list[bytes] | None = None) -> None:
        self.waiting = list(before or [])
        self.after = list(after or [])
        self.written: list[bytes] = []

    def read(self, timeout_s: float) -> bytes:
        if self.waiting:
            return self.waiting.pop(0)
        if timeout_s > 0:
            time.sleep(min(timeout_s, 0.01))
        return b""

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self.waiting += self.after
        self.after = []

    def close(self) -> None:
        return


def device(channel: Channel) -> tuple[FrameDevice[int], LineTransport]:
    transport = LineTransport(PortSettings("COM3"))
    transport.attach(channel)
    context = DeviceContext(
        "thing",
        "COM3",
        0,
        "here",
        Origin.SIMULATOR,
        transport,
        LineModbusMaster(transport, "thing"),
        lambda: datetime.now(UTC),
        time.monotonic,
    )
    return FrameDevice(context, Parser()), transport


def ask(one: FrameDevice[int], wanted: int = 5, timeout_s: float = 0.05) -> int:
    return one.request(b"?", lambda answer: answer == wanted, timeout_s)


def test_an_answer_in_pieces_is_found() -> None:
    channel = Channel(after=[frame(5)[:1], frame(5)[1:]])
    assert ask(device(channel)[0]) == 5
    assert channel.written == [b"?"]


def test_what_lay_on_the_line_before_the_request_is_no_answer() -> None:
    one, transport = device(Channel(before=[frame(5)]))
    with pytest.raises(NoReplyError):
        ask(one)
    assert transport.counts.foreign_bytes == 3


def test_a_frame_that_nobody_asked_for_is_counted() -> None:
    one, transport = device(Channel(after=[frame(9), frame(5)]))
    assert ask(one) == 5
    assert transport.counts.foreign_frames == 1


def test_bytes_without_a_frame_are_told_with_the_bytes() -> None:
    one, _ = device(Channel(after=[b"\xf8\x80"]))
    with pytest.raises(GarbledError) as garbled:
        ask(one)
    assert garbled.value.problem.params["bytes"] == "F8 80"


def test_after_a_time_out_a_late_answer_is_waited_out() -> None:
    one, transport = device(Channel())
    channel = transport._channel
    assert isinstance(channel, Channel)
    with pytest.raises(NoReplyError):
        ask(one)
    channel.waiting = [frame(5)]
    channel.after = [frame(6)]
    assert one.request(b"!", lambda _: True, 0.05) == 6


def test_a_stream_is_taken_in_order_with_its_bad_records() -> None:
    channel = Channel(before=[frame(1), b"\x00", frame(2) + frame(3)[:2], frame(3)[2:]])
    one, _ = device(channel)
    one.begin_stream()
    assert one.take_stream(0.05) == [1, Rejected(b"\x00", "noise"), 2, 3]
    assert one.take_stream(0.0) == []


def test_a_request_in_mid_stream_loses_no_record() -> None:
    channel = Channel(before=[frame(1)], after=[frame(2), frame(5), frame(3)])
    one, _ = device(channel)
    one.begin_stream()
    assert ask(one) == 5
    assert one.take_stream(0.02) == [1, 2, 3]
    one.end_stream()
    assert not one.is_streaming


def test_the_sums_of_the_reference_page() -> None:
    # protocols/bench-aframe-jiangxing.md: 41+04+62 = A7h -> 59h
    assert sum8(bytes.fromhex("41 04 62")) == 0xA7
    assert negated_sum8(bytes.fromhex("41 04 62")) == 0x59
