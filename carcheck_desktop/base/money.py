"""Money is a whole number of fen (分); here it is read and written as people write yuan (元). No float touches it."""

from __future__ import annotations

import re

from carcheck_desktop.base.errors import UsageError

YUAN = re.compile(r"(?:￥|¥)?\s*(-?)([0-9]{1,9})(?:\.([0-9]{1,2}))?\s*元?")
FEN_PER_YUAN = 100


def yuan(fen: int) -> str:
    """Return an amount as people read it: `￥120.00`, `-￥3.50`."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}￥{whole}.{rest:02d}"


def fen_of(text: str) -> int:
    """Read an amount in yuan (`120`, `120.5`, `￥120.50`); raise `UsageError` for anything else."""
    found = YUAN.fullmatch(text.strip())
    if found is None:
        raise UsageError("base.money.no_amount", given=text[:40])
    fen = int(found[2]) * FEN_PER_YUAN + int((found[3] or "").ljust(2, "0"))
    return -fen if found[1] else fen
