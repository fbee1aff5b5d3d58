"""Settle a fresh government: the demo's people in an empty house. `python -m tests.journeys.settle 2026-03-02`."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path

import django

CAST = Path(__file__).resolve().parents[2] / "examples" / "qinghe.toml"


def settle(day: date) -> None:
    """Government, departments, people and their roles, from `day` on."""
    from mingtang.cases.cast import cast, government_of
    from mingtang.cases.reading import Case
    from mingtang.platform.clock import opening_of

    given = tomllib.loads(CAST.read_text(encoding="utf-8"))
    people = {each["key"]: each for each in given["person"]}
    case = Case(CAST.parent, "fresh", "", given["government"], given["department"], people, [], {})
    cast(case, government_of(case), day, opening_of(day))


if __name__ == "__main__":
    django.setup()
    settle(date.fromisoformat(sys.argv[1]))
