"""The database of a process: journal, rows, blobs; fulfils `domain.ports` and nothing else.

Only `app` opens it. Schema changes are migrations; nothing outside this room knows SQL.
"""

from carcheck_desktop.store.backup import Backup, backup
from carcheck_desktop.store.checking.report import Report
from carcheck_desktop.store.checking.verify import verify
from carcheck_desktop.store.engine.disk import free_bytes
from carcheck_desktop.store.opening import Opening, SqlStore, open_store
from carcheck_desktop.store.reading import reading
from carcheck_desktop.store.schema import migrate
from carcheck_desktop.store.writer import StoreWriter

__all__ = [
    "Backup",
    "Opening",
    "Report",
    "SqlStore",
    "StoreWriter",
    "backup",
    "free_bytes",
    "migrate",
    "open_store",
    "reading",
    "verify",
]
