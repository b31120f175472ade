"""Set carcheck up and start it: `python3 bootstrap.py demo`, `test`, `setup`, `bench`, `pictures`.

Standard library only, and readable by Python 3.6 on, so that an old interpreter gets a sentence and not a syntax error.
It makes `.venv`, fills it from the locks in `requirements/`, sees to the Debian packages that the wheels expect, and hands over.
"""

import os
import sys
import time
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

from requirements import debian, machine
from requirements.environment import Environment
from requirements.machine import ROOT, UNUSABLE, WINDOWS, Runner, Stop, child_environment, say

ABORTED = 130

USAGE = """usage: python3 bootstrap.py COMMAND [ARGUMENTS]

  setup      make the environment only
  demo       a simulated station; the arguments go to `main.py demo`
  test       all checks; the arguments go to pytest
  bench      measure against peers; the arguments go to the benchmarks
  pictures   every window and gallery page in every language, size and theme, looked at and kept as pictures;
             the arguments go to `python -m tests.look` (--docs: the few that the pages of docs show)
"""

# Locks by command, in the order in which they are installed.
LOCKS: Dict[str, Sequence[str]] = {
    "setup": ("runtime",),
    "demo": ("runtime",),
    "pictures": ("runtime", "test"),
    "test": ("runtime", "test"),
    "bench": ("runtime", "test", "bench"),
}


def option_value(arguments: Sequence[str], option: str) -> Optional[str]:
    """The value of `--option value` or `--option=value`, None when it is not there."""
    for index, argument in enumerate(arguments):
        if argument == option:
            return arguments[index + 1] if index + 1 < len(arguments) else ""
        if argument.startswith(option + "="):
            return argument.partition("=")[2]
    return None


def headless_arguments(given: Sequence[str], folder: str) -> List[str]:
    """What was given, and what a run without a display needs besides."""
    added = list(given)
    if "--headless" not in given:
        added.append("--headless")
    for option, value in (("--vehicles", "6"), ("--speed", "20"), ("--out", folder)):
        if option_value(given, option) is None:
            added += [option, value]
    return added


def main_command(environment: Environment, arguments: Sequence[str]) -> int:
    """Run main.py in the environment."""
    return environment.runner.run([str(environment.python), str(ROOT / "main.py"), *arguments], child_environment())


def demo(environment: Environment, arguments: Sequence[str], display: bool) -> int:
    """The simulated station in windows; where there is no display, in pictures of its windows."""
    if display:
        return main_command(environment, ["demo", *arguments])
    say("no display here: the demo runs without windows and writes pictures instead")
    return headless_demo(environment, arguments)


def headless_demo(environment: Environment, arguments: Sequence[str]) -> int:
    """The demo without windows, and the folder with what it drew."""
    folder = str(ROOT / "demo-out" / time.strftime("%Y%m%d-%H%M%S"))
    complete = headless_arguments(arguments, folder)
    out = Path(option_value(complete, "--out") or folder)
    code = main_command(environment, ["demo", *complete])
    drawn = sorted(out.glob("**/*.png"))
    if drawn:
        say("{} pictures are in {}".format(len(drawn), drawn[0].parent))
    else:
        say("no picture was drawn in {}".format(out))
    return code


def picture_arguments(given: Sequence[str], folder: str) -> List[str]:
    """What was given; every picture where nothing else was asked for, in a folder outside git."""
    if "--docs" in given:
        return list(given)
    added = list(given)
    if not any(option in given for option in ("--all", "--pairwise")):
        added.append("--all")
    return added if option_value(given, "--out") is not None else [*added, "--out", folder]


def pictures(environment: Environment, arguments: Sequence[str]) -> int:
    """Render every window and page, and check what was rendered."""
    folder = str(ROOT / "pictures-out" / time.strftime("%Y%m%d-%H%M%S"))
    command = [str(environment.python), "-m", "tests.look", *picture_arguments(arguments, folder)]
    return environment.runner.run(command, child_environment())


def check_commands(programs: Path, python: Path, arguments: Sequence[str]) -> List[Tuple[str, List[str]]]:
    """Name and command of each check in order, the tests last; with arguments they are all that pytest gets."""
    own = [argument for argument in arguments if argument != "--"]
    pytest = [str(python), "-m", "pytest"]
    # whole stations run on scaled clocks in five processes. A day that many tests read, and a person at the windows of a
    # station, have the machine alone; the other stations mostly wait: two at a time
    whole, outside = "tests/station", "tests/look/outside"
    days = [f"{whole}/test_{name}.py" for name in ("day", "office", "tampering", "real_make")]
    two = ["-n", "2", "--dist", "loadfile"]
    tests = [
        ("pytest of whole days", [*pytest, *days, outside]),
        ("pytest of whole stations", [*pytest, whole, *("--ignore=" + each for each in days), *two]),
        ("pytest", [*pytest, "--ignore=" + whole, "--ignore=" + outside, *two]),
    ]
    if own:
        tests = [("pytest", [*pytest, *own])]
    lint_imports = str(programs / ("lint-imports.exe" if WINDOWS else "lint-imports"))
    return [
        ("ruff check", [str(python), "-m", "ruff", "check", "."]),
        ("ruff format", [str(python), "-m", "ruff", "format", "--check", "."]),
        ("mypy", [str(python), "-m", "mypy"]),
        ("import contracts", [lint_imports, "--no-logo"]),
        *tests,
    ]


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """Every check, also after one has failed; 0 when all passed."""
    results = []
    for name, command in check_commands(environment.programs, environment.python, arguments):
        say(name)
        code = environment.runner.run(command, child_environment())
        results.append((name, code))
    say(
        "; ".join("{} {}".format(name, "passed" if code == 0 else "FAILED ({})".format(code)) for name, code in results)
    )
    return 0 if all(code == 0 for _, code in results) else 1


def bench(environment: Environment, arguments: Sequence[str]) -> int:
    """The measured claims, each against a peer or a limit in the same run."""
    return environment.runner.run([str(environment.python), "-m", "benchmarks", *arguments], child_environment())


def carry_out(command: str, arguments: Sequence[str], runner: Runner) -> int:
    """See to the machine, then do what was asked."""
    display = machine.has_display(dict(os.environ), sys.platform)
    if WINDOWS:
        machine.check_windows_path(str(ROOT), machine.windows_long_paths())
    if command == "bench" and not (ROOT / "benchmarks" / "__main__.py").exists():
        raise Stop("there are no benchmarks in this version yet.")
    environment = Environment(ROOT, runner)
    makes_venv = bool(environment.unfinished(LOCKS[command]))
    missing = debian.missing_packages(
        command, runner, display=display and command == "demo", needs_venv=makes_venv and not debian.has_ensurepip()
    )
    if missing:
        debian.install_packages(missing, runner)
    environment.ensure(LOCKS[command])
    if command == "demo":
        return demo(environment, arguments, display)
    if command == "setup":
        say("ready; start it with: {} main.py --help".format(environment.python.relative_to(ROOT)))
        return 0
    return {"pictures": pictures, "test": test, "bench": bench}[command](environment, arguments)


def main(arguments: Sequence[str]) -> int:
    """The program; its exit code."""
    if not arguments or arguments[0] not in LOCKS:
        asked_for_help = bool(arguments) and arguments[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else UNUSABLE
    try:
        machine.check_python(tuple(sys.version_info[:3]))
        for stream in (sys.stdout, sys.stderr):
            getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
        return carry_out(arguments[0], arguments[1:], Runner())
    except Stop as stop:
        print("carcheck: {}".format(stop), file=sys.stderr, flush=True)
        return stop.code
    except KeyboardInterrupt:
        return ABORTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
