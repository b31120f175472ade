"""The content of each screen, made from the intake; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.intake import LICENCE_FIELDS, STATION_FIELDS
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import date_text
from carcheck_desktop.ui.counter.draft.draft import Looking
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage
from carcheck_desktop.ui.counter.draft.person import CONSENT_VERSION, telephone_doubt, telephone_fault
from carcheck_desktop.ui.counter.state import (
    Content,
    DoneState,
    FilledState,
    FormState,
    KnownState,
    LookUpState,
    Page,
    PersonState,
    PlanState,
)
from carcheck_desktop.ui.counter.telling.car import doubt_text, draft_plate, field_state, label, pair
from carcheck_desktop.ui.counter.telling.pay import bought, change_of, pay_state, price_pairs
from carcheck_desktop.ui.counter.telling.visits import path_state
from carcheck_desktop.ui.counter.visit.telling.differences import with_differences
from carcheck_desktop.ui.counter.visit.telling.visit import visit_state
from carcheck_desktop.ui.frame.telling import banner_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import PairState, RowState, StagePathState
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate
from carcheck_desktop.ui.widgets.forms.states import FieldState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceKind, PlaceState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.intake import VisitPreview
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.presenter import CounterPresenter

COMPARED = ("owner", "category", "use", *LICENCE_FIELDS)
"""What of a known car can be compared with the licence."""


def content(presenter: CounterPresenter) -> Content:
    """Return what the screen that is shown consists of."""
    made: dict[Page, Callable[[CounterPresenter], Content]] = {
        Page.LOOK_UP: _look_up,
        Page.WAITING: _waiting,
        Page.KNOWN: _known,
        Page.LICENCE: lambda each: _form(each, FieldPage.LICENCE),
        Page.STATION: lambda each: _form(each, FieldPage.STATION),
        Page.PERSON: _person,
        Page.PLAN: _plan,
        Page.PAY: pay_state,
        Page.DONE: _done,
        Page.VISIT: visit_state,
    }
    make = made.get(presenter.page)
    return make(presenter) if make is not None else None


def _look_up(presenter: CounterPresenter) -> LookUpState:
    words, draft = presenter.words, presenter.draft
    plate = draft.plate or presenter.prefix()
    here, state = presenter.here(), FieldState()
    if here is not None:
        state = FieldState(Tone.CAUTION, words("ui.counter.here.title", plate=here.vehicle.plate))
    is_insisted = "plate" in presenter.insisted and read_plate(plate).fault is not None
    kind = FilledState(draft.plate_kind.value)
    hint = "ui.counter_visit.look_up.correct" if presenter.correcting else "ui.counter_visit.look_up.hint"
    title = "ui.counter_visit.look_up.title" if presenter.correcting else "ui.counter.look_up.title"
    return LookUpState(FilledState(plate, state, is_insisted), kind, words(title), words(hint))


def _waiting(presenter: CounterPresenter) -> PlaceState:
    words, plate = presenter.words, presenter.draft.plate
    return PlaceState(
        PlaceKind.LOADING, words("ui.counter.waiting.title", plate=plate), words("ui.counter.waiting.detail")
    )


def _known(presenter: CounterPresenter) -> KnownState:
    words, draft, checked = presenter.words, presenter.draft, presenter.checked()
    known = draft.answer.known if draft.answer is not None else None
    differing = [name for name in (*COMPARED, *STATION_FIELDS) if name in checked.doubts]
    told = words("ui.counter.semicolon").join(
        f"{label(name, words)}{words('ui.counter.colon')}{doubt_text(checked.doubts[name], name, words)}"
        for name in differing
    )
    differences = (
        BannerState(Tone.CAUTION, "triangle-alert", words("ui.counter.known.look", count=len(differing)), told)
        if differing
        else None
    )
    day = date_text(local(known.last_visit_at).date()) if known is not None else ""
    result = words.name(known.last_conclusion) if known is not None and known.last_conclusion is not None else ""
    code = "ui.counter.known.last" if result else "ui.counter.known.last_open"
    shown = [name for name in COMPARED if draft.text(name) or name in checked.missing]
    return KnownState(
        plate=draft_plate(draft),
        headline=words(code, day=day, result=result),
        differences=differences,
        pairs=tuple(pair(presenter, checked, name) for name in shown),
        looked_at=tuple(pair(presenter, checked, name) for name in STATION_FIELDS),
    )


def _form(presenter: CounterPresenter, page: FieldPage) -> FormState:
    words, draft, checked = presenter.words, presenter.draft, presenter.checked()
    names = [name for name, spec in FIELDS.items() if spec.page is page]
    detail = "ui.counter.form.station_detail"
    if page is FieldPage.LICENCE:
        detail = f"ui.counter.form.{_found(presenter)}"
    return FormState(
        page=page,
        plate=draft_plate(draft),
        headline=words(f"ui.counter.form.{page.value}"),
        detail=words(detail),
        fields={name: field_state(presenter, checked, name) for name in names},
    )


def _found(presenter: CounterPresenter) -> str:
    """Return the word for what the look-up came to."""
    draft = presenter.draft
    if draft.looking is Looking.ASKED:
        return "asking"
    if draft.answer is not None and draft.answer.authority is not None:
        return "from_simulation" if draft.answer.authority.simulated else "from_authority"
    return "from_last_visit" if draft.is_known else "by_hand"


def _person(presenter: CounterPresenter) -> PersonState:
    words, draft = presenter.words, presenter.draft
    is_hidden = presenter.is_covered
    name_missing = "presenter" in presenter.insisted and not draft.presenter.strip()
    name = FieldState(Tone.BAD, words("ui.counter.why.presenter")) if name_missing else FieldState()
    fault, doubt = telephone_fault(draft.telephone), telephone_doubt(draft.telephone)
    telephone = FieldState(text=words("ui.counter.person.telephone_hint"))
    if doubt and not fault:
        telephone = FieldState(Tone.CAUTION, words(doubt))
    elif fault and "telephone" in presenter.insisted:
        telephone = FieldState(Tone.BAD, words(fault))
    return PersonState(
        plate=draft_plate(draft),
        presenter=FilledState(draft.presenter, name, hidden=is_hidden),
        telephone=FilledState(draft.telephone, telephone, hidden=is_hidden),
        consent=words("ui.counter.consent.text"),
        version=words("ui.counter.consent.version", version=CONSENT_VERSION),
    )


def _plan(presenter: CounterPresenter) -> PlanState:
    words, draft, preview = presenter.words, presenter.draft, presenter.draft.preview
    plate = draft_plate(draft)
    if preview is None:
        kind = PlaceKind.LOADING if presenter.is_asking("preview") else PlaceKind.ERROR
        key = "asking" if kind is PlaceKind.LOADING else "none"
        place = PlaceState(kind, words(f"ui.counter.plan.{key}"), words(f"ui.counter.plan.{key}_detail"))
        return PlanState(plate, (), "", (), "", "", (), place)
    advice = tuple(banner_of(each, words) for each in (*preview.problems, *preview.advice) if not _is_price(each.code))
    note = next((words.cause(each) for each in preview.advice if _is_price(each.code)), "")
    made = PlanState(
        plate=plate,
        items=_items(preview, words),
        items_title=words("ui.counter.plan.items", asked=len(preview.plan), spared=len(preview.not_asked)),
        prices=price_pairs(preview.charge, words),
        total=yuan(total_fen(preview.charge)) if preview.charge else "",
        price_note=note or (words("ui.counter.price.none") if not preview.charge else ""),
        advice=advice,
        waiting=None,
    )
    return with_differences(made, presenter) if presenter.correcting else made


def _is_price(code: str) -> bool:
    return code.startswith("desk.prices.")


def _items(preview: VisitPreview, words: Words) -> tuple[RowState, ...]:
    asked = [
        RowState(
            item.item, words.item(item.kind, item.axle), words.message(item.reason), words("ui.counter.plan.asked"),
            "circle-check", Tone.RUNNING,
        )
        for item in preview.plan
    ]  # fmt: skip
    spared = []
    for each in preview.not_asked:
        said = words.message(each.reason)
        if each.confidence is not Confidence.SOURCED:
            said = f"{said} {words('ui.counter.plan.rule_doubtful', confidence=words.name(each.confidence))}"
        name = words(f"ui.counter.item.{each.item}")
        spared.append(RowState(f"-{each.item}", name, said, words("ui.counter.plan.spared"), "minus", Tone.OFF))
    return (*asked, *spared)


def _done(presenter: CounterPresenter) -> DoneState:
    words, draft = presenter.words, presenter.draft
    visit, preview = presenter.station.visits.get(presenter.opened_id), draft.preview
    lines = visit.charge if visit is not None else preview.charge if preview is not None else ()
    count = len(visit.plan) if visit is not None else len(preview.plan) if preview is not None else 0
    price = yuan(total_fen(lines)) if lines else words("ui.counter.price.none_short")
    pairs = (
        PairState(words("ui.counter.done.items"), words("ui.counter.done.count", count=count)),
        PairState(words("ui.counter.visit.price"), price),
        *_ticket(visit, words),
        *(bought(visit, words) if visit is not None else ()),
    )
    path = path_state(visit, words) if visit is not None else StagePathState(())
    if presenter.is_unpaid:
        bill = presenter.bill_of(presenter.opened_id)
        title = words("ui.counter.done.title_unpaid" if bill.open is None else "ui.counter.done.title_waiting")
        said, detail = words("ui.pay.still_due", due=yuan(bill.due_fen)), words("ui.counter.done.detail_unpaid")
        return DoneState(draft_plate(draft), title, detail, pairs, path, said, unpaid=True)
    change_fen = change_of(visit)
    change = words("ui.pay.give_change", change=yuan(change_fen)) if change_fen else ""
    title, detail = words("ui.counter.done.title"), words("ui.counter.done.detail")
    return DoneState(draft_plate(draft), title, detail, pairs, path, change)


def _ticket(visit: VisitView | None, words: Words) -> tuple[PairState, ...]:
    """Return the number that the owner has in hand; nothing before the feed has told it."""
    ticket = visit.ticket if visit is not None else None
    return (PairState(words("ui.counter.done.number"), ticket.number),) if ticket is not None else ()
