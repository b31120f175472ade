"""`verify` proves every signature of a report: with the station's key, over the document that was made, by who says so."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.facts import ReportMade, ReportSigned
from carcheck_desktop.domain.numbers import REPORTS
from carcheck_desktop.domain.signing import signed_content
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.store import Report
from tests.store.conftest import KEY, Database


def signed(
    database: Database, *, key: SigningKey = KEY, by: str = "chen", actor: str = "chen", other: bool = False
) -> Report:
    """Make a report, sign it as said, and verify."""
    store = database.open()
    with store.begin() as unit:
        digest = unit.blobs.put(b"the report")
        signed_digest = unit.blobs.put(b"another report") if other else digest
        number = f"{unit.numbers.next(REPORTS):06d}"
        made = ReportMade("visit-1", "report-1", number, 1, "attempt-1", Outcome.PASS, digest, "1", "e", "h")
        unit.journal.append(made, actor="system", blobs=[digest])
        signature = key.sign(signed_content("visit-1", "report-1", 1, signed_digest, "chen"))
        fact = ReportSigned("visit-1", "report-1", 1, signed_digest, "1", "h", by, key.public_hex, signature)
        unit.journal.append(fact, actor=actor, blobs=[signed_digest])
    return database.verify()


def only(report: Report) -> str:
    (finding,) = report.findings
    for language in LANGUAGES:
        for line in Catalogue(language).lines(finding):
            assert "{" not in line
            assert "store." not in line
    return finding.code


def test_a_signed_report_is_whole(database: Database) -> None:
    assert signed(database).is_whole


def test_a_signature_with_another_key_is_found(database: Database) -> None:
    assert only(signed(database, key=SigningKey.generate())) == "store.verify.signature_wrong"


def test_a_signature_in_another_name_is_found(database: Database) -> None:
    assert only(signed(database, by="zhao")) == "store.verify.signature_wrong"


def test_a_signature_that_somebody_else_wrote_down_is_found(database: Database) -> None:
    assert only(signed(database, actor="wang")) == "store.verify.signature_wrong"


def test_a_signature_over_another_document_is_found(database: Database) -> None:
    assert only(signed(database, other=True)) == "store.verify.signed_other"
