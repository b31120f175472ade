"""Digital inputs and outputs over Modbus in carcheck's own convention."""

from __future__ import annotations

from carcheck_desktop.devices.api import DriverInfo, Offer, WireKind
from drivers.modbus_io.driver import DigitalIo
from drivers.modbus_io.protocol import NAME, OPTIONS, POINTS
from drivers.modbus_io.simulator import DigitalIoSimulator

DRIVER = DriverInfo(
    NAME,
    "1.0",
    "carcheck's Modbus convention, light barriers and outputs (own convention, no vendor document)",
    {
        "DigitalIo": Offer(
            DigitalIo,
            lambda context: {context.unit: DigitalIoSimulator(context)},
            POINTS,
            WireKind.MODBUS,
            baud=9600,
            unit=4,
            options=OPTIONS,
        )
    },
)
