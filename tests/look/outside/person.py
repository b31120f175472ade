"""Somebody who uses a window through the accessibility tree: presses, writes and reads by names."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.look.outside.tree import POLL_S, GoneError, Part, Tree

DIALOG = "dialog"

GLANCE_S = 0.7
"""A button is read before it is pressed; a next action that has only just become another one is not taken."""


@dataclass(frozen=True)
class Person:
    """Looks for parts by the beginning of their names, waits until they can be used, and uses them."""

    tree: Tree

    def press(self, name: str, *, in_dialog: bool = False, within_s: float = 20.0) -> None:
        """Press the button whose name begins so, as soon as it can be pressed."""
        deadline = time.monotonic() + within_s
        while True:
            dialog = self._dialog() if in_dialog else None
            button = self.tree.wait(lambda part: _is_button(part, name, dialog), f"the button {name!r}")  # noqa: B023
            time.sleep(GLANCE_S)
            try:
                self.tree.do(button)
            except GoneError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(POLL_S)
            else:
                return

    def write(self, wanted: Mapping[str, str]) -> None:
        """Fill in the fields of the dialog whose names begin so."""
        dialog = self._dialog()
        for name, text in wanted.items():
            field = self.tree.wait(lambda part: _is_field(part, name, dialog), f"the field {name!r}")  # noqa: B023
            self.tree.write(field, text)

    def reads(self, *words: str, role: str = "", within_s: float = 40.0) -> str:
        """Wait until something with all these words can be seen, and return what it says."""

        def is_it(part: Part) -> bool:
            return part.is_showing and role in part.role and all(word in part.name for word in words)

        return self.tree.wait(is_it, f"{role} {words}", within_s=within_s).name

    def _dialog(self) -> Part:
        return self.tree.wait(lambda part: part.role == DIALOG and part.is_showing, "a dialog")


def _is_button(part: Part, name: str, dialog: Part | None) -> bool:
    inside = dialog is None or dialog.place in part.within
    return inside and "button" in part.role and part.name.startswith(name) and part.is_enabled


def _is_field(part: Part, name: str, dialog: Part) -> bool:
    return dialog.place in part.within and "text" in part.role and part.name.startswith(name)
