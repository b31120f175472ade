"""The PLC's face of the simulated bench: registers, the command handshake, the ring of samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from carcheck_desktop.devices.api import Area, ModbusSimulator, Register, RegisterError, Side, SimulatorContext
from drivers.carcheck_roller_brake import protocol as p
from drivers.carcheck_roller_brake.machine import Doing, Machine

BEAT_STEPS = 10
STARTS = {p.Command.START_BOTH: tuple(Side), p.Command.START_LEFT: (Side.LEFT,), p.Command.START_RIGHT: (Side.RIGHT,)}
MOTOR_BIT = {Side.LEFT: p.Status.LEFT_MOTOR, Side.RIGHT: p.Status.RIGHT_MOTOR}
LIVE = ((Side.LEFT, p.FORCE_LEFT, p.LOAD_LEFT, p.SPEED_LEFT), (Side.RIGHT, p.FORCE_RIGHT, p.LOAD_RIGHT, p.SPEED_RIGHT))
PAIRS = {
    "max": (p.MAX_LEFT, p.MAX_RIGHT),
    "difference": (p.DIFFERENCE_LEFT, p.DIFFERENCE_RIGHT),
    "drag": (p.RESULT_DRAG_LEFT, p.RESULT_DRAG_RIGHT),
    "unladen": (p.UNLADEN_LEFT, p.UNLADEN_RIGHT),
}


class RollerBrakeSimulator(ModbusSimulator):
    """Roller brake tester in carcheck's Modbus convention; `machine` is what stands behind the PLC."""

    points = p.POINTS
    identity = p.IDENTITY
    spans: ClassVar = {Area.INPUT: (range(106),), Area.HOLDING: (range(106),)}

    def __init__(self, context: SimulatorContext) -> None:
        options = context.options
        self.interval_ms = int(options.get("interval_ms", p.INTERVAL_MS))
        self.length = int(options.get("ring_length", 1000))
        self.stop_output = str(options.get("stop_output", ""))
        super().__init__(context)
        self._begin()

    def _begin(self) -> None:
        self.machine = Machine(self.world, self.context.place, self.step_s, self._keep_sample)
        self.machine.is_closed = self._is_closed
        self.machine.settings.interval_cycles = round(self.interval_ms / self.step_s / 1000)
        self.machine.at_s, self.machine.real_s = self.at_s, self.real_s
        self.blank()
        self.put_cells(Area.INPUT, p.RING_START, [0] * (2 * self.length))
        self.put(p.INTERVAL, self.interval_ms)
        self.put(p.RING_LENGTH, self.length)
        self.put(p.SLIP_LIMIT, self.machine.settings.slip_limit)
        self.put(p.TIME_OUT, self.machine.settings.time_out_s)

    def power_up(self) -> None:
        """Begin with `ack_seq` 0, an empty ring, motors off and the lift where it was."""
        before = self.machine
        self._begin()
        self.machine.bench.lift = self.machine.bench.lift_to = before.bench.lift
        self.machine.emergency_stop, self.machine.pulse_fault = before.emergency_stop, before.pulse_fault
        self.machine.bench.lift_jammed = before.bench.lift_jammed

    def step(self) -> None:
        """Let the machine do one device cycle."""
        self.machine.step(self.at_s, self.real_s, self.step_number)

    def before_read(self, area: Area, address: int, count: int) -> None:  # noqa: ARG002 - the hook's signature
        """Bring the measured registers up to date."""
        machine = self.machine
        if area is not Area.INPUT or address >= p.RING_START or not machine.cycle:
            return
        self.put(p.HEARTBEAT, _counted(machine.cycle // BEAT_STEPS))
        self.put(p.SEQUENCE, _counted(machine.cycle))
        self.put(p.STATUS, self._status())
        self.put(p.ERROR, machine.error)
        self.put(p.STOPPED, machine.stopped)
        for side, force, load, speed in LIVE:
            self.put(force, machine.bench.force_daN(side, self.step_number))
            self.put(load, round(machine.bench.load_kg(side, self.at_s, self.step_number)))
            self.put(speed, round(machine.bench.rollers[side].speed_kmh, 2))
        for name, pair in machine.results.items():
            for register, value in zip(PAIRS[name], pair, strict=True):
                self.put(register, value)
        for drag, value in zip((p.DRAG_LEFT, p.DRAG_RIGHT), machine.results.get("drag", (0, 0)), strict=True):
            self.put(drag, value)
        self.put(p.NEWEST, machine.newest)
        self.put(p.NEWEST_TIME, round(machine.newest_cycle * self.step_s * 1000) % (1 << 32))

    def on_write(self, registers: tuple[Register, ...]) -> None:
        """Take `host_alive` and settings, and carry out a command once."""
        names = {register.name for register in registers}
        self.machine.settings.slip_limit = int(self.get(p.SLIP_LIMIT) or 0)
        self.machine.settings.time_out_s = int(self.get(p.TIME_OUT) or 0)
        if p.HOST_ALIVE.name in names:
            self.machine.alive_s = self.real_s
        if p.COMMAND_SEQ.name in names:
            number = self.get(p.COMMAND_SEQ)
            if number and number != self.get(p.ACK_SEQ):
                self.put(p.REFUSAL, self._carry_out(int(self.get(p.COMMAND) or 0)))
                self.put(p.ACK_SEQ, number)

    def _keep_sample(self, number: int, left: int, right: int) -> None:
        self.put_cells(Area.INPUT, p.ring_address(number, self.length), [left & 0xFFFF, right & 0xFFFF])

    def _is_closed(self) -> bool:
        return not self.stop_output or self.context.outputs(self.stop_output)

    def _status(self) -> p.Status:
        machine = self.machine
        status = machine.bits
        for side, roller in machine.bench.rollers.items():
            if roller.motor_on:
                status |= MOTOR_BIT[side]
        if self.world.is_occupied(self.context.place, self.at_s):
            status |= p.Status.VEHICLE_IN
        if not machine.bench.is_lift_down:
            status |= p.Status.LIFT_UP
        if machine.doing is not Doing.NOTHING:
            status |= p.Status.RUNNING
        if machine.error:
            return status | p.Status.FAULT
        return status | p.Status.READY if machine.is_free else status

    def _carry_out(self, code: int) -> p.Refusal:
        try:
            command = p.Command(code)
        except ValueError:
            raise RegisterError(3) from None
        refusal = p.Refusal.NONE if command is p.Command.STOP else self._refusal(command)
        if refusal is p.Refusal.NONE:
            self._work(command)()
        return refusal

    def _refusal(self, command: p.Command) -> p.Refusal:
        machine = self.machine
        turns = command in STARTS or command is p.Command.DRAG_TEST
        if machine.error:
            return p.Refusal.ERROR_PENDING
        if turns and machine.is_host_silent:
            return p.Refusal.NO_HOST_ALIVE
        if turns and not self._is_closed():
            return p.Refusal.CONTACTOR_OFF
        if machine.is_free or machine.may_join(STARTS.get(command, ())):
            return p.Refusal.NONE
        return p.Refusal.BUSY

    def _work(self, command: p.Command) -> Callable[[], None]:
        machine = self.machine
        if command in STARTS:
            return lambda: machine.start(STARTS[command])
        return {
            p.Command.NONE: lambda: None,
            p.Command.LIFT_UP: lambda: machine.move_lift(1.0),
            p.Command.LIFT_DOWN: lambda: machine.move_lift(0.0),
            p.Command.STOP: machine.stop,
            p.Command.WEIGH: lambda: machine.prepare(Doing.WEIGHING),
            p.Command.ZERO: machine.bench.zero,
            p.Command.DRAG_TEST: lambda: machine.prepare(Doing.DRAGGING),
        }[command]


def _counted(number: int) -> int:
    """Return a counter's register: it never falls back to 0 but after a restart."""
    return (number - 1) % 0xFFFF + 1 if number else 0
