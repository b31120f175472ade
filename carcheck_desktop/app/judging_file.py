"""Inspection records of a file judged one by one: JSON in, results as plain data out, memory flat however long it is.

One object, a list of objects, or one object a line (JSON lines). What a record is, and what it comes to, is in
`standards.records`; here are only the file, the table files and the words.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.judging_plain import failure_of, result_of
from carcheck_desktop.base.errors import CarcheckError, UsageError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.standards.records.judging import judge_record
from carcheck_desktop.standards.records.kinds import KINDS
from carcheck_desktop.standards.records.reading import Beyond, Doubled, shown
from carcheck_desktop.standards.records.record import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.records.kind import Kind

NOT_UNDERSTOOD = (ArithmeticError, LookupError, TypeError, ValueError)
"""What a mistake in a formula may raise: the record has no verdict, and the others are still judged."""


class Form(StrEnum):
    """How a file holds its records; results are written in the same form."""

    ONE = "one"
    LIST = "list"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file, counted from 1; `problem` says why it could not even be parsed."""

    number: int
    data: object
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """A file's records in their form, parsed as they are asked for."""

    form: Form
    each: Iterator[Entry]


@dataclass(frozen=True, slots=True)
class Judging:
    """Everything records are judged with: editions, kinds, the latest day, and the words of one language."""

    editions: tuple[Edition, ...]
    words: Catalogue
    today: date
    kinds: Mapping[str, Kind[Any]]

    def judged(self, entry: Entry) -> dict[str, Any]:
        """Return one record's result, or the entry with `error` of a record that cannot be used."""
        name = id_of(entry)
        if entry.problem is not None:
            return failure_of(name, entry.problem, self.words)
        if not isinstance(entry.data, dict):
            problem = Problem("app.judging.no_record", {"field": f"[{entry.number}]", "value": shown(entry.data)})
            return failure_of(name, problem, self.words)
        try:
            record = read_record(entry.data, self.kinds, self.today, name)
            return result_of(judge_record(record, self.editions), self.words)
        except CarcheckError as error:
            return failure_of(name, error.problem, self.words)
        except NOT_UNDERSTOOD as error:
            detail = f"{type(error).__name__}: {error}"
            return failure_of(name, Problem("app.judging.defect", {"field": name, "detail": detail}), self.words)


def judging_with(words: Catalogue) -> Judging:
    """Return what records are judged with here and today: every table file of the release."""
    return Judging(load_editions(), words, datetime.now(UTC).astimezone().date(), KINDS)


def load_editions() -> tuple[Edition, ...]:
    """Read every table file of the release; raise `DataError` naming what is wrong in one."""
    from carcheck_desktop.app.table_files import contents
    from carcheck_desktop.standards.loading.files import editions_of

    return tuple(editions_of(contents()).values())


def entries_of(lines: Iterable[bytes], path: str) -> Entries:
    """Read a file's records; a file of lines is never held as a whole.

    Raises `UsageError` when there is no record, or when it is neither JSON nor JSON lines.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip(b"\xef\xbb\xbf \t\r\n"))
    first = next(numbered, None)
    if first is None:
        raise UsageError("app.judging.empty", path=path)
    parsed = _entry(1, *first)
    if parsed.problem is None and not isinstance(parsed.data, list):
        second = next(numbered, None)
        if second is None:
            return Entries(Form.ONE, iter((parsed,)))
        return Entries(Form.LINES, _lines(itertools.chain((first, second), numbered)))
    return _whole([first, *numbered], path)


def _whole(numbered: list[tuple[int, bytes]], path: str) -> Entries:
    """Read a file that is one JSON text over several lines, or lines of which the first is broken."""
    try:
        data = parsed_json(b"".join(line for _, line in numbered))
    except ValueError as error:
        if any(isinstance(_entry(1, *each).data, dict) for each in numbered[1:3]):
            return Entries(Form.LINES, _lines(numbered))
        raise UsageError("app.judging.no_json", path=path, detail=error) from error
    if not isinstance(data, list):
        return Entries(Form.ONE, iter((Entry(1, data),)))
    if not data:
        raise UsageError("app.judging.empty", path=path)
    return Entries(Form.LIST, (Entry(number, each) for number, each in enumerate(data, 1)))


def _lines(numbered: Iterable[tuple[int, bytes]]) -> Iterator[Entry]:
    for number, (line_number, line) in enumerate(numbered, 1):
        yield _entry(number, line_number, line)


def _entry(number: int, line_number: int, line: bytes) -> Entry:
    try:
        return Entry(number, parsed_json(line))
    except ValueError as error:
        return Entry(number, None, Problem("app.judging.bad_line", {"line": line_number, "detail": str(error)}))


def parsed_json(text: bytes) -> object:
    """Parse JSON with every number as an exact Decimal, NaN and infinities among them; raise `ValueError` for no JSON.

    A name that stands twice in one object has `Doubled.TWICE` as its value. A text with half a character, which JSON can write
    and nobody can print, is no text; in a name it becomes the sign for an unknown one, which no field has.
    """
    try:
        data = json.loads(
            text.decode("utf-8-sig"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_number,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return _printable(data) if b"\\ud" in text.lower() else data


def _printable(data: object) -> object:
    if isinstance(data, str):
        whole = _whole_characters(data)
        return data if whole == data else Beyond(whole)
    if isinstance(data, dict):
        return {_whole_characters(name): _printable(each) for name, each in data.items()}
    return [_printable(each) for each in data] if isinstance(data, list) else data


def _whole_characters(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _number(text: str) -> Decimal | Beyond:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond everything: no number that anybody measured
        return Beyond(text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                found[name] = Doubled.TWICE
            seen.add(name)
    return found


def id_of(entry: Entry) -> str:
    """Return what a record is called: its own id, else its number in the file."""
    given = entry.data.get("id") if isinstance(entry.data, dict) else None
    return given if isinstance(given, str) and given else str(entry.number)
