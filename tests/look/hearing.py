"""What a window was told: data that came over the link or was typed, and every sentence of the catalogue.

Data are the strings of real events (facts, views, handshakes, replies), members of enumerations and
codes left out: a window that shows one of those as it stands says something without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from typing import Any
from unittest import mock

from PySide6.QtWidgets import QLineEdit, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.commands import Reply
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.ui.theme.apply import NAME

LETTERS = re.compile(r"[^\W\d_]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


@dataclass
class Heard:
    """Everything that a scene was given."""

    strings: set[str] = field(default_factory=lambda: {NAME, *(unit.value for unit in Unit)})
    said: set[str] = field(default_factory=set)
    """Sentences of the catalogue, filled."""
    _counted: int = 0
    _known: set[str] = field(default_factory=set)

    def has_word(self, word: str) -> bool:
        """Say whether a word of letters is data, or a part of a number such as a plate, a port or a version."""
        if word in self._words():
            return True
        return any(word in text and any(map(str.isdigit, text)) for text in self.strings)

    def _words(self) -> set[str]:
        if len(self.strings) != self._counted:
            self._counted = len(self.strings)
            self._known = {word for text in self.strings for word in LETTERS.findall(text)}
        return self._known

    def has_han(self, run: str) -> bool:
        """Say whether a run of Chinese characters is part of data (a long name may be broken in two)."""
        return any(run in text for text in self.strings)

    def take(self, value: object) -> None:
        """Remember the strings in a value of the link."""
        self.strings.update(_leaves(value))

    def take_typed(self, window: QWidget) -> None:
        """Remember what stands in fields that people fill in."""
        for line in window.findChildren(QLineEdit):
            if not line.isReadOnly():
                self.strings.add(line.text())


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    for part in _parts(value):
        yield from _leaves(part)


def _parts(value: Any) -> Iterable[Any]:
    """Return what a value is made of; a code is no data, what fills its sentence is."""
    if isinstance(value, Message | Problem):
        return [value.params]
    if isinstance(value, Entry):
        return [value.actor, value.fact()]
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, each.name) for each in fields(value)]
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list | tuple | set | frozenset) else ()


@contextmanager
def listening() -> Iterator[Heard]:
    """Listen to the link's letter boxes, to replies and to the catalogue while a scene is set."""
    heard = Heard()
    put, text, made = Mailbox.put, Catalogue.text, Reply.__init__

    def heard_put(box: Mailbox[Any, Any], fact: Any) -> None:
        heard.take(fact)
        put(box, fact)

    def heard_text(catalogue: Catalogue, message: Message) -> str:
        said = text(catalogue, message)
        heard.said.add(said)
        return said

    def heard_reply(reply: Reply, *parts: Any, **named: Any) -> None:
        made(reply, *parts, **named)
        heard.take(reply)

    with (
        mock.patch.object(Mailbox, "put", heard_put),
        mock.patch.object(Catalogue, "text", heard_text),
        mock.patch.object(Reply, "__init__", heard_reply),
    ):
        yield heard
