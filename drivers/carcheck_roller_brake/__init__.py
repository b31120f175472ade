"""Roller brake tester behind a PLC that speaks carcheck's own Modbus convention."""

from __future__ import annotations

from carcheck_desktop.devices.api import DriverInfo, Offer, WireKind, line_load
from drivers.carcheck_roller_brake.driver import RollerBrakeTester
from drivers.carcheck_roller_brake.protocol import INTERVAL_MS, NAME, OPTIONS, POINTS
from drivers.carcheck_roller_brake.simulator import RollerBrakeSimulator

DRIVER = DriverInfo(
    NAME,
    "1.0",
    "carcheck's Modbus convention, roller brake tester (own convention, no vendor document)",
    {
        "BrakeTester": Offer(
            RollerBrakeTester,
            lambda context: {context.unit: RollerBrakeSimulator(context)},
            POINTS,
            WireKind.MODBUS,
            baud=115200,
            unit=1,
            options=OPTIONS,
            load=lambda bytes_per_s, speed: line_load(bytes_per_s, 1000 / INTERVAL_MS * speed),
        )
    },
)
