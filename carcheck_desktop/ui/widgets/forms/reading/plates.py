"""Number plates as people type them: provinces by their letters, shapes (GA 36-2018); pure.

The service decides whether a plate exists; this helps to type it and asks where it looks odd.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.widgets.forms.reading.typed import plain

PROVINCES: dict[str, str] = {
    "京": "jing", "津": "jin", "冀": "ji", "晋": "jin", "蒙": "meng", "辽": "liao", "吉": "ji", "黑": "hei",
    "沪": "hu", "苏": "su", "浙": "zhe", "皖": "wan", "闽": "min", "赣": "gan", "鲁": "lu", "豫": "yu",
    "鄂": "e", "湘": "xiang", "粤": "yue", "桂": "gui", "琼": "qiong", "渝": "yu", "川": "chuan", "贵": "gui",
    "云": "yun", "藏": "zang", "陕": "shan", "甘": "gan", "青": "qing", "宁": "ning", "新": "xin",
}  # fmt: skip
"""Province characters in the order of the administrative code (GB/T 2260) -> pinyin."""
MOST_CHARACTERS = 8
_SERIAL = "A-HJ-NP-Z0-9"
_ANY = "".join(PROVINCES)
_IGNORED = re.compile(r"[\s·•.\-_*#]+")


class PlateShape(StrEnum):
    """What a plate's characters say of its kind."""

    USUAL = "usual"
    NEW_ENERGY_SMALL = "new_energy_small"
    NEW_ENERGY_LARGE = "new_energy_large"
    TRAILER = "trailer"
    LEARNER = "learner"
    POLICE = "police"
    BORDER = "border"
    """Hong Kong or Macao, with an inland plate."""
    CONSULATE = "consulate"
    EMERGENCY = "emergency"


_SHAPES: tuple[tuple[PlateShape, re.Pattern[str]], ...] = (
    (PlateShape.USUAL, re.compile(rf"[{_ANY}][A-HJ-NP-Z][{_SERIAL}]{{5}}")),
    (PlateShape.NEW_ENERGY_SMALL, re.compile(rf"[{_ANY}][A-HJ-NP-Z][A-HJK][{_SERIAL}]\d{{4}}")),
    (PlateShape.NEW_ENERGY_LARGE, re.compile(rf"[{_ANY}][A-HJ-NP-Z]\d{{5}}[A-HJK]")),
    (PlateShape.TRAILER, re.compile(rf"[{_ANY}][A-HJ-NP-Z][{_SERIAL}]{{4}}挂")),
    (PlateShape.LEARNER, re.compile(rf"[{_ANY}][A-HJ-NP-Z][{_SERIAL}]{{4}}学")),
    (PlateShape.POLICE, re.compile(rf"[{_ANY}][A-HJ-PR-Z]?[{_SERIAL}]{{4}}警")),
    (PlateShape.BORDER, re.compile(rf"粤Z[{_SERIAL}]{{4}}[港澳]")),
    (PlateShape.CONSULATE, re.compile(rf"[{_ANY}][A-HJ-NP-Z][{_SERIAL}]{{4}}领|[{_ANY}]?\d{{6}}使|使\d{{6}}")),
    (PlateShape.EMERGENCY, re.compile(rf"[{_ANY}][XS]\d{{4}}应急")),
)


class PlateFault(StrEnum):
    """Why what was typed is no plate that this program knows."""

    EMPTY = "empty"
    PROVINCE = "province"
    LETTER_I_O = "letter_i_o"
    """I and O are not used behind the authority's letter: 1 and 0 are meant."""
    TOO_SHORT = "too_short"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class PlateReading:
    """The plate as it is stored, its shape, or the fault."""

    text: str
    shape: PlateShape | None = None
    fault: PlateFault | None = None


def clean_plate(text: str) -> str:
    """Return typed text in upper case without blanks and dots."""
    return _IGNORED.sub("", plain(text)).upper()


def split_plate(text: str, province: str = "") -> tuple[str, str]:
    """Return province and the rest; `province` when none was typed."""
    cleaned = clean_plate(text)
    return (cleaned[0], cleaned[1:]) if cleaned[:1] in PROVINCES and cleaned else (province, cleaned)


def read_plate(text: str) -> PlateReading:
    """Read a whole plate."""
    cleaned = clean_plate(text)
    for shape, pattern in _SHAPES:
        if pattern.fullmatch(cleaned):
            return PlateReading(cleaned, shape)
    return PlateReading(cleaned, None, _fault(cleaned))


def _fault(cleaned: str) -> PlateFault:
    if not cleaned or cleaned in PROVINCES:
        return PlateFault.EMPTY
    if cleaned[0] not in PROVINCES:
        return PlateFault.PROVINCE
    if re.search("[IO]", cleaned[2:]):
        return PlateFault.LETTER_I_O
    is_open = re.fullmatch(rf"[A-Z][{_SERIAL}]*", cleaned[1:]) is not None
    return PlateFault.TOO_SHORT if is_open and len(cleaned) < 7 else PlateFault.SHAPE


def provinces_for(letters: str, home: str = "") -> tuple[str, ...]:
    """Return the provinces whose pinyin begins with the letters; the station's own first."""
    wanted = plain(letters).lower()
    found = [each for each, pinyin in PROVINCES.items() if pinyin.startswith(wanted)]
    return tuple(sorted(found, key=lambda each: each != home))
