"""`main.py render`: a document in every form, and nonsense with its cause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carcheck_desktop.cli import main
from carcheck_desktop.domain.documents import (
    Document,
    DocumentKind,
    Qr,
    Width,
    document_to_json,
    text_line,
)

BEGINNINGS = {"escpos": b"\x1b@", "pdf": b"%PDF-", "png": b"\x89PNG", "text": "检验".encode()}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = Document(
        DocumentKind.QUEUE_TICKET,
        "A017",
        "zh_CN",
        Width.RECEIPT80,
        (text_line("检验 ￥1 m³"), Qr("https://example.org")),
    )
    path = tmp_path / "document.json"
    path.write_text(document_to_json(made), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_document_is_written_in_every_form(
    paper: Path, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"out.{form}"
    assert main(["render", str(paper), "--to", form, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(BEGINNINGS[form])
    said = json.loads(capsys.readouterr().out)
    assert said["bytes"] == out.stat().st_size
    replaced = [{"character": "³", "by": "3"}] if form in ("escpos", "png") else []
    assert said["replaced"] == replaced


def test_without_a_file_it_goes_to_standard_output(paper: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["render", str(paper), "--to", "pdf"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"%PDF-")


def test_replaced_characters_are_said(paper: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["render", str(paper), "--to", "escpos", "--out", str(tmp_path / "x")])
    assert "³ → 3" in capsys.readouterr().err
    main(["render", str(paper), "--to", "escpos", "--out", str(tmp_path / "x"), "--profile", "epson_tm_t88"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "truncated"),
        (b"\xff\xfe\x00", "malformed"),
        (b'{"kind": "receipt"}', "number"),
        (b'{"kind": "poem", "number": "", "language": "en", "width": "a4", "blocks": []}', "$.kind"),
        (b'{"kind": "receipt", "number": "", "language": "en", "width": "a4", "blocks": [{"block": "song"}]}', "song"),
        (b"[" * 5000, "document"),
    ],
)
def test_nonsense_is_refused_in_one_line_with_its_place(
    tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "document.json"
    path.write_bytes(content)
    assert main(["render", str(path), "--to", "text"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1


def test_a_file_or_profile_that_is_not_there_is_named(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", str(tmp_path / "nothing.json"), "--to", "text"]) == 2
    assert "nothing.json" in capsys.readouterr().err
    assert main(["render", str(paper), "--to", "escpos", "--profile", "star"]) == 2
    assert "star" in capsys.readouterr().err


def test_a_page_is_not_sent_to_a_receipt_printer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "document.json"
    path.write_text(document_to_json(Document(DocumentKind.REPORT, "1", "en", Width.A4, ())), encoding="utf-8")
    assert main(["render", str(path), "--to", "escpos"]) == 2
    assert "A4" in capsys.readouterr().err
