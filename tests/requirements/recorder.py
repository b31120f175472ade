"""A runner that starts nothing and remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from requirements.machine import Runner


class Recorder(Runner):
    """Notes what would be started; `answers` decides exit codes, `printed` what a program would say."""

    def __init__(
        self,
        answers: Callable[[Sequence[str]], int] = lambda _: 0,
        printed: Callable[[Sequence[str]], str | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self.started: list[list[str]] = []
        self.answers, self.printed = answers, printed

    def run(self, command: Sequence[str], env: dict[str, str] | None = None) -> int:
        self.started.append(list(command))
        return self.answers(command)

    def output(self, command: Sequence[str]) -> str | None:
        return self.printed(command)
