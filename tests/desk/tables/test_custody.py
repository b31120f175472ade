"""Table files in custody: taken over, changed behind the station's back, approved by two; conclusions rest on approved ones only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.app.parts import equipment_of
from carcheck_desktop.app.table_files import contents, hashes
from carcheck_desktop.app.table_watch import TableWatch
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.desk.ledger import Concluding, record, take_in
from carcheck_desktop.desk.tables.comparing import OnDisk, Release
from carcheck_desktop.desk.tables.custody import TableCustody
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import ApproveTable, Reply, SignReport
from carcheck_desktop.domain.ending import ManualKind
from carcheck_desktop.domain.folding.tables import standards_of
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.tables import FaultKind, approved_content, change_text, problem_of
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage, VisitView, stage
from carcheck_desktop.standards.loading.edition import parse
from tests.desk.conftest import PIN, DeskUnderTest
from tests.desk.test_ledger import LaneUnderTest

SAFETY = "gb38900-2020.toml"
FILES = {name: contents()[name] for name in (SAFETY, "gb18285-2018.toml", "gb21861-2014.toml")}
RELEASE = Release("0.1.0", hashes(FILES))
FRONT = b'key = "axle_brake_rate.front"'
RATE = "limit axle_brake_rate.front value"


def eased(content: bytes = FILES[SAFETY], value: bytes = b"value = 20") -> bytes:
    """The file as somebody changes it so that his car passes: the front axle's limit."""
    before, row = content.split(FRONT)[0], FRONT + content.split(FRONT)[1]
    line = next(each for each in row.splitlines() if each.startswith(b"value = "))
    return before + row.replace(line, value, 1)


class Custody:
    """The custody of a desk whose disk is a dictionary."""

    def __init__(self, desk: DeskUnderTest, release: Release = RELEASE) -> None:
        self.desk = desk
        self.disk = dict(FILES)
        self.release = release
        self.keeper = self.start()

    def start(self) -> TableCustody:
        """Start the service anew on what lies on the disk now."""
        self.keeper = TableCustody(self._look, self.release, self.desk.key, equipment_of(None))
        today = inspection_date(self.desk.clock.now())
        self.desk.writer.call(lambda uow: self.keeper.open(uow, today))
        self.desk.door.keep(self.keeper)
        return self.keeper

    def _look(self) -> dict[str, OnDisk]:
        return {name: OnDisk(content) for name, content in self.disk.items()}

    def approve(self, file: str = SAFETY, *, author: str = "boss", second: str = "zhou") -> Reply:
        """Approve a file as it lies on the disk, as the command line does."""
        first = self.desk.sign_in(author, Role.MANAGER)
        agreed = self.desk.sign_in(second, Role.SIGNER)
        with self.desk.store.read() as uow:
            approved = standards_of(uow.journal.of_subject("tables")).approved
        old = approved[file].table.table_hash if file in approved else ""
        new = digest_of(self.disk[file]) if file in self.disk else ""
        before = len(self.desk.facts("table_approved"))
        reply = self.desk.send(ApproveTable(file, old, new), first, second=agreed)
        with self.desk.store.read() as uow:  # as the writer tells what it has committed
            entries = [each for each in uow.journal.after(0, 10_000) if each[1].kind == "table_approved"][before:]
        self.keeper.hear(entries)
        return reply

    def how(self) -> Concluding:
        """Return what conclusions are made with."""
        return Concluding(self.keeper.rules, None, self.keeper)

    def settle(self) -> None:
        """Let the watch look once."""
        TableWatch(self.desk.store, self.keeper, self.how()).look(self.desk.writer)


@pytest.fixture
def custody(desk: DeskUnderTest) -> Custody:
    return Custody(desk)


def lane_with_a_car(desk: DeskUnderTest, folder: Path) -> LaneUnderTest:
    """Return a lane that has measured a car by the desk's tables."""
    young = desk.clock.now().date().replace(year=2020)
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK), registered_on=young)
    with desk.store.read() as uow:
        visit = uow.visits.get(str(reply.result["visit_id"]))
    assert visit is not None
    made = LaneUnderTest(folder, desk, visit)
    made.run(peak_daN=300)
    desk.writer.call(lambda uow: [uow.blobs.put(each) for each in made.blobs])
    return made


@pytest.fixture
def lane(custody: Custody, tmp_path: Path) -> Iterator[LaneUnderTest]:
    made = lane_with_a_car(custody.desk, tmp_path)
    yield made
    made.close()


def arrive(custody: Custody, lane: LaneUnderTest) -> VisitView:
    """Take the lane's journal in; return the visit."""
    desk, how = custody.desk, custody.how()
    done = desk.writer.call(lambda uow: take_in(uow, lane.entries(), how.tables, None, custody.keeper))
    assert done.refusal is None
    return seen(desk)


def seen(desk: DeskUnderTest) -> VisitView:
    with desk.store.read() as uow:
        return next(iter(uow.visits.open_ones()))


def locked(desk: DeskUnderTest) -> list[Problem]:
    """What every screen says of the table files now."""
    with desk.store.read() as uow:
        return [problem_of(each) for each in standards_of(uow.journal.of_subject("tables")).faults]


def test_the_first_start_takes_over_what_the_release_ships_and_signs_it(custody: Custody) -> None:
    adopted = custody.desk.facts("tables_adopted")
    custody.start()
    assert custody.desk.facts("tables_adopted") == adopted
    assert [each.file for each in adopted[0].tables] == sorted(FILES)  # type: ignore[attr-defined]
    with custody.desk.store.read() as uow:
        assert uow.blobs.get(digest_of(FILES[SAFETY])) == FILES[SAFETY]
    assert locked(custody.desk) == []


def test_a_limit_changed_on_the_disk_locks_the_conclusion_and_is_named_with_key_old_and_new_value(
    custody: Custody, lane: LaneUnderTest
) -> None:
    custody.disk[SAFETY] = eased()
    visit = arrive(custody, lane)
    assert (stage(visit), visit.conclusion) == (Stage.MEASURED, None)
    (told,) = locked(custody.desk)
    assert told.code == "domain.tables.changed"
    assert (told.params["file"], told.params["changes"]) == (SAFETY, f"{RATE}: 60 → 20")


def test_when_the_file_is_put_back_the_car_that_waited_is_concluded_by_the_approved_limit(
    custody: Custody, lane: LaneUnderTest
) -> None:
    custody.disk[SAFETY] = eased()
    arrive(custody, lane)
    custody.disk[SAFETY] = FILES[SAFETY]
    custody.settle()
    visit = seen(custody.desk)
    assert stage(visit) is Stage.PASSED
    assert {card.table_hash for card in visit.conclusion_cards} == {digest_of(FILES[SAFETY])}
    assert locked(custody.desk) == []


def test_a_restart_on_a_changed_file_goes_on_with_the_approved_limits_and_stays_locked(
    custody: Custody, lane: LaneUnderTest
) -> None:
    custody.disk[SAFETY] = eased()
    keeper = custody.start()
    assert keeper.rules.safety.table_hash == digest_of(FILES[SAFETY])
    assert arrive(custody, lane).conclusion is None


def test_a_car_that_waited_is_concluded_at_the_next_start_when_the_file_was_put_back_meanwhile(
    custody: Custody, lane: LaneUnderTest
) -> None:
    custody.disk[SAFETY] = eased()
    arrive(custody, lane)
    custody.disk[SAFETY] = FILES[SAFETY]
    custody.start()
    custody.settle()
    assert stage(seen(custody.desk)) is Stage.PASSED


def test_two_persons_approve_a_change_and_conclusions_are_free_again(custody: Custody, lane: LaneUnderTest) -> None:
    custody.disk[SAFETY] = eased()
    arrive(custody, lane)
    assert custody.approve().accepted
    custody.settle()
    assert custody.keeper.rules.safety.table_hash == digest_of(eased())
    assert stage(seen(custody.desk)) is Stage.PASSED
    assert locked(custody.desk) == []


def test_what_was_measured_before_an_approval_is_concluded_by_the_limits_it_was_measured_with(
    custody: Custody, lane: LaneUnderTest
) -> None:
    custody.disk[SAFETY] = eased()
    arrive(custody, lane)
    custody.approve()
    custody.settle()
    assert {card.table_hash for card in seen(custody.desk).conclusion_cards} == {digest_of(FILES[SAFETY])}


def test_an_approval_names_author_second_person_hashes_and_changes_under_the_stations_key(custody: Custody) -> None:
    custody.disk[SAFETY] = eased()
    custody.approve()
    (fact,) = custody.desk.facts("table_approved")
    assert isinstance(fact, f.TableApproved)
    assert (fact.by, fact.approved_by, fact.release) == ("boss", "zhou", "")
    assert (fact.old_hash, fact.new_hash) == (digest_of(FILES[SAFETY]), digest_of(eased()))
    assert [change_text(each) for each in fact.changes] == [f"{RATE}: 60 → 20"]
    content = approved_content(SAFETY, fact.old_hash, fact.new_hash, "boss", "zhou")
    assert is_signed(custody.desk.key.public_hex, content, fact.signature)


@pytest.mark.parametrize(
    ("author", "second", "code"),
    [
        ("boss", "boss", "domain.access.second_is_the_same"),
        ("zhou", "boss", "domain.access.role_may_not"),
    ],
)
def test_one_person_alone_or_a_signer_changes_no_limit(custody: Custody, author: str, second: str, code: str) -> None:
    custody.desk.sign_in("boss", Role.MANAGER)
    custody.desk.sign_in("zhou", Role.SIGNER)
    custody.disk[SAFETY] = eased()
    reply = custody.approve(author=author, second=second)
    assert reply.refusal is not None
    assert reply.refusal.code == code
    assert custody.keeper.rules.safety.table_hash == digest_of(FILES[SAFETY])


def test_what_was_changed_after_its_author_looked_is_not_approved(custody: Custody) -> None:
    custody.disk[SAFETY] = eased()
    first, second = custody.desk.sign_in("boss", Role.MANAGER), custody.desk.sign_in("zhou", Role.SIGNER)
    command = ApproveTable(SAFETY, digest_of(FILES[SAFETY]), digest_of(eased()))
    custody.disk[SAFETY] = eased(value=b"value = 10")
    reply = custody.desk.send(command, first, second=second)
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.tables.changed_meanwhile"


def test_a_file_that_cannot_be_used_is_not_approved_and_names_row_and_key(custody: Custody) -> None:
    custody.disk[SAFETY] = eased(value=b'value = "sixty"')
    reply = custody.approve()
    assert reply.refusal is not None
    assert reply.refusal.code == "standards.tables.unusable_file"
    assert (reply.refusal.params["file"], reply.refusal.params["key"]) == (SAFETY, "value")


def test_a_file_that_is_as_approved_needs_nobody(custody: Custody) -> None:
    reply = custody.approve()
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.tables.as_approved"


def test_an_added_file_locks_until_it_is_approved(custody: Custody) -> None:
    custody.disk["gb-new.toml"] = FILES[SAFETY].replace(b'id = "GB 38900-2020"', b'id = "GB 38900-2030"', 1)
    custody.settle()
    assert [each.code for each in locked(custody.desk)] == ["domain.tables.added"]
    assert custody.approve("gb-new.toml").accepted
    assert locked(custody.desk) == []
    assert custody.keeper.rules.named("GB 38900-2030").family.name == "safety"


def test_a_missing_file_locks_and_can_be_withdrawn_lawfully(custody: Custody) -> None:
    del custody.disk["gb18285-2018.toml"]
    custody.settle()
    assert [each.code for each in locked(custody.desk)] == ["domain.tables.missing"]
    assert custody.keeper.rules.emission is not None
    assert custody.approve("gb18285-2018.toml").accepted
    assert locked(custody.desk) == []
    assert custody.keeper.rules.emission is None


def test_the_safety_tables_cannot_be_withdrawn(custody: Custody) -> None:
    del custody.disk[SAFETY]
    reply = custody.approve()
    assert reply.refusal is not None
    assert reply.refusal.code == "standards.tables.no_edition"  # the one of 2014 does not take its place


def test_a_file_that_is_no_table_locks_with_its_reason(custody: Custody) -> None:
    custody.disk[SAFETY] = b"value = = 3"
    custody.settle()
    (told,) = locked(custody.desk)
    assert told.code == "domain.tables.unreadable"
    assert "line 1" in str(told.params["detail"])


def test_a_comment_that_was_added_locks_too_because_the_hash_of_every_verdict_would_differ(custody: Custody) -> None:
    custody.disk[SAFETY] = FILES[SAFETY] + b"# a remark\n"
    custody.settle()
    (told,) = locked(custody.desk)
    assert (told.code, told.params["changes"]) == ("domain.tables.changed", "-")


def test_a_new_releases_file_is_locked_until_approved_and_says_which_release(custody: Custody) -> None:
    custody.disk[SAFETY] = eased()
    custody.release = Release("0.2.0", hashes(custody.disk))
    custody.start()
    (told,) = locked(custody.desk)
    assert (told.code, told.params["release"]) == ("domain.tables.released", "0.2.0")
    assert custody.approve().accepted
    assert custody.desk.facts("table_approved")[0].release == "0.2.0"  # type: ignore[attr-defined]


def test_a_file_changed_before_the_first_start_is_never_taken_over(desk: DeskUnderTest) -> None:
    custody = Custody.__new__(Custody)
    custody.desk, custody.release = desk, RELEASE
    custody.disk = {**FILES, SAFETY: eased()}
    custody.start()
    (adopted,) = desk.facts("tables_adopted")
    assert [each.file for each in adopted.tables] == sorted(FILES.keys() - {SAFETY})  # type: ignore[attr-defined]
    assert desk.open_visit(desk.sign_in("wang", Role.CLERK)).accepted
    assert [each.code for each in locked(desk)] == ["domain.tables.added"]


def test_a_car_judged_by_tables_that_nobody_ever_approved_gets_a_finding_instead_of_a_conclusion(
    custody: Custody, tmp_path: Path
) -> None:
    custody.desk.tables = replace(custody.desk.tables, safety=parse(eased()))
    with closing(lane_with_a_car(custody.desk, tmp_path)) as lane:
        visit = arrive(custody, lane)
        custody.settle()
    assert visit.conclusion is None
    held = [(each.kind, each.evidence) for each in seen(custody.desk).placed_holds]
    assert held == [(ManualKind.FINDING, Message("holds.finding.strange_tables", {"lane": "1"}))]


def test_no_report_is_signed_while_a_limit_is_changed(custody: Custody) -> None:
    desk = custody.desk
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    visit = seen(desk)
    facts = (
        f.AttemptStarted(
            "attempt-1",
            visit.visit_id,
            "1",
            1,
            visit.vehicle,
            visit.inspection,
            visit.plan,
            visit.edition,
            visit.table_hash,
        ),
        f.AttemptEnded("attempt-1", visit.visit_id, "1", f.AttemptEnd.COMPLETE, ""),
        f.VisitConcluded(visit.visit_id, "attempt-1", Outcome.PASS, ()),
        f.ReportMade(
            str(reply.result["visit_id"]), "report-1", "000001", 1, "attempt-1", Outcome.PASS, "ab" * 32, "0", "e", "t"
        ),
    )
    desk.writer.call(lambda uow: [record(uow, fact, actor="li") for fact in facts])
    custody.disk[SAFETY] = eased()
    answer = desk.send(SignReport(visit.visit_id, "report-1", PIN), desk.sign_in("chen", Role.SIGNER))
    assert answer.refusal is not None
    assert answer.refusal.code == "desk.tables.locked"
    assert answer.refusal.params["file"] == SAFETY
    assert "60 → 20" in str(answer.refusal.params["changes"])


def test_measuring_and_intake_go_on_while_conclusions_are_locked(custody: Custody) -> None:
    custody.disk[SAFETY] = eased()
    custody.settle()
    assert custody.desk.open_visit(custody.desk.sign_in("wang", Role.CLERK)).accepted


def test_an_emptied_file_locks_and_each_value_that_is_gone_is_named(custody: Custody) -> None:
    custody.disk[SAFETY] = b""
    custody.settle()
    with custody.desk.store.read() as uow:
        (fault,) = standards_of(uow.journal.of_subject("tables")).faults
    assert fault.kind is FaultKind.CHANGED
    assert change_text(fault.changes[0]) == "schema: 2 → -"
