"""Which visit and which paper somebody looks at; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.due import papers_due
from carcheck_desktop.domain.papers import paper_of, papers_in_doubt
from carcheck_desktop.domain.ticket import scanned_secret
from carcheck_desktop.ui.frame.asking import Asking
from carcheck_desktop.ui.pickup.telling.visits import at_pickup, found

if TYPE_CHECKING:
    from carcheck_desktop.domain.due import DuePaper
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.views import VisitView

SEARCH = "visit_search"


class Looking(Asking):
    """The list of visits, the one that is large, and the paper chosen in it."""

    chosen = ""
    searched = ""
    paper = ""

    def home(self) -> str:
        """Work begins with a ticket or a plate."""
        return SEARCH

    def signed_in(self) -> None:
        """Nobody goes on with what another person looked at."""
        self.chosen, self.searched, self.paper = "", "", ""

    # -- what is looked at ---------------------------------------------------------------------

    def listed(self) -> list[VisitView]:
        """Return the visits in the list: what was searched for, else what ends here."""
        if self.station.session is None:
            return []
        visits = self.station.visits.values()
        return found(visits, self.searched) if self.searched.strip() else at_pickup(visits, self.now)

    def current(self) -> VisitView | None:
        """Return the visit that is looked at: the chosen one, or the only one that was found."""
        if self.station.session is None:
            return None
        if self.chosen in self.station.visits:
            return self.station.visits[self.chosen]
        hits = self.listed() if self.searched.strip() else []
        return hits[0] if len(hits) == 1 else None

    def choose(self, visit_id: str) -> None:
        """Look at a visit."""
        if visit_id != self.chosen:
            self.chosen, self.paper, self.problem = visit_id, "", None

    def search(self, words: str) -> None:
        """Look for visits; a scanned ticket leads to its visit at once."""
        if words == self.searched:
            return
        self.searched, self.chosen, self.paper, self.problem = words, "", "", None
        hits = self.listed() if scanned_secret(words) is not None else []
        if hits:
            self.choose(hits[0].visit_id)
            self.lead("primary_button")

    def find(self) -> None:
        """Enter without a visit: take the first of the list."""
        hits = self.listed()
        if hits:
            self.choose(hits[0].visit_id)
            self.lead("primary_button")
        else:
            self.lead(SEARCH)

    def leave(self) -> None:
        """Esc: what was said is read; then back to the search."""
        if self.sayings.said or self.problem is not None:
            self.sayings.clear()
            self.problem = None
        elif self.chosen or self.searched:
            self.chosen, self.searched, self.paper = "", "", ""
        self.lead(SEARCH if self.station.session is not None else "sign_in_name")

    # -- papers --------------------------------------------------------------------------------

    def due(self) -> tuple[DuePaper, ...]:
        """Return the papers that the owner gets."""
        visit = self.current()
        return papers_due(visit, self.now) if visit is not None else ()

    def doubt(self) -> PaperView | None:
        """Return the paper that a person has to look for in the tray."""
        visit = self.current()
        waiting = papers_in_doubt(visit) if visit is not None else ()
        return waiting[0] if waiting else None

    def choose_paper(self, key: str) -> None:
        """Look at a paper of the list."""
        self.paper = key

    def chosen_paper(self) -> PaperView | None:
        """Return the chosen paper; the first of those that are due when none was chosen."""
        visit = self.current()
        if visit is None:
            return None
        first = next((each.paper for each in self.due() if each.paper is not None), None)
        return paper_of(visit.papers, self.paper) or first
