"""Points: what an instrument has, said once and read by driver, simulator, settings page and docs.

`Register` is a Modbus address, `Query` a command with its answer. `PointTable` holds them and plans
block reads. Here is no byte order of frames (that is the codec's) and no wire.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, IntFlag, StrEnum

from carcheck_desktop.base.units import Unit
from carcheck_desktop.devices.api.readings import Quality, Value

MAX_READ_WORDS = 125
MAX_READ_BITS = 2000
MAX_WRITE_WORDS = 123


class Area(StrEnum):
    """The four address spaces of Modbus."""

    INPUT = "input"
    HOLDING = "holding"
    COIL = "coil"
    DISCRETE = "discrete"

    @property
    def is_bits(self) -> bool:
        """Whether addresses hold single bits."""
        return self in (Area.COIL, Area.DISCRETE)


class Codec(StrEnum):
    """How a number lies in 16-bit words; `BIT` for coils and discrete inputs."""

    U16 = "u16"
    I16 = "i16"
    U32 = "u32"
    I32 = "i32"
    F32 = "f32"
    BIT = "bit"

    @property
    def words(self) -> int:
        """How many addresses the number takes."""
        return 2 if self in (Codec.U32, Codec.I32, Codec.F32) else 1


class WordOrder(StrEnum):
    """Order of the two words of a 32-bit number: `ABCD` is high word first."""

    ABCD = "ABCD"
    CDAB = "CDAB"


class Access(StrEnum):
    """Who may change a point."""

    READ = "read"
    WRITE = "write"
    READ_WRITE = "read_write"


class Poll(StrEnum):
    """How often a point is worth reading by itself."""

    FAST = "fast"
    SLOW = "slow"
    ON_DEMAND = "on_demand"


Bounds = tuple[Decimal | int | float, Decimal | int | float]
Meaning = type[IntEnum] | type[IntFlag]


@dataclass(frozen=True, slots=True)
class Register:
    """One Modbus point, 0-based `address`.

    The value is raw × `scale` (exact) where a scale is given, else the raw number. `valid` are the
    bounds of the scaled value, both included. `meaning` names the codes or bits. `sentinels` are raw
    numbers that are no value and say why. `words` is the catalogue code of the point's name for
    people, the unit's symbol stands in `unit`.
    """

    name: str
    area: Area
    address: int
    codec: Codec = Codec.U16
    unit: Unit = Unit.NONE
    scale: Decimal | None = None
    valid: Bounds | None = None
    meaning: Meaning | None = None
    access: Access = Access.READ
    poll: Poll = Poll.ON_DEMAND
    words: str = ""
    sentinels: Mapping[int, Quality] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The first address after this point."""
        return self.address + self.codec.words

    def raw_of(self, cells: Sequence[int], order: WordOrder = WordOrder.ABCD) -> int | float:
        """Return the unscaled number that lies in `cells` (as many as the codec has words)."""
        codec = self.codec
        if codec is Codec.U16 or codec is Codec.BIT:
            return cells[0]
        if codec is Codec.I16:
            return cells[0] - 0x10000 if cells[0] & 0x8000 else cells[0]
        high, low = (cells[0], cells[1]) if order is WordOrder.ABCD else (cells[1], cells[0])
        bits = high << 16 | low
        if codec is Codec.F32:
            return float(struct.unpack(">f", bits.to_bytes(4, "big"))[0])
        return bits - 0x1_0000_0000 if codec is Codec.I32 and bits & 0x8000_0000 else bits

    def value_of(self, raw: float) -> tuple[Value | None, Quality]:
        """Return the scaled value and its quality for an unscaled number."""
        if self.sentinels and raw in self.sentinels:
            return None, self.sentinels[int(raw)]
        if not math.isfinite(raw):
            return None, Quality.SENSOR_FAULT
        if self.codec is Codec.BIT:
            return bool(raw), Quality.GOOD
        if self.meaning is not None:
            return _meant(self.meaning, int(raw))
        value = raw if self.scale is None else Decimal(raw) * self.scale
        if self.valid is not None and not self.valid[0] <= value <= self.valid[1]:
            return value, Quality.OUT_OF_RANGE
        return value, Quality.GOOD

    def cells_of(self, value: Value, order: WordOrder = WordOrder.ABCD) -> list[int]:
        """Return the words that carry a scaled value; a number that does not fit is a ValueError."""
        raw = value if self.scale is None else Decimal(value) / self.scale
        if self.codec is Codec.BIT:
            return [1 if raw else 0]
        try:
            if self.codec is Codec.F32:
                packed = struct.pack(">f", float(raw))
            else:
                packed = struct.pack(_PACKING[self.codec], round(raw))
        except struct.error as error:
            raise ValueError(f"{self.name}: {value} does not fit {self.codec.value}") from error
        cells = [int.from_bytes(packed[at : at + 2], "big") for at in range(0, len(packed), 2)]
        return cells if order is WordOrder.ABCD else cells[::-1]


_PACKING = {Codec.U16: ">H", Codec.I16: ">h", Codec.U32: ">I", Codec.I32: ">i"}


def _meant(meaning: Meaning, raw: int) -> tuple[Value, Quality]:
    try:
        return meaning(raw), Quality.GOOD
    except ValueError:
        return raw, Quality.OUT_OF_RANGE


@dataclass(frozen=True, slots=True)
class Field:
    """A number inside an answer: bytes `start` to `stop` (excluded), as the protocol writes numbers there."""

    name: str
    start: int
    stop: int
    unit: Unit = Unit.NONE
    valid: Bounds | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A command and what answers it, for instruments that talk in frames.

    `command` is the code that the driver's codec puts into a frame. `answer_bytes` is the length of
    the whole answer, None where the frame tells it itself. `valid` of the fields are bounds of the
    decoded numbers.
    """

    name: str
    command: int
    answer_bytes: int | None = None
    fields: tuple[Field, ...] = ()
    access: Access = Access.READ
    poll: Poll = Poll.ON_DEMAND
    words: str = ""

    def field(self, name: str) -> Field:
        """Return one field by its name."""
        return next(item for item in self.fields if item.name == name)


Point = Register | Query


@dataclass(frozen=True, slots=True)
class Block:
    """One read request and the registers it answers, each with its offset from `address`."""

    area: Area
    address: int
    count: int
    registers: tuple[tuple[Register, int], ...]


class PointTable:
    """All points of an instrument.

    `max_gap` is how many addresses between two points a block read may run over: 0 where reading
    an unknown address is refused, more where the map is readable without gaps.
    """

    def __init__(self, *points: Point, max_gap: int = 0) -> None:
        self._by_name = {point.name: point for point in points}
        if len(self._by_name) != len(points):
            raise ValueError("two points share a name")
        self.max_gap = max_gap

    def __iter__(self) -> Iterator[Point]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Point:
        return self._by_name[name]

    @property
    def registers(self) -> tuple[Register, ...]:
        """The Modbus points."""
        return tuple(point for point in self if isinstance(point, Register))

    @property
    def queries(self) -> tuple[Query, ...]:
        """The command and answer points."""
        return tuple(point for point in self if isinstance(point, Query))

    def plan(self, registers: Sequence[Register]) -> tuple[Block, ...]:
        """Return the fewest requests that read these registers, at most 125 words or 2000 bits each."""
        blocks: list[Block] = []
        run: list[Register] = []
        for register in sorted(registers, key=lambda one: (one.area.value, one.address)):
            if run and not self._joins(run, register):
                blocks.append(_block_of(run))
                run = []
            run.append(register)
        if run:
            blocks.append(_block_of(run))
        return tuple(blocks)

    def _joins(self, run: list[Register], register: Register) -> bool:
        limit = MAX_READ_BITS if register.area.is_bits else MAX_READ_WORDS
        end = max(one.end for one in run)
        return (
            register.area is run[0].area
            and register.address - end <= self.max_gap
            and max(end, register.end) - run[0].address <= limit
        )


def _block_of(run: list[Register]) -> Block:
    start = run[0].address
    count = max(one.end for one in run) - start
    return Block(run[0].area, start, count, tuple((one, one.address - start) for one in run))
