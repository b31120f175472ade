"""How long and how often a failed car may come back, and how long a visit that nobody closed keeps its car, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.domain.verdicts import Confidence

SCHEMA = 1
LONGEST_DAYS = 366
RULES_FILE = Path(__file__).resolve().parents[3] / "resources" / "recheck" / "rules.toml"


@dataclass(frozen=True, slots=True)
class RecheckRules:
    """`within_days` after the day of the conclusion, and at most `most_rechecks` times.

    A visit that is over and was not closed keeps its car from another one for `unclosed_days`.
    """

    within_days: int
    most_rechecks: int
    unclosed_days: int
    confidence: Confidence

    def until(self, concluded_on: date) -> date:
        """Return the last day on which a visit concluded on a day may be opened for a recheck."""
        return concluded_on + timedelta(days=self.within_days)

    def forgotten_after(self, over_on: date) -> date:
        """Return the last day on which a visit that was over on a day, and not closed, keeps its car."""
        return over_on + timedelta(days=self.unclosed_days)


def parse_rules(content: bytes) -> RecheckRules:
    """Build the rules from the text of their file; raise `ValueError`, `LookupError` or `DataError` naming the place."""
    plain = tomllib.loads(content.decode("utf-8"))
    if plain.pop("schema") != SCHEMA:
        raise ValueError(f"schema, right would be {SCHEMA}")
    unknown = sorted(plain.keys() - {"within_days", "most_rechecks", "unclosed_days", "confidence"})
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    rules = from_plain(plain, RecheckRules)
    if not 0 <= rules.within_days <= LONGEST_DAYS or rules.most_rechecks < 1:
        raise ValueError(f"within_days = {rules.within_days}, most_rechecks = {rules.most_rechecks}")
    if not 0 <= rules.unclosed_days <= LONGEST_DAYS:
        raise ValueError(f"unclosed_days = {rules.unclosed_days}")
    return rules


@cache
def rules() -> RecheckRules:
    """Return the station's rules."""
    return parse_rules(RULES_FILE.read_bytes())
