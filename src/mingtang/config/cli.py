"""The ``mingtang`` command: Django's own runner under our name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from mingtang.config.environment import database


def main() -> None:
    """Run a subcommand; ``mingtang help`` lists them. ``--database URL`` stands for MINGTANG_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    words, url = _without_address(sys.argv)
    if url:
        os.environ["MINGTANG_DATABASE_URL"] = url
    try:
        database(os.environ.get("MINGTANG_DATABASE_URL", ""), Path())
    except ValueError as problem:
        sys.exit(f"mingtang: {problem}")
    execute_from_command_line(words)


def _without_address(words: list[str]) -> tuple[list[str], str]:
    """The words without ``--database URL`` or ``--database=URL``, and the address; Django's own option takes no address."""
    for position, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option != "--database":
            continue
        count = 1 if equals else 2
        value = value if equals else "".join(words[position + 1 : position + 2])
        if "://" in value:
            return [*words[:position], *words[position + count :]], value
    return words, ""
