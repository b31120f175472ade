"""An axle on the rollers: branches, windows, boundaries, and runs that do not count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.measurements import Curve, StopReason
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from carcheck_desktop.standards.loading.edition import parse
from carcheck_desktop.standards.verdicts import judge_service_brake
from tests.standards.cars import CAR, IN_USE, ON, TABLES, changed, code, curve, judge, run, with_setting

FULL = curve([0, 100, 200, 260], [0, 90, 190, 255])


def test_a_card_carries_everything_needed_to_repeat_it() -> None:
    rate, imbalance = judge(run(1, 780), FULL)
    assert (rate.item, rate.quantity, rate.rule) == ("B1", Quantity.AXLE_BRAKE_RATE, "axle_brake_rate.front")
    assert (rate.edition, rate.table_hash) == ("GB 38900-2020", TABLES.table_hash)
    assert rate.source == "GB 7258-2017 7.11.1.1 [G1, N1, L3]"
    assert (str(rate.exact), str(rate.rounded), str(rate.margin)) == ("67.373103087388", "67.4", "7.4")
    assert rate.inputs == {
        "left_max_daN": "260",
        "right_max_daN": "255",
        "left_kg": "390",
        "right_kg": "390",
        "load_kg": "780",
        "daN_per_kg": "0.98",
        "stop_reason": "time_out",
    }
    assert imbalance.rule == "imbalance.front"
    assert (imbalance.outcome, str(imbalance.rounded), str(imbalance.margin)) == (Outcome.PASS, "3.8", "20.2")
    assert not rate.doubtful
    assert not imbalance.doubtful


def test_the_maxima_are_taken_independently_of_time() -> None:
    rate, _ = judge(run(1, 780), curve([10, 250, 20], [10, 20, 245]))
    assert rate.inputs["left_max_daN"] == "250"
    assert rate.inputs["right_max_daN"] == "245"
    assert rate.rounded == Decimal("64.8")


@pytest.mark.parametrize(("sum_daN", "rounded", "outcome"), [(294, "60.0", Outcome.PASS), (293, "59.8", Outcome.FAIL)])
def test_a_front_axle_passes_at_the_limit_and_fails_below(sum_daN: int, rounded: str, outcome: Outcome) -> None:
    rate, _ = judge(run(1, 500), curve([10, 147], [10, sum_daN - 147]))
    assert (str(rate.rounded), rate.outcome) == (rounded, outcome)


def test_the_rounded_value_is_judged_not_the_exact_one() -> None:
    rate, _ = judge(run(1, 5000), curve([10, 1470], [10, 1469]))
    assert rate.exact is not None
    assert rate.exact < 60
    assert (str(rate.rounded), rate.outcome, str(rate.margin)) == ("60.0", Outcome.PASS, "0.0")


@pytest.mark.parametrize(("right_daN", "is_doubtful"), [(1467, False), (1468, True), (1469, True), (1470, False)])
def test_a_rule_of_rounding_that_is_not_well_known_is_a_doubt_only_where_rounding_decides(
    right_daN: int, is_doubtful: bool
) -> None:
    rounding = 'quantity = "axle_brake_rate"\nmode = "half_up"\ndecimals = 1\nvalid_from = 2021-01-01\n'
    ground = 'standard = "GB 38900-2020"\nclause = ""\nsources = ["L3", "N1"]\n'
    known = rounding + ground + 'confidence = "sourced"'
    tables = parse(changed(known, known.replace("sourced", "recalled")))
    rate, _ = judge(run(1, 5000), curve([10, 1470], [10, right_daN]), tables)
    assert rate.doubtful is is_doubtful
    assert not judge(run(1, 5000), curve([10, 1470], [10, right_daN]))[0].doubtful


@pytest.mark.parametrize(
    ("right_daN", "rounded_rate", "divided_by", "rule"),
    [
        (1469, "60", "larger_wheel_force", "imbalance.rear_rate_from_60"),
        (1467, "59.9", "axle_load", "imbalance.rear_rate_below_60"),
    ],
)
def test_a_rear_axles_rounded_rate_chooses_branch_and_limit_together(
    right_daN: int, rounded_rate: str, divided_by: str, rule: str
) -> None:
    _, imbalance = judge(run(2, 5000), curve([10, 1470], [10, right_daN]))
    assert imbalance.inputs["axle_brake_rate_percent"] == rounded_rate
    assert imbalance.inputs["divided_by"] == divided_by
    assert imbalance.rule == rule


def test_the_same_wheels_pass_at_a_strong_rear_axle_and_fail_at_a_weak_one() -> None:
    shape = curve([10, 200, 294], [10, 112, 294])
    assert judge(run(2, 1000), shape)[1].outcome is Outcome.PASS
    weak = judge(run(2, 1001), curve([10, 210, 294], [10, 111, 294]))[1]
    assert (weak.rule, str(weak.rounded), weak.outcome) == ("imbalance.rear_rate_below_60", "10.1", Outcome.FAIL)


def test_a_front_axle_is_divided_by_the_larger_force_even_when_weak() -> None:
    _, imbalance = judge(run(1, 5000), curve([10, 100], [10, 80]))
    assert (imbalance.rule, str(imbalance.rounded)) == ("imbalance.front", "20.0")


@pytest.mark.parametrize(("inspection", "limit"), [(InspectionKind.IN_USE, "24"), (InspectionKind.REGISTRATION, "20")])
def test_registration_has_its_own_imbalance_limit(inspection: InspectionKind, limit: str) -> None:
    _, imbalance = judge(run(1, 780), FULL, inspection=inspection)
    assert imbalance.limit == Decimal(limit)


@pytest.mark.parametrize(
    ("difference_daN", "rounded", "outcome"), [(240, "24.0", Outcome.PASS), (241, "24.1", Outcome.FAIL)]
)
def test_an_imbalance_passes_at_the_limit_and_fails_above(difference_daN: int, rounded: str, outcome: Outcome) -> None:
    _, imbalance = judge(run(1, 3000), curve([10, 800, 1000], [10, 800 - difference_daN, 1000]))
    assert (str(imbalance.rounded), imbalance.outcome) == (rounded, outcome)


# -- the build-up ----------------------------------------------------------------------------

EARLY_LEFT = curve([5, 150, 260, 255, 250, 250], [5, 145, 200, 190, 240, 256])
"""Left peaks at 2; the wheels differ by 60 there, by 65 at sample 3, right peaks at 5."""


def test_the_build_up_ends_at_the_later_peak() -> None:
    _, imbalance = judge(run(), EARLY_LEFT)
    assert (imbalance.inputs["window_end_index"], imbalance.inputs["difference_index"]) == ("5", "3")


@pytest.mark.parametrize("stop", [StopReason.LEFT_LOCKED, StopReason.RIGHT_LOCKED, StopReason.BOTH_LOCKED])
def test_a_locked_wheel_ends_the_build_up_at_the_earlier_peak(stop: StopReason) -> None:
    _, imbalance = judge(run(stop=stop), EARLY_LEFT)
    assert (imbalance.inputs["window_end_index"], imbalance.inputs["difference_index"]) == ("2", "2")


def test_the_setting_moves_the_end_and_never_the_maxima() -> None:
    tables = with_setting("imbalance_window_end_roller", "earlier_peak")
    early, late = judge(run(), EARLY_LEFT, tables), judge(run(), EARLY_LEFT)
    assert early[1].inputs["window_end"] == "earlier_peak"
    assert early[1].inputs["window_end_index"] == "2"
    assert early[0].exact == late[0].exact
    assert early[0].table_hash != late[0].table_hash


def test_a_verdict_that_hangs_on_the_end_of_the_build_up_is_marked_doubtful() -> None:
    shape = curve([5, 150, 260, 250, 250], [5, 145, 200, 180, 256])
    late = judge(run(), shape)[1]
    early = judge(run(), shape, with_setting("imbalance_window_end_roller", "earlier_peak"))[1]
    assert (late.outcome, late.confidence, code(late)) == (
        Outcome.FAIL, Confidence.RECALLED, "standards.doubt.window_later_peak"
    )  # fmt: skip
    assert (early.outcome, early.confidence, code(early)) == (
        Outcome.PASS, Confidence.RECALLED, "standards.doubt.window_earlier_peak"
    )  # fmt: skip


def test_a_locked_wheel_leaves_no_doubt_about_the_end() -> None:
    shape = curve([5, 150, 260, 250, 250], [5, 145, 200, 180, 256])
    card = judge(run(stop=StopReason.LEFT_LOCKED), shape)[1]
    assert (card.outcome, card.doubtful) == (Outcome.PASS, False)


@pytest.mark.parametrize("stop", [StopReason.TIME_OUT, StopReason.LEFT_LOCKED, StopReason.NOT_REPORTED])
def test_a_dead_brake_on_one_side_never_passes_however_the_bench_stopped(stop: StopReason) -> None:
    """The idle wheel's greatest force is noise of the drag, long before the pedal."""
    shape = curve([4, 5, 4, 60, 140, 185], [5, 6, 5, 5, 5, 5])
    for tables in (TABLES, with_setting("imbalance_window_end_roller", "earlier_peak")):
        rate, imbalance = judge(run(2, 540, stop, press=3), shape, tables)
        assert rate.outcome is Outcome.PASS
        assert (imbalance.outcome, imbalance.inputs["difference_left_daN"]) == (Outcome.FAIL, "185")


def test_a_verdict_that_hangs_on_the_share_of_an_idle_wheel_is_marked_doubtful() -> None:
    shape = curve([4, 5, 4, 60, 140, 185], [5, 6, 5, 5, 5, 5])
    locked = judge(run(2, 540, StopReason.LEFT_LOCKED), shape)[1]
    assert (locked.confidence, code(locked)) == (Confidence.SINGLE_SOURCE, "standards.doubt.idle_wheel")
    assert not judge(run(2, 540), shape)[1].doubtful


def test_what_the_bench_shows_before_the_press_is_no_braking() -> None:
    """The rollers' own start shows force, on one side sooner than on the other."""
    press = ([5, 150, 260], [5, 145, 255])
    started = judge(run(press=3), curve([300, 40, 5, *press[0]], [5, 90, 5, *press[1]]))
    alone = judge(run(), curve(*press))
    assert [card.exact for card in started] == [card.exact for card in alone]
    assert started[1].inputs["window_start_index"] == "3"


@pytest.mark.parametrize(("weak_daN", "end"), [(60, "1"), (59, "3")])
def test_a_wheel_at_the_share_still_ends_the_build_up(weak_daN: int, end: str) -> None:
    shape = curve([5, 100, 150, 200], [5, weak_daN, 50, 50])
    card = judge(run(2, 540, StopReason.LEFT_LOCKED), shape)[1]
    assert card.inputs["window_end_index"] == end


def test_the_build_up_begins_when_both_wheels_brake() -> None:
    _, imbalance = judge(run(), curve([40, 60, 100, 260], [0, 0, 95, 255]))
    assert imbalance.inputs["window_start_index"] == "2"
    assert imbalance.inputs["difference_left_daN"] == "100"


def test_a_sample_with_an_idle_wheel_is_skipped() -> None:
    _, imbalance = judge(run(), curve([10, 200, 100, 260], [10, 0, 95, 255]))
    assert imbalance.inputs["difference_index"] == "2"
    assert imbalance.outcome is Outcome.PASS


def test_the_first_of_equal_maxima_and_of_equal_differences_counts() -> None:
    _, imbalance = judge(run(), curve([10, 110, 120, 260, 260], [10, 100, 110, 255, 255]))
    assert imbalance.inputs["window_end_index"] == "3"
    assert imbalance.inputs["difference_index"] == "1"


# -- runs that do not count ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (curve([], []), "curve_empty"),
        (curve([1, 2], [1]), "curve_lengths"),
        (Curve(0, (1, 2), (1, 2)), "curve_interval"),
        (curve([10, 20], [10, 20], lost=[2]), "curve_lost_outside"),
        (curve([10, 20], [10, 20], lost=[-1]), "curve_lost_outside"),
        (curve([0, 0], [0, 0]), "no_force"),
        (curve([0, 0], [10, 90]), "no_force_left"),
        (curve([10, 90], [0, -2]), "no_force_right"),
        (curve([10, -6, 90], [10, 20, 90]), "negative_force"),
    ],
)
def test_a_curve_that_cannot_be_is_invalid_with_its_reason(shape: Curve, reason: str) -> None:
    for card in judge(run(), shape):
        assert card.outcome is Outcome.INVALID
        assert code(card) == f"standards.invalid.{reason}"
        assert card.exact is None
        assert card.margin is None


@pytest.mark.parametrize(
    ("left_kg", "right_kg"),
    [("0", "0"), ("0", "390"), ("390", "-1"), ("NaN", "390"), ("390", "Infinity"), ("sNaN", "1")],
)
def test_a_load_that_cannot_be_is_invalid(left_kg: str, right_kg: str) -> None:
    one = replace(run(), left_kg=Decimal(left_kg), right_kg=Decimal(right_kg))
    for card in judge(one, FULL):
        assert (card.outcome, code(card)) == (Outcome.INVALID, "standards.invalid.no_load")


@pytest.mark.parametrize(
    ("stop", "reason"),
    [(StopReason.DEVICE_ERROR, "device_error"), (StopReason.HOST_SILENT, "host_silent")],
)
def test_a_bench_that_broke_off_measured_nothing(stop: StopReason, reason: str) -> None:
    for card in judge(run(stop=stop), FULL):
        assert (card.outcome, code(card)) == (Outcome.INVALID, f"standards.invalid.{reason}")


@pytest.mark.parametrize("press", [-1, 4, 400])
def test_rollers_that_stopped_before_the_pedal_was_asked_for_measured_nothing(press: int) -> None:
    for card in judge(run(press=press, stop=StopReason.HOST_COMMAND), FULL):
        assert code(card) == "standards.invalid.never_pressed"


@pytest.mark.parametrize("stop", [StopReason.HOST_COMMAND, StopReason.NONE])
def test_rollers_stopped_while_the_force_still_rose_measured_nothing(stop: StopReason) -> None:
    for card in judge(run(stop=stop), FULL):
        assert code(card) == "standards.invalid.stopped_while_rising"
    held = curve([0, 100, 260, 258], [0, 90, 255, 254])
    assert {card.outcome for card in judge(run(stop=stop), held)} == {Outcome.PASS}


@pytest.mark.parametrize(
    "stop", [StopReason.LEFT_LOCKED, StopReason.TIME_OUT, StopReason.NOT_REPORTED, StopReason.BOTH_LOCKED]
)
def test_a_bench_that_stops_itself_may_end_at_the_peak(stop: StopReason) -> None:
    assert {card.outcome for card in judge(run(stop=stop), FULL)} == {Outcome.PASS}


@pytest.mark.parametrize("axle", [0, 3, -1])
def test_an_axle_the_car_does_not_have_is_invalid(axle: int) -> None:
    for card in judge(run(axle), FULL):
        assert (card.outcome, code(card)) == (Outcome.INVALID, "standards.invalid.no_such_axle")


def test_the_first_sample_beyond_zero_drift_is_named() -> None:
    rate, _ = judge(run(), curve([10, -5, 20, 90], [10, 20, -7, 90]))
    assert rate.reason is not None
    assert rate.reason.params == {"force_daN": -7, "index": 2}


def test_zero_drift_is_no_negative_force() -> None:
    drifting = curve([-5, -3, 100, 260], [0, -5, 95, 255])
    assert {card.outcome for card in judge(run(), drifting)} == {Outcome.PASS}


def test_wheels_that_never_brake_together_have_no_imbalance() -> None:
    rate, imbalance = judge(run(), curve([10, 260, 0, 0], [0, 0, 255, 10]))
    assert rate.outcome is Outcome.PASS
    assert (imbalance.outcome, code(imbalance)) == (Outcome.INVALID, "standards.invalid.no_build_up")


def test_a_locked_wheel_with_too_little_force_gets_advice() -> None:
    weak = curve([10, 100], [10, 100])
    assert code(judge(run(stop=StopReason.LEFT_LOCKED), weak)[0]) == "standards.advice.locked"
    assert judge(run(), weak)[0].reason is None
    assert judge(run(stop=StopReason.LEFT_LOCKED), FULL)[0].reason is None


def test_nothing_is_judged_before_the_edition_is_in_force() -> None:
    with pytest.raises(DataError, match="not_in_force"):
        judge_service_brake(TABLES, CAR, IN_USE, ON.replace(year=2020), run(), FULL)


# -- lost samples ----------------------------------------------------------------------------

HELD = [5, 5, 100, 180, 260, 258, 257, 256]
HELD_RIGHT = [5, 5, 95, 170, 250, 255, 254, 253]


def with_lost(*lost: int, weak: bool = False) -> Curve:
    """Return a curve with these samples lost; the pedal is asked for at sample 2."""
    scale = 2 if weak else 1
    left = [0 if index in lost else force // scale for index, force in enumerate(HELD)]
    right = [0 if index in lost else force // scale for index, force in enumerate(HELD_RIGHT)]
    return curve(left, right, lost)


def test_a_sample_lost_before_the_pedal_hides_nothing() -> None:
    assert {card.outcome for card in judge(run(press=2), with_lost(1))} == {Outcome.PASS}


@pytest.mark.parametrize("lost", [2, 3, 5, 7])
def test_any_sample_lost_under_the_pedal_may_hide_the_greatest_difference(lost: int) -> None:
    rate, imbalance = judge(run(press=2), with_lost(lost))
    assert rate.outcome is Outcome.PASS
    assert (imbalance.outcome, code(imbalance)) == (Outcome.INVALID, "standards.invalid.lost_sample")
    assert imbalance.reason is not None
    assert imbalance.reason.params == {"index": lost}


@pytest.mark.parametrize("lost", [2, 5, 7])
def test_no_axle_fails_for_force_that_may_have_been_lost(lost: int) -> None:
    rate, _ = judge(run(press=2), with_lost(lost, weak=True))
    assert (rate.outcome, code(rate)) == (Outcome.INVALID, "standards.invalid.lost_sample")
    assert judge(run(press=2), with_lost(weak=True))[0].outcome is Outcome.FAIL


def test_what_a_lost_place_carries_is_never_looked_at() -> None:
    shape = curve([5, 100, 9999, 260, 258], [5, 95, -9999, 255, 254], lost=[2])
    rate, imbalance = judge(run(), shape)
    assert rate.inputs["left_max_daN"] == "260"
    assert imbalance.inputs["difference_left_daN"] != "9999"
    assert code(imbalance) == "standards.invalid.lost_sample"


def test_a_curve_of_which_nothing_arrived_has_no_force() -> None:
    for stop in StopReason:
        for card in judge(run(stop=stop), curve([0, 0], [0, 0], lost=[0, 1])):
            assert card.outcome is Outcome.INVALID
