"""Sessions as both doors read them: whatever a token says, it is a session or a `DataError`."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.sessions import session_of

KEY = SigningKey.generate()
CLAIMS = {"sid": "session-1", "sub": "wang", "role": "clerk", "node": "pc-1", "exp": 2**31}


def test_a_session_is_read_as_it_was_signed() -> None:
    session = session_of(KEY.token(CLAIMS), KEY.public_hex)
    assert session is not None
    assert (session.actor, session.role.value, session.node) == ("wang", "clerk", "pc-1")


@pytest.mark.parametrize("exp", [10**30, float("inf"), float("nan"), "soon", None, [1]])
def test_an_end_that_is_no_moment_is_no_session(exp: object) -> None:
    with pytest.raises(DataError):
        session_of(KEY.token({**CLAIMS, "exp": exp}), KEY.public_hex)
