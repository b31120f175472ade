"""The sound of a call: a short chime made here, played by what the operating system has; no further library.

Qt's own sound module is not part of PySide6-Essentials. Windows plays through `winsound`, others through the first
player of the system that is there. Without any, that is said once in the log, and the call is shown all the same.
"""

from __future__ import annotations

import io
import logging
import math
import shutil
import struct
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTemporaryDir

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger(__name__)
RATE_HZ = 22_050
CHIME: tuple[tuple[float, float], ...] = ((659.3, 0.45), (523.3, 0.75))
"""Tones (Hz) with their lengths (s): a falling third, as doors ring."""
LOUDNESS, DECAY_S = 0.6, 0.28
PLAYERS: dict[str, tuple[str, ...]] = {
    "darwin": ("afplay",),
    "linux": ("paplay", "pw-play", "aplay"),
}
ARGUMENTS: dict[str, tuple[str, ...]] = {"aplay": ("-q",)}


def chime_wav() -> bytes:
    """Return the chime as a WAV file: 16 bit, one channel."""
    frames = bytearray()
    for hertz, length_s in CHIME:
        for number in range(round(RATE_HZ * length_s)):
            at_s = number / RATE_HZ
            rise = min(1.0, at_s / 0.005)  # without a rise the tone begins with a click
            level = LOUDNESS * rise * math.exp(-at_s / DECAY_S)
            tone = math.sin(2 * math.pi * hertz * at_s) + 0.3 * math.sin(4 * math.pi * hertz * at_s)
            frames += struct.pack("<h", round(32_767 * level * tone / 1.3))
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(bytes(frames))
    return made.getvalue()


class Chime(QObject):
    """Plays the chime; what goes wrong is logged once, never raised."""

    def __init__(
        self,
        parent: QObject | None = None,
        platform: str = sys.platform,
        find: Callable[[str], str | None] = shutil.which,
    ) -> None:
        super().__init__(parent)
        self._is_silent = False
        self._folder = QTemporaryDir()
        self._path = self._folder.filePath("call.wav")
        self._program = "" if platform == "win32" else _player(platform, find)
        self._platform = platform
        self._running: QProcess | None = None
        if not self._folder.isValid():
            self._give_up("no temporary folder for the sound")
            return
        Path(self._path).write_bytes(chime_wav())
        if platform != "win32" and not self._program:
            self._give_up(f"none of {', '.join(PLAYERS.get(platform, PLAYERS['linux']))} is installed")

    @property
    def is_silent(self) -> bool:
        """Say whether nothing can be heard on this PC."""
        return self._is_silent

    def play(self) -> None:
        """Let the chime be heard; while it still sounds nothing is added."""
        if self._is_silent:
            return
        if self._platform == "win32":
            self._play_on_windows()
        elif self._running is None:
            process = QProcess(self)
            process.setStandardOutputFile(QProcess.nullDevice())
            process.finished.connect(self._finished)
            process.errorOccurred.connect(self._failed)
            self._running = process
            name = self._program.rpartition("/")[2]
            process.start(self._program, [*ARGUMENTS.get(name, ()), self._path])

    def _finished(self, code: int, _status: object) -> None:
        process, self._running = self._running, None
        if process is None:
            return
        if code:
            detail = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
            self._give_up(f"{self._program} ended with {code}: {detail[:200]}")
        process.deleteLater()

    def _failed(self, _error: object) -> None:
        process, self._running = self._running, None
        if process is not None:
            self._give_up(f"{self._program}: {process.errorString()}")
            process.deleteLater()

    def _play_on_windows(self) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - there is none elsewhere

            try:
                winsound.PlaySound(self._path, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            except RuntimeError as error:
                self._give_up(str(error))

    def _give_up(self, why: str) -> None:
        if not self._is_silent:
            self._is_silent = True
            LOG.warning("calls make no sound on this PC, they are only shown: %s", why)


def _player(platform: str, find: Callable[[str], str | None]) -> str:
    names = PLAYERS.get(platform, PLAYERS["linux"])
    return next((found for name in names if (found := find(name))), "")
