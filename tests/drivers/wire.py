"""A wire in memory for driver tests: scripted bytes, or a simulator behind the real Modbus codec.

The check sums here are counted bit by bit on purpose: golden bytes must not lean on our codec.
"""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from carcheck_desktop.devices.api import (
    Area,
    DeviceContext,
    ExceptionReplyError,
    Faults,
    GarbledError,
    GasState,
    NoReplyError,
    Offer,
    OptionValue,
    Origin,
    PortAbsentError,
    RegisterError,
    Side,
    Simulator,
    SimulatorContext,
    WheelState,
)
from carcheck_desktop.devices.api.simulator import ModbusSimulator
from carcheck_desktop.devices.machinery.modbus.codec import (
    READ_AREA,
    READ_FUNCTION,
    WRITE_AREA,
    Framing,
    MasterCodec,
    Request,
    SlaveCodec,
)

HERE = Path(__file__).parent
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def crc16(data: bytes) -> bytes:
    """Modbus CRC, bit by bit: polynomial A001h, start FFFFh, low byte first."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return bytes((crc & 0xFF, crc >> 8))


def golden(driver: str, file: str = "exchanges.json") -> list[dict[str, Any]]:
    """Return the golden exchanges of a driver."""
    content = json.loads((HERE / driver / "golden" / file).read_text(encoding="utf-8"))
    items: list[dict[str, Any]] = content["exchanges"] if isinstance(content, dict) else content
    return items


def each_bit(data: bytes) -> Iterator[bytes]:
    """Yield the bytes with one bit changed, for every bit."""
    for at in range(len(data) * 8):
        spoilt = bytearray(data)
        spoilt[at // 8] ^= 1 << at % 8
        yield bytes(spoilt)


class Clock:
    """Real seconds that pass by exchange and on demand."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.watchers: list[Callable[[float], None]] = []

    def real_s(self) -> float:
        return self.at_s

    def now(self) -> datetime:
        return START + timedelta(seconds=self.at_s)

    def go_on(self, seconds: float) -> None:
        self.at_s += seconds
        for watcher in self.watchers:
            watcher(self.at_s)


class Transport:
    """Bytes to and from `answerer`, which may also talk unasked through `talk`."""

    def __init__(self, clock: Clock, answerer: Callable[[bytes], bytes], talk: Callable[[], bytes] = bytes) -> None:
        self.clock = clock
        self.answerer = answerer
        self.talk = talk
        self.waiting = b""
        self.written: list[bytes] = []
        self.foreign: list[tuple[bytes, str]] = []
        self.late: list[tuple[float, bytes]] = []

    def deadline(self, timeout_s: float) -> float:
        return self.clock.at_s + timeout_s

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self.waiting += self.answerer(data)

    def read_some(self, deadline: float) -> bytes:
        while not self._arrived() and self.clock.at_s < deadline:
            self.clock.go_on(min(0.01, deadline - self.clock.at_s))
        data, self.waiting = self.waiting, b""
        return data

    def purge(self) -> bytes:
        self._arrived()
        data, self.waiting = self.waiting, b""
        return data

    def drain(self, silence_s: float, limit_s: float) -> bytes:
        dropped = b""
        until = self.clock.at_s + limit_s
        while self.clock.at_s < until:
            data = self.read_some(self.clock.at_s + silence_s)
            if not data:
                break
            dropped += data
        return dropped

    def report_foreign(self, data: bytes, why: str) -> None:
        self.foreign.append((data, why))

    def _arrived(self) -> bool:
        self.waiting += self.talk()
        while self.late and self.late[0][0] <= self.clock.at_s:
            self.waiting += self.late.pop(0)[1]
        return bool(self.waiting)


class Master:
    """A Modbus master over `exchange`, with the real codec and the errors of the family."""

    def __init__(self, clock: Clock, exchange: Callable[[bytes], bytes]) -> None:
        self.clock = clock
        self.exchange = exchange
        self.codec = MasterCodec(Framing.RTU)
        self.written: list[bytes] = []

    def read(self, unit: int, area: Area, address: int, count: int) -> list[int]:
        request = Request(unit, READ_FUNCTION[area], address, count)
        try:
            return list(self._ask(request))
        except (NoReplyError, GarbledError):
            return list(self._ask(request))

    def write(self, unit: int, area: Area, address: int, values: Sequence[int]) -> None:
        function = 5 if area is Area.COIL else 6 if len(values) == 1 else 16
        self._ask(Request(unit, function, address, len(values), tuple(values)))

    def _ask(self, request: Request) -> tuple[int, ...]:
        sent = self.codec.request(request)
        self.written.append(sent)
        self.clock.go_on(0.005)
        came = self.exchange(sent)
        if not came:
            self.clock.go_on(0.3)
            raise NoReplyError("device", "port", 0.3)
        answer = self.codec.feed(came) or self.codec.settle()
        if answer is None:
            raise GarbledError("device", "port", came)
        if answer.exception:
            raise ExceptionReplyError("device", "port", request.function, answer.exception)
        return answer.values


class Script:
    """Scripted exchanges: what must be sent, what is answered; anything else fails the test."""

    def __init__(self, *exchanges: tuple[bytes, bytes]) -> None:
        self.left = list(exchanges)

    def __call__(self, sent: bytes) -> bytes:
        assert self.left, f"sent beyond the script: {sent.hex(' ')}"
        wanted, answer = self.left.pop(0)
        assert sent == wanted, f"sent {sent.hex(' ')}, the page says {wanted.hex(' ')}"
        return answer


class Slaves:
    """Simulated Modbus units behind the real codec, with the faults that concern bytes."""

    def __init__(self, units: Mapping[int, Simulator]) -> None:
        self.units = units
        self.codec = SlaveCodec(Framing.RTU)

    def __call__(self, data: bytes) -> bytes:
        answer = b""
        for request in self.codec.feed(data) or self.codec.settle():
            unit = self.units.get(request.unit)
            if isinstance(unit, ModbusSimulator):
                answer += spoilt(self._answer(unit, request), unit.faults, unit)
        return answer

    def _answer(self, unit: ModbusSimulator, request: Request) -> bytes:
        try:
            if request.function in READ_AREA:
                found = unit.read_cells(READ_AREA[request.function], request.address, request.count)
                return self.codec.answer(request, found)
            if request.function not in WRITE_AREA:
                raise RegisterError(1)
            unit.write_cells(WRITE_AREA[request.function], request.address, request.values)
            return self.codec.answer(request)
        except RegisterError as error:
            return self.codec.refuse(request, error.exception)


def spoilt(answer: bytes, faults: Faults, simulator: Simulator) -> bytes:
    """Apply the faults that concern bytes to one answer; a late one does not come in time."""
    if faults.unplugged:
        raise PortAbsentError("device", "port", "unplugged")
    if faults.silent or faults.late_s:
        return b""
    if faults.garbled and answer:
        middle = len(answer) // 2
        return answer[:middle] + bytes((answer[middle] ^ 0x55,)) + answer[middle + 1 :]
    if faults.wrong_checksum and answer:
        return answer[:-1] + bytes((answer[-1] ^ 0x55,))
    if faults.reboot_mid_answer and answer:
        faults.reboot_mid_answer = False
        simulator.power_up()
        return answer[: len(answer) // 2]
    return answer


@dataclass
class Car:
    """A world for one place: loads, drags, and a pedal that presses from `press_s` on."""

    left_kg: float = 420.0
    right_kg: float = 410.0
    drag_daN: float = 9.0
    grip: float = 0.75
    press_s: float = 1e9
    ramp_daN_s: float = 120.0
    left_share: float = 1.0
    right_share: float = 1.0
    most_daN: float = 600.0
    places: tuple[str, ...] = ("brake",)
    is_in: bool = True
    exhaust: Callable[[float], GasState | None] = lambda _at_s: None

    def wheel(self, place: str, side: Side, at_s: float) -> WheelState | None:
        if not self.is_in or place not in self.places:
            return None
        share = self.left_share if side is Side.LEFT else self.right_share
        brake = min(self.most_daN, max(0.0, at_s - self.press_s) * self.ramp_daN_s) * share
        return WheelState(self.left_kg if side is Side.LEFT else self.right_kg, brake, self.drag_daN, self.grip)

    def is_occupied(self, place: str, at_s: float) -> bool:
        return self.is_in and place in self.places

    def gas(self, place: str, at_s: float) -> GasState | None:
        return self.exhaust(at_s) if self.is_in else None

    def noise(self, place: str, channel: str, step: int) -> float:
        return random.Random(f"{place}/{channel}/{step}").gauss(0.0, 1.0)


@dataclass
class Rig:
    """One driver and its simulator with a wire in memory between them."""

    driver: Any
    units: Mapping[int, Simulator]
    clock: Clock
    transport: Transport
    master: Master
    faults: Faults
    car: Car
    outputs: dict[str, bool] = field(default_factory=dict)

    @property
    def simulator(self) -> Any:
        return next(iter(self.units.values()))

    def go_on(self, seconds: float, *, alive: bool = False) -> None:
        """Let time pass in pieces of a tenth; `alive` keeps the host's sign of life."""
        for _ in range(round(seconds * 10)):
            if alive:
                self.driver.keep_alive()
            self.clock.go_on(0.1)


def context(
    clock: Clock, offer: Offer, transport: Transport, master: Master, options: Mapping[str, OptionValue]
) -> DeviceContext:
    """Return what a driver is made of, in a test."""
    return DeviceContext(
        "device", "port", offer.unit, "brake", Origin.SIMULATOR, transport, master, clock.now, clock.real_s,
        offer.settle("driver", options),
    )  # fmt: skip


def scripted(offer: Offer, *exchanges: tuple[bytes, bytes], **options: OptionValue) -> tuple[Any, Script]:
    """Return a driver that talks to scripted bytes, and the script."""
    clock, script = Clock(), Script(*exchanges)
    return offer.driver(context(clock, offer, Transport(clock, script), Master(clock, script), options)), script


def _advance(unit: Simulator, at_s: float) -> None:
    unit.advance(at_s, at_s)


def rig(offer: Offer, car: Car | None = None, **options: OptionValue) -> Rig:
    """Return a driver in front of its own simulator, powered up."""
    clock, car, faults = Clock(), car or Car(), offer.faults()
    outputs: dict[str, bool] = {}
    settled = offer.settle("driver", options)
    units = offer.simulator(
        SimulatorContext("device", offer.unit, "brake", car, settled, faults,
                         lambda name: outputs.get(name, True), outputs.__setitem__)
    )  # fmt: skip
    for unit in units.values():
        clock.watchers.append(functools.partial(_advance, unit))
    clock.go_on(0.0)
    slaves = Slaves(units)
    first = next(iter(units.values()))

    def answer(data: bytes) -> bytes:
        reply = first.on_bytes(data, clock.at_s)
        if faults.late_s:
            transport.late.append((clock.at_s + faults.late_s, reply))
        return spoilt(reply, faults, first)

    def talk() -> bytes:
        return b"".join(spoilt(frame, faults, first) for frame in first.take_output())

    transport = Transport(clock, answer, talk)
    master = Master(clock, slaves)
    return Rig(offer.driver(context(clock, offer, transport, master, options)), units, clock, transport, master,
               faults, car, outputs)  # fmt: skip
