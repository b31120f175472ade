"""The host's side of an axle scale made of two weight transmitters on one line."""

from __future__ import annotations

from decimal import Decimal

from carcheck_desktop.devices.api import DeviceContext, DeviceError, ModbusDevice, Reading, Side, Value, WheelLoads
from drivers.carcheck_weight import protocol as p

ZERO_WAIT_S = 1.0


class WeightPad(ModbusDevice):
    """One weight transmitter (carcheck's Modbus convention, "Weight transmitter (unit 2…)")."""

    points = p.POINTS
    identity = p.IDENTITY
    heartbeat = p.HEARTBEAT

    def __init__(self, context: DeviceContext, unit: int, side: Side) -> None:
        super().__init__(context, unit)
        self.side = side

    def mass(self) -> tuple[Decimal, p.Status]:
        """Return gross mass in kg and the status; raises when the transmitter says not to use it."""
        beat, _, status, error, gross, _, decimals, division = self.measured()
        self.observe_heartbeat(int(self.number(beat)))
        bits = p.Status(int(self.number(status)))
        for trouble in p.TROUBLES:
            if bits & trouble:
                raise self._trouble(str(trouble.name).lower(), gross.value)
        self.number(error)
        numbers = (int(self.number(one)) for one in (gross, division, decimals))
        return p.mass_kg(*numbers), bits

    def measured(self) -> list[Reading[Value]]:
        """Return everything measured, from one request."""
        return self.read_many(p.MEASURED)

    def command(self, command: p.Command) -> None:
        """Write a command; the transmitter carries it out at once."""
        self.write(p.COMMAND, command)

    def _trouble(self, what: str, found: object) -> DeviceError:
        context = self.context
        return DeviceError(
            f"{p.NAME}.{what}",
            device=context.name,
            port=context.port,
            unit=self.unit,
            side=f"Side.{self.side.value}",
            found=found,
        )

    def zero(self) -> None:
        """Set the pad to zero and make sure that it says so."""
        self.command(p.Command.ZERO)
        until_s = self.context.real_s() + ZERO_WAIT_S
        while True:
            mass, bits = self.mass()
            if bits & p.Status.ZERO:
                return
            if self.context.real_s() >= until_s:
                raise self._trouble("not_zeroed", mass)


class AxleScale:
    """Axle scale of two pads (carcheck's Modbus convention): the device's unit left, `right_unit` right."""

    points = p.POINTS

    def __init__(self, context: DeviceContext) -> None:
        self.pads = (
            WeightPad(context, context.unit, Side.LEFT),
            WeightPad(context, int(context.options.get("right_unit", 3)), Side.RIGHT),
        )

    def identify(self) -> str:
        """Prove magic and word order of both units."""
        return "; ".join(f"unit {pad.unit}: {pad.identify()}" for pad in self.pads)

    def check_health(self) -> None:
        """Raise when a unit does not answer or its heartbeat stands still."""
        for pad in self.pads:
            pad.check_health()

    def loads(self) -> WheelLoads:
        """Return the gross mass on both pads; raises on overload, underload or sensor fault."""
        (left_kg, left), (right_kg, right) = (pad.mass() for pad in self.pads)
        return WheelLoads(left_kg, right_kg, bool(left & right & p.Status.STABLE))

    def zero(self) -> None:
        """Set both empty pads to zero."""
        for pad in self.pads:
            pad.zero()

    def tare(self) -> None:
        """Take what is on the pads as tare; `loads` stays gross."""
        for pad in self.pads:
            pad.command(p.Command.TARE)

    def clear_tare(self) -> None:
        """Forget the tare."""
        for pad in self.pads:
            pad.command(p.Command.CLEAR_TARE)
