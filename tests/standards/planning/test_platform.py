"""The platform's lists go before the tables; what differs is said by name, both ways."""

from __future__ import annotations

from dataclasses import replace

from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.planning.entries import InspectionPlan
from carcheck_desktop.standards.planning.platform import PlatformPlan, against_platform, with_platform
from tests.standards.planning.books import ITEMS
from tests.standards.planning.test_asking import YOUNG, planned

PLAN = planned(YOUNG)


def ours(plan: InspectionPlan) -> PlatformPlan:
    """Return an answer that asks for exactly what the tables do."""
    return PlatformPlan(
        manual=tuple(each.number for each in plan.entries if each.number and each.asked is Asked.ASKED),
        instruments=tuple(each.code for each in plan.entries if each.code[0:1] in "BHL" and each.code),
        photos=tuple(each.code for each in plan.photos if each.asked is Asked.ASKED),
    )


def test_an_answer_like_the_tables_differs_in_nothing() -> None:
    assert against_platform(PLAN, ours(PLAN), ITEMS) == ()


def test_a_list_that_was_not_sent_leaves_ours() -> None:
    nothing = PlatformPlan()
    assert against_platform(PLAN, nothing, ITEMS) == ()
    assert with_platform(PLAN, nothing, ITEMS) == PLAN


def test_differences_are_named_both_ways() -> None:
    answer = PlatformPlan(
        manual=(1, 2, 3, 4, 5, 6, 9, 15, 17, 18, 19, 21, 22, 47), instruments=("B1", "B2", "B0", "S1")
    )
    found = against_platform(PLAN, answer, ITEMS)
    assert {(each.code, each.name) for each in found if each.by_platform} == {
        ("47", "steering_parts"), ("B0", "parking_brake"), ("S1", "")
    }  # fmt: skip
    assert {(each.code, each.name) for each in found if not each.by_platform} == {
        ("20", "added_lamps"), ("H1", "headlamp"), ("H4", "headlamp")
    }  # fmt: skip


def test_what_a_person_has_to_see_first_differs_in_neither_way() -> None:
    base = ours(PLAN)
    assert base.manual is not None
    with_controls = PlatformPlan(manual=(*base.manual, 42))
    assert against_platform(PLAN, with_controls, ITEMS) == ()
    assert next(e for e in with_platform(PLAN, with_controls, ITEMS).entries if e.number == 42).asked is Asked.ASKED


def test_the_platforms_lists_decide() -> None:
    answer = PlatformPlan(manual=(1, 47, 99), instruments=("B1", "B0", "S1"), photos=("0111", "0999"))
    plan = with_platform(PLAN, answer, ITEMS)
    assert [each.number for each in plan.entries if each.number] == [1, 47, 99]
    assert [each.code for each in plan.entries if not each.number and each.code] == ["W1", "W2", "B1", "B0", "S1"]
    assert [each.code for each in plan.photos] == ["0111", "0999"]
    spared = {each.name: each for each in plan.spared}
    assert spared["tyres"].reasons[0].code == "standards.planning.platform_spares"
    assert spared["tyres"].confidence is Confidence.SOURCED
    assert "steering_parts" not in spared
    unknown = next(each for each in plan.entries if each.number == 99)
    assert (unknown.name, unknown.source) == ("", "18C47")


def test_an_empty_list_asks_for_none() -> None:
    plan = with_platform(PLAN, PlatformPlan(manual=()), ITEMS)
    assert not [each for each in plan.entries if each.number]


def test_lamps_that_nobody_counted_agree_with_any_number_of_them() -> None:
    plan = planned(replace(YOUNG, lamp_system=None))
    answer = PlatformPlan(instruments=("B1", "B2", "H1", "H4"))
    assert against_platform(plan, answer, ITEMS) == ()
