"""What became of a page, as far as can be known, and how long a printer is waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.base.station_printers import StationPrinter


@dataclass(frozen=True, slots=True)
class Printed:
    """The page is out, cut, and the printer (or the file system) said so after it."""


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Not one byte of the page went to the printer, so nothing of it can come out."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Some or all of the page went to the printer and it did not say that it is out: only a look at the tray can tell."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody wants the page any more; nothing of it was sent."""


Outcome = Printed | NotPrinted | InDoubt | Dropped


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page in the language of one printer; `suffix` is what its file would be called."""

    content: bytes
    suffix: str = "escpos"


@dataclass(frozen=True, slots=True)
class Patience:
    """Real seconds, as wires count them.

    `connect_s` to reach it, `answer_s` for a status, `barrier_s` to finish what it still had in memory; `stall_s` without taking
    a byte or answering until people are told, `silent_s` until such a page is in doubt; `print_s` for a page that is being
    printed with nothing wrong; `mend_s` for paper, cover and knife; `look_s` between two looks.
    A question waits behind the page that it follows, which gets on at `slowest_bytes_s` at least.
    """

    connect_s: float = 2.0
    answer_s: float = 1.0
    barrier_s: float = 3.0
    stall_s: float = 4.0
    silent_s: float = 15.0
    print_s: float = 45.0
    mend_s: float = 900.0
    look_s: float = 0.5
    slowest_bytes_s: float = 2000.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What a printer asks and tells while it prints a page.

    `begin` is called when the printer is ready and before the first byte of the page, and says whether it is still wanted: what
    it writes down is durable when it returns. `waiting` hears why nothing goes on just now (None: it goes on again), with whether
    something of the page was sent. `late` hears of a page of an earlier time, by its paper, that the printer now says is out.
    """

    begin: Callable[[], bool]
    waiting: Callable[[Problem | None, bool], None] = field(default=lambda _problem, _begun: None)
    late: Callable[[str], None] = field(default=lambda _paper: None)
    is_closing: Callable[[], bool] = field(default=lambda: False)


class Printer(Protocol):
    """A printer as the spooler sees it; used by one thread."""

    @property
    def settings(self) -> StationPrinter:
        """The lines of the station file."""
        ...

    def look(self) -> Problem | None:
        """Ask how it is and return why it cannot print; None when it can. Prints nothing."""
        ...

    def expect_remains(self) -> None:
        """Be told that a page was being printed here when the program ended."""
        ...

    def print_page(self, paper_id: str, page: Rendered, asking: Asking) -> Outcome:
        """Print one page and return what is known of it; never raises for what a printer does."""
        ...
