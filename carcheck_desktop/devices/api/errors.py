"""The errors of instruments and their lines, each with device, port and evidence.

Six causes that a technician can tell apart, and what a driver itself finds out.
"""

from __future__ import annotations

from enum import StrEnum

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.base.messages import word

SHOWN_BYTES = 32
"""How many of the last bytes an evidence shows."""


def hex_of(data: bytes) -> str:
    """Return the last bytes as a technician reads them: `41 04 62 59`."""
    shown = data[-SHOWN_BYTES:].hex(" ").upper()
    return f"… {shown}" if len(data) > SHOWN_BYTES else shown


class PortError(DeviceError):
    """The port itself is the trouble; `problem_code` names which."""

    problem_code = "devices.port_absent"

    def __init__(self, device: str, port: str, detail: object) -> None:
        super().__init__(self.problem_code, device=device, port=port, detail=detail)


class PortAbsentError(PortError):
    """The port does not exist, or went away while it was open."""


class PortBusyError(PortError):
    """Another program holds the port."""

    problem_code = "devices.port_busy"


class NoReplyError(DeviceError):
    """No byte came before the deadline."""

    def __init__(self, device: str, port: str, waited_s: float) -> None:
        super().__init__("devices.no_reply", device=device, port=port, waited_ms=round(waited_s * 1000))


class GarbledError(DeviceError):
    """Bytes came, but no valid frame among them."""

    def __init__(self, device: str, port: str, received: bytes) -> None:
        self.received = received
        super().__init__("devices.garbled", device=device, port=port, count=len(received), bytes=hex_of(received))


class WrongIdentityError(DeviceError):
    """Something answers properly, but it is not the instrument that the station file names."""

    def __init__(self, device: str, port: str, expected: object, found: object) -> None:
        super().__init__("devices.wrong_identity", device=device, port=port, expected=expected, found=found)


class StaleError(DeviceError):
    """The instrument answers, but its heartbeat stands still: its values are old."""

    def __init__(self, device: str, port: str, heartbeat: int, frozen_s: float) -> None:
        super().__init__(
            "devices.stale", device=device, port=port, heartbeat=heartbeat, frozen_ms=round(frozen_s * 1000)
        )


class RestartedError(DeviceError):
    """The instrument has restarted: what it was doing is void."""

    def __init__(self, device: str, port: str, detail: object) -> None:
        super().__init__("devices.restarted", device=device, port=port, detail=detail)


class ExceptionReplyError(DeviceError):
    """A Modbus device refused the request with an exception code (1 function, 2 address, 3 value, 4 failure)."""

    def __init__(self, device: str, port: str, function: int, exception: int) -> None:
        self.exception = exception
        super().__init__("devices.exception_reply", device=device, port=port, function=function, exception=exception)


class RefusedByDeviceError(DeviceError):
    """The instrument understood a command and did not carry it out.

    `reason` is a catalogue code or a short word of the make, shown as evidence.
    """

    def __init__(self, device: str, port: str, command: object, reason: object) -> None:
        super().__init__("devices.refused", device=device, port=port, command=command, reason=reason)


class ReadingUnusableError(DeviceError):
    """The instrument answered, and says that its value must not be used (overload, sensor fault …)."""

    def __init__(self, device: str, port: str, point: str, quality: StrEnum) -> None:
        super().__init__("devices.unusable", device=device, port=port, point=point, quality=word(quality).code)


class AnalyserNotReadyError(DeviceError):
    """A gas analyser warms up, zeroes or does something else of its own: there are no values now.

    `state` is the member of `AnalyserState`, `code` the analyser's answer in hex, `left_s` the seconds of
    warming up that it says are left.
    """

    def __init__(self, device: str, port: str, state: StrEnum, code: str, left_s: int | None = None) -> None:
        if left_s is None:
            super().__init__("devices.gas.not_ready", device=device, port=port, state=word(state).code, code=code)
        else:
            super().__init__("devices.gas.warming_up", device=device, port=port, left_s=left_s)
