"""The console of the virtual world over HTTP: its clock, the faults of its instruments and of its authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Body, FastAPI, HTTPException

from carcheck_desktop.devices.api.simulator import vars_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carcheck_desktop.base.clock import ScaledClock
    from carcheck_desktop.devices.api.simulator import Faults
    from carcheck_desktop.twin.authority.server import SimulatedCentre
    from carcheck_desktop.twin.printers.far_end import FakePrinter


def create_console(
    clock: ScaledClock,
    faults: Mapping[str, Faults],
    centres: Mapping[str, SimulatedCentre] | None = None,
    printers: Mapping[str, FakePrinter] | None = None,
    day: Callable[[], dict[str, int]] | None = None,
) -> FastAPI:
    """Return the app: GET /clock, GET /faults, POST /faults/{lane}/{device} with switches to set; /centres, /printers the same way.

    GET /day tells how far the day is; POST /centres/insurance/buy with `{"plate": …}` insures a car.
    """
    app = FastAPI(title="carcheck virtual world", docs_url=None, redoc_url=None)

    @app.get("/clock")
    def tell_clock() -> dict[str, Any]:
        """Speed, epoch, and the PC's monotonic second at the epoch."""
        return {
            "speed": clock.speed,
            "epoch": clock.epoch.isoformat(),
            "epoch_monotonic_s": clock.epoch_monotonic_s,
        }

    @app.get("/faults")
    def tell_faults() -> dict[str, dict[str, Any]]:
        """Every instrument with its switches."""
        return {name: dict(vars_of(each)) for name, each in faults.items()}

    @app.post("/faults/{lane}/{device}")
    def set_faults(lane: str, device: str, switches: dict[str, bool | float]) -> dict[str, bool | float]:
        """Set switches of one instrument."""
        found = faults.get(f"{lane}/{device}")
        if found is None:
            raise HTTPException(404, f"no instrument {lane}/{device}")
        unknown = switches.keys() - vars_of(found).keys()
        if unknown:
            raise HTTPException(422, f"unknown: {', '.join(sorted(unknown))}")
        for switch, value in switches.items():
            setattr(found, switch, value)
        return switches

    if day is not None:

        @app.get("/day")
        def tell_day() -> dict[str, int]:
            """How many vehicles come, and how many of them are through."""
            return day()

    _add_centres(app, centres or {})
    _add_deeds(app, centres or {})
    _add_printers(app, printers or {})
    return app


def _add_printers(app: FastAPI, printers: Mapping[str, FakePrinter]) -> None:
    @app.get("/printers")
    def tell_printers() -> dict[str, dict[str, Any]]:
        """Every simulated printer with its switches."""
        return {name: each.switches for name, each in printers.items()}

    @app.post("/printers/{name}")
    def set_printer(name: str, switches: dict[str, bool | float]) -> dict[str, bool | float]:
        """Set switches of one simulated printer."""
        found = printers.get(name)
        if found is None:
            raise HTTPException(404, f"no printer {name}")
        try:
            found.switch(switches)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return switches


def _add_deeds(app: FastAPI, centres: Mapping[str, SimulatedCentre]) -> None:
    @app.post("/centres/{channel}/{deed}")
    def do(channel: str, deed: str, plate: Annotated[str, Body(embed=True)]) -> dict[str, str]:
        """Do for a car what its owner can do there, such as buying a policy."""
        found = centres.get(channel)
        what = found.deeds.get(deed) if found is not None else None
        if what is None:
            raise HTTPException(404, f"no {deed} at {channel}")
        try:
            what(plate)
        except KeyError as error:
            raise HTTPException(422, f"unknown plate: {plate}") from error
        return {"plate": plate, "done": deed}


def _add_centres(app: FastAPI, centres: Mapping[str, SimulatedCentre]) -> None:
    @app.get("/centres")
    def tell_centres() -> dict[str, dict[str, Any]]:
        """Every simulated authority with its address and its switches."""
        return {name: {"url": each.url, **each.switches} for name, each in centres.items()}

    @app.post("/centres/{channel}")
    def set_centre(channel: str, switches: dict[str, bool | float]) -> dict[str, bool | float]:
        """Set switches of one simulated authority."""
        found = centres.get(channel)
        if found is None:
            raise HTTPException(404, f"no centre {channel}")
        try:
            found.switch(switches)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return switches
