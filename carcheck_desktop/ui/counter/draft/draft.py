"""One intake in the making: texts of its fields with their origins, what the look-up found, who brought the car."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.domain.intake import STATION_FIELDS, ValueOrigin, suggested
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, use_of
from carcheck_desktop.domain.vehicle_types import category_of
from carcheck_desktop.ui.counter.draft.fields import DERIVED, FIELDS, text_of
from carcheck_desktop.ui.counter.draft.person import is_person
from carcheck_desktop.ui.widgets.forms.reading.plates import PlateShape, read_plate

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.intake import LookupAnswer, VisitPreview

BY_HAND = (ValueOrigin.TYPED, ValueOrigin.CONFIRMED)
KIND_OF_SHAPE = {
    PlateShape.NEW_ENERGY_SMALL: PlateKind.NEW_ENERGY_SMALL,
    PlateShape.NEW_ENERGY_LARGE: PlateKind.NEW_ENERGY_LARGE,
    PlateShape.TRAILER: PlateKind.TRAILER,
    PlateShape.LEARNER: PlateKind.TRAINING_CAR,
    PlateShape.POLICE: PlateKind.POLICE_CAR,
}


class Looking(StrEnum):
    """How the look-up of the plate stands."""

    NOT_YET = "not_yet"
    ASKED = "asked"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """The text of one field, where it comes from, and what a look-up offered for it."""

    text: str = ""
    origin: ValueOrigin | None = None
    offered: str = ""
    offered_by: ValueOrigin | None = None
    by_rule: bool = False
    """It follows from another field, whose origin it has."""


class Draft:
    """What is known of the car so far; what a person typed is never overwritten by an answer that comes later."""

    def __init__(self) -> None:
        self.plate = ""
        self.plate_kind = PlateKind.SMALL_CAR
        self.kind_is_chosen = False
        self.entries: dict[str, Entry] = {name: Entry() for name in FIELDS}
        self.entries["inspection"] = Entry(InspectionKind.IN_USE.value)
        self.presenter = ""
        self.telephone = ""
        self.presenter_is_typed = False
        self.looking = Looking.NOT_YET
        self.answer: LookupAnswer | None = None
        self.failure: Problem | None = None
        self.preview: VisitPreview | None = None
        self.refused: Problem | None = None
        self.confirmed: set[str] = set()
        self.consented_at: datetime | None = None
        self.fixed: frozenset[str] = frozenset()
        """Fields that are not to be seen or changed here."""

    # -- the plate ---------------------------------------------------------------------------

    def type_plate(self, text: str) -> None:
        """Take a plate as typed; its shape chooses the kind until somebody does."""
        self.plate = text
        shape = read_plate(text).shape
        if not self.kind_is_chosen and shape is not None:
            self.plate_kind = KIND_OF_SHAPE.get(shape, PlateKind.SMALL_CAR)

    def choose_kind(self, kind: PlateKind) -> None:
        """Take the kind of plate that somebody chose."""
        self.plate_kind, self.kind_is_chosen = kind, True

    # -- fields ------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.entries[name].text

    def type(self, name: str, text: str) -> None:
        """Take what somebody typed or chose; the offered text again is the offered value again."""
        entry = self.entries[name]
        if text == entry.text:
            return
        self.confirmed.discard(name)
        self.refused, self.preview = None, None
        is_offered = bool(entry.offered) and text == entry.offered
        origin = entry.offered_by if is_offered else ValueOrigin.TYPED if text else None
        self.entries[name] = replace(entry, text=text, origin=origin, by_rule=False)
        self._derive(name)

    def is_shown(self, name: str) -> bool:
        """Say whether a field is there: what follows from another one is not, until a person has to say it."""
        if name in self.fixed:
            return False
        source = DERIVED.get(name)
        entry = self.entries[name]
        if source is None or (entry.origin in BY_HAND and not entry.by_rule):
            return True
        return bool(self.text(source)) and not entry.text

    def confirm(self, name: str) -> None:
        """Somebody stands by a doubtful value."""
        self.confirmed.add(name)
        entry = self.entries[name]
        if entry.text and entry.origin is not ValueOrigin.TYPED:
            self.entries[name] = replace(entry, origin=ValueOrigin.CONFIRMED)

    @property
    def is_touched(self) -> bool:
        """Say whether somebody typed into a field."""
        return any(entry.origin in BY_HAND for entry in self.entries.values())

    def _derive(self, name: str) -> None:
        """Let category and use follow the licence's codes until somebody says otherwise."""
        made: dict[str, tuple[str, object]] = {
            "vehicle_type": ("category", category_of(self.text("vehicle_type").strip())),
            "use_code": ("use", use_of(self.text("use_code"))),
        }
        target, value = made.get(name, ("", None))
        if not target or (self.entries[target].origin in BY_HAND and not self.entries[target].by_rule):
            return
        known = value is not None
        self.entries[target] = Entry(text_of(value), self.entries[name].origin if known else None, by_rule=known)

    # -- answers -----------------------------------------------------------------------------

    def asked(self) -> None:
        """The look-up is on its way."""
        self.looking, self.answer, self.failure = Looking.ASKED, None, None

    def answered(self, answer: LookupAnswer) -> None:
        """Fill in what a look-up found, but nothing that was typed meanwhile."""
        self.looking, self.answer = Looking.ANSWERED, answer
        values, origins = suggested(answer)
        for name in FIELDS:
            if name not in values:
                continue
            text, entry = text_of(values[name]), self.entries[name]
            offered = replace(entry, offered=text, offered_by=origins[name])
            is_free = entry.origin not in BY_HAND
            self.entries[name] = replace(offered, text=text, origin=origins[name]) if is_free else offered
        owner = self.text("owner")
        if not self.presenter_is_typed and is_person(owner):
            self.presenter = owner

    def failed(self, problem: Problem | None) -> None:
        """The look-up came to nothing; everything is typed."""
        self.looking, self.failure = Looking.FAILED, problem

    @property
    def is_known(self) -> bool:
        """Say whether the car was here before with all that no licence gives."""
        return self.answer is not None and self.answer.known is not None

    @property
    def unlooked(self) -> tuple[str, ...]:
        """The fields that somebody has to look at the car for, and nobody has."""
        return tuple(name for name in STATION_FIELDS if not self.text(name))

    def origins(self) -> dict[str, ValueOrigin]:
        """Return where each value comes from, as the command carries it."""
        found = {
            name: entry.origin
            for name, entry in self.entries.items()
            if name != "inspection" and entry.text and entry.origin is not None
        }
        return {"plate": ValueOrigin.TYPED, "plate_kind": ValueOrigin.TYPED, **found}

    @property
    def is_unanswered(self) -> bool:
        """Say whether the authority had no part in what stands here, so that asking again may help."""
        return self.looking is Looking.FAILED or (self.answer is not None and self.answer.problem is not None)
