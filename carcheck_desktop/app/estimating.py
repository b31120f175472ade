"""The service's thread that gives estimates: after what was committed, beside the writer, never in its way."""

from __future__ import annotations

import logging
import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.desk.estimate.durations import parse_prior
from carcheck_desktop.desk.estimate.watch import MOVING, Watch, give

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store, Writer
    from carcheck_desktop.domain.station import LaneAddress

log = logging.getLogger(__name__)

TABLE = Path(__file__).resolve().parents[2] / "resources" / "board" / "durations.toml"
LOOK_S = 30.0
"""Seconds of the station's clock after which estimates are looked over even when nothing happened."""
PAUSE_S = 0.5
"""Real seconds between two looks, however much happens."""
AT_ONCE = 20
"""So many estimates go into one unit of work, so that a command never waits long behind them."""


class EstimateThread:
    """Hears what was committed and records the estimates that follow as ordinary facts."""

    def __init__(self, store: Store, clock: Clock, lanes: Iterable[LaneAddress], table: Path = TABLE) -> None:
        self._store = store
        self._clock = clock
        self._watch = Watch(parse_prior(table.read_bytes()), lanes)
        self._heard: queue.SimpleQueue[Sequence[tuple[int, Entry]]] = queue.SimpleQueue()
        self._news = threading.Event()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread, never blocks."""
        self._heard.put(facts)
        if any(entry.kind in MOVING for _, entry in facts):
            self._news.set()

    def start(self, writer: Writer) -> None:
        """Begin; facts heard before are not lost."""
        self._thread = threading.Thread(target=self._run, args=(writer,), name="estimates", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; the estimate that is being written is finished."""
        self._end.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, writer: Writer) -> None:
        try:
            with self._store.read() as uow:
                self._watch.load(uow, self._clock.now())
        except CarcheckError:
            log.exception("there are no estimates: what is recorded could not be read")
            return
        while not self._end.is_set():
            self._look(writer)
            if self._end.wait(PAUSE_S):
                return
            self._news.wait(max(0.0, LOOK_S / self._clock.speed - PAUSE_S))
            self._news.clear()

    def _look(self, writer: Writer) -> None:
        try:
            while not self._heard.empty():
                self._watch.take(self._heard.get())
            due = self._watch.due(self._clock.now())
            for first in range(0, len(due), AT_ONCE):
                some = due[first : first + AT_ONCE]
                writer.call(lambda uow, some=some: give(uow, some))  # type: ignore[misc]
        except CarcheckError:
            log.exception("estimates could not be given; the next look tries again")
