"""`main.py demo`: a whole simulated station, with windows or headless with pictures."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from carcheck_desktop.base.catalogues import LANGUAGES
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.cli.common import count, language_here, say, speed, words_here


def demo(arguments: list[str]) -> int:
    """Run the demonstration; headless it ends by itself, with windows when the control window is closed."""
    import argparse

    parser = argparse.ArgumentParser(prog="main.py demo", description="A whole simulated station on this PC.")
    parser.add_argument("--vehicles", type=count, default=6, metavar="N", help="how many cars come (default 6)")
    parser.add_argument("--speed", type=speed, default=1.0, metavar="X", help="so many times as fast (default 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, other cars (default 1)")
    parser.add_argument("--headless", action="store_true", help="no windows: pictures and summary.json instead")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for everything that is written")
    parser.add_argument("--lang", choices=LANGUAGES, default=None, help="language of the windows")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app import demo as demonstration

    out = _folder(options.out)
    language = options.lang or language_here()
    wish = demonstration.DemoWish(options.vehicles, options.speed, options.seed, out, language)
    is_headless = options.headless
    if not is_headless and not has_display():
        _tell("cli.demo.no_display")
        is_headless = True
    if not is_headless:
        _tell("cli.demo.windows", folder=str(out), name=demonstration.VISITOR, pin=demonstration.VISITOR_PIN)
        demonstration.run_with_windows(wish)
        return 0
    _tell("cli.demo.headless", folder=str(out), vehicles=options.vehicles)
    summary = demonstration.run_headless(wish)
    _tell("cli.demo.done", folder=str(out / "pictures"), count=len(summary["pictures"]))
    say(
        {
            "summary": str(out / "summary.json"),
            "pictures": str(out / "pictures"),
            "visits": {visit["plate"]: visit["outcome"] for visit in summary["visits"]},
        }
    )
    return 0


def has_display() -> bool:
    """Say whether windows can be shown: always on Windows and macOS, elsewhere where a server is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def _folder(given: Path | None) -> Path:
    """Return an empty folder to write to; raise `UsageError` rather than mix two demonstrations."""
    if given is None:
        return Path(tempfile.mkdtemp(prefix="carcheck-demo-"))
    folder = given.resolve()
    if (folder / "station.toml").exists():
        raise UsageError("cli.demo.folder_used", folder=folder)
    return folder


def _tell(code: str, **params: str | int) -> None:
    print(words_here().text(Message(code, dict(params))), file=sys.stderr, flush=True)
