"""The folder `.venv`: made, filled from the locks, and stamped when an installation has come to its end.

An installation that was cut off can look complete to pip, so its name stands in the stamp while it runs; found there at the
start, the environment is built again. A pip that says no (no network, a wrong hash) leaves what already works alone.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Dict, List, Sequence

from requirements.machine import WINDOWS, Runner, Stop, child_environment, say

INSTALLING = "installing"


class Environment:
    """The folder `.venv` and the stamp in it: the digest of each lock whose installation came to its end."""

    def __init__(self, root: Path, runner: Runner) -> None:
        self.root, self.runner = root, runner
        self.folder = root / ".venv"
        self.stamp = self.folder / "carcheck-locks.json"
        self.programs = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.programs / ("python.exe" if WINDOWS else "python")

    def lock(self, name: str) -> Path:
        """The path of a lock."""
        return self.root / "requirements" / (name + ".lock")

    def digest(self, name: str) -> str:
        """What the stamp records of a lock: its digest and the Python it was installed for."""
        content = hashlib.sha256(self.lock(name).read_bytes()).hexdigest()
        return "{} {}.{}".format(content, *sys.version_info[:2])

    def stamped(self) -> Dict[str, str]:
        """The stamp; empty when nothing was finished here."""
        try:
            read = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}

    def unfinished(self, names: Sequence[str]) -> List[str]:
        """The locks that are not installed as they now are."""
        stamp = self.stamped() if self.python.exists() else {}
        return [name for name in names if INSTALLING in stamp or stamp.get(name) != self.digest(name)]

    def works(self) -> bool:
        """Whether the environment's Python starts, is the version that runs us, and has pip."""
        probe = "import sys, pip; print(sys.version_info[:2] == {!r})".format(tuple(sys.version_info[:2]))
        answer = self.runner.output([str(self.python), "-c", probe]) if self.python.exists() else None
        return answer is not None and answer.strip() == "True"

    def remove(self) -> None:
        """Delete the environment; say so when something holds it."""
        shutil.rmtree(str(self.folder), ignore_errors=True)
        if self.folder.exists():
            raise Stop("{} cannot be removed; close the programs that run from it.".format(self.folder))

    def create(self) -> None:
        """Make the environment anew."""
        if self.folder.exists():
            say("removing a .venv that is broken, cut off or of another Python")
            self.remove()
        say("making the Python environment .venv")
        if self.runner.run([sys.executable, "-m", "venv", str(self.folder)], child_environment()) != 0:
            raise Stop("Python could not make .venv (its words are above).")

    def write_stamp(self, stamp: Dict[str, str]) -> None:
        """Replace the stamp in one step."""
        beside = self.stamp.with_suffix(".new")
        beside.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        beside.replace(self.stamp)

    def install(self, name: str) -> None:
        """Install one lock on top of what is there."""
        say("installing requirements/{}.lock (exact versions, hashes checked)".format(name))
        stamp = self.stamped()
        self.write_stamp({**stamp, INSTALLING: name})
        options = [
            "--no-input",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--progress-bar",
            "off",
            "--quiet",
        ]
        command = [str(self.python), "-m", "pip", "install", *options, "-r", str(self.lock(name))]
        done = self.runner.run(command, child_environment()) == 0
        if not self.runner.interrupted:
            self.write_stamp({**stamp, name: self.digest(name)} if done else stamp)
        if not done:
            raise Stop("pip could not install requirements/{}.lock; its words are above.".format(name))

    def ensure(self, names: Sequence[str]) -> None:
        """Bring the environment to the state of these locks."""
        if not self.unfinished(names):
            return
        if INSTALLING in self.stamped() or not self.works():
            self.create()
        for name in self.unfinished(names):
            self.install(name)
