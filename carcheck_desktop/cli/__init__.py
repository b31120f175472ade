"""The command line: one small file a command, loaded only when it is called."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _service(arguments: list[str]) -> int:
    from carcheck_desktop.cli.processes import service

    return service(arguments)


def _lane(arguments: list[str]) -> int:
    from carcheck_desktop.cli.processes import lane

    return lane(arguments)


def _simulate(arguments: list[str]) -> int:
    from carcheck_desktop.cli.processes import simulate

    return simulate(arguments)


def _control(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import control

    return control(arguments)


def _counter(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import counter

    return counter(arguments)


def _signing(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import signing

    return signing(arguments)


def _keys(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import keys

    return keys(arguments)


def _pickup(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import pickup

    return pickup(arguments)


def _hall(arguments: list[str]) -> int:
    from carcheck_desktop.cli.hall import hall

    return hall(arguments)


def _gallery(arguments: list[str]) -> int:
    from carcheck_desktop.cli.windows import gallery

    return gallery(arguments)


def _station(arguments: list[str]) -> int:
    from carcheck_desktop.cli.station import station

    return station(arguments)


def _demo(arguments: list[str]) -> int:
    from carcheck_desktop.cli.demo import demo

    return demo(arguments)


def _show(arguments: list[str]) -> int:
    from carcheck_desktop.cli.records import show

    return show(arguments)


def _judge(arguments: list[str]) -> int:
    from carcheck_desktop.cli.judge import judge

    return judge(arguments)


def _explain(arguments: list[str]) -> int:
    from carcheck_desktop.cli.explain import explain

    return explain(arguments)


def _rejudge(arguments: list[str]) -> int:
    from carcheck_desktop.cli.rejudge import rejudge

    return rejudge(arguments)


def _verify(arguments: list[str]) -> int:
    from carcheck_desktop.cli.records import verify

    return verify(arguments)


def _migrate(arguments: list[str]) -> int:
    from carcheck_desktop.cli.records import migrate

    return migrate(arguments)


def _backup(arguments: list[str]) -> int:
    from carcheck_desktop.cli.records import backup

    return backup(arguments)


def _board(arguments: list[str]) -> int:
    from carcheck_desktop.cli.board import board

    return board(arguments)


def _nodes(arguments: list[str]) -> int:
    from carcheck_desktop.cli.records import nodes

    return nodes(arguments)


def _user(arguments: list[str]) -> int:
    from carcheck_desktop.cli.user import user

    return user(arguments)


def _prices(arguments: list[str]) -> int:
    from carcheck_desktop.cli.prices import prices

    return prices(arguments)


def _plan(arguments: list[str]) -> int:
    from carcheck_desktop.cli.plan import plan

    return plan(arguments)


def _render(arguments: list[str]) -> int:
    from carcheck_desktop.cli.render import render

    return render(arguments)


def _standards(arguments: list[str]) -> int:
    from carcheck_desktop.cli.standards import standards

    return standards(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": _demo,
    "station": _station,
    "service": _service,
    "lane": _lane,
    "simulate": _simulate,
    "control": _control,
    "counter": _counter,
    "signing": _signing,
    "pickup": _pickup,
    "hall": _hall,
    "keys": _keys,
    "gallery": _gallery,
    "show": _show,
    "render": _render,
    "judge": _judge,
    "explain": _explain,
    "rejudge": _rejudge,
    "plan": _plan,
    "standards": _standards,
    "verify": _verify,
    "backup": _backup,
    "migrate": _migrate,
    "board": _board,
    "prices": _prices,
    "user": _user,
    "nodes": _nodes,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for yes, 1 for no, 2 when something could not be used."""
    from carcheck_desktop.cli.common import guarded, use_utf8

    use_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help"):
        print("main.py COMMAND [--help]: " + " | ".join(COMMANDS), file=sys.stderr)
        return 0 if given else 2
    name, *rest = given
    command = COMMANDS.get(name)
    if command is None:
        print(f"main.py: {name!r}? " + " | ".join(COMMANDS), file=sys.stderr)
        return 2
    return guarded(command, rest)
