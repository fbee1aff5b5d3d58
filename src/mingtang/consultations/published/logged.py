"""What the public log is told of consultations: the facts of each public act, the content of an opinion, the digests of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any

from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.export import GROUPED_ALSO, PLACES, RECEIVED, SINGLE_ALSO, groups_digest, placing_digest, said_in
from mingtang.engines.ledger.hashing import DEFAULT
from mingtang.platform.ledger.published import algorithm_of, leaves_of

OPINION_ROW = "consultations.opinion"
CHUNK = 2000
ANSWERED = tuple(dict.fromkeys(("verdict", "reason", *SINGLE_ALSO, *GROUPED_ALSO)))
Facts = Mapping[str, Any]


def content_of(opinion: Opinion) -> dict[str, str]:
    """What the log commits to of an opinion: its words, its stance, its clause (0: the whole draft), and what it says besides."""
    return said_in({"text": opinion.text, "stance": opinion.stance, "clause_id": opinion.clause_id or 0, **besides(opinion)})


def besides(opinion: Opinion) -> dict[str, str]:
    """What it says beyond its words: the passage, the wording it proposes, its source, and for whom when not for its author."""
    whom = "" if opinion.on_behalf == "person" else opinion.on_behalf
    return {
        "quote": opinion.quote,
        "proposed": opinion.proposed,
        "source_url": opinion.source_url,
        "on_behalf": whom,
        "organisation": opinion.organisation,
    }


def opened(row: Consultation, _data: Facts) -> Facts:
    """The draft as it was opened, by its hash, and until when."""
    clauses = list(row.clauses.order_by("position").values_list("label", "heading", "text"))
    draft = sha256(canonical([list(each) for each in clauses])).hexdigest()
    return {"matter": f"topic:{row.topic_id}", "closes_on": str(row.closes_on), "draft": draft}


def extended(row: Consultation, _data: Facts) -> Facts:
    """Until when now."""
    return {"matter": f"topic:{row.topic_id}", "closes_on": str(row.closes_on)}


def moved(row: Consultation, _data: Facts) -> Facts:
    """Only that it happened, and in which matter."""
    return {"matter": f"topic:{row.topic_id}"}


def counted(row: Consultation, data: Facts) -> Facts:
    """How many opinions an act on many was about."""
    return {"matter": f"topic:{row.topic_id}", **{name: data[name] for name in ("opinions", "taken", "known") if name in data}}


def moderated(row: Opinion, _data: Facts) -> Facts:
    """Which opinion, by the leaf of its receipt, and the published reason if it is withheld."""
    leaf, _secret = leaves_of(OPINION_ROW, [row.pk], RECEIVED).get(row.pk, ("", None))
    facts = {"about": f"consultation:{row.consultation_id}", "of": leaf}
    return {**facts, "code": row.withheld_code} if row.withheld_code else facts


def reported(row: Consultation, _data: Facts) -> Facts:
    """Every place, verdict and reason of a report by their hash, and the counts."""
    algorithm = algorithm_of(row.government_id) or DEFAULT
    counts: Counter[str] = Counter()

    def placed() -> Iterator[dict[str, Any]]:
        for each in placings(row.pk):
            counts[each["place"]] += 1
            yield each

    placing = placing_digest(algorithm, placed())
    return {
        "matter": f"topic:{row.topic_id}",
        "received": sum(counts.values()),
        **{name: counts[name] for name in PLACES},
        "placing": placing,
        "groups": groups_digest(algorithm, groups(row.pk)),
    }


def groups(consultation_id: int) -> Iterator[dict[str, Any]]:
    """The groups of a report, as exports hold them."""
    for row in OpinionGroup.objects.filter(consultation_id=consultation_id).order_by("id"):
        yield {
            "id": row.pk,
            "title": row.title,
            "verdict": row.verdict,
            "reason": row.reason,
            "legal_ref": row.legal_ref,
            "landed_in": row.landed_in,
            "opinions": row.opinions_count,
            "people": row.people_count,
            "reason_code": row.reason_code,
        }


def placings(consultation_id: int) -> Iterator[dict[str, Any]]:
    """Where each opinion is placed: leaf, place, group, verdict and reason; a million in some seconds, since nothing else is read."""
    rows = Opinion.objects.filter(consultation_id=consultation_id).order_by("id").values_list("pk", "state", "group_id", *ANSWERED)
    for (_pk, state, group, *answer), leaf, _secret in _leaved(rows.iterator(chunk_size=CHUNK), itemgetter(0)):
        yield {"leaf": leaf, "place": place_of(state, group), "group": group or 0, **dict(zip(ANSWERED, answer, strict=True))}


def place_of(state: str, group_id: int | None) -> str:
    """Withheld, in a group, or answered singly."""
    return "withheld" if state == "withheld" else "group" if group_id else "single"


def with_leaves(consultation_id: int) -> Iterator[tuple[Opinion, str, str | None]]:
    """Every opinion in the order of receipt with leaf and secret; in batches, two queries each."""
    rows = (
        Opinion.objects.filter(consultation_id=consultation_id).select_related("clause", "group").prefetch_related("masks").order_by("id")
    )
    yield from _leaved(rows.iterator(chunk_size=CHUNK), attrgetter("pk"))


def _leaved(stream: Iterator[Any], pk_of: Callable[[Any], int]) -> Iterator[tuple[Any, str, str | None]]:
    """Rows of opinions with their leaves and secrets, in batches."""
    while batch := list(islice(stream, CHUNK)):
        known = leaves_of(OPINION_ROW, [pk_of(row) for row in batch], RECEIVED)
        for row in batch:
            yield row, *known.get(pk_of(row), ("", None))
