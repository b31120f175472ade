"""The gas analysers MQW-50A and MQW-50B from the host's side."""

from __future__ import annotations

from decimal import Decimal

from carcheck_desktop.devices.api import (
    AnalyserNotReadyError,
    AnalyserState,
    DeviceContext,
    DeviceError,
    FrameDevice,
    GarbledError,
    GasAction,
    GasAnalyserAbilities,
    GasAnalyserStatus,
    GasEnvironment,
    GasFlag,
    GasProgress,
    GasReading,
    GasSource,
    Quality,
    ReadingUnusableError,
    RefusedByDeviceError,
    RestartedError,
    WrongIdentityError,
    hex_of,
)
from drivers.mingquan_mqw50a import protocol as p

ACTION_ANSWER_S = 2.5
"""After an action command the analyser may be silent for so long (M)."""
SEEN_WITHIN_S = 2.5
"""An accepted action must show in the status by then."""
INTERVAL_MS = 500
ACTIONS = {
    GasAction.ZERO: (p.Command.ZERO, p.Failed.ZERO),
    GasAction.LEAK_CHECK: (p.Command.LEAK_CHECK, p.Failed.LEAK),
    GasAction.HC_RESIDUE: (p.Command.HC_RESIDUE, p.Failed.HC_RESIDUE),
}
"""Action -> its command and the status bit that says it failed."""
SOURCES = {
    # 79 runs the sample pump; 7B is not needed before it (L)
    GasSource.SAMPLE: p.Command.START_MEASURING,
    GasSource.AMBIENT: p.Command.PUMP_AMBIENT,
    GasSource.BLOW_BACK: p.Command.BLOW_BACK,
}
SENSORS = p.Failed.AMBIENT_TEMPERATURE | p.Failed.BENCH_PRESSURE | p.Failed.AMBIENT_PRESSURE
"""Sensors that the gas values are compensated with."""
FAILURES = (
    (p.Failed.LEAK, GasFlag.LEAK),
    (p.Failed.HC_RESIDUE, GasFlag.RESIDUE),
    (p.Failed.ZERO, GasFlag.ZERO_FAILED),
    (SENSORS, GasFlag.SENSOR_FAULT),
)
BUSY = p.Running.BLOW_BACK | p.Running.BACKGROUND_AIR | p.Running.AMBIENT_AIR | p.Running.HC_RESIDUE


class AnalyserMqw50(FrameDevice[p.Frame]):
    """Gas analyser MQW-50A or MQW-50B (protocol page "gas-mingquan-mqw50a": frame and data H, status bits M to H)."""

    points = p.POINTS

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context, p.MqwParser())
        options = context.options
        self.variant = p.VARIANTS[str(options.get("variant", "mqw50a"))]
        self._answer_s = float(str(options.get("answer_s", "0.8")))
        self._any_negative = options.get("negative_answer", "repeats_command") == "any"
        self._begun: GasAction | None = None
        self._begun_s = 0.0
        self._is_seen = False
        self._was_warm = False
        self.abilities = GasAnalyserAbilities(
            actions=frozenset(ACTIONS),
            sources=frozenset(GasSource),
            tells_no=True,
            tells_lambda=True,
            tells_engine_speed=True,
            tells_oil_temperature=True,
            tells_low_flow=True,
            environment="ambient_pressure" in self.variant.words,
            warm_up_left=False,
            interval_ms=INTERVAL_MS,
        )

    def identify(self) -> str:
        """Ask the status: the family has no question for make or serial number."""
        self._begun = None
        self._was_warm = False
        sent = p.frame(p.HOST, p.Command.STATUS)
        answer = self.request(sent, lambda _frame: True, self._answer_s)
        if answer.raw[:3] != bytes((p.POSITIVE, p.Command.STATUS, 0x0A)):
            raise WrongIdentityError(self.context.name, self.context.port, "06 61 0A …", hex_of(answer.raw))
        return f"{self.variant.title}, status {answer.data.hex(' ').upper()}"

    def check_health(self) -> None:
        """Raise when the analyser does not answer or has restarted; nothing shows that it stands still."""
        self._bits()

    def status(self) -> GasAnalyserStatus:
        """Ask the status bits."""
        return _status_of(self._bits())

    def read(self) -> GasReading:
        """Ask status and data; raises `AnalyserNotReadyError` for every state but ready and measuring."""
        bits = self._bits()
        status = _status_of(bits)
        context = self.context
        if not status.is_ready:
            raise AnalyserNotReadyError(context.name, context.port, status.state, status.code)
        raw = self._ask(self.variant.read.command, self.variant.read.answer_bytes).raw
        has_oil = not p.Failed(bits[2]) & p.Failed.OIL_TEMPERATURE
        return GasReading(
            co_percent=self._value("co", raw),
            co2_percent=self._value("co2", raw),
            hc_ppm=self._value("hc", raw),
            o2_percent=self._value("o2", raw),
            no_ppm=self._value("no", raw),
            lambda_value=self._or_none("lambda", raw) or None,
            engine_speed_rpm=self._or_none("engine_speed", raw),
            oil_temperature_C=self._or_none("oil_temperature", raw) if has_oil else None,
            flags=status.flags if status.pump_on else status.flags | {GasFlag.PUMP_OFF},
        )

    def environment(self) -> GasEnvironment:
        """Return room air out of the data answer; the short answer of the MQW-50B has none."""
        if not self.abilities.environment:
            raise DeviceError("devices.gas.cannot", device=self.context.name, driver=p.NAME, what="environment")
        raw = self._ask(p.DATA.command, p.DATA.answer_bytes).raw
        return GasEnvironment(
            self._value("ambient_temperature", raw), self._value("ambient_pressure", raw), self._value("humidity", raw)
        )

    def pump(self, source: GasSource) -> None:
        """Draw from a source; `OFF` stops the action under way, then measuring and pump."""
        if source is not GasSource.OFF:
            self._do(SOURCES[source])
            return
        self._begun = None
        if p.General(self._bits()[1]) & p.General.ACTION:
            self._do(p.Command.STOP_ACTION)
        self._do(p.Command.STOP_MEASURING)

    def begin(self, action: GasAction) -> None:
        """Start an action; raises `RefusedByDeviceError` while the analyser is not free."""
        self._do(ACTIONS[action][0])
        self._begun, self._begun_s, self._is_seen = action, self.context.real_s(), False

    def progress(self, action: GasAction) -> GasProgress:
        """Ask the status: running while the action bit is set, then as the failure bit says.

        An accepted action that never shows as running has no result: that raises.
        """
        if self._begun is not action:
            raise DeviceError(f"{p.NAME}.not_begun", device=self.context.name, port=self.context.port)
        bits = self._bits()
        if p.General(bits[1]) & p.General.ACTION:
            self._is_seen = True
            return GasProgress.RUNNING
        if not self._is_seen:
            if self.context.real_s() - self._begun_s < SEEN_WITHIN_S:
                return GasProgress.RUNNING
            self._begun = None
            raise DeviceError(
                f"{p.NAME}.action_not_seen",
                device=self.context.name,
                port=self.context.port,
                command=f"{ACTIONS[action][0]:02X}",
                status=hex_of(bits),
            )
        self._begun = None
        return GasProgress.FAILED if p.Failed(bits[2]) & ACTIONS[action][1] else GasProgress.PASSED

    def _bits(self) -> bytes:
        """Ask the seven status bytes; raises `RestartedError` when a warm analyser warms up anew."""
        bits = self._ask(p.STATUS.command, p.STATUS.answer_bytes).data
        is_warm = not p.Running(bits[0]) & p.Running.WARMING_UP
        if self._was_warm and not is_warm:
            self._was_warm = False
            self._begun = None
            raise RestartedError(self.context.name, self.context.port, f"status {hex_of(bits)}")
        self._was_warm = is_warm
        return bits

    def _do(self, command: int) -> None:
        """Give a command, never twice."""
        self._ask_once(command, p.ACK_BYTES, ACTION_ANSWER_S)

    def _ask(self, command: int, answer_bytes: int | None) -> p.Frame:
        """Ask and return the answer; what came garbled is asked for once more."""
        try:
            return self._ask_once(command, answer_bytes, self._answer_s)
        except GarbledError:
            return self._ask_once(command, answer_bytes, self._answer_s)

    def _ask_once(self, command: int, answer_bytes: int | None, timeout_s: float) -> p.Frame:
        """Send a command and return the positive answer of its length; a negative one is a refusal."""

        def is_answer(one: p.Frame) -> bool:
            if one.did == p.NEGATIVE:
                return self._any_negative or one.command == command
            return one.command == command and len(one.raw) == answer_bytes

        answer = self.request(p.frame(p.HOST, command), is_answer, timeout_s)
        if answer.did == p.NEGATIVE:
            raise RefusedByDeviceError(self.context.name, self.context.port, f"{command:02X}", hex_of(answer.raw))
        return answer

    def _value(self, name: str, raw: bytes) -> Decimal:
        """Return a value that must be there; raises `ReadingUnusableError` outside what can be."""
        word = self.variant.words[name]
        value = word.of(raw)
        if not word.is_valid(value):
            raise ReadingUnusableError(self.context.name, self.context.port, word.field.words, Quality.OUT_OF_RANGE)
        return value

    def _or_none(self, name: str, raw: bytes) -> Decimal | None:
        word = self.variant.words[name]
        value = word.of(raw)
        return value if word.is_valid(value) else None


def _status_of(bits: bytes) -> GasAnalyserStatus:
    """Return what the seven status bytes say."""
    running, general, failed = p.Running(bits[0]), p.General(bits[1]), p.Failed(bits[2])
    flags = {flag for mask, flag in FAILURES if failed & mask}
    if running & p.Running.LOW_FLOW:
        flags.add(GasFlag.LOW_FLOW)
    if general & p.General.ZERO_WANTED:
        flags.add(GasFlag.ZERO_WANTED)
    return GasAnalyserStatus(
        state=_state_of(running, general),
        pump_on=bool(general & p.General.PUMP_ON),
        warm_up_left_s=None,
        flags=frozenset(flags),
        code=hex_of(bits),
    )


def _state_of(running: p.Running, general: p.General) -> AnalyserState:
    if running & p.Running.WARMING_UP:
        return AnalyserState.WARMING_UP
    if running & p.Running.ZEROING:
        return AnalyserState.ZEROING
    if running & p.Running.LEAK_CHECK:
        return AnalyserState.LEAK_CHECK
    if running & BUSY or general & p.General.ACTION:
        return AnalyserState.BUSY
    return AnalyserState.MEASURING if general & p.General.PUMP_ON else AnalyserState.READY
