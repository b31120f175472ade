"""The single-byte command family of Nanhua and Fuli gas analysers; pure description and parser.

Source: protocol page "Petrol gas analyser — Nanhua NHA-503 / 503V / 506I / 508 and Fuli FLA-502": framing and
block H, variants M, doubtful options L. The host sends one byte; the answer has neither echo nor length, so
the parser must be told what is due. A block is `06`, big-endian words and the plain 8-bit sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.devices.api import (
    Access,
    AnalyserState,
    Field,
    Option,
    PointTable,
    Poll,
    Query,
    Rejected,
    Unit,
    sum8,
)

NAME = "nanhua_nha50x"
ACK = 0x06
NAK = 0x15
PASSED = 0x00
FAILED = 0x01
RUNNING = 0x05
LOW_FLOW = 0x8888
"""The flow word's sentinel; never a number."""
NO_VALUE = frozenset((0xFFFF, 0x7FFF, LOW_FLOW))
"""Oil temperature without a pickup (L)."""
O2_AGED = 0x01
NO_AGED = 0x02
LONGEST_WARM_UP_S = 3600


class Shape(StrEnum):
    """What is due: one byte, two bytes, or a block that begins with 06 and ends with its sum."""

    BYTE = "byte"
    WORD = "word"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer; `is_refusal` for a lone 15."""

    raw: bytes
    shape: Shape

    @property
    def is_refusal(self) -> bool:
        """Whether the analyser refused, was busy or did not know the command."""
        return self.raw[:1] == bytes((NAK,)) and len(self.raw) == 1


@dataclass(frozen=True, slots=True)
class Word:
    """A big-endian word of a block and its scale."""

    field: Field
    scale: Decimal = Decimal(1)
    signed: bool = True

    def raw(self, block: bytes) -> int:
        """Return the word's number without scale."""
        return int.from_bytes(block[self.field.start : self.field.stop], "big", signed=self.signed)

    def of(self, block: bytes) -> Decimal:
        """Return the word's value."""
        return self.raw(block) * self.scale

    def is_valid(self, value: Decimal) -> bool:
        """Whether a value is within the bounds of its field."""
        low, high = self.field.valid or (value, value)
        return bool(low <= value <= high)

    def put(self, value: float) -> bytes:
        """Return the word's bytes for a value, cut to what fits."""
        low, high = (-0x8000, 0x7FFF) if self.signed else (0, 0xFFFF)
        number = min(max(round(Decimal(value) / self.scale), low), high)
        return number.to_bytes(2, "big", signed=self.signed)


def _words(name: str) -> str:
    return f"{NAME}.point.{name}"


def _word(
    name: str, at: int, unit: Unit, valid: tuple[Decimal | int, Decimal | int], scale: str = "1", *, signed: bool = True
) -> Word:
    return Word(Field(name, at, at + 2, unit, valid, _words(name)), Decimal(scale), signed)


HC = _word("hc", 1, Unit.PPM, (-200, 20000))
CO = _word("co", 3, Unit.PERCENT, (-1, 16), "0.01")
CO_FLA = _word("co", 3, Unit.PERCENT, (-1, 16), "0.001")
CO2 = _word("co2", 5, Unit.PERCENT, (-1, 25), "0.01")
O2 = _word("o2", 7, Unit.PERCENT, (-1, 26), "0.01")
NO = _word("no", 9, Unit.PPM, (-200, 10000))
SPEED = _word("engine_speed", 11, Unit.REVOLUTIONS_PER_MINUTE, (0, 12000), signed=False)
OIL = _word("oil_temperature", 13, Unit.DEGREE_CELSIUS, (-40, 200), "0.1")
OIL_WHOLE = _word("oil_temperature", 13, Unit.DEGREE_CELSIUS, (-40, 200))
FLOW = _word("flow", 15, Unit.NONE, (0, LOW_FLOW), signed=False)
FLAGS = Field("flags", 17, 18, Unit.NONE, (0, 255), _words("flags"))
LAMBDA = _word("lambda", 18, Unit.NONE, (0, 100), "0.01", signed=False)

TEMPERATURE = _word("temperature", 1, Unit.DEGREE_CELSIUS, (-40, 80), "0.1")
PRESSURE = _word("pressure", 3, Unit.KILOPASCAL, (50, 120), "0.1")
HUMIDITY = _word("humidity", 5, Unit.PERCENT, (0, 100), "0.1")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a data block of one length has what the others have elsewhere or not at all."""

    length: int
    flow: Word | None
    flags: Field | None
    lambda_value: Word


def _lambda_at(at: int) -> Word:
    return _word("lambda", at, Unit.NONE, (0, 100), "0.01", signed=False)


def _flags_at(at: int) -> Field:
    return Field("flags", at, at + 1, Unit.NONE, (0, 255), _words("flags"))


LAYOUTS = {
    21: Layout(21, FLOW, FLAGS, LAMBDA),
    # answer to 44: as 21 with one unknown word before the sum (L)
    23: Layout(23, FLOW, FLAGS, LAMBDA),
    # old firmware: as 21 without the flow word (L)
    19: Layout(19, None, _flags_at(15), _lambda_at(16)),
    # NHA-501A as one driver waits for it: the listed fields only
    18: Layout(18, None, None, _lambda_at(15)),
}
"""Data block length -> layout."""


def block(*parts: bytes) -> bytes:
    """Return a block with its leading 06 and its sum."""
    body = bytes((ACK,)) + b"".join(parts)
    return body + bytes((sum8(body),))


PLAIN_STATES = {
    0x00: AnalyserState.READY,
    0x01: AnalyserState.MEASURING,
    0x02: AnalyserState.WARMING_UP,
    # 03 by the vendor's header, 04 by the second source: both are taken
    0x03: AnalyserState.LEAK_CHECK,
    0x04: AnalyserState.LEAK_CHECK,
    0x05: AnalyserState.ZEROING,
    # newer firmware
    0xF0: AnalyserState.READY,
    0xF1: AnalyserState.MEASURING,
}
LETTER_STATES = {
    ord("H"): AnalyserState.WARMING_UP,
    ord("Z"): AnalyserState.ZEROING,
    ord("W"): AnalyserState.READY,
}


@dataclass(frozen=True, slots=True)
class Variant:
    """One model's command codes, as the vendor's tables write them: in decimal. None: the model has it not."""

    title: str
    read: int
    sample: int
    ambient: int
    stop: int
    zero: int
    status: int
    environment: int | None = None
    warm_up_left: int | None = None
    blow_back: int | None = None
    leak_check: int | None = None
    block_bytes: int = 21
    co: Word = CO

    @property
    def states(self) -> dict[int, AnalyserState]:
        """What its status codes mean; the short set speaks in letters and says nothing of its pump."""
        return LETTER_STATES if self.status == 20 else PLAIN_STATES


NHA503 = Variant("NHA-503", 129, 4, 3, 6, 8, 38, 2, 39, 5, 7)
NHA503V = Variant("NHA-503V", 1, 35, 34, 6, 8, 38, 2, 39, 5, 7)
NHA506I = Variant("NHA-506I", 1, 35, 34, 6, 8, 38, 2, 39, 5, 7)
FLA502 = Variant("FLA-502", 1, 4, 3, 6, 8, 34, 2, 35, 5, 7, co=CO_FLA)
NHA501A = Variant("NHA-501A", 3, 1, 4, 2, 12, 20, block_bytes=19)
VARIANTS = {"nha503": NHA503, "nha503v": NHA503V, "nha506i": NHA506I, "fla502": FLA502, "nha501a": NHA501A}
"""Value of the option `variant` -> model. "506" of the short set is not the 506I."""


class AnswerParser:
    """Finds the one answer that is due in any split or noise of bytes.

    `extra` holds bytes that came behind it: with one-byte answers they are the only sign of noise or of a
    stranger, so the driver refuses such an answer.
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._shape = Shape.BYTE
        self._length = 1
        self._is_due = False
        self.extra = b""

    def expect(self, shape: Shape, length: int) -> None:
        """From now on this is due; what was held is forgotten."""
        self._shape, self._length = shape, length
        self._buffer, self.extra, self._is_due = b"", b"", True

    def feed(self, data: bytes) -> list[Answer | Rejected]:
        """Take bytes; return the answer they complete and what cannot be part of it."""
        self._buffer += data
        items: list[Answer | Rejected] = []
        while self._buffer and self._is_due:
            item = self._next()
            if item is None:
                return items
            items.append(item)
            self._is_due = not isinstance(item, Answer)
        if self._buffer:
            self.extra += self._buffer
            items.append(Rejected(self._take(len(self._buffer)), "noise"))
        return items

    def reset(self) -> bytes:
        """Forget an answer that is not complete and return its bytes."""
        return self._take(len(self._buffer))

    def _next(self) -> Answer | Rejected | None:
        first = self._buffer[0]
        if self._shape is Shape.BYTE or first == NAK:
            return Answer(self._take(1), self._shape)
        if self._shape is Shape.WORD:
            return Answer(self._take(2), self._shape) if len(self._buffer) >= 2 else None
        if first != ACK:
            return Rejected(self._take(1), "noise")
        if len(self._buffer) < self._length:
            return None
        if sum8(self._buffer[: self._length - 1]) == self._buffer[self._length - 1]:
            return Answer(self._take(self._length), self._shape)
        inner = self._buffer.find(ACK, 1, self._length)
        return Rejected(self._take(self._length if inner < 0 else inner), "checksum")

    def _take(self, count: int) -> bytes:
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken


def complete_lengths(data: bytes) -> list[int]:
    """Return the lengths of data blocks that these bytes would be: all of them, with a right sum."""
    right = len(data) in LAYOUTS and data[0] == ACK and sum8(data[:-1]) == data[-1]
    return [len(data)] if right else []


def _ask(name: str, command: int, answer_bytes: int, *fields: Field, poll: Poll = Poll.ON_DEMAND) -> Query:
    return Query(name, command, answer_bytes, fields, poll=poll, words=_words(name))


def _do(name: str, command: int) -> Query:
    return Query(name, command, 1, access=Access.WRITE, words=_words(name))


STATUS_CODE = Field("status_code", 0, 1, Unit.NONE, (0, 255), _words("status_code"))
SECONDS_LEFT = Field("seconds_left", 0, 2, Unit.SECOND, (0, LONGEST_WARM_UP_S), _words("seconds_left"))
POINTS = PointTable(
    _ask(
        "data", NHA503V.read, 21,
        HC.field, CO.field, CO2.field, O2.field, NO.field, SPEED.field, OIL.field, FLOW.field, FLAGS, LAMBDA.field,
        poll=Poll.FAST,
    ),
    _ask("environment", 2, 8, TEMPERATURE.field, PRESSURE.field, HUMIDITY.field),
    _ask("status", NHA503V.status, 1, STATUS_CODE, poll=Poll.SLOW),
    _ask("warm_up_left", 39, 2, SECONDS_LEFT),
    _do("pump_sample", NHA503V.sample),
    _do("pump_ambient", NHA503V.ambient),
    _do("blow_back", 5),
    _do("stop", NHA503V.stop),
    _do("leak_check", 7),
    _do("zero", NHA503V.zero),
)  # fmt: skip
"""The points with the codes of the NHA-503V; `Variant` has those of the others."""


def _doubt(
    name: str,
    default: str | int | Decimal,
    *choices: str,
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
) -> Option:
    return Option(name, default, f"{NAME}.option.{name}", doubtful=True, choices=choices, low=low, high=high)


OPTIONS = (
    Option("variant", "nha503v", f"{NAME}.option.variant", choices=tuple(VARIANTS)),
    _doubt("read_command", "variant", "variant", "01", "81"),
    _doubt("data_bytes", "variant", "variant", "18", "19", "21"),
    _doubt("oil_scale", "tenths", "tenths", "whole"),
    _doubt("answer_s", Decimal("0.8"), low=Decimal("0.2"), high=Decimal("2.5")),
    _doubt("unasked_result", "taken", "taken", "ignored"),
    _doubt("status_codes", "plain", "plain", "f0"),
    _doubt("leak_code", "03", "03", "04"),
    _doubt("data_while_busy", "refused", "refused", "stale"),
    Option("warm_up_s", 120, f"{NAME}.option.warm_up_s", low=0, high=LONGEST_WARM_UP_S),
    Option("starts", "warm", f"{NAME}.option.starts", choices=("warm", "cold")),
)


def settled_variant(options: dict[str, object]) -> tuple[Variant, Layout, Word]:
    """Return the model, its data block's layout and its oil temperature, as the options say."""
    variant = VARIANTS[str(options.get("variant", "nha503v"))]
    length = options.get("data_bytes", "variant")
    layout = LAYOUTS[variant.block_bytes if length == "variant" else int(str(length))]
    return variant, layout, OIL_WHOLE if options.get("oil_scale") == "whole" else OIL


def read_code(variant: Variant, options: dict[str, object]) -> int:
    """Return the command that reads data: the model's, or the site's."""
    told = str(options.get("read_command", "variant"))
    return variant.read if told == "variant" else int(told, 16)
