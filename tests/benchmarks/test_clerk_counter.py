"""The scripted clerk counts every key, every character and every wait, and says what the window did not take."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from benchmarks import clerk_counter
from benchmarks.clerk_counter import Clerk, Intake, Wait, summary
from benchmarks.machine import share
from tests.look.outside.keyboard import ENTER
from tests.look.outside.tree import ENABLED, FOCUSED, SENSITIVE, SHOWING, GoneError, Part, Tree

USABLE = ENABLED | SENSITIVE | SHOWING
KNOWN = ("核对无误 Enter", "已告知并同意 Enter", "确认受理 Enter", "收款", "下一辆 Enter", "查询 Enter")
PLATE = "渝AB123C"


def part(role: str, name: str = "", states: int = USABLE) -> Part:
    return Part(("window", f"/{role}/{name}"), role, name, states, ())


@dataclass
class Window:
    """A window as the tree shows it: Enter leads from one next action to the next one."""

    actions: list[str]
    stands_in_field: str = "A"
    deaf: int = 0
    choices: dict[int, str] = field(default_factory=dict)
    """Which field has the keyboard, by how many actions are left."""
    keys: list[int] = field(default_factory=list)
    at: str = "查询 Enter"

    def key(self, symbol: int) -> None:
        self.keys.append(symbol)
        if symbol == ENTER and self.deaf:
            self.deaf -= 1
        elif symbol == ENTER:
            self.at = self.actions.pop(0)

    def parts(self) -> list[Part]:
        names = (
            "primary_button",
            "action_bar_sentence",
            "counter_plate",
            *(f"counter_{each}" for each in ("drive", "lamp_system")),
        )
        roles = {"primary_button": "push button", "action_bar_sentence": "label"}
        return [
            replace(part(roles.get(each, "combo box" if each != "counter_plate" else "text")), name=each)
            for each in names
        ]

    def idents(self, parts: list[Part]) -> list[str]:
        return [each.name for each in parts]

    def again(self, parts: list[Part]) -> list[Part]:
        return [replace(each, name=self._name(each), states=self._states(each)) for each in parts]

    def text(self, _part: Part) -> str:
        return self.stands_in_field

    def _name(self, each: Part) -> str:
        known = {"push button": self.at, "label": f"{len(self.keys)}"}
        return known.get(each.role, each.name)

    def _states(self, each: Part) -> int:
        has_it = each.name == f"counter_{self.choices.get(len(self.actions), '-')}"
        return USABLE | FOCUSED * has_it


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that answers at once needs no patience."""
    for name in ("TYPING_S", "STANDS_S", "STANDS_LONG_S", "SEEN_S"):
        monkeypatch.setattr(clerk_counter, name, 0.001)
    monkeypatch.setattr(clerk_counter, "TAKEN_S", 0.02)


def taken_in(window: Window, plate: str = PLATE) -> Intake:
    clerk = Clerk(cast("Tree", window))
    clerk.sign_in("nobody", "0")
    return clerk.take_in(plate)


def test_a_known_car_costs_the_rest_of_its_plate_and_an_enter_for_each_screen() -> None:
    window = Window(list(KNOWN))
    intake = taken_in(window)
    assert (intake.keys, intake.typed, intake.wasted) == (10, {"plate": 5}, 0)
    assert bytes(window.keys[:5]) == b"B123C"
    assert [each.after for each in intake.waits][1:] == [
        "Enter: 查询",
        "Enter: 核对无误",
        "Enter: 已告知并同意",
        "Enter: 确认受理",
        "Enter: 收款",
    ]


def test_the_key_for_the_next_car_is_not_this_cars() -> None:
    window = Window(list(KNOWN))
    assert len(window.keys) == 0
    intake = taken_in(window)
    assert len(window.keys) == intake.keys + 1
    assert window.at.startswith("查询")


def test_what_is_seen_at_the_car_is_typed_and_counted_by_field() -> None:
    window = Window(["下一项 Enter", "下一项 Enter", *KNOWN[1:]], choices={6: "drive", 5: "lamp_system"})
    intake = taken_in(window)
    assert intake.typed == {"plate": 5, "drive": 1, "lamp_system": 1}
    assert intake.keys == 5 + 1 + 2 * 2 + 3


def test_a_licence_that_nobody_knows_is_typed_field_by_field_and_the_presenter_too() -> None:
    window = Window(["下一项 Enter", *KNOWN[1:]], choices={5: "drive", 4: "lamp_system"})
    clerk = Clerk(cast("Tree", window), {PLATE: {"drive": "20150512", "lamp_system": "Wang"}})
    clerk.sign_in("nobody", "0")
    intake = clerk.take_in(PLATE)
    assert intake.typed == {"plate": 5, "drive": 8, "lamp_system": 4}
    assert b"20150512" in bytes(key for key in window.keys if key < 256)


def test_a_key_that_comes_to_nothing_is_counted_and_pressed_again() -> None:
    intake = taken_in(Window(list(KNOWN), deaf=2))
    assert (intake.wasted, intake.keys) == (2, 12)
    assert intake.wasted_at == ["查询 ", "查询 "]


def test_before_money_the_pause_runs_from_the_key_and_the_price_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clerk_counter, "STANDS_LONG_S", 0.1)
    monkeypatch.setattr(clerk_counter, "SEEN_S", 0.03)
    waits = {each.after: each for each in taken_in(Window(list(KNOWN))).waits}
    assert 0.03 <= waits["Enter: 确认受理"].stood_s <= 0.1
    assert waits["Enter: 确认受理"].waited_s >= 0.1
    assert waits["Enter: 收款"].stood_s == 0.001


def test_a_window_that_takes_no_key_is_told_with_its_place() -> None:
    with pytest.raises(GoneError, match="查询"):
        taken_in(Window(list(KNOWN), deaf=99))


def test_a_plate_that_begins_otherwise_is_not_typed_over() -> None:
    with pytest.raises(GoneError, match="stands in the field"):
        taken_in(Window(list(KNOWN), stands_in_field="B9"))


def test_waits_of_an_intake_are_added_up_before_they_are_compared() -> None:
    def intake(*waited_s: float) -> Intake:
        return Intake(PLATE, 10, {"plate": 5}, [Wait("Enter", each, 0.1) for each in waited_s], 0, [], 3.0)

    found = summary([intake(0.2, 0.3), intake(0.4, 0.6)])
    assert found["waited_s"]["worst"] == pytest.approx(1.0)
    assert found["waited_s"]["p50"] == pytest.approx(0.5)
    assert found["stood_s"]["p50"] == pytest.approx(0.2)
    assert found["a_wait_s"]["Enter"]["p95"] == pytest.approx(0.6)
    assert summary([]) == {}


def test_a_share_is_of_the_nearest_rank() -> None:
    assert share([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert share([float(each) for each in range(1, 21)], 0.95) == 19.0
    assert share([7.0], 0.95) == 7.0
    assert share([], 0.5) == 0.0
