"""The frozen states that components paint: words, tones and icons ready to be shown; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class PlateState:
    """A plate as it looks on the car: its text and the kind that gives its colours."""

    text: str
    kind: str


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
class BannerState:
    """A strip across the window: something holds until it is put right."""

    tone: Tone
    icon: str
    text: str
    detail: str = ""


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
class PromptState:
    """What the lane asks for right now, or why nothing goes on."""

    tone: Tone
    icon: str
    headline: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ActionState:
    """A button: what it does, its key, and whether it can be pressed now."""

    key: str
    text: str
    icon: str
    enabled: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class CurveState:
    """Which curve is to be drawn, and the demanded sum of both wheels in daN, None where none is."""

    run_id: str
    title: str
    demanded_sum_daN: float | None
    is_running: bool
    empty: str


@dataclass(frozen=True, slots=True)
class PairState:
    """One line of a key-value list."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldState:
    """How a field stands: nothing to say, wrong (BAD) or doubtful (CAUTION)."""

    tone: Tone = Tone.NEUTRAL
    text: str = ""
