"""A limit that the platform sent for one inspection: it goes before the tables, and the card's source says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.loading.edition import FIGURES, Bound

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.standards.loading.edition import Limit

PLATFORM = "platform"
"""What stands as the standard of such a limit."""


@dataclass(frozen=True, slots=True)
class PlatformLimit:
    """The figures as sent, by the names of a table row; `bound` is None where the tables' own comparison stays."""

    figures: dict[str, Decimal]
    bound: Bound | None = None

    def instead_of(self, limit: Limit, field: str) -> Limit:
        """Return the tables' limit with these figures; raise `DataError` naming `field` where they do not fit."""
        bound = self.bound or limit.bound
        names = FIGURES[bound]
        if bound is Bound.NONE or set(names) != set(self.figures):
            raise DataError(
                "standards.record.wrong_value",
                field=field,
                value=", ".join(self.figures) or "-",
                allowed=f"{bound}: {', '.join(names) or 'comparison, value'}",
            )
        ground = replace(
            limit.ground,
            standard=PLATFORM,
            clause="",
            sources=(),
            confidence=Confidence.SOURCED,
            note="",
        )
        return replace(limit, bound=bound, figures=tuple(self.figures[name] for name in names), ground=ground)
