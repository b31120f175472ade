"""Who brings the car: name and telephone as typed, and how personal data are shown to nobody; pure."""

from __future__ import annotations

import re

from carcheck_desktop.ui.widgets.forms.reading.typed import plain

CONSENT_VERSION = "2026-1"
"""The consent text `ui.counter.consent.text`; another text is another version."""
MOBILE = re.compile(r"1[3-9]\d{9}")
TELEPHONE = re.compile(r"\+?[0-9][0-9 \-]{4,19}")
COMPANY = re.compile(r"公司|集团|企业|政府|中心|合作社|事务所|[厂店局所院校部队站社会处办行馆园]$")
SHORT, LONGEST_PERSON = 4, 12
"""A name of up to SHORT characters may end like an office and still be a person's."""
HIDDEN = "*"


def is_person(owner: str) -> bool:
    """Say whether an owner's name looks like a person's: only then may the owner be who brings the car."""
    name = owner.strip()
    if not name or HIDDEN in name or len(name) > LONGEST_PERSON:
        return False
    found = COMPANY.search(name)
    return found is None or (len(name) <= SHORT and len(found[0]) == 1)


def clean_telephone(text: str) -> str:
    """Return a telephone number as it is kept."""
    return plain(text)


def telephone_fault(text: str) -> str:
    """Return the code of what is wrong with a telephone number; an empty one is not wrong."""
    typed = plain(text)
    return "" if not typed or TELEPHONE.fullmatch(typed) else "ui.counter.fault.telephone"


def telephone_doubt(text: str) -> str:
    """Return the code of what is odd about a number: no message reaches a fixed line."""
    digits = re.sub(r"[ \-]", "", plain(text)).removeprefix("+86")
    is_odd = bool(digits) and not telephone_fault(text) and not MOBILE.fullmatch(digits)
    return "ui.counter.doubt.no_mobile" if is_odd else ""


def masked_name(name: str) -> str:
    """Return a name of which only the first character is read."""
    return name[:1] + HIDDEN * max(0, len(name) - 1)


def masked_number(number: str) -> str:
    """Return a telephone number of which the middle is not read."""
    return number[:3] + HIDDEN * max(0, len(number) - 7) + number[-4:] if len(number) > 7 else HIDDEN * len(number)
