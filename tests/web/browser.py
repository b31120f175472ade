"""A real headless Chromium, driven by its own W3C WebDriver over HTTP."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--no-proxy-server",
)  # fmt: skip
START_S = 30.0


class Browser:
    """One window of a browser; `close` ends browser and driver."""

    def __init__(self, profile: Path, *, language: str = "zh-CN") -> None:
        driver = shutil.which("chromedriver")
        assert driver, "the Debian package chromium-driver is missing: python3 bootstrap.py test names it"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._log = (profile / "driver.log").open("wb")
        self._process = subprocess.Popen([driver, f"--port={port}"], stdout=self._log, stderr=self._log)
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=START_S, trust_env=False)
        self._wait()
        options = {
            "args": [*QUIET, f"--user-data-dir={profile / 'profile'}", f"--lang={language}"],
            "prefs": {"intl.accept_languages": language},
        }
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self._session = f"/session/{self._ask('POST', '/session', wanted)['sessionId']}"

    def open(self, address: str) -> None:
        """Open a page; returns when it is loaded."""
        self._ask("POST", f"{self._session}/url", {"url": address})

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self._ask("POST", f"{self._session}/execute/sync", {"script": script, "args": []})

    def until(self, script: str, limit_s: float = 10.0) -> Any:
        """Run a script until it returns something true."""
        end_s = time.monotonic() + limit_s
        while True:
            found = self.run(script)
            if found or time.monotonic() > end_s:
                assert found, f"the page did not come to: {script}"
                return found
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        """Look at the page on a screen of this size in CSS pixels, however small."""
        how = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        self._ask(
            "POST", f"{self._session}/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": how}
        )  # fmt: skip

    def logs(self) -> list[str]:
        """Return what the browser's console complained of."""
        found = self._ask("POST", f"{self._session}/se/log", {"type": "browser"})
        return [str(each["message"]) for each in found]

    def picture(self, path: Path) -> None:
        """Keep a picture of the page."""
        path.write_bytes(base64.b64decode(self._ask("GET", f"{self._session}/screenshot")))

    def close(self) -> None:
        """End browser and driver."""
        try:
            self._ask("DELETE", self._session)
        finally:
            self._http.close()
            self._process.terminate()
            self._process.wait(10)
            self._log.close()

    def _wait(self) -> None:
        end_s = time.monotonic() + START_S
        while time.monotonic() < end_s:
            try:
                if self._http.get("/status").json()["value"]["ready"]:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the browser's driver did not start")

    def _ask(self, how: str, path: str, data: object = None) -> Any:
        answer = self._http.request(how, path, json=data if how == "POST" else None)
        value = answer.json()["value"]
        assert answer.is_success, value
        return value
