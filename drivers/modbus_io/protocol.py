"""Digital inputs and outputs over Modbus in carcheck's convention; pure description.

Source: carcheck's own Modbus convention, "Light barriers / DI": discrete inputs by FC 02, coils by
FC 05 and FC 01, all coils off 3 s after the last FC 05. Input registers 0 to 6 as in every unit.
"""

from __future__ import annotations

from carcheck_desktop.devices.api import Access, Area, Codec, Option, PointTable, Poll, Register, Unit, UsageError

NAME = "modbus_io"
CHANNELS = 8
DEBOUNCE_S = 0.02
FALL_BACK_S = 3.0
MAGIC_VALUE = 0x5AA5
TEST_FLOAT = 1234.5


def _channel(area: Area, number: int) -> Register:
    is_coil = area is Area.COIL
    return Register(
        f"{'output' if is_coil else 'input'}_{number}",
        area,
        number,
        Codec.BIT,
        valid=(0, 1),
        access=Access.READ_WRITE if is_coil else Access.READ,
        poll=Poll.FAST,
        words=f"{NAME}.point.{'output' if is_coil else 'input'}_{number}",
    )


def _input(name: str, address: int, codec: Codec = Codec.U16, valid: tuple[int, int] = (0, 0xFFFF)) -> Register:
    return Register(name, Area.INPUT, address, codec, Unit.NONE, valid=valid, words=f"{NAME}.point.{name}")


MAGIC = _input("magic", 0)
TEST_VALUE = _input("test_value", 1, Codec.F32, (-2000, 2000))
HEARTBEAT = _input("heartbeat", 3)
SEQUENCE = _input("sequence", 4)
STATUS = _input("status", 5)
ERROR = _input("error", 6, valid=(0, 0))
HEALTH = (HEARTBEAT, SEQUENCE, STATUS, ERROR)
IDENTITY = ((MAGIC, MAGIC_VALUE), (TEST_VALUE, TEST_FLOAT))
INPUTS = tuple(_channel(Area.DISCRETE, number) for number in range(CHANNELS))
OUTPUTS = tuple(_channel(Area.COIL, number) for number in range(CHANNELS))
POINTS = PointTable(MAGIC, TEST_VALUE, *HEALTH, *INPUTS, *OUTPUTS)

OPTIONS = (
    Option("word_order", "ABCD", f"{NAME}.option.word_order", choices=("ABCD", "CDAB")),
    Option("has_identity", True, f"{NAME}.option.has_identity"),
    Option("active_low", "", f"{NAME}.option.active_low"),
    Option("places", "", f"{NAME}.option.places"),
)


def channels_of(text: str) -> frozenset[int]:
    """Return the channel numbers of an option such as `0,3`; raises `UsageError` for anything else."""
    return frozenset(_channel_number("active_low", text, part) for part in text.split(",") if part.strip())


def places_of(text: str) -> dict[int, str]:
    """Return which light barrier is wired to which input, from `0=weigh,1=brake`; raises `UsageError`."""
    found: dict[int, str] = {}
    for pair in text.split(","):
        if pair.strip():
            channel, _, place = pair.partition("=")
            if not place.strip():
                raise _wrong("places", text)
            found[_channel_number("places", text, channel)] = place.strip()
    return found


def _channel_number(option: str, text: str, part: str) -> int:
    if not part.strip().isdecimal() or int(part) >= CHANNELS:
        raise _wrong(option, text)
    return int(part)


def _wrong(option: str, text: str) -> UsageError:
    expected = {"active_low": "0,3", "places": "0=weigh,1=brake"}[option]
    return UsageError("devices.option_wrong", driver=NAME, option=option, value=text, expected=expected)
