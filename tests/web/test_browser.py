"""The owner's page in a real browser: a phone's width, live, in both languages, and honest when it is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.facts import OwnerCalled
from carcheck_desktop.domain.facts.ending import VisitClosed
from tests.web.browser import Browser
from tests.web.conftest import Pages
from tests.web.test_pages import started


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    window = Browser(tmp_path_factory.mktemp("browser"))
    window.resize(360, 740)
    yield window
    window.close()


def text_of(browser: Browser) -> str:
    return str(browser.run("return document.body.innerText"))


def test_an_open_page_follows_the_car_without_being_touched(pages: Pages, browser: Browser, tmp_path: Path) -> None:
    browser.open(pages.open_visit())
    assert "排队等候" in text_of(browser)
    pages.happens(started())
    browser.until("return document.body.innerText.includes('正在检测')")
    pages.happens(OwnerCalled("visit-1", "call-1", CallTo.WINDOW, "2"))
    assert browser.until("return document.querySelector('section.call')?.innerText") == "请到 2 号窗口"
    browser.picture(tmp_path / "page.png")
    assert not [line for line in browser.logs() if "SEVERE" in line or "Refused" in line]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_cut_off_on_a_narrow_phone_and_everything_can_be_hit(
    pages: Pages, browser: Browser, language: str
) -> None:
    address = pages.open_visit()
    pages.happens(started(), OwnerCalled("visit-1", "call-1", CallTo.PICKUP, "取件区一号柜台"))
    browser.open(f"{address}?lang={language}")
    wide = "return [...document.querySelectorAll('body *')].filter(each => each.scrollWidth > innerWidth + 1).length"
    assert browser.run(wide) == 0
    assert browser.run("return document.querySelector('header a').getBoundingClientRect().height") >= 44
    assert float(str(browser.run("return getComputedStyle(document.body).fontSize"))[:-2]) >= 16


def test_the_other_language_is_one_touch_away(pages: Pages, browser: Browser) -> None:
    browser.open(pages.open_visit())
    browser.run("document.querySelector('header a').click()")
    browser.until("return document.documentElement.lang === 'en'")
    assert "Waiting for a lane" in text_of(browser)


def test_a_page_that_is_cut_off_says_so_and_goes_on_by_itself(pages: Pages, browser: Browser) -> None:
    browser.open(pages.open_visit())
    browser.until("return document.body.dataset.live === 'now'")
    browser.run("window.dispatchEvent(new Event('offline'))")
    assert "中断" in browser.until(
        "return !document.getElementById('lost').hidden && document.getElementById('lost').innerText"
    )
    browser.run("window.dispatchEvent(new Event('online'))")
    browser.until("return document.getElementById('lost').hidden")


def test_the_page_of_a_closed_visit_is_quiet_and_later_says_that_it_is_over(pages: Pages, browser: Browser) -> None:
    address = pages.open_visit()
    browser.open(address)
    pages.happens(VisitClosed("visit-1"))
    browser.until("return document.body.innerText.includes('已办结')")
    pages.clock.set_back_or_forward(timedelta(days=8))
    browser.open(address)
    assert "本次业务已经办结" in text_of(browser)


def test_what_a_stranger_wrote_runs_nothing_in_the_page(pages: Pages, browser: Browser) -> None:
    address = pages.open_visit()
    pages.happens(OwnerCalled("visit-1", "call-1", CallTo.WINDOW, "<img src=x onerror=alert(1)>"))
    browser.open(address)
    assert "<img src=x" in browser.until("return document.querySelector('section.call')?.innerText")
    assert browser.run("return document.images.length") == 0
