"""Asking on a wire without echo: what is due is said before, what is late is waited out."""

from __future__ import annotations

from decimal import Decimal

from carcheck_desktop.devices.api import (
    DeviceContext,
    DeviceError,
    FrameDevice,
    GarbledError,
    NoReplyError,
    Quality,
    ReadingUnusableError,
    RefusedByDeviceError,
    hex_of,
)
from drivers.nanhua_nha50x import protocol as p

ACTION_ANSWER_S = 2.5
"""What public drivers wait for any answer; here for commands only, and for an answer that is late."""
BETWEEN_BYTES_S = 0.02
"""Silence that ends a one-byte answer; a byte takes 1 ms, adapters hand bytes on every 16 ms at most."""


class SingleByteDevice(FrameDevice[p.Answer]):
    """An instrument that one byte commands.

    Bytes behind a one-byte answer spoil it, and after a silence a late answer is waited out before
    anything else is asked: both would pass for an answer to something else.
    """

    def __init__(self, context: DeviceContext) -> None:
        self.answers = p.AnswerParser()
        super().__init__(context, self.answers)
        self.answer_s = float(str(context.options.get("answer_s", "0.8")))
        self._late_until_s = 0.0

    def on_unasked(self, data: bytes) -> bool:  # noqa: ARG002 - for those that know what it may mean
        """Take bytes that came between two questions; False when they mean nothing."""
        return False

    def listen(self) -> None:
        """Take what came unasked; what means nothing is foreign."""
        data = self.context.transport.purge()
        if data and not self.on_unasked(data):
            self.context.transport.report_foreign(data, "late")

    def ask_byte(self, code: int) -> int:
        """Ask what one byte answers and return it; 15 is a refusal."""
        return self._accepted(code, self.ask(code, p.Shape.BYTE, 1))

    def command(self, code: int) -> int:
        """Give a command and return the byte that answers it; 15 is a refusal. Never said twice."""
        return self._accepted(code, self._ask_once(code, p.Shape.BYTE, 1, ACTION_ANSWER_S))

    def _accepted(self, code: int, answer: p.Answer) -> int:
        if answer.is_refusal:
            raise RefusedByDeviceError(self.context.name, self.context.port, f"{code} ({code:02X}h)", "15")
        return answer.raw[0]

    def ask_block(self, code: int, length: int) -> bytes:
        """Send a command that a block answers and return it."""
        try:
            answer = self.ask(code, p.Shape.BLOCK, length)
        except GarbledError as error:
            found = p.complete_lengths(error.received)
            if found and found != [length]:
                raise DeviceError(
                    f"{p.NAME}.other_length",
                    device=self.context.name,
                    port=self.context.port,
                    expected=length,
                    found=found[0],
                    bytes=hex_of(error.received),
                ) from error
            raise
        if answer.is_refusal:
            raise RefusedByDeviceError(self.context.name, self.context.port, f"{code} ({code:02X}h)", "15")
        return answer.raw

    def ask(self, code: int, shape: p.Shape, length: int) -> p.Answer:
        """Ask and return the one answer that is due; what came garbled is asked for once more."""
        try:
            return self._ask_once(code, shape, length, self.answer_s)
        except GarbledError as error:
            if p.complete_lengths(error.received):
                raise
            return self._ask_once(code, shape, length, self.answer_s)

    def _ask_once(self, code: int, shape: p.Shape, length: int, timeout_s: float) -> p.Answer:
        """Send a byte and return the one answer that is due; raises `GarbledError` when more came than that."""
        wire = self.context.transport
        self._wait_out_late()
        self.listen()
        self.answers.expect(shape, length)
        sent_s = self.context.real_s()
        try:
            answer = self.request(bytes((code,)), lambda _answer: True, timeout_s)
        except NoReplyError:
            self._late_until_s = sent_s + ACTION_ANSWER_S
            raise
        behind = self.answers.extra
        if not behind and (shape is not p.Shape.BLOCK or answer.is_refusal):
            # a block has its sum; one or two bytes have nothing but the silence behind them
            behind = wire.read_some(wire.deadline(BETWEEN_BYTES_S))
        if behind:
            behind += wire.drain(BETWEEN_BYTES_S, ACTION_ANSWER_S)
            raise GarbledError(self.context.name, self.context.port, answer.raw + behind)
        return answer

    def _wait_out_late(self) -> None:
        """After a silence hold back until the old answer has come or can no longer come: it would pass for the next one."""
        left_s = self._late_until_s - self.context.real_s()
        self._late_until_s = 0.0
        if left_s <= 0:
            return
        wire = self.context.transport
        late = wire.read_some(wire.deadline(left_s))
        if late:
            wire.report_foreign(late + wire.drain(BETWEEN_BYTES_S, ACTION_ANSWER_S), "late")

    def value_of(self, word: p.Word, block: bytes) -> Decimal:
        """Return a value that must be there; raises `ReadingUnusableError` outside what can be."""
        value = word.of(block)
        if not word.is_valid(value):
            raise ReadingUnusableError(self.context.name, self.context.port, word.field.words, Quality.OUT_OF_RANGE)
        return value

    def cannot(self, what: str) -> DeviceError:
        """Return the error for what this model has not."""
        return DeviceError("devices.gas.cannot", device=self.context.name, driver=p.NAME, what=what)
