"""Short notices of what has just happened, until they are put away; no Qt."""

from __future__ import annotations

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import ToastState

SHIFT_OVER, WHY_NOT = "shift_over", "why_not"
"""Keys of what is said once and goes."""


class Sayings:
    """Short notices that are not put away yet."""

    def __init__(self) -> None:
        self._toasts: dict[str, ToastState] = {}

    def say(self, toast: ToastState) -> None:
        """Say something; it takes the place of what was said of the same."""
        self._toasts.pop(toast.key, None)
        self._toasts[toast.key] = toast

    def put_away(self, key: str) -> None:
        """Somebody has read what was said, or its time is over."""
        self._toasts.pop(key, None)

    @property
    def said(self) -> tuple[ToastState, ...]:
        """What was said and is not put away yet."""
        return tuple(self._toasts.values())

    def why_not(self, text: str) -> None:
        """Say why a key does nothing."""
        if text:
            self.say(ToastState(WHY_NOT, Tone.CAUTION, "ban", text))

    def clear(self) -> None:
        """Everything was read."""
        self._toasts.clear()
