"""The shape of `resources/profiles/<name>/payment.toml`; checked as a whole when loaded."""

from __future__ import annotations

import codecs
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.payment import OrderState
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.gateways.errors import ProfileError
from carcheck_desktop.gateways.profiles import SCHEMA, Source, all_of, one_of, only

CHANNEL = "payment"
SECTIONS = {"schema", "profile", "source", "signature", "ask", "methods", "answer", "code", "state"}


class Signature(StrEnum):
    """How a question proves who asks."""

    NONE = "none"


class PayCode(StrEnum):
    """What the code of an answer's head says."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    ORDER_USED = "order_used"
    CODE_EXPIRED = "code_expired"
    NOT_ENOUGH = "not_enough"
    AT_FAULT = "at_fault"
    """It could not say: ask again."""


@dataclass(frozen=True, slots=True)
class Head:
    """Whose profile it is, and the path of its one address."""

    name: str
    channel: str
    title: str
    proposed: bool
    path: str


@dataclass(frozen=True, slots=True)
class Signing:
    """How questions are signed."""

    kind: Signature
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """Their names of what a question has."""

    method: str
    order: str
    refund: str
    amount_fen: str
    code: str
    station: str
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Methods:
    """Their names of what can be asked; `probe` is the question about nobody."""

    pay: str
    query: str
    close: str
    refund: str
    query_refund: str
    probe: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where in an answer things stand, each a path of keys."""

    encodings: tuple[str, ...]
    code: tuple[str, ...]
    said: tuple[str, ...]
    state: tuple[str, ...]
    amount_fen: tuple[str, ...]
    order: tuple[str, ...]
    refund: tuple[str, ...]
    ref: tuple[str, ...]
    simulated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of the head."""

    value: str
    means: PayCode
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state of an order or a refund."""

    value: str
    means: OrderState
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class PaymentProfile:
    """A payment provider in the words of a file."""

    name: str
    path: str
    signature: Signature
    ask: Names
    methods: Methods
    answer: Places
    codes: dict[str, PayCode]
    states: dict[str, OrderState]


def read_payment_profile(folder: Path, name: str) -> PaymentProfile:
    """Read `<folder>/<name>/payment.toml`; raise `ProfileError` naming the file and what is wrong, or what there is."""
    path = folder / name / f"{CHANNEL}.toml"
    try:
        content = path.read_bytes()
    except OSError as error:
        known = ", ".join(sorted(each.parent.name for each in folder.glob(f"*/{CHANNEL}.toml")))
        raise ProfileError("gateways.profile.unknown", path=path, profile=name, channel=CHANNEL, known=known) from error
    try:
        profile = parse_payment_profile(content)
        if profile.name != name:
            raise ValueError(f"profile.name = {profile.name}")
    except (LookupError, TypeError, ValueError, DataError) as error:
        detail = error.problem.params.get("detail", error.code) if isinstance(error, DataError) else error
        raise ProfileError("gateways.profile.unusable", path=path, detail=detail) from error
    return profile


def parse_payment_profile(content: bytes) -> PaymentProfile:
    """Build a profile from the text of its file; raise `ValueError`, `LookupError` or `DataError` naming the place."""
    plain: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
    only(plain, SECTIONS, "")
    if plain["schema"] != SCHEMA:
        raise ValueError(f"schema = {plain['schema']!r}, right would be {SCHEMA}")
    head = one_of(plain["profile"], Head, "profile")
    if head.channel != CHANNEL:
        raise ValueError(f"profile.channel = {head.channel}")
    sources = {each.id for each in all_of(plain["source"], Source, "source")}
    signing = one_of(plain["signature"], Signing, "signature")
    ask = one_of(plain["ask"], Names, "ask")
    codes = all_of(plain["code"], CodeRow, "code")
    states = all_of(plain["state"], StateRow, "state")
    named = {signing.source, ask.source, *(each.source for each in codes), *(each.source for each in states)}
    if named - sources:
        raise ValueError(f"source = {sorted(named - sources)}, known: {', '.join(sorted(sources))}")
    answer = one_of(plain["answer"], Places, "answer")
    for encoding in answer.encodings:
        codecs.lookup(encoding)
    profile = PaymentProfile(
        head.name, head.path, signing.kind, ask, one_of(plain["methods"], Methods, "methods"), answer,
        {each.value: each.means for each in codes}, {each.value: each.means for each in states},
    )  # fmt: skip
    _agree(profile)
    return profile


def _agree(profile: PaymentProfile) -> None:
    """Raise `ValueError` when a profile cannot tell what money needs to be told."""
    for means in (PayCode.ANSWERED, PayCode.UNKNOWN, PayCode.ORDER_USED):
        if means not in profile.codes.values():
            raise ValueError(f"[[code]] no value means {means}")
    for state in (OrderState.PAID, OrderState.PENDING, OrderState.REFUSED, OrderState.CLOSED):
        if state not in profile.states.values():
            raise ValueError(f"[[state]] no value means {state}")
