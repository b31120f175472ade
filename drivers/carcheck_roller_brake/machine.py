"""The simulated bench's machine: weighs, measures drag, tests, watches itself. It knows no registers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from carcheck_desktop.devices.api import Side, World
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

LOCK_BIT = {Side.LEFT: p.Status.LEFT_LOCKED, Side.RIGHT: p.Status.RIGHT_LOCKED}
PULSE_ERROR = {Side.LEFT: p.BenchError.LEFT_PULSE_FAULT, Side.RIGHT: p.BenchError.RIGHT_PULSE_FAULT}
DRAG_ERROR = {Side.LEFT: p.BenchError.DRAG_TOO_HIGH_LEFT, Side.RIGHT: p.BenchError.DRAG_TOO_HIGH_RIGHT}
Pair = tuple[int, int]


class Doing(Enum):
    """What the machine is busy with."""

    NOTHING = auto()
    WEIGHING = auto()
    DRAGGING = auto()
    TESTING = auto()


@dataclass(slots=True)
class Settings:
    """What the host may set, and the sample interval in device cycles."""

    slip_limit: int = 25
    time_out_s: int = 10
    interval_cycles: int = 1


class Machine:
    """A roller bench with its controller, stepped cycle by cycle.

    `on_sample` gets every sample of a test. `emergency_stop`, `pulse_fault` and
    `bench.lift_jammed` are faults of the machine. `is_closed` says whether the contactor allows
    the motors; `alive_s` is when the host last lived, on the same clock as `real_s`.
    """

    def __init__(self, world: World, place: str, step_s: float, on_sample: Callable[[int, int, int], None]) -> None:
        self.bench = RollerBench(world, place, step_s)
        self.step_s = step_s
        self.on_sample = on_sample
        self.settings = Settings()
        self.is_closed: Callable[[], bool] = lambda: True
        self.emergency_stop = False
        self.pulse_fault: Side | None = None
        self.alive_s = -ALIVE_S - 1.0
        self.real_s = 0.0
        self.at_s = 0.0
        self.noise_step = 0
        self.cycle = 0
        self.doing = Doing.NOTHING
        self.error = p.BenchError.NONE
        self.stopped = p.Stopped.NONE
        self.bits = p.Status(0)
        self.newest = 0
        self.newest_cycle = 0
        self.results: dict[str, Pair] = {}
        self._lift_cycle = 0
        self._begun_cycle = 0
        self._side_cycle = dict.fromkeys(Side, 0)
        self._cut_cycle: int | None = None
        self._locked: set[Side] = set()
        self._sums = dict.fromkeys(Side, 0.0)

    @property
    def is_free(self) -> bool:
        """Whether nothing is done and nothing moves."""
        return self.doing is Doing.NOTHING and not self.bench.is_lift_moving

    @property
    def is_host_silent(self) -> bool:
        """Whether the host has shown no life for longer than the watchdog allows."""
        return self.real_s - self.alive_s > ALIVE_S

    def may_join(self, sides: tuple[Side, ...]) -> bool:
        """Whether a start of one side joins the test that the other side has begun."""
        return (
            self.doing is Doing.TESTING
            and len(sides) == 1
            and self._cut_cycle is None
            and not self.bench.rollers[sides[0]].motor_on
        )

    # ------------------------------------------------------------------ what can be asked of it

    def move_lift(self, to: float) -> None:
        """Send the lift up (1.0) or down (0.0)."""
        self.bench.lift_to = to
        self._lift_cycle = self.cycle

    def prepare(self, doing: Doing) -> None:
        """Begin to weigh, drag or test: the result is not valid until it is complete."""
        self.bits &= ~(p.Status.RESULT_VALID | p.Status.LEFT_LOCKED | p.Status.RIGHT_LOCKED)
        self.stopped = p.Stopped.NONE
        if not self.bench.is_seated(self.at_s):
            self._fail(p.BenchError.VEHICLE_NOT_SEATED)
            return
        self.doing = doing
        self._begun_cycle = self.cycle
        self._cut_cycle = None
        self._locked = set()
        self._sums = dict.fromkeys(Side, 0.0)
        if doing is Doing.DRAGGING:
            self._switch_on(tuple(Side))

    def start(self, sides: tuple[Side, ...]) -> None:
        """Begin a test with these sides, or let them join the running one."""
        if self.doing is not Doing.TESTING:
            self.newest = 0
            self.newest_cycle = self.cycle
            self.results |= {"max": (0, 0), "difference": (0, 0)}
            self.prepare(Doing.TESTING)
        if self.doing is Doing.TESTING:
            self._switch_on(sides)

    def stop(self) -> None:
        """Stop what turns, and forget an error whose cause has gone."""
        if self.doing is not Doing.NOTHING:
            self._end(p.Stopped.HOST_COMMAND)
        self.bench.switch()
        if self.error is p.BenchError.LIFT_TIME_OUT:
            self.bench.lift_to = self.bench.lift
        if not self.emergency_stop:
            self.error = p.BenchError.NONE

    def _runs_for_s(self, side: Side) -> float:
        return self._since(self._side_cycle[side]) if self.bench.rollers[side].motor_on else 0.0

    def _switch_on(self, sides: tuple[Side, ...]) -> None:
        for side in sides:
            self._side_cycle[side] = self.cycle
        self.bench.switch(*sides)

    # ------------------------------------------------------------------ time

    def step(self, at_s: float, real_s: float, noise_step: int) -> None:
        """Move on by one device cycle to `at_s` and look after whatever is being done."""
        self.at_s, self.real_s, self.noise_step = at_s, real_s, noise_step
        self.cycle += 1
        self.bench.step(at_s)
        if self.emergency_stop and self.error is not p.BenchError.EMERGENCY_STOP:
            self._fail(p.BenchError.EMERGENCY_STOP)
        if self.bench.is_lift_moving and self._since(self._lift_cycle) >= LIFT_LIMIT_S:
            self._fail(p.BenchError.LIFT_TIME_OUT)
        if self.doing is Doing.WEIGHING:
            self._step_weighing()
        elif self.doing is Doing.DRAGGING and self._is_watched():
            self._step_dragging()
        elif self.doing is Doing.TESTING and self._is_watched():
            self._step_testing()

    def _since(self, cycle: int) -> float:
        return (self.cycle - cycle) * self.step_s

    def _fail(self, error: p.BenchError) -> None:
        self.error = error
        self._end(p.Stopped.ERROR)

    def _end(self, stopped: p.Stopped) -> None:
        """Cut the motors and say why; after an error or a silent host nothing of it is valid."""
        was, self.doing = self.doing, Doing.NOTHING
        self.bench.switch()
        self.stopped = stopped
        is_complete = was is Doing.TESTING or stopped is p.Stopped.NONE
        if is_complete and stopped not in (p.Stopped.ERROR, p.Stopped.NO_HOST_ALIVE):
            self.bits |= p.Status.RESULT_VALID

    def _is_watched(self) -> bool:
        """End what turns when the host is silent, the contactor is open or a roller gives no pulses."""
        if self.is_host_silent:
            self._end(p.Stopped.NO_HOST_ALIVE)
        elif not self.is_closed():
            self._fail(p.BenchError.EMERGENCY_STOP)
        elif (side := self.pulse_fault) and self._runs_for_s(side) >= PULSE_LIMIT_S:
            self._fail(PULSE_ERROR[side])
        return self.doing is not Doing.NOTHING

    def _step_weighing(self) -> None:
        for side in Side:
            self._sums[side] += self.bench.load_kg(side, self.at_s, self.noise_step)
        if self._since(self._begun_cycle) < WEIGH_S:
            return
        self.results["unladen"] = loads = _means(self._sums, round(WEIGH_S / self.step_s))
        if min(loads) < LIGHT_KG:
            self._fail(p.BenchError.WHEEL_WEIGHT_TOO_SMALL)
        else:
            self._end(p.Stopped.NONE)

    def _step_dragging(self) -> None:
        if self._since(self._begun_cycle) <= DRAG_RUN_UP_S:
            return
        for side in Side:
            self._sums[side] += self.bench.force_daN(side, self.noise_step)
        if self._since(self._begun_cycle) < DRAG_RUN_UP_S + DRAG_S:
            return
        self.results["drag"] = drags = _means(self._sums, round(DRAG_S / self.step_s))
        for side, drag in zip(Side, drags, strict=True):
            wheel = self.bench.wheel(side, self.at_s)
            if wheel and drag > DRAG_SHARE * wheel.load_kg:
                self._fail(DRAG_ERROR[side])
                return
        self._end(p.Stopped.NONE)

    def _step_testing(self) -> None:
        if not (self.cycle - self._begun_cycle) % self.settings.interval_cycles:
            self._sample()
        if self.doing is not Doing.TESTING:
            return
        self._look_for_slip()
        if self._cut_cycle is not None and self.cycle >= self._cut_cycle:
            both = len(self._locked) == len(Side)
            one = p.Stopped.LEFT_SLIP if Side.LEFT in self._locked else p.Stopped.RIGHT_SLIP
            self._end(p.Stopped.BOTH_SLIP if both else one)
        elif self._since(self._begun_cycle) >= self.settings.time_out_s:
            self._end(p.Stopped.TIME_OUT)

    def _look_for_slip(self) -> None:
        for side, roller in self.bench.rollers.items():
            is_new = roller.motor_on and side not in self._locked
            if is_new and roller.slip_percent >= self.settings.slip_limit:
                self._locked.add(side)
                self.bits |= LOCK_BIT[side]
                self._cut_cycle = self._cut_cycle or self.cycle + CUT_STEPS

    def _sample(self) -> None:
        """Hand out the next pair and keep the bench's own maxima."""
        left, right = (self.bench.force_daN(side, self.noise_step) for side in Side)
        self.newest += 1
        self.newest_cycle = self.cycle
        self.on_sample(self.newest, left, right)
        most, apart = self.results["max"], self.results["difference"]
        self.results["max"] = (max(left, most[0]), max(right, most[1]))
        if abs(left - right) > abs(apart[0] - apart[1]) or self.newest == 1:
            self.results["difference"] = (left, right)
        if max(left, right) > OVERLOAD_DAN:
            self._fail(p.BenchError.OVERLOAD)


def _means(sums: dict[Side, float], steps: int) -> Pair:
    return round(sums[Side.LEFT] / steps), round(sums[Side.RIGHT] / steps)
