"""The transport a driver sees: one open port with deadlines, counts and the wire log."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from carcheck_desktop.devices.api.errors import PortAbsentError, hex_of
from carcheck_desktop.devices.machinery.wire.channels import Channel
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.wire_log import RECEIVED, SENT, NoWireLog, WireLog

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What a port has moved since its line began; whole numbers that only grow."""

    sent: int = 0
    received: int = 0
    foreign_bytes: int = 0
    foreign_frames: int = 0
    retries: int = 0


class LineTransport:
    """Bytes of one port. The channel behind it changes with every reconnect, the transport stays."""

    def __init__(self, settings: PortSettings, log: WireLog | None = None) -> None:
        self.settings = settings
        self.log: WireLog = log or NoWireLog()
        self.counts = Counts()
        self.current_device = "-"
        self._channel: Channel | None = None
        self._last = b""

    @property
    def is_open(self) -> bool:
        """Whether a channel is attached."""
        return self._channel is not None

    @property
    def wire_bytes(self) -> int:
        """Bytes sent and received so far."""
        return self.counts.sent + self.counts.received

    def attach(self, channel: Channel) -> None:
        """Use a freshly opened channel."""
        self._channel = channel
        self.log.event(f"open {self.settings.name}")

    def detach(self, why: str) -> None:
        """Close the channel, if any."""
        channel, self._channel = self._channel, None
        if channel is not None:
            self.log.event(f"close {why}")
            channel.close()

    def deadline(self, timeout_s: float) -> float:
        """Return the moment `timeout_s` real seconds from now."""
        return time.monotonic() + timeout_s

    def write(self, data: bytes) -> None:
        """Send all bytes."""
        channel = self._opened()
        try:
            channel.write(data)
        except OSError as error:
            raise self._lost(error) from error
        self.counts.sent += len(data)
        self.log.bytes_moved(SENT, data)

    def read_some(self, deadline: float) -> bytes:
        """Return what has come; empty when the deadline passes first."""
        channel = self._opened()
        try:
            data = channel.read(deadline - time.monotonic())
        except OSError as error:
            raise self._lost(error) from error
        if data:
            self.counts.received += len(data)
            self.log.bytes_moved(RECEIVED, data)
        return data

    def purge(self) -> bytes:
        """Take away what has come and nobody asked for."""
        taken = b""
        while data := self.read_some(0.0):
            taken += data
        return taken

    def drain(self, silence_s: float, limit_s: float) -> bytes:
        """Read until nothing comes for `silence_s`, at most `limit_s`."""
        end = time.monotonic() + limit_s
        taken = b""
        while data := self.read_some(min(end, time.monotonic() + silence_s)):
            taken += data
        return taken

    def report_foreign(self, data: bytes, why: str) -> None:
        """Count and log bytes or frames that are no answer to anything asked."""
        self.counts.foreign_bytes += len(data)
        self.counts.foreign_frames += 1
        self.log.foreign(data, why)
        if data != self._last:
            self._last = data
            logger.warning("%s: %d foreign bytes (%s): %s", self.settings.name, len(data), why, hex_of(data))

    def _opened(self) -> Channel:
        if self._channel is None:
            raise PortAbsentError(self.current_device, self.settings.name, "not open")
        return self._channel

    def _lost(self, error: OSError) -> PortAbsentError:
        self.log.event(f"lost {error}")
        return PortAbsentError(self.current_device, self.settings.name, error.strerror or error)
