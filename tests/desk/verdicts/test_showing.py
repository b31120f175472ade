"""Why a stored item came out as it did: the same as recorded, under another edition, and when something is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.desk.verdicts.showing import verdict_of
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.ending import RecheckView
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.domain.views import ItemView, VisitView
from tests.desk.conftest import DeskUnderTest
from tests.desk.verdicts.stored import PRESS, StoredVisit

OLD = "GB 21861-2014"


def shown(desk: DeskUnderTest, wanted: str, item: str, *editions: str, attempt: int | None = None) -> VerdictView:
    others = [desk.tables.named(each) for each in editions]
    with desk.store.read() as uow:
        return verdict_of(uow, desk.tables, wanted, item, others, attempt)


def item_of(visit: VisitView, item: str) -> ItemView:
    return next(each for each in visit.attempts[-1].items if each.item == item)


@pytest.mark.parametrize("item", ["B1", "B2", "B0", "DB", "whole"])
def test_what_was_judged_is_computed_again_to_the_last_field(desk: DeskUnderTest, stored: VisitView, item: str) -> None:
    view = shown(desk, stored.visit_id, item)
    assert view.differences == ()
    assert [each.card for each in view.again.cards] == [each.card for each in view.stored] != []
    assert all(each.lines for each in view.stored)
    assert view.origin is Origin.SIMULATOR


def test_a_visit_is_found_by_its_plate_and_by_the_number_of_its_ticket(desk: DeskUnderTest) -> None:
    token = desk.sign_in("wang", Role.CLERK)
    visit_id = str(desk.open_visit(token).result["visit_id"])
    with desk.store.read() as uow:
        found = uow.visits.get(visit_id)
        assert found is not None
        assert found.ticket is not None
        of_ticket = uow.visits.of_ticket(found.ticket.number)
    assert of_ticket is not None
    assert of_ticket.visit_id == visit_id
    for wanted in (found.ticket.number, found.ticket.number.lower(), found.vehicle.plate):
        with pytest.raises(UsageError) as refused:
            shown(desk, wanted, "B1")
        assert refused.value.code == "desk.verdicts.no_item"


def test_a_card_that_was_changed_is_told_by_its_field(desk: DeskUnderTest, stored: VisitView) -> None:
    item = item_of(stored, "B1")
    card = item.cards[0]
    forged = replace(card, rounded=Decimal("99.9"), inputs={**card.inputs, "load_kg": "1"})
    items = tuple(
        replace(each, cards=(forged, *each.cards[1:])) if each.item == "B1" else each
        for each in stored.attempts[0].items
    )
    with desk.store.begin() as uow:
        uow.visits.put(replace(stored, attempts=(replace(stored.attempts[0], items=items),)))
    found = {(each.field, each.stored) for each in shown(desk, stored.visit_id, "B1").differences}
    assert found == {("rounded", "99.9"), ("inputs.load_kg", "1")}


def test_under_an_edition_of_earlier_years_its_own_last_day_stands_in_and_is_said(
    desk: DeskUnderTest, stored: VisitView
) -> None:
    (other,) = shown(desk, stored.visit_id, "B1", OLD).others
    assert other.edition == OLD
    assert other.judged_as_on == desk.tables.named(OLD).valid_until
    assert [each.card.edition for each in other.cards] == [OLD, OLD]


def test_an_edition_of_another_family_is_refused_by_name(desk: DeskUnderTest, stored: VisitView) -> None:
    (other,) = shown(desk, stored.visit_id, "B1", "GB 18285-2018").others
    assert other.problem is not None
    assert other.problem.code == "standards.again.other_family"
    (whole,) = shown(desk, stored.visit_id, "whole", "GB 18285-2018").others
    assert whole.problem is not None
    assert whole.problem.code == "standards.again.other_family"


def test_raw_data_that_are_gone_leave_the_stored_card_and_say_so(
    desk: DeskUnderTest, stored: VisitView, blob: Callable[[str], Path]
) -> None:
    run = item_of(stored, "B1").service_brake
    assert run is not None
    blob(run.curve_digest).unlink()
    view = shown(desk, stored.visit_id, "B1", OLD)
    assert view.stored
    assert view.drawing is None
    assert view.differences == ()
    assert view.again.problem is not None
    assert view.again.problem.code == "desk.verdicts.raw_gone"
    assert view.others[0].problem == view.again.problem


def test_raw_data_that_were_changed_are_told_by_their_digest(
    desk: DeskUnderTest, stored: VisitView, blob: Callable[[str], Path]
) -> None:
    run = item_of(stored, "B2").service_brake
    assert run is not None
    blob(run.curve_digest).write_bytes(b"{}")
    again = shown(desk, stored.visit_id, "B2").again
    assert again.problem is not None
    assert again.problem.code == "store.blobs.changed"
    whole = shown(desk, stored.visit_id, "whole").again
    assert whole.problem is not None
    assert whole.problem.code == "store.blobs.changed"


def test_a_weighing_is_judged_by_nothing(desk: DeskUnderTest, stored: VisitView) -> None:
    view = shown(desk, stored.visit_id, "W1")
    assert view.stored == ()
    assert view.drawing is None
    assert view.again.problem is not None
    assert view.again.problem.code == "desk.verdicts.never_judged"
    assert view.measured == {"left_kg": "420", "right_kg": "420"}


@pytest.mark.parametrize(
    ("wanted", "item", "attempt", "code"),
    [
        ("nobody", "B1", None, "desk.verdicts.no_visit"),
        ("visit-1", "B9", None, "desk.verdicts.no_item"),
        ("visit-1", "B1", 4, "desk.verdicts.no_attempt"),
        ("visit-1", "whole", 4, "desk.verdicts.no_attempt"),
    ],
)
def test_what_is_not_there_is_named(
    desk: DeskUnderTest, stored: VisitView, wanted: str, item: str, attempt: int | None, code: str
) -> None:
    with pytest.raises(UsageError) as refused:
        shown(desk, wanted, item, attempt=attempt)
    assert refused.value.code == code


def test_of_several_attempts_the_last_is_shown_and_earlier_ones_can_be_asked_for(desk: DeskUnderTest) -> None:
    with desk.store.begin() as uow:
        made = StoredVisit(uow, desk.tables, "visit-2")
        made.attempt(1, peaks={1: 120})
        made.attempt(2)
    last, first = shown(desk, "visit-2", "B1"), shown(desk, "visit-2", "B1", attempt=1)
    assert (last.attempt, last.attempts, first.attempt) == (2, (1, 2), 1)
    assert last.stored[0].card.outcome is Outcome.PASS
    assert first.stored[0].card.outcome is Outcome.FAIL


def test_the_brake_curve_is_drawn_with_the_demanded_sum_and_where_the_wheels_differ_most(
    desk: DeskUnderTest, stored: VisitView
) -> None:
    drawing = shown(desk, stored.visit_id, "B1").drawing
    assert drawing is not None
    assert [line.name for line in drawing.lines] == ["left", "right", "sum"]
    (limit,) = [each for each in drawing.limits if each.quantity is Quantity.AXLE_BRAKE_RATE]
    assert limit.value == Decimal("493.9"), "60 % of the weight of 840 kg"
    names = {each.name for each in drawing.marks}
    assert names == {"press", "window_start", "window_end", "difference"}
    (pressed,) = [each.at_s for each in drawing.marks if each.name == "press"]
    assert pressed == Decimal(PRESS) / 100


def test_lost_samples_are_gaps_in_the_drawing(desk: DeskUnderTest) -> None:
    with desk.store.begin() as uow:
        StoredVisit(uow, desk.tables, "visit-3").attempt(lost=(60, 61))
    drawing = shown(desk, "visit-3", "B1").drawing
    assert drawing is not None
    assert drawing.lost == 2
    assert [index for index, value in enumerate(drawing.lines[0].values) if value is None] == [60, 61]


def test_the_seconds_of_the_exhaust_are_drawn_with_their_limits(desk: DeskUnderTest, stored: VisitView) -> None:
    drawing = shown(desk, stored.visit_id, "DB").drawing
    assert drawing is not None
    assert drawing.samples == 60
    levels = {(each.quantity, each.line): each.value for each in drawing.limits}
    assert levels[Quantity.HIGH_IDLE_CO, "co_percent"] == Decimal("0.3")
    assert levels[Quantity.IDLE_HC, "hc_ppm"] == Decimal(80)


def test_a_lever_that_was_judged_anew_after_a_recheck_is_explained_as_the_conclusion_has_it(
    desk: DeskUnderTest,
) -> None:
    """The lever was pulled before the recheck, the car was weighed again after it: the newest load divides."""
    with desk.store.begin() as uow:
        made = StoredVisit(uow, desk.tables, "visit-4")
        made.attempt(1)
        made.attempt(2)
        visit = made.view()
        first, second = visit.attempts
        weighed = (
            replace(each, weighing=replace(each.weighing, left_kg=each.weighing.left_kg + 30))
            if each.weighing
            else each
            for each in second.items
        )
        kept = tuple(each for each in weighed if each.item != "B0")
        recheck = RecheckView(1, visit.plan, visit.opened_at, "wang", 1, None)
        uow.visits.put(replace(visit, recheck=recheck, attempts=(first, replace(second, items=kept))))
        concluded = made.conclude()
    (card,) = [each for each in concluded.conclusion_cards if each.item == "B0"]
    assert card.inputs["vehicle_kg"] == "1500"
    view = shown(desk, "visit-4", "B0", OLD)
    assert [each.card for each in view.stored] == [card]
    assert (view.differences, view.again.problem) == ((), None)
    assert view.others[0].cards[0].card.inputs["vehicle_kg"] == "1500"
    asked_for = shown(desk, "visit-4", "B0", attempt=1)
    assert asked_for.stored[0].card.inputs["vehicle_kg"] == "1440", "as it was judged in the lane"


def test_nothing_is_written_while_verdicts_are_looked_at(desk: DeskUnderTest, stored: VisitView) -> None:
    with desk.store.read() as uow:
        before = uow.journal.position()
    shown(desk, stored.visit_id, "B1", OLD)
    with desk.store.read() as uow:
        assert uow.journal.position() == before
        assert uow.visits.get(stored.visit_id) == stored
