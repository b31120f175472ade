"""The tables that a lane judges with: those of its last handshake with the service, from the disk or kept beside its journal.

A file that was changed on the lane's disk therefore changes no verdict, and a lane goes on with what the service works with.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import equipment_of
from carcheck_desktop.app.table_files import contents, hashes, on_disk
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.files import editions_of
from carcheck_desktop.standards.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from carcheck_desktop.standards.rulebook import Rulebook

log = logging.getLogger(__name__)


class LaneTables:
    """Finds tables by the hashes that the service told, and keeps a copy of each in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, str] = {}
        """The hash of each file that the lane judges with."""

    def first(self, told: Mapping[str, str]) -> Rulebook:
        """Return the tables of the last handshake where they are here, else those on the disk.

        Raises `DataError` naming file, row and key of what cannot be used.
        """
        return self.find(told) or self._made(contents())

    def find(self, told: Mapping[str, str]) -> Rulebook | None:
        """Return the tables with these hashes; None while one of them is not here: an older edition never takes its place."""
        found = {name: content for name, digest in told.items() if (content := self._content(name, digest)) is not None}
        if not told or found.keys() != told.keys():
            log.warning(
                "of the service's tables are not here: %s", ", ".join(sorted(told.keys() - found.keys())) or "any"
            )
            return None
        try:
            return self._made(found)
        except DataError as error:
            log.warning("the service's tables cannot be used by this program: %s", error)
            return None

    def _made(self, files: Mapping[str, bytes]) -> Rulebook:
        made = rulebook(list(editions_of(files).values()), equipment_of(None))
        self.files = hashes(files)
        for name, content in files.items():
            self._keep(self.files[name], content)
        return made

    def _content(self, name: str, digest: str) -> bytes | None:
        here = on_disk().get(name)
        if here is not None and here.hash == digest:
            return here.content
        try:
            kept = (self._folder / f"{digest}.toml").read_bytes()
        except OSError:
            return None
        return kept if digest_of(kept) == digest else None

    def _keep(self, digest: str, content: bytes) -> None:
        """Keep a copy; a disk that refuses costs only what a restart with a changed file knows."""
        path = self._folder / f"{digest}.toml"
        if path.exists():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".new")
            beside.write_bytes(content)
            beside.replace(path)
        except OSError as error:
            log.warning("%s could not be written: %s", path, error)
