"""The service's thread that looks after the table files: a change is told within half a minute, and what waited is concluded."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.desk.ledger import conclude_waiting
from carcheck_desktop.domain.facts.tables import TABLES_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.desk.ledger import Concluding
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store, UnitOfWork, Writer

log = logging.getLogger(__name__)

LOOK_S = 30.0
"""Real seconds between two looks at the disk; every conclusion and signature looks by itself."""


class TableWatch:
    """Checks the files beside the writer, and concludes the visits that waited as soon as all is as approved."""

    def __init__(self, store: Store, custody: TableCustody, how: Concluding, look_s: float = LOOK_S) -> None:
        self._store = store
        self._custody = custody
        self._how = how
        self._look_s = look_s
        self._news = threading.Event()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread."""
        self._custody.hear(facts)
        if any(entry.subject == TABLES_SUBJECT for _, entry in facts):
            self._news.set()

    def start(self, writer: Writer) -> None:
        """Begin with what waits since the service ran the last time."""
        self._thread = threading.Thread(target=self._run, args=(writer,), name="tables", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._end.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, writer: Writer) -> None:
        while not self._end.is_set():
            try:
                self.look(writer)
            except CarcheckError:
                log.exception("the table files could not be looked after; the next look tries again")
            self._news.wait(self._look_s)
            self._news.clear()

    def look(self, writer: Writer) -> None:
        """Look once; the writer is asked only when there is something to write."""
        with self._store.read() as uow:
            is_news, is_free = self._custody.look(uow)
        if is_news or (is_free and self._custody.is_waiting):
            writer.call(self._settle)

    def _settle(self, uow: UnitOfWork) -> None:
        if self._custody.check(uow):
            return
        done = conclude_waiting(uow, self._how)
        self._custody.is_waiting = False
        if done:
            log.warning("%d visits that had waited for their tables were concluded", done)
