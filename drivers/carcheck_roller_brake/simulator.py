"""The PLC's side of the roller brake tester: registers, commands, watchdog, tests, ring of samples."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import ClassVar

from carcheck_desktop.devices.api import (
    Area,
    ModbusSimulator,
    Register,
    RegisterError,
    Side,
    SimulatorContext,
)
from carcheck_desktop.devices.api.physics import RollerBench
from drivers.carcheck_roller_brake import protocol as p

ALIVE_S = 3.0
LIFT_LIMIT_S = 5.0
WEIGH_S = 1.0
DRAG_RUN_UP_S = 1.0
DRAG_S = 1.0
CUT_STEPS = 3
"""The contactor opens so many steps after a wheel has locked; samples go on until then."""
PULSE_LIMIT_S = 1.0
OVERLOAD_DAN = 3000
LIGHT_KG = 30
DRAG_SHARE = 0.1
BEAT_STEPS = 10

STARTS = {p.Command.START_BOTH: tuple(Side), p.Command.START_LEFT: (Side.LEFT,), p.Command.START_RIGHT: (Side.RIGHT,)}
LOCK_BIT = {Side.LEFT: p.Status.LEFT_LOCKED, Side.RIGHT: p.Status.RIGHT_LOCKED}
MOTOR_BIT = {Side.LEFT: p.Status.LEFT_MOTOR, Side.RIGHT: p.Status.RIGHT_MOTOR}
PULSE_ERROR = {Side.LEFT: p.BenchError.LEFT_PULSE_FAULT, Side.RIGHT: p.BenchError.RIGHT_PULSE_FAULT}
DRAG_ERROR = {Side.LEFT: p.BenchError.DRAG_TOO_HIGH_LEFT, Side.RIGHT: p.BenchError.DRAG_TOO_HIGH_RIGHT}
PAIRS = {
    "max": (p.MAX_LEFT, p.MAX_RIGHT),
    "difference": (p.DIFFERENCE_LEFT, p.DIFFERENCE_RIGHT),
    "drag": (p.RESULT_DRAG_LEFT, p.RESULT_DRAG_RIGHT),
    "unladen": (p.UNLADEN_LEFT, p.UNLADEN_RIGHT),
}


class Doing(Enum):
    """What the bench is busy with."""

    NOTHING = auto()
    WEIGHING = auto()
    DRAGGING = auto()
    TESTING = auto()


class RollerBrakeSimulator(ModbusSimulator):
    """Roller brake tester in carcheck's Modbus convention.

    `emergency_stop`, `pulse_fault` and `bench.lift_jammed` are the faults of this machine besides
    those common to all.
    """

    points = p.POINTS
    identity = p.IDENTITY
    spans: ClassVar = {Area.INPUT: (range(106),), Area.HOLDING: (range(106),)}

    def __init__(self, context: SimulatorContext) -> None:
        options = context.options
        self.interval_ms = int(options.get("interval_ms", 10))
        self.length = int(options.get("ring_length", 1000))
        self.stop_output = str(options.get("stop_output", ""))
        self.emergency_stop = False
        self.pulse_fault: Side | None = None
        super().__init__(context)
        self._begin()

    def _begin(self) -> None:
        self.bench = RollerBench(self.world, self.context.place, self.step_s)
        self.doing = Doing.NOTHING
        self.error = p.BenchError.NONE
        self.bits = p.Status(0)
        self.newest = 0
        self._newest_cycle = 0
        self._cycle = 0
        self._alive_s = -ALIVE_S - 1.0
        self._lift_cycle = 0
        self._begun_cycle = 0
        self._side_cycle = dict.fromkeys(Side, 0)
        self._cut_cycle: int | None = None
        self._locked: set[Side] = set()
        self._sums = dict.fromkeys(Side, 0.0)
        self._results: dict[str, tuple[int, int]] = {}
        self.blank()
        self.put_cells(Area.INPUT, p.RING_START, [0] * (2 * self.length))
        self.put(p.INTERVAL, self.interval_ms)
        self.put(p.RING_LENGTH, self.length)
        self.put(p.SLIP_LIMIT, 25)
        self.put(p.TIME_OUT, 10)

    def power_up(self) -> None:
        """Begin with `ack_seq` 0, an empty ring, motors off and the lift where it was."""
        lift = self.bench.lift
        self._begin()
        self.bench.lift = self.bench.lift_to = lift

    # ------------------------------------------------------------------ what the host reads and writes

    def before_read(self, area: Area, address: int, count: int) -> None:  # noqa: ARG002 - the hook's signature
        """Bring the measured registers up to date."""
        if area is not Area.INPUT or address >= p.RING_START or not self._cycle:
            return
        self.put(p.HEARTBEAT, _counted(self._cycle // BEAT_STEPS))
        self.put(p.SEQUENCE, _counted(self._cycle))
        self.put(p.STATUS, self._status())
        self.put(p.ERROR, self.error)
        for side, force, load, speed in (
            (Side.LEFT, p.FORCE_LEFT, p.LOAD_LEFT, p.SPEED_LEFT),
            (Side.RIGHT, p.FORCE_RIGHT, p.LOAD_RIGHT, p.SPEED_RIGHT),
        ):
            self.put(force, self.bench.force_daN(side, self.step_number))
            self.put(load, round(self.bench.load_kg(side, self.at_s, self.step_number)))
            self.put(speed, round(self.bench.rollers[side].speed_kmh, 2))
        for name, pair in self._results.items():
            for register, value in zip(PAIRS[name], pair, strict=True):
                self.put(register, value)
        self.put(p.NEWEST, self.newest)
        self.put(p.NEWEST_TIME, round(self._newest_cycle * self.step_s * 1000) % (1 << 32))

    def on_write(self, registers: tuple[Register, ...]) -> None:
        """Take `host_alive` and carry out a command once."""
        names = {register.name for register in registers}
        if p.HOST_ALIVE.name in names:
            self._alive_s = self.real_s
        if p.COMMAND_SEQ.name in names:
            number = self.get(p.COMMAND_SEQ)
            if number and number != self.get(p.ACK_SEQ):
                self.put(p.REFUSAL, self._carry_out(int(self.get(p.COMMAND) or 0)))
                self.put(p.ACK_SEQ, number)

    def _status(self) -> p.Status:
        status = self.bits
        for side, roller in self.bench.rollers.items():
            if roller.motor_on:
                status |= MOTOR_BIT[side]
        if self.world.is_occupied(self.context.place, self.at_s):
            status |= p.Status.VEHICLE_IN
        if not self.bench.is_lift_down:
            status |= p.Status.LIFT_UP
        if self.doing is not Doing.NOTHING:
            status |= p.Status.RUNNING
        if self.error:
            return status | p.Status.FAULT
        return status | p.Status.READY if self._is_free() else status

    def _is_free(self) -> bool:
        return self.doing is Doing.NOTHING and not self.bench.is_lift_moving

    # ------------------------------------------------------------------ commands

    def _carry_out(self, code: int) -> p.Refusal:
        try:
            command = p.Command(code)
        except ValueError:
            raise RegisterError(3) from None
        if command is p.Command.STOP:
            return self._stop()
        refusal = self._refusal(command)
        if refusal is p.Refusal.NONE:
            self._work(command)()
        return refusal

    def _refusal(self, command: p.Command) -> p.Refusal:
        turns = command in STARTS or command is p.Command.DRAG_TEST
        if self.error:
            return p.Refusal.ERROR_PENDING
        if turns and self.real_s - self._alive_s > ALIVE_S:
            return p.Refusal.NO_HOST_ALIVE
        if turns and not self._contactor_closed():
            return p.Refusal.CONTACTOR_OFF
        if self._is_free() or self._joins(command):
            return p.Refusal.NONE
        return p.Refusal.BUSY

    def _joins(self, command: p.Command) -> bool:
        """Whether a start of one side joins the test that the other side has begun."""
        sides = STARTS.get(command, ())
        return (
            self.doing is Doing.TESTING
            and len(sides) == 1
            and self._cut_cycle is None
            and not self.bench.rollers[sides[0]].motor_on
        )

    def _contactor_closed(self) -> bool:
        return not self.stop_output or self.context.outputs(self.stop_output)

    def _work(self, command: p.Command) -> Callable[[], None]:
        if command in STARTS:
            return lambda: self._start(STARTS[command])
        return {
            p.Command.NONE: lambda: None,
            p.Command.LIFT_UP: lambda: self._move_lift(1.0),
            p.Command.LIFT_DOWN: lambda: self._move_lift(0.0),
            p.Command.WEIGH: lambda: self._prepare(Doing.WEIGHING),
            p.Command.ZERO: self._zero,
            p.Command.DRAG_TEST: lambda: self._prepare(Doing.DRAGGING),
        }[command]

    def _move_lift(self, to: float) -> None:
        self.bench.lift_to = to
        self._lift_cycle = self._cycle

    def _zero(self) -> None:
        self.bench.offset_daN = {side: roller.force_daN for side, roller in self.bench.rollers.items()}

    def _prepare(self, doing: Doing) -> None:
        """Begin to weigh, drag or test: the result is not valid until it is complete."""
        self.bits &= ~(p.Status.RESULT_VALID | p.Status.LEFT_LOCKED | p.Status.RIGHT_LOCKED)
        self.put(p.STOPPED, p.Stopped.NONE)
        if not self.bench.is_seated(self.at_s):
            self._fail(p.BenchError.VEHICLE_NOT_SEATED)
            return
        self.doing = doing
        self._begun_cycle = self._cycle
        self._cut_cycle = None
        self._locked = set()
        self._sums = dict.fromkeys(Side, 0.0)
        if doing is Doing.DRAGGING:
            self._switch_on(tuple(Side))

    def _start(self, sides: tuple[Side, ...]) -> None:
        if self.doing is not Doing.TESTING:
            self.newest = 0
            self._newest_cycle = self._cycle
            self._results |= {"max": (0, 0), "difference": (0, 0)}
            self._prepare(Doing.TESTING)
        if self.doing is Doing.TESTING:
            self._switch_on(sides)

    def _switch_on(self, sides: tuple[Side, ...]) -> None:
        for side in sides:
            self._side_cycle[side] = self._cycle
        self.bench.switch(*sides)

    def _stop(self) -> p.Refusal:
        if self.doing is not Doing.NOTHING:
            self._end(p.Stopped.HOST_COMMAND)
        self.bench.switch()
        self.bench.lift_to = self.bench.lift if self.error is p.BenchError.LIFT_TIME_OUT else self.bench.lift_to
        if not self.emergency_stop:
            self.error = p.BenchError.NONE
        return p.Refusal.NONE

    # ------------------------------------------------------------------ time

    def step(self) -> None:
        """Move the machine on by one device cycle and look after whatever it is doing."""
        self._cycle += 1
        self.bench.step(self.at_s)
        if self.emergency_stop and self.error is not p.BenchError.EMERGENCY_STOP:
            self._fail(p.BenchError.EMERGENCY_STOP)
        if self.bench.is_lift_moving and self._since(self._lift_cycle) >= LIFT_LIMIT_S:
            self._fail(p.BenchError.LIFT_TIME_OUT)
        if self.doing is Doing.WEIGHING:
            self._step_weighing()
        elif self.doing is Doing.DRAGGING:
            self._step_dragging()
        elif self.doing is Doing.TESTING:
            self._step_testing()

    def _since(self, cycle: int) -> float:
        return (self._cycle - cycle) * self.step_s

    def _fail(self, error: p.BenchError) -> None:
        self.error = error
        self._end(p.Stopped.ERROR)

    def _end(self, stopped: p.Stopped) -> None:
        """Cut the motors and say why; after an error or a silent host nothing of it is valid."""
        was = self.doing
        self.doing = Doing.NOTHING
        self.bench.switch()
        self.put(p.STOPPED, stopped)
        complete = was is Doing.TESTING or stopped is p.Stopped.NONE
        if complete and stopped not in (p.Stopped.ERROR, p.Stopped.NO_HOST_ALIVE):
            self.bits |= p.Status.RESULT_VALID

    def _watch(self) -> bool:
        """End what turns when the host is silent, the contactor is open or a roller gives no pulses."""
        if self.real_s - self._alive_s > ALIVE_S:
            self._end(p.Stopped.NO_HOST_ALIVE)
        elif not self._contactor_closed():
            self._fail(p.BenchError.EMERGENCY_STOP)
        elif self.pulse_fault and self._has_no_pulses(self.pulse_fault):
            self._fail(PULSE_ERROR[self.pulse_fault])
        return self.doing is not Doing.NOTHING

    def _has_no_pulses(self, side: Side) -> bool:
        return self.bench.rollers[side].motor_on and self._since(self._side_cycle[side]) >= PULSE_LIMIT_S

    def _step_weighing(self) -> None:
        for side in Side:
            self._sums[side] += self.bench.load_kg(side, self.at_s, self.step_number)
        if self._since(self._begun_cycle) < WEIGH_S:
            return
        loads = self._means(WEIGH_S)
        self._results["unladen"] = loads
        if min(loads) < LIGHT_KG:
            self._fail(p.BenchError.WHEEL_WEIGHT_TOO_SMALL)
        else:
            self._end(p.Stopped.NONE)

    def _step_dragging(self) -> None:
        if not self._watch() or self._since(self._begun_cycle) <= DRAG_RUN_UP_S:
            return
        for side in Side:
            self._sums[side] += self.bench.force_daN(side, self.step_number)
        if self._since(self._begun_cycle) < DRAG_RUN_UP_S + DRAG_S:
            return
        drags = self._means(DRAG_S)
        self._results["drag"] = drags
        self.put(p.DRAG_LEFT, drags[0])
        self.put(p.DRAG_RIGHT, drags[1])
        self._end(p.Stopped.NONE)
        for side, drag in zip(Side, drags, strict=True):
            wheel = self.bench.wheel(side, self.at_s)
            if wheel and drag > DRAG_SHARE * wheel.load_kg:
                self.bits &= ~p.Status.RESULT_VALID
                self._fail(DRAG_ERROR[side])
                return

    def _means(self, duration_s: float) -> tuple[int, int]:
        steps = round(duration_s / self.step_s)
        return round(self._sums[Side.LEFT] / steps), round(self._sums[Side.RIGHT] / steps)

    def _step_testing(self) -> None:
        if not self._watch():
            return
        if not (self._cycle - self._begun_cycle) % round(self.interval_ms / self.step_s / 1000):
            self._sample()
        if self.doing is not Doing.TESTING:
            return
        self._look_for_slip()
        if self._cut_cycle is not None and self._cycle >= self._cut_cycle:
            both = len(self._locked) == len(Side)
            one = p.Stopped.LEFT_SLIP if Side.LEFT in self._locked else p.Stopped.RIGHT_SLIP
            self._end(p.Stopped.BOTH_SLIP if both else one)
        elif self._since(self._begun_cycle) >= int(self.get(p.TIME_OUT) or 0):
            self._end(p.Stopped.TIME_OUT)

    def _look_for_slip(self) -> None:
        limit = int(self.get(p.SLIP_LIMIT) or 0)
        for side, roller in self.bench.rollers.items():
            if roller.motor_on and side not in self._locked and roller.slip_percent >= limit:
                self._locked.add(side)
                self.bits |= LOCK_BIT[side]
                self._cut_cycle = self._cut_cycle or self._cycle + CUT_STEPS

    def _sample(self) -> None:
        """Put the next pair into the ring and keep the bench's own maxima."""
        left, right = (self.bench.force_daN(side, self.step_number) for side in Side)
        self.newest += 1
        self._newest_cycle = self._cycle
        at = p.ring_address(self.newest, self.length)
        self.put_cells(Area.INPUT, at, [left & 0xFFFF, right & 0xFFFF])
        most, apart = self._results["max"], self._results["difference"]
        self._results["max"] = (max(left, most[0]), max(right, most[1]))
        if abs(left - right) > abs(apart[0] - apart[1]) or self.newest == 1:
            self._results["difference"] = (left, right)
        if max(left, right) > OVERLOAD_DAN:
            self._fail(p.BenchError.OVERLOAD)


def _counted(number: int) -> int:
    """Return a counter's register: it never falls back to 0 but after a restart."""
    return (number - 1) % 0xFFFF + 1 if number else 0
