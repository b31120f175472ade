"""The "DID/CMD/LB" frames of Mingquan gas analysers; pure description and parser.

Source: protocol page "Petrol gas analyser — Mingquan MQW-50A / MQW-50B, GasBoard-5160": frame, data and
action commands H, status bits M to H, the 50B's short read M. `DID CMD LB [DATA…] CS`: LB is the whole
length less one, all bytes sum to 0, numbers are big-endian and signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, IntFlag

from carcheck_desktop.devices.api import Access, Field, Option, PointTable, Poll, Query, Rejected, Unit, negated_sum8

NAME = "mingquan_mqw50a"
HOST = 0x02
POSITIVE = 0x06
NEGATIVE = 0x15
LEAST_LB = 3
MOST_LB = 0x1F
"""The longest known frame has 28 bytes (LB 1B); anything longer is noise."""
ACK_BYTES = 4


class Command(IntEnum):
    """Command bytes; the answer repeats them."""

    DATA = 0x60
    STATUS = 0x61
    HC_RESIDUE = 0x64
    LEAK_CHECK = 0x66
    ZERO = 0x67
    STOP_ACTION = 0x78
    START_MEASURING = 0x79
    STOP_MEASURING = 0x7A
    PUMP_AMBIENT = 0x7C
    BLOW_BACK = 0x80
    SHORT_DATA = 0xA3


class Running(IntFlag):
    """Status byte 3: what runs."""

    WARMING_UP = 0x01
    BLOW_BACK = 0x02
    BACKGROUND_AIR = 0x04
    AMBIENT_AIR = 0x08
    LEAK_CHECK = 0x10
    HC_RESIDUE = 0x20
    ZEROING = 0x40
    LOW_FLOW = 0x80


class General(IntFlag):
    """Status byte 4; bits 5 to 2 are calibrations under way."""

    ZERO_WANTED = 0x01
    ZERO_GAS_N2 = 0x02
    PUMP_ON = 0x40
    ACTION = 0x80


class Failed(IntFlag):
    """Status byte 5: what failed."""

    LEAK = 0x01
    HC_RESIDUE = 0x02
    ZERO = 0x04
    AMBIENT_TEMPERATURE = 0x08
    HUMIDITY = 0x10
    BENCH_PRESSURE = 0x20
    AMBIENT_PRESSURE = 0x40
    OIL_TEMPERATURE = 0x80


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame with a right sum."""

    raw: bytes

    @property
    def did(self) -> int:
        """02 from the host, 06 a positive answer, 15 a negative one."""
        return self.raw[0]

    @property
    def command(self) -> int:
        """The command code, repeated by the answer."""
        return self.raw[1]

    @property
    def data(self) -> bytes:
        """The bytes between LB and CS."""
        return self.raw[3:-1]


def frame(did: int, command: int, data: bytes = b"") -> bytes:
    """Return the bytes of a frame."""
    body = bytes((did, command, LEAST_LB + len(data))) + data
    return body + bytes((negated_sum8(body),))


class MqwParser:
    """Finds frames by DID, LB and sum in any split, merge or noise of bytes.

    `dids` are the first bytes that this side listens for.
    """

    def __init__(self, *dids: int) -> None:
        self._dids = frozenset(dids or (POSITIVE, NEGATIVE))
        self._buffer = b""

    def feed(self, data: bytes) -> list[Frame | Rejected]:
        """Take bytes; return the frames they complete and what cannot be part of any."""
        self._buffer += data
        items: list[Frame | Rejected] = []
        while self._buffer:
            skipped = self._noise_length()
            if skipped:
                items.append(Rejected(self._take(skipped), "noise"))
            elif len(self._buffer) < 3 or len(self._buffer) < self._buffer[2] + 1:
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
            lb = self._buffer[at + 2] if at + 2 < len(self._buffer) else LEAST_LB
            if byte in self._dids and LEAST_LB <= lb <= MOST_LB:
                return at
        return len(self._buffer)

    def _judge(self) -> Frame | Rejected:
        length = self._buffer[2] + 1
        if sum(self._buffer[:length]) & 0xFF == 0:
            return Frame(self._take(length))
        inner = [at for at in range(1, length) if self._buffer[at] in self._dids]
        return Rejected(self._take(inner[0] if inner else length), "checksum")

    def _take(self, count: int) -> bytes:
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken


@dataclass(frozen=True, slots=True)
class Word:
    """A big-endian signed word of an answer and its scale."""

    field: Field
    scale: Decimal

    def of(self, raw: bytes) -> Decimal:
        """Return the word's value in a whole frame."""
        return int.from_bytes(raw[self.field.start : self.field.stop], "big", signed=True) * self.scale

    def is_valid(self, value: Decimal) -> bool:
        """Whether a value is within the bounds of its field."""
        low, high = self.field.valid or (value, value)
        return bool(low <= value <= high)

    def put(self, value: float) -> bytes:
        """Return the word's bytes for a value, cut to what fits."""
        number = min(max(round(Decimal(value) / self.scale), -0x8000), 0x7FFF)
        return number.to_bytes(2, "big", signed=True)


def _words(name: str) -> str:
    return f"{NAME}.point.{name}"


KINDS_OF_WORD: Mapping[str, tuple[Unit, tuple[int, int], str]] = {
    "co2": (Unit.PERCENT, (-1, 25), "0.01"),
    "co": (Unit.PERCENT, (-1, 16), "0.01"),
    "hc": (Unit.PPM, (-200, 20000), "1"),
    "no": (Unit.PPM, (-200, 10000), "1"),
    "o2": (Unit.PERCENT, (-1, 26), "0.01"),
    "humidity": (Unit.PERCENT, (0, 100), "0.1"),
    "oil_temperature": (Unit.DEGREE_CELSIUS, (-40, 200), "0.1"),
    "ambient_temperature": (Unit.DEGREE_CELSIUS, (-40, 80), "0.1"),
    "engine_speed": (Unit.REVOLUTIONS_PER_MINUTE, (0, 12000), "1"),
    "line_pressure": (Unit.KILOPASCAL, (0, 150), "0.1"),
    "lambda": (Unit.NONE, (0, 33), "0.001"),
    "ambient_pressure": (Unit.KILOPASCAL, (50, 120), "0.1"),
    "pef": (Unit.NONE, (0, 2), "0.001"),
}
"""Name -> unit, bounds, scale; the order in an answer stands in `LONG` and `SHORT`."""


def _words_in_order(*names: str) -> dict[str, Word]:
    made: dict[str, Word] = {}
    for at, name in enumerate(names):
        unit, valid, scale = KINDS_OF_WORD[name]
        start = 3 + 2 * at
        made[name] = Word(Field(name, start, start + 2, unit, valid, _words(name)), Decimal(scale))
    return made


LONG = _words_in_order(
    "co2", "co", "hc", "no", "o2", "humidity", "oil_temperature", "ambient_temperature", "engine_speed",
    "line_pressure", "lambda", "ambient_pressure",
)  # fmt: skip
"""Answer 60, 28 bytes."""
SHORT = _words_in_order(
    "co2", "co", "hc", "no", "o2", "oil_temperature", "engine_speed", "line_pressure", "lambda", "pef"
)  # fmt: skip
"""Answer A3 of MQW-50B and GasBoard-5160, 24 bytes: no room air in it."""


def _fields(words: Mapping[str, Word]) -> tuple[Field, ...]:
    return tuple(word.field for word in words.values())


def _ask(name: str, command: int, answer_bytes: int, *fields: Field, poll: Poll = Poll.ON_DEMAND) -> Query:
    return Query(name, command, answer_bytes, fields, poll=poll, words=_words(name))


def _do(name: str, command: int) -> Query:
    return Query(name, command, ACK_BYTES, access=Access.WRITE, words=_words(name))


def _bits(name: str, at: int) -> Field:
    return Field(name, at, at + 1, Unit.NONE, (0, 255), _words(name))


DATA = _ask("data", Command.DATA, 28, *_fields(LONG), poll=Poll.FAST)
SHORT_DATA = _ask("short_data", Command.SHORT_DATA, 24, *_fields(SHORT), poll=Poll.FAST)
STATUS = _ask(
    "status", Command.STATUS, 11, _bits("running", 3), _bits("general", 4), _bits("failed", 5), poll=Poll.SLOW
)
POINTS = PointTable(
    DATA,
    SHORT_DATA,
    STATUS,
    _do("hc_residue", Command.HC_RESIDUE),
    _do("leak_check", Command.LEAK_CHECK),
    _do("zero", Command.ZERO),
    _do("stop_action", Command.STOP_ACTION),
    _do("start_measuring", Command.START_MEASURING),
    _do("stop_measuring", Command.STOP_MEASURING),
    _do("pump_ambient", Command.PUMP_AMBIENT),
    _do("blow_back", Command.BLOW_BACK),
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A model: its title, the read that it answers, and what is in it."""

    title: str
    read: Query
    words: Mapping[str, Word]


VARIANTS = {
    "mqw50a": Variant("MQW-50A", DATA, LONG),
    "mqw50b": Variant("MQW-50B / GasBoard-5160", SHORT_DATA, SHORT),
}
"""Value of the option `variant` -> model."""


def _doubt(
    name: str, default: str | Decimal, *choices: str, low: Decimal | None = None, high: Decimal | None = None
) -> Option:
    return Option(name, default, f"{NAME}.option.{name}", doubtful=True, choices=choices, low=low, high=high)


OPTIONS = (
    Option("variant", "mqw50a", f"{NAME}.option.variant", choices=tuple(VARIANTS)),
    _doubt("answer_s", Decimal("0.8"), low=Decimal("0.2"), high=Decimal("2.5")),
    _doubt("negative_answer", "repeats_command", "repeats_command", "any"),
    _doubt("data_while_busy", "refused", "refused", "stale"),
    Option("warm_up_s", 120, f"{NAME}.option.warm_up_s", low=0, high=3600),
    Option("starts", "warm", f"{NAME}.option.starts", choices=("warm", "cold")),
)
