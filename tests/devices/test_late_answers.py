"""A Modbus RTU answer names no address: one that comes late is never taken for the answer to another read."""

from __future__ import annotations

import time
from typing import cast

import pytest

from carcheck_desktop.devices.api import Area, NoReplyError
from carcheck_desktop.devices.machinery.modbus.codec import Framing, SlaveCodec
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.wire.channels import Channel
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.transport import LineTransport


class SlowUnit:
    """A channel to a unit that answers each read with its own address, `late_s` after it was asked."""

    def __init__(self, late_s: float) -> None:
        self.late_s = late_s
        self._codec = SlaveCodec(Framing.RTU)
        self._coming: list[tuple[float, bytes]] = []

    def write(self, data: bytes) -> None:
        for request in self._codec.feed(data):
            answer = self._codec.answer(request, [request.address] * request.count)
            self._coming.append((time.monotonic() + self.late_s, answer))

    def read(self, timeout_s: float) -> bytes:
        end_s = time.monotonic() + max(0.0, timeout_s)
        while True:
            if self._coming and self._coming[0][0] <= time.monotonic():
                return self._coming.pop(0)[1]
            if time.monotonic() >= end_s:
                return b""
            time.sleep(0.002)

    def close(self) -> None:
        self._coming.clear()


@pytest.mark.parametrize("late_s", [0.3, 0.42, 0.55, 0.62])
def test_a_late_answer_is_not_taken_for_another_read_of_the_same_shape(late_s: float) -> None:
    unit = SlowUnit(late_s)
    transport = LineTransport(PortSettings("/dev/slow", 115200))
    transport.attach(cast("Channel", unit))
    master = LineModbusMaster(transport, "thermometer")
    for address in (10, 20, 30):
        try:
            assert master.read(1, Area.INPUT, address, 2) == [address, address]
        except NoReplyError:
            continue
    unit.late_s = 0.0
    assert master.read(1, Area.INPUT, 40, 2) == [40, 40]
    assert transport.counts.foreign_frames > 0
