"""The analysers' side: one-byte commands in, answers without echo out, over the shared body."""

from __future__ import annotations

from carcheck_desktop.devices.api import (
    AnalyserState,
    GasAction,
    GasSource,
    Simulator,
    SimulatorContext,
)
from carcheck_desktop.devices.api.gas_bench import GasBench
from drivers.nanhua_nha50x import protocol as p

ROOM = (23.5, 101.3, 45.6)
"""Temperature °C, pressure kPa, humidity %: the page's worked example."""
WITH_PARAMETER = (27, 29, 30, 31)
"""Codes that two value bytes follow directly."""
PLAIN_CODES = {
    AnalyserState.READY: 0x00,
    AnalyserState.MEASURING: 0x01,
    AnalyserState.WARMING_UP: 0x02,
    AnalyserState.LEAK_CHECK: 0x03,
    AnalyserState.ZEROING: 0x05,
}
LETTERS = {AnalyserState.WARMING_UP: b"H", AnalyserState.ZEROING: b"Z"}
ACK, NAK = bytes((p.ACK,)), bytes((p.NAK,))
STRANGER = b"U"
"""What another instrument would answer: a status code that no model has."""


class SingleByteSimulator(Simulator):
    """Gas analyser NHA-503/503V/506I/501A or FLA-502 (protocol page "gas-nanhua-nha50x")."""

    points = p.POINTS
    step_s = 0.1

    def __init__(self, context: SimulatorContext) -> None:
        options: dict[str, object] = dict(context.options)
        self.variant, self.layout, self._oil = p.settled_variant(options)
        self._read_code = p.read_code(self.variant, options)
        self._is_new_firmware = options.get("status_codes", "plain") == "f0"
        self._leak_code = int(str(options.get("leak_code", "03")))
        self._gives_stale = options.get("data_while_busy", "refused") == "stale"
        self._warm_up_s = float(str(options.get("warm_up_s", 120)))
        self._starts_cold = options.get("starts", "warm") == "cold"
        self._has_run = False
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
        """Answer every command byte."""
        answers, at = b"", 0
        while at < len(data):
            code = data[at]
            at += 3 if code in WITH_PARAMETER and self.variant.states is p.PLAIN_STATES else 1
            answers += STRANGER if self.faults.wrong_identity else self._answer(code)
        return answers

    def _answer(self, code: int) -> bytes:
        variant = self.variant
        if code == variant.status:
            return self._status()
        if code == variant.environment:
            values = zip((p.TEMPERATURE, p.PRESSURE, p.HUMIDITY), ROOM, strict=True)
            return p.block(*(word.put(value) for word, value in values))
        if code == variant.stop:
            self.bench.pump(GasSource.OFF)
            return ACK
        if code == variant.warm_up_left and self.bench.warm_left_s > 0:
            return round(self.bench.warm_left_s).to_bytes(2, "big")
        if code == self._read_code:
            return self._data() if self.bench.is_free or self._gives_stale else NAK
        return self._act(code)

    def _act(self, code: int) -> bytes:
        variant = self.variant
        sources = {
            variant.sample: GasSource.SAMPLE,
            variant.ambient: GasSource.AMBIENT,
            variant.blow_back: GasSource.BLOW_BACK,
        }
        actions = {variant.zero: GasAction.ZERO, variant.leak_check: GasAction.LEAK_CHECK}
        if code in sources:
            return ACK if self.bench.pump(sources[code]) else NAK
        if code in actions:
            return self._action(actions[code])
        if code == variant.warm_up_left:
            return b"\x00\x00"
        return NAK

    def _action(self, action: GasAction) -> bytes:
        """Start an action, or tell how far it is: 05 while it runs, its result once."""
        bench = self.bench
        if bench.action is action:
            return bytes((p.RUNNING,))
        if bench.outcome is not None and bench.outcome[0] is action:
            passed, bench.outcome = bench.outcome[1], None
            return bytes((p.PASSED if passed else p.FAILED,))
        if not bench.begin(action):
            return NAK
        return ACK if self.variant.states is p.LETTER_STATES else bytes((p.RUNNING,))

    def _status(self) -> bytes:
        state = self.bench.state
        if self.variant.states is p.LETTER_STATES:
            return LETTERS.get(state, b"W")
        if state is AnalyserState.LEAK_CHECK:
            return bytes((self._leak_code,))
        code = PLAIN_CODES[state]
        return bytes((code | 0xF0 if self._is_new_firmware and code < 2 else code,))

    def _data(self) -> bytes:
        bench, shown, layout = self.bench, self.bench.shown, self.layout
        body = b"".join((
            p.HC.put(shown.hc), self.variant.co.put(shown.co), p.CO2.put(shown.co2), p.O2.put(shown.o2),
            p.NO.put(shown.no), p.SPEED.put(bench.engine_speed_rpm), self._oil.put(bench.oil_temperature_C),
        ))  # fmt: skip
        if layout.flow is not None:
            body += layout.flow.put(p.LOW_FLOW if bench.has_low_flow else 0)
        if layout.flags is not None:
            body += b"\x00"
        body += layout.lambda_value.put(bench.lambda_value())
        return p.block(body.ljust(layout.length - 2, b"\x00"))
