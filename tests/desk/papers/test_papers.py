"""What stands on each paper, in either language."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from carcheck_desktop.desk.papers.pages.copies import reprint, signed_copy
from carcheck_desktop.desk.papers.pages.failed_page import FailedData, failed_page
from carcheck_desktop.desk.papers.pages.key_label import KeyLabelData, key_label
from carcheck_desktop.desk.papers.pages.receipt import ReceiptData, receipt
from carcheck_desktop.desk.papers.pages.report import ReportData, report
from carcheck_desktop.desk.papers.pages.ticket import queue_ticket, ticket_data
from carcheck_desktop.domain.documents import (
    SIMULATED_MARK,
    Barcode,
    Document,
    Drawer,
    Qr,
    Table,
    Width,
    document_from_json,
    document_to_json,
)
from carcheck_desktop.domain.signing import ReportState, ReportView
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.printing.escpos import to_escpos
from carcheck_desktop.printing.pdf import to_pdf
from carcheck_desktop.printing.profiles import read_profile
from carcheck_desktop.printing.text import to_text
from tests.desk.papers.papers_samples import (
    BY_ITEM,
    CASH,
    FAILING,
    HASH,
    HEAD,
    LINES,
    PASSING,
    PLAN,
    REFUND,
    SCAN,
    TRAINING,
    URL,
    T,
    every_paper,
    visit,
    wording,
)
from tests.domain.samples import FULL_VEHICLE
from tests.printing.interpreter import print_out

ZH, EN, BOTH = wording("zh_CN"), wording("en"), wording("zh_CN", "en")
NAMES = sorted(every_paper(EN))
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def papers(language: str) -> dict[str, Document]:
    return every_paper({"zh_CN": ZH, "en": EN, "zh_CN+en": BOTH}[language])


def squeezed(document: Document) -> str:
    """The words of a paper without the blanks between columns."""
    return re.sub(r"\s+", " ", to_text(document))


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_paper_has_words_for_everything_and_keeps_its_form(name: str, language: str) -> None:
    paper = papers(language)[name]
    shown = to_text(paper)
    assert "papers." not in shown
    assert name == "print_test" or "{" not in shown
    assert paper.language == language
    assert document_from_json(document_to_json(paper)) == paper


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_paper_prints_without_a_replaced_character(name: str, language: str) -> None:
    paper = papers(language)[name]
    if paper.width is Width.A4:
        made = to_pdf(paper)
        assert made.content.count(b"/Type /Page\n") == 1
    else:
        made = to_escpos(paper, read_profile("default"))
        assert print_out(made.content).rows
    assert made.replaced == () or name == "print_test"


@pytest.mark.parametrize("name", NAMES)
def test_a_training_station_marks_every_paper(name: str) -> None:
    assert SIMULATED_MARK in to_text(every_paper(ZH, TRAINING)[name])


def test_an_english_paper_has_no_chinese_but_names() -> None:
    own = [HEAD.name, HEAD.address, "渝A12345", "别克牌", "1号线", "车主放弃环检", "示范支付"]
    for name in set(NAMES) - {"print_test"}:
        shown = to_text(replace(papers("en")[name], simulated=False))
        for each in own:
            shown = shown.replace(each, "")
        assert not HAN.search(shown), name


def test_the_ticket_has_number_plate_time_and_the_owners_page() -> None:
    paper = papers("zh_CN")["ticket"]
    assert paper.number == "A017"
    assert [block.data for block in paper.blocks if isinstance(block, Qr)] == [URL]
    shown = squeezed(paper)
    for each in ("A017", "渝A12345", "2026-01-05 08:30", "前面车辆 3", "预计完成 08:50–09:05"):
        assert each in shown


def test_a_ticket_promises_no_time_that_nobody_knows() -> None:
    estimate = visit().estimate
    assert estimate is not None
    unsure = replace(visit(), estimate=replace(estimate, latest=None))
    for each in (unsure, replace(visit(), estimate=None)):
        assert "预计完成" not in to_text(queue_ticket(ticket_data(each, URL), HEAD, ZH))


def test_a_cash_receipt_adds_up_and_opens_the_drawer_once() -> None:
    paper = papers("zh_CN")["receipt_cash"]
    shown = squeezed(paper)
    for each in (
        "安全技术检验费 ￥100.00",
        "合计 ￥180.00",
        "实付 ￥180.00",
        "实收现金 ￥200.00",
        "找零 ￥20.00",
        "000123",
    ):
        assert each in shown
    assert paper.blocks[0] == Drawer()
    again = receipt(ReceiptData("000123", "渝A12345", "A017", LINES, CASH), HEAD, ZH)
    assert Drawer() not in again.blocks


def test_an_amount_is_never_broken_on_narrow_paper() -> None:
    rows = print_out(to_escpos(papers("zh_CN+en")["receipt_cash"], read_profile("receipt58")).content).rows
    shown = [row.text for row in rows]
    assert [text for text in shown if text.strip().endswith("￥")] == []
    assert any(text.endswith("￥100.00") for text in shown)


def test_a_scanned_payment_names_the_providers_reference_and_is_marked_where_it_was_simulated() -> None:
    paper = papers("zh_CN")["receipt_scan"]
    assert SCAN.provider_ref in squeezed(paper)
    assert "示范支付" in squeezed(paper)
    trained = replace(SCAN, provider="gateways.simulated.provider")
    assert "模拟支付平台" in squeezed(receipt(ReceiptData("1", "渝A1", "", LINES, trained), HEAD, ZH))
    assert "找零" not in squeezed(paper)
    assert paper.simulated
    assert not receipt(ReceiptData("1", "渝A1", "", LINES, replace(SCAN, simulated=False)), HEAD, ZH).simulated


def test_a_refund_names_the_receipt_the_reason_and_who_agreed() -> None:
    shown = squeezed(papers("zh_CN")["refund"])
    for each in ("退费单", "原收据号 000123", "退款金额 ￥80.00", "车主放弃环检", "批准人 zhou"):
        assert each in shown
    assert REFUND.amount_fen == 8000


def test_a_key_label_is_found_by_its_hook_and_read_by_its_barcode() -> None:
    paper = papers("zh_CN")["key_label"]
    assert [block.data for block in paper.blocks if isinstance(block, Barcode)] == ["A017"]
    rows = print_out(to_escpos(paper, read_profile("receipt58")).content).rows
    assert [(row.text, row.pieces[0].high) for row in rows[1:3]] == [("12", 4), ("渝A12345", 2)]
    bare = key_label(KeyLabelData(3, "渝A1", "", T), HEAD, ZH)
    assert not [block for block in bare.blocks if isinstance(block, Barcode)]


@pytest.mark.parametrize("name", ["report", "report_failed"])
def test_a_report_names_every_item_with_value_limit_verdict_and_instrument(name: str) -> None:
    shown = squeezed(papers("zh_CN")[name])
    cards = PASSING if name == "report" else FAILING
    rows = papers("zh_CN")[name].blocks
    cells = [row.cells for block in rows if isinstance(block, Table) and len(block.columns) == 7 for row in block.rows]
    assert [row[0] for row in cells] == ["W1", "W2", "B1", "B1", "B2", "B2", "B0", "DB", "DB", "DB", "DB", "DB", ""]
    judged = [row for row in cells if not row[0].startswith("W")]
    for row, card in zip(judged, cards, strict=True):
        assert row[2].startswith(f"{card.rounded}")
        assert row[4] == ("合格" if card.outcome is Outcome.PASS else "不合格")
    assert [row[5] for row in cells] == ["1", "1", "2", "2", "2", "2", "2", "3", "3", "3", "3", "3", ""]
    assert judged[0][3] == "≥60%"
    assert judged[7][3] == "0.95–1.05*"
    for each in (HASH, "GB 18285-2018", "0.1.0", "LSVAM4187C2184847", "nanhua_nha50x", "5001009", "wang、li"):
        assert each in shown


def test_what_failed_is_in_bold() -> None:
    blocks = papers("zh_CN")["report_failed"].blocks
    table = next(block for block in blocks if isinstance(block, Table) and len(block.columns) == 7)
    assert [row.cells[1] for row in table.rows if row.bold] == [
        "第1轴 轴制动率", "第1轴 制动不平衡率", "高怠速 CO", "整车制动率"
    ]  # fmt: skip


def test_a_report_has_a_revision_from_the_second_on_and_no_personal_data() -> None:
    assert "000042 / 2" in squeezed(papers("zh_CN")["report_failed"])
    assert "000042 /" not in squeezed(papers("zh_CN")["report"])


def test_the_remark_on_doubtful_limits_is_there_only_where_one_is() -> None:
    sure = tuple(replace(each, confidence=Confidence.SOURCED) for each in PASSING)
    made = report(ReportData("1", 1, T, visit(sure), by_item=BY_ITEM), HEAD, ZH)
    assert "*" not in to_text(made)
    assert "* 该限值" in squeezed(papers("zh_CN")["report"])


def test_a_newer_attempt_takes_the_place_of_an_older_one_item_by_item() -> None:
    failed, passed = visit(FAILING), visit()
    again = replace(
        passed.attempts[0], attempt_id="attempt-2",
        items=tuple(each for each in passed.attempts[0].items if each.item in ("B1", "DB")),
    )  # fmt: skip
    mixed = replace(failed, attempts=(*failed.attempts, again), conclusion_cards=(), conclusion=None)
    shown = squeezed(report(ReportData("1", 1, T, mixed), HEAD, ZH))
    assert "66.0%" in shown
    assert "52.3%" not in shown
    assert "第 2 次检验" in shown
    assert "尚未得出" in shown


def test_the_page_for_the_owner_says_what_to_repair_and_what_is_repeated() -> None:
    shown = squeezed(papers("zh_CN")["failed_page"])
    for each in (
        "52.3%",
        "≥60%",
        "检查制动片",
        "一氧化碳超标",
        "只复检下列项目：第1轴 轴荷称重、第1轴 行车制动、双怠速",
        "A017",
        "2026-01-25",
        "￥60.00",
    ):
        assert each in shown
    assert "轴荷称重 左" not in shown
    assert "没有不合格项目" in squeezed(failed_page(FailedData(visit()), HEAD, ZH))


def test_an_invalid_measurement_is_named_and_asks_for_no_repair() -> None:
    cards = (replace(PASSING[0], outcome=Outcome.INVALID, rounded=None, exact=None), *PASSING[1:])
    shown = squeezed(failed_page(FailedData(visit(cards), (PLAN[2],)), HEAD, ZH))
    assert "测量无效" in shown
    assert "建议检查和修理" not in shown


def test_a_copy_says_who_signed_or_that_nobody_did() -> None:
    paper = papers("zh_CN")["report"]
    made = ReportView("report-1", "000042", 1, "attempt-1", Outcome.PASS, "ef" * 32, "0.1.0", "GB 38900-2020", HASH, T)
    signed = replace(made, state=ReportState.SIGNED, signed_by="chen", signed_at=T, public_key="aa" * 32)
    shown = squeezed(signed_copy(paper, signed, "陈工", ZH))
    for each in ("授权签字人 陈工 已于 2026-01-05 08:30 签发", "ef" * 32, "aa" * 32):
        assert each in shown
    assert "不能作为正式检验报告" not in shown
    assert "不能作为正式检验报告" in squeezed(signed_copy(paper, made, "", ZH))
    assert len(to_pdf(signed_copy(paper, signed, "陈工", ZH)).content.split(b"/Type /Page\n")) == 2


def test_a_reprint_names_its_number_the_voided_paper_and_the_reason() -> None:
    shown = squeezed(reprint(papers("zh_CN")["receipt_cash"], 2, "000123-1", "卡纸", ZH))
    assert "第 2 次打印，原件 000123-1 作废。原因：卡纸" in shown


def test_codes_of_the_licence_are_said_in_words_and_unknown_ones_are_kept() -> None:
    shown = squeezed(papers("zh_CN")["report"])
    assert "汽油" in shown
    odd = replace(FULL_VEHICLE, fuel="A?", colour="", use_code="")
    text = squeezed(report(ReportData("1", 1, T, replace(visit(), vehicle=odd)), HEAD, ZH))
    assert "A?" in text
