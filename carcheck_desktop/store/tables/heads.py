"""Signed heads: the newest as a row, every one as a line of a file beside the database.

The file shows that entries were cut off even when whoever cut them also cut the row. A line is
written after its commit, so the file may be behind the database and is never ahead of it, unless
somebody took entries away. Losing the file's last lines in a power cut costs only that evidence.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from carcheck_desktop.base.data import from_json, to_json, to_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.journal import SignedHead
from carcheck_desktop.store.engine.hot import write
from carcheck_desktop.store.tables.models import signed_head

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.store.engine.place import Place

log = logging.getLogger(__name__)
LARGEST_BYTES = 4_000_000
KEPT_LINES = 1000
APPENDING = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

RENEW = (
    update(signed_head)
    .where(signed_head.c.node == bindparam("whose"))
    .values({name: bindparam(name) for name in ("pos", "chain", "at", "public_key", "signature")})
)


def heads_path(place: Place, blob_folder: Path | None) -> Path | None:
    """Return where the file of heads lies: beside an SQLite file, else in the folder of blobs."""
    if place.path is not None:
        return place.path.with_name(place.path.name + ".heads.jsonl")
    return None if blob_folder is None else blob_folder / f"{place.url.database}.heads.jsonl"


def put_head(connection: Connection, head: SignedHead, *, is_first: bool) -> None:
    """Renew the row of the newest head in the transaction of its entries."""
    values = to_plain(head)
    if is_first:
        connection.execute(delete(signed_head))
        connection.execute(insert(signed_head), values)
    else:
        values["whose"] = values.pop("node")  # the key itself is not written again
        write(connection, RENEW, values)


def stored_head(connection: Connection) -> SignedHead | None:
    """Return the newest signed head as the row has it."""
    row = connection.execute(select(signed_head)).first()
    if row is None:
        return None
    at = datetime.fromisoformat(row.at)
    return SignedHead(row.node, row.pos, row.chain, at, row.public_key, row.signature)


def read_heads(path: Path) -> tuple[list[SignedHead], list[int]]:
    """Return the heads of a file in order and the numbers of lines that are none (from 1).

    A last line without its end was cut short by a power cut or is being written now: not counted.
    """
    heads: list[SignedHead] = []
    strange: list[int] = []
    whole = path.read_bytes().rpartition(b"\n")[0]
    for number, line in enumerate(whole.split(b"\n") if whole else (), start=1):
        try:
            heads.append(from_json(line, SignedHead))
        except DataError:
            strange.append(number)
    return heads, strange


class HeadsFile:
    """The growing file of heads of one open database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(path, APPENDING, 0o644)
        self._size = self._cut_torn_line()

    def _open(self) -> None:
        """Open the file, or keep a number that no file has: another file may get the old one."""
        self._descriptor = os.open(self.path, APPENDING, 0o644)
        self._size = os.fstat(self._descriptor).st_size

    def append(self, head: SignedHead) -> None:
        """Add a line. A full disk is logged, not raised: the entries are already durable."""
        line = (to_json(head) + "\n").encode()
        try:
            if self._descriptor < 0:
                self._open()
            if self._size + len(line) > LARGEST_BYTES:
                self._thin_out()
            written = os.write(self._descriptor, line)
            if written < len(line):
                os.ftruncate(self._descriptor, self._size)
                log.warning("head %s not written beside the database: disk full", head.pos)
                return
            self._size += written
        except OSError as error:
            log.warning("head %s not written beside the database: %s", head.pos, error)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _cut_torn_line(self) -> int:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.ftruncate(self._descriptor, whole)
        return whole

    def _thin_out(self) -> None:
        """Keep the last head of every day and the newest ones, so that the file stays small."""
        lines = self.path.read_bytes().splitlines(keepends=True)
        last_of_day: dict[str, bytes] = {}
        for line in lines[:-KEPT_LINES]:
            last_of_day[_day_of(line)] = line
        kept = b"".join((*last_of_day.values(), *lines[-KEPT_LINES:]))
        beside = self.path.with_name(self.path.name + ".new")
        beside.write_bytes(kept)
        os.close(self._descriptor)  # Windows replaces no open file
        self._descriptor = -1
        try:
            beside.replace(self.path)
        finally:
            self._open()


def _day_of(line: bytes) -> str:
    try:
        return from_json(line, SignedHead).at.date().isoformat()
    except DataError:
        return line.decode(errors="replace")  # a strange line is evidence too
