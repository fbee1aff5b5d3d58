"""Opinions in bulk: from a file with a preview, or from a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.arriving import OpinionIn
from mingtang.consultations.actions.receiving import author_key, bump, counted, promise_opinions
from mingtang.consultations.models import Clause, Consultation, ImportBatch, Opinion, OpinionContact
from mingtang.consultations.rules import STANCE_LABELS, may_receive, may_stand, may_take_opinions, names_a_number
from mingtang.consultations.rules.entering import NOON, day_typed, may_have_come
from mingtang.consultations.rules.likeness import text_key
from mingtang.kernel.decision import Refused, no
from mingtang.kernel.text import Language, spoken_language, t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.bulk import Mould, insert_many
from mingtang.platform.clock import at_hour, day_of
from mingtang.platform.codes import new_code
from mingtang.platform.documents.tables import Row, columns, read_table
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.files.keep import content_of, keep
from mingtang.platform.files.rules import TABLES
from mingtang.platform.web.versions import touch

BATCH = 1000
MOST_BAD_ROWS = 200


@dataclass(frozen=True, slots=True)
class Received:
    """How many opinions were taken, and how many were there already."""

    taken: int
    known: int


@transaction.atomic
def prepare_import(
    consultation_id: int, upload: Any, name: str, mapping: Mapping[str, str], *, channel: str, actor: Actor, now: datetime
) -> ImportBatch:
    """Keep a CSV, XLSX or JSONL file and say which rows are good and which bad, taking none yet."""
    row = _ready(consultation_id, actor, now)
    stored = keep(upload, name, government_id=row.government_id, person_id=actor.person_id, now=now, allowed=TABLES)
    batch = ImportBatch(consultation=row, file=stored, mapping=dict(mapping), channel=channel, made_by_id=actor.person, made_at=now)
    content = content_of(stored)
    _check_columns(columns(content, name), mapping)
    for found in _rows(batch, content):
        if isinstance(found, OpinionIn):
            batch.rows_good += 1
            continue
        batch.rows_bad_count += 1
        if batch.rows_bad_count <= MOST_BAD_ROWS:
            batch.rows_bad.append(found)
    batch.save()
    record(
        "consultation.prepare_import",
        row,
        actor=actor,
        now=now,
        data={"batch": batch.pk, "good": batch.rows_good, "bad": batch.rows_bad_count},
    )
    return batch


def _check_columns(there: list[str], mapping: Mapping[str, str]) -> None:
    """The columns named must be in the file; the text's always, the others when they were named."""
    if not there:
        no(
            t("文件里没有一行能读的内容。", "The file holds no readable row."),
            "2.1",
            t("第一行写列名，第二行起每行一条意见。", "The first row names the columns; each further row is one opinion."),
            code="no_rows",
        ).require()
    if lost := [named for named in mapping.values() if named and named not in there]:
        no(
            t("文件里没有这些列：{lost}。", "The file has no such columns: {lost}.", lost=lost),
            "2.1",
            t(
                "文件里的列有：{there}。请照着填，没有的留空。",
                "Its columns are: {there}. Name those; leave empty what is not there.",
                there=there,
            ),
            code="columns",
        ).require()


def _ready(consultation_id: int, actor: Actor, now: datetime) -> Consultation:
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    may_take_opinions(row.state, row.closes_on, day_of(now), offline=True).require()
    return row


@transaction.atomic
def confirm_import(batch_id: int, *, actor: Actor, now: datetime) -> Received:
    """Take the good rows of a prepared import; confirming twice takes nothing twice."""
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("file", "consultation")
        .filter(pk=batch_id, consultation__government_id=actor.government_id)
        .first()
    )
    if batch is None:
        ELSEWHERE.require()
    assert batch is not None
    row = _ready(batch.consultation_id, actor, now)
    if batch.confirmed_at:
        return Received(batch.taken, batch.known)
    good = (found for found in _rows(batch, content_of(batch.file)) if isinstance(found, OpinionIn))
    received = receive_many(row.pk, good, actor=actor, now=now)
    batch.taken, batch.known, batch.confirmed_at = received.taken, received.known, now
    batch.save(update_fields=["taken", "known", "confirmed_at"])
    return received


def rejected_rows(batch_id: int, *, actor: Actor) -> tuple[ImportBatch, list[str], Iterator[list[str]]]:
    """The rows of a prepared import that were not taken, as they came, each with its number and what is wrong.

    Gives the batch, the head of the table and the rows; the file is read anew, so that none is left out however many.
    """
    rows = ImportBatch.objects.select_related("file", "consultation__topic")
    batch = rows.filter(pk=batch_id, consultation__government_id=actor.government_id).first()
    if batch is None:
        ELSEWHERE.require()
    assert batch is not None
    policy.may_prepare(actor, batch.consultation.topic.department_id).require()
    content = content_of(batch.file)
    named = columns(content, batch.file.name)
    head = [*named, str(t("行", "row")), str(t("问题", "problem"))]
    return batch, head, _rejected(batch, content, named)


def _rejected(batch: ImportBatch, content: bytes, named: list[str]) -> Iterator[list[str]]:
    came = read_table(content, batch.file.name)
    for row, found in zip(came, _rows(batch, content), strict=True):
        if not isinstance(found, OpinionIn):
            yield [*(str(row.cells.get(name, "") or "") for name in named), str(row.number), found[spoken_language()]]


def _rows(batch: ImportBatch, content: bytes) -> Iterator[OpinionIn | dict[str, Any]]:
    labels = {each.label: each.pk for each in Clause.objects.filter(consultation_id=batch.consultation_id)}
    most = figures_for(batch.consultation.government_id, day_of(batch.made_at)).number("opinion.max_characters")
    for found in read_table(content, batch.file.name):
        yield _read(found, batch, labels, most)


def _read(found: Row, batch: ImportBatch, labels: Mapping[str, int], most: int) -> OpinionIn | dict[str, Any]:
    if found.problem:
        return _bad(found.number, found.problem.within("zh"), found.problem.within("en"))
    cells = {ours: str(found.cells.get(theirs, "") or "").strip() for ours, theirs in batch.mapping.items() if theirs}
    decision = may_receive(cells.get("text", ""), most)
    if not decision:
        return _bad(found.number, decision.reason.within("zh"), decision.reason.within("en"))
    stance = _stance(cells.get("stance", ""))
    if stance is None:
        problem = t("“{word}”不是可用的态度。", "“{word}” is not a stance.", word=cells["stance"])
        return _bad(found.number, problem.within("zh"), problem.within("en"))
    label = cells.get("clause", "")
    if label and label not in labels:
        problem = t("草案没有“{label}”。", "The draft has no “{label}”.", label=label)
        return _bad(found.number, problem.within("zh"), problem.within("en"))
    try:
        came = _came(cells.get("received", ""), batch)
    except Refused as refused:
        return _bad(found.number, refused.decision.reason.within("zh"), refused.decision.reason.within("en"))
    identity = cells.get("id") or f"{batch.file.sha256[:16]}:{found.number}"
    return OpinionIn(
        text=cells["text"],
        stance=stance,
        channel=batch.channel,
        clause_id=labels.get(label),
        author=cells.get("author", ""),
        display_name=cells.get("display_name", ""),
        outside_id=f"import:{identity}"[:120],
        received_at=came,
    )


def _came(typed: str, batch: ImportBatch) -> datetime | None:
    """The instant a row came, from its day between the opening and the import; `Refused` when it is none."""
    if not typed:
        return None
    opened = batch.consultation.opened_at or batch.made_at
    day = day_typed(typed)
    may_have_come(day, day_of(batch.made_at), day_of(opened)).require()
    return batch.made_at if day == day_of(batch.made_at) else max(at_hour(day, NOON), opened)


def _stance(word: str) -> str | None:
    if not word:
        return "none"
    if word in STANCE_LABELS:
        return word
    languages: tuple[Language, Language] = ("zh", "en")
    return next((key for key, label in STANCE_LABELS.items() if word.lower() in {label.within(each).lower() for each in languages}), None)


def _bad(number: int, zh: str, en: str) -> dict[str, Any]:
    return {"row": number, "zh": zh, "en": en}


@transaction.atomic
def receive_many(consultation_id: int, rows: Iterable[OpinionIn], *, actor: Actor, now: datetime) -> Received:
    """Take many opinions in batches; rows whose `outside_id` is known are passed over.

    Raises `Refused` when the consultation takes no opinions.
    """
    row = _ready(consultation_id, actor, now)
    clauses = set(row.clauses.values_list("pk", flat=True))
    taken = known = 0
    changes = Counter[tuple[str, str]]()
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        fresh = _fresh(row, batch)
        known += len(batch) - len(fresh)
        made = [_made(row, each, clauses, actor, now) for each in fresh]
        changes.update(counted(row, made))
        insert_many(made)
        promise_opinions(made, now)
        insert_many(
            [
                OpinionContact(opinion=one, name=each.name, phone=each.phone, email=each.email, consent_at=now)
                for one, each in zip(made, fresh, strict=True)
                if each.name or each.phone or each.email
            ]
        )
        taken += len(made)
    bump(row.pk, changes)
    record("consultation.receive_many", row, actor=actor, now=now, clause="2.1", data={"taken": taken, "known": known})
    touch(row.government_id, f"consultation:{row.pk}", f"topic:{row.topic_id}", "home", "consultations")
    return Received(taken, known)


def _fresh(row: Consultation, batch: list[OpinionIn]) -> list[OpinionIn]:
    asked = [each.outside_id for each in batch if each.outside_id]
    there = set(Opinion.objects.filter(consultation=row, outside_id__in=asked).values_list("outside_id", flat=True))
    fresh = []
    for each in batch:
        if each.outside_id and each.outside_id in there:
            continue
        there.add(each.outside_id)
        fresh.append(each)
    return fresh


def _made(row: Consultation, given: OpinionIn, clauses: set[int], actor: Actor, now: datetime) -> Opinion:
    if given.clause_id is not None and given.clause_id not in clauses:
        no(
            t("没有这一条。", "There is no such clause."),
            "2.1",
            t("请按草案里的条号填写。", "Use the numbers of the draft's clauses."),
            code="clause",
        ).require()
    may_stand(given.stance, given.channel, given.withheld).require()
    receipt = new_code(row.government.code_prefix)
    withheld = bool(given.withheld)
    return _opinions().row(
        government_id=row.government_id,
        consultation_id=row.pk,
        clause_id=given.clause_id,
        text=given.text.strip(),
        stance=given.stance,
        channel=given.channel,
        audience=given.audience,
        author_key=author_key(row, given, receipt),
        display_name=given.display_name[:40],
        publish_consent=given.publish_consent,
        received_at=given.received_at or now,
        receipt=receipt,
        outside_id=given.outside_id,
        flagged=names_a_number(given.text),
        entered_by_id=actor.person_id,
        state="withheld" if withheld else "received",
        withheld_code=given.withheld,
        moderated_at=now if withheld else None,
        text_key=text_key(given.text),
    )


@cache
def _opinions() -> Mould[Opinion]:
    return Mould(Opinion)
