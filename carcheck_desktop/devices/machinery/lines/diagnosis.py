"""Causes of a silent instrument, told apart: from the errors of ports and drivers to a `Problem`.

The six that a technician must be able to distinguish are port absent, port busy, no bytes, bytes
but no valid frame, wrong identity and stale; each is an error of `devices.api.errors` whose problem
has a sentence, an evidence and a next step in every language.
"""

from __future__ import annotations

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.api import PortAbsentError, PortBusyError, PortError
from carcheck_desktop.devices.machinery.wire.channels import Channel, OpenError, open_channel
from carcheck_desktop.devices.machinery.wire.ports import PortSettings, is_unreal

SIX_CAUSES = (
    "devices.port_absent",
    "devices.port_busy",
    "devices.no_reply",
    "devices.garbled",
    "devices.wrong_identity",
    "devices.stale",
)


class PortForbiddenError(PortError):
    """The port exists, but this user may not open it."""

    problem_code = "devices.port_forbidden"


class PortUnrealError(PortError):
    """A pseudo-terminal or loopback in a station that is not for training."""

    problem_code = "devices.port_unreal"


class LineBusyError(DeviceError):
    """The line had more urgent things to do for too long."""

    def __init__(self, device: str, port: str, waited_s: float) -> None:
        super().__init__("devices.line_busy", device=device, port=port, waited_ms=round(waited_s * 1000))


class DriverFaultError(DeviceError):
    """The driver itself failed: a mistake in it, not of the instrument."""

    def __init__(self, device: str, port: str, detail: object) -> None:
        super().__init__("devices.driver_fault", device=device, port=port, detail=detail)


def lost(device: str, settings: PortSettings, detail: str) -> PortAbsentError:
    """Return the error of a port that is not there (any more)."""
    return PortAbsentError(device, settings.name, detail)


def named(error: DeviceError | None, device: str, settings: PortSettings) -> DeviceError:
    """Return the port's problem in the name of one of its devices."""
    if error is None:
        return lost(device, settings, "not open")
    if isinstance(error, PortError):
        return type(error)(device, settings.name, error.problem.params["detail"])
    return error


def driver_fault(device: str, settings: PortSettings, error: Exception) -> DriverFaultError:
    """Return the error that reports a driver's own failure."""
    return DriverFaultError(device, settings.name, f"{type(error).__name__}: {error}")


def open_or_explain(settings: PortSettings, *, may_be_unreal: bool) -> Channel | PortError:
    """Open a port, or return the cause why it cannot be opened."""
    if not may_be_unreal and is_unreal(settings.name):
        return PortUnrealError("-", settings.name, "simulated")
    try:
        return open_channel(settings)
    except OpenError as error:
        kinds = {"absent": PortAbsentError, "busy": PortBusyError, "forbidden": PortForbiddenError}
        return kinds[error.cause]("-", settings.name, error.detail)
