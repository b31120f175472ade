"""Facts as a day makes them, for tests that need real ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.measurements import (
    Curve,
    Effort,
    InstrumentUsed,
    Origin,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.ports import UnitOfWork, UserRow
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem

CAR = Vehicle(
    plate="渝A12345",
    plate_kind=PlateKind.SMALL_CAR,
    category=VehicleCategory.SMALL_PASSENGER,
    use=Use.PRIVATE,
    curb_mass_kg=1250,
    total_mass_kg=1700,
    seats=5,
    axles=2,
    parking_axles=(2,),
    registered_on=date(2012, 5, 4),
    manufactured_on=date(2012, 3, 1),
)
PLAN = (PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, Message("plan.always")),)


def car(plate: str) -> Vehicle:
    """The same car under another plate."""
    from dataclasses import replace

    return replace(CAR, plate=plate)


def visit_opened(visit_id: str, plate: str = CAR.plate) -> f.VisitOpened:
    return f.VisitOpened(visit_id, car(plate), InspectionKind.IN_USE, PLAN, "GB 38900-2020", "0" * 64)


def attempt_started(visit_id: str, attempt_id: str) -> f.AttemptStarted:
    return f.AttemptStarted(attempt_id, visit_id, "1", 1, CAR, InspectionKind.IN_USE, PLAN, "GB 38900-2020", "0" * 64)


def item_started(visit_id: str, attempt_id: str) -> f.ItemStarted:
    return f.ItemStarted(
        "run-1", visit_id, attempt_id, "occupancy-1", "1", "B1", ItemKind.SERVICE_BRAKE, 1, Decimal("428.5")
    )


def curve(peak_daN: int = 300) -> bytes:
    """A brake curve's canonical bytes."""
    samples = tuple(min(peak_daN, 3 * index) for index in range(300))
    return to_json(Curve(10, samples, tuple(value - 7 for value in samples))).encode()


def item_finished(visit_id: str, attempt_id: str, digest: str) -> f.ItemFinished:
    run = ServiceBrakeRun(1, Decimal(355), Decimal(349), Decimal(8), Decimal(7), 120, StopReason.TIME_OUT, digest)
    return f.ItemFinished(
        "run-1", visit_id, attempt_id, "occupancy-1", "1", "B1", ItemKind.SERVICE_BRAKE, 1, (), Outcome.PASS,
        Origin.SIMULATOR, (InstrumentUsed("bench", "carcheck_roller_brake", "1", "tcp://127.0.0.1:5001"),),
        Effort(300, 0, 9120, Decimal("6.4"), {"measure": Decimal("3.0")}), service_brake=run,
    )  # fmt: skip


def record(unit: UnitOfWork, fact: f.Fact, actor: str = "李敏", blobs: tuple[str, ...] = ()) -> None:
    """Append a fact and fold it into its visit's row, as the desk does."""
    entry = unit.journal.append(fact, actor=actor, blobs=blobs)
    visit_id = getattr(fact, "visit_id", None)
    if visit_id is not None:
        view = fold_visit(unit.visits.get(visit_id), entry)
        if view is not None:
            unit.visits.put(view)


def add_user(unit: UnitOfWork, name: str, role: Role = Role.CLERK) -> None:
    """Add a person: the fact and the row."""
    unit.journal.append(f.UserAdded(name, role), actor="root")
    unit.users.put(UserRow(name, role, "$argon2id$v=19$…", 0, False))


def whole_visit(unit: UnitOfWork, visit_id: str, plate: str = CAR.plate) -> str:
    """Record a visit from its opening to one finished item; return the curve's digest."""
    attempt_id = f"attempt-{visit_id}"
    record(unit, visit_opened(visit_id, plate))
    record(unit, attempt_started(visit_id, attempt_id))
    record(unit, item_started(visit_id, attempt_id))
    digest = unit.blobs.put(curve())
    record(unit, item_finished(visit_id, attempt_id, digest), blobs=(digest,))
    return digest
