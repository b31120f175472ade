"""The single-byte gas analysers from the host's side."""

from __future__ import annotations

from decimal import Decimal

from carcheck_desktop.devices.api import (
    AnalyserNotReadyError,
    AnalyserState,
    DeviceContext,
    DeviceError,
    GarbledError,
    GasAction,
    GasAnalyserAbilities,
    GasAnalyserStatus,
    GasEnvironment,
    GasFlag,
    GasProgress,
    GasReading,
    GasSource,
    ReadingUnusableError,
    RefusedByDeviceError,
    RestartedError,
    WrongIdentityError,
)
from drivers.nanhua_nha50x import protocol as p
from drivers.nanhua_nha50x.wire import SingleByteDevice

INTERVAL_MS = 500
STATE_OF = {GasAction.ZERO: AnalyserState.ZEROING, GasAction.LEAK_CHECK: AnalyserState.LEAK_CHECK}
FLAG_OF = {GasAction.ZERO: GasFlag.ZERO_FAILED, GasAction.LEAK_CHECK: GasFlag.LEAK}


class SingleByteAnalyser(SingleByteDevice):
    """Gas analyser NHA-503/503V/506I/501A or FLA-502 (protocol page "gas-nanhua-nha50x": framing H, variants M).

    What the analyser tells only once (the end of zero and leak check) is remembered here.
    """

    points = p.POINTS

    def __init__(self, context: DeviceContext) -> None:
        super().__init__(context)
        options: dict[str, object] = dict(context.options)
        self.variant, self.layout, self._oil = p.settled_variant(options)
        self._read_code = p.read_code(self.variant, options)
        self._takes_unasked = options.get("unasked_result", "taken") == "taken"
        self._failed: set[GasFlag] = set()
        self._running: GasAction | None = None
        self._outcome: GasProgress | None = None
        self._was_warm = False
        self.abilities = _abilities(self.variant, self.layout)

    def identify(self) -> str:
        """Ask status and room air: the family has no question for make or serial number.

        Raises `WrongIdentityError` for a status code of another model and for room air that is none.
        """
        self._running = self._outcome = None
        self._was_warm = False
        variant = self.variant
        code = self.ask_byte(variant.status)
        if code not in variant.states:
            expected = " ".join(f"{one:02X}" for one in variant.states)
            raise WrongIdentityError(
                self.context.name, self.context.port, f"{variant.title}: {expected}", f"{code:02X}"
            )
        if variant.environment is None:
            return f"{variant.title}, status {code:02X}"
        try:
            air = self.environment()
        except (RefusedByDeviceError, ReadingUnusableError) as error:
            raise WrongIdentityError(self.context.name, self.context.port, f"{variant.title}: 06 …", error) from error
        return f"{variant.title}, {air.temperature_C} °C, {air.pressure_kPa} kPa, {air.humidity_percent} %"

    def check_health(self) -> None:
        """Raise when the analyser does not answer or has restarted; nothing shows that it stands still."""
        self._state()

    def status(self) -> GasAnalyserStatus:
        """Ask the status byte, and how long warming up still takes."""
        code, state = self._state()
        pump_on: bool | None = None
        if self.variant.states is p.PLAIN_STATES and state in (AnalyserState.READY, AnalyserState.MEASURING):
            pump_on = state is AnalyserState.MEASURING
        return GasAnalyserStatus(
            state=state,
            pump_on=pump_on,
            warm_up_left_s=self._warm_up_left_s() if state is AnalyserState.WARMING_UP else None,
            flags=frozenset(self._failed),
            code=f"{code:02X}",
        )

    def read(self) -> GasReading:
        """Ask status and data block; raises `AnalyserNotReadyError` for every state but ready and measuring."""
        status = self.status()
        context = self.context
        if not status.is_ready:
            raise AnalyserNotReadyError(context.name, context.port, status.state, status.code, status.warm_up_left_s)
        block = self.ask_block(self._read_code, self.layout.length)
        flags = set(status.flags) | self._flags_of(block)
        if status.pump_on is False:
            flags.add(GasFlag.PUMP_OFF)
        return GasReading(
            co_percent=self.value_of(self.variant.co, block),
            co2_percent=self.value_of(p.CO2, block),
            hc_ppm=self.value_of(p.HC, block),
            o2_percent=self.value_of(p.O2, block),
            no_ppm=self.value_of(p.NO, block),
            lambda_value=_or_none(self.layout.lambda_value, block),
            engine_speed_rpm=_or_none(p.SPEED, block),
            oil_temperature_C=None if self._oil.raw(block) & 0xFFFF in p.NO_VALUE else _or_none(self._oil, block),
            flags=frozenset(flags),
        )

    def environment(self) -> GasEnvironment:
        """Ask room air; refused by models without that command."""
        code = self.variant.environment
        if code is None:
            raise self.cannot("environment")
        block = self.ask_block(code, 8)
        return GasEnvironment(
            self.value_of(p.TEMPERATURE, block), self.value_of(p.PRESSURE, block), self.value_of(p.HUMIDITY, block)
        )

    def pump(self, source: GasSource) -> None:
        """Draw from a source; `OFF` is the stop command and ends an action, too."""
        variant = self.variant
        codes = {
            GasSource.SAMPLE: variant.sample,
            GasSource.AMBIENT: variant.ambient,
            GasSource.BLOW_BACK: variant.blow_back,
            GasSource.OFF: variant.stop,
        }
        code = codes[source]
        if code is None:
            raise self.cannot(source.value)
        answer = self.command(code)
        if answer != p.ACK:
            raise GarbledError(self.context.name, self.context.port, bytes((answer,)))
        if source is GasSource.OFF:
            self._running = None

    def begin(self, action: GasAction) -> None:
        """Start zero or leak check; raises `RefusedByDeviceError` while the analyser is not free."""
        code = self._code_of(action)
        self._outcome = None
        self._running = action
        try:
            self._take_result(action, self.command(code))
        except DeviceError:
            self._running = None
            raise

    def progress(self, action: GasAction) -> GasProgress:
        """Repeat the command: 05 or 06 while it runs, 00 or 01 once at its end (L); the short set is asked its status."""
        if self._outcome is None and self._running is action:
            self._ask_how_far(action)
        if self._outcome is None:
            if self._running is not action:
                raise DeviceError(f"{p.NAME}.not_begun", device=self.context.name, port=self.context.port)
            return GasProgress.RUNNING
        outcome, self._outcome = self._outcome, None
        return outcome

    def _state(self) -> tuple[int, AnalyserState]:
        """Ask the status byte; raises `RestartedError` when a warm analyser warms up anew."""
        code = self.ask_byte(self.variant.status)
        state = self.variant.states.get(code, AnalyserState.UNKNOWN)
        if state is AnalyserState.WARMING_UP and self._was_warm:
            self._was_warm = False
            raise RestartedError(self.context.name, self.context.port, f"status {code:02X}")
        self._was_warm = state not in (AnalyserState.WARMING_UP, AnalyserState.UNKNOWN)
        return code, state

    def _ask_how_far(self, action: GasAction) -> None:
        if self.variant.states is p.LETTER_STATES:
            if self.status().state is not STATE_OF[action]:
                self._end(action, GasProgress.PASSED)
            return
        # an end that came unasked is taken while bytes are purged; only then must the command not be repeated
        self.listen()
        if self._outcome is None:
            self._take_result(action, self.command(self._code_of(action)))

    def _take_result(self, action: GasAction, code: int) -> None:
        if code == p.PASSED:
            self._end(action, GasProgress.PASSED)
        elif code == p.FAILED:
            self._end(action, GasProgress.FAILED)
        elif code not in (p.RUNNING, p.ACK):
            raise GarbledError(self.context.name, self.context.port, bytes((code,)))

    def _end(self, action: GasAction, outcome: GasProgress) -> None:
        flag = FLAG_OF[action]
        (self._failed.discard if outcome is GasProgress.PASSED else self._failed.add)(flag)
        self._outcome, self._running = outcome, None

    def on_unasked(self, data: bytes) -> bool:
        """Take a lone 00 or 01 while an action runs as its result (L)."""
        is_result = len(data) == 1 and data[0] in (p.PASSED, p.FAILED)
        if not is_result or not self._takes_unasked or self._running is None:
            return False
        self._take_result(self._running, data[0])
        return True

    def _code_of(self, action: GasAction) -> int:
        variant = self.variant
        code = {GasAction.ZERO: variant.zero, GasAction.LEAK_CHECK: variant.leak_check}.get(action)
        if code is None:
            raise self.cannot(action.value)
        return code

    def _warm_up_left_s(self) -> int | None:
        code = self.variant.warm_up_left
        if code is None:
            return None
        answer = self.ask(code, p.Shape.WORD, 2)
        seconds = int.from_bytes(answer.raw, "big")
        return None if answer.is_refusal or seconds > p.LONGEST_WARM_UP_S else seconds

    def _flags_of(self, block: bytes) -> set[GasFlag]:
        layout, found = self.layout, set()
        if layout.flow is not None and layout.flow.raw(block) == p.LOW_FLOW:
            found.add(GasFlag.LOW_FLOW)
        bits = block[layout.flags.start] if layout.flags is not None else 0
        if bits & p.O2_AGED:
            found.add(GasFlag.O2_CELL_AGED)
        if bits & p.NO_AGED:
            found.add(GasFlag.NO_CELL_AGED)
        return found


def _or_none(word: p.Word, block: bytes) -> Decimal | None:
    """Return a value that may be missing; None where it cannot be, and for a lambda of 0."""
    value = word.of(block)
    is_none = not word.is_valid(value) or (word.field.name == "lambda" and value == 0)
    return None if is_none else value


def _abilities(variant: p.Variant, layout: p.Layout) -> GasAnalyserAbilities:
    sources = {GasSource.SAMPLE, GasSource.AMBIENT, GasSource.OFF}
    if variant.blow_back is not None:
        sources.add(GasSource.BLOW_BACK)
    actions = {GasAction.ZERO}
    if variant.leak_check is not None:
        actions.add(GasAction.LEAK_CHECK)
    return GasAnalyserAbilities(
        actions=frozenset(actions),
        sources=frozenset(sources),
        tells_no=True,
        tells_lambda=True,
        tells_engine_speed=True,
        tells_oil_temperature=True,
        tells_low_flow=layout.flow is not None,
        environment=variant.environment is not None,
        warm_up_left=variant.warm_up_left is not None,
        interval_ms=INTERVAL_MS,
    )
