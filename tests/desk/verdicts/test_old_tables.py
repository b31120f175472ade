"""A visit that was judged by tables of an earlier program: explained and judged again by those, years later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carcheck_desktop.desk.verdicts.changing import visit_again
from carcheck_desktop.desk.verdicts.showing import verdict_of
from carcheck_desktop.desk.verdicts.tables import Tables
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.standards.loading.edition import parse_kept
from tests.desk.conftest import DeskUnderTest
from tests.desk.verdicts.stored import StoredVisit
from tests.standards.old_tables import PETROL, SAFETY, old, without

ITEMS = ("B1", "B2", "B0", "DB", "whole")


def judged_by(desk: DeskUnderTest, safety: bytes, petrol: bytes) -> VisitView:
    """Return a visit that was concluded by tables of then, kept as blobs."""
    rules = replace(desk.tables, safety=parse_kept(safety), emission=parse_kept(petrol))

    def write() -> VisitView:
        with desk.store.begin() as uow:
            for content in (safety, petrol):
                uow.blobs.put(content)
            made = StoredVisit(uow, rules, "visit-1")
            made.attempt()
            return made.conclude()

    return write()


@pytest.fixture
def old_visit(desk: DeskUnderTest) -> VisitView:
    return judged_by(desk, old(SAFETY), old(PETROL))


def shown(desk: DeskUnderTest, visit: VisitView, item: str) -> VerdictView:
    with desk.store.read() as uow:
        return verdict_of(uow, desk.tables, visit.visit_id, item, [], None)


@pytest.mark.parametrize("item", ITEMS)
def test_an_old_card_is_computed_again_by_the_table_it_was_made_with(
    desk: DeskUnderTest, old_visit: VisitView, item: str
) -> None:
    view = shown(desk, old_visit, item)
    assert view.again.problem is None
    assert view.differences == ()
    assert [each.card for each in view.again.cards] == [each.card for each in view.stored] != []
    assert view.again.table_hash not in desk.tables.every_hash.values()


def test_what_would_change_under_todays_tables_is_still_said(desk: DeskUnderTest, old_visit: VisitView) -> None:
    with desk.store.read() as uow:
        found = visit_again(old_visit, uow.blobs, Tables(desk.tables, uow.blobs), desk.tables.safety)
    assert (found.items, found.changes, found.not_judged) == (3, (), ())


def test_a_number_that_the_old_table_never_had_gets_no_value_of_today(desk: DeskUnderTest) -> None:
    safety = without(old(SAFETY), "constant", "idle_wheel_percent")
    visit = judged_by_today_but_told(desk, safety)
    view = shown(desk, visit, "B1")
    assert view.again.cards == ()
    assert view.again.problem is not None
    assert view.again.problem.code == "standards.tables.no_row"
    assert view.again.problem.params["key"] == "idle_wheel_percent"


def judged_by_today_but_told(desk: DeskUnderTest, safety: bytes) -> VisitView:
    """Return a visit whose cards name a table by which this program cannot compute them."""
    whole = desk.tables.safety
    named = replace(whole, table_hash=parse_kept(safety).table_hash)

    def write() -> VisitView:
        with desk.store.begin() as uow:
            uow.blobs.put(safety)
            made = StoredVisit(uow, replace(desk.tables, safety=named), "visit-1")
            made.attempt()
            return made.conclude()

    return write()
