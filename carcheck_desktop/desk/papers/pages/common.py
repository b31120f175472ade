"""What every paper shares: words in one language or two, the letterhead, times, vehicles and values as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.domain.documents import Align, Column, Line, Row, Run, Size, Table, text_line
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.domain.vehicle import Colour, Fuel, UseCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from enum import StrEnum

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.domain.vehicle import Vehicle

NONE = "—"
"""What stands where nothing is recorded."""
CODE_TABLES: dict[str, type[StrEnum]] = {"use_code": UseCode, "fuel": Fuel, "colour": Colour}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose papers these are. `software` is the program's version, `simulated` marks every paper of a training station."""

    name: str
    code: str
    software: str
    simulated: bool
    address: str = ""
    telephone: str = ""


class Wording:
    """Words for one paper; with two catalogues every sentence stands in both languages, the first one first."""

    def __init__(self, *catalogues: Catalogue) -> None:
        self._catalogues = catalogues
        self.language = "+".join(each.language for each in catalogues)

    def __call__(self, message: Message, between: str = " ") -> str:
        """Return a message in words; what is the same in both languages stands once."""
        return between.join(dict.fromkeys(each.text(message) for each in self._catalogues))

    def listed(self, texts: Iterable[str]) -> str:
        """Return several texts as a list is written in the first language."""
        return self._catalogues[0].text(Message("papers.list_mark")).join(text for text in texts if text)

    def word(self, member: StrEnum | None) -> str:
        """Return the word of a member of a worded enumeration."""
        return NONE if member is None else self(word(member))

    def codes(self, field: str, text: str) -> str:
        """Return the licence's own letters in words where their table is known, else as they are."""
        if not text:
            return NONE
        known = {member.value: member for member in CODE_TABLES[field]}
        if not all(sign in known for sign in text):
            return text
        return "/".join(self.word(known[sign]) for sign in text)


def moment(at: datetime | None) -> str:
    """Return a time at the station, to the minute."""
    return NONE if at is None else f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def clock_time(at: datetime) -> str:
    """Return the time of day at the station."""
    return f"{at.astimezone(CHINA):%H:%M}"


def heading(head: Letterhead, title: str) -> list[Line]:
    """Return the station's name and the paper's title, centred."""
    return [text_line(head.name, Align.CENTRE, bold=True), text_line(title, Align.CENTRE, Size.LARGE, bold=True)]


def section(title: str) -> Line:
    """Return the title of a part of a page."""
    return Line((Run(title, Size.NORMAL, bold=True),))


def grid(pairs: Sequence[tuple[str, str]], columns: int = 2) -> Table:
    """Return names and values in a ruled grid of so many pairs a row."""
    padded = [*pairs, *[("", "")] * (-len(pairs) % columns)]
    rows = [
        Row(tuple(text for pair in padded[start : start + columns] for text in pair))
        for start in range(0, len(padded), columns)
    ]
    return Table((Column(3), Column(5)) * columns, tuple(rows), ruled=True)


def joined(texts: Iterable[str], between: str = "  ") -> str:
    """Return texts that are not empty, in one line."""
    return between.join(text for text in texts if text)


def vehicle_pairs(vehicle: Vehicle, say: Wording) -> list[tuple[str, str]]:
    """Return the vehicle as its licence has it; no personal data."""
    displacement = str(vehicle.displacement_ml) if vehicle.displacement_ml else ""
    power = f"{vehicle.power_kW}" if vehicle.power_kW is not None else ""
    return [
        (say(Message("papers.field.plate")), vehicle.plate),
        (say(Message("papers.field.plate_kind")), say.word(vehicle.plate_kind)),
        (say(Message("papers.field.brand_model")), vehicle.brand_model or NONE),
        (say(Message("papers.field.vehicle_type")), joined([vehicle.vehicle_type, say.word(vehicle.category)], " ")),
        (say(Message("papers.field.vin")), vehicle.vin or NONE),
        (say(Message("papers.field.engine_number")), vehicle.engine_number or NONE),
        (say(Message("papers.field.use")), say.codes("use_code", vehicle.use_code) if vehicle.use_code else say.word(vehicle.use)),
        (say(Message("papers.field.fuel")), say.codes("fuel", vehicle.fuel)),
        (say(Message("papers.field.engine")), joined([displacement, power], " / ") or NONE),
        (say(Message("papers.field.colour")), say.codes("colour", vehicle.colour)),
        (say(Message("papers.field.registered_on")), f"{vehicle.registered_on}"),
        (say(Message("papers.field.manufactured_on")), f"{vehicle.manufactured_on}"),
        (say(Message("papers.field.masses")), f"{vehicle.curb_mass_kg} / {vehicle.total_mass_kg}"),
        (say(Message("papers.field.seats_axles")), f"{vehicle.seats} / {vehicle.axles}"),
        (say(Message("papers.field.drive")), say.word(vehicle.drive)),
        (say(Message("papers.field.parking_axles")), ", ".join(map(str, vehicle.parking_axles)) or NONE),
    ]  # fmt: skip
