"""Data, mailbox, keys, ids, units: the small parts everything stands on."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.data import from_json, from_plain, to_json, to_plain
from carcheck_desktop.base.errors import DataError, RefusedError, StorageError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.keys import SigningKey, hash_pin, is_pin, is_signed, read_token
from carcheck_desktop.base.mailbox import Mailbox


@dataclass(frozen=True, slots=True)
class Sample:
    """Some data with the types that travel."""

    name: str
    mass_kg: Decimal
    at: datetime
    marks: tuple[int, ...] = ()


@given(
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(st.integers(-(2**53), 2**53)),
)
def test_data_comes_back_as_it_went(name: str, mass_kg: Decimal, at: datetime, marks: list[int]) -> None:
    sample = Sample(name, mass_kg, at, tuple(marks))
    assert from_json(to_json(sample), Sample) == sample
    assert from_plain(to_plain(sample), Sample) == sample


def test_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    assert to_json({"b": 1, "a": {"d": 2, "c": 3}}) == '{"a":{"c":3,"d":2},"b":1}'


@pytest.mark.parametrize("text", ["", "{", '{"name": 3}', "[]", "<html>"])
def test_wrong_data_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json(text, Sample)
    assert caught.value.problem.params["kind"] == "Sample"


def test_a_mailbox_keeps_every_fact_and_the_newest_sample() -> None:
    woken: list[bool] = []
    box: Mailbox[int, str] = Mailbox(on_first=lambda: woken.append(True))
    for number in range(5):
        box.put(number)
        box.put_sample("left", f"value {number}")
    assert box.drain() == ([0, 1, 2, 3, 4], {"left": "value 4"})
    assert box.drain() == ([], {})
    assert woken == [True]


def test_a_mailbox_that_merges_keeps_what_both_samples_say() -> None:
    box: Mailbox[int, str] = Mailbox(merge=lambda old, new: f"{old}, {new}")
    for sample in ("first", "second", "third"):
        box.put_sample("left", sample)
    assert box.drain() == ([], {"left": "first, second, third"})


def test_a_key_is_kept_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "station.key"
    key = SigningKey.load_or_create(path)
    assert SigningKey.load_or_create(path).public_hex == key.public_hex
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_that_somebody_else_made_meanwhile_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "station.key"
    theirs = SigningKey.load_or_create(path)
    monkeypatch.setattr(type(path), "exists", lambda _path: False)
    with pytest.raises(StorageError):
        SigningKey.load_or_create(path)
    monkeypatch.undo()
    assert SigningKey.load_or_create(path).public_hex == theirs.public_hex
    assert [each.name for each in tmp_path.iterdir()] == ["station.key"]


def test_a_key_whose_writing_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / f".station.key.{os.getpid()}").write_bytes(b"half")
    key = SigningKey.load_or_create(tmp_path / "station.key")
    assert SigningKey.load_or_create(tmp_path / "station.key").public_hex == key.public_hex


def test_a_broken_key_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "station.key"
    path.write_bytes(os.urandom(7))
    with pytest.raises(StorageError) as caught:
        SigningKey.load_or_create(path)
    assert caught.value.problem.params["path"] == str(path)


def test_a_signature_holds_for_its_content_only() -> None:
    key = SigningKey.generate()
    signature = key.sign(b"head")
    assert is_signed(key.public_hex, b"head", signature)
    assert not is_signed(key.public_hex, b"tail", signature)
    assert not is_signed(SigningKey.generate().public_hex, b"head", signature)
    assert not is_signed(key.public_hex, b"head", "no hex")


def test_a_token_of_another_key_is_refused() -> None:
    token = SigningKey.generate().token({"sub": "wang"})
    with pytest.raises(DataError):
        read_token(SigningKey.generate().public_hex, token)


def test_an_unsigned_token_is_refused() -> None:
    key = SigningKey.generate()
    header_none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ3YW5nIn0."
    with pytest.raises(DataError):
        read_token(key.public_hex, header_none)


def test_a_pin_opens_and_another_does_not() -> None:
    kept = hash_pin("2468")
    assert is_pin(kept, "2468")
    assert not is_pin(kept, "2469")
    assert not is_pin("not a hash", "2468")


def test_a_pin_costs_whoever_guesses_it_memory_and_time() -> None:
    kind, version, cost = hash_pin("2468").split("$")[1:4]
    assert (kind, version) == ("argon2id", "v=19")
    memory_kib, passes, _ = (int(part.partition("=")[2]) for part in cost.split(","))
    assert memory_kib >= 64 * 1024
    assert passes >= 3


def test_the_same_pin_is_never_stored_the_same_way_twice() -> None:
    assert hash_pin("2468") != hash_pin("2468")


def test_ids_are_never_the_same() -> None:
    assert len({new_id("visit") for _ in range(1000)}) == 1000


def test_an_error_carries_cause_evidence_and_next_step() -> None:
    problem = RefusedError("desk.some.rule", plate="渝A12345", count=3).problem
    assert problem.params == {"plate": "渝A12345", "count": 3}
    assert problem.cause.code == "desk.some.rule.cause"
    assert problem.next_step.code == "desk.some.rule.next"


FIRST_MEETING = """
import sys, threading
from dataclasses import make_dataclass

from carcheck_desktop.base.data import from_json, from_plain, to_json

sys.setswitchinterval(1e-6)
for number in range(40):
    inner = make_dataclass(f"Inner{number}", [(f"f{i}", str, "") for i in range(30)])
    middle = make_dataclass(f"Middle{number}", [(f"m{i}", inner) for i in range(5)])
    outer = make_dataclass(f"Outer{number}", [(f"o{i}", middle) for i in range(5)])
    plain = {f"o{i}": {f"m{j}": {} for j in range(5)} for i in range(5)}
    text, together = to_json(plain), threading.Barrier(4)

    def meet(read, given):
        together.wait()
        read(given, outer)

    threads = [threading.Thread(target=meet, args=each) for each in ((from_json, text), (from_plain, plain)) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_threads_may_meet_a_kind_for_the_first_time_together() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_MEETING], timeout=50, check=False, capture_output=True)
    assert done.returncode == 0, (done.returncode, done.stderr[-400:])
