"""The tables that a lane judges with: those of its last handshake with the service, from the disk or kept beside its journal.

A file that was changed on the lane's disk therefore changes no verdict, and a lane goes on with what the service works with.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import equipment_of
from carcheck_desktop.app.table_files import contents, hashes, on_disk, release_of
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.files import editions_of, is_whole, kept_editions_of, lacking_of
from carcheck_desktop.standards.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.rulebook import Rulebook

log = logging.getLogger(__name__)


class LaneTables:
    """Finds tables by the hashes that the service told, and keeps a copy of each in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, str] = {}
        """The hash of each file that the lane judges with."""

    def first(self, told: Mapping[str, str], today: date | None = None) -> Rulebook:
        """Return the tables of the last handshake where they are here, else those on the disk.

        Where one of them was made for an earlier program and lacks what this one asks for, the release's own takes its place,
        as with the service. Raises `DataError` naming file, row and key of what cannot be used.
        """
        return self.find(self._whole(told, today)) or self.find(told) or self._strict(contents())

    def find(self, told: Mapping[str, str]) -> Rulebook | None:
        """Return the tables with these hashes; None while one of them is not here: an older edition never takes its place."""
        found = {name: content for name, digest in told.items() if (content := self._content(name, digest)) is not None}
        if not told or found.keys() != told.keys():
            log.warning(
                "of the service's tables are not here: %s", ", ".join(sorted(told.keys() - found.keys())) or "any"
            )
            return None
        try:
            return self._made(found, kept_editions_of(found).values())
        except DataError as error:
            log.warning("the service's tables cannot be used by this program: %s", error)
            return None

    def _whole(self, told: Mapping[str, str], today: date | None) -> dict[str, str]:
        """Return the hashes to begin with: of a table that lacks something the release's own where that is whole."""
        release, disk, found = release_of(), on_disk(), dict(told)
        for name, digest in told.items():
            here, content = disk.get(name), self._content(name, digest)
            if here is None or content is None or here.hash == digest or not release.ships(name, here.hash):
                continue
            lacking = lacking_of(name, content, today)
            if lacking and is_whole(name, here.content):
                log.warning("%s of the last handshake lacks %s: the release's own takes its place", name, lacking)
                found[name] = here.hash
        return found

    def _strict(self, files: Mapping[str, bytes]) -> Rulebook:
        return self._made(files, editions_of(files).values())

    def _made(self, files: Mapping[str, bytes], editions: Iterable[Edition]) -> Rulebook:
        made = rulebook(list(editions), equipment_of(None))
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
