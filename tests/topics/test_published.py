"""What outsiders may read: nothing before the approval, a stub for what is withheld."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from mingtang.kernel.text import speaking
from mingtang.platform.actor import Role
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.figures.models import FigureSetting
from mingtang.topics import actions, published
from tests.factories.platform import NOW, TODAY, actor, department, government, later
from tests.factories.topics import approved, approvers, clerk_of, document, drafter, submitted

pytestmark = pytest.mark.django_db


def test_nothing_is_public_before_the_last_approval():
    kept, (head, *_) = submitted()
    actions.approve_topic(kept.pk, actor=head, now=NOW)
    assert published.matter(kept.government_id, kept.pk) is None
    assert published.matters(kept.government_id)[1] == []
    assert published.chain(kept.pk) == []
    assert published.stages(kept.pk, figures_for(kept.government_id, TODAY), work_calendar(), NOW) == []
    assert published.titles([kept.pk]) == {}


def test_a_secret_matter_is_never_public():
    housing = department(government())
    clerk, levels = clerk_of(housing), approvers(housing)
    stub = actions.begin_topic(housing.pk, actor=clerk, now=NOW, title="〇一", is_secret=True)
    actions.submit_topic(stub.pk, actor=clerk, now=NOW)
    for who in levels:
        actions.approve_topic(stub.pk, actor=who, now=NOW)
    assert published.matter(stub.government_id, stub.pk) is None
    assert published.matters(stub.government_id)[1] == []


def test_an_approved_matter_shows_its_facts_and_no_name_of_staff():
    kept = approved()
    view = published.matter(kept.government_id, kept.pk)
    assert (view.title, view.index_no, view.form_reason, view.state) == (kept.title, "QH-2026-00001", "关系居民切身利益。", "approved")
    assert [(str(label), seats, why) for label, seats, why in view.audiences] == [
        ("社会公众", 2, "住在老旧小区"),
        ("专家学者", 1, "懂电梯安全"),
    ]
    assert [str(each) for each in view.areas] == ["城市治理", "社会公益事业建设"]
    assert [step.status for step in view.steps] == ["open"] * 5
    assert kept.drafted_by.name not in repr(view)
    assert published.matter(government().pk, kept.pk) is None


def test_a_matter_speaks_english_when_it_has_an_english_title():
    kept, plain = approved(), approved(title_en="")
    with speaking("en"):
        assert published.matter(kept.government_id, kept.pk).title == "Lift subsidies in older estates"
        assert published.matter(plain.government_id, plain.pk).title == plain.title


def test_the_steps_show_people_and_the_reason_for_what_is_not_needed():
    kept = approved(is_major=True, major_category="policy", exclusion="")
    actions.record_step(kept.pk, "expert", actor=drafter(kept), now=NOW, status="done", done_on=TODAY, people=7)
    steps = published.matter(kept.government_id, kept.pk).steps
    assert [(each.status, str(each.remark)) for each in steps] == [
        ("not_needed", "事项简单"),
        ("done", "7 人"),
        ("not_needed", "事项简单"),
        ("under_way", ""),
        ("under_way", ""),
    ]


def test_the_list_is_narrowed_by_words_and_area_in_either_language():
    home = government()
    kept = approved(department(home))
    for words, area, number in (("电梯", "", 1), ("lift", "", 1), ("路灯", "", 0), ("", "welfare", 1), ("", "tax", 0)):
        assert len(published.matters(home.pk, words=words, area=area)[1]) == number
    row = published.matters(home.pk)[1][0]
    assert (row.id, row.index_no, row.withdrawn) == (kept.pk, "QH-2026-00001", False)


def test_a_matter_approved_as_not_public_is_nowhere_until_it_is_approved_as_public():
    kept = approved(disclosure="closed", disclosure_ground="trade")
    clerk = drafter(kept)
    for _as_approved in range(2):
        assert published.matter(kept.government_id, kept.pk) is None
        assert published.matters(kept.government_id)[1] == []
        assert published.chain(kept.pk) == []
        if kept.state == "approved":  # while it is changed, what was approved still holds
            actions.reopen_topic(kept.pk, actor=clerk, now=NOW, reason="招标已结束")
            kept = actions.save_declaration(kept.pk, actor=clerk, now=NOW, disclosure="open", disclosure_ground="")
    actions.submit_topic(kept.pk, actor=clerk, now=NOW)
    for role in (Role.HEAD, Role.OFFICE, Role.LEADER):
        actions.approve_topic(kept.pk, actor=actor(kept.government, role, within=kept.department), now=NOW)
    assert published.matter(kept.government_id, kept.pk) is not None


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long(number, django_assert_num_queries):
    home = government()
    first = approved(department(home))
    for n in range(1, number):
        first.pk, first._state.adding = None, True
        first.number = n + 1
        first.save(force_insert=True)
    with django_assert_num_queries(2):
        assert len(published.matters(home.pk)[1]) == number


def test_a_withdrawn_matter_stays_and_tells_why():
    kept = approved()
    actions.withdraw_topic(kept.pk, actor=actor(kept.government, Role.OFFICE), now=later(days=1), reason="上级已有规定")
    entry = next(each for each in published.chain(kept.pk) if str(each.title) == "议题撤回")
    assert (str(entry.body), entry.at) == ("理由：上级已有规定", later(days=1))
    assert published.matters(kept.government_id)[1][0].withdrawn


def test_a_document_is_public_once_published_and_only_then():
    kept = approved()
    paper = kept.documents.get(kind="draft")
    assert published.document_file(kept.government_id, paper.pk) is None
    assert published.documents(kept.pk) == ()
    actions.publish_documents(kept.pk, ["draft", "basis"], actor=drafter(kept), now=NOW)
    assert published.document_file(kept.government_id, paper.pk) == paper.file
    assert published.document_file(government().pk, paper.pk) is None
    link = published.documents(kept.pk, "draft")[0]
    assert (link.title, link.url, link.format, link.size_bytes, link.sha256) == (
        paper.title,
        f"/documents/{paper.pk}/",
        "TXT",
        paper.file.byte_count,
        paper.file.sha256,
    )
    assert len(published.documents(kept.pk)) == 2


@pytest.mark.parametrize(("disclosure", "title"), [("closed", "“风险评估报告”依法不公开"), ("on_request", "“风险评估报告”依申请公开")])
def test_a_withheld_document_leaves_a_stub_with_all_five_facts(disclosure, title):
    kept = approved()
    paper = document(kept, "risk", disclosure=disclosure, ground="trade")
    assert published.tombstones(kept.pk) == []
    actions.withhold_document(paper.pk, actor=actor(kept.government, Role.OFFICE, name="王主任"), now=NOW)
    entry = published.chain(kept.pk)[-1]
    assert str(entry.title) == title
    tomb = entry.tomb
    assert (str(tomb.title), str(tomb.ground), tomb.clause, str(tomb.approver), tomb.recheck_on) == (
        "风险评估报告",
        "商业秘密",
        "711 Art.15",
        "王主任",
        date(2027, 11, 24),
    )
    assert tomb.objection_url == reverse("portal:accessibility")
    assert published.documents(kept.pk) == ()


def test_the_recheck_follows_the_governments_own_figure():
    kept = approved()
    FigureSetting.objects.create(
        government=kept.government,
        key="disclosure.recheck_months",
        value="6",
        since_on=date(2026, 1, 1),
        source="通知",
        reason="从严",
        set_at=NOW,
    )
    paper = document(kept, "risk", disclosure="closed", ground="law")
    actions.withhold_document(paper.pk, actor=actor(kept.government, Role.OFFICE), now=NOW)
    assert published.tombstones(kept.pk)[0].tomb.recheck_on == date(2027, 5, 24)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 1, 15), 11, date(2026, 12, 15)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_next_first(day, months, expected):
    assert published.months_after(day, months) == expected


def test_the_declaration_gives_its_stage_with_rule_and_fact():
    kept = approved()
    stage = published.stages(kept.pk, figures_for(kept.government_id, TODAY), work_calendar(), NOW)[0]
    assert (stage.code, stage.progress, stage.day, str(stage.fact), stage.basis) == ("declare", "done", TODAY, "同日批准", "3.2")
    slow, levels = submitted()
    for who in levels:
        actions.approve_topic(slow.pk, actor=who, now=later(days=3))
    assert str(published.stages(slow.pk, figures_for(slow.government_id, TODAY), work_calendar(), NOW)[0].fact) == "3 日后批准"


def test_titles_are_given_by_number():
    kept = approved()
    assert published.titles([kept.pk, 0]) == {kept.pk: kept.title}
