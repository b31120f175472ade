"""From a wire log back to what was asked and answered, with the very codecs that spoke.

For `decode` and `replay`, and for proving that a stored curve equals the bytes that carried it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from carcheck_desktop.devices.machinery.modbus.codec import Answer, Framing, MasterCodec, Request, SlaveCodec
from carcheck_desktop.devices.machinery.wire.wire_log import RECEIVED, SENT, WireRecord


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of the log with its answer, None when none came before the next request."""

    at: datetime
    monotonic_s: float
    request: Request
    answer: Answer | None


def modbus_exchanges(records: Iterable[WireRecord], framing: Framing) -> Iterator[Exchange]:
    """Yield every Modbus request in the order sent, as the host understood its answer."""
    asking = SlaveCodec(framing)
    hearing = MasterCodec(framing)
    open_one: Exchange | None = None
    for record in records:
        if record.mark == SENT:
            for request in asking.feed(record.data):
                if open_one is not None:
                    yield _closed(open_one, hearing)
                open_one = Exchange(record.at, record.monotonic_s, request, None)
                hearing.expect(request)
        elif record.mark == RECEIVED and open_one is not None:
            answer = hearing.feed(record.data)
            if answer is not None:
                yield Exchange(open_one.at, open_one.monotonic_s, open_one.request, answer)
                open_one = None
    if open_one is not None:
        yield _closed(open_one, hearing)


def _closed(exchange: Exchange, hearing: MasterCodec) -> Exchange:
    return Exchange(exchange.at, exchange.monotonic_s, exchange.request, hearing.settle())
