"""The inside of a fake printer: memory, mechanism, sensors and answers, stepped by its clock; no port and no file.

A page is out when its cut was made, never before. What was printed and not cut when the power goes hangs half out (`torn`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.twin.printers.lexer import CLEAR_BUFFERS, Act, Token, next_token

if TYPE_CHECKING:
    from carcheck_desktop.twin.printers.faults import PrinterFaults

MEMORY = 65536
"""Bytes of the receive buffer: that of a TM-T88V; a cheap printer has 4096."""
SOME = 2048
"""Bytes looked at first: most commands are short."""
TEXT = 0x20
"""The first byte of what is a character and no command."""
DOTS_PER_S = 1200.0
"""150 mm a second at 203 dots an inch: an ordinary receipt printer."""
CUT_S = 0.3
ASKING = b"\x10\x04"
FIXED = 0b0001_0010
"""Bits 1 and 4 of every DLE EOT answer are 1, bits 0 and 7 are 0."""
GARBAGE = b"\xff\x81\xc3"


@dataclass
class Machine:
    """One printer; `receive` and `advance` are called by one thread.

    `pages` and `torn` collect what came out until somebody takes it, `answers` what is to be sent to the host, and `events` what
    its owner would see or hear: words for the log.
    """

    faults: PrinterFaults
    memory: int = MEMORY
    buffer: bytearray = field(default_factory=bytearray)
    pages: list[bytes] = field(default_factory=list)
    torn: list[bytes] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    answers: bytearray = field(default_factory=bytearray)
    hung_up: bool = False
    _page: bytearray = field(default_factory=bytearray)
    _tail: bytes = b""
    _has_text: bool = False
    _free_s: float = 0.0

    @property
    def room(self) -> int:
        """Bytes that still fit into the memory; a stalled printer takes none."""
        return 0 if self.faults.stall else max(0, self.memory - len(self.buffer))

    def receive(self, data: bytes) -> None:
        """Take bytes from the host; a status question is answered as it comes, wherever it stands (as real ones do)."""
        seen = self._tail + data
        at = seen.find(ASKING)
        while 0 <= at < len(seen) - 2:
            if 1 <= seen[at + 2] <= 4:
                self._tell(seen[at + 2])
            at = seen.find(ASKING, at + 2)
        if CLEAR_BUFFERS in seen:
            self.buffer.clear()
            self.answers += b"\x37\x25\x00"
            seen = data = b""
        self._tail = seen[-2:] if seen[-2:] == ASKING else seen[-1:] if seen[-1:] == ASKING[:1] else b""
        self.buffer += data

    def advance(self, now_s: float) -> None:
        """Print as far as the time since the last call allows."""
        while self._free_s <= now_s and not self.faults.is_halted and not self.faults.power_off:
            token = next_token(bytes(self.buffer[:SOME])) or next_token(bytes(self.buffer))
            if token is None or not self._do(token):
                break
        else:
            if self._free_s > now_s:
                return  # busy: the time that is left over counts for what comes next
        self._free_s = max(self._free_s, now_s)

    def lose_power(self) -> None:
        """Forget everything; what was printed without a cut hangs half out."""
        if self._page:
            self.torn.append(bytes(self._page))
        self.buffer.clear()
        self._page.clear()
        self._has_text = False
        self.answers.clear()
        self._tail = b""
        self.events.append("power off")

    def _do(self, token: Token) -> bool:
        """Carry one command out; False when the mechanism cannot just now."""
        if token.act is Act.CUT and (self.faults.cutter_error or self._dies(before=True)):
            return False
        del self.buffer[: len(token.raw)]
        if token.act in (Act.TELL_PAPER, Act.TELL_ID):
            self._answer_in_turn(token)
            return True
        if token.act is Act.AT_ONCE:
            return True
        if token.raw[0] >= TEXT and not self._has_text:
            self._has_text = True
            self.events.append("begins")
        self._page += token.raw
        if token.act is Act.UNKNOWN:
            self.events.append(f"unknown {token.raw.hex(' ')}")
        elif token.act is Act.CUT:
            self._take(CUT_S)
            self.pages.append(bytes(self._page))
            self._page.clear()
            self._has_text = False
            return not self._dies(before=False)
        elif token.dots:
            self._take(token.dots / DOTS_PER_S)
            self._use_paper(token.dots)
        return True

    def _take(self, duration_s: float) -> None:
        self._free_s += duration_s * (2.0 if self.faults.slow else 1.0)

    def _use_paper(self, dots: int) -> None:
        if self.faults.paper_left_dots > 0:
            self.faults.paper_left_dots = max(0.0, self.faults.paper_left_dots - dots)
            if self.faults.paper_left_dots == 0:
                self.faults.paper_out = True
                self.events.append("paper out")

    def _dies(self, *, before: bool) -> bool:
        name = "dies_before_cut" if before else "dies_after_cut"
        if not getattr(self.faults, name):
            return False
        setattr(self.faults, name, False)
        self.faults.power_off = True
        self.events.append(name)
        return True

    def _answer_in_turn(self, token: Token) -> None:
        if self.faults.silent:
            return
        if token.act is Act.TELL_ID:
            self.answers += b"\x37\x22" + token.argument + b"\x00"
            return
        near, out = self.faults.paper_near_end or self.faults.paper_out, self.faults.paper_out
        self.answers.append((0b0011 if near else 0) | (0b1100 if out else 0))

    def _tell(self, which: int) -> None:
        if self.faults.silent or self.faults.stall:
            return
        if self.faults.hangs_up:
            self.hung_up = True
            return
        byte = bytes((FIXED | self._bits(which),))
        self.answers += GARBAGE if self.faults.garbage else byte * 2 if self.faults.two_bytes else byte

    def _bits(self, which: int) -> int:
        faults = self.faults
        near = faults.paper_near_end or faults.paper_out
        if which == 1:
            halted = faults.offline or faults.cover_open or faults.paper_out or faults.cutter_error
            return 0b1000 if halted else 0
        if which == 2:
            return (0b100 if faults.cover_open else 0) | (0b10_0000 if faults.paper_out else 0) | (
                0b100_0000 if faults.cutter_error else 0
            )  # fmt: skip
        if which == 3:
            return 0b1000 if faults.cutter_error else 0
        return (0b1100 if near else 0) | (0b110_0000 if faults.paper_out else 0)
