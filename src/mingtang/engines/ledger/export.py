"""What an export of one matter holds, and the digests by which the log commits to a report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.hashing import digest

FORM = "mingtang-export-1"
OPINION_COLUMNS = (
    "no",
    "received_at",
    "channel",
    "clause",
    "stance",
    "state",
    "text",
    "masked",
    "withheld",
    "place",
    "group",
    "verdict",
    "reason",
    "reason_code",
    "legal_ref",
    "own_reply",
    "points",
    "landed_in",
    "quote",
    "proposed",
    "source_url",
    "on_behalf",
    "organisation",
    "clause_id",
    "salt",
    "leaf",
)
GROUP_COLUMNS = ("id", "title", "verdict", "reason", "legal_ref", "landed_in", "opinions", "people", "reason_code")
NODE_COLUMNS = ("level", "index", "hash")
REPORTED = ("consultation.publish_report", "consultation.correct_report")
RECEIVED = "opinion.receive"
WITHHELD = ("opinion.withhold", "opinion.withdraw")
BESIDES = ("quote", "proposed", "source_url", "on_behalf", "organisation")
PLACES = ("group", "single", "withheld")
SINGLE_ALSO = ("reason_code", "legal_ref", "points")
GROUPED_ALSO = ("own_reply", "points")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def said_in(row: Mapping[str, Any]) -> dict[str, str]:
    """What the log commits to of an opinion; whatever it says besides its words by one hash, and only if there is any."""
    content = {"text": row["text"], "stance": row["stance"], "clause": str(row["clause_id"])}
    besides = {name: row[name] for name in BESIDES if row.get(name)}
    return {**content, "besides": digest("sha256", canonical(besides)).hex()} if besides else content


def placing_digest(algorithm: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """A hash of where each opinion of a report is placed."""
    return set_digest(algorithm, map(placed_line, rows))


def placed_line(row: Mapping[str, Any]) -> bytes:
    """Leaf, place, group, for single replies verdict and reason; what else its answer has, only if it has any."""
    single = row["place"] == "single"
    also = {name: row[name] for name in (SINGLE_ALSO if single else GROUPED_ALSO) if row.get(name)}
    line = [row["leaf"], row["place"], row["group"], row["verdict"] if single else "", row["reason"] if single else ""]
    return canonical([*line, also] if also else line)


def group_line(row: Mapping[str, Any]) -> bytes:
    """A group with its answer; the kind of reason only if one was named."""
    line = [row[name] for name in GROUP_COLUMNS[:-1]]
    return canonical([*line, row["reason_code"]] if row["reason_code"] else line)


def groups_digest(algorithm: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """A hash of the groups of a report: titles, verdicts, reasons, where they landed, how many."""
    return set_digest(algorithm, map(group_line, rows))


def set_digest(algorithm: str, lines: Iterable[bytes]) -> str:
    """A hash of lines in whatever order they come."""
    return digest(algorithm, b"\n".join(sorted(lines))).hex()


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A table for spreadsheets, its head first; a cell that a spreadsheet would take for a formula is quoted."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield "\ufeff" + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([_cell(row[name]) for name in columns])
        yield line.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
