"""Two windows of one kind on one PC."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from carcheck_desktop.app.windows import own_log


def test_two_control_windows_of_one_pc_write_two_logs(tmp_path: Path) -> None:
    first, one = own_log(tmp_path, "control")
    second, other = own_log(tmp_path, "control")
    assert (one, other) == ("control", "control-2")
    first.unlock()
    third, again = own_log(tmp_path, "control")
    assert again == "control"
    for lock in (second, third):
        lock.unlock()


def test_the_log_of_a_window_that_died_is_taken_up_again(tmp_path: Path) -> None:
    dying = "import os, pathlib, sys; from carcheck_desktop.app.windows import own_log as own; "
    dying += "kept = own(pathlib.Path(sys.argv[1]), 'control'); print(kept[1], flush=True); os._exit(1)"
    done = subprocess.run([sys.executable, "-c", dying, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "control"
    lock, name = own_log(tmp_path, "control")
    assert name == "control"
    lock.unlock()
