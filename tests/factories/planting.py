"""Unmistakable words in every text field of every row: what the public may read, and what nobody may find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from tests.factories.full import Full

HIDDEN = re.compile(r"zq\d{5}qz")
SEEN = re.compile(r"yw\d{5}wy")
CODES = {
    "accounts.Assignment": {"role"},
    "accounts.Government": {"host", "code_prefix", "site_id_code"},
    "accounts.Person": {"language"},
    "consultations.Alternative": {"letter"},
    "consultations.Appeal": {"state"},
    "consultations.Consultation": {"state", "kind"},
    "consultations.DeskMove": {"was_verdict", "now_verdict"},
    "consultations.DeskStep": {"kind"},
    "consultations.DraftBlock": {"kind", "why"},
    "consultations.DraftVersion": {"kind", "scheme"},
    "consultations.GroupProposal": {"state"},
    "consultations.GroupingRun": {"state"},
    "consultations.ProposedOpinion": {"layer"},
    "consultations.ImportBatch": {"channel"},
    "consultations.Inquiry": {"state"},
    "consultations.Mail": {"state", "automatic", "faults", "aside_code", "key", "content_sha256", "raw_sha256"},
    "consultations.Mailbox": {"key"},
    "consultations.Opinion": {
        "points",
        "stance",
        "channel",
        "audience",
        "state",
        "withheld_code",
        "verdict",
        "reason_code",
        "on_behalf",
        "helped",
        "marks",
        "text_key",
    },
    "consultations.OpinionContact": {"consent_version"},
    "consultations.OpinionGroup": {"verdict", "reason_code", "stance"},
    "consultations.Question": {"kind"},
    "consultations.OpinionMask": {"code"},
    "consultations.OpinionWords": {"words", "open_words"},  # pairs of signs, no word stays whole; test_searching looks
    "consultations.ReportCorrection": {"kind", "state"},
    "consultations.Tally": {"dimension", "key"},
    "consultations.Withholding": {"code", "outcome"},
    "following.Follow": {"kind", "key", "rhythm", "language", "state"},
    "figures.FigureSetting": {"key", "value"},
    "guard.Clearance": {"subject_kind", "fingerprint", "kind"},
    "guard.PublicCopy": {"original_sha256", "copy_sha256"},
    "guard.Scan": {"key"},
    "hearings.Activity": {"kind", "state", "reach"},
    "hearings.Hearing": {"state", "preset", "observers_how", "record_sha256"},
    "hearings.HearingDraw": {"document", "digest", "source_kind", "outcome"},  # pseudonyms and hashes; tests/hearings look
    "hearings.HearingProposal": {"state"},
    "hearings.Member": {"stance", "answer"},
    "hearings.Paper": {"sha256"},
    "hearings.Participant": {"number", "seat", "category", "state", "channel", "method", "sent_by_door", "signed_way", "told_by_door"},
    "hearings.ParticipantContact": {"id_tail"},  # four characters hold no word; no page outside the desk names the field
    "hearings.Point": {"stance"},
    "hearings.Quota": {"category", "method"},
    "hearings.Speech": {"kind"},
    "files.StoredFile": {"sha256", "media_type"},
    "meetings.AgendaItem": {"state", "attendance", "closing_ground", "outcome"},
    "meetings.Meeting": {"kind", "state"},
    "meetings.Member": {"presence"},
    "meetings.Speech": {"kind"},
    "minutes.Minutes": {"state"},
    "minutes.MinutesSection": {"key"},
    "minutes.Told": {"door"},
    "papers.PaperTemplate": {"kind"},
    "minutes.Record": {"state", "sha256"},
    "minutes.RecordLine": {"stance"},
    "minutes.Suggestion": {"source", "confirmed_way"},
    "outbox.Notice": {"language", "state"},
    "publishing.Release": {"kind", "state"},
    "representatives.Application": {"number", "state", "channel", "ground"},
    "representatives.Call": {"state"},
    "representatives.Draw": {
        "document",
        "digest",
        "source_kind",
        "outcome",
    },  # whole numbers, pseudonyms, hashes; tests/representatives look
    "representatives.Quota": {"category", "value"},  # an audience by its key; the words of other categories stand in the document
    "representatives.CheckIn": {"way"},
    "representatives.Invitation": {"audience", "method", "state", "noticed_by_door", "unfilled_why"},
    "representatives.Material": {"sha256"},
    "representatives.Representative": {"audience", "state", "source"},
    "representatives.PoolImport": {"sha256"},
    "representatives.PoolWord": {"word"},  # two signs hold no word; no page shows them
    "representatives.Forgotten": {"why"},
    "signing.ChainStep": {"role"},
    "signing.LevelSet": {"kind"},
    "signing.SetLevel": {"role"},
    "topics.StatutoryStep": {"kind", "status", "outcome"},
    "topics.Topic": {
        "state",
        "major_category",
        "exclusion",
        "closing_ground",
        "disclosure",
        "disclosure_ground",
        "meeting_kind",
    },
    "topics.TopicAudience": {"audience"},
    "topics.TopicDocument": {"kind", "disclosure", "ground"},
    "topics.TopicFocus": {"area"},
    "topics.TopicForm": {"form"},
}
# a proposed wording is shown as a change of the quotation: only wholly different words stay whole
APART = {"quote": "原来这里写着旧的规定内容", "proposed": "改成另外一句全新说法啊哦"}
# what a row may not have: words of its own are given to opinions of a group only
UNFILLED: dict[str, Callable[[Any], tuple[str, ...]]] = {"consultations.Opinion": lambda row: () if row.group_id else ("own_reply",)}
# Rows that hold counts and hashes only; those of the log cannot be changed, and hold what its own tests look through.
MACHINERY = {"web.PageVersion", "web.Passage", "jobs.Job", "jobs.Beat", "figures.CalendarYear", "audit.Act"} | {
    f"ledger.{name}" for name in ("Ledger", "LedgerKey", "LedgerEntry", "LedgerNode", "TreeHead")
}


@dataclass
class Planted:
    """Where each word stands: ``{"zq00012qz": "topics.Topic.background of 7"}``."""

    hidden: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def word(self, where: str, *, public: bool) -> str:
        """A new word for one field of one row."""
        n = next(self.serial)
        made, book = (f"yw{n:05d}wy", self.seen) if public else (f"zq{n:05d}qz", self.hidden)
        book[made] = where
        return made


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields people write into; codes and keys of ours are not."""
    codes = CODES.get(model._meta.label, set())
    return [
        each for each in model._meta.concrete_fields if isinstance(each, models.CharField | models.TextField) and each.name not in codes
    ]


def plant(*districts: Full) -> Planted:
    """Fill every text field of every row with a word of its own; the first district is the one looked at."""
    planted = Planted()
    shown = districts[0].shown
    for model in _ours():
        for row in model._default_manager.all():
            public = shown.get((model._meta.label, row.pk), frozenset())
            fields = [each for each in text_fields(model) if each.name not in UNFILLED.get(model._meta.label, lambda _row: ())(row)]
            words = {each.attname: _fit(each, planted, row, public=each.name in public) for each in fields}
            if words:
                model._default_manager.filter(pk=row.pk).update(**words)
    _plant_acts(planted)
    _plant_findings(planted)
    return planted


def _ours() -> Iterable[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("mingtang.") and each._meta.label not in MACHINERY]


def _fit(each: models.Field[Any, Any], planted: Planted, row: models.Model, *, public: bool) -> str:
    word = planted.word(f"{row._meta.label}.{each.name} of {row.pk}", public=public)
    if each.name in APART and row._meta.label == "consultations.Opinion":
        return word + APART[each.name]
    if isinstance(each, models.EmailField):
        return f"{word}@example.org"
    return f"https://{word}.example.org/" if isinstance(each, models.URLField) else word


def _plant_acts(planted: Planted) -> None:
    """The journal takes no change through Django, nor from the database: each act is written anew beside itself."""
    act = apps.get_model("audit", "Act")
    for row in list(act.objects.all()):
        row.pk, row._state.adding = None, True
        where = f"audit.Act like {row.event}"
        for name in ("actor_name", "actor_roles", "subject_title"):
            setattr(row, name, planted.word(where, public=False))
        row.data = {"note": planted.word(where, public=False)}
        if row.event != "topic.withdraw":
            row.reason = planted.word(where, public=False)
        row.save()


def _plant_findings(planted: Planted) -> None:
    """What the guard found stands in a list: its excerpts are the very words nobody may read."""
    for row in apps.get_model("guard", "Scan").objects.all():
        row.findings = [{**each, "excerpt": planted.word("guard.Scan.findings", public=False)} for each in row.findings]
        row.save()


__all__ = ["CODES", "HIDDEN", "MACHINERY", "SEEN", "Planted", "plant", "text_fields"]
