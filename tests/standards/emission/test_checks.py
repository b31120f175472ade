"""The check of the diagnosis, the check by eye, and the whole inspection out of its parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.standards.cards import Judgement
from tests.standards.emission.asked import ask, cards, case_of, conclusion

SOUND: dict[str, Any] = {"communication": "good", "malfunction_lamp_on": False, "open_monitors": 2}
ALL_GOOD = dict.fromkeys(("mechanical_condition", "pollution_control_devices", "oil_burning_or_smoke", "crankcase_ventilation", "evaporation_system", "instruments", "dangerous_or_disturbing_faults", "exhaust_leaks", "liquid_leaks", "obd_fitted", "tyre_pressure", "tyres_dry_and_clean", "air_conditioning_off", "traction_control_off", "fuel_normal"), "pass")  # fmt: skip


def car(fuel: str = "A", mass_kg: int = 1500, made: str = "2015-06-01") -> dict[str, Any]:
    return {"fuel": fuel, "total_mass_kg": mass_kg, "manufactured_on": made}


def obd(vehicle: dict[str, Any] | None = None, **fields: Any) -> Judgement:
    return ask("obd", case_of(vehicle or car()), **fields)


def code(judgement: Judgement) -> str:
    reason = judgement.cards[0].reason
    assert reason is not None
    return reason.code


@pytest.mark.parametrize(
    ("fuel", "mass_kg", "made", "is_decisive"),
    [
        ("A", 1500, "2011-06-30", False), ("A", 1500, "2011-07-01", True), ("A", 1500, "2011-07-02", True),
        ("A", 3500, "2012-01-01", True), ("A", 3501, "2012-01-01", False), ("A", 3501, "2013-06-30", False),
        ("A", 3501, "2013-07-01", True), ("E", 1500, "2012-01-01", True), ("B", 1500, "2017-12-31", False),
        ("B", 9000, "2018-01-01", True), ("BO", 9000, "2018-01-02", True), ("C", 1500, "2020-01-01", False),
    ],
)  # fmt: skip
def test_the_day_of_manufacture_decides_whether_the_diagnosis_does(
    fuel: str, mass_kg: int, made: str, is_decisive: bool
) -> None:
    found = obd(car(fuel, mass_kg, made), result="fail", appearance="pass", exhaust="pass")
    overall = cards(found)["emission_overall"]
    assert overall.inputs["obd_decisive"] == ("yes" if is_decisive else "no")
    assert overall.outcome is (Outcome.FAIL if is_decisive else Outcome.PASS)
    assert conclusion(found) is overall.outcome
    assert cards(found)["obd"].counts is is_decisive


def test_the_day_itself_and_the_year_that_sources_dispute_are_marked() -> None:
    on_the_day = cards(obd(car(made="2011-07-01"), result="fail"))["obd"]
    assert on_the_day.confidence is Confidence.RECALLED
    later = case_of(car(made="2011-07-01"), {"obd_first_day": "excluded"})
    assert ask("obd", later, result="fail").cards[0].counts is False
    disputed = obd(car(made="2010-12-01"), result="fail", appearance="pass", exhaust="pass")
    assert {card.confidence for card in disputed.cards} == {Confidence.DISPUTED}
    assert obd(car(made="2015-01-01"), result="fail").cards[0].confidence is Confidence.SOURCED


def test_before_november_2019_no_diagnosis_decided() -> None:
    early = case_of(car(), on=date(2019, 10, 31))
    assert ask("obd", early, result="fail").cards[0].counts is False
    assert ask("obd", case_of(car(), on=date(2019, 11, 1)), result="fail").cards[0].counts is True


def test_the_mass_is_asked_for_only_where_it_makes_a_difference() -> None:
    for made in ("2009-01-01", "2015-01-01"):
        obd({"fuel": "A", "manufactured_on": made}, result="pass")
    with pytest.raises(DataError) as caught:
        obd({"fuel": "A", "manufactured_on": "2012-01-01"}, result="pass")
    assert caught.value.problem.params["field"] == "vehicle.total_mass_kg"
    with pytest.raises(DataError) as caught:
        obd({"fuel": "A"}, result="pass")
    assert caught.value.problem.params["field"] == "vehicle.manufactured_on"
    with pytest.raises(DataError):
        obd({"fuel": "A", "manufactured_on": "2027-01-01"}, result="pass")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"malfunction_lamp_on": True}, "lamp_on"), ({"malfunction_lamp_works": False}, "lamp_broken"),
        ({"communication": "no_answer"}, "no_communication"), ({"communication": "interface_damaged"}, "no_communication"),
        ({"trouble_codes": ["P0301"]}, "codes_stored"), ({"calibration_abnormal": True}, "calibration_abnormal"),
        ({"vin_read": "LSV1", "vin_registered": "LSV2"}, "vin_differs"),
    ],
)  # fmt: skip
def test_every_finding_fails_and_is_named(change: dict[str, Any], said: str) -> None:
    found = obd(**SOUND | change)
    assert conclusion(found) is Outcome.FAIL
    assert found.cards[0].inputs["findings"] == said
    assert code(found) == ("standards.doubt.obd_codes" if said == "codes_stored" else f"standards.obd.{said}")


def test_a_sound_diagnosis_passes_and_an_empty_vin_is_no_other_vin() -> None:
    assert conclusion(obd(**SOUND)) is Outcome.PASS
    assert conclusion(obd(**SOUND, vin_read="", vin_registered="LSV2", trouble_codes=[])) is Outcome.PASS
    assert conclusion(obd(**SOUND, vin_read=" lsv2 ", vin_registered="LSV2")) is Outcome.PASS


def test_three_open_monitors_send_the_vehicle_away_and_two_do_not() -> None:
    found = obd(**SOUND | {"open_monitors": 3})
    assert (conclusion(found), code(found)) == (Outcome.NOT_JUDGED, "standards.obd.come_back")
    assert conclusion(obd(**SOUND | {"open_monitors": 3, "malfunction_lamp_on": True})) is Outcome.FAIL
    assert conclusion(obd(result="pass", open_monitors=3)) is Outcome.NOT_JUDGED
    for wrong in (-1, 101):
        with pytest.raises(DataError):
            obd(**SOUND | {"open_monitors": wrong})


def test_what_nobody_looked_at_never_passes() -> None:
    for name in SOUND:
        rest = {key: value for key, value in SOUND.items() if key != name}
        assert conclusion(obd(**rest)) is Outcome.NOT_JUDGED
    with pytest.raises(DataError):
        obd()
    assert conclusion(obd(result="invalid")) is Outcome.INVALID


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        (("pass", "pass", "pass"), Outcome.PASS), (("fail", "pass", "pass"), Outcome.FAIL),
        (("pass", "fail", "pass"), Outcome.FAIL), (("pass", "pass", "fail"), Outcome.FAIL),
        (("pass", "pass", "invalid"), Outcome.INVALID), (("pass", "not_complete", "pass"), Outcome.NOT_JUDGED),
        (("fail", None, None), Outcome.FAIL), (("pass", None, "pass"), Outcome.NOT_JUDGED),
        (("pass", "pass", "exempt"), Outcome.PASS), (("fail", "pass", "invalid"), Outcome.FAIL),
        (("pass", "fail", "invalid"), Outcome.FAIL), (("exempt", "exempt", "exempt"), Outcome.NOT_JUDGED),
        (("invalid", "pass", "fail"), Outcome.INVALID),
    ],
)  # fmt: skip
def test_the_whole_out_of_its_parts(parts: tuple[str | None, ...], outcome: Outcome) -> None:
    given = dict(zip(("appearance", "obd", "exhaust"), parts, strict=True))
    assert conclusion(ask("emission_overall", case_of(car()), **given)) is outcome


def test_smoke_during_the_test_fails_the_whole_and_not_the_check_by_eye() -> None:
    parts = {"appearance": "pass", "obd": "pass", "exhaust": "pass"}
    found = ask("emission_overall", case_of(car()), **parts, smoke_seen_during_test=True)
    assert (conclusion(found), found.cards[0].inputs["failed"]) == (Outcome.FAIL, "smoke")


def test_a_check_by_eye_of_which_nothing_applies_concludes_nothing() -> None:
    found = ask("appearance", case_of(car()), **dict.fromkeys(ALL_GOOD, "not_applicable"))
    assert (conclusion(found), code(found)) == (Outcome.NOT_JUDGED, "standards.petrol.nothing_checked")


@pytest.mark.parametrize("name", sorted(ALL_GOOD))
def test_every_item_of_the_check_by_eye_fails_by_itself(name: str) -> None:
    found = ask("appearance", case_of(car()), **ALL_GOOD | {name: "fail"})
    assert (conclusion(found), found.cards[0].inputs["failed"]) == (Outcome.FAIL, name)
    rest = {key: value for key, value in ALL_GOOD.items() if key != name}
    assert conclusion(ask("appearance", case_of(car()), **rest)) is Outcome.NOT_JUDGED


def test_items_of_the_other_engine_and_fitness_fail_nothing() -> None:
    assert conclusion(ask("appearance", case_of(car()), **ALL_GOOD)) is Outcome.PASS
    assert conclusion(ask("appearance", case_of(car()), **ALL_GOOD, fit_for_dynamometer="fail")) is Outcome.PASS
    of_diesel = {
        key: value for key, value in ALL_GOOD.items() if key not in ("crankcase_ventilation", "evaporation_system")
    }
    assert conclusion(ask("appearance", case_of(car("B")), **of_diesel)) is Outcome.NOT_JUDGED
    assert conclusion(ask("appearance", case_of(car("B")), **of_diesel, electronic_pump="pass")) is Outcome.PASS
    assert conclusion(ask("appearance", case_of(car()), **ALL_GOOD | {"obd_fitted": "not_applicable"})) is Outcome.PASS
    with pytest.raises(DataError):
        ask("appearance", case_of(car()))
