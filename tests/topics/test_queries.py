"""Reads for staff: lists, levels, desk, trace, facts, evidence."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.kernel.decision import Refused
from mingtang.kernel.obligations import EVIDENCE, Evidence
from mingtang.platform.accounts.models import Assignment
from mingtang.platform.actor import Role, system
from mingtang.platform.signing.running import begin_chain
from mingtang.topics import actions, queries
from mingtang.topics.actions import Lists
from mingtang.topics.models import Topic
from mingtang.topics.queries import Filters, evidence
from tests.factories.platform import NOW, TODAY, actor, department, government, later, person
from tests.factories.topics import approved, approvers, clerk_of, complete, document, drafter, submitted, topic

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_a_matter_is_found_in_its_own_government_only():
    kept = topic()
    assert queries.get(kept.government_id, kept.pk) == kept
    with pytest.raises(Refused):
        queries.get(government().pk, kept.pk)


def test_who_sees_which_matters():
    home = government()
    housing, schools = department(home), department(home)
    one, other = topic(housing), topic(schools)
    topic()
    assert set(queries.visible(clerk_of(housing))) == {one}
    for role in (Role.OFFICE, Role.LEADER, Role.INSPECTOR, Role.OPERATOR, Role.EDITOR_2):
        assert set(queries.visible(actor(home, role))) == {one, other}
    assert set(queries.visible(actor(home, Role.CLERK))) == {one, other}
    assert set(queries.visible(system(home.pk))) == {one, other}
    assert set(queries.visible(actor(home, Role.SYSTEM_ADMIN))) == set()


def test_a_list_is_narrowed_by_words_number_state_department_area_and_year():
    home = government()
    housing = department(home)
    lifts, _ = submitted(housing)
    lamps = topic(department(home), title="路灯节能")
    office = actor(home, Role.OFFICE)
    assert lifts.number is not None
    for filters, found in (
        (Filters(), {lifts, lamps}),
        (Filters(words="路灯"), {lamps}),
        (Filters(words="QH-2026-00001"), {lifts}),
        (Filters(words="1"), {lifts}),
        (Filters(words="²"), set()),
        (Filters(words="9" * 30), set()),
        (Filters(state="drafting"), {lamps}),
        (Filters(department_id=housing.pk), {lifts}),
        (Filters(area="welfare"), {lifts}),
        (Filters(year=2026), {lifts}),
        (Filters(year=1999), set()),
    ):
        assert set(queries.topics(office, filters)) == found, filters


@pytest.mark.parametrize("number", [0, 1, 30])
def test_a_list_pages_by_key_at_the_same_cost_however_long(number, django_assert_num_queries):
    home = government()
    housing = department(home)
    for n in range(number):
        topic(housing, title=f"议题{n}", changed_at=later(minutes=n))
    office = actor(home, Role.OFFICE)
    with django_assert_num_queries(1):
        found = queries.topics(office, Filters())
        assert [each.department.name + each.index_no for each in found] == [housing.name] * number
    assert found.after == ""


def test_the_31st_matter_stands_on_the_second_page():
    home = government()
    housing = department(home)
    for n in range(31):
        topic(housing, title=f"议题{n}", changed_at=later(minutes=n // 2))
    office = actor(home, Role.OFFICE)
    first = queries.topics(office, Filters())
    second = queries.topics(office, Filters(), first.after)
    assert (len(first), len(second), second.first, second.after) == (30, 1, False, "")
    assert not set(first) & set(second)


def test_the_facts_for_the_gates_are_those_that_were_approved():
    kept = approved(is_major=True, major_category="policy", exclusion="")
    facts = queries.openness(kept.pk)
    assert (facts.approved, facts.forms, facts.audiences, facts.meeting_kind) == (
        True,
        {"attendance", "publication"},
        {"public": 2, "expert": 1},
        "executive",
    )
    assert facts.rationales["expert"] == "懂电梯安全"
    steps = queries.statutory_facts(kept.pk)
    assert steps.is_major
    assert (steps.step("expert").status, steps.step("legality").status, steps.step("expert").has_document) == (
        "not_needed",
        "under_way",
        False,
    )
    assert not queries.statutory_facts(topic().pk).is_major
    assert list(queries.approved_topics(kept.government_id)) == [kept]
    assert [each.kind for each in queries.documents_of(kept.pk)] == ["draft", "basis", "explanation"]
    assert [each.kind for each in queries.documents_of(kept.pk, "basis")] == ["basis"]


def test_the_trace_is_written_in_words_newest_first():
    kept, (head, *_) = submitted()
    actions.return_topic(kept.pk, actor=head, now=NOW, reason="缺附件")
    trace = queries.trace(kept)
    assert (str(trace[0].what), trace[0].who, trace[0].reason) == ("退回", head.name, "缺附件")
    assert str(trace[-1].what) == "开始申报"
    assert all("." not in str(each.what) for each in trace)


def test_the_plan_of_a_matter_leaves_out_what_is_done():
    kept = complete(is_major=True, major_category="policy", exclusion="")
    assert [each.code for each in queries.planned(kept, TODAY).rows] == ["approval", "consultation", "report", "legality", "materials"]
    done = queries.planned(approved(), TODAY, consulted=True, reported=True)
    assert [each.code for each in done.rows] == ["materials"]
    assert done.wished == date(2027, 1, 20)


def test_the_levels_show_what_was_given_what_waits_and_what_is_skipped():
    kept = complete()
    head = actor(kept.government, Role.HEAD)
    actor(kept.government, Role.LEADER)
    actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)
    actions.approve_topic(kept.pk, actor=head, now=NOW)
    views = queries.level_views(queries.get(kept.government_id, kept.pk), TODAY)
    assert [(each.level.role, bool(each.given), each.waiting, each.skipped) for each in views] == [
        ("head", True, False, False),
        ("office", False, False, True),
        ("leader", False, True, False),
    ]
    assert not any(each.waiting for each in queries.level_views(queries.get(kept.government_id, topic(kept.department).pk), TODAY))


def test_a_role_that_has_ended_or_not_begun_holds_no_level():
    kept = complete()
    who = person(kept.government)
    Assignment.objects.create(person=who, role=Role.OFFICE, since_on=date(2026, 1, 1), until_on=date(2026, 11, 23))
    Assignment.objects.create(person=who, role=Role.LEADER, since_on=date(2026, 12, 1))
    assert [each.skipped for each in queries.level_views(kept, TODAY)] == [True, True, True]
    assert [each.skipped for each in queries.level_views(kept, date(2026, 12, 1))] == [True, True, False]


def test_a_desk_shows_what_waits_for_each():
    kept, (head, office, _) = submitted()
    clerk = drafter(kept)
    assert [(str(each.title), each.url) for each in queries.desk(head, NOW)] == [
        ("审批申报表：部门负责人", f"/workspace/topics/{kept.pk}/")
    ]
    assert queries.desk(office, NOW) == queries.desk(clerk, NOW) == []
    actions.return_topic(kept.pk, actor=head, now=NOW, reason="缺附件")
    topic(kept.department, title="路灯")
    assert {str(each.title) for each in queries.desk(clerk, NOW)} == {"申报表被退回，请修改", "申报表草稿"}
    assert queries.desk(actor(kept.government, Role.AUDITOR), NOW) == []


@pytest.mark.parametrize("number", [1, 30])
def test_a_desk_costs_the_same_however_much_waits(number, django_assert_num_queries):
    home = government()
    housing = department(home)
    head, *_ = approvers(housing)
    for n in range(number):
        chain = begin_chain(home.pk, "declaration", housing.pk, now=NOW)
        topic(housing, title=f"议题{n}", state="submitted", submitted_at=later(minutes=n), chain=chain)
    with django_assert_num_queries(4):
        assert len(queries.desk(head, NOW)) == number


def test_a_dossier_is_read_at_the_same_cost_however_many_documents(django_assert_num_queries):
    kept = complete()
    for n in range(30):
        document(kept, "material", words=str(n))
    with django_assert_num_queries(8):
        found = queries.get(kept.government_id, kept.pk)
        assert len({each.file.name for each in found.documents.all()}) == 4


def test_a_document_of_another_government_is_not_found():
    paper = document(topic())
    with pytest.raises(Refused):
        queries.document_for_update(government().pk, paper.pk)


def test_the_evidence_counts_what_was_approved_in_the_period():
    home = government()
    approved(department(home))
    approved(department(home), is_major=True, major_category="policy", exclusion="")
    hidden = Lists(focus_areas=["tax"], forms=["closed"], audiences={})
    approved(department(home), lists=hidden, closing_ground="law", closing_reason="法律禁止", seats_total=0)
    counts = {
        count: count(home.pk, *YEAR)
        for count in (
            evidence.declared_together,
            evidence.opened_areas,
            evidence.audiences_addressed,
            evidence.office_reviewed,
            evidence.five_steps,
        )
    }
    assert [(each.kept, each.broken) for each in counts.values()] == [(3, 0), (2, 0), (2, 0), (3, 0), (1, 0)]
    assert all(each.examples for each in counts.values())
    Topic.objects.filter(closing_ground="law").update(closing_ground="")
    assert evidence.opened_areas(home.pk, *YEAR).broken == 1
    assert evidence.declared_together(home.pk, date(2025, 1, 1), date(2025, 12, 31)) == Evidence()


def test_a_major_matter_with_an_unanswered_step_breaks_the_duty():
    kept = approved(is_major=True, major_category="policy", exclusion="")
    kept.steps.get(kind="risk").delete()
    assert evidence.five_steps(kept.government_id, *YEAR).broken == 1


def test_the_duties_of_a_declaration_have_their_evidence():
    assert all(EVIDENCE[each] for each in ("1.2a", "1.3a", "1.3b", "3.1a", "3.2a", "3.4b"))
