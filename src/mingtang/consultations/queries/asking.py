"""What a draft asks and what people asked about it, for staff."""

from __future__ import annotations

from django.db.models import QuerySet

from mingtang.consultations.models import AlternativeSet, Inquiry, Question
from mingtang.consultations.rules.asking import Asked
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.paging import Page, page_of


def asked(consultation_id: int) -> list[Asked]:
    """The questions of a draft as the rules see them."""
    rows = Question.objects.filter(consultation_id=consultation_id).prefetch_related("options")
    return [Asked(each.pk, each.kind, frozenset(one.pk for one in each.options.all()), each.steps) for each in rows]


def alternative_sets(consultation_id: int) -> QuerySet[AlternativeSet]:
    """All sets of alternatives with their options."""
    return AlternativeSet.objects.filter(consultation_id=consultation_id).select_related("clause").prefetch_related("options")


def questions(consultation_id: int) -> QuerySet[Question]:
    """All questions with their options."""
    return Question.objects.filter(consultation_id=consultation_id).prefetch_related("options")


def inquiries(consultation_id: int, *, state: str = "", after: str = "") -> Page[Inquiry]:
    """One page of people's questions, the oldest first."""
    rows = Inquiry.objects.filter(consultation_id=consultation_id).select_related("answered_by", "consultation__topic")
    return page_of(rows.filter(state=state) if state else rows, key=("id",), after=after)


def inquiry_for_update(inquiry_id: int) -> Inquiry:
    """One question, locked; `Refused` when there is none."""
    found = Inquiry.objects.select_for_update(of=("self",)).select_related("consultation__topic").filter(pk=inquiry_id).first()
    if found is None:
        no(t("没有这个问题。", "There is no such question."), "", t("请刷新页面。", "Reload the page."), code="gone").require()
    assert found is not None
    return found
