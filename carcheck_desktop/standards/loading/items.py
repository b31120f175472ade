"""The catalogue of inspection items of an edition: what each is called where, and of which vehicles it is asked.

The rows are data; how a demand is held against a vehicle is `planning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.families.planning import Asked, Condition, Extent, InspectionPart, VehicleGroup
from carcheck_desktop.standards.loading.rows import ground

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.loading.dated import Ground
    from carcheck_desktop.standards.loading.reading import Row

NAME = "a_small_name"
PHOTO = "0111"
PHOTO_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Demand:
    """One case in which an item is asked: of these groups, at these inspections, when all conditions hold.

    `total_from_kg` and `registered_from` (None: no such bound) include their own figure. `confidence` is that of this case.
    """

    groups: tuple[VehicleGroup, ...]
    inspections: tuple[InspectionKind, ...]
    conditions: tuple[Condition, ...]
    total_from_kg: int | None
    registered_from: date | None
    extent: Extent
    asked: Asked
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `name` is ours and the same in every edition, `number` and `code` (upload item code) are the edition's.

    `number` is 0 for what is no numbered manual item, `field` the upload's field, "" where there is none. A code ending in
    `#` gets the number of axle or lamp. `photos` belong to the item, `axle_photos` to axle 1, 2, …, `plate_photos` take the
    place of both on a plate tester. `purposes` are all that may need it.
    """

    name: str
    code: str
    number: int
    field: str
    stage: InspectionPart
    purposes: tuple[Purpose, ...]
    photos: tuple[str, ...]
    axle_photos: tuple[str, ...]
    plate_photos: tuple[str, ...]
    demands: tuple[Demand, ...]
    ground: Ground

    @property
    def slot(self) -> str:
        """The name."""
        return self.name


def item(row: Row, known: frozenset[str]) -> Item:
    """Take one item; raise `DataError` naming a key or word that cannot be used."""
    name = row.text("item")
    if not (name.isascii() and name.isidentifier() and name.islower()):
        raise row.refuse("item", name, NAME)
    purposes = row.choices("purposes", Purpose) if row.has("purposes") else (Purpose.SAFETY,)
    photos, by_axle, by_plate = (_photos(row, key) for key in ("photos", "axle_photos", "plate_photos"))
    code, number, field, stage = (
        row.text("code"),
        row.whole("number"),
        row.text("field"),
        row.choice("stage", InspectionPart),
    )
    cases = row.rows("asked")
    rests_on = ground(row, known)
    found = tuple(_demand(each, rests_on.confidence) for each in cases)
    return Item(name, code, number, field, stage, purposes, photos, by_axle, by_plate, found, rests_on)


def _demand(row: Row, of_item: Confidence) -> Demand:
    """Take one case; without a confidence of its own it has the item's."""
    found = Demand(
        groups=row.choices("of", VehicleGroup),
        inspections=row.choices("at", InspectionKind) if row.has("at") else tuple(InspectionKind),
        conditions=row.choices("when", Condition) if row.has("when") else (),
        total_from_kg=row.whole("total_from_kg") if row.has("total_from_kg") else None,
        registered_from=row.day("registered_from") if row.has("registered_from") else None,
        extent=row.choice("extent", Extent) if row.has("extent") else Extent.ONCE,
        asked=row.choice("how", Asked) if row.has("how") else Asked.ASKED,
        confidence=row.choice("confidence", Confidence) if row.has("confidence") else of_item,
    )
    row.done()
    return found


def _photos(row: Row, key: str) -> tuple[str, ...]:
    codes = row.texts(key) if row.has(key) else ()
    for code in codes:
        if not (len(code) == PHOTO_LENGTH and code.isascii() and code.isalnum() and code == code.upper()):
            raise row.refuse(key, code, PHOTO)
    return codes
