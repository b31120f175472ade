"""Where the parts of a screen stand: lying, standing, with cars or without; arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.ui.hall.art.fit import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carcheck_desktop.ui.theme.look import Look

    Wants = Callable[[BoardContent, float, bool], float]
    """How high a content wants to be at a width, or must be where it is tight."""

HEAD_PX, TALL_HEAD_PX, STALE_PX, TALL_STALE_PX = 104, 176, 84, 150
FOOT_PX, TALL_FOOT_PX = 56, 136
EDGE_PX, GAP_PX, TOP_PX = 36, 20, 18
SIDE_PX, TWO_SIDES_PX, MOST_STACKED = 520, 960, 3
LOWER = 0.33
"""The part of a standing screen below its cars."""
FLEXIBLE = (BoardContent.ANNOUNCEMENTS, BoardContent.PRICES, BoardContent.CALLS, BoardContent.BOOKINGS)
"""Contents that take what the others leave."""
LEAST_PX = 150
MOST_ACROSS, EVEN = 3, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """Places of the parts; no `cars` on a screen without them."""

    is_tall: bool
    head: Box
    stale: Box
    calls: Box | None
    foot: Box
    cars: Box | None
    panels: dict[BoardContent, Box] = field(default_factory=dict)


def plan(
    contents: Sequence[BoardContent],
    size: tuple[float, float],
    look: Look,
    wants: Wants,
    *,
    stale: bool,
    calls: float = 0,
) -> Plan:
    """Return where everything stands on a screen of this size in pixels; `calls` is how high the band of calls is."""
    width, height = size
    is_tall = height > width
    head = Box(0, 0, width, look.px(TALL_HEAD_PX if is_tall else HEAD_PX))
    banner = Box(0, head.bottom, width, look.px(TALL_STALE_PX if is_tall else STALE_PX) if stale else 0)
    band = Box(0, banner.bottom, width, calls)
    low = look.px(TALL_FOOT_PX if is_tall else FOOT_PX)
    foot = Box(0, height - low, width, low)
    edge, top = look.px(EDGE_PX), band.bottom + look.px(TOP_PX if not calls else 0)
    body = Box(edge, top, width - 2 * edge, foot.top - top - look.px(4))
    others: list[BoardContent] = [
        content for content in dict.fromkeys(contents) if content is not BoardContent.VEHICLES
    ]
    gap = look.px(GAP_PX)
    if BoardContent.VEHICLES not in contents:
        return Plan(
            is_tall, head, banner, band if calls else None, foot, None, _grid(others, body, gap, is_tall=is_tall)
        )
    if not others:
        return Plan(is_tall, head, banner, band if calls else None, foot, body)
    if is_tall:
        lower = round(body.height * LOWER)
        cars = Box(body.left, body.top, body.width, body.height - lower - gap)
        panels = _columns(others, Box(body.left, cars.bottom + gap, body.width, lower), gap, wants)
    else:
        is_full = len(others) > MOST_STACKED
        side = min(look.px(TWO_SIDES_PX if is_full else SIDE_PX), body.width * 0.55)
        cars = Box(body.left, body.top, body.width - side - gap, body.height)
        room = Box(cars.right + gap, body.top, side, body.height)
        panels = _columns(others, room, gap, wants) if is_full else _stack(others, room, gap, wants)
    return Plan(is_tall, head, banner, band if calls else None, foot, cars, panels)


def _grid(others: list[BoardContent], body: Box, gap: float, *, is_tall: bool) -> dict[BoardContent, Box]:
    """Share a screen without cars evenly."""
    across = 1 if is_tall else min(2 if len(others) == EVEN else MOST_ACROSS, max(1, len(others)))
    down = -(-len(others) // across) or 1
    width = (body.width - gap * (across - 1)) / across
    height = (body.height - gap * (down - 1)) / down
    return {
        content: Box(body.left + number % across * (width + gap), body.top + number // across * (height + gap), width, height)
        for number, content in enumerate(others)
    }  # fmt: skip


def _columns(others: list[BoardContent], box: Box, gap: float, wants: Wants) -> dict[BoardContent, Box]:
    """Place contents in two columns when there is more than one."""
    if len(others) == 1:
        return {others[0]: box}
    half = (box.width - gap) / 2
    left, right = Box(box.left, box.top, half, box.height), Box(box.left + half + gap, box.top, half, box.height)
    columns: tuple[list[BoardContent], list[BoardContent]] = ([], [])
    filled = [0.0, 0.0]
    for content in others:
        shorter = 0 if filled[0] <= filled[1] else 1
        columns[shorter].append(content)
        filled[shorter] += wants(content, half, False)
    return {**_stack(columns[0], left, gap, wants), **_stack(columns[1], right, gap, wants)}


def _stack(others: list[BoardContent], box: Box, gap: float, wants: Wants) -> dict[BoardContent, Box]:
    """Place contents below each other: what they want, and to those that can use it what is left."""
    if not others:
        return {}
    free = box.height - gap * (len(others) - 1)
    heights = {content: wants(content, box.width, False) for content in others}
    if sum(heights.values()) > free:
        heights = {content: wants(content, box.width, True) for content in others}
    spare = free - sum(heights.values())
    flexible = [content for content in others if content in FLEXIBLE] or others[:1]
    if spare >= 0:
        for content in flexible:
            heights[content] += spare / len(flexible)
    else:
        shrunk = free / sum(heights.values())
        heights = {content: high * shrunk for content, high in heights.items()}
    places, top = {}, box.top
    for content, high in heights.items():
        places[content] = Box(box.left, top, box.width, high)
        top += high + gap
    return places
