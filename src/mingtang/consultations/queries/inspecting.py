"""Whether the counters of opinions equal a recount, and each opinion of a published report has its one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from mingtang.consultations.models import HOMELESS, SINGLE, Answer, Appeal, Choice, Consultation, Opinion, OpinionGroup, OpinionPoint, Tally
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import CHINA
from mingtang.platform.inspections import inspects

COLUMNS = {
    "all": (),
    "channel": ("channel",),
    "state": ("state",),
    "clause": ("clause_id",),
    "stance": ("clause_id", "stance"),
    "audience": ("audience",),
}


@inspects("opinions", t("意见计数与逐条清点一致", "The counters of opinions equal a recount"))
def counted_opinions() -> Iterator[Text]:
    """Consultations whose counters differ from their opinions."""
    for row in Consultation.objects.order_by("id").iterator():
        kept = Tally.objects.filter(consultation=row).exclude(number=0)
        numbers = {(dimension, key): n for dimension, key, n in kept.values_list("dimension", "key", "number")}
        if numbers != dict(recount(row.pk)):
            yield t("征求意见 {id} 的计数与意见不符。", "The counters of consultation {id} differ from its opinions.", id=row.pk)


def recount(consultation_id: int) -> Counter[tuple[str, str]]:
    """Every counter of a consultation, counted from its opinions."""
    found: Counter[tuple[str, str]] = Counter()
    rows = Opinion.objects.filter(consultation_id=consultation_id).order_by()
    for dimension, columns in COLUMNS.items():
        for each in rows.values(*columns or ("consultation_id",)).annotate(n=Count("pk")):
            key = ":".join(str(each[column] or ("" if column == "audience" else 0)) for column in columns)
            found[dimension, key] += each["n"]
    by_day = rows.annotate(day=TruncDate("received_at", tzinfo=CHINA)).values_list("day").annotate(n=Count("pk"))
    found.update({("day", day.isoformat()): n for day, n in by_day})
    found["verified", ""] = rows.exclude(verified_at=None).count()
    placed = rows.exclude(state="withheld")
    found["grouped", ""] = placed.exclude(group=None).count()
    found["people", ""] = placed.values("author_key").distinct().count()
    for code, n in rows.filter(state="withheld").values_list("withheld_code").annotate(n=Count("pk")):
        found["withheld", code] = n
    appeals = Appeal.objects.filter(withholding__opinion__consultation_id=consultation_id).order_by()
    for state, n in appeals.values_list("state").annotate(n=Count("pk")):
        found["appeal", state] = n
    for verdict, n in placed.exclude(verdict="").values_list("verdict").annotate(n=Count("pk")):
        found["single", verdict] = n
    for answer, n in rows.exclude(helped="").values_list("helped").annotate(n=Count("pk")):
        found["helped", answer] = n
    found.update(answers(consultation_id))
    if Consultation.objects.filter(pk=consultation_id, state="reported").exists():
        found.update({("traced", key): n for key, n in traces(consultation_id).items()})
        found.update({("why", key): n for key, n in reasons(consultation_id).items()})
    return +found


def answers(consultation_id: int) -> Counter[tuple[str, str]]:
    """How often each option was chosen, each question answered, and each answer or mark given."""
    found: Counter[tuple[str, str]] = Counter()
    chosen = Choice.objects.filter(opinion__consultation_id=consultation_id).order_by()
    for option, n in chosen.values_list("alternative_id").annotate(n=Count("pk")):
        found["choice", str(option)] = n
    given = Answer.objects.filter(opinion__consultation_id=consultation_id).order_by()
    for question, n in given.values_list("question_id").annotate(n=Count("opinion_id", distinct=True)):
        found["answered", str(question)] = n
    for question, option, number, n in given.values_list("question_id", "option_id", "number").annotate(n=Count("pk")):
        if option is not None or number is not None:
            found["answer", f"{question}:{number if option is None else option}"] = n
    return found


def traces(consultation_id: int) -> Counter[str]:
    """How many opinions each clause and group hold together, or clause and verdict of single replies: what the trace reads."""
    rows = Opinion.objects.filter(consultation_id=consultation_id).exclude(state="withheld").order_by()
    found: Counter[str] = Counter()
    for clause, group, verdict, n in rows.values_list("clause_id", "group_id", "verdict").annotate(n=Count("pk")):
        found[f"{clause or 0}:{group}" if group else f"{clause or 0}:v:{verdict}"] += n
    return found


def reasons(consultation_id: int) -> Counter[str]:
    """How many opinions were answered with each kind of reason, in groups and singly."""
    found: Counter[str] = Counter()
    groups = OpinionGroup.objects.filter(consultation_id=consultation_id).exclude(reason_code="").order_by()
    for code, n in groups.values_list("reason_code").annotate(n=Sum("opinions_count")):
        found[code] += n
    singles = Opinion.objects.filter(SINGLE, consultation_id=consultation_id).exclude(reason_code="").order_by()
    for code, n in singles.values_list("reason_code").annotate(n=Count("pk")):
        found[code] += n
    return +found


@inspects("groups", t("每组的条数与组内意见一致", "The size of each group equals its members"))
def counted_groups() -> Iterator[Text]:
    """Groups whose size differs from their members, or whose points do from those of the opinions elsewhere."""
    points = OpinionPoint.objects.filter(group=OuterRef("pk")).order_by().values("group").annotate(n=Count("pk")).values("n")
    rows = OpinionGroup.objects.annotate(n=Count("opinions"), m=Coalesce(Subquery(points), 0))
    for row in rows.order_by("id").iterator():
        if (row.n, row.m) != (row.opinions_count, row.points_count):
            yield t("意见组 {id}“{title}”的条数不符。", "The size of group {id} “{title}” is wrong.", id=row.pk, title=row.title)


@inspects("places", t("已公布报告的每条意见都有着落", "Every opinion of a published report has its place"))
def placed_opinions() -> Iterator[Text]:
    """Published reports with opinions that have no place."""
    for row in Consultation.objects.filter(state="reported").order_by("id").iterator():
        if homeless := Opinion.objects.filter(HOMELESS, consultation=row).count():
            yield t("征求意见 {id} 有 {n} 条意见没有着落。", "{n} opinions of consultation {id} have no place.", id=row.pk, n=homeless)
