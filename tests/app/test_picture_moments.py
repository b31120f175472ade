"""Moments that deserve a picture are found in what the link tells."""

from __future__ import annotations

from dataclasses import replace

from carcheck_desktop.app.picture_moments import moments_of_lanes, moments_of_visits
from carcheck_desktop.domain.calls import CallTo, CallView
from carcheck_desktop.domain.insurance import InsuranceView
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.signing import ReportState
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import LaneView
from tests.twin.test_office import AT, paper, report, visit_of


def names(*visits: object) -> set[str]:
    return {moment.name for moment in moments_of_visits(visits, (), AT)}  # type: ignore[arg-type]


def test_a_free_lane_and_a_closed_visit_are_no_moment() -> None:
    assert list(moments_of_lanes([LaneView("1", "lane-1")], 0.0)) == []
    assert names(visit_of(0, conclusion=Outcome.PASS, ended_at=AT)) == set()


def test_what_waits_at_the_office_is() -> None:
    signed = {"conclusion": Outcome.PASS, "concluded_at": AT, "signing": report(ReportState.SIGNED, "wang")}
    assert names(visit_of(0)) == {"waiting"}
    assert names(visit_of(0, conclusion=Outcome.PASS, concluded_at=AT, signing=report())) == {"to-sign"}
    assert "held-by-insurance" in names(visit_of(0, **signed, insurance=InsuranceView(answered_at=AT)))
    assert "paper-in-doubt" in names(visit_of(0, **signed, papers=(paper(PaperState.IN_DOUBT),)))
    assert "called" in names(visit_of(0, **signed, calls=(CallView("call-1", CallTo.PICKUP, "1", AT, AT, "li"),)))


def test_a_moment_names_its_visit_so_that_windows_turn_to_it() -> None:
    asked = replace(visit_of(0, conclusion=Outcome.FAIL, concluded_at=AT, signing=report()), visit_id="visit-7")
    (moment,) = moments_of_visits((asked,), (), AT)
    assert (moment.name, moment.windows, moment.visit_id) == ("to-sign-failed", ("signing",), "visit-7")
