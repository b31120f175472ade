"""A new program on a station whose tables were approved under an earlier one: it opens, is locked, and says what frees it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.app.table_files import hashes
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts.tables import TablesAdopted
from carcheck_desktop.domain.tables import ApprovedTable, adopted_content
from carcheck_desktop.domain.views import Stage, stage
from carcheck_desktop.standards.loading.edition import parse_kept
from tests.desk.conftest import DeskUnderTest
from tests.desk.tables.test_custody import FILES, RELEASE, Custody, arrive, eased, lane_with_a_car, locked, seen
from tests.standards.old_tables import PETROL, SAFETY, old, without

ELDER = "gb21861-2014.toml"


def upgraded(desk: DeskUnderTest, approved: Mapping[str, bytes], disk: Mapping[str, bytes] = FILES) -> Custody:
    """A station whose tables were taken over by an earlier release, and this release's first start on `disk`."""
    tables = tuple(
        ApprovedTable(name, name.removesuffix(".toml"), digest_of(content)) for name, content in approved.items()
    )
    signature = desk.key.sign(adopted_content(tables, "0.0.9"))
    fact = TablesAdopted("0.0.9", tables, desk.key.public_hex, signature)
    desk.writer.call(lambda uow: [uow.blobs.put(content) for content in approved.values()])
    desk.writer.call(
        lambda uow: record(uow, fact, actor=SYSTEM, blobs=tuple(digest_of(each) for each in approved.values()))
    )
    custody = Custody.__new__(Custody)
    custody.desk, custody.disk, custody.release = desk, dict(disk), RELEASE
    custody.start()
    return custody


@pytest.fixture
def custody(desk: DeskUnderTest) -> Custody:
    """Exhaust was approved without today's newest setting and with a constant that nobody knows any more."""
    return upgraded(desk, {**FILES, PETROL: old(PETROL)})


def test_the_service_opens_is_locked_and_names_file_missing_key_and_command(custody: Custody) -> None:
    (told,) = locked(custody.desk)
    assert told.code == "domain.tables.outgrown"
    assert (told.params["file"], told.params["release"]) == (PETROL, RELEASE.name)
    assert told.params["detail"] == "setting natural_gas_hc"


def test_cars_are_planned_and_measured_by_the_releases_own_file_and_wait_for_their_conclusion(
    custody: Custody, tmp_path: Path
) -> None:
    assert custody.keeper.hashes == hashes(FILES)
    with closing(lane_with_a_car(custody.desk, tmp_path)) as lane:
        assert stage(arrive(custody, lane)) is Stage.MEASURED


def test_the_approval_of_the_releases_file_frees_the_station_and_concludes_what_waited(
    custody: Custody, tmp_path: Path
) -> None:
    with closing(lane_with_a_car(custody.desk, tmp_path)) as lane:
        arrive(custody, lane)
        assert custody.approve(PETROL).accepted
        custody.settle()
    assert locked(custody.desk) == []
    assert stage(seen(custody.desk)) is Stage.PASSED
    assert custody.keeper.hashes == hashes(FILES)


def test_after_the_approval_the_next_start_is_free(custody: Custody) -> None:
    custody.approve(PETROL)
    custody.start()
    assert locked(custody.desk) == []


def test_where_the_old_file_lies_on_the_disk_too_the_station_opens_and_says_what_it_lacks(
    desk: DeskUnderTest,
) -> None:
    files = {**FILES, PETROL: old(PETROL)}
    custody = upgraded(desk, files, files)
    (told,) = locked(desk)
    assert (told.code, told.params["file"], told.params["detail"]) == (
        "domain.tables.lacking", PETROL, "setting natural_gas_hc",
    )  # fmt: skip
    assert custody.keeper.hashes[PETROL] == digest_of(old(PETROL))
    assert desk.open_visit(desk.sign_in("wang", Role.CLERK)).accepted
    custody.disk[PETROL] = FILES[PETROL]
    custody.start()
    assert custody.approve(PETROL).accepted
    assert locked(desk) == []


def test_a_changed_file_never_takes_the_place_of_an_old_one(desk: DeskUnderTest) -> None:
    custody = upgraded(desk, {**FILES, SAFETY: old(SAFETY)}, {**FILES, SAFETY: eased()})
    assert custody.keeper.hashes[SAFETY] == digest_of(old(SAFETY))
    (told,) = locked(desk)
    assert (told.code, told.params["detail"]) == ("domain.tables.lacking", "setting road_decision")
    assert told.params["changes"] != "-"


def test_an_edition_that_is_over_locks_nothing_because_it_lacks_something(desk: DeskUnderTest) -> None:
    elder = without(FILES[ELDER], "constant", "road_speed_short_kmh")
    files = {**FILES, ELDER: elder}
    custody = upgraded(desk, files, files)
    assert locked(desk) == []
    assert custody.keeper.rules.named(parse_kept(elder).edition).lacking == ("constant road_speed_short_kmh",)


def test_a_file_that_is_not_complete_is_not_approved(desk: DeskUnderTest) -> None:
    custody = upgraded(desk, FILES, {**FILES, PETROL: old(PETROL)})
    reply = custody.approve(PETROL)
    assert reply.refusal is not None
    assert reply.refusal.code == "standards.tables.unusable_file"


def test_a_table_in_a_form_that_no_program_reads_any_more_does_not_keep_the_service_from_opening(
    desk: DeskUnderTest,
) -> None:
    ancient = FILES[SAFETY].replace(b"schema = 2", b"schema = 1", 1)
    custody = upgraded(desk, {**FILES, SAFETY: ancient})
    assert custody.keeper.hashes == hashes(FILES)
    (told,) = locked(desk)
    assert told.params["file"] == SAFETY
    assert "schema" in str(told.params["detail"])
    assert custody.approve(SAFETY).accepted
    assert locked(desk) == []


def test_a_car_measured_by_the_old_table_is_concluded_by_it_after_the_approval(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    before = old(SAFETY)
    custody = upgraded(desk, {**FILES, SAFETY: before})
    desk.tables = replace(desk.tables, safety=parse_kept(before))
    with closing(lane_with_a_car(desk, tmp_path)) as lane:
        arrive(custody, lane)
    custody.approve(SAFETY)
    custody.settle()
    visit = seen(desk)
    assert stage(visit) is Stage.PASSED
    assert {card.table_hash for card in visit.conclusion_cards} == {digest_of(before)}


def test_of_many_rows_that_are_lacking_a_screen_names_the_first(desk: DeskUnderTest) -> None:
    files = dict(FILES)
    for key in ("asm_end_s", "asm_longest_s", "vmas_cycle_s", "vmas_distance_km", "vmas_zero_K"):
        files[PETROL] = without(files[PETROL], "constant", key)
    upgraded(desk, files, files)
    (told,) = locked(desk)
    assert told.params["detail"] == "constant asm_end_s, constant asm_longest_s, constant vmas_cycle_s (+2)"
