"""What the frame of a window says: the bar at the top, what holds of the link; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Severity
from carcheck_desktop.domain.tables import problem_of
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.frame.states import HeadState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

AWAY_AFTER_S = 3.0
"""So long a silence is said; shorter ones are a reconnect."""
MOST_FAULTS = 2
"""So many changed table files are named in a strip."""


def head_state(station: Station, words: Words) -> HeadState:
    """Return the bar at the top."""
    handshake, session, is_up = station.service.handshake, station.session, station.service.up
    link = "ui.link.up" if is_up else "ui.link.away" if handshake else "ui.link.connecting"
    text = words("ui.frame.head.sign_out" if session else "ui.frame.head.sign_in")
    return HeadState(
        station=handshake.station_name if handshake else words("ui.app.name"),
        training=bool(handshake and handshake.training),
        link_tone=Tone.GOOD if is_up else Tone.CAUTION,
        link_icon="check" if is_up else "cloud-off",
        link_text=words(link),
        clock=short_time(station.time.now()),
        person=f"{session.actor} · {words.name(session.role)}" if session else words("ui.header.nobody"),
        sign=ActionState("sign", text, "log-out" if session else "log-in", session is not None),
    )


def banner_of(problem: Problem, words: Words) -> BannerState:
    """Return a problem as a strip: cause, evidence, next step."""
    cause, evidence, next_step = words.lines(problem)
    is_light = problem.severity is Severity.WARNING
    sign = "triangle-alert" if is_light else "circle-x"
    return BannerState(Tone.CAUTION if is_light else Tone.BAD, sign, cause, f"{evidence} {next_step}".strip())


def of_link(station: Station, words: Words, meanwhile: str) -> tuple[BannerState, ...]:
    """Return what holds of the link: the service is away (`meanwhile` says what that means here), something is too new."""
    found = (_away(station, words, meanwhile), _outdated(station, words))
    return tuple(each for each in found if each is not None)


def of_tables(station: Station, words: Words) -> tuple[BannerState, ...]:
    """Return what to say while a table file is not as approved: file, keys, and what may and may not go on."""
    faults = station.service.standards.faults
    if not faults:
        return ()
    found = "; ".join(" ".join(words.lines(problem_of(each))[:2]) for each in faults[:MOST_FAULTS])
    more = words("ui.tables.more", count=len(faults) - MOST_FAULTS) if len(faults) > MOST_FAULTS else ""
    detail = " ".join(each for each in (found, more, words("ui.tables.what_goes_on")) if each)
    return (BannerState(Tone.BAD, "lock", words("ui.tables.locked"), detail),)


def _away(station: Station, words: Words, meanwhile: str) -> BannerState | None:
    if station.service.up or station.down_for_s < AWAY_AFTER_S:
        return None
    if station.service.handshake is None:
        problem = station.service.problem
        detail = words.cause(problem) if problem else words("ui.banner.waiting_detail")
        return BannerState(Tone.CAUTION, "cloud-off", words("ui.banner.not_reached"), detail)
    minutes = words.minutes(timedelta(seconds=station.down_for_s))
    text = words("ui.banner.away", duration=minutes)
    return BannerState(Tone.CAUTION, "cloud-off", text, meanwhile)


def _outdated(station: Station, words: Words) -> BannerState | None:
    problem = station.outdated
    return banner_of(problem, words) if problem is not None else None
