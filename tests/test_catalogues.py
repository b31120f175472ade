"""Every code that people read has words in every language, with the same placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, ROOT, Catalogue, catalogue_files
from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.devices.api import AnalyserState, GasAction, Quality, Side
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.custody import Place, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.exhaust import IdlePhase
from carcheck_desktop.domain.holds import HoldKind
from carcheck_desktop.domain.insurance import InsuranceState, PolicyOrigin, VehicleTax
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState
from carcheck_desktop.domain.signing import Deed, ReportState
from carcheck_desktop.domain.turns import Standing
from carcheck_desktop.domain.vehicle import (
    BrakeSource,
    Colour,
    Drive,
    Fuel,
    InspectionKind,
    LampSystem,
    PlateKind,
    Suspension,
    Use,
    UseCode,
    VehicleCategory,
)
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, Outcome, Purpose, Quantity
from carcheck_desktop.domain.views import ItemState, Stage
from carcheck_desktop.standards.families.planning import InspectionPart, VehicleGroup

CODE = re.compile(r"[a-zA-Z_]\w*(\.\w+)+")
HAN = re.compile(r"[\u4e00-\u9fff]")
WORDED = (
    Role, StopReason, Confidence, ItemKind, Outcome, Quantity, ItemState, Purpose, IdlePhase,
    VehicleCategory, Use, InspectionKind, PlateKind, Quality, Side, AnalyserState, GasAction,
    BrakeSource, Colour, Drive, Fuel, LampSystem, Suspension, UseCode, Channel, ValueOrigin,
    Stage, HoldKind, ManualKind, WithdrawReason, InsuranceState, PolicyOrigin, VehicleTax,
    PaymentMethod, PaymentState,
    Deed, ReportState, PaperState, DocumentKind,
    CallTo, Place, Standing, Thing,
    InspectionPart, VehicleGroup,
)  # fmt: skip
"""The enumerations whose members people read; `word` makes their codes, so no literal names them."""


def sources() -> list[Path]:
    return [*sorted((ROOT / "carcheck_desktop").rglob("*.py")), *sorted((ROOT / "drivers").rglob("*.py"))]


def literal_codes(path: Path) -> set[tuple[str, bool]]:
    """Return (code, is a problem) of every call in a file that names a code by a literal."""
    found: set[tuple[str, bool]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        is_problem = name == "Problem" or (name.endswith("Error") and name != "Error")
        if not (name == "Message" or is_problem):
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and CODE.fullmatch(first.value):
            found.add((first.value, is_problem))
    return found


def entries(language: str) -> dict[str, str]:
    """Return every entry of a language; the same code twice is an error."""
    found: dict[str, str] = {}
    for path in catalogue_files(language):
        with path.open("rb") as file:
            for entry in read_po(file, abort_invalid=True):
                if entry.id:
                    assert str(entry.id) not in found, f"{entry.id} stands twice, again in {path.name}"
                    found[str(entry.id)] = str(entry.string)
    return found


def wanted_codes() -> dict[str, str]:
    wanted: dict[str, str] = {}
    for path in sources():
        for code, is_problem in literal_codes(path):
            endings = (".cause", ".evidence", ".next") if is_problem else ("",)
            wanted.update({code + ending: path.relative_to(ROOT).as_posix() for ending in endings})
    for enum in WORDED:
        wanted.update({word(member).code: enum.__name__ for member in enum})
    return wanted


def literal_texts() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return every text in the code, and every pattern of a code that is put together from parts (`f"ui.stage.{x}"`)."""
    texts: set[str] = set()
    patterns: set[str] = set()
    for path in sources():
        name_of_make = path.relative_to(ROOT).parts[1] if path.is_relative_to(ROOT / "drivers") else ""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(pattern_of(node, name_of_make))
    return texts, [re.compile(pattern) for pattern in patterns if re.match(r"[A-Za-z_]\w*\\\.", pattern)]


def pattern_of(joined: ast.JoinedStr, name_of_make: str) -> str:
    """Return what an f-string may become; a driver's `{NAME}` is the name of its folder."""
    parts = []
    for part in joined.values:
        if isinstance(part, ast.Constant):
            parts.append(re.escape(str(part.value)))
        elif name_of_make and ast.unparse(part).rpartition("NAME")[0] in ("f'{", "f'{p.", "{", "{p."):
            parts.append(name_of_make)
        else:
            parts.append(r"[\w.>=<]+")
    return "".join(parts)


def tables_texts() -> set[str]:
    """Return the codes that the tables of the standards name."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "resources" / "standards").glob("*.toml"))
    return set(re.findall(r'"([\w.]+)"', text))


def test_every_entry_is_used_by_some_code() -> None:
    texts, patterns = literal_texts()
    texts |= tables_texts() | {word(member).code for enum in WORDED for member in enum}

    def is_used(code: str) -> bool:
        root = re.sub(r"\.(cause|evidence|next)$", "", code)
        return (
            code in texts
            or root in texts
            or any(pattern.fullmatch(each) for each in {code, root} for pattern in patterns)
        )

    assert sorted(code for code in entries("en") if not is_used(code)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str) -> None:
    words = entries(language)
    missing = {code: where for code, where in wanted_codes().items() if not words.get(code)}
    assert not missing


def test_languages_have_the_same_entries_and_placeholders() -> None:
    chinese, english = (entries(language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    differing = {
        code: (chinese[code], english[code])
        for code in chinese
        if set(PLACEHOLDER.findall(chinese[code])) != set(PLACEHOLDER.findall(english[code]))
    }
    assert not differing


def test_english_is_english_and_chinese_is_chinese() -> None:
    chinese, english = (entries(language) for language in LANGUAGES)
    assert not {code: text for code, text in english.items() if HAN.search(text)}
    sentences = {code: text for code, text in chinese.items() if len(PLACEHOLDER.sub("", text)) > 12}
    assert not {code: text for code, text in sentences.items() if not HAN.search(text)}


def test_an_unknown_code_is_shown_and_not_hidden(tmp_path: Path) -> None:
    words = Catalogue("en", files=[])
    assert words.text(Message("no.such.code", {"port": "COM3"})) == "no.such.code (port=COM3)"


def test_the_compiled_catalogue_is_made_anew_when_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "room.po"
    for text in ("first {n}", "second {n}"):
        source.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "a.b"\nmsgstr "{text}"\n', encoding="utf-8")
        assert Catalogue("en", [source]).text(Message("a.b", {"n": 3})) == text.replace("{n}", "3")
    assert len(list((tmp_path / "cache").glob("*.mo"))) == 2


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "room.po"
    source.write_text('msgid "a.b"\nmsgstr "words"\n', encoding="utf-8")
    assert Catalogue("en", [source]).text(Message("a.b")) == "words"


def test_a_parameter_that_is_a_code_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARCHECK_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "room.po"
    source.write_text(
        'msgid "a.refused"\nmsgstr "refused: {reason} ({port})"\n\nmsgid "a.busy"\nmsgstr "the bench is busy"\n',
        "utf-8",
    )
    message = Message("a.refused", {"reason": "a.busy", "port": "COM3"})
    assert Catalogue("en", [source]).text(message) == "refused: the bench is busy (COM3)"


def test_words_inside_words_know_the_same_parameters() -> None:
    params: dict[str, str | int] = {
        "device": "bench", "port": "COM3", "detail": "devices.port_absent.cause", "output": "io:0"
    }  # fmt: skip
    for language in LANGUAGES:
        words = Catalogue(language)
        said = words.text(Message("devices.stop_failed.evidence", params))
        assert words.text(Message("devices.port_absent.cause", params)) in said
        assert "devices." not in said
        assert "{" not in said
