"""What happened while nobody looked: grouped by lane, trouble first, and how far back it is known; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import clock_text
from carcheck_desktop.ui.control.state import SummaryState
from carcheck_desktop.ui.control.telling.happenings import row_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import RowState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.telling.happenings import Happening
    from carcheck_desktop.ui.control.telling.log import Log

GROUP = "group:"
"""The key of a lane's heading begins so."""
SHOWN_AT_ONCE = 120
LATELY = 40
"""So many of the newest are shown when everything was seen."""


def unseen_of(log: Log, now_s: float) -> list[Happening]:
    """Return what nobody has seen yet, newest first."""
    return [each for each in log.newest() if log.is_unseen(each, now_s)]


def summary_state(log: Log, lanes: tuple[str, ...], words: Words, now_s: float) -> SummaryState:
    """Return the unseen by lane with trouble first; all that is newest where everything was seen."""
    unseen = unseen_of(log, now_s)
    shown = unseen[:SHOWN_AT_ONCE] if unseen else log.newest()[:LATELY]
    groups: dict[str, list[Happening]] = {}
    for happening in shown:
        groups.setdefault(happening.place.lane, []).append(happening)
    order = sorted(groups, key=lambda lane: (not _trouble(groups[lane]), _place_of(lane, lanes)))
    rows: list[RowState] = []
    for lane in order:
        rows.append(_heading(lane, groups[lane], words))
        ordered = sorted(groups[lane], key=lambda each: not each.is_trouble)
        rows += [row_of(each, words, is_new=log.is_unseen(each, now_s)) for each in ordered]
    title = words("ui.summary.unseen", count=len(unseen)) if unseen else words("ui.summary.lately")
    return SummaryState(title, tuple(rows), _since(log.since, words), words("ui.summary.nothing"))


def _trouble(happenings: list[Happening]) -> int:
    return sum(each.is_trouble for each in happenings)


def _place_of(lane: str, lanes: tuple[str, ...]) -> tuple[int, str]:
    return (lanes.index(lane), lane) if lane in lanes else (len(lanes), lane)


def _heading(lane: str, happenings: list[Happening], words: Words) -> RowState:
    trouble, count = _trouble(happenings), len(happenings)
    said = words("ui.summary.trouble", count=trouble) if trouble else words("ui.summary.no_trouble")
    return RowState(
        key=f"{GROUP}{lane}",
        title=words.lane(lane) if lane else words("ui.summary.station"),
        detail=words("ui.summary.count", count=count),
        trailing=said,
        icon="triangle-alert" if trouble else "list-checks",
        tone=Tone.BAD if trouble else Tone.NEUTRAL,
    )


def _since(since: datetime | None, words: Words) -> str:
    """Say honestly how far back everything is known."""
    if since is None:
        return words("ui.summary.since_unknown")
    return words("ui.summary.since", date=local(since).strftime("%m-%d"), time=clock_text(since))
