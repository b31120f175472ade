"""The choice of cases: small, the same each time, and every two values that can meet do meet."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.look.cases import HARDEST, LANGUAGES, ROOM, small_choice
from tests.look.pairs import all_pairs, pairs_of
from tests.look.subjects import all_cases, subjects

ROWS = st.lists(st.tuples(*[st.sampled_from("abc")] * 4), max_size=40)


@given(ROWS)
def test_every_pair_that_can_meet_meets(rows: list[tuple[str, ...]]) -> None:
    chosen = all_pairs(rows)
    assert set(chosen) <= set(rows)
    wanted = {pair for row in rows for pair in pairs_of(row)}
    assert {pair for row in chosen for pair in pairs_of(row)} == wanted
    assert chosen == all_pairs(reversed(rows))


def test_the_choice_is_small() -> None:
    rows = list(product("abcdefghijklmnopqrst", "123", "12345", "xyz"))
    assert len(all_pairs(rows)) <= 1.2 * 20 * 5


def test_each_situation_is_seen_where_it_is_hardest_and_each_window_in_each_language_size_and_theme() -> None:
    chosen = small_choice(all_cases())
    languages, rooms = HARDEST
    windows: dict[str, set[tuple[str, str]]] = {}
    for subject in subjects().values():
        mine = [case for case in chosen if case.subject == subject.name]
        assert {case.language for case in mine} >= set(languages)
        assert {case.theme for case in mine} == set(subject.themes)
        assert {ROOM[case.size] for case in mine} >= {ROOM[size] for size in subject.sizes} & set(rooms)
        wanted = {(language, size) for language in LANGUAGES for size in subject.sizes}
        windows.setdefault(mine[0].window, set()).update(wanted)
    for window, pairs in windows.items():
        assert {(case.language, case.size) for case in chosen if case.window == window} == pairs
