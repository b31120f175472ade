"""A stored visit judged again under an edition: what would change, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from carcheck_desktop.app.parts import TABLES
from carcheck_desktop.desk.verdicts.changing import VisitAgain, visit_again
from carcheck_desktop.desk.verdicts.tables import Tables
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.standards.loading.edition import Edition, parse
from tests.desk.conftest import DeskUnderTest


def stricter() -> Edition:
    """Return the tables of a release that asks 80 % of a front axle."""
    text = (TABLES / "gb38900-2020.toml").read_text(encoding="utf-8")
    start = text.index('key = "axle_brake_rate.front"')
    head, tail = text[:start], text[start:]
    return parse((head + tail.replace("value = 60\n", "value = 80\n", 1)).encode())


def judged(desk: DeskUnderTest, visit: VisitView, edition: Edition) -> VisitAgain:
    with desk.store.read() as uow:
        return visit_again(visit, uow.blobs, Tables(desk.tables, uow.blobs), edition)


def test_under_the_same_tables_nothing_changes(desk: DeskUnderTest, stored: VisitView) -> None:
    found = judged(desk, stored, desk.tables.safety)
    assert (found.items, found.changes, found.not_judged) == (3, (), ())
    assert desk.tables.emission is not None
    exhaust = judged(desk, stored, desk.tables.emission)
    assert (exhaust.items, exhaust.changes, exhaust.not_judged) == (1, (), ())


def test_a_stricter_limit_turns_its_axle_and_the_conclusion(desk: DeskUnderTest, stored: VisitView) -> None:
    found = judged(desk, stored, stricter())
    axle, conclusion = found.changes
    assert axle.old is not None
    assert axle.new is not None
    assert (axle.item, str(axle.old.limit), str(axle.new.limit)) == ("B1", "60", "80")
    assert axle.old.rounded == axle.new.rounded
    assert (axle.old.outcome, axle.new.outcome) == (Outcome.PASS, Outcome.FAIL)
    assert conclusion.quantity is None
    assert conclusion.new is not None
    assert conclusion.new.outcome is Outcome.FAIL


def test_what_cannot_be_judged_is_named_and_the_rest_is_judged(
    desk: DeskUnderTest, stored: VisitView, blob: Callable[[str], Path]
) -> None:
    run = stored.attempts[0].items[3].service_brake
    assert run is not None
    blob(run.curve_digest).unlink()
    found = judged(desk, stored, desk.tables.safety)
    assert found.items == 2
    assert [(each.item, each.problem.code) for each in found.not_judged] == [
        ("B1", "desk.verdicts.raw_gone"), ("whole", "desk.verdicts.raw_gone"),
    ]  # fmt: skip
