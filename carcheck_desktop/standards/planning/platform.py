"""The platform's own lists for a vehicle (18C47): they go before the plan of the tables, and what differs is said by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.families.planning import Asked, InspectionPart
from carcheck_desktop.standards.planning.entries import Entry, InspectionPlan, Photo, Spared
from carcheck_desktop.standards.planning.photographs import photos_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.standards.loading.items import Item

INSTRUMENTS = (InspectionPart.INSTRUMENT, InspectionPart.ROAD)
PLATFORM = "18C47"
OURS = "W"
"""Our own code of a weighing before the brakes, which no upload has: the platform's list says nothing of it."""


@dataclass(frozen=True, slots=True)
class PlatformPlan:
    """What the platform asks for: numbers of manual items, codes of instrument items, kinds of photos.

    None says that it sent no such list, which leaves ours; an empty one says that it asks for none. `edition` is its `pdyj`:
    2 is GB 21861-2014, 3 is GB 38900-2020.
    """

    manual: tuple[int, ...] | None = None
    instruments: tuple[str, ...] | None = None
    photos: tuple[str, ...] | None = None
    edition: str = "3"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that only the platform asks for (`by_platform`), or only the tables; `name` is "" for what nobody knows."""

    code: str
    number: int
    name: str
    by_platform: bool
    message: Message


def against_platform(plan: InspectionPlan, answer: PlatformPlan, items: Sequence[Item]) -> tuple[Difference, ...]:
    """Return what differs, both ways by name; what a person has to see first differs in neither."""
    found: list[Difference] = []
    names = _names(plan, items)
    for ours, may_be, theirs in _lists(plan, answer, items):
        found += [_difference(key, names, by_platform=True) for key in theirs if key not in may_be and key not in ours]
        found += [_difference(key, names, by_platform=False) for key in ours if key not in theirs]
    return tuple(found)


def with_platform(plan: InspectionPlan, answer: PlatformPlan, items: Sequence[Item]) -> InspectionPlan:
    """Return the plan as the platform wants it: its lists decide, what it does not list is spared in its name."""
    wanted = _keys(answer)
    entries, spared = [], list(plan.spared)
    for entry in plan.entries:
        key = _key(entry)
        if key is None or _kind(key) not in wanted:
            entries.append(entry)
        elif key in wanted[_kind(key)]:
            entries.append(replace(entry, asked=Asked.ASKED, reasons=(*entry.reasons, _says(True))))
        else:
            reasons = (_says(False),)
            spared.append(Spared(entry.name, entry.code, entry.number, entry.stage, reasons, Confidence.SOURCED))
    here = {_key(entry) for entry in entries}
    catalogue = {key: item for item in items for key in _keys_of(item)}
    new = [key for keys in wanted.values() for key in keys if key not in here]
    entries += [_entry(key, catalogue.get(key)) for key in new]
    taken_up = {entry.name for entry in entries}
    spared = [each for each in spared if each.name not in taken_up or each.number == 0]
    photos = plan.photos if answer.photos is None else _photos(answer.photos, entries)
    return replace(plan, entries=tuple(entries), spared=tuple(spared), photos=photos)


def _lists(
    plan: InspectionPlan, answer: PlatformPlan, items: Sequence[Item]
) -> list[tuple[list[str], set[str], tuple[str, ...]]]:
    """Return for each list that the platform sent: what we ask for, what may be, and what it asks for."""
    catalogue = {item.name: item for item in items}
    found = []
    for kind, theirs in _keys(answer).items():
        sure, may_be = [], set[str]()
        for each in plan.entries:
            key = _key(each)
            if key is None or _kind(key) != kind:
                continue
            item = catalogue.get(each.name)
            if item is not None and key not in _keys_of(item):  # how many there are is not known
                may_be.update(_keys_of(item))
            elif each.asked is Asked.ASKED:
                sure.append(key)
            else:
                may_be.add(key)
        found.append((sure, may_be, theirs))
    if answer.photos is not None:
        asked = [f"photo {each.code}" for each in plan.photos if each.asked is Asked.ASKED]
        others = {f"photo {each.code}" for each in plan.photos if each.asked is Asked.IF_FITTED}
        found.append((asked, others, tuple(f"photo {code}" for code in answer.photos)))
    return found


def _keys(answer: PlatformPlan) -> dict[str, tuple[str, ...]]:
    """Return the platform's items by the kind of list, as `number 15` and `item B1`."""
    found = {}
    if answer.manual is not None:
        found["number"] = tuple(f"number {each}" for each in answer.manual)
    if answer.instruments is not None:
        found["item"] = tuple(f"item {each}" for each in answer.instruments)
    return found


def _key(entry: Entry | Spared) -> str | None:
    """Return how the platform would name an entry; None for what it has no name for."""
    if entry.number:
        return f"number {entry.number}"
    if entry.stage in INSTRUMENTS and entry.code and not entry.code.startswith(OURS):
        return f"item {entry.code}"
    return None


def _keys_of(item: Item) -> list[str]:
    if item.number:
        return [f"number {item.number}"]
    if item.stage in INSTRUMENTS:
        places = range(1, 10) if "#" in item.code else (0,)
        return [f"item {item.code.replace('#', str(place))}" for place in places]
    return []


def _kind(key: str) -> str:
    return key.partition(" ")[0]


def _names(plan: InspectionPlan, items: Sequence[Item]) -> dict[str, str]:
    names = {key: item.name for item in items for key in _keys_of(item)}
    return names | {f"photo {each.code}": each.items[0] for each in plan.photos if each.items}


def _difference(key: str, names: dict[str, str], *, by_platform: bool) -> Difference:
    kind, _, code = key.partition(" ")
    name = names.get(key, "")
    shown = f"standards.item.{name}" if name else "-"
    message = Message("standards.planning.only_tables", {"kind": _kind_word(kind), "code": code, "item": shown})
    if by_platform:
        message = Message("standards.planning.only_platform", {"kind": _kind_word(kind), "code": code, "item": shown})
    return Difference(code, int(code) if kind == "number" else 0, name, by_platform, message)


def _kind_word(kind: str) -> str:
    return f"standards.planning.kind.{kind}"


def _says(asks: bool) -> Message:
    return Message("standards.planning.platform_asks") if asks else Message("standards.planning.platform_spares")


def _entry(key: str, item: Item | None) -> Entry:
    """Return an item that only the platform asks for, named as far as the catalogue knows it."""
    kind, _, code = key.partition(" ")
    number = int(code) if kind == "number" else 0
    place = int(code[1:]) if item is not None and "#" in item.code else 0
    return Entry(
        name=item.name if item else "",
        code=item.code.replace("#", str(place)) if item else code,
        number=number,
        field=item.field if item else "",
        stage=item.stage if item else InspectionPart.INSTRUMENT,
        axle=place,
        asked=Asked.ASKED,
        reasons=(_says(True),),
        confidence=Confidence.SOURCED,
        purposes=item.purposes if item else (Purpose.SAFETY,),
        photos=item.photos if item else (),
        source=PLATFORM,
    )


def _photos(codes: tuple[str, ...], entries: Sequence[Entry]) -> tuple[Photo, ...]:
    known = {each.code: each.items for each in photos_of(entries)}
    return tuple(Photo(code, known.get(code, ()), Asked.ASKED) for code in codes)
