"""The ``mingtang`` command: Django's own runner under our name."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a subcommand; ``mingtang help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
    for position, word in enumerate(sys.argv):
        if word == "--database" and position + 1 < len(sys.argv) and "://" in sys.argv[position + 1]:
            os.environ["MINGTANG_DATABASE_URL"] = sys.argv[position + 1]
            del sys.argv[position : position + 2]
            break
    execute_from_command_line(sys.argv)
