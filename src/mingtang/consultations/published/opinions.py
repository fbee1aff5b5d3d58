"""What people said, as the public reads it: a page of it, and what is like the words somebody is typing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations.models import MODERATED, WORDS, Opinion, OpinionPair, index_folder
from mingtang.consultations.published.moderating import Tomb, mask_reasons, tomb_of
from mingtang.consultations.published.passages import PassageView, later_texts, passage_view
from mingtang.consultations.rules import masked
from mingtang.consultations.rules.likeness import likeness, pairs, shared, sketch
from mingtang.consultations.rules.moderation import VISIBLE
from mingtang.kernel.text import Text, t
from mingtang.platform.codes import row_id
from mingtang.platform.paging import Page, page_found, page_of

ONLY_ANSWERS = t("（只选择了方案或回答了问题，没有另写意见）", "(Only chose options or answered questions)")
FEWEST_PAIRS = 5
PER_PAIR = 60
CANDIDATES = 60
LIKEST = 40
ALIKE = 0.4
MEANT = 0.5
"""The cosine of sentence vectors that counts as much as so many shared pairs (`ALIKE`): on labelled drafts every second such pair asks for the same."""
MOST = 5


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One opinion in the public list: its words, or a tombstone."""

    words: str
    who: str
    stance: Text
    stance_code: str
    channel: Text
    clause: str
    received_at: datetime
    tomb: Tomb | None
    masked: tuple[Text, ...]
    passage: PassageView
    source: str
    behalf: Text
    organisation: str
    adds: bool
    joins: bool
    verified: bool


def shown_opinions(consultation_id: int, *, clause: str = "", words: str = "", after: str = "") -> tuple[Page[Opinion], list[OpinionView]]:
    """One page of opinions shown or withheld, newest first; those waiting for moderation are only counted.

    Opinions whose author did not agree to publication are counted and answered, not shown. With `words` only those that hold
    them, as the public reads them.
    """
    rows = Opinion.objects.filter(MODERATED, consultation_id=consultation_id)
    if (clause_id := row_id(clause)) is not None:
        rows = rows.filter(clause_id=clause_id) if clause_id else rows.filter(clause=None)
    wide = rows.select_related("clause", "withholding__kept", "withholding__appeal").prefetch_related("masks")
    if words:
        readable = wide.filter(state__in=VISIBLE, publish_consent=True)
        found = page_found(readable, WORDS.find("open_words", consultation_id, words, newest_first=True), after=after)
    else:
        found = page_of(wide, key=("-received_at", "-id"), after=after)
    later = later_texts(consultation_id, found.rows)
    return found, [_opinion(each, later) for each in found.rows]


def _opinion(each: Opinion, later: dict[int, str] | None) -> OpinionView:
    public = each.is_public
    return OpinionView(
        (each.masked_text or str(ONLY_ANSWERS)) if public else "",
        each.display_name if public else "",
        each.stance_label,
        each.stance,
        each.channel_label,
        str(each.clause) if each.clause else "",
        each.received_at,
        tomb_of(each),
        mask_reasons(each) if public else (),
        passage_view(each, later) if public else PassageView(),
        each.source_url if public and masked(each.source_url) == each.source_url else "",
        each.behalf_mark,
        masked(each.organisation) if public else "",
        each.adds_to_id is not None,
        each.same_as_id is not None,
        each.is_verified,
    )


@dataclass(frozen=True, slots=True)
class Similar:
    """A shown opinion like the words being typed."""

    id: int
    words: str
    stance: Text
    stance_code: str


def similar(consultation_id: int, clause_id: int | None, typed: str) -> list[Similar]:
    """The five shown opinions on a place most like what somebody is typing; the same few look-ups at any number of them.

    The engine's index brings the candidates; while there is none, their sketches do. Nothing is kept of what is typed.
    """
    if len(pairs(typed)) < FEWEST_PAIRS:
        return []
    found = _by_index(consultation_id, clause_id, typed)
    if found is None:
        found = _by_sketch(consultation_id, clause_id, typed)
    return [Similar(each.pk, each.masked_text, each.stance_label, each.stance) for each in found]


def _by_index(consultation_id: int, clause_id: int | None, typed: str) -> list[Opinion] | None:
    from mingtang.engines.grouping.index import closest  # noqa: PLC0415 - only whoever types wants the numbers

    said = closest(index_folder(consultation_id), typed, LIKEST)
    if said is None:
        return None
    mine = pairs(typed)
    rated = sorted(
        ((max(shared(mine, pairs(each.text)), each.heard * ALIKE / MEANT), each.likeness, each.group) for each in said), reverse=True
    )
    here = Opinion.objects.filter(consultation_id=consultation_id, state__in=VISIBLE, publish_consent=True)
    here = here.filter(clause_id=clause_id) if clause_id else here.filter(clause=None)
    found: list[int] = []
    for rate, _likeness, key in rated:
        if rate < ALIKE or len(found) == MOST:
            break
        found += here.filter(text_key=key).order_by("pk").values_list("pk", flat=True)[:1]
    rows = Opinion.objects.filter(pk__in=found).prefetch_related("masks")
    return sorted(rows, key=lambda each: found.index(each.pk))


def _by_sketch(consultation_id: int, clause_id: int | None, typed: str) -> list[Opinion]:
    """Each pair of signs brings its newest opinions only, so frequent pairs cost no more than rare ones."""
    votes: Counter[int] = Counter()
    for pair in sketch(typed):
        rows = OpinionPair.objects.filter(consultation_id=consultation_id, clause_key=clause_id or 0, pair=pair)
        votes.update(rows.order_by("-opinion_id").values_list("opinion_id", flat=True)[:PER_PAIR])
    likely = [pk for pk, _votes in votes.most_common(CANDIDATES)]
    rows_found = Opinion.objects.filter(pk__in=likely, state__in=VISIBLE, publish_consent=True).prefetch_related("masks")
    rated = [(likeness(typed, each.text), each) for each in rows_found.order_by("-id")]
    best = sorted((one for one in rated if one[0] >= ALIKE), key=lambda one: -one[0])
    return [each for _rate, each in best[:MOST]]
