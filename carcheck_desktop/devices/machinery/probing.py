"""Asking one device of a station file who it is, once, for `doctor` and the settings page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.devices.api import DeviceContext, Origin, PortError
from carcheck_desktop.devices.machinery.lines.diagnosis import open_or_explain
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.registry import SettledDevice
from carcheck_desktop.devices.machinery.wire.transport import LineTransport


@dataclass(frozen=True, slots=True)
class Found:
    """What a probe found: `identity` when the device answered as itself, else the `problem`."""

    device: str
    port: str
    identity: str
    problem: Problem | None


def probe(one: SettledDevice, *, training: bool, now: Callable[[], datetime]) -> Found:
    """Open the port, identify the device, let go of the port. Nothing is moved, nothing is logged.

    Not while a lane runs on the same port: it would be found busy.
    """
    opened = open_or_explain(one.settings, may_be_unreal=training)
    if isinstance(opened, PortError):
        problem = type(opened)(one.name, one.settings.name, opened.problem.params["detail"]).problem
        return Found(one.name, one.settings.name, "", problem)
    transport = LineTransport(one.settings)
    transport.attach(opened)
    context = DeviceContext(
        name=one.name,
        port=one.settings.name,
        unit=one.unit,
        place=one.config.place,
        origin=Origin.SIMULATOR if training else Origin.HARDWARE,
        transport=transport,
        modbus=LineModbusMaster(transport, one.name, one.config.answer_s),
        now=now,
        real_s=time.monotonic,
        options=one.options,
    )
    try:
        return Found(one.name, one.settings.name, one.offer.driver(context).identify(), None)
    except DeviceError as error:
        return Found(one.name, one.settings.name, "", error.problem)
    finally:
        transport.detach("probe")
