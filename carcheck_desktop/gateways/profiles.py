"""Profiles: what is asked and how answers are read, as data with a confidence mark; checked as a whole when loaded.

What lives here: the shape of `resources/profiles/<name>/<channel>.toml`. Reading an answer with it: `reading`.
"""

from __future__ import annotations

import codecs
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from carcheck_desktop.base.data import digest_of, from_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.gateways.errors import ProfileError

T = TypeVar("T")
SCHEMA = 1
SECTIONS = {
    "schema": {"schema"},
    "profile": {"name", "channel", "title", "proposed"},
    "request": {"path", "field"},
}


class Kind(StrEnum):
    """How a value of an answer is read."""

    TEXT = "text"
    CODE = "code"
    LETTERS = "letters"
    """Several one-letter codes in one text."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"


class Means(StrEnum):
    """What an answer's own code says."""

    ANSWERED = "answered"
    INCOMPLETE = "incomplete"
    NOT_FILED = "not_filed"
    NOT_AUTHORISED = "not_authorised"
    TOO_OFTEN = "too_often"
    AT_FAULT = "at_fault"
    REFUSED = "refused"
    """Every code that the profile does not know."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a name or a code rests on."""

    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One field of a question: their name, and either our value's name or a fixed text."""

    theirs: str
    confidence: Confidence
    source: str
    ours: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPlaces:
    """Where in an answer its code, words, row count, records and origin stand, each a path of keys."""

    encodings: tuple[str, ...]
    code: tuple[str, ...]
    said: tuple[str, ...]
    rows: tuple[str, ...]
    records: tuple[str, ...]
    simulated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """One code of the answer's head."""

    value: str
    means: Means
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: our name, theirs (with `also` behind it), how it is read and within what.

    `most` are characters, `low` and `high` the figure's bounds, `table` names the codes.
    """

    ours: str
    theirs: str
    kind: Kind
    confidence: Confidence
    source: str
    also: str = ""
    must: bool = False
    most: int = 64
    low: int = 0
    high: int = 0
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The known codes of one field; a table is open, so that an unknown code is kept and said."""

    name: str
    values: tuple[str, ...]
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class PlateRule:
    """How a plate is sent: without these last characters."""

    drop_suffix: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One channel in the words of one kind of authority; `digest` names the file's content."""

    name: str
    channel: str
    title: str
    proposed: bool
    path: str
    digest: str
    sources: tuple[Source, ...]
    request: tuple[Sent, ...]
    probe: tuple[Sent, ...]
    plate: PlateRule
    answer: AnswerPlaces
    codes: dict[str, Means]
    fields: tuple[Field, ...]
    tables: dict[str, frozenset[str]]


def read_profile(folder: Path, name: str, channel: str) -> Profile:
    """Read `<folder>/<name>/<channel>.toml`; raise `ProfileError` naming the file and what is wrong, or what there is."""
    path = folder / name / f"{channel}.toml"
    try:
        content = path.read_bytes()
    except OSError as error:
        known = ", ".join(sorted(each.parent.name for each in folder.glob(f"*/{channel}.toml")))
        raise ProfileError("gateways.profile.unknown", path=path, profile=name, channel=channel, known=known) from error
    try:
        profile = parse_profile(content)
        if (profile.name, profile.channel) != (name, channel):
            raise ValueError(f"profile.name = {profile.name}, profile.channel = {profile.channel}")
    except (LookupError, TypeError, ValueError, DataError) as error:
        detail = error.problem.params.get("detail", error.code) if isinstance(error, DataError) else error
        raise ProfileError("gateways.profile.unusable", path=path, detail=detail) from error
    return profile


def parse_profile(content: bytes) -> Profile:
    """Build a profile from the text of its file; raise `ValueError`, `LookupError` or `DataError` naming the place."""
    plain = tomllib.loads(content.decode("utf-8"))
    only(plain, {"schema", "profile", "source", "request", "probe", "plate", "answer", "code", "field", "table"}, "")
    if plain["schema"] != SCHEMA:
        raise ValueError(f"schema = {plain['schema']!r}, right would be {SCHEMA}")
    head, request = plain["profile"], plain["request"]
    only(head, SECTIONS["profile"], "profile")
    only(request, SECTIONS["request"], "request")
    profile = Profile(
        **head,
        path=from_plain(request["path"], str),
        digest=digest_of(content),
        sources=all_of(plain["source"], Source, "source"),
        request=all_of(request["field"], Sent, "request.field"),
        probe=all_of(plain["probe"], Sent, "probe"),
        plate=one_of(plain["plate"], PlateRule, "plate"),
        answer=one_of(plain["answer"], AnswerPlaces, "answer"),
        codes={each.value: each.means for each in all_of(plain["code"], AnswerCode, "code")},
        fields=all_of(plain["field"], Field, "field"),
        tables={each.name: frozenset(each.values) for each in all_of(plain["table"], Table, "table")},
    )
    _agree(profile, plain)
    return profile


def _agree(profile: Profile, plain: dict[str, Any]) -> None:
    """Raise `ValueError` where parts of a profile do not fit each other."""
    known = {each.id for each in profile.sources}
    for section in (plain["request"]["field"], plain["probe"], plain["code"], plain["field"], plain["table"]):
        for row in section:
            if row["source"] not in known:
                raise ValueError(f"source = {row['source']!r}, known: {', '.join(sorted(known))}")
    for sent in (*profile.request, *profile.probe):
        if bool(sent.ours) == bool(sent.text):
            raise ValueError(f"{sent.theirs}: either ours or text")
    for field in profile.fields:
        _fits(field, profile)
    for names in ([each.ours for each in profile.fields], [each.theirs for each in profile.request]):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"twice: {', '.join(twice)}")
    for encoding in profile.answer.encodings:
        codecs.lookup(encoding)


def _fits(field: Field, profile: Profile) -> None:
    is_coded = field.kind in (Kind.CODE, Kind.LETTERS)
    if is_coded and field.table not in profile.tables:
        raise ValueError(f"{field.ours}: table = {field.table!r}, known: {', '.join(sorted(profile.tables))}")
    if field.kind in (Kind.WHOLE, Kind.DECIMAL) and field.high <= field.low:
        raise ValueError(f"{field.ours}: low = {field.low}, high = {field.high}")


def all_of(rows: object, kind: type[T], place: str) -> tuple[T, ...]:
    """Build every row of a section; raise `ValueError` when there is none."""
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"[[{place}]] is missing")
    return tuple(one_of(row, kind, place) for row in rows)


def one_of(row: object, kind: type[T], place: str) -> T:
    """Build one section; raise `TypeError`, `ValueError` or `DataError` naming the place."""
    if not isinstance(row, dict):
        raise TypeError(f"[{place}]")
    only(row, {each.name for each in fields(kind)}, place)  # type: ignore[arg-type]
    return from_plain(row, kind)


def only(plain: dict[str, Any], known: set[str], place: str) -> None:
    """Raise `ValueError` naming keys that nobody knows."""
    if unknown := sorted(plain.keys() - known):
        raise ValueError(f"{place}: {', '.join(unknown)} is unknown; known: {', '.join(sorted(known))}")
