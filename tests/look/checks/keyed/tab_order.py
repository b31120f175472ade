"""The way that Tab takes: each control once, the same way back, in reading order within a group."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.look.controls import name_of, place_in
from tests.look.findings import Finding
from tests.look.keys import BACK, walk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Walk forth and back by key events and compare both with each other and with the places."""
    forth, back = walk(seen).round, walk(seen, BACK).round
    found = []
    twice = {name_of(control) for control in forth if forth.count(control) > 1}
    if twice:
        found.append(Finding("tab_order", ", ".join(sorted(twice)), "visited more than once a round"))
    if forth and back and not _is_reverse(forth, back):
        evidence = f"forth {_names(forth)}; back {_names(back)}"
        found.append(Finding("tab_order", name_of(seen.target), "Shift+Tab is not the way back", evidence))
    return found + _against_reading(seen, forth)


def _is_reverse(forth: list[QWidget], back: list[QWidget]) -> bool:
    turned = back[::-1]
    if set(turned) != set(forth) or len(turned) != len(forth):
        return False
    start = turned.index(forth[0])
    return turned[start:] + turned[:start] == forth


def _against_reading(seen: Seen, forth: list[QWidget]) -> list[Finding]:
    """Return neighbours on the way that stand in one group, the later one above or left of the earlier."""
    found = []
    for one, other in pairwise(_from_the_top(seen, forth)):
        if one.parentWidget() is not other.parentWidget():
            continue
        first, second = place_in(seen.target, one), place_in(seen.target, other)
        is_one_row = min(first.bottom(), second.bottom()) - max(first.top(), second.top()) > first.height() / 2
        goes_up = second.bottom() <= first.top() and second.left() < first.right()
        if goes_up or (is_one_row and second.right() <= first.left()):
            evidence = f"{first.getRect()} then {second.getRect()}"
            found.append(Finding("tab_order", name_of(one), f"goes on to {name_of(other)}, against reading", evidence))
    return found


def _from_the_top(seen: Seen, forth: list[QWidget]) -> list[QWidget]:
    """Return the round from where a window's own order begins."""
    if not forth:
        return []
    order: list[QWidget] = []
    each = seen.target.nextInFocusChain()
    while each is not None and each is not seen.target and each not in order:
        order.append(each)
        each = each.nextInFocusChain()
    start = min(range(len(forth)), key=lambda number: order.index(forth[number]) if forth[number] in order else 1 << 20)
    return forth[start:] + forth[:start]


def _names(controls: list[QWidget]) -> str:
    return " > ".join(name_of(control) for control in controls)
