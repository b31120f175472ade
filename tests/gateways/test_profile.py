"""A profile is checked as a whole when it is loaded: a mistake in the data never becomes one at the counter."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.domain.intake import AuthorityVehicle
from carcheck_desktop.domain.vehicle import Colour, Fuel, PlateKind, UseCode
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.gateways.errors import ProfileError
from carcheck_desktop.gateways.profiles import parse_profile, read_profile
from carcheck_desktop.gateways.vehicle_authority import Asker, VehicleAuthority
from tests.gateways.asking import PROFILE

TEXT = (PROFILES / "neutral" / "vehicle_lookup.toml").read_text(encoding="utf-8")


def test_the_neutral_profile_fills_every_field_that_a_look_up_has() -> None:
    assert {each.ours for each in PROFILE.fields} == {each.name for each in fields(AuthorityVehicle)} - {
        "simulated",
        "doubts",
    }


def test_the_code_tables_are_those_of_the_domain() -> None:
    assert PROFILE.tables["hpzl"] == {kind.value for kind in PlateKind}
    assert PROFILE.tables["syxz"] == {code.value for code in UseCode}
    assert PROFILE.tables["rlzl"] == {fuel.value for fuel in Fuel}
    assert PROFILE.tables["csys"] == {colour.value for colour in Colour}


def test_what_rests_on_one_source_says_so() -> None:
    marks = {each.theirs: each.confidence for each in PROFILE.fields}
    assert (marks["clsbdh"], marks["zt"]) == (Confidence.SOURCED, Confidence.SINGLE_SOURCE)
    assert {each.confidence for each in PROFILE.request if each.theirs == "jylb"} == {Confidence.SINGLE_SOURCE}


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("schema = 1", "schema = 2", "schema = 2"),
        ('kind = "date"', 'kind = "day"', "day"),
        ('table = "hpzl"', 'table = "hpzz"', "hpzz"),
        ("low = 1\nhigh = 9\n", "low = 9\nhigh = 9\n", "axles"),
        ('means = "not_filed"', 'means = "gone"', "gone"),
        ('confidence = "sourced"', 'confidence = "certain"', "certain"),
        ('source = "M"', 'source = "X"', "X"),
        ('encodings = ["utf-8"', 'encodings = ["utf-nonsense"', "utf-nonsense"),
        ('ours = "engine_number"', 'ours = "vin"', "twice: vin"),
        ('theirs = "jkid"\ntext = "18C49"', 'theirs = "jkid"', "jkid: either ours or text"),
        ('drop_suffix = "挂学警"', 'drop = "挂"', "drop is unknown"),
        ('proposed = true', 'proposed = true\nprice = 3', "price is unknown"),
        ("[[probe]]", "[[probes]]", "probes is unknown"),
        ("[plate]", "[plate", "line"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path: Path, before: str, after: str, named: str) -> None:
    assert before in TEXT
    folder = tmp_path / "neutral"
    folder.mkdir()
    (folder / "vehicle_lookup.toml").write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        read_profile(tmp_path, "neutral", "vehicle_lookup")
    assert caught.value.code == "gateways.profile.unusable"
    assert named in str(caught.value.problem.params["detail"])
    assert "vehicle_lookup.toml" in str(caught.value.problem.params["path"])


def test_an_unknown_profile_names_those_that_there_are() -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(PROFILES, "chongqing", "vehicle_lookup")
    assert caught.value.code == "gateways.profile.unknown"
    assert "neutral" in str(caught.value.problem.params["known"]).split(", ")


def test_a_file_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "vehicle_lookup.toml").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"gateways\.profile\.unusable"):
        read_profile(tmp_path, "other", "vehicle_lookup")


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('ours = "seats"', 'ours = "places"', "places ?"),
        ('ours = "vin_tail"', 'ours = "owner"', "owner ?"),
        ("must = true\nmost = 25", "most = 25", "vin must"),
    ],
)
def test_a_profile_that_no_vehicle_fits_is_refused_when_the_service_starts(before: str, after: str, named: str) -> None:
    profile = parse_profile(TEXT.replace(before, after, 1).encode())
    with pytest.raises(ProfileError) as caught:
        VehicleAuthority(profile, "http://127.0.0.1:1", Asker("5001009", is_training=True), VirtualClock())
    assert named in str(caught.value.problem.params["detail"])
