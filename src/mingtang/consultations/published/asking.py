"""What a draft asks, as the public sees it: alternatives, questions with their counted answers, questions answered, terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from mingtang.consultations.models import AlternativeSet, Answer, Inquiry, Question, Tally, Term
from mingtang.consultations.rules import masked
from mingtang.consultations.rules.moderation import VISIBLE
from mingtang.platform.paging import Page, page_of

SHOWN_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option with how many chose it."""

    id: int
    letter: str
    title: str
    text: str
    effects: str
    count: int


@dataclass(frozen=True, slots=True)
class SetView:
    """Options side by side."""

    id: int
    title: str
    intro: str
    clause_id: int | None
    clause: str
    options: tuple[OptionView, ...]

    @property
    def total(self) -> int:
        """How many chose at all."""
        return sum(each.count for each in self.options)


@dataclass(frozen=True, slots=True)
class MarkView:
    """An answer one may give and how many gave it."""

    id: int
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its counted answers; `answered` is the n of its shares."""

    id: int
    kind: str
    words: str
    steps: int
    low: str
    high: str
    options: tuple[MarkView, ...]
    answered: int
    texts: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """The greatest count, against which bars are drawn."""
        return max((each.count for each in self.options), default=0)

    @property
    def mean(self) -> str:
        """The mean of a scale, with one decimal place; empty when nobody answered."""
        total = sum(each.count for each in self.options)
        return f"{sum(each.id * each.count for each in self.options) / total:.1f}" if self.kind == "scale" and total else ""


def _numbers(consultation_id: int) -> dict[tuple[str, str], int]:
    rows = Tally.objects.filter(consultation_id=consultation_id, dimension__in=["choice", "answer", "answered"])
    return {(d, k): n for d, k, n in rows.values_list("dimension", "key", "number")}


def alternative_sets(consultation_id: int) -> tuple[SetView, ...]:
    """The alternatives of a draft with how often each was chosen."""
    rows = AlternativeSet.objects.filter(consultation_id=consultation_id).select_related("clause").prefetch_related("options")
    found = list(rows)
    numbers = _numbers(consultation_id) if found else {}
    return tuple(_set(each, numbers) for each in found)


def _set(row: AlternativeSet, numbers: dict[tuple[str, str], int]) -> SetView:
    options = tuple(
        OptionView(each.pk, each.letter, each.title, each.text, each.effects, numbers.get(("choice", str(each.pk)), 0))
        for each in row.options.all()
    )
    return SetView(row.pk, row.title, row.intro, row.clause_id, row.clause.label if row.clause else "", options)


def questions(consultation_id: int, *, with_texts: bool = False) -> tuple[QuestionView, ...]:
    """The questions of a draft with their counted answers; answers in words only from opinions that are shown."""
    found = list(Question.objects.filter(consultation_id=consultation_id).prefetch_related("options"))
    numbers = _numbers(consultation_id) if found else {}
    texts = _texts([each.pk for each in found if each.kind == "text"]) if with_texts else {}
    return tuple(_question(each, numbers, tuple(texts.get(each.pk, ()))) for each in found)


def _question(row: Question, numbers: dict[tuple[str, str], int], texts: tuple[str, ...]) -> QuestionView:
    listed = [(each.pk, each.words) for each in row.options.all()]
    if row.kind == "scale":
        listed = [(n, str(n)) for n in range(1, row.steps + 1)]
    marks = tuple(MarkView(key, words, numbers.get(("answer", f"{row.pk}:{key}"), 0)) for key, words in listed)
    return QuestionView(row.pk, row.kind, row.words, row.steps, row.low, row.high, marks, numbers.get(("answered", str(row.pk)), 0), texts)


def _texts(ids: list[int]) -> dict[int, list[str]]:
    """The newest answers in words to each of these questions, in one query."""
    rows = Answer.objects.filter(question_id__in=ids, opinion__state__in=VISIBLE, opinion__publish_consent=True).exclude(text="")
    place = Window(RowNumber(), partition_by="question_id", order_by="-id")
    newest = rows.annotate(place=place).filter(place__lte=SHOWN_ANSWERS).order_by("-id")
    found: dict[int, list[str]] = {}
    for question_id, words in newest.values_list("question_id", "text"):
        found.setdefault(question_id, []).append(masked(words))
    return found


def terms(consultation_id: int) -> tuple[tuple[int, str, str], ...]:
    """The glossary of a draft."""
    return tuple(Term.objects.filter(consultation_id=consultation_id).values_list("id", "term", "explanation"))


@dataclass(frozen=True, slots=True)
class InquiryView:
    """A question with its published answer."""

    id: int
    words: str
    by_staff: bool
    asked_at: datetime
    answer: str
    published_at: datetime | None


def inquiries(consultation_id: int, *, after: str = "") -> tuple[Page[Inquiry], list[InquiryView]]:
    """One page of published questions and answers, newest first."""
    rows = Inquiry.objects.filter(consultation_id=consultation_id, state="published")
    found = page_of(rows, key=("-id",), after=after)
    return found, [
        InquiryView(each.pk, masked(each.words), each.by_staff, each.asked_at, masked(each.answer), each.published_at) for each in found
    ]


def inquiry_counts(consultation_id: int) -> tuple[int, int, int]:
    """How many questions were answered in public, wait, and were declined."""
    rows = Inquiry.objects.filter(consultation_id=consultation_id).values_list("state").annotate(n=Count("pk")).order_by()
    number = dict(rows)
    return number.get("published", 0), number.get("asked", 0) + number.get("answered", 0), number.get("declined", 0)


def marked(text: str, glossary: tuple[tuple[int, str, str], ...]) -> tuple[tuple[str, int], ...]:
    """A text in pieces, the first occurrence of each term with the number of its explanation, the rest with 0."""
    places: list[tuple[int, int, int]] = []
    for number, term, _ in sorted(glossary, key=lambda each: -len(each[1])):
        at = text.find(term)
        while at >= 0 and any(at < end and begin < at + len(term) for begin, end, _ in places):
            at = text.find(term, at + 1)
        if at >= 0:
            places.append((at, at + len(term), number))
    found, last = [], 0
    for begin, end, number in sorted(places):
        found.extend([(text[last:begin], 0), (text[begin:end], number)])
        last = end
    return tuple(each for each in (*found, (text[last:], 0)) if each[0])
