"""A kind of measurement that a record may hold; each room of quantities lists its own in its `records.KINDS`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carcheck_desktop.standards.cards import Judgement
    from carcheck_desktop.standards.case import Case

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """One word for `kind`, the frozen dataclass of its fields, and what judges it.

    `family` names the table files it is judged by. `example` is a whole record as plain data, shown in the documentation
    with what it came to; `answer` says what the `inputs` of a computed number mean where those are the answer. `judge` raises
    """

    name: str
    family: str
    record: type[R]
    judge: Callable[[Case, R], Judgement]
    example: Mapping[str, object]
    answer: Mapping[str, str] = field(default_factory=dict)
