"""Table files as an earlier release had them: today's without rows that came later, and with rows that went since."""

from __future__ import annotations

import re

from carcheck_desktop.app.table_files import contents

SAFETY, PETROL = "gb38900-2020.toml", "gb18285-2018.toml"
TODAY = contents()
NEWER = {SAFETY: ("setting", "road_decision"), PETROL: ("setting", "natural_gas_hc")}
"""What each file did not have yet."""


def blocks(content: bytes) -> list[str]:
    """Return the head of a file and each of its rows, comments with the row before them."""
    return re.split(r"(?m)^(?=\[\[)", content.decode())


def is_row(block: str, section: str, key: str) -> bool:
    field = "quantity" if section == "rounding" else "key"
    return block.startswith(f"[[{section}]]") and f'\n{field} = "{key}"\n' in block


def without(content: bytes, section: str, key: str) -> bytes:
    """Return a file without the rows of a key; at least one has to be there."""
    parts = blocks(content)
    left = [each for each in parts if not is_row(each, section, key)]
    assert len(left) < len(parts)
    return "".join(left).encode()


def with_another(content: bytes, section: str, key: str, /, **changes: str) -> bytes:
    """Return a file with a second row of a section: that of `key` with each text of `changes` instead of its name's line."""
    row = next(each for each in blocks(content) if is_row(each, section, key))
    return content + b"\n" + edited(row, changes).encode()


def with_other(content: bytes, section: str, key: str, /, **changes: str) -> bytes:
    """Return a file whose row of `key` has other values."""
    row = next(each for each in blocks(content) if is_row(each, section, key))
    return content.replace(row.encode(), edited(row, changes).encode(), 1)


def edited(row: str, changes: dict[str, str]) -> str:
    for field, value in changes.items():
        row, count = re.subn(rf"(?m)^{field} = .*$", f"{field} = {value}", row, count=1)
        assert count == 1, field
    return row


def old(name: str) -> bytes:
    """Return a file as it was approved long ago: without today's newest setting, with a constant that nobody knows now."""
    section, key = NEWER[name]
    constant = next(each for each in blocks(TODAY[name]) if each.startswith("[[constant]]"))
    known = re.search(r'(?m)^key = "(.*)"$', constant)
    assert known is not None
    return with_another(without(TODAY[name], section, key), "constant", known[1], key='"forgotten_number"')
