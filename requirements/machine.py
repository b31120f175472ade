"""The machine as bootstrap.py meets it: its Python, its paths, its display, and a way to start other programs."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional, Sequence

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
UNUSABLE = 2
OLDEST, TOO_NEW = (3, 11), (3, 15)

# The longest path inside the installed wheels has 177 characters below the project's folder; Windows stops at 259.
WINDOWS_LONGEST_ROOT = 80


class Stop(Exception):  # noqa: N818  # not always an error: it ends the program with a sentence and an exit code
    """End here: a sentence for people and an exit code."""

    def __init__(self, sentence: str, code: int = UNUSABLE) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Tell the person at the terminal what happens."""
    print("carcheck: " + sentence, flush=True)


class Runner:
    """Starts other programs. The tests put a recorder in its place."""

    def __init__(self) -> None:
        self.interrupted = False

    def run(self, command: Sequence[str], env: Optional[Dict[str, str]] = None) -> int:
        """Run in the project's folder with our terminal; exit code.

        A request to end reaches the program too (Ctrl+C from the terminal itself, SIGTERM through us); it ends in its own way.
        """
        children: List[subprocess.Popen] = []  # type: ignore[type-arg]  # old Pythons cannot subscript it

        def pass_on(_number: int, _frame: object) -> None:
            self.interrupted = True
            for child in children:
                child.terminate()

        before = signal.signal(signal.SIGTERM, pass_on)
        try:
            children.append(subprocess.Popen(list(command), cwd=str(ROOT), env=env))
            while True:
                try:
                    return children[0].wait()
                except KeyboardInterrupt:
                    self.interrupted = True
        finally:
            signal.signal(signal.SIGTERM, before)

    def output(self, command: Sequence[str]) -> Optional[str]:
        """What a program prints, or None when it is missing or fails."""
        try:
            done = subprocess.run(
                list(command), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False
            )
        except OSError:
            return None
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def check_python(version: Sequence[int]) -> None:
    """Refuse a Python that the locks were not made for."""
    found = ".".join(str(part) for part in version[:3])
    if tuple(version[:2]) < OLDEST:
        raise Stop("Python 3.11 or newer is needed; this is {} ({}).".format(found, sys.executable))
    if tuple(version[:2]) >= TOO_NEW:
        raise Stop("Python 3.11 to 3.14 is needed (no Qt for {} yet): {}.".format(found, sys.executable))


def check_windows_path(root: str, long_paths: bool) -> None:
    """Refuse a folder so deep that files of Qt would pass the 259 characters of Windows."""
    if len(root) > WINDOWS_LONGEST_ROOT and not long_paths:
        raise Stop(
            "the folder {} is too deep for Windows: its path has {} characters, at most {} work. "
            "Move it, for example to C:\\carcheck.".format(root, len(root), WINDOWS_LONGEST_ROOT)
        )


def windows_long_paths() -> bool:
    """Whether this Windows allows paths over 259 characters."""
    try:
        import winreg  # noqa: PLC0415  # exists on Windows only

        read = getattr(winreg, "QueryValueEx")  # noqa: B009  # type checkers on other systems do not know it
        key = getattr(winreg, "OpenKey")(  # noqa: B009
            getattr(winreg, "HKEY_LOCAL_MACHINE"),  # noqa: B009
            r"SYSTEM\CurrentControlSet\Control\FileSystem",
        )
        return bool(read(key, "LongPathsEnabled")[0])
    except (ImportError, OSError):
        return False


def has_display(environment: Dict[str, str], platform: str) -> bool:
    """Whether windows can be shown: always but on a Linux without X11 and Wayland."""
    return not platform.startswith("linux") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def child_environment() -> Dict[str, str]:
    """Our environment for what we start: UTF-8 everywhere, nothing of another Python, pip without its advertisements."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    kept.update(PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore")
    return kept
