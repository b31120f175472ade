"""States of what the window says by itself; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.ui.widgets.forms.states import ActionState

SEVERITY = (Tone.ALARM, Tone.BAD, Tone.CAUTION, Tone.RUNNING, Tone.GOOD, Tone.NEUTRAL, Tone.OFF)
"""The tones, the gravest first."""


@dataclass(frozen=True, slots=True)
class BannerState:
    """A strip across the window: something holds until it is put right."""

    tone: Tone
    icon: str
    text: str
    detail: str = ""


def by_severity(banners: Iterable[BannerState]) -> tuple[BannerState, ...]:
    """Return banners with the gravest first; equally grave ones stay in their order."""
    return tuple(sorted(banners, key=lambda banner: SEVERITY.index(banner.tone)))


@dataclass(frozen=True, slots=True)
class PromptState:
    """What the lane asks for right now, or why nothing goes on."""

    tone: Tone
    icon: str
    headline: str
    detail: str = ""


class PlaceKind(StrEnum):
    """Why a place shows nothing of its own."""

    EMPTY = "empty"
    LOADING = "loading"
    ERROR = "error"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class PlaceState:
    """What stands where nothing can be shown: why, what to do, and the one action that may help."""

    kind: PlaceKind
    text: str
    detail: str = ""
    icon: str = ""
    action: ActionState | None = None


READING_MS_A_CHARACTER, LEAST_MS, MOST_MS = 140, 4000, 12000


@dataclass(frozen=True, slots=True)
class ToastState:
    """A short notice of what has just happened; a refusal `stays` until somebody puts it away.

    A toast with the key of one that is shown takes its place.
    """

    key: str
    tone: Tone
    icon: str
    text: str
    detail: str = ""
    stays: bool = False

    @property
    def lasts_ms(self) -> int:
        """Return how long it can be read: longer for longer texts."""
        reading = READING_MS_A_CHARACTER * (len(self.text) + len(self.detail))
        return min(MOST_MS, max(LEAST_MS, reading))


@dataclass(frozen=True, slots=True)
class ConfirmState:
    """A question with what a yes would do; `reason_label` makes a typed reason a condition of the yes.

    The yes of a `destructive` question is never taken by an Enter that was meant for something else.
    """

    question: str
    yes: ActionState
    no_text: str
    detail: str = ""
    consequences: tuple[str, ...] = ()
    destructive: bool = False
    reason_label: str = ""
    reason_hint: str = ""
    reason_missing: str = ""


@dataclass(frozen=True, slots=True)
class ProgressState:
    """How far something is: `done` from 0 to 1, none while that is not known; `detail` says what is left."""

    text: str
    done: float | None
    detail: str = ""
    cancel: ActionState | None = None
    tone: Tone = Tone.RUNNING
