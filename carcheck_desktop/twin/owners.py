"""What happens around the station: an owner insures or mends a car, a roll of paper ends, a cover stands open.

All of it is done to the simulated far sides with the same switches that the console has; nobody here gives a command.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.domain.commands import RequestPrint
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.holds import HoldKind, holds
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.signing import signed_report
from carcheck_desktop.twin.office import Trays
from carcheck_desktop.twin.scenario import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.twin.office import Scene

log = logging.getLogger(__name__)

COUNTER_PRINTER, PICKUP_PRINTER = "counter", "pickup"
LEFT_DOTS = 400.0
"""50 mm of paper: less than any report needs."""
SEEN_REAL_S = 3.0
"""Real seconds for which a trouble lasts at least, whatever the speed: people want to see it."""
OFF_REAL_S = 0.7


class Hands(Trays, Protocol):
    """What can be done with one's hands."""

    def switch_printer(self, printer: str, **switches: bool | float) -> None:
        """Set switches of a simulated printer; a printer that the station has not got is left alone."""
        ...

    def printer_is(self, printer: str, switch: str) -> bool:
        """Say whether a switch of a simulated printer is on."""
        ...

    def buy_policy(self, plate: str) -> None:
        """Insure a car from today, as its owner does with the telephone."""
        ...


@dataclass
class Owners:
    """Owners and printers of one day; called every tick with what the link tells."""

    hands: Hands
    _since_s: dict[str, float] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)

    def tick(self, scene: Scene, real_s: float) -> None:
        """Let happen what is due."""
        for visit in scene.visits.values():
            car = scene.car(visit)
            if car is None:
                continue
            if (
                not car.is_insured
                and waits_for_insurance(visit, scene)
                and self._lasted(f"buy {visit.visit_id}", real_s)
            ):
                self._once(f"bought {visit.visit_id}", partial(self._buy, visit.vehicle.plate, scene.now))
            if car.trouble is Trouble.COVER_OPEN:
                self._cover(visit, real_s)
            elif car.trouble is Trouble.PAPER_OUT:
                self._roll(visit, real_s)

    def _buy(self, plate: str, now: datetime) -> None:
        log.info("the owner of %s buys a policy at %s", plate, now.isoformat())
        self.hands.buy_policy(plate)

    def _cover(self, visit: VisitView, real_s: float) -> None:
        """Leave the first counter printer open from the intake until this car's receipt lies at the second one."""
        receipts = [paper for paper in visit.papers if paper.kind is DocumentKind.RECEIPT]
        is_out = any(paper.state is PaperState.PRINTED for paper in receipts)
        if visit.ended_at is None and not is_out:
            self._once(f"open {visit.visit_id}", lambda: self.hands.switch_printer(COUNTER_PRINTER, cover_open=True))
        elif f"open {visit.visit_id}" in self._done and self._lasted(f"cover {visit.visit_id}", real_s):
            self._once(f"shut {visit.visit_id}", lambda: self.hands.switch_printer(COUNTER_PRINTER, cover_open=False))

    def before(self, command: Command, scene: Scene) -> None:
        """Let the roll at pickup be nearly empty just when the report of a certain car is asked for, once."""
        if not isinstance(command, RequestPrint) or command.document is not DocumentKind.REPORT:
            return
        visit = scene.visits.get(command.visit_id)
        car = scene.car(visit) if visit is not None else None
        if car is not None and car.trouble is Trouble.PAPER_OUT:
            short = partial(self.hands.switch_printer, PICKUP_PRINTER, paper_left_dots=LEFT_DOTS)
            self._once(f"roll {command.visit_id}", short)

    def _roll(self, visit: VisitView, real_s: float) -> None:
        """Put a new roll in when the empty one was seen: whoever does it switches the printer off and on, and its memory is gone."""
        begun = next((paper for paper in visit.papers if paper.kind is DocumentKind.REPORT), None)
        if begun is not None and (begun.state is PaperState.PRINTING or f"off {visit.visit_id}" in self._done):
            self._change_roll(visit.visit_id, real_s)

    def _change_roll(self, visit_id: str, real_s: float) -> None:
        hands = self.hands
        if not hands.printer_is(PICKUP_PRINTER, "paper_out") or not self._lasted(f"empty {visit_id}", real_s):
            return
        self._once(f"off {visit_id}", lambda: hands.switch_printer(PICKUP_PRINTER, power_off=True))
        if self._lasted(f"empty {visit_id}", real_s, SEEN_REAL_S + OFF_REAL_S):
            full = {"paper_out": False, "paper_left_dots": 0.0, "power_off": False}
            self._once(f"on {visit_id}", lambda: hands.switch_printer(PICKUP_PRINTER, **full))

    def _lasted(self, what: str, real_s: float, long_s: float = SEEN_REAL_S) -> bool:
        return real_s - self._since_s.setdefault(what, real_s) >= long_s

    def _once(self, what: str, do: Callable[[], None]) -> None:
        if what not in self._done:
            self._done.add(what)
            do()


def waits_for_insurance(visit: VisitView, scene: Scene) -> bool:
    """Say whether the papers of a passed and signed visit wait for its insurance."""
    if visit.ended_at is not None or signed_report(visit) is None:
        return False
    return any(hold.kind is HoldKind.INSURANCE for hold in holds(visit, scene.now))
