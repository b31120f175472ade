"""What everything of one inspection is judged under: the edition, the vehicle, the kind of inspection and the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from carcheck_desktop.domain.vehicle import InspectionKind
    from carcheck_desktop.domain.verdicts import Confidence, Quantity
    from carcheck_desktop.standards.loading.edition import Edition, Limit
    from carcheck_desktop.standards.platform_limits import PlatformLimit
    from carcheck_desktop.standards.traits import Traits


@dataclass(frozen=True, slots=True)
class Case:
    """An inspection as the rules see it; `choices` are a station's or platform's own words for settings of the tables.

    `platform` holds limits that the platform sent, by quantity or by the rule's name in the tables; they go before those.
    `on` chooses the rows of the tables. It is the day of the inspection, unless an edition is asked that does not hold on that
    day: then `on` is the edition's nearest day, and `inspected_on` the other.
    """

    edition: Edition
    vehicle: Traits
    inspection: InspectionKind
    on: date
    choices: Mapping[str, str] = field(default_factory=dict)
    platform: Mapping[str, PlatformLimit] = field(default_factory=dict)
    inspected_on: date | None = None

    @property
    def day(self) -> date:
        """Day of the inspection itself, which a vehicle's own days are counted by."""
        return self.inspected_on or self.on

    def constant(self, key: str) -> Decimal:
        """Return a constant's value on the day."""
        return self.edition.constant(key, self.on)

    def choice(self, key: str) -> str:
        """Return the word for a setting: the station's own, else the tables'; raise `DataError` for a word they do not know."""
        own = self.choices.get(key)
        if own is None:
            return self.edition.choice(key, self.on)
        allowed = self.edition.family.settings[key]
        if own not in allowed:
            raise DataError("standards.record.choice", field=f"settings.{key}", value=own, allowed=", ".join(allowed))
        return own

    def choice_confidence(self, key: str) -> Confidence:
        """Return how well the tables' reading of a setting is known."""
        return self.edition.settings.at(key, self.on).ground.confidence

    def constant_confidence(self, key: str) -> Confidence:
        """Return how well a constant is known."""
        return self.edition.constants.at(key, self.on).ground.confidence

    def limit(self, quantity: Quantity, **axes: str) -> Limit:
        """Return the limit of a case on the day: the platform's where it sent one, else the tables'."""
        found = self.edition.limit(quantity, self.on, **axes)
        for name in (found.key, quantity.value) if self.platform else ():
            if name in self.platform:
                return self.platform[name].instead_of(found, f"limits.{name}")
        return found

    def rounded(self, quantity: Quantity, exact: Fraction) -> Decimal:
        """Return a value as the edition rounds it."""
        return self.edition.rounded(quantity, exact, self.on)
