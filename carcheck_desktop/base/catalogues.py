"""The gettext catalogues: found, merged, compiled to a cache, and used to render messages.

One catalogue a language, merged from `resources/locale/<language>/*.po` and the drivers' own
`locale/<language>.po`. Reading a .po file is slow, so the merged catalogue is kept as .mo in a
cache folder named after the digest of its sources; nothing generated lies in the repository.

`PSEUDO` is no language: the English words with accents, a third longer and in « », made while they
are read. What a window shows without them never came from a catalogue, and what has no room for them
has none for the next language. Only training stations, the gallery and tests wear it.
"""

from __future__ import annotations

import gettext
import io
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.messages import Message, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("zh_CN", "en")
PSEUDO = "en_XA"
ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ACCENTED = str.maketrans("aeiouycdnAEIOUYCDN", "áêíòüÿçđñÀÉÎÕÙÝÇÐÑ")
"""Letters that the bundled font has; every word of English has one of them."""
DOUBLED = re.compile(r"[aeiouyAEIOUY]")


def catalogue_files(language: str, root: Path = ROOT) -> list[Path]:
    """Return every .po file of one language, the rooms' first, then the drivers'."""
    language = "en" if language == PSEUDO else language
    rooms = sorted((root / "resources" / "locale" / language).glob("*.po"))
    drivers = sorted((root / "drivers").glob(f"*/locale/{language}.po"))
    return [*rooms, *drivers]


def cache_folder() -> Path:
    """Return the folder for things that can be made again at any time."""
    named = os.environ.get("CARCHECK_CACHE")
    return Path(named) if named else Path(tempfile.gettempdir()) / f"carcheck-cache-{_user()}"


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def pseudo(template: str) -> str:
    """Return English words accented, about a third longer and in « »; placeholders stay as they are."""
    pieces = PLACEHOLDER.split(template)
    words = [DOUBLED.sub(lambda found: found[0] * 2, piece).translate(ACCENTED) for piece in pieces[::2]]
    names = [f"{{{name}}}" for name in pieces[1::2]]
    return "«" + "".join(part for pair in zip(words, [*names, ""], strict=True) for part in pair) + "»"


class _Pseudo(gettext.NullTranslations):
    """The words of another catalogue, each made pseudo when it is asked for."""

    def __init__(self, words: gettext.NullTranslations) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        """Return the pseudo words of a code; an unknown code stays as it is."""
        found = self._words.gettext(message)
        return found if found == message else pseudo(found)


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str, files: Iterable[Path] | None = None) -> None:
        self.language = language
        self._files = list(catalogue_files(language) if files is None else files)
        self._words = self._load()

    def text(self, message: Message) -> str:
        """Render a message; an unknown code is shown as itself with its parameters."""
        template = self._words.gettext(message.code)
        if template == message.code:
            shown = ", ".join(f"{key}={value}" for key, value in message.params.items())
            return f"{message.code} ({shown})" if shown else message.code
        return PLACEHOLDER.sub(lambda match: self._shown(message, match), template)

    def lines(self, problem: Problem) -> tuple[str, str, str]:
        """Render cause, evidence and next step."""
        return self.text(problem.cause), self.text(problem.evidence), self.text(problem.next_step)

    def knows(self, code: str) -> bool:
        """Say whether the code has words here."""
        return self._words.gettext(code) != code

    def _shown(self, message: Message, place: re.Match[str]) -> str:
        """Return a parameter for people; one that is itself a code is said in words, with the same parameters."""
        value = message.params.get(place[1], place[0])
        words = self._words.gettext(value) if isinstance(value, str) and value else str(value)
        if words == value:
            return words
        return PLACEHOLDER.sub(lambda inner: str(message.params.get(inner[1], inner[0])), words)

    def _load(self) -> gettext.NullTranslations:
        sources = [path.read_bytes() for path in self._files]
        compiled = cache_folder() / f"{self.language}-{digest_of(b''.join(sources))[:24]}.mo"
        try:
            content = compiled.read_bytes()
        except OSError:
            content = _compile(sources)
            _keep(compiled, content)
        words = gettext.GNUTranslations(io.BytesIO(content))
        return _Pseudo(words) if self.language == PSEUDO else words


def _compile(sources: list[bytes]) -> bytes:
    # slow to import and needed once a release
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    merged = Catalog()
    for source in sources:
        for entry in read_po(io.BytesIO(source)):
            if entry.id and entry.string:
                merged.add(entry.id, entry.string)
    out = io.BytesIO()
    write_mo(out, merged)
    return out.getvalue()


def _keep(path: Path, content: bytes) -> None:
    """Store the compiled catalogue for the next start; a read-only cache only costs time."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        return
