"""The table file of GB 18285 is read as strictly as the other one, and says what it does not know."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.families.petrol import IDLE
from carcheck_desktop.standards.loading.edition import parse
from tests.standards.emission.runs import EMISSION, FILE, ON

TEXT = FILE.read_text(encoding="utf-8")


def test_every_figure_has_its_source_and_doubtful_ones_are_marked() -> None:
    doubtful = {getattr(row, "key", getattr(row, "quantity", "")) for row in EMISSION.doubtful()}
    assert {"oil_from_C", "residue_hc_below_ppm", "rated_rpm", "traction_control", "lambda_bounds"} <= doubtful
    assert "high_idle_rpm_light" not in doubtful
    grounds = [row.ground for row in EMISSION.limits.all()]
    grounds += [row.ground for row in EMISSION.constants.all()]
    grounds += [row.ground for row in EMISSION.settings.all()]
    assert all(ground.sources for ground in grounds)


def test_set_a_holds_and_every_limit_is_of_its_unit() -> None:
    assert EMISSION.choice("limit_set", ON) == "a"
    found = {quantity: EMISSION.limit(quantity, ON, limit_set="a") for quantity in IDLE}
    assert {quantity.value: " ".join(map(str, limit.figures)) for quantity, limit in found.items()} == {
        "high_idle_co": "0.3", "high_idle_hc": "50", "high_idle_lambda": "0.95 1.05", "idle_co": "0.6", "idle_hc": "80",
    }  # fmt: skip
    assert {limit.ground.confidence for limit in found.values()} == {Confidence.SOURCED}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("schema = 2", "schema = 1", "standards.tables.wrong_value"),
        ('key = "stall_rpm"', 'key = "stall_speed"', "standards.tables.wrong_value"),
        ('quantity = "idle_co"\nwhen', 'quantity = "imbalance"\nwhen', "standards.tables.wrong_value"),
        ('quantity = "idle_hc"\nwhen = { limit_set = ["b"] }', 'quantity = "idle_hc"\nwhen = { limit_set = ["c"] }', "standards.tables.wrong_value"),
        ('unit = "%"\nvalid_from = 2019-05-01\nstandard = "GB 18285-2018"\nclause = ""\nsources = ["ZK", "SX", "ZG"]',
         'unit = "ppm"\nvalid_from = 2019-05-01\nstandard = "GB 18285-2018"\nclause = ""\nsources = ["ZK", "SX", "ZG"]',
         "standards.tables.wrong_value"),
        ('sources = ["PASM", "FS"]', 'sources = ["PASM", "XX"]', "standards.tables.wrong_value"),
        ('key = "hold_s"\nvalue = 30', 'key = "hold_s"\nvalue = "30"', "standards.tables.wrong_type"),
        ('key = "hold_s"\nvalue = 30', 'key = "hold_s"\nvalue = 30\nnew = 1', "standards.tables.unknown_key"),
        ('key = "hold_s"\nvalue = 30\nunit = "s"\nvalid_from = 2019-05-01',
         'key = "hold_s"\nvalue = 30\nunit = "s"\nvalid_from = 2019-06-01', "standards.tables.gap"),
    ],
)  # fmt: skip
def test_a_file_written_wrongly_is_refused_by_name(before: str, after: str, code: str) -> None:
    assert before in TEXT
    with pytest.raises(DataError) as caught:
        parse(TEXT.replace(before, after, 1).encode())
    assert caught.value.code == code


def test_a_missing_row_is_named() -> None:
    start = TEXT.index('[[rounding]]\nquantity = "asm5025_co"')
    with pytest.raises(DataError) as caught:
        parse(TEXT[:start].encode())
    assert caught.value.problem.params["key"] == Quantity.ASM5025_CO.value


def test_every_source_is_used() -> None:
    used = {source for row in EMISSION.rows() for source in row.ground.sources}
    assert used == {source.id for source in EMISSION.sources}
