"""The pages of the gallery, in the order in which they are shown: one file a family of components."""

from __future__ import annotations

from carcheck_desktop.ui.gallery.page import Page

PAGES: tuple[Page, ...] = ()
