"""The register map of a roller brake tester in carcheck's Modbus convention; pure description.

Source: carcheck's own Modbus convention, "Roller brake tester (unit 1)". No vendor speaks it by
itself: an integrator puts a PLC with this map in front of a bench.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, IntFlag

from carcheck_desktop.devices.api import Access, Area, Codec, Option, PointTable, Poll, Register, StopReason, Unit

NAME = "carcheck_roller_brake"
RING_START = 1000
"""Input register of sample 0; sample s stands at RING_START + 2·(s mod N)."""
INTERVAL_MS = 10
MAX_PAIRS = 62
"""Samples that one FC 04 request may read."""
MAGIC_VALUE = 0x5AA5
TEST_FLOAT = 1234.5


class Status(IntFlag):
    """Bits of register 5."""

    READY = 1 << 0
    VEHICLE_IN = 1 << 1
    LEFT_MOTOR = 1 << 2
    RIGHT_MOTOR = 1 << 3
    LEFT_LOCKED = 1 << 4
    RIGHT_LOCKED = 1 << 5
    LIFT_UP = 1 << 6
    RUNNING = 1 << 7
    RESULT_VALID = 1 << 8
    FAULT = 1 << 15


class BenchError(IntEnum):
    """Codes of register 6."""

    NONE = 0
    LIFT_TIME_OUT = 1
    VEHICLE_NOT_SEATED = 2
    LEFT_PULSE_FAULT = 3
    RIGHT_PULSE_FAULT = 4
    WHEEL_WEIGHT_TOO_SMALL = 5
    DRAG_TOO_HIGH_LEFT = 6
    DRAG_TOO_HIGH_RIGHT = 7
    OVERLOAD = 8
    EMERGENCY_STOP = 9

    @property
    def words(self) -> str | None:
        """The catalogue code that says it, None for no error."""
        return None if self is BenchError.NONE else f"{NAME}.error.{self.name.lower()}"


class Refusal(IntEnum):
    """Codes of register 7: why the command in `ack_seq` was not carried out."""

    NONE = 0
    BUSY = 1
    ERROR_PENDING = 2
    NO_HOST_ALIVE = 3
    CONTACTOR_OFF = 4

    @property
    def words(self) -> str:
        """The catalogue code that says it."""
        return f"{NAME}.refusal.{self.name.lower()}"


class Stopped(IntEnum):
    """Codes of register 24: why the motors stopped."""

    NONE = 0
    LEFT_SLIP = 1
    RIGHT_SLIP = 2
    BOTH_SLIP = 3
    TIME_OUT = 4
    HOST_COMMAND = 5
    ERROR = 6
    NO_HOST_ALIVE = 7

    @property
    def reason(self) -> StopReason:
        """The same in the words of the kind."""
        return _REASONS[self]


_REASONS = {
    Stopped.NONE: StopReason.NONE,
    Stopped.LEFT_SLIP: StopReason.LEFT_LOCKED,
    Stopped.RIGHT_SLIP: StopReason.RIGHT_LOCKED,
    Stopped.BOTH_SLIP: StopReason.BOTH_LOCKED,
    Stopped.TIME_OUT: StopReason.TIME_OUT,
    Stopped.HOST_COMMAND: StopReason.HOST_COMMAND,
    Stopped.ERROR: StopReason.DEVICE_ERROR,
    Stopped.NO_HOST_ALIVE: StopReason.HOST_SILENT,
}


class Command(IntEnum):
    """Codes of holding register 0."""

    NONE = 0
    LIFT_UP = 1
    LIFT_DOWN = 2
    START_BOTH = 3
    START_LEFT = 4
    START_RIGHT = 5
    STOP = 6
    WEIGH = 7
    ZERO = 8
    DRAG_TEST = 9

    @property
    def words(self) -> str:
        """The catalogue code that names it."""
        return f"{NAME}.command.{self.name.lower()}"


def _words(name: str) -> str:
    return f"{NAME}.point.{name}"


def _input(name: str, address: int, codec: Codec, unit: Unit, valid: tuple[int, int], poll: Poll) -> Register:
    return Register(name, Area.INPUT, address, codec, unit, valid=valid, poll=poll, words=_words(name))


def _count(name: str, address: int) -> Register:
    return _input(name, address, Codec.U16, Unit.NONE, (0, 0xFFFF), Poll.FAST)


def _force(name: str, address: int, poll: Poll = Poll.FAST) -> Register:
    return _input(name, address, Codec.I16, Unit.DAN, (-50, 4000), poll)


def _load(name: str, address: int, poll: Poll = Poll.SLOW) -> Register:
    return _input(name, address, Codec.I16, Unit.KILOGRAM, (-50, 15000), poll)


def _speed(name: str, address: int) -> Register:
    return Register(
        name, Area.INPUT, address, Codec.U16, Unit.KILOMETRE_PER_HOUR, Decimal("0.01"), (0, 20),
        poll=Poll.FAST, words=_words(name),
    )  # fmt: skip


def _holding(name: str, address: int, valid: tuple[int, int], unit: Unit = Unit.NONE, **more: Access) -> Register:
    access = more.get("access", Access.READ_WRITE)
    return Register(name, Area.HOLDING, address, unit=unit, valid=valid, access=access, words=_words(name))


MAGIC = _input("magic", 0, Codec.U16, Unit.NONE, (0, 0xFFFF), Poll.ON_DEMAND)
TEST_VALUE = _input("test_value", 1, Codec.F32, Unit.NONE, (-2000, 2000), Poll.ON_DEMAND)
HEARTBEAT = _count("heartbeat", 3)
SEQUENCE = _count("sequence", 4)
STATUS = Register("status", Area.INPUT, 5, meaning=Status, poll=Poll.FAST, words=_words("status"))
ERROR = Register("error", Area.INPUT, 6, meaning=BenchError, poll=Poll.FAST, words=_words("error"))
REFUSAL = Register("refusal", Area.INPUT, 7, meaning=Refusal, words=_words("refusal"))
FORCE_LEFT = _force("force_left", 10)
FORCE_RIGHT = _force("force_right", 11)
LOAD_LEFT = _load("load_left", 12)
LOAD_RIGHT = _load("load_right", 13)
DRAG_LEFT = _force("drag_left", 14, Poll.SLOW)
DRAG_RIGHT = _force("drag_right", 15, Poll.SLOW)
SPEED_LEFT = _speed("speed_left", 16)
SPEED_RIGHT = _speed("speed_right", 17)
MAX_LEFT = _force("max_left", 20, Poll.ON_DEMAND)
MAX_RIGHT = _force("max_right", 21, Poll.ON_DEMAND)
DIFFERENCE_LEFT = _force("difference_left", 22, Poll.ON_DEMAND)
DIFFERENCE_RIGHT = _force("difference_right", 23, Poll.ON_DEMAND)
STOPPED = Register("stop_reason", Area.INPUT, 24, meaning=Stopped, words=_words("stop_reason"))
RESULT_DRAG_LEFT = _force("result_drag_left", 25, Poll.ON_DEMAND)
RESULT_DRAG_RIGHT = _force("result_drag_right", 26, Poll.ON_DEMAND)
UNLADEN_LEFT = _load("unladen_left", 27, Poll.ON_DEMAND)
UNLADEN_RIGHT = _load("unladen_right", 28, Poll.ON_DEMAND)
RESERVED = _input("reserved", 29, Codec.I16, Unit.NONE, (-0x8000, 0x7FFF), Poll.ON_DEMAND)
NEWEST = _input("newest", 100, Codec.U32, Unit.NONE, (0, 0xFFFF_FFFF), Poll.ON_DEMAND)
NEWEST_TIME = _input("newest_time", 102, Codec.U32, Unit.MILLISECOND, (0, 0xFFFF_FFFF), Poll.ON_DEMAND)
INTERVAL = _input("interval", 104, Codec.U16, Unit.MILLISECOND, (1, 1000), Poll.ON_DEMAND)
RING_LENGTH = _input("ring_length", 105, Codec.U16, Unit.NONE, (1, 32000), Poll.ON_DEMAND)

COMMAND = Register("cmd", Area.HOLDING, 0, meaning=Command, access=Access.READ_WRITE, words=_words("cmd"))
COMMAND_SEQ = _holding("cmd_seq", 1, (0, 0xFFFF))
ACK_SEQ = _holding("ack_seq", 2, (0, 0xFFFF), access=Access.READ)
HOST_ALIVE = _holding("host_alive", 3, (0, 0xFFFF))
SLIP_LIMIT = _holding("slip_limit", 10, (5, 90), Unit.PERCENT)
TIME_OUT = _holding("time_out", 11, (1, 120), Unit.SECOND)

HEALTH = (HEARTBEAT, SEQUENCE, STATUS, ERROR, REFUSAL)
LIVE = (FORCE_LEFT, FORCE_RIGHT, LOAD_LEFT, LOAD_RIGHT, DRAG_LEFT, DRAG_RIGHT, SPEED_LEFT, SPEED_RIGHT)
RESULTS = (
    MAX_LEFT, MAX_RIGHT, DIFFERENCE_LEFT, DIFFERENCE_RIGHT, STOPPED,
    RESULT_DRAG_LEFT, RESULT_DRAG_RIGHT, UNLADEN_LEFT, UNLADEN_RIGHT, RESERVED,
)  # fmt: skip
RING_HEADER = (NEWEST, NEWEST_TIME, INTERVAL, RING_LENGTH)
RING_CONSTANTS = (INTERVAL, RING_LENGTH)
SETTINGS = (SLIP_LIMIT, TIME_OUT)
IDENTITY = ((MAGIC, MAGIC_VALUE), (TEST_VALUE, TEST_FLOAT))

POINTS = PointTable(
    MAGIC, TEST_VALUE, *HEALTH, *LIVE, *RESULTS, *RING_HEADER,
    COMMAND, COMMAND_SEQ, ACK_SEQ, HOST_ALIVE, *SETTINGS, max_gap=2,
)  # fmt: skip

OPTIONS = (
    Option("word_order", "ABCD", f"{NAME}.option.word_order", choices=("ABCD", "CDAB")),
    Option("interval_ms", INTERVAL_MS, f"{NAME}.option.interval_ms", low=10, high=100),
    Option("ring_length", 1000, f"{NAME}.option.ring_length", low=100, high=30000),
    Option("slip_limit_percent", 25, f"{NAME}.option.slip_limit_percent", low=5, high=90),
    Option("time_out_s", 10, f"{NAME}.option.time_out_s", low=3, high=120),
    Option("stop_output", "", f"{NAME}.option.stop_output"),
)


def ring_runs(first: int, last: int, length: int) -> list[tuple[int, int]]:
    """Return (first sample, count) of each read that fetches samples `first` to `last`.

    At most 62 pairs a read; a run over the ring's end is two reads.
    """
    runs = []
    while first <= last:
        count = min(last - first + 1, MAX_PAIRS, length - first % length)
        runs.append((first, count))
        first += count
    return runs


def ring_address(sample: int, length: int) -> int:
    """Return the input register at which a sample's left force stands."""
    return RING_START + 2 * (sample % length)


def pairs_of(words: list[int]) -> tuple[list[int], list[int]]:
    """Return left and right forces of ring registers (i16 each, daN)."""
    signed = [word - 0x10000 if word & 0x8000 else word for word in words]
    return signed[0::2], signed[1::2]


def next_sequence(number: int) -> int:
    """Return the command number after this one; 0 is skipped."""
    return number + 1 if number < 0xFFFF else 1
