"""What the public log is told of a hearing: plain facts and hashes of published words, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.hearings.models import Hearing


def moved(row: Hearing, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    """That it happened, and to which matter; the words of a reason stand on the page."""
    return {"matter": f"topic:{row.topic_id}"}


def announced(row: Hearing, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notice: its day, its seats by category with the way they are filled, the hash of its words."""
    seats = [[each.category, each.seats, each.method] for each in row.quotas.all()]
    words = [row.title, row.purpose, row.basis, row.conditions, row.selection, row.draw_source, row.how_to_enrol]
    starts = row.starts_at.isoformat() if row.starts_at else ""
    return {**moved(row, data), "starts": starts, "seats": _hash(seats), "words": _hash(words)}


def listed(row: Hearing, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The published list: how many, and the hash of numbers and categories."""
    people = row.people.filter(seat="participant", state="chosen").order_by("number").values_list("number", "category", "method")
    return {**moved(row, data), "people": len(people), "list": _hash([list(each) for each in people])}


def recorded(row: Hearing, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record that the participants confirmed, by its hash."""
    return {**moved(row, data), "record": row.record_sha256}


def reported(row: Hearing, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The published report, by the hash of its words."""
    return {**moved(row, data), "report": sha256(row.report_text.encode()).hexdigest()}


def _hash(words: list[Any]) -> str:
    return sha256(canonical(words)).hexdigest()
