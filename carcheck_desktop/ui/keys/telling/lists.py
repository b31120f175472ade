"""The cars beside the large one: the key board by hooks, or who waits in turn; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.custody import OWNER, Holder, Place
from carcheck_desktop.domain.turns import TURN_RULE
from carcheck_desktop.ui.keys.cars import on_board
from carcheck_desktop.ui.keys.state import Listed, ListState
from carcheck_desktop.ui.keys.telling.car import holder_words, since_words, stage_words
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import RowState
from carcheck_desktop.ui.widgets.forms.states import ChoiceOption, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.turns import Waiting
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.cars import Car


@dataclass(frozen=True, slots=True)
class Board:
    """All cars, who waits in turn, and who looks at them when."""

    cars: dict[str, Car]
    waiting: tuple[Waiting, ...]
    actor: str
    now: datetime | None


def list_state(board: Board, which: Listed, chosen: str, words: Words) -> ListState:
    """Return the list that is chosen."""
    cars, actor, now = board.cars, board.actor, board.now
    held = on_board(cars.values(), actor)
    in_turn = [cars[each.visit_id] for each in board.waiting if each.visit_id in cars]
    options = (
        ChoiceOption(Listed.KEYS.value, words("ui.keys.list.keys", count=len(held)), "layout-grid"),
        ChoiceOption(Listed.TURN.value, words("ui.keys.list.turn", count=len(in_turn)), "hourglass"),
    )
    if which is Listed.KEYS:
        rows = tuple(_on_hook(car, actor, now, words) for car in held)
        empty = PlaceState(PlaceKind.EMPTY, words("ui.keys.list.keys_none"), words("ui.keys.list.keys_none_detail"))
    else:
        rows = tuple(_in_turn(place, car, words) for place, car in enumerate(in_turn, start=1))
        empty = PlaceState(PlaceKind.EMPTY, words("ui.keys.list.turn_none"), words.message(TURN_RULE.in_words()))
    return ListState(ChoiceState(options, which.value), rows, chosen, None if rows else empty)


def _plate(car: Car) -> PlateState:
    return PlateState(car.plate, car.plate_kind.value)


def _on_hook(car: Car, actor: str, now: datetime | None, words: Words) -> RowState:
    """A key of the board: its hook, its car, who has it now and since when."""
    holder = car.custody.key
    is_mine, is_hung = holder == Holder(Place.PERSON, actor), holder.place is Place.KEY_BOARD
    tone = Tone.RUNNING if is_mine else Tone.GOOD if is_hung else Tone.CAUTION
    who = (
        words("ui.keys.list.me") if is_mine else words("ui.keys.list.hung") if is_hung else holder_words(holder, words)
    )
    detail = " · ".join(part for part in (who, since_words(car.custody.key_since, now, words)) if part)
    return RowState(
        car.visit_id, "", detail, words("ui.keys.list.hook", hook=car.custody.tag or "–"), "", tone, plate=_plate(car)
    )


def _in_turn(place: int, car: Car, words: Words) -> RowState:
    where = words("ui.keys.list.key_with_owner") if car.custody.key == OWNER else holder_words(car.custody.key, words)
    detail = " · ".join((stage_words(car, words), where))
    trailing = car.number or str(place)
    return RowState(car.visit_id, "", detail, trailing, "", Tone.NEUTRAL, plate=_plate(car))
