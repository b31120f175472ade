"""The families by the name that a table file gives itself."""

from __future__ import annotations

from carcheck_desktop.standards.families import brakes, diesel, equipment, petrol, vehicle
from carcheck_desktop.standards.families.family import Family

SAFETY = Family(
    "safety",
    {**brakes.JUDGED, **vehicle.JUDGED},
    {**brakes.COMPUTED, **vehicle.COMPUTED},
    (*brakes.CONSTANTS, *vehicle.CONSTANTS),
    {**brakes.SETTINGS, **vehicle.SETTINGS},
    vehicle.CYCLES,
)
PETROL = Family("petrol", petrol.JUDGED, petrol.COMPUTED, petrol.CONSTANTS, petrol.SETTINGS)
DIESEL = Family("diesel", diesel.JUDGED, diesel.COMPUTED, diesel.CONSTANTS, diesel.SETTINGS)
EQUIPMENT = Family("equipment", equipment.JUDGED, equipment.COMPUTED, equipment.CONSTANTS, equipment.SETTINGS)
FAMILIES = {family.name: family for family in (SAFETY, PETROL, DIESEL, EQUIPMENT)}
