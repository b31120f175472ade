"""A window asks over a real socket why an item came out as it did; an integrator does with plain HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from carcheck_desktop.desk.verdicts.front import VerdictFront
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.link.client.explaining import verdict
from tests.desk.conftest import DeskUnderTest
from tests.link.asking import asked
from tests.link.fakes import Station, served


@pytest.fixture
def url(desk: DeskUnderTest, stored: VisitView) -> Iterator[str]:
    with served(Station(), verdicts=VerdictFront(desk.store, lambda: desk.tables)) as server:
        yield server.url


def status(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=10) as answer:
            return answer.status, ""
    except HTTPError as error:
        with error:
            return error.code, json.loads(error.read())["code"]


def test_a_window_gets_cards_curve_and_every_other_edition(url: str, stored: VisitView) -> None:
    view = asked(url, lambda client: verdict(client, stored.visit_id, "B1"))
    assert [each.card for each in view.stored] == list(stored.attempts[0].items[3].cards)
    assert view.differences == ()
    assert [each.edition for each in view.others] == ["GB 21861-2014"]
    assert view.editions == ("GB 38900-2020", "GB 21861-2014")
    assert view.drawing is not None


def test_an_integrator_names_edition_and_attempt(url: str, stored: VisitView) -> None:
    path = f"{url}/visits/{quote(stored.vehicle.plate)}/items/whole/verdict"
    with urlopen(f"{path}?edition=GB%2038900-2020&attempt=1", timeout=10) as answer:
        found = json.loads(answer.read())
    assert [each["edition"] for each in found["others"]] == ["GB 38900-2020"]
    assert found["others"][0]["cards"][0]["lines"][0]["code"].startswith("standards.explain.")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nobody/items/B1/verdict", (404, "link.visit_unknown")),
        ("visit-1/items/B9/verdict", (400, "desk.verdicts.no_item")),
        ("visit-1/items/B1/verdict?attempt=7", (400, "desk.verdicts.no_attempt")),
        ("visit-1/items/B1/verdict?attempt=0", (422, "link.request.malformed")),
        ("visit-1/items/B1/verdict?edition=GB", (422, "standards.tables.unknown_edition")),
    ],
)
def test_what_is_not_there_is_said_with_a_status_of_its_own(url: str, path: str, told: tuple[int, str]) -> None:
    assert status(f"{url}/visits/{path}") == told
