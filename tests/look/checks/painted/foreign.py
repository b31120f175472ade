"""Chinese characters in the English run that are not data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.look.findings import Finding
from tests.look.hearing import HAN

if TYPE_CHECKING:
    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Look for runs of Chinese characters that did not come over the link and were not typed."""
    if seen.language == "zh_CN":
        return []
    found = []
    for where, text in seen.words:
        runs = [run for run in HAN.findall(text) if not seen.heard.has_han(run)]
        if runs:
            found.append(Finding("foreign", where, repr(text), ", ".join(runs)))
    return sorted(set(found))
