"""A car that comes is noted: its plate, its kind, how it came, and what of it is taken at once; no Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.frame.asking import Asking
from carcheck_desktop.ui.keys.state import ArrivalState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.plates import PlateShape, read_plate
from carcheck_desktop.ui.widgets.forms.states import ChoiceOption, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.custody import Thing
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.cars import Car

SEARCH, PLATE = "key_search", "arrival_plate"
"""Fields: where a scanner types, and where a plate is typed."""
NOTE = "note_arrival"
KINDS = (PlateKind.SMALL_CAR, PlateKind.NEW_ENERGY_SMALL, PlateKind.LARGE_CAR, PlateKind.NEW_ENERGY_LARGE)
SHAPES = {
    PlateShape.NEW_ENERGY_SMALL: PlateKind.NEW_ENERGY_SMALL,
    PlateShape.NEW_ENERGY_LARGE: PlateKind.NEW_ENERGY_LARGE,
}
CHANNELS = (Channel.WALK_IN, Channel.APP, Channel.PHONE, Channel.DOOR_TO_DOOR)


class Noting(Asking):
    """The screen of a car that comes, beside whatever else a window does."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.is_noting = False
        self.plate = ""
        self.kind: PlateKind | None = None
        self.channel = Channel.WALK_IN

    def choose(self, visit_id: str) -> None:
        """Look at a car."""
        raise NotImplementedError

    def begin_note(self) -> None:
        """Note a car that comes."""
        self.is_noting, self.plate, self.kind, self.channel = True, "", None, Channel.WALK_IN
        self.problem = None
        self.lead(PLATE)

    def type_plate(self, plate: str) -> None:
        """The plate of a car that comes is typed."""
        self.plate, self.problem = plate, None

    def choose_kind(self, kind: str) -> None:
        """The kind of plate is another one than its characters say."""
        self.kind = PlateKind(kind)

    def choose_channel(self, channel: str) -> None:
        """Say how the car came."""
        self.channel = Channel(channel)

    def kind_now(self) -> PlateKind:
        """Return the chosen kind, else what the characters say."""
        shape = read_plate(self.plate).shape
        return self.kind or (SHAPES.get(shape, PlateKind.SMALL_CAR) if shape is not None else PlateKind.SMALL_CAR)

    def note(self, takes: tuple[Thing, ...]) -> None:
        """Note the car, with the key in hand at once where that was taken."""
        plate = read_plate(self.plate).text
        command = c.NoteArrival(plate, self.kind_now(), self.channel, takes=takes)

        def done(reply: c.Reply) -> None:
            number, by = str(reply.result.get("number", "")), str(reply.result.get("joined_by", ""))
            code = "ui.keys.noted_before" if by else "ui.keys.noted"
            text = self.words(code, plate=plate, number=number, by=by)
            self.sayings.say(ToastState(NOTE, Tone.GOOD, "circle-check", text))
            self.is_noting = False
            self.choose(str(reply.result["visit_id"]))
            self.lead(SEARCH)

        self.send(NOTE, command, done)

    def arrival_state(self, cars: dict[str, Car]) -> ArrivalState:
        """Return what the screen shows; `cars` are those that are here."""
        words, handshake = self.words, self.station.service.handshake
        kinds = tuple(ChoiceOption(kind.value, words(f"ui.keys.kind.{kind.value}")) for kind in KINDS)
        channels = tuple(ChoiceOption(channel.value, words.name(channel)) for channel in CHANNELS)
        here = next((car for car in cars.values() if car.plate == read_plate(self.plate).text), None)
        known = words("ui.keys.arrival.known", number=here.number or "–") if here is not None else ""
        return ArrivalState(
            province=handshake.province if handshake else "",
            plate=self.plate,
            kinds=ChoiceState(kinds, self.kind_now().value),
            channels=ChoiceState(channels, self.channel.value),
            known=known,
        )
