"""Digital inputs and outputs: light barriers in, contactors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from carcheck_desktop.domain.measurements import InstrumentUsed, Origin


class DigitalIoDriver(Protocol):
    """Light barriers in, contactors out: blocking, called by the line's thread."""

    def inputs(self) -> Sequence[bool]:
        """Return every input, True = active (after the configured active level)."""
        ...

    def set_output(self, channel: int, *, on: bool) -> None:
        """Switch one output; the device lets it fall 3 s after the last write."""
        ...


class DigitalIo(Protocol):
    """What a step awaits of digital inputs and outputs."""

    name: str
    instrument: InstrumentUsed
    origin: Origin

    async def inputs(self) -> Sequence[bool]:
        """Return every input, True = active, debounced."""
        ...

    async def set_output(self, channel: int, *, on: bool) -> None:
        """Switch one output."""
        ...
