"""`main.py show`, `verify`, `backup`, `migrate`: what is recorded, and whether it still is."""

from __future__ import annotations

from pathlib import Path

from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.cli.common import complain, parser_of, say, station_of


def show(arguments: list[str]) -> int:
    """Print everything recorded of a visit: view, facts, raw curves, digests, verdict cards."""
    parser = parser_of("show", "Everything recorded of a visit, as JSON.")
    parser.add_argument("visit", help="the visit's id, or a plate for its newest visit")
    parser.add_argument("--json", action="store_true", help="JSON is the only form so far")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.operations import record_of_visit

    say(record_of_visit(station_of(options), options.visit))
    return 0


def verify(arguments: list[str]) -> int:
    """Check every journal, row, blob and signed head; 1 when anything is not as it was written."""
    options = parser_of("verify", "Check that nothing recorded was changed.").parse_args(arguments)
    from carcheck_desktop.app.operations import verify_station

    reports = verify_station(station_of(options))
    say(reports)
    complain([finding for report in reports.values() for finding in report.findings])
    own = [node for node, report in reports.items() if not report.key_given]
    if own:
        complain([Problem("cli.verify.own_key", {"nodes": ", ".join(own)}, Severity.WARNING)])
    return 0 if all(report.is_whole for report in reports.values()) else 1


def nodes(arguments: list[str]) -> int:
    """Print which windows, lanes and other programs were ever seen: software, address, first and last day."""
    options = parser_of("nodes", "Which nodes were seen, with what software and from where.").parse_args(arguments)
    from carcheck_desktop.app.operations import nodes_of_station

    say(nodes_of_station(station_of(options)))
    return 0


def backup(arguments: list[str]) -> int:
    """Copy the database, the blobs and the signed heads into a new folder."""
    parser = parser_of("backup", "Copy the station's records into a new or empty folder.")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.operations import back_up

    done = back_up(station_of(options), options.folder)
    say({"database": str(done.database), "position": done.position, "blobs": done.blobs})
    return 0


def migrate(arguments: list[str]) -> int:
    """Bring the databases of this PC to this program's schema; refused while they are open."""
    options = parser_of("migrate", "Change the schema of the databases (back up first).").parse_args(arguments)
    from carcheck_desktop.app.operations import migrate_station

    done = migrate_station(station_of(options))
    say({node: {"before": before, "after": after} for node, (before, after) in done.items()})
    return 0
