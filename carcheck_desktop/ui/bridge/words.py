"""Words and figures as people read them: catalogue texts, names of items, durations, decimals."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, params_of, word
from carcheck_desktop.ui.bridge.station_time import local

if TYPE_CHECKING:
    from datetime import date, datetime
    from enum import StrEnum

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.verdicts import ItemKind

NOTHING = "–"
SHOWN_DECIMALS = 6
NAMED = ("device", "node", "actor")
"""Parameters that hold the name of a part of the station, as its file or its processes call it."""


class Words:
    """The catalogue with the few turns of phrase that several windows share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names: dict[str, str] = {}

    def know(self, names: dict[str, str]) -> None:
        """Take over what people call the station's parts: a node's or an instrument's name -> words."""
        self._names = names

    @property
    def language(self) -> str:
        """The language's code."""
        return self.catalogue.language

    def __call__(self, code: str, /, **params: object) -> str:
        """Return the words of a code."""
        return self.catalogue.text(Message(code, params_of(params)))

    def message(self, message: Message | None) -> str:
        """Return the words of a message, nothing for none."""
        return self.catalogue.text(self._named(message)) if message is not None else ""

    def lines(self, problem: Problem) -> tuple[str, str, str]:
        """Return a problem's cause, evidence and next step."""
        return self.message(problem.cause), self.message(problem.evidence), self.message(problem.next_step)

    def _named(self, message: Message) -> Message:
        """Return the message with nodes, instruments, roles and commands called as people call them."""
        called = {key: self._called(key, value) for key, value in message.params.items() if isinstance(value, str)}
        known = {key: words for key, words in called.items() if words is not None}
        return Message(message.code, {**message.params, **known}) if known else message

    def _called(self, key: str, value: str) -> str | None:
        if key in NAMED:
            return self._names.get(value)
        code = {"kind": f"Command.{value}", "role": f"Role.{value}"}.get(key, "")
        return self(code) if code and self.catalogue.knows(code) else None

    def cause(self, problem: Problem) -> str:
        """Return a problem's cause and next step in one line."""
        cause, _, next_step = self.lines(problem)
        return f"{cause} {next_step}"

    def name(self, member: StrEnum) -> str:
        """Return the words of a member of an enumeration."""
        return self.catalogue.text(word(member))

    def item(self, kind: ItemKind, axle: int) -> str:
        """Name an item: what is done and on which axle."""
        name = self.name(kind)
        return self("ui.item.of_axle", item=name, axle=axle) if axle else name

    def lane(self, lane: str) -> str:
        """Name a lane."""
        return self("ui.lane.name", lane=lane)

    def device_kind(self, kind: str) -> str:
        """Name a kind of instrument; one that is not known yet is shown as it is called."""
        code = f"ui.device_kind.{kind}"
        return self(code) if self.catalogue.knows(code) else kind

    def minutes(self, duration: timedelta) -> str:
        """Return a duration as minutes, or hours and minutes."""
        minutes = max(0, int(duration.total_seconds()) // 60)
        if minutes < 1:
            return self("ui.time.under_a_minute")
        if minutes < 60:
            return self("ui.time.minutes", minutes=minutes)
        return self("ui.time.hours", hours=minutes // 60, minutes=minutes % 60)


def clock_text(moment: datetime | None) -> str:
    """Return hours, minutes and seconds at the station."""
    return NOTHING if moment is None else local(moment).strftime("%H:%M:%S")


def short_time(moment: datetime | None) -> str:
    """Return hours and minutes at the station."""
    return NOTHING if moment is None else local(moment).strftime("%H:%M")


def date_text(day: date | None) -> str:
    """Return a date in ISO form, read alike in every language."""
    return NOTHING if day is None else day.isoformat()


def figure(value: Decimal | None) -> str:
    """Return a decimal as it stands, cut to six places with a sign that more follow."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, _, places = text.partition(".")
    places = places.rstrip("0") if len(places) > SHOWN_DECIMALS else places
    if len(places) > SHOWN_DECIMALS:
        return f"{whole}.{places[:SHOWN_DECIMALS]}…"
    return f"{whole}.{places}" if places else whole


def signed(value: Decimal | None) -> str:
    """Return a decimal with its sign, a real minus included."""
    if value is None:
        return NOTHING
    text = figure(abs(value))
    return f"−{text}" if value < 0 else f"+{text}"
