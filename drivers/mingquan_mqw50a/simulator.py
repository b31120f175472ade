"""The analysers' side: framed commands in, framed answers out, over the shared body."""

from __future__ import annotations

from carcheck_desktop.devices.api import (
    AnalyserState,
    GasAction,
    GasFlag,
    GasSource,
    Simulator,
    SimulatorContext,
)
from carcheck_desktop.devices.api.gas_bench import GasBench
from drivers.mingquan_mqw50a import protocol as p

ROOM = {"humidity": 48.6, "ambient_temperature": 23.9, "ambient_pressure": 101.2, "line_pressure": 97.3, "pef": 0.512}
"""Room air and bench of the collected frames."""
BLOCKED_KPA = 88.0
ACTIONS = {
    p.Command.ZERO: GasAction.ZERO,
    p.Command.LEAK_CHECK: GasAction.LEAK_CHECK,
    p.Command.HC_RESIDUE: GasAction.HC_RESIDUE,
}
SOURCES = {
    p.Command.START_MEASURING: GasSource.SAMPLE,
    p.Command.PUMP_AMBIENT: GasSource.AMBIENT,
    p.Command.BLOW_BACK: GasSource.BLOW_BACK,
}
RUNNING = {
    GasAction.ZERO: p.Running.ZEROING,
    GasAction.LEAK_CHECK: p.Running.LEAK_CHECK,
    GasAction.HC_RESIDUE: p.Running.HC_RESIDUE,
}
FAILED = {
    GasFlag.LEAK: p.Failed.LEAK,
    GasFlag.ZERO_FAILED: p.Failed.ZERO,
    GasFlag.RESIDUE: p.Failed.HC_RESIDUE,
}
FAILED_OF = {
    GasAction.ZERO: GasFlag.ZERO_FAILED,
    GasAction.LEAK_CHECK: GasFlag.LEAK,
    GasAction.HC_RESIDUE: GasFlag.RESIDUE,
}
STRANGER = p.frame(p.POSITIVE, 0x30, bytes(22))
"""What a NOx module of the family would answer: a right sum, another command and length."""


class Mqw50Simulator(Simulator):
    """Gas analyser MQW-50A or MQW-50B (protocol page "gas-mingquan-mqw50a"); a wrong sum is answered with 15."""

    points = p.POINTS
    step_s = 0.1

    def __init__(self, context: SimulatorContext) -> None:
        options = context.options
        self.variant = p.VARIANTS[str(options.get("variant", "mqw50a"))]
        self._gives_stale = options.get("data_while_busy", "refused") == "stale"
        self._warm_up_s = float(str(options.get("warm_up_s", 120)))
        self._starts_cold = options.get("starts", "warm") == "cold"
        self._has_run = False
        self._parser = p.MqwParser(p.HOST)
        super().__init__(context)
        self.bench = GasBench(context.world, context.place, context.faults, self.step_s, self._warm_up_s)

    def power_up(self) -> None:
        """Begin warm at the first moment (it runs since the morning) unless told, cold after every reboot."""
        self.bench.switch_on(self._warm_up_s if self._has_run or self._starts_cold else 0.0)
        self._has_run = True

    def step(self) -> None:
        """Move the body on."""
        self.bench.step(self.at_s, self.step_number)

    def on_bytes(self, data: bytes, at_s: float) -> bytes:  # noqa: ARG002 - physics knows its own time
        """Answer every frame with a right sum, and with 15 what looks like one and has a wrong sum."""
        answers = b""
        for item in self._parser.feed(data):
            if isinstance(item, p.Frame):
                answers += STRANGER if self.faults.wrong_identity else self._answer(item)
            elif item.why == "checksum":
                answers += p.frame(p.NEGATIVE, item.data[1] if len(item.data) > 1 else 0)
        return answers

    def _answer(self, request: p.Frame) -> bytes:
        command = request.command
        if command == p.Command.STATUS:
            return p.frame(p.POSITIVE, command, self._status())
        if command == self.variant.read.command and not request.data:
            if not self.bench.is_free and not self._gives_stale:
                return p.frame(p.NEGATIVE, command)
            return p.frame(p.POSITIVE, command, self._data())
        return p.frame(p.POSITIVE if not request.data and self._act(command) else p.NEGATIVE, command)

    def _act(self, command: int) -> bool:
        """Carry out an action; False when it is not known or not possible now."""
        bench = self.bench
        if command in (p.Command.STOP_ACTION, p.Command.STOP_MEASURING):
            return bench.pump(GasSource.OFF)
        known = {int(code): source for code, source in SOURCES.items()}
        if command in known:
            return bench.pump(known[command])
        action = {int(code): action for code, action in ACTIONS.items()}.get(command)
        if action is None or not bench.begin(action):
            return False
        # a failure bit is cleared when the same action starts again (L)
        bench.failed.discard(FAILED_OF[action])
        return True

    def _status(self) -> bytes:
        bench = self.bench
        running, general, failed = p.Running(0), p.General(0), p.Failed(0)
        if bench.state is AnalyserState.WARMING_UP:
            running |= p.Running.WARMING_UP
        if bench.has_low_flow:
            running |= p.Running.LOW_FLOW
        if bench.source is GasSource.BLOW_BACK:
            running |= p.Running.BLOW_BACK
        if bench.action is not None:
            running |= RUNNING[bench.action]
            general |= p.General.ACTION
        if bench.pump_on:
            general |= p.General.PUMP_ON
        if bench.wants_zero:
            general |= p.General.ZERO_WANTED
        for flag in bench.failed:
            failed |= FAILED[flag]
        return bytes((running, general, failed, 0, 0, 0, 0))

    def _data(self) -> bytes:
        bench = self.bench
        values = {
            **ROOM,
            **bench.shown._asdict(),
            "oil_temperature": bench.oil_temperature_C,
            "engine_speed": bench.engine_speed_rpm,
            "lambda": bench.lambda_value(),
            "line_pressure": BLOCKED_KPA if bench.has_low_flow else ROOM["line_pressure"],
        }
        return b"".join(word.put(values[name]) for name, word in self.variant.words.items())
