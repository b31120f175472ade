"""Axle scale of two weight transmitters that speak carcheck's own Modbus convention."""

from __future__ import annotations

from collections.abc import Mapping

from carcheck_desktop.devices.api import DriverInfo, Offer, Side, Simulator, SimulatorContext, WireKind
from drivers.carcheck_weight.driver import AxleScale
from drivers.carcheck_weight.protocol import NAME, OPTIONS, POINTS
from drivers.carcheck_weight.simulator import WeightPadSimulator


def _simulators(context: SimulatorContext) -> Mapping[int, Simulator]:
    right = int(context.options.get("right_unit", 3))
    return {context.unit: WeightPadSimulator(context, Side.LEFT), right: WeightPadSimulator(context, Side.RIGHT)}


DRIVER = DriverInfo(
    NAME,
    "1.0",
    "carcheck's Modbus convention, weight transmitter (own convention, no vendor document)",
    {"AxleScale": Offer(AxleScale, _simulators, POINTS, WireKind.MODBUS, baud=9600, unit=2, options=OPTIONS)},
)
