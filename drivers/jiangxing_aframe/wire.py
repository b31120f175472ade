"""What bench and scale drivers of the family share on the host's side: ask, command, identify."""

from __future__ import annotations

from carcheck_desktop.devices.api import (
    DeviceContext,
    DeviceError,
    FrameDevice,
    GarbledError,
    Quality,
    Query,
    Reading,
    Value,
    WrongIdentityError,
    hex_of,
)
from drivers.jiangxing_aframe.protocol import ACK_BYTES, NAME, AFrameParser, Command, Frame, frame


class AFrameDevice(FrameDevice[Frame]):
    """One instrument of the "41 LEN CMD" family, alone on its port."""

    def __init__(self, context: DeviceContext) -> None:
        self.frames = AFrameParser()
        super().__init__(context, self.frames)
        self._any_acknowledge = context.options.get("acknowledge") == "any"
        self._zero = int(context.options.get("zero_command", Command.ZERO))

    def ask(self, query: Query) -> Frame:
        """Ask a query and return the answer of its length; the command byte of answers is not specified."""
        return self.request(frame(query.command), lambda one: len(one.raw) == query.answer_bytes)

    def command(self, code: int) -> None:
        """Give a command; returns when it was acknowledged: accepted, not arrived."""

        def is_acknowledge(one: Frame) -> bool:
            return len(one.raw) == ACK_BYTES and (self._any_acknowledge or one.command == code)

        self.request(frame(code), is_acknowledge)

    def zero(self) -> None:
        """Set the instrument to zero."""
        self.command(self._zero)

    def numbers(self, query: Query) -> list[int]:
        """Ask a query and return its numbers; raises `GarbledError` where there are no digits."""
        answer = self.ask(query)
        found = [answer.digits(field.start, field.stop) for field in query.fields]
        values = [value for value in found if value is not None]
        if len(values) != len(found):
            raise GarbledError(self.context.name, self.context.port, answer.raw)
        return values

    def readings(self, query: Query) -> list[Reading[Value]]:
        """Ask a query and return a reading for each of its numbers."""
        context, values = self.context, self.numbers(query)
        return [
            Reading(field.name, value, field.unit, Quality.GOOD, context.origin, context.name, context.now())
            for field, value in zip(query.fields, values, strict=True)
        ]

    def prove(self, query: Query) -> Frame:
        """Ask a query and raise `WrongIdentityError` when something of the family answers otherwise."""
        answer = self.request(
            frame(query.command), lambda one: len(one.raw) != ACK_BYTES or one.command != query.command
        )
        is_stray_record = answer.forces is not None and answer.command != query.command
        if len(answer.raw) != query.answer_bytes or is_stray_record:
            expected = f"41 {query.answer_bytes or 0:02X} {query.command:02X}"
            raise WrongIdentityError(self.context.name, self.context.port, expected, hex_of(answer.raw))
        return answer

    def own_error(self, what: str, **params: object) -> DeviceError:
        """Return an error of this make."""
        return DeviceError(f"{NAME}.{what}", device=self.context.name, port=self.context.port, **params)
