"""Where one ESC/POS command ends and the next begins, as a printer reads its buffer.

Written from the command reference, not from what our own program sends (Epson ESC/POS command reference, TM series; FS & and
Chinese: the same, Kanji commands), so that both cannot agree on one mistake. Only lengths live here, and what moves paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DLE, ESC, FS, GS, LF, FF = 0x10, 0x1B, 0x1C, 0x1D, 0x0A, 0x0C

ESC_LENGTHS = {
    **dict.fromkeys(b"@2<LSU", 2),
    **dict.fromkeys(b" !%-3=?AEGJKMRTVadertu{", 3),
    **dict.fromkeys(b"$\\c", 4),
    b"p"[0]: 5,
    b"W"[0]: 10,
}
FS_LENGTHS = {**dict.fromkeys(b"&.", 2), **dict.fromkeys(b"!-CW", 3), **dict.fromkeys(b"Sp", 4)}
GS_LENGTHS = {
    **dict.fromkeys(b":", 2),
    **dict.fromkeys(b"!#/BHITabfhrw", 3),
    **dict.fromkeys(b"$LPW\\", 4),
    b"^"[0]: 5,
}
DLE_LENGTHS = {0x04: 3, 0x05: 3}
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
DOTS_A_LINE = 30
"""Feed of a line break as the printer is switched on: 1/6 inch at 180 dots an inch."""


class Act(StrEnum):
    """What a command means to the mechanism."""

    SET = "set"
    """Nothing moves."""
    FEED = "feed"
    """`dots` of paper move."""
    CUT = "cut"
    TELL_PAPER = "tell_paper"
    """GS r: one byte is sent when the printer comes to it."""
    TELL_ID = "tell_id"
    """GS ( H 48: the process id in `argument` is sent when everything before it is done."""
    AT_ONCE = "at_once"
    """DLE: done when it came, not when the printer gets to it; nothing of it is on the paper."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """One command or one run of text: its bytes, and what it means to the mechanism."""

    raw: bytes
    act: Act = Act.SET
    dots: int = 0
    argument: bytes = b""


def next_token(buffer: bytes) -> Token | None:
    """Return the first command of a buffer; None while its end has not come."""
    if not buffer:
        return None
    first = buffer[0]
    if first >= 0x20:
        return Token(_text(buffer))
    if first in (LF, FF):
        return Token(buffer[:1], Act.FEED, DOTS_A_LINE)
    if first not in (DLE, ESC, FS, GS):
        known = first in (0x00, 0x09, 0x0D, 0x18)
        return Token(buffer[:1], Act.SET if known else Act.UNKNOWN)
    if len(buffer) < 2:
        return None
    return {DLE: _dle, ESC: _esc, FS: _fs, GS: _gs}[first](buffer)


def _text(buffer: bytes) -> bytes:
    end = next((at for at, byte in enumerate(buffer) if byte < 0x20), len(buffer))
    return buffer[:end]


def _whole(buffer: bytes, length: int, act: Act = Act.SET, dots: int = 0, argument: bytes = b"") -> Token | None:
    return None if len(buffer) < length else Token(buffer[:length], act, dots, argument)


def _unknown(buffer: bytes) -> Token:
    return Token(buffer[:2], Act.UNKNOWN)


def _at(buffer: bytes, place: int) -> int | None:
    """Return a byte of the buffer, None before it has come."""
    return buffer[place] if len(buffer) > place else None


def _dle(buffer: bytes) -> Token | None:
    if buffer[1] == 0x14:
        function = _at(buffer, 2)
        return None if function is None else _whole(buffer, 10 if function == 8 else 5, Act.AT_ONCE)
    length = DLE_LENGTHS.get(buffer[1])
    return _unknown(buffer) if length is None else _whole(buffer, length, Act.AT_ONCE)


def _esc(buffer: bytes) -> Token | None:
    name = buffer[1]
    if name in b"dJ":
        count = _at(buffer, 2)
        dots = None if count is None else count * (DOTS_A_LINE if name == ord("d") else 1)
        return None if dots is None else _whole(buffer, 3, Act.FEED, dots)
    if name == ord("D"):
        end = buffer.find(b"\x00", 2)
        return None if end < 0 else _whole(buffer, end + 1)
    if name == ord("*"):
        return _column_image(buffer)
    if name in b"im":
        return Token(buffer[:2], Act.CUT)
    length = ESC_LENGTHS.get(name)
    return _unknown(buffer) if length is None else _whole(buffer, length)


def _column_image(buffer: bytes) -> Token | None:
    """ESC * m nL nH: three bytes a column for the 24-dot modes, else one."""
    if len(buffer) < 5:
        return None
    columns = buffer[3] + 256 * buffer[4]
    return _whole(buffer, 5 + columns * (3 if buffer[2] in (32, 33) else 1))


def _fs(buffer: bytes) -> Token | None:
    length = FS_LENGTHS.get(buffer[1])
    return _unknown(buffer) if length is None else _whole(buffer, length)


def _gs(buffer: bytes) -> Token | None:
    name = buffer[1]
    special = {ord("V"): _cut, ord("("): _extended, ord("v"): _raster, ord("k"): _barcode, ord("8"): _graphics}
    if name in special:
        return special[name](buffer)
    if name == ord("r"):
        return _whole(buffer, 3, Act.TELL_PAPER, 0, buffer[2:3])
    length = GS_LENGTHS.get(name)
    return _unknown(buffer) if length is None else _whole(buffer, length)


def _cut(buffer: bytes) -> Token | None:
    mode = _at(buffer, 2)
    if mode is None:
        return None
    return _whole(buffer, 3 if mode in (0, 1, 48, 49) else 4, Act.CUT)


def _extended(buffer: bytes) -> Token | None:
    """GS ( x pL pH and as many bytes."""
    if len(buffer) < 5:
        return None
    length = 5 + buffer[3] + 256 * buffer[4]
    if len(buffer) < length:
        return None
    data = buffer[5:length]
    if buffer[2] == ord("H") and data[:2] == b"00":
        return Token(buffer[:length], Act.TELL_ID, 0, data[2:6])
    is_code = buffer[2] == ord("k") and data[1:3] == b"Q0"
    return Token(buffer[:length], Act.FEED if is_code else Act.SET, 200 if is_code else 0)


def _raster(buffer: bytes) -> Token | None:
    """GS v 0 m xL xH yL yH and x times y bytes."""
    if len(buffer) < 8:
        return None
    rows = buffer[6] + 256 * buffer[7]
    return _whole(buffer, 8 + (buffer[4] + 256 * buffer[5]) * rows, Act.FEED, rows)


def _graphics(buffer: bytes) -> Token | None:
    """GS 8 L p1 p2 p3 p4 and as many bytes: graphics that need more than 65535."""
    if len(buffer) < 7:
        return None
    return _whole(buffer, 7 + int.from_bytes(buffer[3:7], "little"), Act.FEED, 200)


def _barcode(buffer: bytes) -> Token | None:
    kind = _at(buffer, 2)
    if kind is None:
        return None
    if kind <= 6:
        end = buffer.find(b"\x00", 3)
        return None if end < 0 else _whole(buffer, end + 1, Act.FEED, 100)
    count = _at(buffer, 3)
    return None if count is None else _whole(buffer, 4 + count, Act.FEED, 100)
