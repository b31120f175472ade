"""Every check finds the fault that was planted for it, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import PSEUDO
from tests.look.checks import CHECKS
from tests.look.checks.keyed import pressing
from tests.look.hearing import Heard, listening
from tests.look.looking import closed
from tests.look.planted import FAULTS, SIZE, StolenEnter, Window, clean
from tests.look.sitting import Seen, settled

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BESIDES = {"uncatalogued": {"foreign"}, "foreign": {"uncatalogued"}, "trap": {"tab_order", "reach"}}
"""Which other checks may see the same fault from their side: words in Chinese came from no catalogue either."""


def found_in(make: Callable[[], Window]) -> set[str]:
    """Open a planted window and return the checks that found something."""

    def opened() -> Window:
        window = make()
        window.show()
        settled()
        return window

    pressing._PRESSED.clear()
    with listening() as heard:
        window = opened()
        seen = Seen(window, PSEUDO, heard, again=opened, size=SIZE)
        found = {name for name, check in CHECKS.items() if check(seen)}
        closed(window)
    return found


def test_a_window_without_a_fault_gives_no_finding(app: QApplication) -> None:
    assert found_in(clean) == set()


@pytest.mark.parametrize("check", CHECKS)
def test_a_planted_fault_is_found_by_its_check_and_no_other(app: QApplication, check: str) -> None:
    found = found_in(FAULTS[check])
    assert check in found
    assert found - BESIDES.get(check, set()) == {check}


def test_enter_that_presses_another_button_is_found(app: QApplication) -> None:
    assert found_in(StolenEnter) == {"pressing"}


def test_there_is_a_fault_for_each_check() -> None:
    assert FAULTS.keys() == CHECKS.keys()


def test_data_of_the_link_is_not_taken_for_words() -> None:
    heard = Heard()
    heard.take({"plate": "粤BAD5519", "actor": "王建国"})
    assert heard.has_word("AD")
    assert heard.has_han("王建")
    assert not heard.has_word("Stop")
    assert not heard.has_han("停车")
