"""The large car: what to do with it, who holds what since when, every handover so far; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.domain.custody import OWNER, Place, Thing, holder_of, since_of
from carcheck_desktop.domain.turns import NextDoing
from carcheck_desktop.domain.views import Stage
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.keys.state import CarState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.custody import Handover, Holder
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.cars import Car

DOING: dict[NextDoing, tuple[Tone, str]] = {
    NextDoing.TAKE_KEY: (Tone.NEUTRAL, "user-round"),
    NextDoing.HANG_UP: (Tone.CAUTION, "check"),
    NextDoing.TAKE_FROM_BOARD: (Tone.NEUTRAL, "arrow-right"),
    NextDoing.DRIVE: (Tone.RUNNING, "car-front"),
    NextDoing.IN_LANE: (Tone.RUNNING, "circle-dot"),
    NextDoing.BRING_BACK: (Tone.CAUTION, "rotate-ccw"),
}


def holder_words(holder: Holder, words: Words) -> str:
    """Name a holder: a person by name, the key board with its hook."""
    if holder.place is Place.PERSON:
        return holder.name
    return words.message(Message(word(holder.place).code, {"hook": holder.name}))


def car_state(car: Car, doing: NextDoing | None, now: datetime | None, words: Words, *, is_mine: bool) -> CarState:
    """Return the large car; `doing` is None for a chosen one that is nobody's next."""
    tone, icon = DOING[doing] if doing is not None else (Tone.NEUTRAL, "info")
    hook = str(car.custody.tag) if car.custody.tag is not None else "–"
    said = words(f"ui.keys.doing.{doing.value}", hook=hook) if doing is not None else stage_words(car, words)
    return CarState(
        heading=words("ui.keys.car.mine" if is_mine else "ui.keys.car.chosen"),
        plate=PlateState(car.plate, car.plate_kind.value),
        number=car.number,
        tag=words("ui.keys.car.tag", hook=hook) if car.custody.key != OWNER else "",
        doing=said,
        tone=tone,
        icon=icon,
        pairs=tuple(_held(car, thing, now, words) for thing in Thing),
        chain_title=words("ui.keys.chain.title", count=len(car.custody.chain)),
        chain=tuple(_link(number, link, words) for number, link in reversed(list(enumerate(car.custody.chain)))),
    )


def stage_words(car: Car, words: Words) -> str:
    """Say where a car is on its way."""
    if car.stage is None:
        return words("ui.keys.stage.noted", at=short_time(car.came_at))
    known = car.stage in (Stage.WAITING, Stage.IN_LANE, Stage.INTERRUPTED, Stage.MEASURED, Stage.PASSED, Stage.FAILED)
    return words(f"ui.keys.stage.{car.stage.value}") if known else words("ui.keys.stage.other")


def _held(car: Car, thing: Thing, now: datetime | None, words: Words) -> PairState:
    holder, since = holder_of(car.custody, thing), since_of(car.custody, thing)
    said = " · ".join(part for part in (holder_words(holder, words), since_words(since, now, words)) if part)
    return PairState(words.name(thing), said)


def since_words(since: datetime | None, now: datetime | None, words: Words) -> str:
    """Say since when and for how long; nothing for what never left the owner."""
    if since is None:
        return ""
    if now is None:
        return words("ui.keys.since", at=short_time(since))
    return words("ui.keys.since_for", at=short_time(since), duration=words.minutes(now - since))


def _link(number: int, link: Handover, words: Words) -> RowState:
    things = words("ui.keys.things.both") if len(link.things) > 1 else words.name(link.things[0])
    way = words("ui.keys.chain.way", giver=holder_words(link.from_, words), taker=holder_words(link.to, words))
    by = words("ui.keys.chain.corrected", by=link.actor, reason=link.reason) if link.reason else ""
    tone = Tone.CAUTION if link.reason else Tone.NEUTRAL
    detail = " · ".join(part for part in (things, by) if part)
    return RowState(f"link-{number}", way, detail, short_time(link.at), "pencil" if link.reason else "", tone)
