"""States of what the window says by itself; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class BannerState:
    """A strip across the window: something holds until it is put right."""

    tone: Tone
    icon: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PromptState:
    """What the lane asks for right now, or why nothing goes on."""

    tone: Tone
    icon: str
    headline: str
    detail: str = ""
