"""The accessibility tree of this desktop, as a screen reader or a robot sees it: AT-SPI over D-Bus.

Nothing of carcheck is known here. Interfaces: org.a11y.atspi.Accessible, Action and EditableText
(at-spi2-core, xml folder). One look asks all parts of a level at once: a part by itself would cost
a turn of the window's event loop for each question.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
SPI = "org.a11y.atspi."
POLL_S = 0.05
ANSWER_S = 20.0
ENABLED, FOCUSED, SENSITIVE, SHOWING = 1 << 8, 1 << 12, 1 << 24, 1 << 25
"""States of a part (AtspiStateType)."""

KEYS = DBusAddress(
    "/org/a11y/atspi/registry/deviceeventcontroller", "org.a11y.atspi.Registry", f"{SPI}DeviceEventController"
)
PRESS_AND_RELEASE = 3
"""Of a key symbol (AtspiKeySynthType)."""

Place = tuple[str, str]
"""Whose part it is on the bus, and its path there."""


class GoneError(LookupError):
    """A part of the tree is not there (any more)."""


@dataclass(frozen=True)
class Part:
    """One accessible object as it was a moment ago: a window, a button, a row."""

    place: Place
    role: str
    name: str
    """What a screen reader says of it."""
    states: int
    within: tuple[Place, ...]
    """What it is part of, outermost first."""

    @property
    def is_enabled(self) -> bool:
        """Whether it can be used."""
        wanted = ENABLED | SENSITIVE | SHOWING
        return self.states & wanted == wanted

    @property
    def is_showing(self) -> bool:
        """Whether it can be seen."""
        return bool(self.states & SHOWING)

    @property
    def has_keyboard(self) -> bool:
        """Whether keys go there."""
        return bool(self.states & FOCUSED)


class Tree:
    """All applications of the desktop."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=ANSWER_S)
        self._bus: DBusConnection = open_dbus_connection(str(reply.body[0]))

    def close(self) -> None:
        """Let go of the bus."""
        self._bus.close()

    def parts(self) -> list[Part]:
        """Look at everything, level by level; what vanishes meanwhile is left out."""
        seen: list[Part] = []
        level: list[tuple[Place, tuple[Place, ...]]] = [((REGISTRY, ROOT), ())]
        while level:
            places = [place for place, _ in level]
            answers = self._ask_all([call for place in places for call in _questions(place)])
            below: list[tuple[Place, tuple[Place, ...]]] = []
            for number, (place, within) in enumerate(level):
                role, name, states, children = answers[4 * number : 4 * number + 4]
                if role is None or name is None or states is None:
                    continue
                low, high = states[0]
                seen.append(Part(place, str(role[0]), str(name[0][1]), int(low) | int(high) << 32, within))
                below += [((owner, path), (*within, place)) for owner, path in (children[0] if children else ())]
            level = below
        return seen

    def do(self, part: Part) -> None:
        """Do a part's first action: press a button, choose a row; raise `GoneError` when it does not."""
        self._one(part, _call(part.place, "Action", "DoAction", "i", 0))

    def write(self, part: Part, text: str) -> None:
        """Replace what stands in a part; raise `GoneError` when it does not take it."""
        self._one(part, _call(part.place, "EditableText", "SetTextContents", "s", text))

    def key(self, symbol: int) -> None:
        """Press and release the key of a symbol (keysymdef.h), wherever the keyboard is."""
        self._ask_all([new_method_call(KEYS, "GenerateKeyboardEvent", "isu", (symbol, "", PRESS_AND_RELEASE))])

    def again(self, parts: Sequence[Part]) -> list[Part]:
        """Look at these parts once more, and at nothing else; one that is gone has no states."""
        answers = self._ask_all([call for part in parts for call in _questions(part.place)[1:3]])
        found = []
        for part, named, states in zip(parts, answers[::2], answers[1::2], strict=True):
            low, high = states[0] if states else (0, 0)
            name = str(named[0][1]) if named else ""
            found.append(replace(part, name=name, states=int(low) | int(high) << 32))
        return found

    def idents(self, parts: Sequence[Part]) -> list[str]:
        """Return what a program calls each part, the same in every language; "" where it has no such name."""
        answers = self._ask_all([_accessible(part.place).get("AccessibleId") for part in parts])
        return [str(answer[0][1]).rpartition(".")[2] if answer else "" for answer in answers]

    def text(self, part: Part) -> str:
        """Return what stands in a part."""
        answer = self._ask_all([_call(part.place, "Text", "GetText", "ii", 0, -1)])[0]
        return str(answer[0]) if answer else ""

    def wait(self, wanted: Callable[[Part], bool], what: str, *, within_s: float = 20.0) -> Part:
        """Return the first part that is as wanted as soon as there is one; else `GoneError` says what is there."""
        deadline = time.monotonic() + within_s
        while True:
            parts = self.parts()
            found = next((part for part in parts if wanted(part)), None)
            if found is not None:
                return found
            if time.monotonic() > deadline:
                there = "\n".join(
                    f"{part.role}: {part.name}" for part in parts if part.is_showing and part.name.strip()
                )
                raise GoneError(f"{what} did not come within {within_s} s; there is\n{there}")
            time.sleep(POLL_S)

    def _one(self, part: Part, call: Any) -> None:
        answer = self._ask_all([call])[0]
        if answer is None or not answer[0]:
            raise GoneError(f"{part.role} {part.name!r} did not do it")

    def _ask_all(self, calls: Sequence[Any]) -> list[tuple[Any, ...] | None]:
        """Send all calls, then gather the answers in their order; None for a refusal."""
        serials = {}
        for number, call in enumerate(calls):
            serial = next(self._bus.outgoing_serial)
            serials[serial] = number
            self._bus.send(call, serial=serial)
        answers: list[tuple[Any, ...] | None] = [None] * len(calls)
        for reply in self._replies(serials):
            number = serials.pop(reply.header.fields[HeaderFields.reply_serial])
            if reply.header.message_type is MessageType.method_return:
                answers[number] = tuple(reply.body)
        return answers

    def _replies(self, open_serials: dict[int, int]) -> Iterator[Any]:
        while open_serials:
            message = self._bus.receive(timeout=ANSWER_S)
            if message.header.fields.get(HeaderFields.reply_serial) in open_serials:
                yield message


def _questions(place: Place) -> list[Any]:
    named = _accessible(place).get("Name")
    role, states, children = (_call(place, "Accessible", name) for name in ("GetRoleName", "GetState", "GetChildren"))
    return [role, named, states, children]


def _accessible(place: Place) -> Any:
    return Properties(DBusAddress(place[1], place[0], f"{SPI}Accessible"))


def _call(place: Place, interface: str, method: str, signature: str | None = None, *values: Any) -> Any:
    return new_method_call(DBusAddress(place[1], place[0], SPI + interface), method, signature, values)
