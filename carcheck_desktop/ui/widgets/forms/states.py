"""States of what people fill in and press; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class ActionState:
    """A button: what it does, its key, and whether it can be pressed now."""

    key: str
    text: str
    icon: str
    enabled: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class FieldState:
    """How a field stands: nothing to say, wrong (BAD) or doubtful (CAUTION)."""

    tone: Tone = Tone.NEUTRAL
    text: str = ""
