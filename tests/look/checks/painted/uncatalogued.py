"""Texts that came from no catalogue: in the pseudo-language every word of one has accents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import PSEUDO
from tests.look.findings import Finding
from tests.look.hearing import HAN, LETTERS

if TYPE_CHECKING:
    from tests.look.sitting import Seen

CODE = re.compile(r"\b[A-Za-z_]+(\.[a-z_]+){1,}\b|\{\w+\}|\b[a-z]+_[a-z_]+\b")
VOWEL = re.compile(r"[aeiouyAEIOUY]")
KEYS = {"Enter", "Return", "Esc", "Ctrl", "Alt", "Shift", "Tab", "Space", "Home", "End", "PgUp", "PgDown", "Del"}
"""Words that stand on the keys themselves."""


def check(seen: Seen) -> list[Finding]:
    """Look for codes in every language, and in the pseudo-language for words without accents that are not data."""
    found = []
    data = " ".join(seen.heard.strings)
    for where, text in seen.words:
        codes = [code[0] for code in CODE.finditer(text) if code[0] not in data]
        found += [Finding("uncatalogued", where, f"{text!r} shows a code", code) for code in codes]
        if seen.language == PSEUDO:
            words = [word for word in LETTERS.findall(text) if _is_plain(word)]
            plain = [word for word in words if word not in KEYS and not seen.heard.has_word(word)]
            plain += [run for run in HAN.findall(text) if not seen.heard.has_han(run)]
            if plain:
                found.append(Finding("uncatalogued", where, repr(text), ", ".join(plain)))
    return sorted(set(found))


def _is_plain(word: str) -> bool:
    return len(word) > 1 and word.isascii() and VOWEL.search(word) is not None
