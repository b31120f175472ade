"""Identifiers that are ours: random, so that two nodes never agree by accident."""

from __future__ import annotations

import uuid


def new_id(prefix: str) -> str:
    """Return a fresh identifier such as `visit-3f2a…` (prefix, dash, 32 hexadecimal digits)."""
    return f"{prefix}-{uuid.uuid4().hex}"
