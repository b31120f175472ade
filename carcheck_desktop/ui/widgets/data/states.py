"""States of what the window shows of the station; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState


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


@dataclass(frozen=True, slots=True)
class PairState:
    """One line of a key-value list."""

    label: str
    value: str
