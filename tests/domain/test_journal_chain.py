"""The chain: any change of any entry shows, without any secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.facts import ProcessStarted
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, chained, hash_of, head_content, seal

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def sealed(node: str = "lane-1", seq: int = 1, previous: str = ZERO_HASH) -> Entry:
    return seal(ProcessStarted(node, "1"), node=node, seq=seq, at=AT, actor="li", blobs=("ab" * 32,), previous=previous)


def test_an_untouched_entry_has_the_hash_it_names() -> None:
    assert hash_of(sealed()) == sealed().hash


@given(
    st.sampled_from(["node", "actor", "kind", "subject", "payload", "previous_hash"]),
    st.text(min_size=1, max_size=5),
)
def test_one_changed_text_changes_the_hash(name: str, more: str) -> None:
    entry = sealed()
    changed = replace(entry, **{name: getattr(entry, name) + more})
    assert hash_of(changed) != entry.hash


@given(st.integers(1, 10**6), st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=900)))
def test_number_and_time_are_covered(more: int, later: timedelta) -> None:
    entry = sealed()
    assert hash_of(replace(entry, seq=entry.seq + more)) != entry.hash
    assert hash_of(replace(entry, at=entry.at + later)) != entry.hash
    assert hash_of(replace(entry, blobs=())) != entry.hash


def test_the_station_chain_depends_on_order() -> None:
    first, second = sealed("lane-1").hash, sealed("lane-2").hash
    assert chained(chained(ZERO_HASH, first), second) != chained(chained(ZERO_HASH, second), first)


def test_a_head_says_whose_and_how_far() -> None:
    assert head_content("lane-1", 7, "ab") == b"lane-1:7:ab"
