"""Characters of a receipt printer: which it has, what stands in for those that it has not, how many cells each takes.

In Chinese mode every printer draws a byte below 0x80 in one cell and everything else in two, whatever Unicode says of its
width: `·` and `℃` take two.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MISSING = "〓"
"""What printers set where a type was missing; every GB 2312 font has it."""
SIMILAR = str.maketrans(
    {
        "¥": "￥", "µ": "μ", "•": "·", "‧": "·", "✓": "√", "✔": "√", "✗": "×", "✘": "×", "−": "-", "‑": "-", "‐": "-",
        "⁻": "-", "⁺": "+", "\t": " ",
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)), **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    }
)  # fmt: skip
IDEOGRAPHIC_SPACE = "\u3000"
NOT_DRAWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"}
"""Categories that no printer draws; private use lands in the user-defined area, which is blank."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character that the printer has not, and what was printed for it (`〓` when nothing is like it)."""

    character: str
    by: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a document: bytes of the printer, PDF or PNG, and the characters that were replaced in it."""

    content: bytes
    replaced: tuple[Replaced, ...] = ()


SQUARE = Replaced("m²", "㎡")


def cells_of(text: str) -> int:
    """Return how many cells a text takes in normal size."""
    return sum(1 if sign < "\x80" else 2 for sign in text)


def has(sign: str, *, four_byte: bool) -> bool:
    """Say whether a printer has a character: GBK's, and GB 18030's of four bytes where its font goes so far."""
    if sign < "\x80":
        return sign.isprintable()
    if sign != IDEOGRAPHIC_SPACE and (unicodedata.category(sign) in NOT_DRAWN or sign > "\uffff"):
        return False
    return four_byte or len(sign.encode("gb18030")) == 2


def printable(text: str, *, four_byte: bool) -> tuple[str, tuple[Replaced, ...]]:
    """Return a text as the printer can print it, and what was replaced in it, each character once."""
    composed = unicodedata.normalize("NFC", text)
    replaced: dict[str, Replaced] = {}
    if SQUARE.character in composed and not four_byte:
        composed = composed.replace(SQUARE.character, SQUARE.by)
        replaced[SQUARE.character] = SQUARE
    signs = [_stand_in(sign, replaced, four_byte=four_byte) for sign in composed]
    return "".join(signs), tuple(replaced.values())


def _stand_in(sign: str, replaced: dict[str, Replaced], *, four_byte: bool) -> str:
    if sign == "\n" or has(sign, four_byte=four_byte):
        return sign
    similar = " " if unicodedata.category(sign) == "Zs" else sign.translate(SIMILAR)
    if similar == sign:
        bare = unicodedata.normalize("NFKD", sign)[:1]
        similar = bare if bare.isalpha() and bare < "\x80" else MISSING
    replaced[sign] = Replaced(sign, similar)
    return similar
