"""A small strict ESC/POS printer of the tests' own: it reads back what a byte stream puts on paper.

Written from the command reference, knows nothing of carcheck, and raises on every byte that it does not know: so does a
printer that prints garbage for it. Latin text outside Chinese mode is such a byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ESC, FS, GS, LF = 0x1B, 0x1C, 0x1D, 0x0A


class UnknownCommandError(Exception):
    """The stream has something that a printer would not do."""


@dataclass
class Piece:
    text: str
    wide: int
    high: int
    bold: bool
    kanji_size: int


@dataclass
class Row:
    pieces: list[Piece]
    align: int
    spacing: int | None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def cells(self) -> int:
        return sum(piece.wide * (1 if sign < "\x80" else 2) for piece in self.pieces for sign in piece.text)


@dataclass
class Raster:
    width: int
    rows: list[bytes]


@dataclass
class Symbol:
    """A code that the printer draws itself: its data, size of a module, and error correction of a QR code."""

    kind: str
    data: bytes
    size: int
    level: int = 0


@dataclass
class Paper:
    rows: list[Row] = field(default_factory=list)
    things: list[object] = field(default_factory=list)
    """Rows, symbols, rasters, and the words `cut`, `part cut`, `feed N`, `drawer N` in their order."""

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


class Printer:
    """Takes bytes, gives a paper."""

    def __init__(self) -> None:
        self.paper = Paper()
        self._reset()
        self._initialised = False

    def _reset(self) -> None:
        self._initialised = True
        self._chinese = False
        self._align = self._size = self._kanji = 0
        self._bold = False
        self._spacing: int | None = None
        self._line: list[Piece] = []
        self._qr: dict[int, bytes] = {}
        self._bar_width = 3

    def read(self, stream: bytes) -> Paper:
        at = 0
        while at < len(stream):
            at = self._one(stream, at)
        if self._line or self._chinese:
            raise UnknownCommandError("the stream ends in a line or in Chinese mode")
        return self.paper

    def _one(self, s: bytes, at: int) -> int:
        byte = s[at]
        if not self._initialised and s[at : at + 2] != b"\x1b@":
            raise UnknownCommandError("nothing may come before ESC @")
        if byte == LF:
            self._end_line()
            return at + 1
        if byte == ESC:
            return self._escape(s, at)
        if byte == FS:
            return self._chinese_command(s, at)
        if byte == GS:
            return self._group(s, at)
        if byte < 0x20 or byte == 0x7F:
            raise UnknownCommandError(f"control {byte:#x} at {at}")
        return self._character(s, at)

    def _character(self, s: bytes, at: int) -> int:
        if not self._chinese:
            raise UnknownCommandError(f"text outside Chinese mode at {at}: {s[at : at + 8]!r}")
        long = 1 if s[at] < 0x80 else 4 if 0x30 <= s[at + 1] <= 0x39 else 2
        sign = s[at : at + long].decode("gb18030")
        style = ((self._size >> 4) + 1, (self._size & 15) + 1, self._bold, self._kanji)
        last = self._line[-1] if self._line else None
        if last is not None and (last.wide, last.high, last.bold, last.kanji_size) == style:
            last.text += sign
        else:
            self._line.append(Piece(sign, *style))
        return at + long

    def _end_line(self) -> None:
        row = Row(self._line, self._align, self._spacing)
        self.paper.rows.append(row)
        self.paper.things.append(row)
        self._line = []

    def _line_start_only(self, what: str) -> None:
        if self._line:
            raise UnknownCommandError(f"{what} in the middle of a line")

    def _escape(self, s: bytes, at: int) -> int:
        name = s[at + 1 : at + 2]
        if name == b"@":
            self._reset()
            return at + 2
        if name == b"2":
            self._spacing = None
            return at + 2
        value = s[at + 2]
        if name == b"a" and value <= 2:
            self._line_start_only("ESC a")
            self._align = value
        elif name == b"E" and value <= 1:
            self._bold = bool(value)
        elif name == b"3":
            self._spacing = value
        elif name == b"R" and value == 0:
            pass
        elif name == b"d":
            self._line_start_only("ESC d")
            self.paper.things.append(f"feed {value}")
        elif name == b"p" and value in (0, 1):
            self.paper.things.append(f"drawer {2 if value == 0 else 5}")
            return at + 5
        else:
            raise UnknownCommandError(f"ESC {name!r} {value} at {at}")
        return at + 3

    def _chinese_command(self, s: bytes, at: int) -> int:
        name = s[at + 1 : at + 2]
        if name in (b"&", b"."):
            self._chinese = name == b"&"
            return at + 2
        if name == b"!" and s[at + 2] in (0, 4, 8, 12):
            self._kanji = s[at + 2]
            return at + 3
        raise UnknownCommandError(f"FS {name!r} at {at}")

    def _group(self, s: bytes, at: int) -> int:
        name = s[at + 1 : at + 2]
        if name == b"(":
            return self._symbol(s, at)
        if name == b"v":
            return self._raster(s, at)
        if name == b"k":
            return self._bars(s, at)
        value = s[at + 2]
        if name == b"!":
            self._size = value
        elif name == b"V" and value in (0, 1):
            self._line_start_only("GS V")
            self.paper.things.append("part cut" if value else "cut")
        elif name == b"w" and 2 <= value <= 6:
            self._bar_width = value
        elif not ((name == b"h" and value) or (name == b"f" and value <= 1) or (name == b"H" and value <= 3)):
            raise UnknownCommandError(f"GS {name!r} {value} at {at}")
        return at + 3

    def _symbol(self, s: bytes, at: int) -> int:
        self._line_start_only("GS ( k")
        long = s[at + 3] + 256 * s[at + 4]
        body = s[at + 5 : at + 5 + long]
        if s[at + 2 : at + 3] != b"k" or body[:1] != b"1" or len(body) != long:
            raise UnknownCommandError(f"GS ( at {at}")
        function = body[1]
        if function == 81:
            code = Symbol("qr", self._qr[80][1:], self._qr[67][0], self._qr[69][0])
            if self._qr[65][:1] != b"2" or not 1 <= code.size <= 16:
                raise UnknownCommandError("QR model or size")
            self.paper.things.append(code)
        elif function in (65, 67, 69, 80):
            self._qr[function] = body[2:]
        else:
            raise UnknownCommandError(f"GS ( k function {function}")
        return at + 5 + long

    def _bars(self, s: bytes, at: int) -> int:
        self._line_start_only("GS k")
        kind, long = s[at + 2], s[at + 3]
        data = s[at + 4 : at + 4 + long]
        if kind != 73 or data[:2] != b"{B" or len(data) != long:
            raise UnknownCommandError(f"GS k {kind} at {at}")
        self.paper.things.append(Symbol("code128", data[2:].replace(b"{{", b"{"), self._bar_width))
        return at + 4 + long

    def _raster(self, s: bytes, at: int) -> int:
        self._line_start_only("GS v")
        if s[at + 2 : at + 4] != b"0\x00":
            raise UnknownCommandError(f"GS v at {at}")
        wide, high = s[at + 4] + 256 * s[at + 5], s[at + 6] + 256 * s[at + 7]
        start = at + 8
        rows = [s[start + wide * row : start + wide * (row + 1)] for row in range(high)]
        if len(rows[-1]) != wide:
            raise UnknownCommandError("a picture that is cut off")
        self.paper.things.append(Raster(wide * 8, rows))
        return start + wide * high


def print_out(stream: bytes) -> Paper:
    """Return what a stream puts on paper."""
    return Printer().read(stream)
