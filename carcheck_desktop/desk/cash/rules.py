"""What the cash desk checks against, as data: sums, and whose payment codes begin how. Reading the file is the caller's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.domain.verdicts import Confidence

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Wallet:
    """How one wallet's payment codes begin and how many digits they have."""

    name: str
    prefixes: tuple[str, ...]
    shortest: int
    longest: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class CashRules:
    """`refund_alone_fen` a clerk gives back alone; more than `most_change_fen` above what is due is a slip."""

    refund_alone_fen: int
    most_change_fen: int
    pay_later: bool
    wallets: tuple[Wallet, ...]

    def wallet_of(self, code: str) -> Wallet | None:
        """Return whose payment code this is; None when it is nobody's."""
        if not (code.isascii() and code.isdigit()):
            return None
        return next((each for each in self.wallets if _fits(each, code)), None)


def parse_rules(content: bytes) -> CashRules:
    """Build the rules from the text of their file; raise `ValueError`, `LookupError` or `DataError` naming the place."""
    plain = tomllib.loads(content.decode("utf-8"))
    if plain.pop("schema") != SCHEMA:
        raise ValueError(f"schema, right would be {SCHEMA}")
    plain["wallets"] = plain.pop("wallet")
    unknown = sorted(plain.keys() - {"refund_alone_fen", "most_change_fen", "pay_later", "wallets"})
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    rules = from_plain(plain, CashRules)
    if rules.refund_alone_fen < 0 or rules.most_change_fen < 0:
        raise ValueError("a sum below zero")
    for each in rules.wallets:
        if not each.prefixes or not 0 < each.shortest <= each.longest:
            raise ValueError(f"wallet {each.name}: prefixes, shortest, longest")
    return rules


def _fits(wallet: Wallet, code: str) -> bool:
    return wallet.shortest <= len(code) <= wallet.longest and code.startswith(wallet.prefixes)
