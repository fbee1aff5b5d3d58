"""The declaration of a matter as an official document (3.2a; the fields of the form)."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.text import Text, spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import Paper, Section, Table, numbered
from mingtang.platform.signing.reads import steps_of
from mingtang.topics.models import Topic
from mingtang.topics.queries.reading import openness
from mingtang.topics.rules import (
    AUDIENCE_LABELS,
    CATEGORY_LABELS,
    DISCLOSURE_LABELS,
    EXCLUSION_LABELS,
    FOCUS_LABELS,
    FORM_LABELS,
    GROUND_LABELS,
    KIND_LABELS,
)

NO_ANSWER = t("未填", "not given")


def declaration_paper(topic: Topic, today: date) -> Paper:
    """The declaration as it stands, with who approved it and when."""
    openings = openness(topic.pk)
    areas = [str(FOCUS_LABELS[each.area]) for each in topic.focus_areas.all()]
    forms = [str(FORM_LABELS[each.form]) for each in topic.forms.all()]
    sections = (
        Section(str(t("基本情况", "Facts")), table=Table(_heads(t("项目", "Item"), t("内容", "Content")), _facts(topic, areas), (1, 3))),
        Section(str(t("背景和依据", "Background and basis")), _lines(topic.background)),
        Section(str(t("主要内容", "Content")), _lines(topic.content)),
        Section(str(t("分歧及协调情况", "Differences and how they were settled")), _lines(topic.differences)),
        Section(str(t("五项程序", "The five steps")), table=_steps(topic)),
        Section(
            str(t("会议开放形式和邀请代表", "Openness and representatives")),
            (_listed(forms), *_lines(topic.form_reason)),
            table=_seats(topic, openings.audiences),
        ),
        Section(str(t("公开和解读", "Publication and interpretation")), (_disclosure(topic), *_lines(topic.interpretation_plan))),
        Section(str(t("审核审批", "Approval")), table=_approvals(topic)),
    )
    return Paper(
        mark=str(t("议题申报表", "Declaration of a matter")),
        number=topic.index_no,
        title=topic.title + str(t("|议题申报表", "|Declaration")),
        issuer=str(topic.department),
        issued_on=day_of(topic.submitted_at) if topic.submitted_at else today,
        sections=numbered(sections, spoken_language()),
        language=spoken_language(),
    )


def _facts(topic: Topic, areas: list[str]) -> tuple[tuple[str, str], ...]:
    yes, nay = str(t("是", "yes")), str(t("否", "no"))
    major = str(NO_ANSWER) if topic.is_major is None else yes if topic.is_major else nay
    kind = CATEGORY_LABELS.get(topic.major_category) or EXCLUSION_LABELS.get(topic.exclusion)
    rows = (
        (t("议题名称", "Matter"), topic.title.replace("|", "")),
        (t("牵头部门", "Lead department"), str(topic.department)),
        (t("协办部门", "Partners"), _listed([str(each) for each in topic.co_departments.all()])),
        (t("重点领域", "Focus areas"), _listed(areas)),
        (t("是否重大行政决策", "Major decision"), f"{major} {kind or ''}".strip()),
        (t("拟上会议", "Meeting"), str(KIND_LABELS.get(topic.meeting_kind, NO_ANSWER))),
        (t("希望上会日期", "Wished day"), str(topic.wished_on or NO_ANSWER)),
        (t("联系", "Contact"), topic.contact or str(NO_ANSWER)),
    )
    return tuple((str(head), said) for head, said in rows)


def _steps(topic: Topic) -> Table:
    rows = tuple((str(each), str(each.status_label), str(each.done_on or ""), each.reason) for each in topic.steps.order_by("id"))
    return Table(_heads(t("程序", "Step"), t("情况", "Status"), t("日期", "Day"), t("说明", "Remark")), rows, (2, 2, 2, 4))


def _seats(topic: Topic, seats: dict[str, int]) -> Table:
    why = {each.audience: each.rationale for each in topic.audiences.all()}
    rows = tuple((str(AUDIENCE_LABELS[key]), str(number), why.get(key, "")) for key, number in seats.items())
    return Table(_heads(t("类别", "Audience"), t("名额", "Seats"), t("理由", "Rationale")), rows, (2, 1, 4))


def _disclosure(topic: Topic) -> str:
    label, ground = DISCLOSURE_LABELS.get(topic.disclosure, NO_ANSWER), GROUND_LABELS.get(topic.disclosure_ground)
    return str(t("公开属性：{x}", "Disclosure: {x}", x=f"{label}{f'（{ground}）' if ground else ''}"))


def _approvals(topic: Topic) -> Table:
    rows = tuple(
        (str(each.person), str(day_of(each.given_at)), each.remark) for each in steps_of(topic.chain_id) if each.given_at is not None
    )
    return Table(_heads(t("审批人", "Approved by"), t("日期", "Day"), t("意见", "Remark")), rows, (2, 2, 3))


def _heads(*labels: Text) -> tuple[str, ...]:
    return tuple(map(str, labels))


def _listed(words: list[str]) -> str:
    return str(t("、", ", ")).join(words) or str(NO_ANSWER)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip()) or (str(NO_ANSWER),)
