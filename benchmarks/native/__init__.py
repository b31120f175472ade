"""The peers in C: libmodbus as slave and master, and a line of a true speed; compiled when a benchmark runs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
LIBMODBUS = "modbus"


class MissingCompilerError(Exception):
    """gcc or the headers of libmodbus are not here."""


def compiled(name: str) -> Path:
    """Compile one program unless it is newer than its source; return it."""
    source, program = HERE / f"{name}.c", BUILD / name
    if program.exists() and program.stat().st_mtime >= source.stat().st_mtime:
        return program
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise MissingCompilerError("gcc is missing: python3 bootstrap.py bench installs it")
    BUILD.mkdir(exist_ok=True)
    beside = program.with_suffix(".new")
    command = [compiler, "-O2", "-Wall", "-Wextra", "-o", str(beside), str(source)]
    done = subprocess.run([*command, f"-l{LIBMODBUS}"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingCompilerError(done.stderr.strip() or "the compiler failed")
    beside.replace(program)
    return program


@contextmanager
def serving(name: str, *arguments: str) -> Iterator[str]:
    """Run a program that first prints a path, for as long as the context lasts; yields the path."""
    with subprocess.Popen([str(compiled(name)), *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            path = process.stdout.readline().strip()
            if not path:
                raise MissingCompilerError(f"{name} did not start")
            yield path
        finally:
            process.kill()


def libmodbus_version() -> str:
    """Return the version of the library that the peers are linked with."""
    done = subprocess.run(["pkg-config", "--modversion", "libmodbus"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "?"
