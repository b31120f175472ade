"""Simulators behind ports: the far ends of a station's devices, one thread a port.

Time comes from outside (`now_s`); watchdogs count real seconds. The faults that concern bytes are
applied here. Used by `simulate` and by tests; a real station never runs this.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from carcheck_desktop.devices.api import (
    Area,
    Faults,
    ModbusSimulator,
    RegisterError,
    Simulator,
    SimulatorContext,
    WireKind,
    World,
)
from carcheck_desktop.devices.machinery.modbus.codec import READ_AREA, WRITE_AREA, Framing, Request, SlaveCodec
from carcheck_desktop.devices.machinery.registry import DeviceConfig, SettledDevice, settle
from carcheck_desktop.devices.machinery.wire.endpoints import endpoint_for
from carcheck_desktop.devices.machinery.wire.ports import PortKind, PortSettings

logger = logging.getLogger(__name__)

TICK_S = 0.005
SILENCE_S = 0.05
MOST_READ = {Area.COIL: 2000, Area.DISCRETE: 2000, Area.HOLDING: 125, Area.INPUT: 125}
MOST_WRITTEN = 123
DAMAGE = 0x55


def damaged(data: bytes, faults: Faults, *, has_check: bool) -> bytes:
    """Return an answer as the switched-on faults leave it.

    Without a check of its own (Modbus over TCP) only the header is damaged: TCP lets no wrong byte
    through, so a wrong value would be no fault that exists.
    """
    if not data or not (faults.garbled or faults.wrong_checksum):
        return data
    at = (len(data) // 2 if faults.garbled else len(data) - 1) if has_check else 2
    return data[:at] + bytes((data[at] ^ DAMAGE,)) + data[at + 1 :]


class ModbusUnits:
    """The Modbus side of a port: requests in, answers of the units out; a foreign unit stays silent."""

    def __init__(self, units: Mapping[int, ModbusSimulator], framing: Framing) -> None:
        self._units = units
        self._codec = SlaveCodec(framing)
        self.has_check = framing is Framing.RTU

    @property
    def is_waiting(self) -> bool:
        """Whether an incomplete request is held."""
        return self._codec.is_waiting

    def on_bytes(self, data: bytes) -> list[tuple[Simulator, bytes]]:
        """Take bytes and return who answers what."""
        return self._answers(self._codec.feed(data))

    def on_silence(self) -> list[tuple[Simulator, bytes]]:
        """The host has been quiet: what is incomplete is noise."""
        return self._answers(self._codec.settle())

    def _answers(self, requests: list[Request]) -> list[tuple[Simulator, bytes]]:
        self._codec.take_foreign()
        found = [(self._units.get(request.unit), request) for request in requests]
        return [(unit, self._answer(unit, request)) for unit, request in found if unit is not None]

    def _answer(self, unit: ModbusSimulator, request: Request) -> bytes:
        try:
            return self._codec.answer(request, _carry_out(unit, request))
        except RegisterError as error:
            return self._codec.refuse(request, error.exception)


def _carry_out(unit: ModbusSimulator, request: Request) -> list[int]:
    if request.function in READ_AREA:
        area = READ_AREA[request.function]
        if not 1 <= request.count <= MOST_READ[area]:
            raise RegisterError(3)
        return unit.read_cells(area, request.address, request.count)
    if request.function not in WRITE_AREA:
        raise RegisterError(1)
    if not 1 <= request.count <= MOST_WRITTEN:
        raise RegisterError(3)
    unit.write_cells(WRITE_AREA[request.function], request.address, request.values)
    return []


class FramedInstrument:
    """The side of an instrument that speaks in frames, alone on its port."""

    has_check = True
    is_waiting = False

    def __init__(self, instrument: Simulator) -> None:
        self._instrument = instrument

    def on_bytes(self, data: bytes) -> list[tuple[Simulator, bytes]]:
        """Take bytes and return what the instrument answers."""
        answer = self._instrument.on_bytes(data, self._instrument.at_s)
        return [(self._instrument, answer)] if answer else []

    def on_silence(self) -> list[tuple[Simulator, bytes]]:
        """Silence means nothing here."""
        return []


class SimulatedPort:
    """One port's far end with every simulator on it; its own thread."""

    def __init__(
        self, settings: PortSettings, side: ModbusUnits | FramedInstrument, simulators: Sequence[Simulator], pace: bool
    ) -> None:
        self.settings = settings
        self._side = side
        self._simulators = simulators
        self._endpoint = endpoint_for(settings)
        speed = settings.bytes_per_s
        self._byte_s = 1.0 / speed if pace and speed else 0.0
        self._late: list[tuple[float, bytes]] = []
        self._heard_s = 0.0
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"far end {settings.name}", daemon=True)
        self._now_s: Callable[[], float] = time.monotonic

    def start(self, now_s: Callable[[], float]) -> None:
        """Plug in and begin; raises `UsageError` when the far end cannot be made."""
        self._now_s = now_s
        self._advance()
        self._endpoint.open()
        self._thread.start()

    def close(self) -> None:
        """Unplug and end the thread."""
        self._is_closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10.0)
        self._endpoint.close()

    def _run(self) -> None:
        while not self._is_closing.is_set():
            try:
                self._turn()
            except Exception:
                # the far end of a line is a line worker too: a simulator's mistake is shown and the line stays
                logger.exception("%s: the simulator failed", self.settings.name)
                self._is_closing.wait(TICK_S)

    def _turn(self) -> None:
        if any(one.faults.unplugged for one in self._simulators):
            self._endpoint.close()
            self._late.clear()
            self._advance()
            self._is_closing.wait(TICK_S)
            return
        if not self._endpoint.is_open:
            self._endpoint.open()
        data = self._endpoint.read(TICK_S)
        self._pace(data)
        self._advance()
        if data:
            self._heard_s = time.monotonic()
            self._send_all(self._side.on_bytes(data))
        elif self._side.is_waiting and time.monotonic() - self._heard_s >= SILENCE_S:
            self._send_all(self._side.on_silence())
        for one in self._simulators:
            self._send_all([(one, frame) for frame in one.take_output()])
        self._send_late()

    def _advance(self) -> None:
        at_s, real_s = self._now_s(), time.monotonic()
        for one in self._simulators:
            one.advance(at_s, real_s)

    def _send_all(self, answers: Sequence[tuple[Simulator, bytes]]) -> None:
        for simulator, answer in answers:
            self._send(simulator, answer)

    def _send(self, simulator: Simulator, answer: bytes) -> None:
        faults = simulator.faults
        if faults.silent:
            return
        data = damaged(answer, faults, has_check=self._side.has_check)
        if faults.reboot_mid_answer:
            faults.reboot_mid_answer = False
            data = data[: len(data) // 2]
            simulator.power_up()
        if faults.late_s:
            self._late.append((time.monotonic() + faults.late_s, data))
            return
        self._pace(data)
        self._endpoint.write(data)

    def _send_late(self) -> None:
        now_s = time.monotonic()
        while self._late and self._late[0][0] <= now_s:
            self._endpoint.write(self._late.pop(0)[1])

    def _pace(self, data: bytes) -> None:
        """Let bytes take the time that they take on a line of this speed."""
        if self._byte_s and data:
            time.sleep(len(data) * self._byte_s)


class SimulatedInstruments:
    """The far end of every device of a station file.

    `faults[device]` are the switches of one device; they may be thrown at any time from any thread.
    """

    def __init__(
        self,
        configs: Sequence[DeviceConfig],
        world: World,
        now_s: Callable[[], float],
        *,
        speed: float = 1.0,
        pace: bool = False,
    ) -> None:
        self.faults: dict[str, Faults] = {}
        self.simulators: dict[str, Mapping[int, Simulator]] = {}
        self._now_s = now_s
        self._world = world
        self._outputs: dict[str, bool] = {}
        settled = settle(configs, training=True, speed=speed)
        for one in settled:
            self._make(one)
        names = dict.fromkeys(one.settings.name for one in settled)
        self.ports = [self._port([one for one in settled if one.settings.name == name], pace) for name in names]

    def start(self) -> None:
        """Plug every port in."""
        try:
            for port in self.ports:
                port.start(self._now_s)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Unplug every port and end every thread."""
        for port in self.ports:
            port.close()

    def is_on(self, output: str) -> bool:
        """Say whether a digital output such as `io:0` is on; an unnamed one always is."""
        return not output or self._outputs.get(output, False)

    def switch(self, output: str, on: bool) -> None:
        """Note what an I/O simulator does with an output."""
        self._outputs[output] = on

    def _make(self, one: SettledDevice) -> None:
        self.faults[one.name] = one.offer.faults()
        self.simulators[one.name] = one.offer.simulator(
            SimulatorContext(
                name=one.name,
                unit=one.unit,
                place=one.config.place,
                world=self._world,
                options=one.options,
                faults=self.faults[one.name],
                outputs=self.is_on,
                switch=self.switch,
            )
        )

    def _port(self, sharing: Sequence[SettledDevice], pace: bool) -> SimulatedPort:
        settings = sharing[0].settings
        units = {unit: one for device in sharing for unit, one in self.simulators[device.name].items()}
        simulators = list(units.values())
        if sharing[0].offer.wire is WireKind.FRAMES:
            return SimulatedPort(settings, FramedInstrument(simulators[0]), simulators, pace)
        framing = Framing.TCP if settings.kind is PortKind.TCP else Framing.RTU
        registers = {unit: one for unit, one in units.items() if isinstance(one, ModbusSimulator)}
        return SimulatedPort(settings, ModbusUnits(registers, framing), simulators, pace)
