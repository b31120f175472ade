"""The host's side of digital inputs and outputs."""

from __future__ import annotations

from carcheck_desktop.devices.api import DeviceContext, DeviceError, ModbusDevice, UsageError
from drivers.modbus_io import protocol as p

MOST_READS = 25


class DigitalIo(ModbusDevice):
    """Light barriers in, contactors out (carcheck's Modbus convention, "Light barriers / DI").

    `active_low` names the inputs whose 0 means active. A module without the convention's registers
    0 to 6 is used with `has_identity` off; then neither a wrong module nor frozen inputs show.
    """

    points = p.POINTS
    identity = p.IDENTITY
    heartbeat = p.HEARTBEAT

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        self._has_identity = bool(context.options.get("has_identity", True))
        self._active_low = p.channels_of(str(context.options.get("active_low", "")))

    def identify(self) -> str:
        """Prove magic and word order, and show the inputs."""
        seen = f"{super().identify()}, " if self._has_identity else ""
        return f"{seen}inputs=" + "".join(str(bit) for bit in self._raw())

    def check_health(self) -> None:
        """Raise when the unit does not answer, reports an error or its heartbeat stands still."""
        if not self._has_identity:
            self._raw()
            return
        beat, _, _, error = self.read_many(p.HEALTH)
        self.observe_heartbeat(int(self.number(beat)))
        self.number(error)

    def inputs(self) -> tuple[bool, ...]:
        """Return every input, True = active, after two equal reads at least 20 ms apart.

        Raises `DeviceError` when the inputs never rest for so long.
        """
        seen = self._raw()
        for _ in range(MOST_READS):
            self._rest()
            again = self._raw()
            if again == seen:
                return tuple(bool(bit) is not (channel in self._active_low) for channel, bit in enumerate(seen))
            seen = again
        raise DeviceError(
            f"{p.NAME}.unsteady",
            device=self.context.name,
            port=self.context.port,
            inputs="".join(str(bit) for bit in seen),
            reads=MOST_READS + 1,
        )

    def set_output(self, channel: int, *, on: bool) -> None:
        """Switch one output; all fall back 3 s after the last write, so it must be repeated to stay on."""
        if not 0 <= channel < p.CHANNELS:
            raise UsageError(
                "devices.option_wrong", driver=p.NAME, option="channel", value=channel, expected=f"0…{p.CHANNELS - 1}"
            )
        self.write(p.OUTPUTS[channel], on)

    def outputs(self) -> tuple[bool, ...]:
        """Return every output as the unit has it."""
        return tuple(bool(reading.value) for reading in self.read_many(p.OUTPUTS))

    def _raw(self) -> tuple[int, ...]:
        return tuple(int(self.number(reading)) for reading in self.read_many(p.INPUTS))

    def _rest(self) -> None:
        """Let 20 ms pass; nobody speaks unasked on this line."""
        until_s = self.context.real_s() + p.DEBOUNCE_S
        while self.context.real_s() < until_s:
            noise = self.context.transport.drain(p.DEBOUNCE_S, p.DEBOUNCE_S)
            if noise:
                self.context.transport.report_foreign(noise, "unasked")
