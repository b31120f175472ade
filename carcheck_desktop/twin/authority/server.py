"""A simulated centre as it stands at its address: served, switched, and taken off the network when it is down."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.twin.authority.frame import CentreFaults, set_switches, switches_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import FastAPI


class SimulatedCentre:
    """One centre on a port of this PC; `start` and `stop` once, `switch` at any time from any thread."""

    def __init__(
        self,
        channel: str,
        app: FastAPI,
        faults: CentreFaults,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        deeds: Mapping[str, Callable[[str], object]] | None = None,
    ) -> None:
        self.channel = channel
        self.deeds = dict(deeds or {})
        """What a person can do here with a plate, by name, such as buying a policy; raises `KeyError` for one not known here."""
        self._faults = faults
        self._server = LinkServer(app, host, port, name=f"simulated {channel}")
        self._lock = threading.Lock()
        self._is_listening = False

    @property
    def url(self) -> str:
        """The address to ask at."""
        return self._server.url

    @property
    def switches(self) -> dict[str, bool | float]:
        """Every switch with its present value."""
        return switches_of(self._faults)

    def start(self) -> None:
        """Begin to listen, unless it is down; raises `LinkError` when the port is taken."""
        with self._lock:
            self._follow()

    def stop(self) -> None:
        """Listen no more."""
        with self._lock:
            self._listen(should=False)

    def switch(self, wanted: dict[str, bool | float]) -> None:
        """Set switches by name; raise `ValueError` naming an unknown one."""
        with self._lock:
            set_switches(self._faults, wanted)
            self._follow()

    def _follow(self) -> None:
        self._listen(should=not self._faults.down)

    def _listen(self, *, should: bool) -> None:
        if should and not self._is_listening:
            self._server.start()
        elif self._is_listening and not should:
            self._server.stop()
        self._is_listening = should
