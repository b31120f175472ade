"""The "41 LEN CMD" frames of Jiangxing benches and scales; pure description and parser.

Source: protocol page "Safety-lane benches, 41 LEN CMD family": frame and literals H, meaning of
fields M, everything marked doubtful below L. `41 LEN CMD [DATA…] CS`: LEN counts every byte, all
bytes sum to 0, numbers are ASCII digits of fixed width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from carcheck_desktop.devices.api import Access, Field, Option, PointTable, Poll, Query, Rejected, Unit, negated_sum8

NAME = "jiangxing_aframe"
MARKER = 0x41
END = 0x45
IN_PLACE = 0x4F
END_OFFSETS = (2, 6, 10)
LENGTHS = frozenset((4, 5, 10, 12, 15, 19, 20, 27, 44))
"""Lengths of the family's frames; any other byte after 41 is noise."""
ACK_BYTES = 4
RECORD_BYTES = 12
RECORD_RATE_HZ = 20


class Command(IntEnum):
    """Command bytes of bench and scale."""

    BARRIERS = 0x61
    ZERO = 0x62
    LIFT_UP = 0x63
    LIFT_DOWN = 0x64
    START = 0x66
    HOLD = 0x67
    WEIGH = 0x68
    RESULT = 0x6B
    PLATFORM_UP = 0x70
    PLATFORM_DOWN = 0x71


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame with a right sum."""

    raw: bytes

    @property
    def command(self) -> int:
        """The byte at offset 2."""
        return self.raw[2]

    def digits(self, start: int, stop: int) -> int | None:
        """Return the number at these offsets, None unless every byte is an ASCII digit."""
        text = self.raw[start:stop]
        return int(text) if text and all(0x30 <= byte <= 0x39 for byte in text) else None

    @property
    def is_end(self) -> bool:
        """Whether this is the end record: 45 at offsets 2, 6 and 10, the rest unspecified."""
        return len(self.raw) == RECORD_BYTES and all(self.raw[at] == END for at in END_OFFSETS)

    @property
    def forces(self) -> tuple[int, int] | None:
        """Left and right force of a live record, None when this is none."""
        if len(self.raw) != RECORD_BYTES:
            return None
        left, right = self.digits(3, 7), self.digits(7, 11)
        return None if left is None or right is None else (left, right)


def frame(command: int, data: bytes = b"") -> bytes:
    """Return the bytes of a frame."""
    body = bytes((MARKER, ACK_BYTES + len(data), command)) + data
    return body + bytes((negated_sum8(body),))


def numbers(values: Iterable[int], width: int) -> bytes:
    """Return numbers as ASCII digits of fixed width; what does not fit is cut to the width's bounds."""
    most = 10**width - 1
    return b"".join(b"%0*d" % (width, min(max(value, 0), most)) for value in values)


class AFrameParser:
    """Finds frames by 41, LEN and sum in any split, merge or noise of bytes."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Frame | Rejected]:
        """Take bytes; return the frames they complete and what cannot be part of any."""
        self._buffer += data
        items: list[Frame | Rejected] = []
        while self._buffer:
            skipped = self._noise_length()
            if skipped:
                items.append(Rejected(self._take(skipped), "noise"))
            elif len(self._buffer) < 2 or len(self._buffer) < self._buffer[1]:
                break
            else:
                items.append(self._judge())
        return items

    def reset(self) -> bytes:
        """Forget a frame that is not complete and return its bytes."""
        return self._take(len(self._buffer))

    def settle(self) -> list[Frame | Rejected]:
        """Decide about what is held, because the line is silent: a good frame may stand behind a false head."""
        items: list[Frame | Rejected] = []
        while self._buffer:
            items.append(Rejected(self._take(1), "noise"))
            items += self.feed(b"")
        return items

    def _noise_length(self) -> int:
        """Return how many bytes stand before the next possible beginning of a frame."""
        for at, byte in enumerate(self._buffer):
            if byte == MARKER and (at + 1 == len(self._buffer) or self._buffer[at + 1] in LENGTHS):
                return at
        return len(self._buffer)

    def _judge(self) -> Frame | Rejected:
        length = self._buffer[1]
        if sum(self._buffer[:length]) & 0xFF == 0:
            return Frame(self._take(length))
        inner = self._buffer.find(MARKER, 1, length)
        return Rejected(self._take(length if inner < 0 else inner), "checksum")

    def _take(self, count: int) -> bytes:
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken


class Damage:
    """Counts the samples that bytes without a valid frame have cost at least.

    Records carry no number: a wrong sum is at least one sample, other bytes as many as would have
    had room in them. What is torn into several pieces counts once.
    """

    def __init__(self) -> None:
        self._bytes = 0
        self._is_certain = False

    def add(self, rejected: Rejected) -> None:
        """Take note of bytes that were thrown away."""
        self._bytes += len(rejected.data)
        self._is_certain = self._is_certain or rejected.why != "noise"

    def settle(self) -> int:
        """Return the lost samples so far and begin anew; called when a good frame comes or the test ends."""
        lost = max(round(self._bytes / RECORD_BYTES), int(self._is_certain))
        self._bytes, self._is_certain = 0, False
        return lost


def _words(name: str) -> str:
    return f"{NAME}.point.{name}"


def _ask(name: str, command: int, answer_bytes: int, *fields: Field, poll: Poll = Poll.ON_DEMAND) -> Query:
    return Query(name, command, answer_bytes, fields, poll=poll, words=_words(name))


def _do(name: str, command: int) -> Query:
    return Query(name, command, ACK_BYTES, access=Access.WRITE, words=_words(name))


def _group(names: Iterable[str], width: int, unit: Unit) -> tuple[Field, ...]:
    return tuple(
        Field(name, 3 + width * at, 3 + width * (at + 1), unit, (0, 10**width - 1), _words(name))
        for at, name in enumerate(names)
    )


BARRIERS = _ask(
    "barriers", Command.BARRIERS, 12,
    Field("weigh_place", 3, 4, valid=(0, 1), words=_words("weigh_place")),
    Field("brake_place", 4, 5, valid=(0, 1), words=_words("brake_place")),
    poll=Poll.SLOW,
)  # fmt: skip
WEIGH = _ask(
    "weigh", Command.WEIGH, 20,
    *_group(("unladen_left", "unladen_right", "laden_left", "laden_right"), 4, Unit.KILOGRAM),
)  # fmt: skip
RESULT = _ask(
    "result", Command.RESULT, 20,
    *_group(("max_left", "max_right", "difference_left", "difference_right"), 4, Unit.DAN),
)  # fmt: skip
LIVE = _ask("live", Command.START, RECORD_BYTES, *_group(("left", "right"), 4, Unit.DAN), poll=Poll.FAST)
ZERO = _do("zero", Command.ZERO)
LIFT_UP = _do("lift_up", Command.LIFT_UP)
LIFT_DOWN = _do("lift_down", Command.LIFT_DOWN)
HOLD = _do("hold", Command.HOLD)
PLATFORM_UP = _do("platform_up", Command.PLATFORM_UP)
PLATFORM_DOWN = _do("platform_down", Command.PLATFORM_DOWN)
BENCH_POINTS = PointTable(
    BARRIERS, WEIGH, RESULT, LIVE, ZERO, LIFT_UP, LIFT_DOWN, HOLD, PLATFORM_UP, PLATFORM_DOWN
)  # fmt: skip

SCALE_WEIGH = Query(
    "scale_weigh", Command.WEIGH, 19, _group(("scale_left", "scale_right", "scale_total"), 5, Unit.KILOGRAM),
    poll=Poll.FAST, words=_words("scale_weigh"),
)  # fmt: skip
SCALE_ZERO = _do("scale_zero", Command.ZERO)
SCALE_POINTS = PointTable(SCALE_WEIGH, SCALE_ZERO)


def _doubt(
    name: str, default: str | int | Decimal, *choices: str, low: int | None = None, high: int | None = None
) -> Option:
    return Option(name, default, f"{NAME}.option.{name}", doubtful=True, choices=choices, low=low, high=high)


SHARED_OPTIONS = (
    _doubt("acknowledge", "repeats_command", "repeats_command", "any"),
    _doubt("acknowledge_means", "accepted", "accepted"),
    _doubt("wrong_sum_request", "no_answer", "no_answer"),
    _doubt("zero_command", int(Command.ZERO), low=0, high=255),
)
BENCH_OPTIONS = (
    *SHARED_OPTIONS,
    _doubt("first_drag_message", "five_bytes", "five_bytes", "absent"),
    _doubt("second_drag_message", "live_record", "live_record", "absent"),
    _doubt("record_rate_hz", RECORD_RATE_HZ, low=1, high=100),
    _doubt("record_command", 0x6D, low=0, high=255),
    _doubt("force_unit", "daN", "daN"),
    _doubt("end_record", "offsets_2_6_10", "offsets_2_6_10"),
    _doubt("end_reason", "not_reported", "not_reported"),
    _doubt("end_after_cut", "silence", "silence", "end_record"),
    _doubt("silence_s", Decimal(1), low=1, high=10),
    _doubt("first_record_s", 10, low=1, high=60),
    _doubt("barrier_free_byte", 0x58, low=0, high=255),
    _doubt("start_without_vehicle", "runs", "runs"),
    _doubt("hold_stops", "no", "no", "yes"),
    _doubt("slip_limit_percent", 25, low=5, high=90),
    _doubt("time_out_s", 20, low=3, high=120),
    Option("weigh_place", "weigh", f"{NAME}.option.weigh_place"),
    Option("stop_output", "", f"{NAME}.option.stop_output"),
)
SCALE_OPTIONS = (
    *SHARED_OPTIONS,
    _doubt("third_group", "sum", "sum", "unknown"),
    _doubt("stable_readings", 3, low=2, high=20),
)
