"""`verify` while the station works: whoever looks sees one moment, whole."""

from __future__ import annotations

import threading
from functools import partial

from carcheck_desktop.store import StoreWriter
from tests.store.conftest import Database
from tests.store.facts import whole_visit


def test_a_station_at_work_is_whole_at_every_moment_somebody_looks(database: Database) -> None:
    writer = StoreWriter(database.open())
    over = threading.Event()

    def work() -> None:
        number = 0
        while not over.is_set():
            number += 1
            writer.call(partial(whole_visit, visit_id=f"visit-{number}"))

    station = threading.Thread(target=work)
    station.start()
    try:
        seen: list[int] = []
        while len(seen) < 5 or seen[-1] == seen[0]:  # on a busy machine the station may be slower than who looks
            report = database.verify()
            assert report.is_whole, report.findings
            seen.append(report.entries)
    finally:
        over.set()
        station.join()
        writer.close()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
