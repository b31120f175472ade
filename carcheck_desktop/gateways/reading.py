"""Reading an answer with a profile: envelope, codes, fields; garbage is a problem, never an exception of another kind.

No value of an answer goes into a problem but codes: everything else may be personal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.gateways.errors import GatewayError
from carcheck_desktop.gateways.profiles import Field, Kind, Means, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y%m%d", "%Y/%m/%d")
FIGURE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
CODE_CHARS = 12
SAID_CHARS = 80
HIDDEN = "…"
NUMBERED = re.compile(r"[A-Za-z0-9*]{5,}")
"""Runs in an authority's own words that may be a plate, a VIN, a telephone or an identity number."""
HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
"""Full-width letters and digits; the punctuation of Chinese stays."""
UNREADABLE = object()


@dataclass(frozen=True, slots=True)
class Told:
    """The records of an answer, and whether it says that it is simulated."""

    records: tuple[dict[str, Any], ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One record by our names; `doubts` say what was not understood, `missing` what must be there and is not."""

    values: dict[str, Any] = field(repr=False)
    doubts: tuple[Problem, ...]
    missing: tuple[str, ...]


def read_answer(profile: Profile, content: bytes, secrets: Iterable[str] = ()) -> Told:
    """Return what an answer tells; no records when it has no data.

    Raises `GatewayError` for another shape and for a code that is a refusal; `secrets` are hidden in the
    authority's own words.
    """
    answer = decoded(content, profile.answer.encodings, profile.channel)
    code = plain_text(value_at(answer, profile.answer.code))
    if code is None:
        raise misshapen(profile.channel, profile.answer.code, content)
    means = profile.codes.get(code, Means.REFUSED)
    if means is not Means.ANSWERED:
        said = cleaned(plain_text(value_at(answer, profile.answer.said)) or "", secrets)
        shown = cleaned(code, ())[:CODE_CHARS]
        raise GatewayError(
            f"gateways.said.{means.value}", code=shown, said=said, meanwhile=meanwhile_of(profile.channel)
        )
    simulated = value_at(answer, profile.answer.simulated)
    if simulated is not None and not isinstance(simulated, bool):
        raise misshapen(profile.channel, profile.answer.simulated, content)
    return Told(_records(profile, answer, content), bool(simulated))


def read_record(profile: Profile, record: dict[str, Any]) -> Read:
    """Return one record's values by our names; what is empty is not among them, what is not understood is a doubt."""
    values: dict[str, Any] = {}
    doubts: list[Problem] = []
    missing: list[str] = []
    for each in profile.fields:
        raw = _raw(each, record)
        value = UNREADABLE if raw is UNREADABLE else _value(each, raw)
        if value is UNREADABLE:
            doubts.append(_doubt("gateways.doubt.unreadable", each))
        elif value is not None:
            values[each.ours] = value
            doubts += _unknown_codes(profile, each, value)
        if each.must and each.ours not in values:
            missing.append(each.theirs)
    return Read(values, tuple(doubts), tuple(missing))


def cleaned(text: str, secrets: Iterable[str]) -> str:
    """Return somebody else's words without what may be personal: the secrets, and long runs of letters and digits."""
    text = text.translate(HALF_WIDTH)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = re.sub(re.escape(secret.translate(HALF_WIDTH)), HIDDEN, text, flags=re.IGNORECASE)
    text = NUMBERED.sub(HIDDEN, text)
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:SAID_CHARS]


def normal_plate(plate: str, drop_suffix: str = "") -> str:
    """Return a plate as it is compared and sent: half-width capitals, without blanks, dots and these last characters."""
    text = unicodedata.normalize("NFKC", plate).upper()
    text = re.sub(r"[\s.·•・-]", "", text)
    return text[:-1] if text and text[-1] in drop_suffix else text


def is_same_plate(asked: str, told: str, drop_suffix: str = "") -> bool:
    """Compare plates; an answer may lack the province character."""
    ours, theirs = normal_plate(asked, drop_suffix), normal_plate(told, drop_suffix)
    return ours == theirs or (bool(theirs) and theirs[0].isascii() and ours[1:] == theirs)


def decoded(content: bytes, encodings: Iterable[str], channel: str) -> dict[str, Any]:
    """Return an answer's object; raise `GatewayError` for everything that is none in one of these encodings."""
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        try:
            return from_json(text.removeprefix("\ufeff"), dict)
        except DataError as error:
            raise misshapen(channel, (), content) from error
    raise misshapen(channel, (), content)


def _records(profile: Profile, answer: dict[str, Any], content: bytes) -> tuple[dict[str, Any], ...]:
    rows = value_at(answer, profile.answer.rows)
    if plain_text(rows) == "0":
        return ()
    records = value_at(answer, profile.answer.records)
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise misshapen(profile.channel, profile.answer.records, content)
    return tuple(records)


def misshapen(channel: str, place: tuple[str, ...], content: bytes) -> GatewayError:
    """Return what is said of an answer that has not at `place` what must be there."""
    shown = ".".join(place) or "$"
    return GatewayError("gateways.wrong_shape", place=shown, length=len(content), meanwhile=meanwhile_of(channel))


def meanwhile_of(channel: str) -> str:
    """Return the code of what people do without an answer of a channel."""
    return f"gateways.meanwhile.{channel}"


def value_at(answer: object, path: tuple[str, ...]) -> object:
    """Return what stands in an answer at a path of keys; None when nothing does."""
    for key in path:
        if not isinstance(answer, dict):
            return None
        answer = answer.get(key)
    return answer


def plain_text(value: object) -> str | None:
    """Return a text or a whole number as text; None for everything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _raw(each: Field, record: dict[str, Any]) -> object:
    """Return a field's text, "" when it is empty, or `UNREADABLE` for another kind of value."""
    parts = []
    for name in (each.theirs, each.also):
        value = record.get(name) if name else None
        if isinstance(value, float):
            value = repr(value)
        text = "" if value is None else plain_text(value)
        if text is None:
            return UNREADABLE
        parts.append(text)
    return " ".join(part for part in parts if part)


def _value(each: Field, raw: object) -> object:
    """Return a text as the field's kind; None when it is empty, `UNREADABLE` when it is no such thing."""
    text = str(raw)
    if not text:
        return None
    if each.kind is Kind.DATE:
        return _date(text)
    if each.kind in (Kind.WHOLE, Kind.DECIMAL):
        return _figure(each, text)
    if len(text) > each.most or not text.isprintable():
        return UNREADABLE
    if each.kind is Kind.TEXT:
        return text
    code = unicodedata.normalize("NFKC", text).upper()
    return code if code.isascii() and code.isalnum() and len(code) <= each.most else UNREADABLE


def _date(text: str) -> date | object:
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day on paper has no zone
        except ValueError:
            continue
    return UNREADABLE


def _figure(each: Field, text: str) -> object:
    if not FIGURE.fullmatch(text):
        return UNREADABLE
    figure = Decimal(text)
    if not each.low <= figure <= each.high:
        return UNREADABLE
    if each.kind is Kind.DECIMAL:
        return figure
    return int(figure) if figure == int(figure) else UNREADABLE


def _unknown_codes(profile: Profile, each: Field, value: Any) -> list[Problem]:  # noqa: ANN401 - one of several kinds
    if each.kind not in (Kind.CODE, Kind.LETTERS):
        return []
    parts = list(value) if each.kind is Kind.LETTERS else [value]
    unknown = [part for part in parts if part not in profile.tables[each.table]]
    return [_doubt("gateways.doubt.unknown_code", each, code="".join(unknown))] if unknown else []


def _doubt(code: str, each: Field, /, **params: str) -> Problem:
    return Problem(code, {"field": each.ours, "theirs": each.theirs, **params}, Severity.WARNING)
