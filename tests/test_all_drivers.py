"""The one test that visits every driver: what a folder under drivers/ must have, found by the registry.

A new make is checked by being there. The lists of exceptions may only shrink: an exception that is no
longer needed fails as well.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import drivers
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.devices.api import (
    KINDS,
    AxleScaleDriver,
    BrakeTesterDriver,
    CarcheckError,
    DeviceError,
    DigitalIoDriver,
    Driver,
    Faults,
    GasAnalyserDriver,
    ModbusSimulator,
    Offer,
    Query,
    Register,
    Unit,
    WireKind,
)
from carcheck_desktop.devices.machinery.registry import DeviceConfig, driver_names, find_driver, settle
from tests.drivers.wire import golden, rig

PROTOCOLS: dict[str, Any] = {
    "BrakeTester": BrakeTesterDriver,
    "AxleScale": AxleScaleDriver,
    "GasAnalyser": GasAnalyserDriver,
    "DigitalIo": DigitalIoDriver,
}
ALL = [(name, kind) for name in driver_names() for kind in find_driver(name).offers]
FOLDERS = Path(next(iter(drivers.__path__)))

UNNOTICED = {
    # no heartbeat, no counter and no clock of its own: frozen barriers or pads look like a car that stands still
    ("jiangxing_aframe", "BrakeTester", "stuck"),
    ("jiangxing_aframe", "AxleScale", "stuck"),
    # nothing in their answers moves by itself while room air is drawn: steady values look the same
    ("nanhua_nha50x", "GasAnalyser", "stuck"),
    ("mingquan_mqw50a", "GasAnalyser", "stuck"),
}
"""(driver, kind, fault) that a make gives no means to notice."""

each_offer = pytest.mark.parametrize(("name", "kind"), ALL, ids=[f"{name}-{kind}" for name, kind in ALL])


def offer_of(name: str, kind: str) -> Offer:
    return find_driver(name).offers[kind]


def units_of(offer: Offer) -> Iterator[Any]:
    """The driver's parts that hold points: itself, or the units it is made of."""
    driver = rig(offer).driver
    yield from getattr(driver, "pads", (driver,))


def test_there_are_drivers_for_every_kind() -> None:
    assert {kind for _, kind in ALL} == set(KINDS)


@each_offer
def test_it_is_built_from_the_registry_with_its_defaults(name: str, kind: str) -> None:
    info = find_driver(name)
    assert info.name == name
    assert info.version
    (settled,) = settle([DeviceConfig("one", kind, name, "/dev/ttyS0")], training=False)
    assert settled.offer is info.offers[kind]
    built = rig(settled.offer).driver
    for wanted in (Driver, PROTOCOLS[kind]):
        for method, _ in inspect.getmembers(wanted, inspect.isfunction):
            if not method.startswith("_"):
                assert inspect.getdoc(getattr(type(built), method)), f"{method} is missing or says nothing"


@each_offer
def test_its_docstring_and_its_readme_name_the_source(name: str, kind: str) -> None:
    for unit in units_of(offer_of(name, kind)):
        said = inspect.getdoc(type(unit)) or ""
        assert "convention" in said or "protocol page" in said, type(unit).__name__
    assert find_driver(name).source
    readme = (FOLDERS / name / "README.md").read_text(encoding="utf-8")
    assert "**Source**" in readme
    assert "**Confidence**" in readme


@each_offer
def test_each_point_has_unit_range_and_words(name: str, kind: str) -> None:
    catalogues = [Catalogue(language) for language in LANGUAGES]
    for point in offer_of(name, kind).points:
        parts = [point] if isinstance(point, Register) else list(point.fields)
        for part in parts:
            assert isinstance(part.unit, Unit)
            assert part.valid is not None or getattr(part, "meaning", None) is not None, f"{part.name} has no range"
        for code in {point.words, *(part.words for part in parts)}:
            assert all(words.knows(code) for words in catalogues), f"{code} has no words"


@each_offer
def test_each_option_has_words_and_takes_its_own_default(name: str, kind: str) -> None:
    catalogues = [Catalogue(language) for language in LANGUAGES]
    for option in offer_of(name, kind).options:
        assert option.accept(name, option.default) == option.default
        assert all(words.knows(option.words) for words in catalogues), f"{option.words} has no words"


@each_offer
def test_driver_and_simulator_are_made_from_the_same_points(name: str, kind: str) -> None:
    offer = offer_of(name, kind)
    assert all(unit.points is offer.points for unit in units_of(offer))
    simulators = rig(offer).units.values()
    assert simulators
    assert all(vars(type(one))["points"] is offer.points for one in simulators)


@each_offer
def test_the_simulator_answers_every_point(name: str, kind: str) -> None:
    offer = offer_of(name, kind)
    stand = rig(offer)
    stand.go_on(0.5)
    for unit in units_of(offer) if offer.wire is WireKind.MODBUS else ():
        simulator = stand.units[unit.unit]
        assert isinstance(simulator, ModbusSimulator)
        for point in offer.points.registers:
            cells = simulator.read_cells(point.area, point.address, point.codec.words)
            assert len(cells) == point.codec.words
    for query in offer.points.queries:
        fresh = rig(offer)
        exchange = next(item for item in golden(name) if answers(item, query, kind))
        assert fresh.simulator.on_bytes(bytes.fromhex(exchange["sent"]), 0.0), query.name


def answers(item: dict[str, Any], query: Query, kind: str) -> bool:
    sent = bytes.fromhex(item["sent"])
    return (
        item.get("kind") == kind
        and query.command in sent[:3]
        and any(len(bytes.fromhex(one)) == query.answer_bytes for one in item["answered"])
    )


@each_offer
def test_each_point_is_in_a_golden_exchange(name: str, kind: str) -> None:
    items = golden(name)
    assert all(item["cites"] for item in items)
    seen: set[str] = set()
    for item in items:
        seen |= set(item["means"])
        for row in ("inputs", "outputs"):
            seen |= {f"{row[:-1]}_{number}" for number, _ in enumerate(item["means"].get(row, ()))}
    points = offer_of(name, kind).points
    missing = {point.name for point in points.registers} - seen
    missing |= {query.name for query in points.queries if not any(answers(item, query, kind) for item in items)}
    assert not missing


def trouble(offer: Offer, fault: str) -> CarcheckError | None:
    """Throw a fault while a healthy instrument is watched and return the first error that tells of it."""
    stand = rig(offer)
    stand.driver.identify()
    for _ in range(10):
        stand.go_on(0.2)
        stand.driver.check_health()
    setattr(stand.faults, fault, 1.0 if fault == "late_s" else True)
    try:
        for _ in range(15):
            stand.go_on(0.2)
            stand.driver.check_health()
        stand.driver.identify()
    except CarcheckError as error:
        return error
    return None


@each_offer
@pytest.mark.parametrize("fault", list(Faults.__slots__))
def test_each_fault_is_answered_by_an_error_of_the_family(name: str, kind: str, fault: str) -> None:
    error = trouble(offer_of(name, kind), fault)
    if (name, kind, fault) in UNNOTICED:
        assert error is None, "this is noticed by now: take it off the list"
        return
    assert isinstance(error, DeviceError)
    for language in LANGUAGES:
        words = Catalogue(language)
        assert all(words.knows(f"{error.code}.{part}") for part in ("cause", "evidence", "next"))
        assert "{" not in "".join(words.lines(error.problem))


@each_offer
def test_it_is_well_again_after_the_fault_has_gone(name: str, kind: str) -> None:
    for fault in Faults.__slots__:
        stand = rig(offer_of(name, kind))
        stand.driver.identify()
        stand.go_on(1.0)
        setattr(stand.faults, fault, 1.0 if fault == "late_s" else True)
        for _ in range(15):
            stand.go_on(0.2)
            try:
                stand.driver.check_health()
            except DeviceError:
                continue
        stand.faults.clear()
        stand.go_on(1.5)
        stand.driver.identify()
        stand.go_on(0.5)
        stand.driver.check_health()
