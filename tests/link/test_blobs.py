"""Blobs in pieces: resumed where they stopped, checked at the end."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError, LinkError
from carcheck_desktop.link.server.chunks import ChunkedBlobs
from carcheck_desktop.link.wire import CHUNK_BYTES, BlobState
from tests.link.asking import asked
from tests.link.fakes import MemoryBlobs, Station, served

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = random.Random(1).randbytes(3 * CHUNK_BYTES + 17)
DIGEST = digest_of(CONTENT)


def test_a_blob_goes_there_and_back(tmp_path: Path) -> None:
    station = Station()
    with served(station, tmp_path) as server:
        assert asked(server.url, lambda client: client.put_blob(CONTENT)) == DIGEST
        assert asked(server.url, lambda client: client.put_blob(CONTENT)) == DIGEST
        assert asked(server.url, lambda client: client.get_blob(DIGEST)) == CONTENT
        assert asked(server.url, lambda client: client.put_blob(b"")) == digest_of(b"")
        assert asked(server.url, lambda client: client.blob_state(DIGEST)) == BlobState(len(CONTENT), done=True)
    assert station.blobs.kept == {DIGEST: CONTENT, digest_of(b""): b""}
    assert list(tmp_path.iterdir()) == []


def test_an_upload_goes_on_where_the_service_stopped(tmp_path: Path) -> None:
    station = Station()
    blobs = ChunkedBlobs(station.blobs, tmp_path)
    assert blobs.append(DIGEST, 0, len(CONTENT), CONTENT[:CHUNK_BYTES]) == BlobState(CHUNK_BYTES, done=False)
    with served(station, tmp_path) as server:
        assert asked(server.url, lambda client: client.blob_state(DIGEST)).have == CHUNK_BYTES
        asked(server.url, lambda client: client.put_blob(CONTENT))
    assert station.blobs.get(DIGEST) == CONTENT


@pytest.mark.parametrize("offset", [1, CHUNK_BYTES - 1, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_a_wrong_offset_changes_nothing(tmp_path: Path, offset: int) -> None:
    blobs = ChunkedBlobs(MemoryBlobs(), tmp_path)
    blobs.append(DIGEST, 0, len(CONTENT), CONTENT[:CHUNK_BYTES])
    before = (tmp_path / f"{DIGEST}.part").read_bytes()
    assert blobs.append(DIGEST, offset, len(CONTENT), b"xyz") == BlobState(CHUNK_BYTES, done=False)
    assert (tmp_path / f"{DIGEST}.part").read_bytes() == before


def test_a_whole_with_another_digest_is_forgotten(tmp_path: Path) -> None:
    kept = MemoryBlobs()
    blobs = ChunkedBlobs(kept, tmp_path)
    blobs.append(DIGEST, 0, 10, b"12345")
    with pytest.raises(DataError) as caught:
        blobs.append(DIGEST, 5, 10, b"67890")
    assert caught.value.code == "link.blob.wrong_digest"
    assert kept.kept == {}
    assert blobs.state(DIGEST) == BlobState(0, done=False)


def test_impossible_sizes_are_refused(tmp_path: Path) -> None:
    blobs = ChunkedBlobs(MemoryBlobs(), tmp_path)
    with pytest.raises(DataError):
        blobs.append(DIGEST, 0, 3, b"1234")
    with pytest.raises(DataError):
        blobs.append(DIGEST, 0, 2**40, b"1234")


def test_an_upload_announced_with_another_size_begins_again(tmp_path: Path) -> None:
    blobs = ChunkedBlobs(MemoryBlobs(), tmp_path)
    blobs.append(DIGEST, 0, 2 * len(CONTENT), CONTENT[:CHUNK_BYTES])
    small = digest_of(b"abc")
    (tmp_path / f"{small}.part").write_bytes(b"left over")
    assert blobs.append(small, 0, 3, b"abc").done


def test_pieces_of_a_blob_that_is_whole_are_swept_at_the_start(tmp_path: Path) -> None:
    kept = MemoryBlobs()
    kept.put(CONTENT)
    (tmp_path / f"{DIGEST}.part").write_bytes(CONTENT)
    ChunkedBlobs(kept, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pieces_that_nobody_goes_on_with_are_swept_and_fresh_ones_are_kept(tmp_path: Path) -> None:
    abandoned = tmp_path / f"{digest_of(b'old')}.part"
    for path in (abandoned, tmp_path / f"{DIGEST}.part"):
        path.write_bytes(CONTENT[:CHUNK_BYTES])
    os.utime(abandoned, (1_000_000, 1_000_000))
    assert ChunkedBlobs(MemoryBlobs(), tmp_path).state(DIGEST) == BlobState(CHUNK_BYTES, done=False)
    assert not abandoned.exists()


def test_a_blob_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    with served(Station(), tmp_path) as server, pytest.raises(LinkError) as caught:
        asked(server.url, lambda client: client.get_blob(DIGEST))
    assert caught.value.code == "link.blob.not_here"
