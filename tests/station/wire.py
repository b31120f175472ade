"""Brake curves decoded from a bench's wire log by a reader of its own: bytes, convention page, nothing else."""

from __future__ import annotations

import struct
from pathlib import Path

RING_AT = 1000
HEAD_AT = 100
RING_SAMPLES = 1000

Curve = tuple[tuple[int, ...], tuple[int, ...]]


def frames(path: Path) -> list[tuple[str, bytes]]:
    """Return direction and bytes of every record of the log."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        _, _, mark, content = line.split("\t")
        if mark in "<>":
            found.append((mark, bytes.fromhex(content)))
    return found


def answers(path: Path) -> list[tuple[int, list[int]]]:
    """Return (first register, values as signed words) of every answered FC 04 read of unit 1."""
    found: list[tuple[int, list[int]]] = []
    asked: tuple[int, int] | None = None
    received = b""
    for mark, data in frames(path):
        if mark == ">":
            asked, received = None, b""
            if data[:2] == b"\x01\x04" and len(data) == 8:
                address, count = struct.unpack(">HH", data[2:6])
                asked = address, count
            continue
        received += data
        if asked is not None and len(received) == 5 + 2 * asked[1] and received[:2] == b"\x01\x04":
            words = struct.unpack(f">{asked[1]}h", received[3:-2])
            found.append((asked[0], list(words)))
            asked = None
    return found


def curves(path: Path) -> list[Curve]:
    """Return the curve of every test in the log, sample 1 first."""
    tests: list[dict[int, tuple[int, int]]] = []
    newest = 0
    for address, words in answers(path):
        if address == HEAD_AT and len(words) >= 2:
            now = (words[0] & 0xFFFF) << 16 | words[1] & 0xFFFF
            if now < newest or not tests:
                tests.append({})
            newest = now
        elif address >= RING_AT and tests:
            for place in range(0, len(words), 2):
                number = (address - RING_AT + place) // 2 or RING_SAMPLES
                tests[-1][number] = (words[place], words[place + 1])
    return [
        (tuple(test[n][0] for n in sorted(test)), tuple(test[n][1] for n in sorted(test))) for test in tests if test
    ]
