"""A newer service: what cannot be read is named, and hides nothing else; commands stay strict."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from carcheck_desktop.base.data import to_json, to_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.commands import Envelope, OpenVisit
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import LaneView, VisitView
from carcheck_desktop.link.client.reading import read_snapshot
from carcheck_desktop.link.wire import decode_order, encode_order
from tests.link.fakes import vehicle, visit_opened

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def visit(number: int) -> VisitView:
    entry = seal(visit_opened(number), node="service", seq=1, at=AT, actor="li", blobs=(), previous=ZERO_HASH)
    view = fold_visit(None, entry)
    assert view is not None
    return view


SNAPSHOT = Snapshot(
    "epoch", 7, {"service": 7}, (visit(1), visit(2)), (LaneView("1", "lane-1"), LaneView("2", "lane-2"))
)


def plain() -> dict[str, Any]:
    told = to_plain(SNAPSHOT)
    assert isinstance(told, dict)
    return told


def read(told: dict[str, Any]) -> tuple[list[str], list[str], tuple[str, ...]]:
    found = read_snapshot(json.dumps(told).encode())
    visits = [each.visit_id for each in found.snapshot.visits]
    return visits, [each.lane for each in found.snapshot.lanes], found.left_out


def test_a_snapshot_of_the_same_program_is_read_whole() -> None:
    found = read_snapshot(to_json(SNAPSHOT).encode())
    assert (found.snapshot, found.left_out) == (SNAPSHOT, ())


def test_an_older_service_knows_no_board() -> None:
    told = plain()
    del told["board"]
    assert read(told) == (["visit-1", "visit-2"], ["1", "2"], ())


def test_fields_that_only_a_newer_service_has_are_passed_over() -> None:
    told = plain() | {"weather": "fine"}
    told["visits"][0]["paid"] = True
    assert read(told) == (["visit-1", "visit-2"], ["1", "2"], ())


def test_a_visit_with_an_unknown_code_is_left_out_and_named_and_the_others_stay() -> None:
    told = plain()
    told["visits"][0]["vehicle"]["plate_kind"] = "77"
    assert read(told) == (["visit-2"], ["1", "2"], ("visit-1",))


def test_an_unknown_lane_state_and_an_unknown_board_hide_no_visit() -> None:
    told = plain()
    told["lanes"][1]["stopped"] = "half"
    told["board"] = {"rules": {"mask": "all"}}
    assert read(told) == (["visit-1", "visit-2"], ["1"], ("2", "board"))


@pytest.mark.parametrize("content", [b"", b"[]", b'{"epoch":"e"}', b"<html>"])
def test_what_is_no_snapshot_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(DataError):
        read_snapshot(content)


def test_a_command_with_an_unknown_code_is_refused_as_ever() -> None:
    envelope = Envelope("c-1", None, "pc-1", AT, AT, OpenVisit(vehicle(), InspectionKind.IN_USE))
    body = encode_order(envelope)
    assert decode_order("open_visit", body) == envelope
    with pytest.raises(DataError):
        decode_order("open_visit", body.replace(b'"plate_kind":"02"', b'"plate_kind":"77"'))
