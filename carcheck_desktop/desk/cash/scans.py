"""Payment codes on their way from the counter to whoever asks the provider; in memory only, each taken once.

A code is money for about a minute. It is in no fact, no row and no log: after a restart an unfinished payment is asked
about by its number and closed, and the customer shows a new code.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

GOOD_FOR_S = 60.0
MOST = 200


class Scans:
    """Codes by payment id, from any thread; `provider` is who can be asked, "" when the station has nobody."""

    def __init__(self, provider: str = "") -> None:
        self.provider = provider
        self._lock = threading.Lock()
        self._codes: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def put(self, payment_id: str, code: str) -> None:
        """Keep a code until it is taken or too old."""
        with self._lock:
            self._codes[payment_id] = (time.monotonic(), code)
            while len(self._codes) > MOST:
                self._codes.popitem(last=False)

    def take(self, payment_id: str) -> str | None:
        """Return a code and forget it; None when there is none that is still good."""
        with self._lock:
            found = self._codes.pop(payment_id, None)
        return found[1] if found is not None and time.monotonic() - found[0] < GOOD_FOR_S else None


NOBODY = Scans()
"""Of a station without a provider."""
