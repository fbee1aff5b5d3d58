"""A case or a file that cannot be played, with everything that is wrong with it."""

from __future__ import annotations

from mingtang.kernel.text import Text


class CaseError(Exception):
    """A case folder or a file of opinions that cannot be played; `problems` says where and why."""

    def __init__(self, problems: list[Text]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
