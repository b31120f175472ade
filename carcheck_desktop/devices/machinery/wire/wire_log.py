"""The wire log: every byte of a port with its time, one file a run, and the reader that takes it back.

Text, UTF-8, one record a line, four fields between tabs:

    2026-01-05T08:00:00.123456Z <tab> 12345.678901 <tab> > <tab> 01 04 00 00 00 03 B0 0B

UTC, monotonic seconds of the PC, mark, content. Marks: `>` to the device and `<` from it (hex
bytes); `?` bytes that were no answer (word, blank, hex); `!` what happened to the port (text). The
first line is `# carcheck wire log 1` and the port's settings as `key=value` between tabs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol

from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.devices.machinery.wire.ports import PortSettings

logger = logging.getLogger(__name__)

HEAD = "# carcheck wire log 1"
SENT, RECEIVED, FOREIGN, EVENT = ">", "<", "?", "!"
FLUSH_S = 1.0
MOST_HELD = 500
MOST_HELD_FAILING = 100_000
ROTATE_BYTES = 50_000_000


class WireLog(Protocol):
    """Where a transport writes what it moved."""

    def bytes_moved(self, mark: str, data: bytes) -> None:
        """Note bytes sent, received or foreign (the latter through `foreign`)."""
        ...

    def foreign(self, data: bytes, why: str) -> None:
        """Note bytes that were no answer."""
        ...

    def event(self, text: str) -> None:
        """Note what happened to the port; reaches the file at once."""
        ...

    def flush_if_due(self) -> None:
        """Write to the file what has been held for a second."""
        ...

    def close(self) -> None:
        """Write the rest and let go of the file."""
        ...


class NoWireLog:
    """For a port whose bytes nobody keeps (a probe, a test)."""

    def bytes_moved(self, mark: str, data: bytes) -> None:
        """Forget."""

    def foreign(self, data: bytes, why: str) -> None:
        """Forget."""

    def event(self, text: str) -> None:
        """Forget."""

    def flush_if_due(self) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """Nothing is open."""


class FileWireLog:
    """One port's file. Used by the thread that owns the port only.

    A disk that takes nothing does not stop the line: records are held (at most `MOST_HELD_FAILING`,
    the oldest go first and are counted), `failure` says why, and the next flush tries again.
    """

    def __init__(self, folder: Path, settings: PortSettings, rotate_bytes: int = ROTATE_BYTES) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        self._base = folder / f"{settings.slug}-{stamp}-{os.getpid()}"
        self._settings = settings
        self._rotate_bytes = rotate_bytes
        self._part = 0
        self._held: list[tuple[float, float, str, bytes | str]] = []
        self._flushed_s = time.monotonic()
        self.failure: OSError | None = None
        self.dropped = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = self._open()
        except OSError as error:
            raise StorageError("devices.wire_log_unwritable", path=folder, detail=error.strerror) from error

    @property
    def path(self) -> Path:
        """The file written now."""
        return self._base.with_name(f"{self._base.name}.{self._part:03d}.wire")

    def bytes_moved(self, mark: str, data: bytes) -> None:
        """Hold a record; formatted when it is flushed."""
        now_s = time.monotonic()
        self._held.append((time.time(), now_s, mark, data))
        if len(self._held) >= MOST_HELD or now_s - self._flushed_s >= FLUSH_S:
            self.flush()

    def foreign(self, data: bytes, why: str) -> None:
        """Note bytes that were no answer."""
        self._held.append((time.time(), time.monotonic(), FOREIGN, f"{why} {data.hex(' ')}"))
        self.flush()

    def event(self, text: str) -> None:
        """Note what happened to the port."""
        self._held.append((time.time(), time.monotonic(), EVENT, " ".join(text.split())))
        self.flush()

    def flush_if_due(self) -> None:
        """Write to the file what has been held for a second."""
        if self._held and time.monotonic() - self._flushed_s >= FLUSH_S:
            self.flush()

    def flush(self) -> None:
        """Write everything held to the file."""
        self._flushed_s = time.monotonic()
        try:
            self._file.write("".join(map(_line, self._held)))
            self._file.flush()
            self._held.clear()
            self.failure = None
            if self._file.tell() >= self._rotate_bytes:
                self._rotate()
        except OSError as error:
            self._keep_after(error)

    def _rotate(self) -> None:
        full, self._part = self._file, self._part + 1
        try:
            self._file = self._open()
        except OSError:
            self._part -= 1
            raise
        full.close()

    def _keep_after(self, error: OSError) -> None:
        if self.failure is None:
            logger.error("%s cannot be written: %s", self.path, error)
        self.failure = error
        surplus = max(0, len(self._held) - MOST_HELD_FAILING)
        self.dropped += surplus
        del self._held[:surplus]

    def close(self) -> None:
        """Write the rest and let go of the file."""
        if not self._file.closed:
            self.flush()
            with contextlib.suppress(OSError):
                self._file.close()

    def _open(self) -> IO[str]:
        file = self.path.open("w", encoding="utf-8", newline="\n")
        settings = self._settings
        file.write(f"{HEAD}\tport={settings.name}\tbaud={settings.baud}\tparity={settings.parity}\tpart={self._part}\n")
        file.flush()
        return file


def _line(record: tuple[float, float, str, bytes | str]) -> str:
    at, now_s, mark, content = record
    text = content.hex(" ") if isinstance(content, bytes) else content
    whole = int(at)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))
    return f"{stamp}.{int((at - whole) * 1e6):06d}Z\t{now_s:.6f}\t{mark}\t{text}\n"


@dataclass(frozen=True, slots=True)
class WireRecord:
    """One record read back: `data` for bytes, `text` for events and for why bytes were foreign."""

    at: datetime
    monotonic_s: float
    mark: str
    data: bytes
    text: str


def read_wire_log(path: Path) -> Iterator[WireRecord]:
    """Yield the records of one file; raise `DataError` naming the line that is damaged.

    A last line without its end (the process was killed) is left out.
    """
    with path.open(encoding="utf-8") as file:
        if not file.readline().startswith(HEAD):
            raise DataError("devices.wire_log_damaged", path=path, line=1)
        for number, line in enumerate(file, start=2):
            if not line.endswith("\n"):
                return
            yield _record(path, number, line.rstrip("\n"))


def wire_log_settings(path: Path) -> PortSettings:
    """Return the port settings in a file's first line."""
    with path.open(encoding="utf-8") as file:
        fields = dict(part.partition("=")[::2] for part in file.readline().rstrip("\n").split("\t")[1:])
    try:
        return PortSettings(fields["port"], int(fields["baud"]), fields["parity"])
    except (KeyError, ValueError) as error:
        raise DataError("devices.wire_log_damaged", path=path, line=1) from error


def _record(path: Path, number: int, line: str) -> WireRecord:
    try:
        at, now_s, mark, content = line.split("\t")
        why, _, digits = content.partition(" ") if mark == FOREIGN else ("", "", content)
        data = b"" if mark == EVENT else bytes.fromhex(digits)
        return WireRecord(datetime.fromisoformat(at), float(now_s), mark, data, content if mark == EVENT else why)
    except ValueError as error:
        raise DataError("devices.wire_log_damaged", path=path, line=number) from error
