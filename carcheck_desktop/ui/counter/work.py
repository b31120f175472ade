"""Where an intake stands: its draft, its screen, where the keyboard is, what was said; no Qt."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import ALLOWED
from carcheck_desktop.domain.views import is_over
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.counter.draft.checks import Checked, check
from carcheck_desktop.ui.counter.draft.draft import Draft
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling.visits import usual_prefix
from carcheck_desktop.ui.frame.sayings import Sayings
from carcheck_desktop.ui.widgets.forms.reading.plates import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time before the service said one; nobody is signed in then."""


class Work:
    """The intake that goes on: its draft, its screen, and where the keyboard is."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.station = station
        self.words = words
        self.sayings = Sayings()
        self.draft = Draft()
        self.visit = ""
        """The visit that is looked at; empty while an intake goes on."""
        self.problem: Problem | None = None
        """What was refused last, said above the page until something is done about it."""
        self.opened_id = ""
        self.correcting = ""
        """The visit that is put right; empty while a car is taken in."""
        self.fetched: VisitView | None = None
        """A visit of earlier days that the service told of by its ticket."""
        self.insisted: set[str] = set()
        self.typing = ""
        """The field somebody types in now: it is judged when it is left."""
        self._monotonic = monotonic
        self._at = Page.LOOK_UP
        self._focus = (0, "sign_in_name")

    @property
    def page(self) -> Page:
        """The screen that is shown."""
        if self.station.session is None:
            return Page.SIGN_IN
        return Page.VISIT if self.looked_at() is not None else self._at

    def looked_at(self) -> VisitView | None:
        """Return the visit that is looked at, of today or fetched by its ticket."""
        if self.visit in self.station.visits:
            return self.station.visits[self.visit]
        return self.fetched if self.fetched is not None and self.visit == self.fetched.visit_id else None

    @property
    def intake_page(self) -> Page:
        """Where the intake stands, whatever is looked at."""
        return self._at

    def go(self, page: Page, focus: str = "") -> None:
        """Show another screen of the intake, with the keyboard in one of its fields."""
        self._at, self.visit, self.typing = page, "", ""
        self.lead(focus or self._first_of(page))

    def lead(self, field: str) -> None:
        """Put the keyboard into a field."""
        self._focus = (self._focus[0] + 1, field)

    @property
    def focus(self) -> tuple[int, str]:
        """Where the keyboard was put last."""
        return self._focus

    def _first_of(self, page: Page) -> str:
        if page is Page.LOOK_UP:
            return "plate"
        if page is Page.PERSON:
            return "telephone" if self.draft.presenter else "presenter"
        if page in (Page.LICENCE, Page.STATION):
            wanted = FieldPage(page.value)
            first = next(name for name, spec in FIELDS.items() if spec.page is wanted)
            return next(iter(self.checked().open_on(wanted)), first)
        return "next"

    @property
    def today(self) -> date:
        """The station's day; before the first handshake nothing can be taken in anyway."""
        now = self.now
        return local(now).date()

    @property
    def now(self) -> datetime:
        """The station's time."""
        return self.station.time.now() or BEFORE

    def checked(self) -> Checked:
        """Return what is missing, wrong and doubtful."""
        return check(self.draft, self.today)

    def here(self) -> VisitView | None:
        """Return the visit of this plate that is not over, whoever opened it."""
        plate, kind = self.draft.plate, self.draft.plate_kind
        found = (each for each in self.station.visits.values() if each.vehicle.plate == plate)
        return next((each for each in found if each.vehicle.plate_kind is kind and not is_over(each)), None)

    def may(self, kind: str) -> bool:
        """Say whether the person who is signed in may give a command."""
        session = self.station.session
        return session is not None and session.role in ALLOWED[kind]

    def prefix(self) -> str:
        """Return what most plates begin with: the station's province and the letter of the last cars."""
        handshake = self.station.service.handshake
        home = handshake.province if handshake is not None else ""
        return usual_prefix(self.station.visits.values(), home if home in PROVINCES else "")
