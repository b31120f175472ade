"""States of the curves; no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CurveState:
    """Which curve is to be drawn, and the demanded sum of both wheels in daN, None where none is."""

    run_id: str
    title: str
    demanded_sum_daN: float | None
    is_running: bool
    empty: str
