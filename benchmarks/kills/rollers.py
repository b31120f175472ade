"""Whether rollers stand, asked of the bench itself over its serial line while no lane lives; carcheck is not involved."""

from __future__ import annotations

import os
import select
import struct
import time
from dataclasses import dataclass
from pathlib import Path

WATCHDOG_S = 3.0
"""The bench cuts its motors so long after the last keep-alive (the convention's `host_alive`)."""
SLACK_S = 1.0
LOOK_S = 0.05
ANSWER_S = 0.3
STATUS, MOTORS = 5, 0b1100
STOPPED, NO_HOST_ALIVE = 24, 7
"""Register that says why the motors stopped, and its code for a host that fell silent."""


@dataclass(frozen=True, slots=True)
class Standstill:
    """What was seen after a lane died: `turned_s` is None where no bench answered.

    `by_watchdog`: the bench says that it stopped because its host had fallen silent.
    """

    was_turning: bool
    turned_s: float | None
    by_watchdog: bool = False

    @property
    def is_late(self) -> bool:
        """Say whether the motors ran on beyond the watchdog's time."""
        return self.turned_s is not None and self.turned_s > WATCHDOG_S + SLACK_S


def await_standstill(port: Path) -> Standstill:
    """Look at the motors until both are off, or until they should long have been."""
    began_s = time.monotonic()
    was_turning, seen = False, False
    while True:
        turning = motors_on(port)
        now_s = time.monotonic() - began_s
        seen = seen or turning is not None
        if not turning and (seen or now_s > ANSWER_S):
            reason = ask(port, STOPPED) if was_turning else None
            return Standstill(was_turning, now_s if seen else None, reason == NO_HOST_ALIVE)
        was_turning = was_turning or bool(turning)
        if now_s > 2 * (WATCHDOG_S + SLACK_S):
            return Standstill(was_turning, now_s)
        time.sleep(LOOK_S)


def motors_on(port: Path) -> bool | None:
    """Ask whether a motor runs; None when nothing answers."""
    status = ask(port, STATUS)
    return None if status is None else bool(status & MOTORS)


def ask(port: Path, address: int) -> int | None:
    """Read one input register of unit 1; None when nothing answers."""
    try:
        line = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        words = _read_input(line, address, 1)
    except OSError:
        return None
    finally:
        os.close(line)
    return None if words is None else words[0]


def _read_input(line: int, address: int, count: int) -> tuple[int, ...] | None:
    asked = struct.pack(">BBHH", 1, 4, address, count)
    os.write(line, asked + crc(asked))
    answer, until_s = b"", time.monotonic() + ANSWER_S
    while len(answer) < 5 + 2 * count:
        if not select.select([line], [], [], max(0.0, until_s - time.monotonic()))[0]:
            return None
        more = os.read(line, 256)
        if not more:
            return None  # hung up: the far end has died
        answer += more
    frame = answer[: 3 + 2 * count]
    if frame[:3] != bytes((1, 4, 2 * count)) or answer[len(frame) : len(frame) + 2] != crc(frame):
        return None
    return struct.unpack(f">{count}H", frame[3:])


def crc(frame: bytes) -> bytes:
    """Return the two check bytes of Modbus RTU."""
    value = 0xFFFF
    for byte in frame:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value.to_bytes(2, "little")
