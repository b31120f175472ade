"""Nobody waits twice for somebody who is not there, and whoever comes back is found without being asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.gateways.centre import Centre, Line
from carcheck_desktop.gateways.circuit import Reach
from carcheck_desktop.gateways.errors import GatewayError, NotReachedError
from carcheck_desktop.gateways.exchange import Limits, Where
from carcheck_desktop.gateways.vehicle_authority import VehicleAuthority
from tests.gateways.asking import CLOCK, PLATE, answer, authority, record
from tests.link.strangers import answering, http_answer

GOOD = http_answer("200 OK", answer(record()))
FAILS = http_answer("503 Service Unavailable", b"{}")
SHORT = Limits(connect_s=0.1, whole_s=0.15)


def with_authority(url: str, work: Callable[[VehicleAuthority], Awaitable[None]], limits: Limits = SHORT) -> None:
    async def run() -> None:
        asked = authority(url, limits, first_pause_s=0.02)
        try:
            await work(asked)
        finally:
            await asked.close()

    asyncio.run(run())


def reach_of(asked: VehicleAuthority) -> Reach:
    return asked.health.reach


async def code_of(asked: VehicleAuthority) -> str:
    try:
        await asked.look_up(PLATE, PlateKind.SMALL_CAR, "")
    except GatewayError as error:
        return error.code
    return ""


async def until(is_so: Callable[[], bool], limit_s: float = 2.0) -> None:
    deadline = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < deadline, "in vain"
        await asyncio.sleep(0.005)


def test_after_two_failures_nobody_is_kept_waiting_and_the_time_is_said() -> None:
    async def work(asked: VehicleAuthority) -> None:
        assert reach_of(asked) is Reach.UNKNOWN
        assert [await code_of(asked) for _ in range(2)] == ["gateways.time_out"] * 2
        began_s = time.monotonic()
        with pytest.raises(GatewayError) as caught:
            await asked.look_up(PLATE, PlateKind.SMALL_CAR, "")
        assert time.monotonic() - began_s < 0.05
        assert caught.value.problem.params["since"] == "10:05"  # at the station, not in UTC
        evidence = Catalogue("en").text(caught.value.problem.evidence)
        assert "did not finish its answer in time" in evidence
        assert reach_of(asked) is Reach.AWAY

    with answering(30.0) as (url, _):
        with_authority(url, work)


def test_whoever_comes_back_is_found_in_the_background_by_a_question_about_nobody() -> None:
    async def work(asked: VehicleAuthority) -> None:
        for _ in range(2):
            assert await code_of(asked) == "gateways.failed_there"
        await until(lambda: reach_of(asked) is Reach.ANSWERS)
        assert await code_of(asked) == ""
        assert asked.health.problem is None

    with answering(FAILS, FAILS, FAILS, GOOD) as (url, requests):
        with_authority(url, work)
    bodies = [each.partition(b"\r\n\r\n")[2] for each in requests]
    assert bodies[2:-1] == [b'{"jkid":"18C50"}'] * 2
    assert "AC7733" in bodies[-1].decode()


def test_one_failure_between_good_answers_is_nothing_to_remember() -> None:
    async def work(asked: VehicleAuthority) -> None:
        codes = [await code_of(asked) for _ in range(5)]
        assert codes == ["", "gateways.failed_there", "", "gateways.failed_there", ""]
        assert (asked.health.answered, asked.health.failed) == (3, 2)

    with answering(GOOD, FAILS, GOOD, FAILS, GOOD) as (url, _):
        with_authority(url, work)


def test_a_refusal_is_an_answer_and_keeps_nobody_from_asking() -> None:
    async def work(asked: VehicleAuthority) -> None:
        assert [await code_of(asked) for _ in range(4)] == ["gateways.not_allowed"] * 4
        assert reach_of(asked) is Reach.ANSWERS

    with answering(http_answer("401 Unauthorized", b"{}")) as (url, requests):
        with_authority(url, work)
    assert len(requests) == 4


def test_whoever_gives_up_early_is_no_failure_and_late_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carcheck_desktop.gateways.centre.COUNTS_AFTER_S", 0.05)

    async def work(asked: VehicleAuthority) -> None:
        for seconds, failed in ((0.01, 0), (0.1, 1)):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(seconds):
                    await asked.look_up(PLATE, PlateKind.SMALL_CAR, "")
            assert asked.health.failed == failed

    with answering(30.0) as (url, _):
        with_authority(url, work, Limits(connect_s=1.0, whole_s=1.0))


def test_an_authority_outlives_the_loop_that_asked_it() -> None:
    with answering(FAILS, FAILS, FAILS, GOOD) as (url, _):
        asked = authority(url, SHORT, first_pause_s=0.02)

        async def twice() -> None:
            for _ in range(2):
                await code_of(asked)

        asyncio.run(twice())
        assert reach_of(asked) is Reach.AWAY

        async def again() -> None:
            assert await code_of(asked) == "gateways.away_since"
            await until(lambda: reach_of(asked) is Reach.ANSWERS)

        asyncio.run(again())


def test_closing_ends_the_asking_in_the_background() -> None:
    async def work(asked: VehicleAuthority) -> None:
        for _ in range(3):
            await code_of(asked)
        await asked.close()
        assert {task for task in asyncio.all_tasks() if task is not asyncio.current_task()} == set()

    with answering(FAILS) as (url, _):
        with_authority(url, work)


def test_what_must_not_happen_twice_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bytes] = []

    async def refused(where: Where, question: bytes, _limits: Limits) -> bytes:
        tried.append(question)
        raise NotReachedError("gateways.nobody_listens", **where.said)

    monkeypatch.setattr("carcheck_desktop.gateways.centre.exchange", refused)
    where = Where("vehicle_lookup", "http://127.0.0.1:1")

    async def ask(*, may_repeat: bool) -> None:
        with pytest.raises(NotReachedError):
            await Centre(Line(where, "neutral", b""), CLOCK).ask(b"pay", may_repeat=may_repeat)

    asyncio.run(ask(may_repeat=False))
    assert len(tried) == 1
    asyncio.run(ask(may_repeat=True))
    assert len(tried) == 3
