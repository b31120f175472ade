"""The unit's side: barriers as the world has them, coils that fall back without a host."""

from __future__ import annotations

from typing import ClassVar

from carcheck_desktop.devices.api import Area, ModbusSimulator, Register, SimulatorContext
from drivers.modbus_io import protocol as p


class DigitalIoSimulator(ModbusSimulator):
    """Digital inputs and outputs of carcheck's Modbus convention.

    Option `places` wires light barriers of the world to inputs; outputs are told to the other
    simulators as `<device name>:<channel>`.
    """

    points = p.POINTS
    identity = p.IDENTITY
    spans: ClassVar = {Area.INPUT: (range(7),), Area.DISCRETE: (range(p.CHANNELS),), Area.COIL: (range(p.CHANNELS),)}

    def __init__(self, context: SimulatorContext) -> None:
        self._active_low = p.channels_of(str(context.options.get("active_low", "")))
        self._places = p.places_of(str(context.options.get("places", "")))
        self._written_s = 0.0
        self._cycle = 0
        self._is_wired = False
        self.forced: dict[int, bool] = {}
        super().__init__(context)

    def power_up(self) -> None:
        """Begin with every output off."""
        self._is_wired = True
        self._cycle = 0
        self.put(p.HEARTBEAT, 0)
        self.put(p.SEQUENCE, 0)
        for channel in range(p.CHANNELS):
            self._switch(channel, on=False)

    def step(self) -> None:
        """Let the outputs fall 3 s (real time) after the last write to any of them."""
        self._cycle += 1
        if self.real_s - self._written_s >= p.FALL_BACK_S:
            for channel, output in enumerate(p.OUTPUTS):
                if self.get(output):
                    self._switch(channel, on=False)

    def before_read(self, area: Area, address: int, count: int) -> None:  # noqa: ARG002 - the hook's signature
        """Look at the light barriers, and count."""
        if area is Area.INPUT and self._cycle:
            self.put(p.HEARTBEAT, _counted(self._cycle // 10))
            self.put(p.SEQUENCE, _counted(self._cycle))
        if area is not Area.DISCRETE or self.faults.stuck or not self._is_wired:
            return
        for channel, register in enumerate(p.INPUTS):
            is_active = self.forced.get(channel, self._is_interrupted(channel))
            self.put(register, is_active is not (channel in self._active_low))

    def on_write(self, registers: tuple[Register, ...]) -> None:
        """Take a coil; the same value again keeps all of them alive, too."""
        self._written_s = self.real_s
        for register in registers:
            self.context.switch(f"{self.context.name}:{register.address}", bool(self.get(register)))

    def _is_interrupted(self, channel: int) -> bool:
        place = self._places.get(channel)
        return place is not None and self.world.is_occupied(place, self.at_s)

    def _switch(self, channel: int, *, on: bool) -> None:
        self.put(p.OUTPUTS[channel], on)
        self.context.switch(f"{self.context.name}:{channel}", on)


def _counted(number: int) -> int:
    """Return a counter's register: it never falls back to 0 but after a restart."""
    return (number - 1) % 0xFFFF + 1 if number else 0
