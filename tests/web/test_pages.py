"""The owner's page as a phone gets it: read-only, without anything personal, never told to who guesses."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.facts import AttemptStarted, OwnerCalled, VisitOpened
from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.web.limits import Limit
from tests.store.facts import visit_opened
from tests.web.conftest import OWNER, Pages

OPENED = visit_opened("visit-1")
assert isinstance(OPENED, VisitOpened)


def started() -> AttemptStarted:
    return AttemptStarted(
        "attempt-1", "visit-1", "1", 1, OPENED.vehicle, OPENED.inspection, OPENED.plan, OPENED.edition, OPENED.table_hash,
    )  # fmt: skip


def test_the_owner_sees_number_plate_and_where_the_car_is_in_both_languages(pages: Pages) -> None:
    address = pages.open_visit()
    chinese, english = httpx.get(address), httpx.get(f"{address}?lang=en")
    assert chinese.status_code == english.status_code == 200
    assert "B001 号" in chinese.text
    assert "No. B001" in english.text
    assert masked_plate(OPENED.vehicle.plate) in chinese.text
    assert '<html lang="zh-Hans">' in chinese.text
    assert '<html lang="en">' in english.text


def test_the_browsers_language_is_taken_unless_another_was_asked_for(pages: Pages) -> None:
    address = pages.open_visit()
    assert "No. B001" in httpx.get(address, headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "B001 号" in httpx.get(f"{address}?lang=zh_CN", headers={"Accept-Language": "en-GB"}).text


def test_nothing_personal_is_on_the_page(pages: Pages) -> None:
    text = httpx.get(pages.open_visit()).text
    for personal in (OPENED.vehicle.plate, OPENED.vehicle.vin or "-----", OWNER):
        assert personal not in text


def test_nobody_may_keep_frame_or_index_the_page_and_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    answer = httpx.get(pages.open_visit())
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "http" not in answer.text.replace("http-equiv", "")


def test_the_page_can_only_be_read(pages: Pages) -> None:
    address = pages.open_visit()
    assert {httpx.request(how, address).status_code for how in ("POST", "PUT", "DELETE", "PATCH")} == {405}


@pytest.mark.parametrize("guess", ["", "visit-1", "B001", "A" * 22, "../../etc/passwd", "%00", "a" * 5000])
def test_a_guess_finds_nothing_and_is_told_what_to_do(pages: Pages, guess: str) -> None:
    pages.open_visit()
    answer = httpx.get(f"{pages.url}/t/{guess}")
    assert answer.status_code == 404
    assert "排队票" in answer.text


def test_who_guesses_on_is_slowed_down_while_a_page_from_the_same_network_stays_open(pages: Pages) -> None:
    address = pages.open_visit()
    assert httpx.get(address).status_code == 200
    answers = [httpx.get(f"{pages.url}/t/{number:022d}") for number in range(14)]
    assert [answer.status_code for answer in answers].count(404) == 10
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert httpx.get(address).status_code == 200


def test_who_asks_too_often_waits_and_is_told_how_long(pages: Pages) -> None:
    address = pages.open_visit()
    with httpx.Client() as client:
        codes = [client.get(f"{address}/part").status_code for _ in range(60)]
        assert 429 in codes
        assert "稍后" in client.get(address).text or "秒后" in client.get(address).text


def test_buckets_fill_again_and_forget_the_quietest() -> None:
    limit = Limit(burst=2, per_s=0.5)
    assert [limit.take("a", 0.0) for _ in range(3)] == [0.0, 0.0, 2.0]
    assert limit.take("b", 0.0) == 0.0
    assert limit.take("a", 2.0) == 0.0
    assert limit.take("a", 2.0) > 0.0


def test_an_open_page_hears_what_happens(pages: Pages) -> None:
    address = pages.open_visit()
    with httpx.stream("GET", f"{address}/live?lang=en", timeout=10) as stream:
        told = (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
        assert "Lane 1" not in next(told)["html"]
        pages.happens(started())
        assert "Lane 1" in next(told)["html"]
        pages.happens(OwnerCalled("visit-1", "call-1", CallTo.WINDOW, "2"))
        assert "Please come to window 2" in next(told)["html"]


def test_too_many_pages_of_one_ticket_ask_from_time_to_time_instead(pages: Pages) -> None:
    address = pages.open_visit()
    with httpx.Client(timeout=10) as client:
        open_ones = [client.send(client.build_request("GET", f"{address}/live"), stream=True) for _ in range(7)]
        assert [answer.status_code for answer in open_ones] == [200] * 6 + [429]
        for answer in open_ones:
            answer.close()
    assert httpx.get(f"{address}/part").status_code == 200


def test_a_visit_that_ended_long_ago_is_said_to_be_over(pages: Pages) -> None:
    from carcheck_desktop.domain.facts.ending import VisitClosed

    address = pages.open_visit()
    pages.happens(VisitClosed("visit-1"))
    page = httpx.get(address)
    assert page.status_code == 200
    assert 'data-live="no"' in page.text
    pages.clock.set_back_or_forward(timedelta(days=8))
    assert httpx.get(address).status_code == 410
