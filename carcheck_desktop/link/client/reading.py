"""A snapshot read as far as this program can: what a newer one wrote must not hide everything else.

Each visit and each lane is read for itself. One that cannot be read is left out and named, so that a
window can say that something is missing. The server's side stays strict.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.domain.views import NO_BOARD, BoardView, LaneView, VisitView

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadSnapshot:
    """A snapshot and what of it could not be read: ids of visits, names of lanes, `board`."""

    snapshot: Snapshot
    left_out: tuple[str, ...] = ()


NO_PART = msgspec.Raw(b"null")


class _Parts(msgspec.Struct):
    epoch: str
    pos: int
    heads: dict[str, int]
    visits: list[msgspec.Raw]
    lanes: list[msgspec.Raw]
    arrivals: list[msgspec.Raw] = []
    board: msgspec.Raw = NO_PART


def read_snapshot(content: bytes) -> ReadSnapshot:
    """Read a snapshot; raise `DataError` only when it is none at all."""
    try:
        return ReadSnapshot(from_json(content, Snapshot))
    except DataError:
        parts = from_json(content, _Parts)
    left_out: list[str] = []
    visits = tuple(_readable(parts.visits, VisitView, "visit_id", left_out))
    lanes = tuple(_readable(parts.lanes, LaneView, "lane", left_out))
    arrivals = tuple(_readable(parts.arrivals, ArrivalView, "visit_id", left_out))
    boards = [] if bytes(parts.board) == bytes(NO_PART) else list(_readable([parts.board], BoardView, "", left_out))
    board = boards[0] if boards else NO_BOARD
    snapshot = Snapshot(parts.epoch, parts.pos, parts.heads, visits, lanes, board, arrivals)
    return ReadSnapshot(snapshot, tuple(left_out))


def _readable(parts: Iterable[msgspec.Raw], kind: type[T], key: str, left_out: list[str]) -> Iterable[T]:
    for part in parts:
        try:
            yield from_json(bytes(part), kind)
        except DataError as error:
            name = _name(bytes(part), key) if key else "board"
            log.warning("%s of the snapshot is not readable here and left out: %s", name, error)
            left_out.append(name)


def _name(part: bytes, key: str) -> str:
    try:
        plain: dict[str, Any] = from_json(part, dict)
    except DataError:
        return "?"
    return str(plain.get(key, "?"))
