"""What each of the service's commands does, once the door let it in; one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.desk import people
from carcheck_desktop.desk.arrivals import doing as arrivals
from carcheck_desktop.desk.board import change_board
from carcheck_desktop.desk.calls import doing as calls
from carcheck_desktop.desk.cash import doing as cash
from carcheck_desktop.desk.cash.scans import NOBODY, Scans
from carcheck_desktop.desk.counter.lookup import Asked, look_up
from carcheck_desktop.desk.counter.prices import publish_prices
from carcheck_desktop.desk.doing import Doer, Doing
from carcheck_desktop.desk.ending import doing as ending
from carcheck_desktop.desk.insurance import doing as insurance
from carcheck_desktop.desk.intake import open_visit, preview_visit, show_private
from carcheck_desktop.desk.keys import doing as keys
from carcheck_desktop.desk.papers import doing as papers
from carcheck_desktop.desk.signing import doing as signing
from carcheck_desktop.desk.tables import doing as tables_doing
from carcheck_desktop.desk.tickets.printing import print_ticket
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Session
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.standards.rulebook import Rulebook


NOT_ASKED = Asked()
ROOMS: tuple[dict[str, Doer], ...] = (
    signing.DOERS,
    arrivals.DOERS,
    keys.DOERS,
    calls.DOERS,
    cash.DOERS,
    ending.DOERS,
    insurance.DOERS,
    papers.DOERS,
    tables_doing.DOERS,
)
"""The doers of every concern that has a folder of its own."""
DOERS: dict[str, Doer] = {kind: doer for room in ROOMS for kind, doer in room.items()}


@dataclass(frozen=True, slots=True)
class Given:
    """Who gives a command at which node, and who agrees to it."""

    session: Session | None
    second: Session | None
    node: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done before the transaction, because it takes long."""

    pin_is_right: bool = False
    pin_hash: str = field(default="", repr=False)
    asked: Asked = NOT_ASKED


class Carrier:
    """Carries commands out; who may was checked by the door."""

    def __init__(self, clock: Clock, key: SigningKey, tables: Rulebook, scans: Scans = NOBODY) -> None:
        self._clock = clock
        self._scans = scans
        self.house: House | None = None
        self.custody: TableCustody | None = None
        self._key = key
        self._given_tables = tables

    @property
    def _tables(self) -> Rulebook:
        """The tables of today: an edition that begins at midnight is worked with from then on."""
        rules = self._given_tables if self.custody is None else self.custody.rules
        return rules.on(inspection_date(self._clock.now()))

    def carry_out(self, uow: UnitOfWork, command: c.Command, given: Given, prepared: Prepared) -> dict[str, Any]:
        """Carry a command out and return the reply's result; raises `RefusedError` when a rule of the house refuses."""
        if isinstance(command, c.SignIn):
            return self._sign_in(uow, command, given.node, pin_is_right=prepared.pin_is_right)
        if given.session is None:
            raise RefusedError("domain.access.nobody_signed_in", kind=command.kind)
        if command.kind in c.PEOPLE_COMMANDS:
            self._with_people(uow, command, given, given.session, prepared)
            return {}
        if command.kind in c.VISIT_COMMANDS:
            return self._with_visit(uow, command, given, given.session, prepared)
        doer = DOERS.get(command.kind)
        if doer is not None:
            return doer(uow, command, self._doing(given, given.session, prepared))
        if isinstance(command, c.SetPriceList):
            approved_by, now = _second(given), self._clock.now()
            revision = publish_prices(uow, command, actor=given.session.actor, approved_by=approved_by, now=now)
            return {"revision": revision}
        changed = change_board(uow, command, actor=given.session.actor)
        if changed is not None:
            return {"revision": changed}
        raise RefusedError("desk.door.not_here", kind=command.kind)

    def _doing(self, given: Given, session: Session, prepared: Prepared) -> Doing:
        return Doing(
            session, given.second, given.node, self._clock.now(), self._tables, self._key, prepared.pin_is_right,
            self._scans, self.house, self.custody,
        )  # fmt: skip

    def _with_people(
        self, uow: UnitOfWork, command: c.Command, given: Given, session: Session, prepared: Prepared
    ) -> None:
        match command:
            case c.SignOut():
                people.let_out(uow, session)
            case c.AddUser():
                people.add_user(uow, command, actor=session.actor, pin_hash=prepared.pin_hash, only_new=True)
            case c.ChangeUser():
                people.change_user(uow, command, actor=session.actor)
            case c.ResetPin():
                people.reset_pin(uow, command, prepared.pin_hash, actor=session.actor, approved_by=_second(given))
            case c.ChangePin():
                is_right = prepared.pin_is_right
                if not people.change_pin(uow, command, prepared.pin_hash, session, is_right=is_right):
                    raise RefusedError("desk.door.wrong_old_pin", actor=session.actor)

    def _with_visit(
        self, uow: UnitOfWork, command: c.Command, given: Given, session: Session, prepared: Prepared
    ) -> dict[str, Any]:
        actor, now = session.actor, self._clock.now()
        match command:
            case c.OpenVisit():
                return self._opened(uow, command, given, session, prepared)
            case c.PreviewVisit():
                return _plain(preview_visit(uow, command, self._tables, now=now))
            case c.LookUpVehicle():
                return _plain(look_up(uow, command, prepared.asked, actor=actor, now=now))
            case c.ShowVisit():
                return {"private": to_plain(show_private(uow, command, actor=actor, node=given.node))}
        raise RefusedError("desk.door.not_here", kind=command.kind)

    def _opened(
        self, uow: UnitOfWork, command: c.OpenVisit, given: Given, session: Session, prepared: Prepared
    ) -> dict[str, Any]:
        """Take a car in; its ticket comes out unless it came out at the gate."""
        doing = self._doing(given, session, prepared)
        visit_id = open_visit(uow, command, self._tables, actor=doing.actor, now=doing.now)
        visit = uow.visits.get(visit_id)
        if visit is not None and visit.arrived_at is None:
            print_ticket(uow, visit_id, doing)
        return {"visit_id": visit_id}

    def _sign_in(self, uow: UnitOfWork, command: c.SignIn, node: str, *, pin_is_right: bool) -> dict[str, Any]:
        user = people.count_sign_in(uow, command, node, is_right=pin_is_right)
        if user is None:
            raise RefusedError("desk.door.not_let_in", name=command.name[:40])
        now = self._clock.now()
        session = Session(new_id("session"), user.name, user.role, node, people.shift_end(now))
        people.let_in(uow, session)
        return {"token": people.token_of(session, self._key, now), "session": to_plain(session)}


def _second(given: Given) -> str:
    return given.second.actor if given.second is not None else ""


def _plain(value: object) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(value)
    return plain
