"""Blobs that arrive in pieces: appended and synced, checked by digest at the end, then stored.

A piece with a wrong offset changes nothing, so that resuming and repeating are the same thing.
Whole blobs live in `domain.ports.Blobs`; only unfinished ones lie in this folder.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.link.wire import MAX_BLOB_BYTES, BlobState

if TYPE_CHECKING:
    from pathlib import Path

    from carcheck_desktop.domain.ports import Blobs

STRIPES = 16
ABANDONED_S = 30 * 86_400.0
"""A blob that has not grown for so long is begun again from its first byte, should anybody ever send it."""


class ChunkedBlobs:
    """Takes blobs in pieces and gives whole ones; every call may block (call it in a thread)."""

    def __init__(self, blobs: Blobs, folder: Path) -> None:
        self._blobs = blobs
        self._folder = folder
        self._locks = tuple(threading.Lock() for _ in range(STRIPES))
        folder.mkdir(parents=True, exist_ok=True)
        self._forget_old()

    def state(self, digest: str) -> BlobState:
        """Say how much is here; `have` of a whole blob is its size."""
        content = self._blobs.get(digest) if self._blobs.has(digest) else None
        if content is not None:
            return BlobState(len(content), done=True)
        return BlobState(self._have(digest), done=False)

    def get(self, digest: str) -> bytes | None:
        """Return a whole blob, or None."""
        return self._blobs.get(digest)

    def append(self, digest: str, offset: int, total: int, piece: bytes) -> BlobState:
        """Add a piece at its offset and return what is here now.

        Raises `DataError` for impossible sizes and for a whole that has another digest (which is
        then forgotten), `StorageError` when the disk refuses.
        """
        if total > MAX_BLOB_BYTES or offset + len(piece) > total:
            raise DataError("link.blob.wrong_size", offset=offset, length=len(piece), total=total)
        with self._locks[int(digest[:2], 16) % STRIPES]:
            if self._blobs.has(digest):
                return BlobState(total, done=True)
            try:
                return self._append(digest, offset, total, piece)
            except OSError as error:
                raise StorageError("link.blob.not_stored", digest=digest[:12], detail=error) from error

    def _append(self, digest: str, offset: int, total: int, piece: bytes) -> BlobState:
        path = self._part(digest)
        have = self._have(digest)
        if have > total:  # left over from an upload that announced another size
            path.unlink()
            have = 0
        if offset != have:
            return BlobState(have, done=False)
        with path.open("ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        have += len(piece)
        if have < total:
            return BlobState(have, done=False)
        content = path.read_bytes()
        if digest_of(content) != digest:
            path.unlink()
            raise DataError("link.blob.wrong_digest", digest=digest[:12], total=total)
        self._blobs.put(content)
        path.unlink()
        return BlobState(total, done=True)

    def _part(self, digest: str) -> Path:
        return self._folder / f"{digest}.part"

    def _have(self, digest: str) -> int:
        try:
            return self._part(digest).stat().st_size
        except FileNotFoundError:
            return 0

    def _forget_old(self) -> None:
        """Remove pieces whose blob was stored just before the process died, and those that nobody goes on with."""
        oldest_s = time.time() - ABANDONED_S
        for path in self._folder.glob("*.part"):
            if self._blobs.has(path.stem) or path.stat().st_mtime < oldest_s:
                path.unlink()
