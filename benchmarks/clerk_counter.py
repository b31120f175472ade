"""A scripted clerk at a counter window: counts keys and typed characters, and times every wait; knows nothing of carcheck.

    clerk_counter.py --user NAME [--known PLATE …] [--new PLATE …] [--licences FILE]        what each intake cost, as JSON

Keys go through the X server into whatever has the keyboard; what is to be done next is read from the accessibility tree: the
name of the one next action and whether it can be used, and which field has the keyboard. An intake begins at the empty
question for a plate and ends when the window offers the next car, its sum paid in cash exactly. `--licences` (plate -> field -> what is typed, as JSON) are cars of which nobody knows anything. Environment:
DISPLAY, and DBUS_SESSION_BUS_ADDRESS of the window's session.

A wait runs from a key to the moment the next key will be taken. The window does not take Enter at once when its next action has
become another one (150 ms; before money and before a visit is opened 500 ms from when it took the last key, and 300 ms from the
change), and no tree tells that: this time is waited out, counted as waiting, and counted once more by itself (`stood_s`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.machine import share
from tests.look.outside.keyboard import ENTER, Keyboard, Screen
from tests.look.outside.tree import GoneError, Part, Tree

LOOK_S, PATIENCE_S = 0.002, 20.0
TYPING_S = 0.08
"""Between two keys of one hand that knows what it types."""
STANDS_S, STANDS_LONG_S, SEEN_S = 0.16, 0.51, 0.31
TAKEN_S = 1.5
"""A key after which nothing has changed for so long came to nothing."""
LONG = ("确认受理", "收款")
SIGN_IN, PLATE, TYPE, COMPARED, FIELD, AGREE, OPEN, PAY, NEXT_CAR, THERE = (
    "登录", "查询", "先录入", "核对无误", "下一项", "已告知并同意", "确认受理", "收款", "下一辆", "查看该业务",
)  # fmt: skip
"""The window's next actions as they begin, in the order in which a car meets them."""
SEEN_AT_THE_CAR = {
    "drive": "1", "parking_axles": "1", "lamp_system": "1", "front_suspension": "1", "brake_source": "1",
    "has_traction_control_always_on": "1",
}  # fmt: skip
"""What a clerk answers to what no licence gives: the key of the first choice."""
MOST_STEPS, MOST_WASTED = 60, 3


@dataclass
class Wait:
    """One wait: after what, how long, and how long of it the window stood still on purpose."""

    after: str
    waited_s: float
    stood_s: float


@dataclass
class Intake:
    """What one intake cost."""

    plate: str
    keys: int = 0
    typed: dict[str, int] = field(default_factory=dict)
    waits: list[Wait] = field(default_factory=list)
    wasted: int = 0
    """Keys that nothing came of."""
    screens: list[str] = field(default_factory=list)
    took_s: float = 0.0
    wasted_at: list[str] = field(default_factory=list)


class Clerk:
    """Sits at the window; looks only at few parts, so that looking costs the window next to nothing."""

    def __init__(self, tree: Tree, licences: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._tree = tree
        self._licences = licences or {}
        self.keyboard = Keyboard(tree)
        self._next, self._sentence = self._find("primary_button"), self._find("action_bar_sentence")
        self._fields: dict[str, Part] = {}

    def sign_in(self, name: str, pin: str) -> None:
        """Begin the shift where nobody is signed in; not counted."""
        for text in (name, pin) if self._name().startswith(SIGN_IN) else ():
            self.keyboard.type(text, TYPING_S)
            time.sleep(0.5)
            self.keyboard.press(ENTER)
        self._await(lambda now: now.startswith(PLATE), enabled=False)
        self._look_for_fields()

    def take_in(self, plate: str) -> Intake:
        """Take one car in, from the plate to the money, and be ready for the next one."""
        intake = Intake(plate)
        began, began_s = self.keyboard.pressed, time.monotonic()
        self._type_plate(intake, plate)
        while not self._name().startswith(NEXT_CAR):
            self._step(intake)
            if len(intake.screens) > MOST_STEPS:
                raise GoneError(f"{plate}: it goes round and round: {intake.screens}")
        intake.keys = self.keyboard.pressed - began
        intake.took_s = time.monotonic() - began_s
        time.sleep(STANDS_S)
        self.keyboard.press(ENTER)
        self._await(lambda now: now.startswith(PLATE), enabled=False)
        time.sleep(STANDS_S)
        return intake

    def _type_plate(self, intake: Intake, plate: str) -> None:
        """Type what of the plate does not stand there."""
        there = self._tree.text(self._fields["plate"])
        rest = plate[1:]  # the province stands before the field
        if not rest.startswith(there):
            raise GoneError(f"{plate}: {there!r} stands in the field")
        rest = rest[len(there) :]
        pressed_s = self.keyboard.type(rest, TYPING_S)
        intake.typed["plate"] = len(rest)
        self._await(lambda now: now.startswith(PLATE))
        intake.waits.append(Wait("the plate's last character", time.monotonic() - pressed_s, 0.0))
        intake.screens.append(PLATE)

    def _step(self, intake: Intake) -> None:
        """Answer what the window asks now, and go on."""
        screen, at = intake.screens[-1], self._field_at()
        if not at and screen in (FIELD, AGREE):
            self._look_for_fields()
            at = self._field_at()
        answers = {**SEEN_AT_THE_CAR, **self._licences.get(intake.plate, {})}
        if at in answers and at not in intake.typed:
            self._fill(intake, at, answers[at])
        said = self._said()
        pressed_s = self.keyboard.press(ENTER)
        try:
            shown, taken_s = self._gone_on(screen, at, said)
        except TimeoutError:
            intake.wasted += 1
            intake.wasted_at.append(f"{screen} {at}")
            if intake.wasted > MOST_WASTED:
                raise GoneError(f"{intake.plate}: Enter does nothing at {at!r} of {intake.screens}") from None
            return
        stands_s = STANDS_S if shown != screen else 0.0
        if shown in LONG:
            stands_s = max(SEEN_S, STANDS_LONG_S - (time.monotonic() - taken_s))
        time.sleep(stands_s)
        intake.waits.append(Wait(f"Enter: {screen}", time.monotonic() - pressed_s, stands_s))
        intake.screens.append(shown)

    def _fill(self, intake: Intake, at: str, text: str) -> None:
        """Type into the field that has the keyboard."""
        said, before = self._said(), self._tree.text(self._fields[at])
        pressed_s = self.keyboard.type(text, TYPING_S)
        intake.typed[at] = len(text)
        until_s = pressed_s + TAKEN_S
        while (self._said(), self._tree.text(self._fields[at])) == (said, before) and time.monotonic() < until_s:
            time.sleep(LOOK_S)
        intake.waits.append(Wait(f"typing: {at}", time.monotonic() - pressed_s, 0.0))

    # -- looking -----------------------------------------------------------------------------

    def _gone_on(self, screen: str, at: str, said: str) -> tuple[str, float]:
        """Wait until something else can be done; return it, and by when the window had taken the key.

        Raises `TimeoutError` when the key came to nothing.
        """
        until_s, taken_s = time.monotonic() + TAKEN_S, 0.0
        while True:
            now, sentence = self._tree.again([self._next, self._sentence])
            shown = _action(now.name)
            if shown == THERE and now.is_enabled:
                raise GoneError("the car is here already")
            if not taken_s and (shown != screen or not now.is_enabled):
                taken_s = time.monotonic()
            if (now.is_enabled or shown == AGREE) and shown not in (screen, TYPE, ""):
                return shown, taken_s
            if shown == screen == FIELD and (sentence.name != said or self._field_at() not in ("", at)):
                return shown, taken_s
            if time.monotonic() > until_s + bool(taken_s) * PATIENCE_S:
                raise TimeoutError
            time.sleep(LOOK_S)

    def _said(self) -> str:
        return self._tree.again([self._sentence])[0].name

    def _field_at(self) -> str:
        """Return the field that has the keyboard, "" when none of the known ones has it."""
        names = list(self._fields)
        looked = self._tree.again([self._fields[name] for name in names])
        return next((name for name, part in zip(names, looked, strict=True) if part.has_keyboard), "")

    def _name(self) -> str:
        return self._tree.again([self._next])[0].name

    def _await(self, wanted: Callable[[str], bool], *, enabled: bool = True) -> None:
        until_s = time.monotonic() + PATIENCE_S
        while True:
            (now,) = self._tree.again([self._next])
            if wanted(now.name) and (now.is_enabled or not enabled):
                return
            if time.monotonic() > until_s:
                raise GoneError(f"the window offers {now.name!r}")
            time.sleep(LOOK_S)

    def _find(self, wanted: str) -> Part:
        until_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            parts = self._tree.parts()
            for ident, part in zip(self._tree.idents(parts), parts, strict=True):
                if ident == wanted and part.is_showing:
                    return part
            time.sleep(0.1)
        raise GoneError(f"the window has no {wanted}")

    def _look_for_fields(self) -> None:
        parts = self._tree.parts()
        idents = self._tree.idents(parts)
        named = ((ident, part) for ident, part in zip(idents, parts, strict=True) if ident.startswith("counter_"))
        self._fields = {
            ident.removeprefix("counter_"): part for ident, part in named if part.role in ("text", "combo box")
        }


def _action(name: str) -> str:
    known = (PLATE, TYPE, COMPARED, FIELD, AGREE, OPEN, PAY, NEXT_CAR, THERE)
    return next((each for each in known if name.startswith(each)), "")


def summary(intakes: Sequence[Intake]) -> dict[str, Any]:
    """Return keys, typed characters and waits of several intakes of one kind."""
    if not intakes:
        return {}
    total = [sum(wait.waited_s for wait in each.waits) for each in intakes]
    stood = [sum(wait.stood_s for wait in each.waits) for each in intakes]
    after: dict[str, list[float]] = {}
    for wait in (wait for each in intakes for wait in each.waits):
        after.setdefault(wait.after, []).append(wait.waited_s)
    fields: dict[str, list[int]] = {}
    for each in intakes:
        for name, count in each.typed.items():
            fields.setdefault(name, []).append(count)
    return {
        "intakes": len(intakes),
        "keys": {"most": max(each.keys for each in intakes), "least": min(each.keys for each in intakes)},
        "typed": {name: max(counts) for name, counts in fields.items()},
        "wasted": sum(each.wasted for each in intakes),
        "wasted_at": [where for each in intakes for where in each.wasted_at],
        "waited_s": {"p50": share(total, 0.5), "p95": share(total, 0.95), "worst": max(total)},
        "stood_s": {"p50": share(stood, 0.5)},
        "a_wait_s": {name: {"p50": share(some, 0.5), "p95": share(some, 0.95)} for name, some in after.items()},
        "took_s": {"p50": share([each.took_s for each in intakes], 0.5)},
    }


def main() -> int:
    """Take every car in; return 0 when each was opened and paid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--user", required=True)
    parser.add_argument("--pin", default="2468")
    parser.add_argument("--known", nargs="*", default=[])
    parser.add_argument("--new", nargs="*", default=[])
    parser.add_argument("--licences", type=Path)
    options = parser.parse_args()
    licences = json.loads(options.licences.read_text(encoding="utf-8")) if options.licences else {}
    cars = {"known": options.known, "new": options.new, "unknown": list(licences)}
    tree = Tree(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    clerk = Clerk(tree, licences)
    screen = Screen(os.environ["DISPLAY"])
    screen.give_keyboard()
    clerk.sign_in(options.user, options.pin)
    done = {kind: [clerk.take_in(plate) for plate in plates] for kind, plates in cars.items()}
    screen.close()
    tree.close()
    told = {kind: summary(intakes) for kind, intakes in done.items()}
    told["all"] = {kind: [asdict(each) for each in intakes] for kind, intakes in done.items()}
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
