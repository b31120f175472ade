"""Codes that are chosen at run time have words as well."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.lanes.errors import TwoClaimsError
from carcheck_desktop.lanes.steps.parking_brake import PULL
from carcheck_desktop.lanes.steps.service_brake import PRESS


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_prompts_have_words(language: str) -> None:
    words = Catalogue(language)
    codes = ["lanes.prompt.axle_on_scale", "lanes.prompt.axle_on_bench", PRESS.code, PULL.code]
    codes += ["lanes.stop.commanded", "lanes.stop.unconfirmed"]
    for position in TwoClaimsError.CODES:
        problem = TwoClaimsError(position, "渝A1", "渝A2").problem
        assert all("{" not in line for line in words.lines(problem))
        codes += [part.code for part in (problem.cause, problem.evidence, problem.next_step)]
    for missing in ("lanes.no_bench", "lanes.no_scale"):
        codes += [part.code for part in (Problem(missing).cause, Problem(missing).evidence, Problem(missing).next_step)]
    assert [code for code in codes if not words.knows(code)] == []
