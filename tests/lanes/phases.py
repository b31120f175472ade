"""Moments of a visit at which something may happen, each named and recognised from outside."""

from __future__ import annotations

from collections.abc import Callable

from carcheck_desktop.domain.facts import ItemStarted, PromptShown
from tests.lanes.station import Station


def prompted(station: Station, expects: str, axle: int) -> bool:
    """Say whether the newest fact of its kind is this prompt."""
    asked = station.journal.facts(PromptShown)
    return bool(asked) and (asked[-1].expects, asked[-1].axle) == (expects, axle)


def running(station: Station, item: str) -> bool:
    """Say whether an item runs."""
    return station.lane.view.running_item == item and bool(station.journal.facts(ItemStarted))


PHASES: dict[str, Callable[[Station], bool]] = {
    "driving onto the scale": lambda s: prompted(s, "axle_on_scale", 1),
    "weighing": lambda s: running(s, "W1"),
    "driving onto the bench": lambda s: prompted(s, "axle_on_bench", 1),
    "lift going down": lambda s: running(s, "B1") and s.bench.calls[-1] == "lift",
    "left rollers only": lambda s: s.body.starts == 1,
    "both rollers, drag": lambda s: s.body.starts == 2 and len(s.body.samples) > 150,
    "pedal asked for": lambda s: prompted(s, "pedal", 1),
    "pedal pressed": lambda s: len(s.body.samples) > 700,
    "just locked": lambda s: s.body.starts == 2 and not s.body.is_turning,
    "lever pulled": lambda s: running(s, "B0") and len(s.body.samples) > 800,
    "driving off": lambda s: prompted(s, "driven_off", 0),
}
