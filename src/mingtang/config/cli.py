"""The ``mingtang`` command: Django's own runner under our name, our commands first."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class

DAILY = ("serve", "demo", "play", "check", "backup", "restore", "worker", "holidays", "obligations", "workflows")


def main() -> None:
    """Run a subcommand; without one, or with ``help``, list ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    take_database(sys.argv)
    if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(overview())  # noqa: T201 - the answer to who typed it
    else:
        execute_from_command_line(sys.argv)


def take_database(words: list[str]) -> None:
    """Move ``--database URL`` out of `words` into the environment, before Django reads its settings."""
    for position, word in enumerate(words):
        if word == "--database" and "://" in "".join(words[position + 1 : position + 2]):
            os.environ["MINGTANG_DATABASE_URL"] = words[position + 1]
            del words[position : position + 2]
            break


def overview() -> str:
    """Our commands, a line each; the rest are Django's."""
    django.setup()
    known = get_commands()
    ours = [*DAILY, *sorted(name for name, app in known.items() if app.startswith("mingtang.") and name not in DAILY)]
    lines = [f"  {name:12} {load_command_class(known[name], name).help}" for name in ours]
    return "\n".join(["明堂 Mingtang", "", *lines, "", "mingtang COMMAND --help says more; mingtang help --commands lists Django's too."])
