"""A payment provider's answers: what is believed, what is asked about again, and what never leaves this room."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain.payment import OrderState, ProviderTold
from carcheck_desktop.gateways.errors import GatewayError, ProfileError
from carcheck_desktop.gateways.payment.profile import parse_payment_profile, read_payment_profile
from carcheck_desktop.gateways.payment.provider import HttpProvider
from tests.link.strangers import answering, http_answer

PROFILE = read_payment_profile(PROFILES, "neutral")
TEXT = (PROFILES / "neutral" / "payment.toml").read_text(encoding="utf-8")
ORDER, CODE = "payment-1", "134512345678904821"


def answer(code: str = "OK", state: str = "SUCCESS", **changes: Any) -> bytes:
    body = {"out_trade_no": ORDER, "state": state, "total_fee": 21000, "transaction_id": "SIM1"}
    whole = {
        "head": {"code": code, "message": "（模拟）"},
        "body": {**body, **changes.pop("body", {})},
        "simulated": True,
    }
    return http_answer("200 OK", json.dumps({**whole, **changes}, ensure_ascii=False).encode())


def asked(reply: bytes | float, method: str = "pay", *args: Any) -> tuple[ProviderTold, list[bytes]]:
    """Ask once; return what was told, and the requests."""

    async def ask(url: str) -> ProviderTold:
        provider = HttpProvider(
            PROFILE, url, "5001009", VirtualClock(), is_training=True, connect_s=0.25, whole_s=0.4
        )  # fmt: skip
        try:
            told: ProviderTold = await getattr(provider, method)(ORDER, *args)
            return told
        finally:
            await provider.close()

    with answering(reply) as (url, requests):
        return asyncio.run(ask(url)), requests


def failing(reply: bytes | float) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        asked(reply, "pay", 21000, CODE)
    for language in LANGUAGES:
        for part in (caught.value.problem.cause, caught.value.problem.evidence, caught.value.problem.next_step):
            said = Catalogue(language).text(part)
            assert "gateways." not in said
            assert CODE not in said
    return caught.value


def test_a_payment_is_asked_for_in_the_profiles_words_once() -> None:
    told, requests = asked(answer(), "pay", 21000, CODE)
    assert told == ProviderTold(OrderState.PAID, 21000, "SIM1", simulated=True)
    (request,) = requests
    assert json.loads(request.partition(b"\r\n\r\n")[2]) == {
        "method": "trade.pay", "mch_store": "5001009", "out_trade_no": ORDER, "total_fee": 21000, "auth_code": CODE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "means"),
    [("USERPAYING", OrderState.PENDING), ("PAYERROR", OrderState.REFUSED), ("CLOSED", OrderState.CLOSED)],
)
def test_every_state_of_the_profile_is_understood(state: str, means: OrderState) -> None:
    assert asked(answer(state=state), "query")[0].state is means
    assert asked(answer(code="NOT_EXIST"), "query")[0].state is OrderState.UNKNOWN


@pytest.mark.parametrize(("code", "why"), [("CODE_EXPIRED", "code_expired"), ("NOT_ENOUGH", "not_enough")])
def test_a_refusal_says_what_the_customer_can_do(code: str, why: str) -> None:
    told, _ = asked(answer(code=code), "pay", 21000, CODE)
    assert told.problem is not None
    assert (told.state, told.problem.code) == (OrderState.REFUSED, f"gateways.payment.{why}")


@pytest.mark.parametrize(
    "reply",
    [
        answer(code="ORDER_USED"), answer(code="BUSY"), answer(code="TOMORROWS_CODE"), answer(state="TOMORROW"),
        answer(body={"out_trade_no": "payment-2"}), answer(body={"total_fee": None}), answer(body={"total_fee": -5}),
        answer(body={"total_fee": True}), answer(body={"total_fee": "21000"}), answer(head=None), answer(body={"state": None}),
        answer(simulated=False), http_answer("200 OK", b'{"head":'), http_answer("200 OK", b"[]"),
        http_answer("200 OK", b"<html><title>login</title>"), http_answer("503 Service Unavailable", b"{}"),
        http_answer("200 OK", b'{"simulated": true, "head": {"code": 5.5}}'), http_answer("200 OK", b"\xff\xfe{}"),
        30.0,
    ],
)  # fmt: skip
def test_an_answer_that_does_not_say_what_became_of_the_money_is_no_refusal(reply: bytes | float) -> None:
    error = failing(reply)
    provider = HttpProvider(PROFILE, "http://127.0.0.1:1", "5001009", VirtualClock(), is_training=True)
    assert not provider.is_unreached(error)


def test_only_what_never_left_is_known_not_to_have_happened() -> None:
    async def ask() -> bool:
        provider = HttpProvider(PROFILE, "http://127.0.0.1:9", "5001009", VirtualClock(), is_training=True)
        unreached = []
        for _ in range(3):  # the third is not even tried: nobody is there
            try:
                await provider.pay(ORDER, 21000, CODE)
            except CarcheckError as error:
                unreached.append(provider.is_unreached(error))
        await provider.close()
        return unreached == [True] * 3

    assert asyncio.run(ask())


def test_another_refund_than_asked_about_is_not_believed() -> None:
    with pytest.raises(GatewayError) as caught:
        asked(answer(body={"out_refund_no": "refund-2"}), "query_refund", "refund-1")
    assert caught.value.code == "gateways.payment.another"


def test_a_payment_code_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked(answer(), "pay", 21000, CODE)
    failing(answer(code="X", head={"code": "X", "message": f"code {CODE} refused"}))
    assert CODE not in caplog.text


def test_a_real_station_refuses_a_profile_that_is_unsigned() -> None:
    with pytest.raises(ProfileError) as caught:
        HttpProvider(PROFILE, "http://127.0.0.1:9", "5001009", VirtualClock(), is_training=False)
    assert "training only" in str(caught.value.problem.params["detail"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema = 1", "schema = 2"), ('channel = "payment"', 'channel = "insurance"'), ('kind = "none"', 'kind = "md5"'),
        ('means = "paid"', 'means = "pending"'), ('value = "NOT_EXIST"\nmeans = "unknown"', 'value = "X"\nmeans = "answered"'),
        ('order = "out_trade_no"', ""), ('pay = "trade.pay"', 'pay = 5'), ('confidence = "recalled"', 'confidence = "sure"'),
        ('source = "O"', 'source = "Z"'), ('encodings = ["utf-8"]', 'encodings = ["klingon"]'), ("[methods]", "[methods]\nx = 1"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_refused_as_a_whole(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises((ValueError, LookupError, TypeError, CarcheckError)):
        parse_payment_profile(TEXT.replace(old, new, 1).encode())


def test_an_unknown_profile_is_named_with_those_there_are() -> None:
    with pytest.raises(ProfileError) as caught:
        read_payment_profile(PROFILES, "chongqing")
    assert "neutral" in str(caught.value.problem.params["known"])
