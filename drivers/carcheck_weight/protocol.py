"""The register map of a weight transmitter in carcheck's Modbus convention; pure description.

Source: carcheck's own Modbus convention, "Weight transmitter (unit 2…)". One unit per wheel pad.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, IntFlag

from carcheck_desktop.devices.api import Access, Area, Codec, Option, PointTable, Poll, Register, Unit

NAME = "carcheck_weight"
MAGIC_VALUE = 0x5AA5
TEST_FLOAT = 1234.5


class Status(IntFlag):
    """Bits of register 5."""

    STABLE = 1 << 0
    ZERO = 1 << 1
    NET = 1 << 2
    OVERLOAD = 1 << 3
    UNDERLOAD = 1 << 4
    SENSOR_FAULT = 1 << 5


class Command(IntEnum):
    """Codes of holding register 0."""

    NONE = 0
    ZERO = 1
    TARE = 2
    CLEAR_TARE = 3


TROUBLES = (Status.SENSOR_FAULT, Status.OVERLOAD, Status.UNDERLOAD)
"""Bits that say the value must not be used, the gravest first."""


def _input(name: str, address: int, codec: Codec, valid: tuple[int, int], poll: Poll = Poll.ON_DEMAND) -> Register:
    return Register(name, Area.INPUT, address, codec, Unit.NONE, valid=valid, poll=poll, words=f"{NAME}.point.{name}")


MAGIC = _input("magic", 0, Codec.U16, (0, 0xFFFF))
TEST_VALUE = _input("test_value", 1, Codec.F32, (-2000, 2000))
HEARTBEAT = _input("heartbeat", 3, Codec.U16, (0, 0xFFFF), Poll.FAST)
SEQUENCE = _input("sequence", 4, Codec.U16, (0, 0xFFFF), Poll.FAST)
STATUS = Register("status", Area.INPUT, 5, meaning=Status, poll=Poll.FAST, words=f"{NAME}.point.status")
ERROR = _input("error", 6, Codec.U16, (0, 0), Poll.FAST)
GROSS = _input("gross", 10, Codec.I32, (-1_000_000, 10_000_000), Poll.FAST)
NET = _input("net", 12, Codec.I32, (-10_000_000, 10_000_000))
DECIMALS = _input("decimals", 14, Codec.U16, (0, 6))
DIVISION = _input("division", 15, Codec.U16, (1, 5000))
COMMAND = Register("command", Area.HOLDING, 0, meaning=Command, access=Access.READ_WRITE, words=f"{NAME}.point.command")

MEASURED = (HEARTBEAT, SEQUENCE, STATUS, ERROR, GROSS, NET, DECIMALS, DIVISION)
IDENTITY = ((MAGIC, MAGIC_VALUE), (TEST_VALUE, TEST_FLOAT))
POINTS = PointTable(MAGIC, TEST_VALUE, *MEASURED, COMMAND, max_gap=3)

OPTIONS = (
    Option("word_order", "ABCD", f"{NAME}.option.word_order", choices=("ABCD", "CDAB")),
    Option("right_unit", 3, f"{NAME}.option.right_unit", low=1, high=247),
    Option("decimals", 0, f"{NAME}.option.decimals", low=0, high=3),
    Option("division", 1, f"{NAME}.option.division", choices=(1, 2, 5, 10, 20, 50)),
    Option("capacity_kg", 5000, f"{NAME}.option.capacity_kg", low=100, high=20000),
)


def mass_kg(increments: int, division: int, decimals: int) -> Decimal:
    """Return the exact mass: increments × division × 10^-decimals."""
    return Decimal(increments * division).scaleb(-decimals)
