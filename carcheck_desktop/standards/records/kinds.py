"""Every kind of measurement that a record may hold, by its name; each room of quantities lists its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.standards.bench import records as bench
from carcheck_desktop.standards.cycle import records as cycle
from carcheck_desktop.standards.diesel import records as diesel
from carcheck_desktop.standards.emission import records as emission
from carcheck_desktop.standards.equipment import records as equipment
from carcheck_desktop.standards.records.reading import shape_of
from carcheck_desktop.standards.supervision import records as supervision
from carcheck_desktop.standards.vehicle_checks import records as vehicle_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carcheck_desktop.standards.records.kind import Kind


def by_name(kinds: Iterable[Kind[Any]]) -> dict[str, Kind[Any]]:
    """Return kinds by their names; raise `ValueError` for a name that two have, `TypeError` for a field nobody can read."""
    found: dict[str, Kind[Any]] = {}
    for kind in kinds:
        if kind.name in found:
            raise ValueError(f"two kinds of measurement are named {kind.name}")
        if "kind" in {each.name for each in shape_of(kind.record)}:
            raise ValueError(f"{kind.name} has a field of the name that says which kind a measurement is")
        found[kind.name] = kind
    return found


GROUPS: Mapping[str, tuple[Kind[Any], ...]] = {
    "brakes": bench.KINDS,
    "vehicle": vehicle_checks.KINDS,
    "cycle": cycle.KINDS,
    "petrol": emission.KINDS,
    "diesel": diesel.KINDS,
    "equipment": equipment.KINDS,
    "supervision": supervision.KINDS,
}
"""The kinds of each room, in the order of the documentation."""
KINDS: Mapping[str, Kind[Any]] = by_name(kind for group in GROUPS.values() for kind in group)
