"""The roller brake tester JXGT2 from the host's side."""

from __future__ import annotations

from carcheck_desktop.devices.api import (
    BrakeTesterAbilities,
    BrakeTesterStatus,
    CurveBlock,
    DeviceContext,
    DeviceError,
    NoReplyError,
    Reading,
    Rejected,
    Side,
    StopReason,
    Value,
)
from drivers.jiangxing_aframe import protocol as p
from drivers.jiangxing_aframe.wire import AFrameDevice

SETTLE_S = 1.5


class StreamCurve:
    """The samples of one test, numbered as they come; lost ones carry 0 and are named."""

    def __init__(self) -> None:
        self._left: list[int] = []
        self._right: list[int] = []
        self._lost: list[int] = []
        self._damage = p.Damage()

    @property
    def count(self) -> int:
        """How many samples there are, the lost ones included."""
        return len(self._left)

    def add(self, item: p.Frame | Rejected) -> bool:
        """Take a record, or note what came instead of one; False for a record that holds no numbers."""
        if isinstance(item, Rejected):
            self._damage.add(item)
        elif item.forces is not None:
            self.settle()
            self._left.append(item.forces[0])
            self._right.append(item.forces[1])
        elif len(item.raw) == p.RECORD_BYTES:
            # a right sum over something that is no number and no end: not a value
            self._damage.add(Rejected(item.raw, "digits"))
            return False
        return True

    def settle(self) -> None:
        """Give what was damaged so far its place."""
        for _ in range(self._damage.settle()):
            self._left.append(0)
            self._right.append(0)
            self._lost.append(len(self._left))

    def block(self, after: int, *, ended: bool) -> CurveBlock:
        """Return the samples with numbers above `after`."""
        return CurveBlock(
            first=after + 1,
            left_daN=tuple(self._left[after:]),
            right_daN=tuple(self._right[after:]),
            lost=tuple(number for number in self._lost if number > after),
            newest=self.count,
            device_time_ms=None,
            ended=ended,
        )


class BrakeTesterJxgt2(AFrameDevice):
    """Roller brake tester JXGT2 (protocol page "41 LEN CMD family": commands H, fields M, rest L).

    The bench streams unnumbered records and has no known stop command: command 67 is sent and
    confirms nothing; only the motor contactor behind `stop_output` stops the rollers for sure.
    """

    points = p.BENCH_POINTS

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        options = context.options
        self.abilities = BrakeTesterAbilities(
            separate_start=False,
            confirmed_stop=False,
            lock_state=False,
            device_clock=False,
            weighs=True,
            interval_ms=round(1000 / int(options.get("record_rate_hz", 20))),
        )
        self._silence_s = float(options.get("silence_s", 1))
        self._first_s = float(options.get("first_record_s", 10))
        self._curve = StreamCurve()
        self._heard_s = 0.0
        self._has_ended = True
        self._is_cut = False

    def identify(self) -> str:
        """Ask for the light barriers: the family has no question for make or serial number."""
        if self.is_streaming:
            self._finish()
        return f"light barriers {self.prove(p.BARRIERS).raw[3:5].hex(' ')}"

    def check_health(self) -> None:
        """Raise when the bench does not answer; while it streams, its records are the sign of life."""
        if self.is_streaming:
            self._collect()
        else:
            self.ask(p.BARRIERS)

    def status(self) -> BrakeTesterStatus:
        """Ask the light barriers; while records stream nothing is asked."""
        self._collect()
        in_place = None if self.is_streaming else self.barriers()[1]
        return BrakeTesterStatus(
            vehicle_in=in_place,
            lift_up=None,
            left_running=None,
            right_running=None,
            is_testing=self.is_streaming,
            stop_reason=StopReason.NOT_REPORTED if self._curve.count and self._has_ended else StopReason.NONE,
            error=None,
        )

    def barriers(self) -> tuple[bool, bool]:
        """Return whether a vehicle is in place on the weigh platform and on the rollers."""
        weigh, brake = self.ask(p.BARRIERS).raw[3:5]
        return weigh == p.IN_PLACE, brake == p.IN_PLACE

    def lift(self, *, up: bool) -> None:
        """Raise or lower the lift; the acknowledge says accepted, not arrived."""
        self._require_idle()
        self.command(p.Command.LIFT_UP if up else p.Command.LIFT_DOWN)

    def platform(self, *, up: bool) -> None:
        """Raise or lower the weigh platform."""
        self._require_idle()
        self.command(p.Command.PLATFORM_UP if up else p.Command.PLATFORM_DOWN)

    def start(self, side: Side | None) -> None:
        """Start the test of both sides; this make knows no separate start."""
        if side is not None:
            raise self.own_error("no_separate_start", side=f"Side.{side.value}")
        self._require_idle()
        self._forget_old_bytes()
        self._curve = StreamCurve()
        self._is_cut, self._has_ended = False, False
        self.begin_stream()
        try:
            self.command(p.Command.START)
        except DeviceError:
            self._finish()
            raise
        self._heard_s = self.context.real_s()

    def stop(self) -> None:
        """Send 67; returns when it was accepted, which does not say that the rollers stand."""
        self._is_cut = True
        self.command(p.Command.HOLD)

    def keep_alive(self) -> None:
        """Do nothing: no watchdog of this make is known."""

    def weigh(self) -> list[Reading[Value]]:
        """Return unladen and laden wheel loads of the bench's own scale, kg."""
        self._require_idle()
        return self.readings(p.WEIGH)

    def results(self) -> list[Reading[Value]]:
        """Return the bench's own maxima and its pair of greatest difference, for information."""
        self._require_idle()
        return self.readings(p.RESULT)

    def fetch_curve(self, after: int) -> CurveBlock:
        """Return the samples with numbers above `after`; lost ones carry 0 and are named.

        Numbers are counted here: the records have none. Raises `NoReplyError` when the stream falls
        silent without an end record and without a stop.
        """
        self._collect()
        return self._curve.block(after, ended=self._has_ended)

    def _collect(self, wait_s: float = 0.0) -> None:
        """Take in what the bench has sent unasked."""
        if not self.is_streaming:
            return
        items = self.take_stream(wait_s)
        now_s = self.context.real_s()
        if items:
            self._heard_s = now_s
            self._take(items)
        elif now_s - self._heard_s >= self._patience_s():
            self._take(self.frames.settle())
            self._on_silence(now_s - self._heard_s)

    def _patience_s(self) -> float:
        return self._silence_s if self._curve.count or self._is_cut else self._first_s

    def _on_silence(self, silent_s: float) -> None:
        is_cut = self._is_cut
        if self.is_streaming:
            self._finish()
            if not is_cut:
                raise NoReplyError(self.context.name, self.context.port, silent_s)

    def _take(self, items: list[p.Frame | Rejected]) -> None:
        for item in items:
            if isinstance(item, p.Frame) and item.is_end:
                self._finish()
                return
            if not self._curve.add(item) and isinstance(item, p.Frame):
                self.context.transport.report_foreign(item.raw, "digits")

    def _finish(self) -> None:
        self._curve.settle()
        self._has_ended = True
        self.end_stream()

    def _forget_old_bytes(self) -> None:
        old = self.context.transport.purge() + self.frames.reset()
        if old:
            self.context.transport.report_foreign(old, "late")

    def _require_idle(self) -> None:
        """After a stop wait for the last records; a bench that streams on refuses everything else."""
        until_s = self.context.real_s() + (SETTLE_S if self._is_cut else 0.0)
        self._collect()
        while self.is_streaming and self.context.real_s() < until_s:
            self._collect(0.1)
        if self.is_streaming:
            raise self.own_error("test_running", records=self._curve.count)
