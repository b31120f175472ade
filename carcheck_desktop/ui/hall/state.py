"""What the hall board shows, as one frozen state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState


class Step(StrEnum):
    """Where one item of a car is; the hall is not told how it was judged."""

    TO_DO = "to_do"
    NOW = "now"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class HallRow:
    """One car."""

    visit_id: str
    plate: PlateState
    stage: str
    where: str
    tone: Tone
    icon: str
    steps: tuple[Step, ...]
    progress: str
    waited: str
    waited_for: str

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(
            part
            for part in (self.plate.text, self.stage, self.where, self.progress, self.waited_for, self.waited)
            if part
        )


@dataclass(frozen=True, slots=True)
class HallState:
    """The whole board."""

    station: str
    training: bool
    clock: str
    waiting: str
    on_lanes: str
    rows: tuple[HallRow, ...]
    page: int
    pages: int
    page_text: str
    stale: str
    stale_detail: str
    empty: str
    empty_detail: str
    empty_icon: str
