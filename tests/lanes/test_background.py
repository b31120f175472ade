"""What goes wrong in a task that nobody awaits is said at once."""

from __future__ import annotations

import asyncio

import pytest

from carcheck_desktop.lanes.background import in_background


def test_a_mistake_in_the_background_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def stumble() -> None:
        raise TypeError("a mistake of ours")

    async def scene() -> None:
        task = in_background(stumble(), "lane 1 leaving")
        await asyncio.wait({task})

    asyncio.run(scene())
    assert "lane 1 leaving failed" in caplog.text
    assert "a mistake of ours" in caplog.text


def test_a_task_that_is_ended_on_purpose_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        task = in_background(asyncio.sleep(60), "lane 1 leaving")
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})

    asyncio.run(scene())
    assert caplog.text == ""
