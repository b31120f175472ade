"""States of what the window shows of the station; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.charts.states import GaugeState


class Phase(StrEnum):
    """Whether there is something to show; all but READY and STALE show a note instead."""

    READY = "ready"
    EMPTY = "empty"
    LOADING = "loading"
    OFFLINE = "offline"
    ERROR = "error"
    STALE = "stale"
    """There are values, but nobody knows whether they still hold."""


class Mark(StrEnum):
    """How a stage of a visit or an item of an attempt stands."""

    DONE = "done"
    NOW = "now"
    FAILED = "failed"
    HELD = "held"
    TODO = "todo"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage of a path: its word, and how it stands; a mark nobody knows is drawn as to do."""

    key: str
    word: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class StagePathState:
    """A path from left to right; `spoken` says it as one sentence."""

    stages: tuple[StageState, ...]
    spoken: str = ""
    phase: Phase = Phase.READY
    note: str = ""


@dataclass(frozen=True, slots=True)
class QrState:
    """A code to be read by a telephone: what it holds, what stands below, and what to say instead of it."""

    text: str
    caption: str = ""
    phase: Phase = Phase.READY
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowState:
    """One row of a list; `steps` are drawn as a path of small segments under the text."""

    key: str
    title: str
    detail: str = ""
    trailing: str = ""
    icon: str = ""
    tone: Tone = Tone.NEUTRAL
    trailing_tone: Tone | None = None
    steps: tuple[Tone, ...] = ()
    plate: PlateState | None = None
    is_new: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        plate = self.plate.text if self.plate else ""
        return ", ".join(part for part in (self.title, plate, self.detail, self.trailing) if part)


@dataclass(frozen=True, slots=True)
class CardState:
    """A verdict card: what was judged, the value, the limit, the margin, and where it comes from."""

    title: str
    tone: Tone
    icon: str
    outcome: str
    value: str
    unit: str
    limit: str
    margin: str
    exact: str
    source: str
    doubt: str = ""
    reason: str = ""
    """Why it was not judged, or why the measurement does not count; said instead of the exact value."""
    bar: GaugeState | None = None
    """Value against limit (`limit_bar`); none for what was not judged."""
    key: str = ""
    explain: str = ""
    """What pressing the card does, in words; cards without it cannot be pressed."""


@dataclass(frozen=True, slots=True)
class TileState:
    """An instrument and how it is; the three sentences are empty while all is well."""

    key: str
    title: str
    detail: str
    tone: Tone
    icon: str
    word: str
    cause: str = ""
    evidence: str = ""
    next_step: str = ""
    seen: str = ""
    """When it last answered, in words; said while it does not."""


@dataclass(frozen=True, slots=True)
class PairState:
    """One line of a key-value list; `origin` says where the value comes from, `doubt` what is not sure about it."""

    label: str
    value: str
    origin: str = ""
    doubt: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        value = f"{self.label} {self.value}".strip()
        return ", ".join(part for part in (value, self.origin, self.doubt) if part)


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A column of a table: `width_px` at scale 1, figures stand at the right, one column may grow."""

    key: str
    title: str
    width_px: int = 120
    is_figure: bool = False
    grows: bool = False


@dataclass(frozen=True, slots=True)
class CellState:
    """A cell: what is read, what it is sorted by (its text without it), and how it stands."""

    text: str
    order: str | float | None = None
    tone: Tone | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LineOfCells:
    """A row of a table by its key, a cell for each column."""

    key: str
    cells: tuple[CellState, ...]


@dataclass(frozen=True, slots=True)
class TableState:
    """A table, or why it is empty."""

    columns: tuple[ColumnState, ...]
    rows: tuple[LineOfCells, ...] = ()
    phase: Phase = Phase.READY
    note: str = ""
    detail: str = ""
