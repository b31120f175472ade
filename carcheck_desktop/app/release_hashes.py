"""Writes the hashes that a release ships: `python -m carcheck_desktop.app.release_hashes`, after every change of a table file."""

from __future__ import annotations

from carcheck_desktop.app.parts import TABLES
from carcheck_desktop.app.table_files import HASHES, release_text


def main() -> int:
    """Write the list beside the table files."""
    (TABLES / HASHES).write_text(release_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
