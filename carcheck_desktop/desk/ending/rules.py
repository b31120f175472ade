"""How long and how often a failed car may come back, as data; reading the file is the caller's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.domain.verdicts import Confidence

SCHEMA = 1
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class RecheckRules:
    """`within_days` after the day of the conclusion, and at most `most_rechecks` times."""

    within_days: int
    most_rechecks: int
    confidence: Confidence

    def until(self, concluded_on: date) -> date:
        """Return the last day on which a visit concluded on a day may be opened for a recheck."""
        return concluded_on + timedelta(days=self.within_days)


def parse_rules(content: bytes) -> RecheckRules:
    """Build the rules from the text of their file; raise `ValueError`, `LookupError` or `DataError` naming the place."""
    plain = tomllib.loads(content.decode("utf-8"))
    if plain.pop("schema") != SCHEMA:
        raise ValueError(f"schema, right would be {SCHEMA}")
    unknown = sorted(plain.keys() - {"within_days", "most_rechecks", "confidence"})
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    rules = from_plain(plain, RecheckRules)
    if not 0 <= rules.within_days <= LONGEST_DAYS or rules.most_rechecks < 1:
        raise ValueError(f"within_days = {rules.within_days}, most_rechecks = {rules.most_rechecks}")
    return rules
