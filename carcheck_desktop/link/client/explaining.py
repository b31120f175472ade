"""Asking why a stored verdict came out as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from carcheck_desktop.domain.explained import VerdictView

if TYPE_CHECKING:
    from carcheck_desktop.link.client.asking import LinkClient


async def verdict(client: LinkClient, visit_id: str, item: str, attempt: int | None = None) -> VerdictView:
    """Return an item explained, of an attempt or of the last one with a result, beside every other edition."""
    path = f"/visits/{quote(visit_id, safe='')}/items/{quote(item, safe='')}/verdict"
    return await client.get(path if attempt is None else f"{path}?attempt={attempt}", VerdictView, timeout_s=15.0)
