"""Counts pages in the trays of printers; imports nothing of carcheck and reads nothing but what came out.

A page is a file `*.escpos` that a printer wrote when it cut the paper. Asked for are numbers J00001 …; each page of the test begins
with `BEGIN Jnnnnn` and ends with `END Jnnnnn`. A page is good when it has both of one number, nothing of another one, its cut, and
is not marked void. Every number must have exactly one good page.

    print_counter.py --count 2000 FOLDER [FOLDER …]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

BEGIN, END = re.compile(rb"BEGIN (J\d{5})"), re.compile(rb"END (J\d{5})")
VOID = b"VOID ABOVE"
CUT = b"\x1dV"


def number_of(page: bytes) -> str | None:
    """Return the number of a good page; "" for a strip that says of itself that it is void, None for anything else."""
    if VOID in page:
        return ""
    begins, ends = BEGIN.findall(page), END.findall(page)
    if len(begins) != 1 or begins != ends or CUT not in page:
        return None
    return str(begins[0].decode())


def count(folders: list[Path], wanted: int) -> dict[str, Any]:
    """Count every page of every tray."""
    found: Counter[str] = Counter()
    void, spoilt, torn = 0, [], 0
    for folder in folders:
        torn += sum(1 for _ in folder.glob("*.torn"))
        for path in sorted(folder.glob("*.escpos")):
            number = number_of(path.read_bytes())
            if number is None:
                spoilt.append(path.name)
            elif number == "":
                void += 1
            else:
                found[number] += 1
    numbers = [f"J{each:05d}" for each in range(1, wanted + 1)]
    lost = [each for each in numbers if found[each] == 0]
    doubled = [each for each in found if found[each] > 1]
    return {
        "good": sum(found.values()), "lost": len(lost), "doubled": sum(found[each] - 1 for each in doubled),
        "unasked": sorted(found.keys() - set(numbers)), "spoilt": spoilt, "void_strips": void, "torn": torn,
        "details": [f"lost {each}" for each in lost[:20]] + [f"doubled {each}" for each in doubled[:20]],
    }  # fmt: skip


def main() -> int:
    """Return 0 when every number is there once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, required=True)
    options = parser.parse_args()
    found = count(options.folders, options.count)
    print(json.dumps(found))
    return 1 if found["lost"] or found["doubled"] or found["unasked"] or found["spoilt"] else 0


if __name__ == "__main__":
    sys.exit(main())
