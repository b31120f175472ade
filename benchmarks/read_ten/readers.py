"""The readers: each reads input registers 20 to 29 of unit 1 again and again and says how long each read took."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import minimalmodbus
from pymodbus.client import ModbusSerialClient

from benchmarks.machine import Spread
from benchmarks.native import compiled
from carcheck_desktop.devices.api import Area, DeviceContext
from carcheck_desktop.devices.machinery.lines.line import Priority
from carcheck_desktop.devices.machinery.modbus.codec import Framing, MasterCodec, Request
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.registry import DeviceConfig, Instruments, Surroundings
from carcheck_desktop.devices.machinery.wire.channels import open_channel
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.transport import LineTransport
from carcheck_desktop.devices.machinery.wire.wire_log import FileWireLog
from carcheck_desktop.domain.measurements import Origin
from drivers.carcheck_roller_brake.driver import RollerBrakeTester
from drivers.carcheck_roller_brake.protocol import RESULTS

WORDS = [231, 219, 180, 140, 0, 9, 11, 412, 405, 7]
FIRST, COUNT = 20, 10
WARM_UP = 20
ATTACH_S = 10.0
Reader = Callable[[str, int, int], Spread]
"""(path, baud, how many reads) -> how long each took."""


def timed(work: Callable[[], object], reads: int) -> Spread:
    """Do it a few times for nothing, then `reads` times, each timed."""
    for _ in range(WARM_UP):
        work()
    took = []
    for _ in range(reads):
        began = time.perf_counter_ns()
        work()
        took.append((time.perf_counter_ns() - began) / 1e9)
    return Spread.of(took)


def libmodbus(path: str, baud: int, reads: int) -> Spread:
    """Read by libmodbus in a C program."""
    command = [str(compiled("master")), path, str(baud), str(reads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Spread.of([int(line) / 1e9 for line in done.stdout.split()])


def pymodbus_client(path: str, baud: int, reads: int) -> Spread:
    """Read by pymodbus's synchronous client."""
    with ModbusSerialClient(path, baudrate=baud, timeout=1) as client:

        def read() -> None:
            assert client.read_input_registers(FIRST, count=COUNT, device_id=1).registers == WORDS

        return timed(read, reads)


def minimal_modbus(path: str, baud: int, reads: int) -> Spread:
    """Read by minimalmodbus."""
    instrument = minimalmodbus.Instrument(path, 1)
    instrument.serial.baudrate = baud
    instrument.serial.timeout = 1

    def read() -> None:
        assert instrument.read_registers(FIRST, COUNT, functioncode=4) == WORDS

    try:
        return timed(read, reads)
    finally:
        instrument.serial.close()


def codec_only(path: str, baud: int, reads: int) -> Spread:
    """Read by our codec over the bare file descriptor: no deadlines, no counts, no log, bare numbers."""
    channel = open_channel(PortSettings(path, baud))
    codec, request = MasterCodec(Framing.RTU), Request(1, 4, FIRST, COUNT)

    def read() -> None:
        channel.write(codec.request(request))
        while (answer := codec.feed(channel.read(1.0))) is None:
            pass
        assert len(answer.values) == COUNT

    try:
        return timed(read, reads)
    finally:
        channel.close()


@contextmanager
def _attached(path: str, baud: int, log: FileWireLog | None) -> Iterator[LineTransport]:
    settings = PortSettings(path, baud)
    transport = LineTransport(settings, log)
    transport.attach(open_channel(settings))
    try:
        yield transport
    finally:
        transport.detach("end")
        transport.log.close()


def with_line(path: str, baud: int, reads: int) -> Spread:
    """Read by codec and line: deadlines, late bytes taken away, repeats, counts."""
    with _attached(path, baud, None) as transport:
        master = LineModbusMaster(transport, "bench")
        return timed(lambda: master.read(1, Area.INPUT, FIRST, COUNT), reads)


def with_wire_log(path: str, baud: int, reads: int) -> Spread:
    """The same with every byte in the wire log."""
    with tempfile.TemporaryDirectory() as folder:
        log = FileWireLog(Path(folder), PortSettings(path, baud))
        with _attached(path, baud, log) as transport:
            master = LineModbusMaster(transport, "bench")
            return timed(lambda: master.read(1, Area.INPUT, FIRST, COUNT), reads)


def read_many(path: str, baud: int, reads: int) -> Spread:
    """Read by the driver: wire log on, ten readings with unit, quality, origin, device and time come out."""
    with tempfile.TemporaryDirectory() as folder:
        log = FileWireLog(Path(folder), PortSettings(path, baud))
        with _attached(path, baud, log) as transport:
            driver = RollerBrakeTester(
                DeviceContext(
                    name="bench",
                    port=path,
                    unit=1,
                    place="1/bench",
                    origin=Origin.SIMULATOR,
                    transport=transport,
                    modbus=LineModbusMaster(transport, "bench"),
                    now=lambda: datetime.now(UTC),
                    real_s=time.monotonic,
                )
            )
            assert [int(one.value or 0) for one in driver.read_many(RESULTS)] == WORDS
            return timed(lambda: driver.read_many(RESULTS), reads)


def awaited(path: str, baud: int, reads: int) -> Spread:
    """Read as a step does: awaited in an event loop, done by the line's thread, the same ten readings."""
    with tempfile.TemporaryDirectory() as folder:
        config = DeviceConfig("bench", "BrakeTester", "carcheck_roller_brake", path, baud=baud, place="1/bench")
        around = Surroundings(True, lambda _: None, lambda: datetime.now(UTC), Path(folder))
        instruments = Instruments([config], around)
        instruments.start()
        until_s = time.monotonic() + ATTACH_S
        while not instruments.brake_testers["bench"].attachment.is_attached and time.monotonic() < until_s:
            time.sleep(0.02)
        try:
            return Spread.of(asyncio.run(_awaited(instruments, reads)))
        finally:
            instruments.close()


async def _awaited(instruments: Instruments, reads: int) -> list[float]:
    handle = instruments.brake_testers["bench"]
    driver = handle.attachment.driver
    assert isinstance(driver, RollerBrakeTester)
    took = []
    for number in range(WARM_UP + reads):
        began = time.perf_counter_ns()
        readings = await handle.ask(Priority.READ, lambda: driver.read_many(RESULTS))
        if number >= WARM_UP:
            took.append((time.perf_counter_ns() - began) / 1e9)
        assert len(readings) == COUNT
    return took
