"""Whose name is a person's, what a telephone number is, and what strangers read of both."""

from __future__ import annotations

import pytest

from carcheck_desktop.ui.counter.draft.person import (
    is_person,
    masked_name,
    masked_number,
    telephone_doubt,
    telephone_fault,
)


@pytest.mark.parametrize("name", ["王建军", "欧阳文会", "李行", "买买提·阿不都热合曼", "示例车主123"])
def test_a_person_may_be_who_brings_the_car(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["", "深圳市安达运输有限公司", "某某区人民政府", "第一人民医院", "王**", "安达集团", "城南供销合作社"]
)
def test_an_office_or_an_unreadable_name_is_asked(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("number", "fault", "doubt"),
    [
        ("", False, False),
        ("13800138000", False, False),
        ("+86 138 0013 8000", False, False),
        ("１３８００１３８０００", False, False),
        ("023-6255 1234", False, True),
        ("11100138000", False, True),
        ("138", True, False),
        ("王建军", True, False),
    ],
)
def test_a_telephone_number(number: str, fault: bool, doubt: bool) -> None:
    assert bool(telephone_fault(number)) is fault
    assert bool(telephone_doubt(number)) is doubt


def test_covered_names_and_numbers_show_their_ends_only() -> None:
    assert masked_name("王建军") == "王**"
    assert masked_number("13800138000") == "138****8000"
    assert masked_number("1380") == "****"
