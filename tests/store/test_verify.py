"""`verify`: whatever somebody changed behind the store's back is found and named; nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.data import digest_of, from_json, to_json, to_plain
from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.domain.journal import SignedHead, chained, hash_of
from carcheck_desktop.store import Report, SqlStore, verify
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.tables.journal import entry_of
from tests.store.conftest import KEY, Database
from tests.store.facts import add_user, curve, whole_visit


def fill(store: SqlStore) -> str:
    """Two people and two visits in four commits (places 2 to 11); return the curve's digest."""
    with store.begin() as unit:
        add_user(unit, "李敏")
    with store.begin() as unit:
        add_user(unit, "王强", Role.LANE_CONTROLLER)
    with store.begin() as unit:
        whole_visit(unit, "visit-1")
    with store.begin() as unit:
        return whole_visit(unit, "visit-2", "渝B99999")


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database.open())
    return database


def codes(report: Report) -> list[str]:
    return [finding.code.removeprefix("store.verify.") for finding in report.findings]


def only(report: Report, code: str) -> Problem:
    """The one finding, which must be of this kind and have words in every language."""
    assert codes(report) == [code]
    (finding,) = report.findings
    for language in LANGUAGES:
        for line in Catalogue(language).lines(finding):
            assert "{" not in line
            assert "store." not in line
    return finding


def test_a_store_nobody_touched_is_whole_while_it_is_open_and_after(filled: Database) -> None:
    report = filled.verify()
    assert report.is_whole
    assert (report.entries, report.position, report.nodes) == (11, 11, {"service": 11})
    assert (report.visits, report.users, report.blobs) == (2, 2, 1)
    assert report.heads == 6
    assert report.key_given
    head = filled.opened[0].latest()
    assert head is not None
    assert head.chain == report.chain
    filled.opened[0].close()
    assert filled.verify(public_key=None).is_whole


def test_an_edited_entry_is_named(filled: Database) -> None:
    filled.tamper("UPDATE journal SET payload = replace(payload, '1250', '1251') WHERE pos = 4")
    finding = next(each for each in filled.verify().findings if each.code == "store.verify.entry_changed")
    assert finding.params["pos"] == 4
    assert (finding.params["node"], finding.params["seq"]) == ("service", 4)
    assert (finding.params["kind"], finding.params["subject"]) == ("visit_opened", "visit-1")
    assert set(codes(filled.verify())) == {"entry_changed", "visit_changed"}


@pytest.mark.parametrize("column", ["actor", "at", "kind", "subject", "blobs"])
def test_any_column_of_an_entry_is_covered(filled: Database, column: str) -> None:
    value = {"at": "2026-01-05T08:00:01Z", "blobs": "[]"}.get(column, "x")
    filled.tamper(f"UPDATE journal SET {column} = '{value}' WHERE pos = 7")
    found = [each for each in filled.verify().findings if each.code == "store.verify.entry_changed"]
    assert [each.params["pos"] for each in found] == [7]


def test_text_that_is_no_entry_any_more_is_named_and_the_walk_goes_on(filled: Database) -> None:
    filled.tamper("UPDATE journal SET at = 'yesterday' WHERE pos = 2", "UPDATE journal SET actor = 'x' WHERE pos = 11")
    found = [each for each in filled.verify().findings if each.code == "store.verify.entry_changed"]
    assert [each.params["pos"] for each in found] == [2, 11]


def test_an_entry_edited_and_sealed_again_breaks_the_link_behind_it(filled: Database) -> None:
    (row,) = filled.ask("SELECT pos, node, seq, at, actor, kind, version, subject, payload, blobs, "
                        "previous_hash, hash FROM journal WHERE pos = 3")  # fmt: skip
    forged = hash_of(replace(entry_of(row), actor="somebody"))
    filled.tamper(f"UPDATE journal SET actor = 'somebody', hash = '{forged}' WHERE pos = 3")
    report = filled.verify()
    assert codes(report) == ["chain_broken", "link_broken"]
    assert report.findings[0].params["pos"] == 3
    assert report.findings[1].params["pos"] == 4


def test_a_past_rewritten_to_the_end_contradicts_what_was_signed(filled: Database) -> None:
    rows = filled.ask("SELECT pos, node, seq, at, actor, kind, version, subject, payload, blobs, "
                      "previous_hash, hash, chain FROM journal ORDER BY pos")  # fmt: skip
    changes, previous, chain = [], "", ""
    for row in rows:
        entry = entry_of(row)
        if row[0] >= 5:
            entry = replace(entry, actor="somebody", previous_hash=previous)
            entry = replace(entry, hash=hash_of(entry))
            chain = chained(chain, entry.hash)
            changes.append(
                f"UPDATE journal SET actor = 'somebody', previous_hash = '{previous}', hash = '{entry.hash}', "
                f"chain = '{chain}' WHERE pos = {row[0]}"
            )
        else:
            chain = row[12]
        previous = entry.hash
    filled.tamper(*changes)
    report = filled.verify()
    assert set(codes(report)) == {"head_differs", "visit_changed"}
    assert [(each.params["source"], each.params["pos"]) for each in report.findings[:2]] == [
        (filled.heads_file.name, 7), ("row", 11),
    ]  # fmt: skip


def test_a_removed_entry_is_named_by_node_and_place(filled: Database) -> None:
    filled.tamper("DELETE FROM journal WHERE pos = 3")
    report = filled.verify()
    assert set(codes(report)) == {"entries_missing", "places_missing", "user_extra"}
    missing = report.findings[0].params
    assert (missing["node"], missing["first"], missing["last"]) == ("service", 3, 3)


def test_two_entries_in_each_others_place_are_noticed(filled: Database) -> None:
    filled.tamper(
        "UPDATE journal SET pos = 99 WHERE pos = 5",
        "UPDATE journal SET pos = 5 WHERE pos = 6",
        "UPDATE journal SET pos = 6 WHERE pos = 99",
    )
    assert "chain_broken" in codes(filled.verify())


def test_a_cut_tail_is_proved_by_the_row_and_by_the_file(filled: Database) -> None:
    filled.tamper("DELETE FROM journal WHERE pos > 7", "DELETE FROM visit WHERE visit_id = 'visit-2'")
    report = filled.verify()
    assert codes(report) == ["tail_cut", "tail_cut"]
    assert [each.params["source"] for each in report.findings] == [filled.heads_file.name, "row"]
    assert {(each.params["have"], each.params["signed"]) for each in report.findings} == {(7, 11)}


def test_a_cut_tail_shows_in_the_file_when_the_row_was_cut_too(filled: Database) -> None:
    heads = [from_json(line, SignedHead) for line in filled.heads_file.read_bytes().splitlines()]
    old = next(head for head in heads if head.pos == 7)
    filled.tamper(
        "DELETE FROM journal WHERE pos > 7",
        "DELETE FROM visit WHERE visit_id = 'visit-2'",
        f"UPDATE signed_head SET pos = 7, chain = '{old.chain}', signature = '{old.signature}', at = '{to_plain(old.at)}'",
    )
    finding = only(filled.verify(), "tail_cut")
    assert finding.params["source"] == filled.heads_file.name


def test_a_copy_of_the_heads_kept_elsewhere_proves_what_was_cut_everywhere_here(
    filled: Database, tmp_path: Path
) -> None:
    kept = tmp_path / "posted.jsonl"
    kept.write_bytes(filled.heads_file.read_bytes())
    lines = filled.heads_file.read_bytes().splitlines(keepends=True)
    old = from_json(lines[3], SignedHead)
    filled.heads_file.write_bytes(b"".join(lines[:4]))
    filled.tamper(
        f"DELETE FROM journal WHERE pos > {old.pos}",
        "DELETE FROM visit WHERE visit_id = 'visit-2'",
        f"UPDATE signed_head SET pos = {old.pos}, chain = '{old.chain}', signature = '{old.signature}'",
    )
    assert filled.verify().is_whole
    assert only(filled.verify(heads_file=kept), "tail_cut").params["signed"] == 11


def test_entries_that_the_program_did_not_write_are_not_signed(filled: Database) -> None:
    (row,) = filled.ask("SELECT pos, node, seq, at, actor, kind, version, subject, payload, blobs, "
                        "previous_hash, hash, chain FROM journal WHERE pos = 11")  # fmt: skip
    last = entry_of(row)
    fact = StopReleased("1")
    forged = replace(
        last,
        seq=12,
        kind=fact.kind,
        version=fact.version,
        subject="1",
        payload=to_json(fact),
        blobs=(),
        previous_hash=last.hash,
    )
    forged = replace(forged, hash=hash_of(forged))
    filled.tamper(
        "INSERT INTO journal (pos, node, seq, at, actor, kind, version, subject, payload, blobs, previous_hash, hash, chain) "
        f"VALUES (12, 'service', 12, '{to_plain(forged.at)}', '{forged.actor}', '{forged.kind}', 1, '1', "
        f"'{forged.payload}', '[]', '{forged.previous_hash}', '{forged.hash}', '{chained(row[12], forged.hash)}')"
    )
    finding = only(filled.verify(), "tail_unsigned")
    assert (finding.params["signed"], finding.params["have"]) == (11, 12)


def test_a_flipped_byte_of_a_curve_in_a_file_is_named_with_its_visit(database: Database) -> None:
    digest = fill(database.open())
    assert database.blob_folder is not None
    path = FileBlobs(database.blob_folder).path_of(digest)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    finding = only(database.verify(), "blob_changed")
    assert finding.params["digest"] == digest
    assert finding.params["found"] == digest_of(bytes(content))
    assert (finding.params["subject"], finding.params["pos"]) == ("visit-1", 7)


def test_a_flipped_byte_of_a_curve_in_a_row_is_named(lane_database: Database) -> None:
    digest = fill(lane_database.open("lane-1"))
    content = bytearray(curve())
    content[100] ^= 1
    literal = f"x'{content.hex()}'" if lane_database.kind == "sqlite" else f"'\\x{content.hex()}'"
    lane_database.tamper(f"UPDATE blob SET content = {literal}")
    assert only(lane_database.verify(), "blob_changed").params["digest"] == digest


def test_a_missing_photo_is_named(database: Database) -> None:
    digest = fill(database.open())
    assert database.blob_folder is not None
    FileBlobs(database.blob_folder).path_of(digest).unlink()
    assert only(database.verify(), "blob_missing").params["digest"] == digest


def test_an_edited_row_of_a_visit_is_named_by_its_columns(filled: Database) -> None:
    filled.tamper(
        "UPDATE visit SET stage = 'passed' WHERE visit_id = 'visit-1'",
        "UPDATE visit SET view = replace(view, '\"1250\"', '\"1\"'), plate = '渝A00000' WHERE visit_id = 'visit-2'",
    )
    first, second = filled.verify().findings
    assert (first.params["visit_id"], first.params["columns"]) == ("visit-1", "stage")
    assert (second.params["visit_id"], second.params["columns"]) == ("visit-2", "plate")
    filled.tamper("UPDATE visit SET view = replace(view, 'B1', 'B9') WHERE visit_id = 'visit-1'")
    assert "stage, view" in [each.params["columns"] for each in filled.verify().findings]


def test_a_row_that_an_older_program_wrote_lacks_nothing(filled: Database) -> None:
    filled.tamper("UPDATE visit SET view = replace(view, '\"estimate\":null,', '') WHERE visit_id = 'visit-1'")
    assert codes(filled.verify()) == []
    filled.tamper(
        "UPDATE visit SET view = replace(view, '\"conclusion\":', '\"conclusions\":') WHERE visit_id = 'visit-1'"
    )
    assert only(filled.verify(), "visit_changed").params["columns"] == "view"


def test_a_visit_removed_or_made_up_is_named(filled: Database) -> None:
    filled.tamper(
        "DELETE FROM visit WHERE visit_id = 'visit-1'",
        "INSERT INTO visit (visit_id, plate, stage, opened_at, changed_at, view) VALUES ('visit-0', 'x', 'x', 'x', 'x', '{}')",
    )
    report = filled.verify()
    assert codes(report) == ["visit_extra", "visit_missing"]
    assert report.findings[0].params["visit_id"] == "visit-0"
    assert report.findings[1].params == {"visit_id": "visit-1", "node": "service", "seq": 4, "pos": 4}


def test_a_role_somebody_gave_himself_is_named(filled: Database) -> None:
    filled.tamper("UPDATE users SET role = 'manager' WHERE name = '李敏'")
    report = filled.verify()
    assert codes(report) == ["user_changed", "user_forged"]
    assert report.findings[0].params == {"name": "李敏", "found": "manager", "expected": "clerk"}


@pytest.mark.parametrize("change", ["pin_hash = 'x'", "locked = true", "wrong_pins = 3"])
def test_a_pin_or_lock_changed_behind_the_stations_back_is_named(filled: Database, change: str) -> None:
    filled.tamper(f"UPDATE users SET {change} WHERE name = '王强'")
    assert only(filled.verify(), "user_forged").params["name"] == "王强"


def test_a_person_made_up_or_removed_is_named(filled: Database) -> None:
    filled.tamper("UPDATE users SET name = '黑客' WHERE name = '李敏'")
    assert codes(filled.verify()) == ["user_extra", "user_forged", "user_missing"]


def test_a_forged_signature_is_named_wherever_it_is(filled: Database) -> None:
    filled.tamper("UPDATE signed_head SET signature = replace(signature, substr(signature, 1, 4), '0000')")
    lines = filled.heads_file.read_bytes().splitlines(keepends=True)
    theirs = SigningKey.generate()
    head = from_json(lines[2], SignedHead)
    forged = replace(head, public_key=theirs.public_hex, signature=theirs.sign(head.signed_content()))
    filled.heads_file.write_bytes(b"".join([*lines[:2], to_json(forged).encode() + b"\n", *lines[3:]]))
    report = filled.verify()
    assert codes(report) == ["head_forged", "head_forged"]
    assert [(each.params["source"], each.params["pos"]) for each in report.findings] == [
        (filled.heads_file.name, 3), ("row", 11),
    ]  # fmt: skip


def test_a_whole_database_replaced_under_another_key_is_noticed(filled: Database) -> None:
    strangers = SigningKey.generate().public_hex
    report = filled.verify(public_key=strangers)
    assert codes(report)[0] == "other_key"
    assert report.findings[0].params == {"expected": strangers, "found": KEY.public_hex}


def test_a_removed_signature_and_a_removed_file_are_named(filled: Database) -> None:
    filled.heads_file.unlink()
    filled.tamper("DELETE FROM signed_head")
    assert codes(filled.verify()) == ["heads_missing", "head_missing"]


def test_a_garbled_line_of_heads_is_named_but_a_torn_last_one_is_not(filled: Database) -> None:
    with filled.heads_file.open("ab") as file:
        file.write(b'{"node":"serv')
    assert filled.verify().is_whole
    lines = filled.heads_file.read_bytes().splitlines(keepends=True)
    lines[1] = b"{}\n"
    filled.heads_file.write_bytes(b"".join(lines))
    assert only(filled.verify(), "heads_line").params["line"] == 2


def test_every_finding_is_named_not_only_the_first(filled: Database) -> None:
    filled.tamper(
        "UPDATE journal SET actor = 'x' WHERE pos = 2",
        "UPDATE visit SET stage = 'passed' WHERE visit_id = 'visit-1'",
        "UPDATE users SET role = 'manager' WHERE name = '李敏'",
    )
    assert filled.blob_folder is not None
    for digest in FileBlobs(filled.blob_folder).all():
        FileBlobs(filled.blob_folder).path_of(digest).unlink()
    assert set(codes(filled.verify())) == {
        "entry_changed", "blob_missing", "visit_changed", "user_changed", "user_forged",
    }  # fmt: skip


def test_a_page_of_the_file_overwritten_is_reported_not_thrown(sqlite: Database) -> None:
    store = sqlite.open()
    with store.begin() as unit:
        for _ in range(100):
            unit.journal.append(StopReleased("x" * 500), actor="x")
    store.close()
    path = Path(sqlite.where)
    content = bytearray(path.read_bytes())
    for start in range(len(content) - 4096 * 6, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    path.write_bytes(content)
    report = sqlite.verify()
    assert "damaged" in codes(report)
    assert "unreadable" in codes(report)


def test_a_copy_on_a_medium_that_cannot_be_written_is_read_as_it_lies(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite.open())
    sqlite.opened[0].close()
    monkeypatch.setattr("os.access", lambda *_: False)
    before = sorted(Path(sqlite.where).parent.iterdir())
    assert sqlite.verify().is_whole
    assert sorted(Path(sqlite.where).parent.iterdir()) == before


def test_a_database_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as missing:
        verify(tmp_path / "none.sqlite", blob_folder=None)
    assert missing.value.code == "store.place.missing"
    assert not (tmp_path / "none.sqlite").exists()


def test_a_report_travels_as_json(filled: Database) -> None:
    filled.tamper("UPDATE journal SET actor = 'x' WHERE pos = 2")
    plain = json.loads(to_json(filled.verify()))
    assert plain["findings"][0]["params"]["pos"] == 2
