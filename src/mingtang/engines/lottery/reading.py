"""Reading a draw from a file: JSON whose people and quotas stand in it or in CSV files beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingtang.engines.lottery.model import LEXIMIN, Applicant, Pool, Quota
from mingtang.kernel.decision import Refused, no
from mingtang.kernel.text import t

OWN = ("number", "household", "past_seats", "has_conflict", "is_unfit")
YESES = {"1", "yes", "true", "是"}


def read_json(path: Path) -> dict[str, Any]:
    """One JSON object, or a refusal that says what is wrong."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise unreadable(path, problem) from problem
    if not isinstance(found, dict):
        raise unreadable(path, "[]")
    return found


def read_pool(path: Path) -> tuple[Pool, dict[str, Any]]:
    """The pool and the announcement of the randomness."""
    told = read_json(path)
    try:
        people = tuple(_applicant(each) for each in _rows(told["people"], path))
        quotas = tuple(
            Quota(str(each["category"]), str(each["value"]), int(each["least"]), int(each["most"]))
            for each in _rows(told.get("quotas", []), path)
        )
        pool = Pool(
            title=str(told.get("title", "")),
            seats=int(told["seats"]),
            people=people,
            quotas=quotas,
            reserves=int(told.get("reserves", 0)),
            reserve_category=str(told.get("reserve_category", "")),
            household_limit=int(told.get("household_limit", 0)),
            past_limit=int(told.get("past_limit", 0)),
            goal=str(told.get("goal", LEXIMIN)),
        )
        return pool, dict(told["randomness"])
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as problem:
        raise unreadable(path, problem) from problem


def _rows(told: Any, path: Path) -> list[Mapping[str, Any]]:
    if not isinstance(told, str):
        return list(told)
    with (path.parent / told).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _applicant(row: Mapping[str, Any]) -> Applicant:
    attributes = row["attributes"] if "attributes" in row else {name: value for name, value in row.items() if name not in OWN}
    return Applicant(
        str(row["number"]),
        {str(name): str(value).strip() for name, value in attributes.items()},
        str(row.get("household") or ""),
        int(row.get("past_seats") or 0),
        str(row.get("has_conflict") or "").strip().lower() in YESES,
        str(row.get("is_unfit") or "").strip().lower() in YESES,
    )


def unreadable(path: Path, problem: object) -> Refused:
    """The refusal of a file that is not what it should be."""
    return Refused(
        no(
            t("“{name}”读不出抽签的内容：{what}。", "“{name}” cannot be read as a draw: {what}.", name=path.name, what=str(problem)),
            "",
            t("格式见 engines/lottery/README.md。", "engines/lottery/README.md has the form."),
            code="unreadable",
        )
    )
