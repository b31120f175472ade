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
from carcheck_desktop.domain.tables import NO_STANDARDS, StandardsView
from carcheck_desktop.domain.views import NO_BOARD, BoardView, LaneView, VisitView

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadSnapshot:
    """A snapshot and what of it could not be read: ids of visits, names of lanes, `board`, `standards`."""

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
    standards: msgspec.Raw = NO_PART


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
    board = _one(parts.board, BoardView, "board", left_out) or NO_BOARD
    standards = _one(parts.standards, StandardsView, "standards", left_out) or NO_STANDARDS
    snapshot = Snapshot(parts.epoch, parts.pos, parts.heads, visits, lanes, board, arrivals, standards)
    return ReadSnapshot(snapshot, tuple(left_out))


def _one(part: msgspec.Raw, kind: type[T], name: str, left_out: list[str]) -> T | None:
    """Return a part of which there is one; None where there is none, or none that can be read."""
    if bytes(part) == bytes(NO_PART):
        return None
    return next(iter(_readable([part], kind, "", left_out, name)), None)


def _readable(
    parts: Iterable[msgspec.Raw], kind: type[T], key: str, left_out: list[str], called: str = "?"
) -> Iterable[T]:
    for part in parts:
        try:
            yield from_json(bytes(part), kind)
        except DataError as error:
            name = _name(bytes(part), key) if key else called
            log.warning("%s of the snapshot is not readable here and left out: %s", name, error)
            left_out.append(name)


def _name(part: bytes, key: str) -> str:
    try:
        plain: dict[str, Any] = from_json(part, dict)
    except DataError:
        return "?"
    return str(plain.get(key, "?"))
