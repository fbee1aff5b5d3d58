"""The ``mingtang`` command: Django's own runner under our name, our commands first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class

from mingtang.config.environment import database
from mingtang.platform.mailbox.boxes import boxes_in

DAILY = (
    "serve",
    "demo",
    "play",
    "check",
    "backup",
    "restore",
    "worker",
    "fetch_mail",
    "holidays",
    "figures",
    "obligations",
    "workflows",
    "draw",
    "group",
    "export",
    "verify_export",
    "verify",
    "mirror",
    "keys",
)


def main() -> None:
    """Run a subcommand; without one, or with ``help``, list ours. ``--database URL`` stands for MINGTANG_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    words, url = without_address(sys.argv)
    if url:
        os.environ["MINGTANG_DATABASE_URL"] = url
    try:
        database(os.environ.get("MINGTANG_DATABASE_URL", ""), Path())
        boxes_in(os.environ.get("MINGTANG_IMAP_URL", ""))
    except ValueError as problem:
        sys.exit(f"mingtang: {problem}")
    if words[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(overview())  # noqa: T201 - the answer to who typed it
    else:
        execute_from_command_line([*words[:1], words[1].replace("-", "_") if words[1][0] != "-" else words[1], *words[2:]])


def without_address(words: list[str]) -> tuple[list[str], str]:
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


def overview() -> str:
    """Our commands, a line each; the rest are Django's."""
    django.setup()
    known = get_commands()
    ours = [*DAILY, *sorted(name for name, app in known.items() if app.startswith("mingtang.") and name not in DAILY)]
    lines = [f"  {name.replace('_', '-'):14} {load_command_class(known[name], name).help}" for name in ours]
    return "\n".join(["明堂 Mingtang", "", *lines, "", "mingtang COMMAND --help says more; mingtang help --commands lists Django's too."])
