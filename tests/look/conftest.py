"""The application with our font and look, as every window has it."""

from __future__ import annotations

from tests.ui.conftest import app, our_look

__all__ = ["app", "our_look"]
