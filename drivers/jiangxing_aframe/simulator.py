"""The instruments' side: a bench that streams records while its rollers turn, and an axle scale."""

from __future__ import annotations

from typing import ClassVar

from carcheck_desktop.devices.api import PointTable, Side, Simulator, SimulatorContext
from carcheck_desktop.devices.api.physics import LoadCell, RollerBench
from drivers.jiangxing_aframe import protocol as p

FIRST_DRAG_S = 0.5
SECOND_DRAG_S = 1.0
SPEED_ANSWER = p.frame(0x68, b"0398704012a")
"""What a speedometer of the family would answer: for the fault of a wrong instrument."""
ANY_CODE = 0x06


class AFrameSimulator(Simulator):
    """What bench and scale share: requests found by 41, LEN and sum; a wrong sum gets no answer."""

    points: ClassVar[PointTable]

    def __init__(self, context: SimulatorContext) -> None:
        self._parser = p.AFrameParser()
        self._zero_command = int(context.options.get("zero_command", p.Command.ZERO))
        self._any_acknowledge = context.options.get("acknowledge") == "any"
        super().__init__(context)

    def on_bytes(self, data: bytes, at_s: float) -> bytes:  # noqa: ARG002 - physics knows its own time
        """Answer every request with a right sum."""
        items = self._parser.feed(data)
        return b"".join(self._reply(item) for item in items if isinstance(item, p.Frame))

    def _reply(self, request: p.Frame) -> bytes:
        if len(request.raw) != p.ACK_BYTES:
            return b""
        if self.faults.wrong_identity:
            return SPEED_ANSWER
        if request.command == self._zero_command:
            self.zero()
            return self.acknowledge(request.command)
        return self.reply_to(request.command)

    def acknowledge(self, command: int) -> bytes:
        """Return the four bytes that say accepted."""
        return p.frame(ANY_CODE if self._any_acknowledge else command)

    def reply_to(self, command: int) -> bytes:
        """Carry out a command and return the answer; nothing for a command that is not known."""
        raise NotImplementedError

    def zero(self) -> None:
        """Set to zero."""
        raise NotImplementedError


class BenchSimulator(AFrameSimulator):
    """Roller brake tester JXGT2 over the shared mechanics.

    Ends a test by itself at the slip limit or the time-out, with an end record; when the contactor
    is opened from outside the records just cease, and 67 stops nothing unless `hold_stops`.
    """

    points = p.BENCH_POINTS

    def __init__(self, context: SimulatorContext) -> None:
        options = context.options
        self._rate_hz = int(options.get("record_rate_hz", 20))
        self._record_command = int(options.get("record_command", 0x6D))
        self._free_byte = int(options.get("barrier_free_byte", 0x58))
        self._slip_limit = int(options.get("slip_limit_percent", 25))
        self._time_out_s = int(options.get("time_out_s", 20))
        self._weigh_place = str(options.get("weigh_place", "weigh"))
        self._stop_output = str(options.get("stop_output", ""))
        self._has_first = options.get("first_drag_message", "five_bytes") != "absent"
        self._has_second = options.get("second_drag_message", "live_record") != "absent"
        self._hold_stops = options.get("hold_stops", "no") == "yes"
        self._end_after_cut = options.get("end_after_cut", "silence") == "end_record"
        super().__init__(context)
        self._begin()

    def _begin(self) -> None:
        self.bench = RollerBench(self.world, self.context.place, self.step_s)
        self.is_testing = False
        self._cycle = 0
        self._out: list[bytes] = []
        self._greatest = (0, 0)
        self._apart = (0, 0)

    def power_up(self) -> None:
        """Begin with the motors off and the lift where it was."""
        lift = self.bench.lift
        self._begin()
        self.bench.lift = self.bench.lift_to = lift

    def zero(self) -> None:
        """Set both force cells to zero."""
        self.bench.zero()

    def reply_to(self, command: int) -> bytes:
        """Carry out one of the bench's commands."""
        if command == p.Command.BARRIERS:
            return p.frame(command, self._barriers() + b"X" * 6)
        if command == p.Command.WEIGH:
            loads = [round(self.bench.load_kg(side, self.at_s, self.step_number)) for side in Side]
            return p.frame(command, p.numbers(loads * 2, 4))
        if command == p.Command.RESULT:
            return p.frame(command, p.numbers(self._greatest + self._apart, 4))
        if command in (p.Command.LIFT_UP, p.Command.LIFT_DOWN):
            self.bench.lift_to = 1.0 if command == p.Command.LIFT_UP else 0.0
        elif command == p.Command.START:
            self._start()
        elif command == p.Command.HOLD:
            self._hold()
        elif command not in (p.Command.PLATFORM_UP, p.Command.PLATFORM_DOWN):
            return b""
        return self.acknowledge(command)

    def take_output(self) -> list[bytes]:
        """Return the records of the running test since the last call."""
        out, self._out = self._out, []
        return out

    def step(self) -> None:
        """Move lift and rollers on, and send what is due."""
        self.bench.step(self.at_s)
        if not self.is_testing:
            return
        self._cycle += 1
        if not self._contactor_closed():
            self._end(with_record=self._end_after_cut)
            return
        self._send_due()
        if self._has_slipped() or self._cycle * self.step_s >= self._time_out_s:
            self._end(with_record=True)

    def _start(self) -> None:
        if not self.is_testing:
            self.is_testing, self._cycle = True, 0
            self._greatest = self._apart = (0, 0)
            self.bench.switch(*Side)

    def _hold(self) -> None:
        if self.is_testing and self._hold_stops:
            self._end(with_record=True)

    def _end(self, *, with_record: bool) -> None:
        self.is_testing = False
        self.bench.switch()
        if with_record:
            self._out.append(p.frame(p.END, b"000E000E"))

    def _send_due(self) -> None:
        if self._cycle == round(FIRST_DRAG_S / self.step_s) and self._has_first:
            self._out.append(p.frame(p.Command.LIFT_DOWN, b"0"))
        since = self._cycle - round(SECOND_DRAG_S / self.step_s)
        every = round(1 / self._rate_hz / self.step_s)
        if since % every or since < (0 if self._has_second else every):
            return
        left, right = (max(0, self.bench.force_daN(side, self.step_number)) for side in Side)
        self._greatest = (max(left, self._greatest[0]), max(right, self._greatest[1]))
        if abs(left - right) > abs(self._apart[0] - self._apart[1]):
            self._apart = (left, right)
        self._out.append(p.frame(self._record_command, p.numbers((left, right), 4)))

    def _has_slipped(self) -> bool:
        return any(roller.slip_percent >= self._slip_limit for roller in self.bench.rollers.values())

    def _contactor_closed(self) -> bool:
        return not self._stop_output or self.context.outputs(self._stop_output)

    def _barriers(self) -> bytes:
        places = (self._weigh_place, self.context.place)
        taken = (self.world.is_occupied(place, self.at_s) for place in places)
        return bytes(p.IN_PLACE if one else self._free_byte for one in taken)


class ScaleSimulator(AFrameSimulator):
    """Axle scale JXZB10: two pads, whole kilograms."""

    points = p.SCALE_POINTS
    step_s = 0.05
    NOISE_KG: ClassVar = 0.08

    def __init__(self, context: SimulatorContext) -> None:
        self._third_is_sum = context.options.get("third_group", "sum") == "sum"
        super().__init__(context)
        self._begin()

    def _begin(self) -> None:
        self.cells = {side: LoadCell() for side in Side}
        self.zero_kg = dict.fromkeys(Side, 0.0)
        self.shown_kg = dict.fromkeys(Side, 0)

    def power_up(self) -> None:
        """Begin with the zero of the factory."""
        self._begin()

    def zero(self) -> None:
        """Take what rests on the pads as zero."""
        self.zero_kg = {side: cell.load_kg for side, cell in self.cells.items()}
        self.shown_kg = dict.fromkeys(Side, 0)

    def step(self) -> None:
        """Follow the loads."""
        for side, cell in self.cells.items():
            wheel = self.world.wheel(self.context.place, side, self.at_s)
            cell.step(self.step_s, wheel.load_kg if wheel else 0.0)
            noise_kg = self.NOISE_KG * self.world.noise(self.context.place, f"scale_{side.value}", self.step_number)
            self.shown_kg[side] = max(0, round(cell.load_kg - self.zero_kg[side] + noise_kg))

    def reply_to(self, command: int) -> bytes:
        """Answer the weigh command."""
        if command != p.Command.WEIGH:
            return b""
        left, right = self.shown_kg.values()
        return p.frame(command, p.numbers((left, right, left + right if self._third_is_sum else 0), 5))
