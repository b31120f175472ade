"""What a stranger with plain HTTP gets from the link."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.base.data import from_json, from_plain, to_json
from carcheck_desktop.base.errors import LinkError, UsageError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import Envelope, OpenVisit, Reply, SignIn
from carcheck_desktop.domain.ports import VisitRecord
from carcheck_desktop.domain.station import Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.server.application import create_app
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.link.wire import MAX_COMMAND_BYTES
from tests.link.asking import asked
from tests.link.fakes import NOW, Station, served, vehicle, visit_opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def station() -> Station:
    return Station()


@pytest.fixture
def server(station: Station, tmp_path: Path) -> Iterator[LinkServer]:
    with served(station, tmp_path) as running:
        yield running


def ask(
    server: LinkServer, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    try:
        sent = {"content-type": "application/json", **(headers or {})}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def envelope(command_id: str = "command-1") -> Envelope:
    return Envelope(command_id, None, "control-1", NOW, NOW, OpenVisit(vehicle(), InspectionKind.IN_USE))


def test_handshake_snapshot_and_record_travel_in_the_form_of_base_data(server: LinkServer, station: Station) -> None:
    station.happen(3)
    assert from_json(ask(server, "GET", "/handshake")[1], Handshake) == station.handshake()
    assert from_json(ask(server, "GET", "/snapshot")[1], Snapshot) == station.snapshot()
    status, content = ask(server, "GET", "/visits/visit-2")
    assert status == 200
    assert content.decode() == to_json(station.show("visit-2"))
    assert from_json(content, VisitRecord) == station.show("visit-2")


def test_a_command_is_done_once_however_often_it_is_sent(server: LinkServer, station: Station) -> None:
    body = to_json(envelope()).encode()
    replies = {ask(server, "POST", "/commands/open_visit", body) for _ in range(3)}
    assert len(replies) == 1
    status, content = replies.pop()
    assert status == 200
    assert from_json(content, Reply).accepted
    assert [done.command for done in station.executed] == [envelope().command]


def test_a_command_sent_again_while_it_is_being_done_is_done_once(server: LinkServer, station: Station) -> None:
    station.slow_s = 0.2
    body = to_json(envelope()).encode()
    answers: list[tuple[int, bytes]] = []

    def send() -> None:
        answers.append(ask(server, "POST", "/commands/open_visit", body))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(station.executed) == 1
    assert len(set(answers)) == 1
    assert len(answers) == 4


def changed(**changes: Any) -> bytes:
    plain = json.loads(to_json(envelope()))
    plain.update(changes)
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/commands/open_visit", b"", 422, "base.data.wrong_shape"),
        ("/commands/open_visit", b"\xff\xfe", 422, "base.data.wrong_shape"),
        ("/commands/open_visit", b'{"id": "\xff"}', 422, "base.data.wrong_shape"),
        ("/commands/open_visit", changed(id=5), 422, "base.data.wrong_shape"),
        ("/commands/open_visit", changed(id="x" * 101), 422, "base.data.wrong_shape"),
        ("/commands/open_visit", changed(node="x" * 101), 422, "base.data.wrong_shape"),
        ("/commands/open_visit", changed(extra=1), 422, "link.request.unknown_key"),
        ("/commands/open_visit", changed(command={"plate": "x"}), 422, "base.data.wrong_shape"),
        ("/commands/open_visit", changed(issued_at="2026-01-05T08:00:00"), 422, "base.data.wrong_shape"),
        ("/commands/open_visit", b" " * (MAX_COMMAND_BYTES + 1), 413, "link.request.too_large"),
        ("/commands/dance", changed(), 404, "link.request.not_this_door"),
        ("/journal", b"{}", 422, "base.data.wrong_shape"),
        ("/lanes", b'{"lane": "1"}', 422, "base.data.wrong_shape"),
        ("/lanes", b'{"lane":"1","node":"l","url":"http://evil.example"}', 422, "link.request.lane_elsewhere"),
        ("/lanes", b'{"lane":"1","node":"l","url":"file:///etc"}', 422, "link.request.lane_elsewhere"),
        ("/nowhere", b"{}", 404, "link.request.no_such_path"),
    ],
)
def test_a_malformed_request_changes_nothing_and_says_why(
    server: LinkServer, station: Station, path: str, body: bytes, status: int, code: str
) -> None:
    got, content = ask(server, "POST", path, body)
    assert (got, from_json(content, Problem).code) == (status, code)
    assert station.executed == []


def test_a_web_page_or_a_foreign_name_is_refused(server: LinkServer, station: Station) -> None:
    body = to_json(envelope()).encode()
    path = "/commands/open_visit"
    assert ask(server, "POST", path, body, {"Origin": "http://evil.example"})[0] == 403
    assert ask(server, "POST", path, body, {"Host": "evil.example"})[0] == 403
    assert ask(server, "POST", path, body, {"content-type": "text/plain"})[0] == 415
    assert station.executed == []


def test_a_wrong_parameter_is_a_problem_too(server: LinkServer) -> None:
    status, content = ask(server, "GET", "/blobs/nonsense")
    assert (status, from_json(content, Problem).code) == (422, "link.request.malformed")


def test_what_breaks_inside_is_a_problem_without_details_of_the_code(
    server: LinkServer, station: Station, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_wanted: str) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(station, "show", broken)
    status, content = ask(server, "GET", "/visits/x")
    assert status == 500
    assert from_json(content, Problem) == Problem("link.server.failed", {"detail": "KeyError"})
    server.stop()
    assert "secret" in caplog.text  # the log has it whole


def test_a_part_that_is_not_there_is_neither_served_nor_described(station: Station) -> None:
    with served(station, None, intake=None, records=None, takes_lanes=False, kinds=frozenset({"stop_lane"})) as server:
        assert ask(server, "GET", "/heads")[0] == 404
        assert ask(server, "POST", "/commands/open_visit", changed())[0] == 404
        described = json.loads(ask(server, "GET", "/openapi.json")[1])
    assert sorted(described["paths"]) == ["/commands/stop_lane", "/handshake", "/snapshot"]
    assert "OpenVisitOrder" not in described["components"]["schemas"]


def test_a_lane_says_where_it_is(server: LinkServer, station: Station) -> None:
    address = LaneAddress("1", "lane-1", "http://127.0.0.1:9")
    assert ask(server, "POST", "/lanes", to_json(address).encode())[0] == 200
    handshake = from_json(ask(server, "GET", "/handshake")[1], Handshake)
    assert handshake.lanes == (address,)


def test_tokens_and_pins_never_reach_the_log(
    server: LinkServer, station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    order = Envelope("c", "the-token", "n", NOW, NOW, SignIn("wang", "271828"))
    assert ask(server, "POST", "/commands/sign_in", to_json(order).encode())[0] == 200
    assert ask(server, "POST", "/commands/sign_in", to_json(order).encode() + b"junk")[0] == 422
    assert "the-token" not in caplog.text
    assert "271828" not in caplog.text


def test_only_loopback_is_served_until_there_is_tls(station: Station) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "station.example"):
        with pytest.raises(UsageError) as caught:
            LinkServer(create_app(station.parts()), host=host)
        assert caught.value.code == "link.server.only_loopback"


def test_a_taken_port_is_said_and_a_stopped_server_leaves_no_thread(station: Station) -> None:
    before = set(threading.enumerate())
    with served(station) as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(LinkError) as caught:
            LinkServer(create_app(station.parts()), port=port).start()
        assert caught.value.code == "link.server.port_taken"
    assert set(threading.enumerate()) == before


def test_heads_and_journal_take_entries_once_and_stop_at_a_gap(server: LinkServer, station: Station) -> None:
    lane = Station("lane-1").chain
    entries = [lane.append(visit_opened(number))[1] for number in range(6)]
    assert json.loads(ask(server, "POST", "/journal", to_json(entries[:3]).encode())[1])["taken"] == 3
    assert json.loads(ask(server, "POST", "/journal", to_json(entries[1:4]).encode())[1])["taken"] == 1
    gap = json.loads(ask(server, "POST", "/journal", to_json(entries[5:]).encode())[1])
    assert gap["taken"] == 0
    assert from_plain(gap["refusal"], Problem).code == "store.journal.gap"
    assert json.loads(ask(server, "GET", "/heads")[1]) == {"lane-1": 4}


def test_answers_are_not_held_back_by_the_network_stack(server: LinkServer) -> None:
    """Two small writes with Nagle's algorithm on would cost 40 ms each time."""

    async def ten(client: LinkClient) -> float:
        started = time.monotonic()
        for _ in range(10):
            await client.heads()
        return time.monotonic() - started

    assert min(asked(server.url, ten) for _ in range(3)) < 0.2


def test_what_a_window_imports_of_the_link_loads_no_server_and_no_client_library() -> None:
    """Httpx and websockets come in the link's thread after the first paint; FastAPI never."""
    program = (
        "import sys, carcheck_desktop.link.client.thread as t, carcheck_desktop.link.client.events;"
        "print(sorted({'httpx', 'websockets', 'fastapi', 'uvicorn', 'sqlalchemy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
