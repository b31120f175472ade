"""A platform's limit for a device that is no bound of the right kind is refused by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.platform_limits import PlatformLimit
from tests.standards.exhaust_asking import ON, ask, case


@pytest.mark.parametrize(
    ("kind", "text", "limits", "field"),
    [
        (
            "coast_down",
            '{"ccdt_s": 10, "acdt_s": 10.6}',
            {"coast_down_error": PlatformLimit({"low": Decimal(5), "high": Decimal(8)}, Bound.BETWEEN)},
            "limits.coast_down_error",
        ),
        (
            "residue",
            '{"hc_ppm": 5}',
            {"analyser_residue": PlatformLimit({"percent": Decimal(5), "absolute": Decimal(8)}, Bound.WITHIN)},
            "limits.analyser_residue",
        ),
        (
            "lockout",
            '{"check": "leak", "now": "2026-03-01T08:00:00+08:00"}',
            {"check_age": PlatformLimit({"value": Decimal(24)}, Bound.AT_LEAST)},
            "limits.check_age",
        ),
    ],
)
def test_a_comparison_that_does_not_fit_is_refused(
    kind: str, text: str, limits: dict[str, PlatformLimit], field: str
) -> None:
    with pytest.raises(DataError) as caught:
        ask(kind, text, case("equipment", ON, limits))
    assert caught.value.problem.params["field"] == field
