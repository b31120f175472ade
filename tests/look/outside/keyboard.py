"""A keyboard for a window on this desktop: keys go the way of a real one, through the X server, into whatever has the focus.

The desktop has no window manager, so somebody else gives a window the keyboard: a few requests of the X protocol
(X11 core protocol, encoding of ConnectionSetup, QueryTree, GetGeometry, GetWindowAttributes, SetInputFocus). Keys are made by the
accessibility registry (org.a11y.atspi.DeviceEventController). Nothing of carcheck is known here.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass, field

from tests.look.outside.tree import Tree

ENTER, ESCAPE, TAB = 0xFF0D, 0xFF1B, 0xFF09
F1 = 0xFFBE
"""Key symbols (keysymdef.h); F2 is F1 + 1 and so on. A letter's symbol is its code."""
VIEWABLE, PARENT = 2, 2
QUERY_TREE, GET_ATTRIBUTES, GET_GEOMETRY, SET_FOCUS = 15, 3, 14, 42
APPEAR_S = 20.0


@dataclass
class Keyboard:
    """Types and counts: `pressed` are all keys so far."""

    tree: Tree
    pressed: int = field(default=0)

    def press(self, symbol: int) -> float:
        """Press and release a key; return the monotonic second just before."""
        began_s = time.monotonic()
        self.tree.key(symbol)
        self.pressed += 1
        return began_s

    def type(self, text: str, pause_s: float = 0.0) -> float:
        """Type characters one by one; return the second just before the last one."""
        last_s = time.monotonic()
        for at, character in enumerate(text):
            if at:
                time.sleep(pause_s)
            last_s = self.press(ord(character))
        return last_s


class Screen:
    """A connection to the X server of a display such as `:99`."""

    def __init__(self, display: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"/tmp/.X11-unix/X{display.partition(':')[2].partition('.')[0]}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        accepted, words = struct.unpack("<B5xH", self._read(8))
        setup = self._read(words * 4)
        if accepted != 1:
            raise ConnectionError(setup.decode("latin-1"))
        (vendor,), formats = struct.unpack_from("<H", setup, 16), setup[21]
        (self._root,) = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + formats * 8)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def give_keyboard(self) -> None:
        """Give the largest window that can be seen the keyboard, as a window manager gives it to a new one."""
        deadline = time.monotonic() + APPEAR_S
        while not (windows := self._windows()):
            if time.monotonic() > deadline:
                raise TimeoutError("no window appeared")
            time.sleep(0.05)
        self._send(SET_FOCUS, PARENT, struct.pack("<II", max(windows)[1], 0))

    def _windows(self) -> list[tuple[int, int]]:
        """Return area and number of the windows that can be seen."""
        answer = self._ask(QUERY_TREE, struct.pack("<I", self._root))
        (count,) = struct.unpack_from("<H", answer, 16)
        found = []
        for window in struct.unpack_from(f"<{count}I", answer, 32):
            if self._ask(GET_ATTRIBUTES, struct.pack("<I", window))[26] == VIEWABLE:
                width, height = struct.unpack_from("<HH", self._ask(GET_GEOMETRY, struct.pack("<I", window)), 16)
                found.append((width * height, window))
        return found

    def _ask(self, operation: int, body: bytes) -> bytes:
        self._send(operation, 0, body)
        while True:
            answer = self._read(32)
            if answer[0] == 1:
                return answer + self._read(struct.unpack_from("<I", answer, 4)[0] * 4)
            if answer[0] == 0:
                raise LookupError(f"the X server refused request {operation} with error {answer[1]}")

    def _send(self, operation: int, data: int, body: bytes) -> None:
        self._socket.sendall(struct.pack("<BBH", operation, data, 1 + len(body) // 4) + body)

    def _read(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            more = self._socket.recv(count - len(found))
            if not more:
                raise ConnectionError("the X server hung up")
            found += more
        return found
