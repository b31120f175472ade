"""The wire's shapes there and back, and nothing but a `DataError` for anything else."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.commands import COMMANDS, Command, Envelope, SignIn
from carcheck_desktop.domain.facts import SignedOut
from carcheck_desktop.domain.journal import Entry, seal
from carcheck_desktop.domain.live import LiveCurve, LiveReading, LiveSamples
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.link.wire import (
    decode_entries,
    decode_facts,
    decode_order,
    decode_samples,
    encode_fact,
    encode_order,
    encode_samples,
    host_of,
    is_loopback,
)

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=20)
MOMENT = st.integers(0, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
# a number that equals not even itself cannot come back as it was sent; whether a door takes it is the desk's affair
st.register_type_strategy(Decimal, st.decimals(allow_nan=False))
st.register_type_strategy(str, TEXT)
COMMAND: st.SearchStrategy[Command] = st.one_of([st.from_type(command) for command in COMMANDS.values()])
ENVELOPE = st.builds(
    Envelope,
    st.text("abc-123", min_size=1, max_size=20),
    st.none() | TEXT,
    TEXT,
    MOMENT,
    MOMENT,
    COMMAND,
    st.none() | TEXT,
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


def entry(number: int, name: str = "wang") -> Entry:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return seal(SignedOut("s", name), node="n", seq=number, at=at, actor="a", blobs=("b",), previous="p")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\r"])
def test_a_text_that_no_keyboard_types_is_refused_with_its_place(sign: str) -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    order = encode_order(Envelope("c-1", None, "pc-1", now, now, SignIn(f"wang{sign}", "2468")))
    with pytest.raises(DataError) as refused:
        decode_order("sign_in", order)
    assert refused.value.problem.code == "link.request.control_character"
    assert refused.value.problem.params["place"] == "$.command.name"


@settings(max_examples=60, deadline=None)
@given(ENVELOPE)
def test_every_command_comes_back_as_it_was_sent(envelope: Envelope) -> None:
    assert decode_order(envelope.command.kind, encode_order(envelope)) == envelope


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2**53), TEXT), max_size=5))
def test_facts_come_back_with_their_places(facts: list[tuple[int, str]]) -> None:
    sent = [(pos, entry(number, name)) for number, (pos, name) in enumerate(facts, 1)]
    message = f"[{','.join(encode_fact(pos, each) for pos, each in sent)}]"
    assert decode_facts(message) == sent
    assert decode_entries(to_json([each for _, each in sent]).encode()) == [each for _, each in sent]


def test_samples_come_back() -> None:
    curve = LiveCurve("B1", "run-1", 1, 10, (1, 2), (3, 4))
    reading = LiveReading("bench", "force", 12.5, "daN", "good", Origin.SIMULATOR)
    samples = [LiveSamples("1", 0.04, curve, (reading,)), LiveSamples("2", 0.04)]
    assert decode_samples(encode_samples(samples)) == samples


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: to_json(value).encode()), st.sampled_from(sorted(COMMANDS)))
def test_anything_else_is_a_data_error(content: bytes, kind: str) -> None:
    with pytest.raises(DataError):
        decode_order(kind, content)
    for decode in (decode_facts, decode_entries, decode_samples):
        with suppress(DataError):
            assert decode(content) == []


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_body_nested_without_end_is_a_data_error(opening: bytes) -> None:
    with pytest.raises(DataError):
        decode_order("stop_lane", opening * 20_000)
    nested = b'{"id":"1","more":' + opening * 20_000
    with pytest.raises(DataError):
        decode_order("stop_lane", nested)
    with pytest.raises(DataError):
        decode_facts(opening * 20_000)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:8750", "127.0.0.1"),
        ("http://localhost/x", "localhost"),
        ("http://[::1]:80", "::1"),
        ("https://127.0.0.1", None),
        ("http://", None),
        ("http://[::1", None),
        ("http://127.0.0.1:99999", None),
        ("127.0.0.1:80", None),
    ],
)
def test_hosts_of_addresses(url: str, host: str | None) -> None:
    assert host_of(url) == host
    assert is_loopback(host or "") == (host is not None)
