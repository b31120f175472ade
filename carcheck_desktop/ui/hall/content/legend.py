"""What the marks of the way mean, said once below the cars; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.hall.content.cars import step_name
from carcheck_desktop.ui.hall.state import Legend
from carcheck_desktop.ui.widgets.data.states import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.hall.state import HallRow

MARKS: tuple[tuple[Mark, str], ...] = (
    (Mark.DONE, "ui.hall.mark.done"),
    (Mark.NOW, "ui.hall.mark.now"),
    (Mark.HELD, "ui.hall.mark.held"),
    (Mark.FAILED, "ui.hall.mark.failed"),
)


def legend(rows: Sequence[HallRow], words: Words) -> Legend:
    """Return the legend of the ways that are shown; without a car there is nothing to explain."""
    hint = words("ui.hall.legend")
    if not rows:
        return Legend((), (), hint)
    longest = max((row.path.stages for row in rows), key=len)
    steps = tuple(step_name(stage.key, stage.word, words) for stage in longest)
    return Legend(steps, tuple((mark, words(code)) for mark, code in MARKS), hint)
