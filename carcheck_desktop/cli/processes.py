"""`main.py service`, `lane`, `simulate`: the processes without windows."""

from __future__ import annotations

from carcheck_desktop.cli.common import count, parser_of, say, speed, station_of, tcp_port, with_clock


def service(arguments: list[str]) -> int:
    """Run the station's service until told to end."""
    options = with_clock(parser_of("service", "Run the station's service.")).parse_args(arguments)
    from carcheck_desktop.app.service import run_service

    run_service(station_of(options), options.clock, started=lambda url: say({"service": url}))
    return 0


def lane(arguments: list[str]) -> int:
    """Run the lanes of this PC until told to end."""
    parser = with_clock(parser_of("lane", "Run a lane: its instruments, its engine, its journal."))
    parser.add_argument("--lane", required=True, metavar="N", help="name of the lane in the station file")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.lane import run_lane

    run_lane(
        station_of(options), options.lane, options.clock, started=lambda url: say({"lane": options.lane, "url": url})
    )
    return 0


def simulate(arguments: list[str]) -> int:
    """Run the virtual world behind the station's device ports until told to end."""
    parser = parser_of("simulate", "Run the virtual world behind the device ports of a training station.")
    parser.add_argument("--speed", type=speed, default=1.0, metavar="X", help="so many times as fast (default 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--vehicles", type=count, default=3, metavar="N")
    parser.add_argument("--port", type=tcp_port, default=0, metavar="P", help="port of the clock and the faults")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.simulate import Wish, run_simulation

    wish = Wish(options.seed, options.vehicles, options.speed, options.port)
    run_simulation(station_of(options), wish, started=lambda url: say({"clock": url}))
    return 0
