"""Commands that are acknowledged by number: written once, never done twice. No curve and no status here."""

from __future__ import annotations

from carcheck_desktop.devices.api import (
    DeviceContext,
    DeviceError,
    GarbledError,
    ModbusDevice,
    NoReplyError,
    RefusedByDeviceError,
    RestartedError,
)
from drivers.carcheck_roller_brake import protocol as p

ACK_WAIT_S = 0.4
ACK_TRIES = 3


class AcknowledgedCommands(ModbusDevice):
    """The command handshake of carcheck's Modbus convention ("Common rules").

    `sequence` is the number acknowledged last, None when it has to be asked.
    """

    points = p.POINTS
    identity = p.IDENTITY
    heartbeat = p.HEARTBEAT

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        self.sequence: int | None = None
        self._unheard: int | None = None  # a number we sent whose acknowledge never came

    def command(self, command: p.Command) -> None:
        """Write command and number, read back the acknowledge and why it was refused, if it was.

        Repeated only while `ack_seq` is unchanged, so that nothing is done twice. A number that may
        still be under way is never used again: the bench would take the new command for a repeat.
        """
        before = self.sequence if self.sequence is not None else self.read_ack()
        number = p.next_sequence(before if self._unheard is None else self._unheard)
        older = {before, self._unheard}
        self._unheard = number
        lost: DeviceError | None = None
        for _ in range(ACK_TRIES):
            # a lost answer says nothing: ack_seq tells whether the bench has heard
            lost = self._send(command, number)
            if self._is_acknowledged(older, number):
                self.sequence, self._unheard = number, None
                self._raise_if_refused(command)
                return
        raise lost or self._error("not_acknowledged", command, f"{before} != {number}")

    def _send(self, command: p.Command, number: int) -> DeviceError | None:
        try:
            self.write_many([(p.COMMAND, command), (p.COMMAND_SEQ, number)])
        except (NoReplyError, GarbledError) as error:
            return error
        return None

    def _is_acknowledged(self, older: set[int | None], number: int) -> bool:
        until_s = self.context.real_s() + ACK_WAIT_S
        while True:
            ack = self.read_ack()
            if ack == number:
                return True
            if ack not in older:
                self.sequence = ack
                if ack == 0:
                    raise RestartedError(self.context.name, self.context.port, "ack_seq -> 0")
                raise self._error("foreign_master", p.Command.NONE, f"{number} != {ack}")
            if self.context.real_s() >= until_s:
                return False

    def _raise_if_refused(self, command: p.Command) -> None:
        refusal = p.Refusal(int(self.number(self.read(p.REFUSAL))))
        if refusal is not p.Refusal.NONE:
            raise RefusedByDeviceError(self.context.name, self.context.port, command.words, refusal.words)

    def read_ack(self) -> int:
        """Return the number of the command that the bench acknowledged last."""
        return int(self.number(self.read(p.ACK_SEQ)))

    def _error(self, what: str, command: p.Command, detail: str) -> DeviceError:
        return DeviceError(
            f"{p.NAME}.{what}",
            device=self.context.name,
            port=self.context.port,
            command=command.words,
            detail=detail,
        )
