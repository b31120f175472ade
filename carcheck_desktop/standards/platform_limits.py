"""A limit that the platform sent for one inspection: it goes before the tables, and the card's source says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.loading.edition import FIGURES, Bound
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
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
            raise self._wrong(field, f"{bound}: {', '.join(names) or 'comparison, value'}")
        if limit.bound is Bound.BETWEEN and limit.low < 0 and bound is not Bound.BETWEEN:
            raise self._wrong(field, f"{Bound.BETWEEN}: low, high")
        figures = tuple(self.figures[name] for name in names)
        if bound is Bound.BETWEEN and figures[0] >= figures[1]:
            raise self._wrong(field, "low < high")
        if bound is not Bound.BETWEEN and min(figures) < 0:
            raise self._wrong(field, ">= 0")
        ground = replace(
            limit.ground,
            standard=PLATFORM,
            clause="",
            sources=(),
            confidence=Confidence.SOURCED,
            note="",
        )
        return replace(limit, bound=bound, figures=figures, ground=ground)

    def require_fit(self, rows: Sequence[Limit], field: str) -> None:
        """Raise `DataError` naming `field` unless the figures fit one of these rows at least, whether or not it is asked.

        A deviation has a reference and nothing else has one, so neither can take the other's place.
        """
        is_deviation = any(row.bound is Bound.WITHIN for row in rows)
        if self.bound is not None and (self.bound is Bound.WITHIN) is not is_deviation:
            allowed = (Bound.WITHIN,) if is_deviation else (Bound.AT_LEAST, Bound.AT_MOST, Bound.BETWEEN)
            raise self._wrong(f"{field}.comparison", ", ".join(allowed), self.bound)
        refused = None
        for row in rows:
            if row.bound is Bound.NONE and self.bound is None:
                continue
            try:
                self.instead_of(row, field)
            except DataError as error:
                refused = refused or error
            else:
                return
        raise refused or self._wrong(field, "comparison, value")

    def _wrong(self, field: str, allowed: str, value: str = "") -> DataError:
        shown = value or ", ".join(f"{name} {plain(figure)}" for name, figure in self.figures.items()) or "-"
        return DataError("standards.record.wrong_value", field=field, value=shown, allowed=allowed)
