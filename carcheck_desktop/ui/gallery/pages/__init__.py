"""The pages of the gallery, in the order in which they are shown: one file a family of components."""

from __future__ import annotations

from carcheck_desktop.ui.gallery.page import Page
from carcheck_desktop.ui.gallery.pages.basics import basics
from carcheck_desktop.ui.gallery.pages.charts import charts
from carcheck_desktop.ui.gallery.pages.colours import colours
from carcheck_desktop.ui.gallery.pages.data import data
from carcheck_desktop.ui.gallery.pages.forms import forms
from carcheck_desktop.ui.gallery.pages.icons import icons
from carcheck_desktop.ui.gallery.pages.lettering import lettering
from carcheck_desktop.ui.gallery.pages.notices import notices
from carcheck_desktop.ui.gallery.pages.space import space

PAGES: tuple[Page, ...] = (
    Page("colours", colours),
    Page("type", lettering),
    Page("space", space),
    Page("icons", icons),
    Page("basics", basics),
    Page("forms", forms),
    Page("notices", notices),
    Page("data", data),
    Page("charts", charts),
)
