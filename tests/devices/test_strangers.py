"""Our Modbus against programs that are not ours: libmodbus in C both ways round, and mbpoll."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from carcheck_desktop.devices.api import Area, ExceptionReplyError, NoReplyError
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.wire.channels import open_channel
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.transport import LineTransport
from tests.devices.plant import HEATER, SERIAL, TARGET, ThermometerSimulator, free_tcp, pty_settings, served, simulator
from tests.devices.strangers import Master, Slave, cable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="libmodbus and mbpoll are Debian programs, ptys are POSIX")
UNIT = 3


@contextmanager
def opened(settings: PortSettings) -> Iterator[LineModbusMaster]:
    transport = LineTransport(settings)
    transport.attach(open_channel(settings))
    try:
        yield LineModbusMaster(transport, "stranger")
    finally:
        transport.detach("end")


@pytest.fixture(params=["pty", "tcp"])
def far_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[PortSettings, ThermometerSimulator]]:
    settings = pty_settings(tmp_path) if request.param == "pty" else PortSettings(free_tcp())
    instrument = simulator(unit=UNIT)
    with served(settings, {UNIT: instrument}):
        yield settings, instrument


def master_on(settings: PortSettings, unit: int = UNIT) -> Master:
    if settings.name.startswith("tcp:"):
        return Master.tcp(*settings.address, unit)
    return Master.rtu(settings.name, unit)


def test_libmodbus_reads_and_writes_our_simulator(far_end: tuple[PortSettings, ThermometerSimulator]) -> None:
    settings, instrument = far_end
    master = master_on(settings)
    try:
        assert master.words("modbus_read_input_registers", 0, 1) == [0x5AA5]
        assert master.words("modbus_read_input_registers", 2, 1) == [215]
        assert master.words("modbus_read_input_registers", 10, 2) == [0x42CA, 0x8000]
        master.write("modbus_write_register", 0, 0xFFF6)
        assert instrument.get(TARGET) == -10
        assert list(instrument.written) == ["target"]
        master.write_words(0, [7, 0x0001, 0x0002])
        assert (instrument.get(TARGET), instrument.get(SERIAL)) == (7, 0x10002)
        assert list(instrument.written) == ["target", "serial"]
        master.write("modbus_write_bit", 0, 1)
        assert instrument.get(HEATER) is True
        assert master.bits("modbus_read_bits", 0, 1) == [1]
        assert master.words("modbus_read_registers", 1, 2) == [1, 2]
        with pytest.raises(OSError, match="Illegal data address"):
            master.words("modbus_read_input_registers", 3, 1)
    finally:
        master.close()


def test_libmodbus_gets_no_answer_from_a_unit_that_is_not_there(tmp_path: Path) -> None:
    settings = pty_settings(tmp_path)
    with served(settings, {UNIT: simulator(unit=UNIT)}):
        master = master_on(settings, unit=UNIT + 1)
        try:
            with pytest.raises(OSError, match="timed out"):
                master.words("modbus_read_input_registers", 0, 1)
        finally:
            master.close()


def test_we_read_and_write_a_libmodbus_slave() -> None:
    with cable() as (ours, theirs):
        slave = Slave(theirs, UNIT)
        try:
            tables = slave.mapping.contents
            for at in range(200):
                tables.tab_input_registers[at], tables.tab_registers[at] = 1000 + at, 2000 + at
                tables.tab_bits[at], tables.tab_input_bits[at] = at % 2, at % 3 == 0
            with opened(PortSettings(ours, 115200)) as modbus:
                assert modbus.read(UNIT, Area.INPUT, 10, 125) == list(range(1010, 1135))
                assert modbus.read(UNIT, Area.HOLDING, 199, 1) == [2199]
                assert modbus.read(UNIT, Area.COIL, 1, 11) == [1, 0] * 5 + [1]
                assert modbus.read(UNIT, Area.DISCRETE, 0, 9) == [1, 0, 0] * 3
                modbus.write(UNIT, Area.HOLDING, 5, [0xABCD])
                modbus.write(UNIT, Area.HOLDING, 20, list(range(123)))
                modbus.write(UNIT, Area.COIL, 0, [1])
                assert tables.tab_registers[5] == 0xABCD
                assert tables.tab_registers[20 : 20 + 123] == list(range(123))
                assert tables.tab_bits[0] == 1
                with pytest.raises(ExceptionReplyError) as refused:
                    modbus.read(UNIT, Area.INPUT, 200, 1)
                assert refused.value.exception == 2
                with pytest.raises(NoReplyError):
                    modbus.read(UNIT + 1, Area.INPUT, 0, 1)
        finally:
            slave.close()


def mbpoll(settings: PortSettings, *arguments: str, value: str | None = None) -> str:
    program = shutil.which("mbpoll")
    assert program is not None, "mbpoll is missing: apt-get install mbpoll"
    if settings.name.startswith("tcp:"):
        host, port = settings.address
        where = ["-m", "tcp", "-p", str(port), *arguments, host]
    else:
        where = ["-m", "rtu", "-b", str(settings.baud), "-P", "none", *arguments, settings.name]
    how = ["-1", "-q"] if value is None else []
    command = [program, "-a", str(UNIT), "-0", *how, *where, *([] if value is None else [value])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_mbpoll_reads_and_writes_our_simulator(far_end: tuple[PortSettings, ThermometerSimulator]) -> None:
    settings, instrument = far_end
    assert "[2]: \t215" in mbpoll(settings, "-t", "3", "-r", "2")
    assert "101.25" in mbpoll(settings, "-t", "3:float", "-B", "-r", "10")
    mbpoll(settings, "-t", "4", "-r", "0", value="55")
    assert instrument.get(TARGET) == Decimal(55)
