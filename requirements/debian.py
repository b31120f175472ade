"""The Debian packages that the wheels need to load or the checks call: which are missing, and how they get installed."""

import os
import shutil
from pathlib import Path
from typing import Callable, List, Optional, Sequence, Set

from requirements.machine import ROOT, Runner, Stop, say

# Debian packages that the wheels need to load or that the checks call.
QT_PACKAGES = ("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfontconfig1", "libdbus-1-3")
WINDOW_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libwayland-cursor0",
)
FONT_PACKAGES = ("fonts-wqy-zenhei",)
# An X server without a screen and the accessibility tree, for whatever drives a window from outside.
OUTSIDE_PACKAGES = ("xvfb", "dbus", "at-spi2-core")
# A real browser for the owner's page, driven by its own driver.
BROWSER_PACKAGES = ("chromium", "chromium-driver")
STRANGER_PACKAGES = ("libmodbus5", "mbpoll")
COMPILER_PACKAGES = ("gcc", "libc6-dev", "libmodbus-dev", "pkg-config")


def bundled_font(root: Path) -> bool:
    """Whether the repository brings a font of its own."""
    folder = root / "resources" / "fonts"
    return any(path.suffix.lower() in (".ttf", ".otf", ".ttc") for path in folder.glob("**/*"))


def packages_for(command: str, display: bool, font: bool) -> List[str]:
    """The Debian packages that a command needs, in a stable order."""
    wanted = list(QT_PACKAGES)
    if display or command in ("test", "bench"):
        wanted += WINDOW_PACKAGES
    if not font:
        wanted += FONT_PACKAGES
    if command in ("test", "bench"):
        wanted += STRANGER_PACKAGES
    if command == "test":
        wanted += OUTSIDE_PACKAGES + BROWSER_PACKAGES
    if command == "bench":
        wanted += OUTSIDE_PACKAGES + COMPILER_PACKAGES
    return wanted


def installed_packages(listing: str) -> Set[str]:
    """Names that are installed or provided, from lines `status<TAB>name<TAB>provides` of dpkg-query."""
    names: Set[str] = set()
    for line in listing.splitlines():
        status, name, provides = [*line.split("\t"), "", ""][:3]
        if status.startswith("ii"):
            names.add(name)
            names.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return names


def has_ensurepip() -> bool:
    """Whether this Python can make an environment with pip (Debian keeps that in a package of its own)."""
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def missing_packages(command: str, runner: Runner, display: bool, needs_venv: bool) -> List[str]:
    """The Debian packages still to install; none on a system without dpkg."""
    listing = runner.output(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"])
    if listing is None:
        return []
    present = installed_packages(listing)
    wanted = packages_for(command, display, bundled_font(ROOT))
    return ["python3-venv"] * needs_venv + [name for name in wanted if name not in present]


def install_line(packages: Sequence[str]) -> List[str]:
    """The command that installs Debian packages without a question."""
    return ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]


def become_root(runner: Runner) -> Optional[List[str]]:
    """What to put before a command so that it runs as root without a password, or None when that cannot be had."""
    geteuid: Callable[[], int] = getattr(os, "geteuid", lambda: 1)
    if geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if runner.output(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def apt_lists_present(folder: str = "/var/lib/apt/lists") -> bool:
    """Whether apt knows any package."""
    return any(Path(folder).glob("*_Packages*"))


def install_packages(packages: Sequence[str], runner: Runner) -> None:
    """Install Debian packages, or say the exact line and stop."""
    line = install_line(packages)
    prefix = become_root(runner)
    sudo = "sudo " if shutil.which("sudo") else ""
    by_hand = "{0}apt-get update && {0}{1}".format(sudo, " ".join(line))
    if prefix is None:
        raise Stop(
            "these Debian packages are missing, and only root may install them. Run as root:\n\n  " + by_hand + "\n"
        )
    say("installing Debian packages: " + " ".join(packages))
    fresh = not apt_lists_present()
    if fresh:
        runner.run([*prefix, "apt-get", "update", "-q"])
    if runner.run([*prefix, *line]) == 0:
        return
    if not fresh:
        say("apt did not find everything; asking its servers for the present lists and trying again")
        runner.run([*prefix, "apt-get", "update", "-q"])
        if runner.run([*prefix, *line]) == 0:
            return
    raise Stop("apt could not install the packages (its words are above). By hand it is:\n\n  " + by_hand + "\n")
