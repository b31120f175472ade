"""The frame of the control window: header, banner, and what stands where no lane is shown; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.ui.bridge.words import clock_text
from carcheck_desktop.ui.control.state import HeaderState, Mode
from carcheck_desktop.ui.control.telling.lanes import alarm_of, open_attempt
from carcheck_desktop.ui.frame.telling import of_tables
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState, ChoiceOption, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

AWAY_AFTER_S = 3.0
"""So long a silence is said; shorter ones are a reconnect."""


MODE_ICONS = {Mode.OVERVIEW: "layout-grid", Mode.SPLIT: "panel-left", Mode.FULL: "maximize"}


def header_state(station: Station, words: Words, mode: Mode, unseen: tuple[int, int]) -> HeaderState:
    """Return the bar at the top; `unseen` counts what nobody has seen, and what of it is trouble."""
    handshake, session = station.service.handshake, station.session
    is_up = station.service.up
    if session is None:
        sign = ActionState(
            "sign_in", words("ui.header.sign_in"), "log-in", is_up, "" if is_up else words("ui.why.service_away")
        )
    else:
        sign = ActionState("sign_out", words("ui.header.sign_out"), "log-out", True)
    person = f"{session.actor} · {words.name(session.role)}" if session else words("ui.header.nobody")
    link = "ui.link.up" if is_up else "ui.link.away" if handshake else "ui.link.connecting"
    return HeaderState(
        station=handshake.station_name if handshake else words("ui.app.name"),
        training=bool(handshake and handshake.training),
        link_tone=Tone.GOOD if is_up else Tone.CAUTION,
        link_icon="check" if is_up else "cloud-off",
        link_text=words(link),
        clock=clock_text(station.time.now()),
        person=person,
        sign=sign,
        happened=_happened(words, *unseen),
        has_unseen=unseen[0] > 0,
        modes=ChoiceState(
            tuple(ChoiceOption(each.value, words(f"ui.mode.{each.value}"), MODE_ICONS[each]) for each in Mode),
            mode.value,
        ),
    )


def _happened(words: Words, count: int, trouble: int) -> ActionState:
    """Return the button of what happened, with how much of it is unseen."""
    if not count:
        return ActionState("happened", words("ui.header.happened"), "history", enabled=True)
    code = "ui.header.unseen_trouble" if trouble else "ui.header.unseen"
    text = words(code, count=count, trouble=trouble)
    return ActionState("happened", text, "triangle-alert" if trouble else "history", enabled=True)


def banner_state(station: Station, words: Words) -> BannerState | None:
    """Say that the service is away and what that means, else what locks conclusions, else that a car was given up."""
    if station.service.up or station.down_for_s < AWAY_AFTER_S:
        return _locked(station, words) or _outdated(station, words) or _withdrawn(station, words)
    if station.service.handshake is None:
        detail = words.cause(station.service.problem) if station.service.problem else words("ui.banner.waiting_detail")
        return BannerState(Tone.CAUTION, "cloud-off", words("ui.banner.not_reached"), detail)
    minutes = words.minutes(timedelta(seconds=station.down_for_s))
    return BannerState(
        Tone.CAUTION, "cloud-off", words("ui.banner.away", duration=minutes), words("ui.banner.away_detail")
    )


def _locked(station: Station, words: Words) -> BannerState | None:
    """Say that a table file is not as approved, so that nothing is concluded."""
    return next(iter(of_tables(station, words)), None)


def _outdated(station: Station, words: Words) -> BannerState | None:
    """Say that a newer program wrote something that cannot be shown here."""
    problem = station.outdated
    if problem is None:
        return None
    cause, _, next_step = words.lines(problem)
    return BannerState(Tone.CAUTION, "triangle-alert", cause, next_step)


def _withdrawn(station: Station, words: Words) -> BannerState | None:
    """Say that the car on a lane was given up, and who ends its attempt: the lane, or the controller where it stands still."""
    for name, view in station.lanes.items():
        attempt = open_attempt(view)
        visit = station.visits.get(attempt.visit_id) if attempt is not None else None
        if attempt is None or visit is None or visit.withdrawal is None:
            continue
        given, is_still = visit.withdrawal, attempt.state is AttemptState.INTERRUPTED
        text = words("ui.control.withdrawn", lane=name, plate=visit.vehicle.plate, by=given.by,
                     reason=words.name(given.reason))  # fmt: skip
        return BannerState(
            Tone.CAUTION, "ban", text, words(f"ui.control.withdrawn.{'still' if is_still else 'running'}")
        )
    return None


def alarm_state(station: Station, unanswered: list[str], words: Words) -> BannerState | None:
    """Say on top of everything, whichever lane is shown, that machinery may still turn on one or several."""
    alarms = {name: alarm for name, view in station.lanes.items() if (alarm := alarm_of(view, words)) is not None}
    if alarms:
        name, (cause, next_step) = next(iter(alarms.items()))
        text = words("ui.alarm.on_lane", lane=name, cause=cause)
        others = words("ui.stop.and").join(words.lane(other) for other in list(alarms)[1:])
        also = words("ui.alarm.also", lanes=others) if others else ""
        return BannerState(Tone.ALARM, "octagon-x", text, f"{also} {next_step}".strip())
    if unanswered:
        names = words("ui.stop.and").join(words.lane(lane) for lane in unanswered)
        return BannerState(Tone.ALARM, "octagon-x", words("ui.stop.failed", lanes=names), words("ui.stop.failed_next"))
    return None


def names_of(station: Station, words: Words) -> dict[str, str]:
    """Return what people call the station's processes and instruments, by the names of its file."""
    handshake = station.service.handshake
    called = {"control": words("ui.control.name"), "hall": words("ui.hall.name")}
    called |= {address.node: words.lane(address.lane) for address in (handshake.lanes if handshake else ())}
    for view in station.lanes.values():
        called |= {device.device: words.device_kind(device.device_kind) for device in view.devices}
    return called


def no_lane(station: Station, lane: str, words: Words) -> tuple[str, str, str]:
    """Say why no lane is shown: headline, detail, icon."""
    if station.service.handshake is None:
        return words("ui.no_lane.connecting"), words("ui.no_lane.connecting_detail"), "loader-circle"
    if not station.lane_names:
        return words("ui.no_lane.none"), words("ui.no_lane.none_detail"), "inbox"
    problem = station.lane_problem(lane)
    detail = words.cause(problem) if problem is not None else words("ui.no_lane.away_detail")
    return words("ui.no_lane.away", lane=lane), detail, "cloud-off"
