"""The command that an action stands for in a situation; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.control.telling.lanes import open_attempt

if TYPE_CHECKING:
    from carcheck_desktop.domain.commands import Command


def order_for(key: str, now: act.Situation, reason: str = "") -> Command | None:
    """Return the command, None when the action is not possible now; stop always is."""
    if key == act.STOP:
        return c.StopLane(now.lane) if now.lane else None
    if act.why_not(key, now) is not None:
        return None
    if key == act.RELEASE:
        return c.ReleaseStop(now.lane)
    if key == act.START:
        return c.StartAttempt(now.lane, now.visit.visit_id) if now.visit is not None else None
    return _about_attempt(key, now, reason)


def _about_attempt(key: str, now: act.Situation, reason: str) -> Command | None:
    attempt = open_attempt(now.view)
    if attempt is None:
        return None
    if key == act.RESUME:
        return c.ResumeAttempt(now.lane, attempt.attempt_id)
    if key == act.REPEAT and now.item is not None:
        return c.RepeatItem(now.lane, attempt.attempt_id, now.item.item)
    return c.AbortAttempt(now.lane, attempt.attempt_id, reason) if key == act.ABORT else None
