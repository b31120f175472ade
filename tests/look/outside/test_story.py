"""A shift told from outside: sign in, take a car in, send it to the lane, read prompts and results, stop the lane.

Everything goes through the accessibility tree of a real window on a real X server, with a real station
behind it; nothing of carcheck is imported. The car is the first one of the training world.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.look.outside.desktop import desktop, missing
from tests.look.outside.person import Person
from tests.look.outside.station import CONTROLLER, PIN, station

WHY_NOT = missing()
pytestmark = [pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "-"), pytest.mark.timeout(150)]

PLATE = "渝AA536Z"
CAR = {
    "Plate": PLATE, "Seats": "5", "Kerb mass": "1205", "Total mass": "1635", "Manufactured": "20150113",
    "Registered": "20150512",
}  # fmt: skip


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    """Somebody who sees the control window only through the tree."""
    with desktop(tmp_path) as here, station(tmp_path) as there:
        there.start("control", "--clock", there.clock, "--lang", "en", environment=here.environment)
        yield Person(here.tree)


def test_a_shift_is_worked_through_the_accessibility_tree_alone(person: Person) -> None:
    person.press("Sign in")
    person.write({"Name": CONTROLLER, "PIN": PIN})
    person.press("Sign in", in_dialog=True)
    person.reads(CONTROLLER)

    person.press("Take in")
    person.write(CAR)
    person.press("Take in", in_dialog=True)
    person.reads(PLATE, role="list item")

    person.press(f"Start {PLATE}")
    assert "axle" in person.reads("Drive", "onto the")
    person.reads("brake pedal")
    assert "Pass" in person.reads("Service brake", "axle 1", "%", role="list item")

    person.press("STOP")
    person.reads("The lane is stopped")
    # the log has it too, but what the stop brought about soon lies above it there
    person.reads(CONTROLLER, "pressed stop")
