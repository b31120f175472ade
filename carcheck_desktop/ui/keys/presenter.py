"""What the keys window shows and does, in plain Python: tested without Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import WELCOMING
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing, holder_of
from carcheck_desktop.domain.turns import NextCar, next_car_for, waiting_in_turn
from carcheck_desktop.ui.frame.telling import banner_of, head_state, of_link
from carcheck_desktop.ui.keys.cars import Car, cars_here, find
from carcheck_desktop.ui.keys.noting import PLATE, SEARCH, Noting
from carcheck_desktop.ui.keys.state import KeysState, Listed, Page
from carcheck_desktop.ui.keys.telling import actions as act
from carcheck_desktop.ui.keys.telling.actions import Situation
from carcheck_desktop.ui.keys.telling.car import car_state, holder_words
from carcheck_desktop.ui.keys.telling.lists import Board, list_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState, ToastState, by_severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

HAND, CALL = "hand_over", "call_owner"


class KeysPresenter(Noting):
    """State and keys of one keys window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.chosen = ""
        self.which = Listed.KEYS

    def home(self) -> str:
        """Work begins where a scanner types."""
        return SEARCH

    def signed_in(self) -> None:
        """A guide looks for cars that come, a driver for keys that hang."""
        self.chosen, self.is_noting = "", False
        session = self.station.session
        is_guide = session is not None and session.role in WELCOMING
        self.which = Listed.TURN if is_guide else Listed.KEYS

    # -- which car -----------------------------------------------------------------------------

    def cars(self) -> dict[str, Car]:
        """Return every car that is here."""
        return cars_here(self.station.visits.values(), self.station.arrivals.values())

    def next_one(self) -> NextCar | None:
        """Return the next car of who is signed in."""
        session, station = self.station.session, self.station
        if session is None:
            return None
        return next_car_for(session.role, session.actor, station.visits.values(), station.arrivals.values())

    def car(self) -> Car | None:
        """Return the large car: the chosen one, else the next one for me."""
        cars, mine = self.cars(), self.next_one()
        return cars.get(self.chosen) or (cars.get(mine.visit_id) if mine is not None else None)

    @property
    def page(self) -> Page:
        """Which screen is shown."""
        if self.station.session is None:
            return Page.SIGN_IN
        return Page.ARRIVAL if self.is_noting else Page.BOARD

    def choose(self, visit_id: str) -> None:
        """Look at another car."""
        self.chosen, self.problem = visit_id, None

    def list(self, which: str) -> None:
        """Show another list."""
        self.which = Listed(which)

    def find(self, typed: str) -> None:
        """Go to the car that was scanned or typed; say when there is none."""
        found = find(self.cars().values(), typed)
        if found is None:
            # what was scanned may open an owner's page: it is not repeated on the screen
            self.sayings.say(ToastState(SEARCH, Tone.CAUTION, "search", self.words("ui.keys.find.none")))
        else:
            self.sayings.put_away(SEARCH)
            self.choose(found.visit_id)
        self.lead(SEARCH)

    def back(self) -> None:
        """Go back: to the next car for me, to the board."""
        if self.sayings.said or self.problem is not None:
            self.sayings.clear()
            self.problem = None
        elif self.is_noting:
            self.is_noting = False
        else:
            self.chosen = ""
        self.lead(self.home())

    # -- handing over --------------------------------------------------------------------------

    def act(self, key: str) -> None:
        """Do what a button of the bar stands for."""
        doing: dict[str, Callable[[], None]] = {
            act.NOTE: self.begin_note,
            act.NOTE_TAKE: lambda: self.note((Thing.KEY,)),
            act.NOTE_ONLY: lambda: self.note(()),
            act.BACK: self.back,
            act.MINE: lambda: self.choose(""),
            act.CALL: self.call,
            act.GIVE: self.give_back,
        }
        (doing[key] if key in doing else lambda: self.hand(key))()

    def hand(self, key: str) -> None:
        """Take the key, or hang up what one holds."""
        moved, car = act.taken(self.situation(), key), self.car()
        if moved is None or car is None:
            return
        things, from_ = moved
        to = Holder(Place.KEY_BOARD) if key == act.HANG else Holder(Place.PERSON, self.actor)
        self._hand(car, things, from_, to)

    def give_back(self) -> None:
        """Give the owner what lies here of his car."""
        car = self.car()
        if car is None:
            return
        mine = Holder(Place.PERSON, self.actor)
        for holder in dict.fromkeys((car.custody.key, car.custody.licence)):
            if holder in (mine, COUNTER) or holder.place is Place.KEY_BOARD:
                things = tuple(thing for thing in Thing if holder_of(car.custody, thing) == holder)
                self._hand(car, things, holder, OWNER)

    def _hand(self, car: Car, things: tuple[Thing, ...], from_: Holder, to: Holder) -> None:
        def done(reply: c.Reply) -> None:
            hook = reply.result.get("tag")
            shown = Holder(Place.KEY_BOARD, str(hook)) if to.place is Place.KEY_BOARD else to
            text = self.words("ui.keys.done", plate=car.plate, taker=holder_words(shown, self.words))
            self.sayings.say(ToastState(HAND, Tone.GOOD, "circle-check", text))
            if to.place is not Place.PERSON:
                self.chosen = ""
            self.lead(SEARCH)

        self.send(f"{HAND}:{from_}", c.HandOver(car.visit_id, things, from_, to), done)

    def correct(self, thing: str, place: str, reason: str) -> None:
        """Put the record right: a thing is really there, or with who corrects it."""
        car, where = self.car(), Place(place)
        if car is None:
            return
        to = Holder(where, self.actor if where is Place.PERSON else "")

        def done(_reply: c.Reply) -> None:
            self.sayings.say(ToastState(HAND, Tone.GOOD, "pencil", self.words("ui.keys.correct.done", plate=car.plate)))

        self.send(HAND, c.CorrectCustody(car.visit_id, (Thing(thing),), to, reason), done)

    def call(self) -> None:
        """Call the owner to the window."""
        car = self.car()
        if car is None:
            return
        said = self.words("ui.keys.called", plate=car.plate, number=car.number or "–")

        def done(_reply: c.Reply) -> None:
            self.sayings.say(ToastState(CALL, Tone.GOOD, "megaphone", said))

        self.send(CALL, c.CallOwner(car.visit_id, CallTo.WINDOW), done)

    # -- what is shown -------------------------------------------------------------------------

    def why_not(self, key: str) -> None:
        """Say why an action is not possible."""
        self.sayings.why_not(act.why_not(key, self.situation(), self.words))
        if key in (act.NOTE_TAKE, act.NOTE_ONLY):
            self.lead(PLATE)

    def situation(self) -> Situation:
        """Return what the actions depend on."""
        fault = read_plate(self.plate).fault
        text = self.words(f"ui.plate.fault.{fault.value}") if fault is not None else ""
        return Situation(
            self.station.session, self.station.service.up, bool(self._open), self.page, self.car(),
            bool(self.chosen) and self.chosen in self.cars(), text,
        )  # fmt: skip

    def state(self) -> KeysState:
        """Return everything the window paints."""
        words, station = self.words, self.station
        banners = [*of_link(station, words, words("ui.frame.away_detail"))]
        if self.problem is not None:
            banners.append(banner_of(self.problem, words))
        cars, car, mine, now = self.cars(), self.car(), self.next_one(), station.time.now()
        is_mine = mine is not None and car is not None and mine.visit_id == car.visit_id
        doing = mine.doing if is_mine and mine is not None else None
        waiting = waiting_in_turn(station.visits.values(), station.arrivals.values())
        return KeysState(
            head=head_state(station, words),
            page=self.page,
            banners=by_severity(banners),
            car=car_state(car, doing, now, words, is_mine=is_mine) if car is not None else None,
            place=None if car is not None else _place(self.station, words),
            cars=list_state(Board(cars, waiting, self.actor, now), self.which, car.visit_id if car else "", words),
            arrival=self.arrival_state(cars),
            actions=act.bar_state(self.situation(), words),
            toasts=self.sayings.said,
            focus=self.focus,
        )


def _place(station: Station, words: Words) -> PlaceState:
    """Say why there is no car to show."""
    if not station.service.has_snapshot:
        return PlaceState(PlaceKind.LOADING, words("ui.keys.place.loading"))
    return PlaceState(PlaceKind.EMPTY, words("ui.keys.place.none"), words("ui.keys.place.none_detail"), "car-front")
