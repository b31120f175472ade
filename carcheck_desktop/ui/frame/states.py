"""States of the frame of a window; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState


@dataclass(frozen=True, slots=True)
class HeadState:
    """The bar at the top."""

    station: str
    training: bool
    link_tone: Tone
    link_icon: str
    link_text: str
    clock: str
    person: str
    sign: ActionState
