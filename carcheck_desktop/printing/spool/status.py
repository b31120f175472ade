"""What a printer says, byte by byte, and what it means; anything else is *unknown*, never *fine*.

Four kinds of answers share one line and can be told apart by their fixed bits (Epson ESC/POS command reference):

* DLE EOT n: one byte at once, bits 0 and 7 are 0, bits 1 and 4 are 1.
* GS r 1: one byte when the printer comes to the command in its memory, bits 4 to 7 are 0.
* GS ( H function 48: 37h 22h, four characters, 00h, when everything before it has been *printed*.
* everything else: noise, another protocol, a broken printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FIXED_MASK, FIXED = 0b1001_0011, 0b0001_0010
ID_HEAD, ID_LENGTH = b"\x37\x22", 7


def ask_status(which: int) -> bytes:
    """Return the question DLE EOT n: 1 printer, 2 why off-line, 3 error, 4 paper."""
    return bytes((0x10, 0x04, which))


ASK_IN_TURN = b"\x1dr\x01"
"""GS r 1: answered when the printer comes to it."""


def ask_done(process_id: bytes) -> bytes:
    """Return GS ( H <Function 48>: answered with this id of four characters (20h to 7Eh) when all before it is printed."""
    return b"\x1d(H\x06\x0000" + process_id


class Said(StrEnum):
    """Which kind of answer."""

    STATUS = "status"
    IN_TURN = "in_turn"
    DONE = "done"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the status byte, the process id, or the bytes that are none of it."""

    said: Said
    raw: bytes


def answers_in(received: bytes) -> tuple[list[Answer], bytes]:
    """Return the answers in what was received, and what may be the beginning of another one."""
    found: list[Answer] = []
    while received:
        if ID_HEAD.startswith(received[:2]) or received[:2] == ID_HEAD:
            if len(received) < ID_LENGTH:
                return found, received
            is_whole = received[ID_LENGTH - 1] == 0 and all(0x20 <= byte <= 0x7E for byte in received[2:6])
            length = ID_LENGTH if is_whole else 1
            found.append(Answer(Said.DONE, received[2:6]) if is_whole else Answer(Said.NOISE, received[:1]))
        else:
            length = 1
            found.append(Answer(_kind(received[0]), received[:1]))
        received = received[length:]
    return found, b""


def _kind(byte: int) -> Said:
    if byte & FIXED_MASK == FIXED:
        return Said.STATUS
    return Said.IN_TURN if byte & 0b1111_0000 == 0 else Said.NOISE


class Trouble(StrEnum):
    """Why a printer that answers does not print; the last one says so itself without a reason."""

    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER = "cutter"
    BROKEN = "broken"
    OFFLINE = "offline"


def is_offline(printer_status: int) -> bool:
    """Read bit 3 of the answer to DLE EOT 1."""
    return bool(printer_status & 0b1000)


def is_paper_out(paper_status: int) -> bool:
    """Read bits 5 and 6 of the answer to DLE EOT 4."""
    return bool(paper_status & 0b0110_0000)


def is_paper_near_end(paper_status: int) -> bool:
    """Read bits 2 and 3 of the answer to DLE EOT 4."""
    return bool(paper_status & 0b0000_1100)


def trouble_of(cause: int | None, error: int | None, paper: int | None) -> Trouble:
    """Return the reason of a printer that is off-line from its answers to DLE EOT 2, 3 and 4; None: not answered."""
    if cause is not None and cause & 0b100:
        return Trouble.COVER_OPEN
    if (paper is not None and is_paper_out(paper)) or (cause is not None and cause & 0b10_0000):
        return Trouble.PAPER_OUT
    if error is not None and error & 0b1000:
        return Trouble.CUTTER
    if error is not None and error & 0b10_0000:
        return Trouble.BROKEN
    return Trouble.OFFLINE
