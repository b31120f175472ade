"""What every process is made of: folders, tables, key, clock, identity of the journal."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carcheck_desktop import __version__
from carcheck_desktop.base.clock import Clock, ScaledClock, SystemClock
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.domain.verdicts import DEVICE_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.verdicts import ItemKind
    from carcheck_desktop.standards.rulebook import Rulebook
    from carcheck_desktop.store.opening import Opening, SqlStore

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "resources" / "standards"
SERVICE_NODE = "service"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a station keeps what it writes, all under its data folder."""

    data: Path

    @property
    def blobs(self) -> Path:
        """The service's curves, photos and clips."""
        return self.data / "blobs"

    @property
    def uploads(self) -> Path:
        """Blobs that are still arriving."""
        return self.data / "uploads"

    @property
    def logs(self) -> Path:
        """One log a process."""
        return self.data / "logs"

    @property
    def wire(self) -> Path:
        """One wire log a port and run."""
        return self.data / "wire"

    @property
    def printed(self) -> Path:
        """In training: the trays of the simulated printers, one folder each."""
        return self.data / "printed"

    def key(self, node: str) -> Path:
        """The private key of a node."""
        return self.data / "keys" / f"{node}.key"

    def journal(self, node: str) -> Path:
        """The journal of a lane."""
        return self.data / node / "journal.db"


def folders_of(station: Station) -> Folders:
    """Return the station's folders."""
    return Folders(station.data)


def make_data_folder(station: Station) -> Folders:
    """Make the data folder if there is none, for this account alone: it holds plates, photographs and keys."""
    station.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folders_of(station)


def database_of(station: Station) -> str:
    """Return the service's database: the URL as written, or the absolute path of the file."""
    if "://" in station.database:
        return station.database
    return str((station.data / station.database).resolve())


def load_tables(station: Station | None = None) -> Rulebook:
    """Read every table file of the standards; raise `DataError` naming file, row and key of what is wrong.

    With a station: which items its lanes have the instruments for.
    """
    from carcheck_desktop.app.table_files import contents
    from carcheck_desktop.standards.loading.files import editions_of
    from carcheck_desktop.standards.rulebook import rulebook

    return rulebook(list(editions_of(contents()).values()), equipment_of(station))


def equipment_of(station: Station | None) -> frozenset[ItemKind]:
    """Return the items for which some lane of the station has the instrument."""
    kinds = {device.kind for lane in station.lanes for device in lane.devices} if station is not None else set()
    return frozenset(item for item, needed in DEVICE_OF.items() if needed in kinds)


def opening_of(station: Station) -> Opening:
    """Return what the first entry of every journal of this station says."""
    from carcheck_desktop.store.opening import Opening

    return Opening(station.code, station.name, station.training, __version__)


def key_of(station: Station, node: str) -> SigningKey:
    """Return a node's key; made at its first start."""
    from carcheck_desktop.base.keys import SigningKey  # a window needs no key and starts sooner without cryptography

    return SigningKey.load_or_create(folders_of(station).key(node))


def open_service_store(station: Station, clock: Clock) -> SqlStore:
    """Open the service's database for writing; refused while a service runs."""
    from carcheck_desktop.store.opening import open_store

    folders = make_data_folder(station)
    return open_store(
        database_of(station),
        node=SERVICE_NODE,
        key=key_of(station, SERVICE_NODE),
        clock=clock,
        blob_folder=folders.blobs,
        opening=opening_of(station),
    )


def clock_from(url: str | None, station: Station) -> Clock:
    """Return the PC's clock, or in training the simulation's at `url`.

    Raises `UsageError` in a real station, and when nothing answers there.
    """
    if url is None:
        return SystemClock()
    if not station.training:
        raise UsageError("app.clock.only_training", url=url, path=station.path)
    import urllib.request

    try:
        with urllib.request.urlopen(f"{url}/clock", timeout=5) as answer:  # noqa: S310 - http of this PC
            told = json.loads(answer.read())
        return _scaled(told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("app.clock.no_answer", url=url, detail=error) from error


def _scaled(told: Mapping[str, Any]) -> ScaledClock:
    """Return the clock that a simulation tells of; raise `ValueError` for one that cannot go."""
    epoch = datetime.fromisoformat(told["epoch"])
    speed, epoch_monotonic_s = float(told["speed"]), float(told["epoch_monotonic_s"])
    if epoch.tzinfo is None or not 0.0 < speed < math.inf or not math.isfinite(epoch_monotonic_s):
        raise ValueError(f"epoch {epoch}, speed {speed}, since {epoch_monotonic_s}")
    return ScaledClock(speed, epoch, epoch_monotonic_s)
