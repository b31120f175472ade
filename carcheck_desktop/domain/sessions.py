"""Signed sessions as both doors read them."""

from __future__ import annotations

from datetime import UTC, datetime

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.keys import read_token
from carcheck_desktop.domain.access import Role, Session


def session_of(token: str | None, public_hex: str) -> Session | None:
    """Return the session that a token carries, None without one.

    Raises `DataError` for a forged or garbled token. Whether it is over is not looked at.
    """
    if token is None:
        return None
    claims = read_token(public_hex, token)
    try:
        return Session(
            session_id=str(claims["sid"]),
            actor=str(claims["sub"]),
            role=Role(claims["role"]),
            node=str(claims["node"]),
            expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC),
        )
    except (KeyError, ValueError, TypeError, OverflowError, OSError) as error:
        raise DataError("base.keys.bad_token", detail=error) from error
