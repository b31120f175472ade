"""How people read who outside was asked, when that was a simulation."""

from __future__ import annotations

import pytest

from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.messages import Message
from carcheck_desktop.gateways.insurer import InsurerRegister
from carcheck_desktop.gateways.payment.provider import HttpProvider
from carcheck_desktop.gateways.profiles import read_profile
from carcheck_desktop.gateways.vehicle_authority import Asker
from tests.gateways.asking import authority
from tests.gateways.payment.test_provider import PROFILE as PAYMENT

NOWHERE = "http://127.0.0.1:1"
INSURANCE = read_profile(PROFILES, "neutral", "insurance")


def asked() -> list[str]:
    """Return what each gateway calls whom it asks: register, provider, insurer."""
    insurer = InsurerRegister(INSURANCE, NOWHERE, Asker("5001009", is_training=True), VirtualClock())
    provider = HttpProvider(PAYMENT, NOWHERE, "5001009", VirtualClock(), is_training=True)
    return [authority(NOWHERE).source, provider.name, insurer.source]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("zh_CN", ["模拟机动车登记系统", "模拟支付平台", "模拟保险公司平台"]),
        ("en", ["simulated register", "simulated provider", "simulated insurer"]),
    ],
)
def test_people_read_in_their_language_that_a_party_is_simulated(language: str, names: list[str]) -> None:
    catalogue = Catalogue(language)
    assert [catalogue.text(Message(each)) for each in asked()] == names
    evidence = Message("desk.lookup.not_known.evidence", {"source": asked()[0]})
    assert catalogue.text(evidence) == names[0]


def test_a_real_station_names_the_profile() -> None:
    assert authority(NOWHERE, is_training=False).source == "neutral"
