"""The host's side of the roller brake tester: status, motors, the curve out of the ring."""

from __future__ import annotations

from collections.abc import Sequence

from carcheck_desktop.devices.api import (
    Area,
    BrakeTesterAbilities,
    BrakeTesterStatus,
    CurveBlock,
    DeviceContext,
    Reading,
    RestartedError,
    Side,
    StopReason,
    Value,
    WrongIdentityError,
)
from drivers.carcheck_roller_brake import protocol as p
from drivers.carcheck_roller_brake.handshake import AcknowledgedCommands

MAX_RUNS = 6
"""Ring reads a fetch, so that a stop never waits long behind a backlog."""


class RollerBrakeTester(AcknowledgedCommands):
    """Roller brake tester (carcheck's Modbus convention, "Roller brake tester (unit 1)").

    The bench numbers and times its samples, stops by itself at the slip limit, the time-out, an
    error or 3 s without `host_alive`, and confirms every command.
    """

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        self.abilities = BrakeTesterAbilities(
            separate_start=True,
            confirmed_stop=True,
            lock_state=True,
            device_clock=True,
            weighs=True,
            interval_ms=int(context.options.get("interval_ms", 10)),
        )
        self._alive = 0
        self._is_configured = False
        self._has_started = False
        self._void = ""

    def identify(self) -> str:
        """Prove magic, word order and sample interval, and learn the last command number."""
        seen = super().identify()
        interval, length = (int(self.number(one)) for one in self.read_many(p.RING_CONSTANTS))
        if interval != self.abilities.interval_ms:
            expected = f"interval_ms={self.abilities.interval_ms}"
            raise WrongIdentityError(self.context.name, self.context.port, expected, interval)
        ack = self.read_ack()
        if self._has_started and ack != self.sequence:
            self._void = f"ack_seq {self.sequence} -> {ack}"
        self.sequence = ack
        self._is_configured = False
        return f"{seen}, interval_ms={interval}, ring_length={length}"

    def status(self) -> BrakeTesterStatus:
        """Ask the bench how it is; raises `RestartedError` when it lost the running item."""
        self._raise_if_void()
        status, error = self._health()
        is_testing = bool(status & p.Status.RUNNING)
        if self._has_started:
            self._check_ack()
        return BrakeTesterStatus(
            vehicle_in=bool(status & p.Status.VEHICLE_IN),
            lift_up=bool(status & p.Status.LIFT_UP),
            left_running=bool(status & p.Status.LEFT_MOTOR),
            right_running=bool(status & p.Status.RIGHT_MOTOR),
            is_testing=is_testing,
            stop_reason=StopReason.NONE if is_testing else self._stop_reason(),
            error=error.words,
        )

    def lift(self, *, up: bool) -> None:
        """Raise or lower the lift; returns when the bench has accepted it."""
        self.command(p.Command.LIFT_UP if up else p.Command.LIFT_DOWN)

    def start(self, side: Side | None) -> None:
        """Start the rollers of one side, or of both with None."""
        self._configure()
        self._void = ""
        commands = {Side.LEFT: p.Command.START_LEFT, Side.RIGHT: p.Command.START_RIGHT, None: p.Command.START_BOTH}
        self.command(commands[side])
        self._has_started = True

    def stop(self) -> None:
        """Stop all rollers and clear an error whose cause has gone; returns when acknowledged."""
        self._has_started = False
        self.sequence = None  # asked anew: a stop must reach a bench that restarted or obeyed another master
        self.command(p.Command.STOP)

    def keep_alive(self) -> None:
        """Rewrite `host_alive`, whatever the value."""
        self._alive = p.next_sequence(self._alive)
        self.write(p.HOST_ALIVE, self._alive)

    def weigh(self) -> None:
        """Let the bench weigh both wheels; the loads stand in the results when bit 8 is set."""
        self.command(p.Command.WEIGH)

    def zero(self) -> None:
        """Set the force cells to zero."""
        self.command(p.Command.ZERO)

    def drag_test(self) -> None:
        """Let the bench measure the rolling drag of both wheels."""
        self.command(p.Command.DRAG_TEST)

    def live(self) -> list[Reading[Value]]:
        """Return forces (daN), loads (kg), drags (daN) and roller speeds (km/h) of this moment."""
        return self.read_many(p.LIVE)

    def results(self) -> list[Reading[Value]]:
        """Return the bench's own results, for information: verdicts are made from the curve."""
        return self.read_many(p.RESULTS)

    def fetch_curve(self, after: int) -> CurveBlock:
        """Return the samples with numbers above `after`, at most 372 a call.

        What the ring had overwritten before or while it was read is lost; `newest` tells whether
        there is more. Raises `RestartedError` when the bench has begun to number anew.
        """
        self._raise_if_void()
        newest, time_ms, _, length = (int(self.number(one)) for one in self.read_many(p.RING_HEADER))
        if newest < after:
            raise RestartedError(self.context.name, self.context.port, f"sample {after} -> {newest}")
        first = max(after + 1, newest - length + 1)
        left, right = self._samples(p.ring_runs(first, newest, length)[:MAX_RUNS], length)
        newest_now = int(self.number(self.read(p.NEWEST))) if left else newest
        gone = min(max(0, newest_now - length + 1 - first), len(left))
        first += gone
        last = first + len(left) - gone - 1
        return CurveBlock(
            first=first,
            left_daN=tuple(left[gone:]),
            right_daN=tuple(right[gone:]),
            lost=tuple(range(after + 1, first)),
            newest=newest,
            device_time_ms=time_ms if newest else None,
            ended=last == newest_now and self._has_ended(last),
        )

    def _samples(self, runs: Sequence[tuple[int, int]], length: int) -> tuple[list[int], list[int]]:
        left: list[int] = []
        right: list[int] = []
        for sample, count in runs:
            words = self.read_words(Area.INPUT, p.ring_address(sample, length), 2 * count)
            some_left, some_right = p.pairs_of(words)
            left += some_left
            right += some_right
        return left, right

    def _has_ended(self, last: int) -> bool:
        """Whether the bench has finished and `last` was its last sample, asked in that order."""
        status, _ = self._health()
        if status & p.Status.RUNNING:
            return False
        return int(self.number(self.read(p.NEWEST))) == last

    def _health(self) -> tuple[p.Status, p.BenchError]:
        beat, _, status, error, _ = self.read_many(p.HEALTH)
        self.observe_heartbeat(int(self.number(beat)))
        return p.Status(int(self.number(status))), p.BenchError(int(self.number(error)))

    def _stop_reason(self) -> StopReason:
        return p.Stopped(int(self.number(self.read(p.STOPPED)))).reason

    def _configure(self) -> None:
        """Bring slip limit and time-out to the station's values, once a connection."""
        if self._is_configured:
            return
        options = self.context.options
        wanted = [int(options.get("slip_limit_percent", 25)), int(options.get("time_out_s", 10))]
        if [reading.value for reading in self.read_many(p.SETTINGS)] != wanted:
            self.write_many(list(zip(p.SETTINGS, wanted, strict=True)))
        self._is_configured = True

    def _check_ack(self) -> None:
        ack = self.read_ack()
        if ack != self.sequence:
            before, self.sequence, self._has_started = self.sequence, ack, False
            raise RestartedError(self.context.name, self.context.port, f"ack_seq {before} -> {ack}")

    def _raise_if_void(self) -> None:
        void, self._void = self._void, ""
        if void:
            self._has_started = False
            raise RestartedError(self.context.name, self.context.port, void)
