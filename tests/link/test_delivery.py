"""A command arrives once, and what moves machinery is never sent twice."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import LinkError, UsageError
from carcheck_desktop.domain.commands import OpenVisit, Reply, StartAttempt, StopLane
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.link.client import delivery
from carcheck_desktop.link.client.asking import LinkClient
from tests.link.asking import asked
from tests.link.fakes import Station, served, vehicle
from tests.link.strangers import answering, http_answer

OPEN = OpenVisit(vehicle(), InspectionKind.IN_USE)
START = StartAttempt("1", "visit-1")
HANG_UP = b""
NOT_NOW = http_answer("503 Service Unavailable", b'{"code":"store.busy"}')
DONE = http_answer("200 OK", to_json(Reply("x", accepted=True)).encode())


def code_of(reply: Reply) -> str:
    assert not reply.accepted
    assert reply.refusal is not None
    return reply.refusal.code


def ids(requests: list[bytes]) -> list[str]:
    return [json.loads(request.partition(b"\r\n\r\n")[2])["id"] for request in requests]


@pytest.mark.parametrize("trouble", [HANG_UP, NOT_NOW])
def test_a_command_is_sent_again_with_the_same_id_until_answered(trouble: bytes) -> None:
    with answering(trouble, trouble, DONE) as (url, requests):
        reply = asked(url, lambda client: client.command(OPEN))
    assert reply.accepted
    assert len(requests) == 3
    assert len(set(ids(requests))) == 1


@pytest.mark.parametrize("trouble", [HANG_UP, NOT_NOW, 2.0])
def test_a_moving_command_whose_outcome_is_unknown_is_not_sent_again(trouble: bytes | float) -> None:
    with answering(trouble, DONE) as (url, requests):
        reply = asked(url, lambda client: client.command(START, expiry_s=0.5))
    assert code_of(reply) == "link.command.outcome_unknown"
    assert len(requests) == 1


def test_a_moving_command_that_reached_nobody_says_that_nothing_was_done() -> None:
    reply = asked("http://127.0.0.1:9", lambda client: client.command(START))
    assert code_of(reply) == "link.command.not_delivered"


def test_a_command_nobody_answers_ends_with_its_expiry_in_real_time() -> None:
    """At 20 times the speed the envelope expires after 20 times as many seconds of the clock."""
    seen = asked("http://127.0.0.1:9", lambda client: client.command(OPEN, expiry_s=0.3), speed=20.0)
    assert code_of(seen) == "link.command.not_delivered"
    station = Station()
    with served(station) as server:
        assert asked(server.url, lambda client: client.command(OPEN), speed=20.0).accepted
    assert (station.executed[0].expires_at - station.executed[0].issued_at).total_seconds() == 100.0


def test_stop_does_not_wait_for_a_dead_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "TRY_S", 30.0)
    with answering(30.0, DONE) as (url, requests):
        waited_s = asyncio.run(_until_stopped(url))
    assert waited_s < 8.0
    assert len(requests) == 2


async def _until_stopped(url: str) -> float:
    loop = asyncio.get_running_loop()
    client = LinkClient(url, node="control-1", clock=SystemClock())
    started = loop.time()
    reply = await client.command(StopLane("1"))
    await client.close()
    assert reply.accepted
    return loop.time() - started


HTML = http_answer("200 OK", b"<html><body>Router login</body></html>", "text/html")


@pytest.mark.parametrize(
    ("answer", "code", "evidence"),
    [
        (HTML, "link.foreign_answer", "<html><body>Router login"),
        (http_answer("404 Not Found", b"<h1>nope</h1>", "text/html"), "link.foreign_answer", "<h1>nope</h1>"),
        (http_answer("302 Found", b"", "text/html"), "link.foreign_answer", ""),
        (http_answer("200 OK", b'{"protocol": 1}'), "link.wrong_shape", '{"protocol": 1}'),
        (http_answer("200 OK", b'{"protocol": "x"}'), "link.wrong_shape", '{"protocol":"x"}'),
        (http_answer("200 OK", b'{"protocol": 1'), "link.wrong_shape", '{"protocol": 1'),
        (http_answer("500 Oh", b"Traceback"), "link.peer_failed", "Traceback"),
        (NOT_NOW, "link.peer_failed", "store.busy"),
        (HANG_UP, "link.broken", None),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "link.broken", None),
    ],
)
def test_a_peer_that_answers_rubbish_is_told_with_its_first_bytes(
    answer: bytes, code: str, evidence: str | None
) -> None:
    with answering(answer) as (url, _requests), pytest.raises(LinkError) as caught:
        asked(url, lambda client: client.handshake())
    assert caught.value.code == code
    if evidence is not None:
        assert str(caught.value.problem.params["first"]).startswith(evidence)


def test_a_silent_peer_is_a_time_out() -> None:
    with answering(5.0) as (url, _requests), pytest.raises(LinkError) as caught:
        asked(url, lambda client: client._connections.request("GET", "/handshake", timeout_s=0.2))
    assert caught.value.code == "link.time_out"


def test_a_refusal_of_the_peer_keeps_its_own_words() -> None:
    station = Station()
    with served(station) as server, pytest.raises(LinkError) as caught:
        asked(server.url, lambda client: client.visit("visit-none"))
    assert caught.value.code == "link.visit_unknown"
    assert caught.value.problem.params == {"wanted": "visit-none"}


def test_a_wrong_address_is_said_before_anything_is_sent() -> None:
    for url in ("127.0.0.1:8000", "https://127.0.0.1", "http://"):
        with pytest.raises(UsageError):
            LinkClient(url, node="control-1", clock=SystemClock())


def test_proxy_settings_of_the_pc_do_not_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    station = Station()
    station.happen()
    with served(station) as server:
        assert asked(server.url, lambda client: client.handshake()).node == "service"
        assert asked(server.url, _first_facts)[0][0] == 1


async def _first_facts(client: LinkClient) -> list[tuple[int, object]]:
    async with aclosing(client.feed(0, "epoch-1")) as feed:
        return list(await anext(feed))
