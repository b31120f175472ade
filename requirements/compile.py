"""Write the .lock files from the .in files: exact versions, hashes of every wheel, no address of any index.

Needs pip-tools in the environment that runs it. pip-compile judges markers for the machine it runs on; a line of an .in file
that is meant for Windows only is therefore resolved without its marker and gets it back in the lock, so that one lock serves
both systems. Each lock holds only what the locks before it do not hold.

    .venv/bin/python -m pip install pip-tools
    .venv/bin/python requirements/compile.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = ("runtime", "test", "bench")
HEADER = "# Written by requirements/compile.py from {name}.in; do not edit.\n"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-annotate",
    "--no-header",
    "--no-emit-options",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
)


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def split_markers(text: str) -> tuple[str, dict[str, str]]:
    """The text without markers, and the markers by canonical name."""
    markers: dict[str, str] = {}
    lines: list[str] = []
    for line in text.splitlines():
        requirement, found, marker = line.partition(" ; ")
        if found and not requirement.startswith("#"):
            markers[canonical(requirement.partition("==")[0])] = marker
        lines.append(requirement)
    return "\n".join(lines) + "\n", markers


def resolve(text: str) -> dict[str, str]:
    """Entries (`name==version` with its hash lines) by canonical name, as pip-compile resolves `text`."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "input.in"), Path(folder, "output.lock")
        source.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, "--output-file", str(target), str(source)]
        subprocess.run(command, check=True, cwd=folder)
        lines = [line for line in target.read_text(encoding="utf-8").splitlines(keepends=True) if line[0] not in "#-\n"]
    entries = re.split(r"^(?=\S)", "".join(lines), flags=re.MULTILINE)
    return {canonical(entry.partition("==")[0]): entry for entry in entries if entry}


def with_marker(entry: str, marker: str | None) -> str:
    """The entry with a marker between the version and the hashes."""
    return entry if marker is None else entry.replace(" \\\n", f" ; {marker} \\\n", 1)


def main() -> int:
    """Compile each lock on top of those before it; say how many entries each got."""
    inputs = ""
    markers: dict[str, str] = {}
    earlier: set[str] = set()
    for name in LOCKS:
        text, found = split_markers((HERE / f"{name}.in").read_text(encoding="utf-8"))
        inputs, markers = inputs + text, markers | found
        entries = {key: entry for key, entry in resolve(inputs).items() if key not in earlier}
        body = "".join(with_marker(entry, markers.get(key)) for key, entry in sorted(entries.items()))
        (HERE / f"{name}.lock").write_text(HEADER.format(name=name) + body, encoding="utf-8", newline="\n")
        print(f"{name}.lock: {len(entries)} packages")
        earlier |= entries.keys()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
