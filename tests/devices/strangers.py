"""Modbus programs that share no line of code with ours: libmodbus in C, and a cable between two ptys."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager

TRIES = 200


class Mapping(ctypes.Structure):
    """modbus_mapping_t of libmodbus 3.1."""

    _fields_ = (
        ("nb_bits", ctypes.c_int),
        ("start_bits", ctypes.c_int),
        ("nb_input_bits", ctypes.c_int),
        ("start_input_bits", ctypes.c_int),
        ("nb_input_registers", ctypes.c_int),
        ("start_input_registers", ctypes.c_int),
        ("nb_registers", ctypes.c_int),
        ("start_registers", ctypes.c_int),
        ("tab_bits", ctypes.POINTER(ctypes.c_uint8)),
        ("tab_input_bits", ctypes.POINTER(ctypes.c_uint8)),
        ("tab_input_registers", ctypes.POINTER(ctypes.c_uint16)),
        ("tab_registers", ctypes.POINTER(ctypes.c_uint16)),
    )


def libmodbus() -> ctypes.CDLL:
    """Load the C library (its tests are skipped on Windows, where it is not)."""
    name = ctypes.util.find_library("modbus")
    assert name is not None, "libmodbus5 is missing: apt-get install libmodbus5 mbpoll"
    library = ctypes.CDLL(name, use_errno=True)
    library.modbus_new_rtu.restype = ctypes.c_void_p
    library.modbus_new_tcp.restype = ctypes.c_void_p
    library.modbus_mapping_new.restype = ctypes.POINTER(Mapping)
    library.modbus_strerror.restype = ctypes.c_char_p
    return library


class Master:
    """libmodbus asking."""

    def __init__(self, context: int, unit: int) -> None:
        self.library = libmodbus()
        self.context = ctypes.c_void_p(context)
        self.library.modbus_set_slave(self.context, unit)
        self.library.modbus_set_response_timeout(self.context, 1, 0)
        assert self.library.modbus_connect(self.context) == 0, self.error()

    @classmethod
    def rtu(cls, path: str, unit: int, baud: int = 115200) -> Master:
        return cls(libmodbus().modbus_new_rtu(path.encode(), baud, ctypes.c_char(b"N"), 8, 1), unit)

    @classmethod
    def tcp(cls, host: str, port: int, unit: int) -> Master:
        return cls(libmodbus().modbus_new_tcp(host.encode(), port), unit)

    def error(self) -> str:
        return str(self.library.modbus_strerror(ctypes.get_errno()).decode())

    def words(self, function: str, address: int, count: int) -> list[int]:
        """Call modbus_read_input_registers or modbus_read_registers."""
        cells = (ctypes.c_uint16 * count)()
        done = getattr(self.library, function)(self.context, address, count, cells)
        if done != count:
            raise OSError(self.error())
        return list(cells)

    def bits(self, function: str, address: int, count: int) -> list[int]:
        cells = (ctypes.c_uint8 * count)()
        if getattr(self.library, function)(self.context, address, count, cells) != count:
            raise OSError(self.error())
        return list(cells)

    def write(self, function: str, address: int, value: int) -> None:
        if getattr(self.library, function)(self.context, address, value) != 1:
            raise OSError(self.error())

    def write_words(self, address: int, values: list[int]) -> None:
        cells = (ctypes.c_uint16 * len(values))(*values)
        if self.library.modbus_write_registers(self.context, address, len(values), cells) != len(values):
            raise OSError(self.error())

    def close(self) -> None:
        self.library.modbus_close(self.context)
        self.library.modbus_free(self.context)


class Slave:
    """libmodbus answering on a serial path, 200 of everything."""

    def __init__(self, path: str, unit: int) -> None:
        self.library = libmodbus()
        self.context = ctypes.c_void_p(self.library.modbus_new_rtu(path.encode(), 115200, ctypes.c_char(b"N"), 8, 1))
        self.library.modbus_set_slave(self.context, unit)
        assert self.library.modbus_connect(self.context) == 0
        self.library.modbus_set_indication_timeout(self.context, 0, 50_000)
        self.mapping = self.library.modbus_mapping_new(200, 200, 200, 200)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="libmodbus slave")
        self._thread.start()

    def _serve(self) -> None:
        request = (ctypes.c_uint8 * 260)()
        while not self._stop.is_set():
            length = self.library.modbus_receive(self.context, request)
            if length > 0:
                self.library.modbus_reply(self.context, request, length, self.mapping)

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self.library.modbus_mapping_free(self.mapping)
        self.library.modbus_close(self.context)
        self.library.modbus_free(self.context)


@contextmanager
def cable() -> Iterator[tuple[str, str]]:
    """Two serial paths joined by a relay."""
    pairs = [os.openpty() for _ in range(2)]
    for _, slave in pairs:
        tty.setraw(slave)
    (one, one_slave), (other, other_slave) = pairs
    stop = threading.Event()
    relay = threading.Thread(target=_relay, args=(one, other, stop), name="cable")
    relay.start()
    try:
        yield os.ttyname(one_slave), os.ttyname(other_slave)
    finally:
        stop.set()
        relay.join()
        for pair in pairs:
            for fd in pair:
                os.close(fd)


def _relay(one: int, other: int, stop: threading.Event) -> None:
    while not stop.is_set():
        for fd in select.select([one, other], [], [], 0.05)[0]:
            with contextlib.suppress(OSError):
                os.write(other if fd == one else one, os.read(fd, 4096))
