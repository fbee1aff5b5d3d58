"""The life of a declaration: each gate refused, then passed; everything twice without harm."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import t
from mingtang.platform.actor import Role, system
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.outbox.models import Notice
from mingtang.platform.signing.actions import set_levels
from mingtang.platform.signing.rules import Level
from mingtang.platform.web.models import PageVersion
from mingtang.topics import actions
from mingtang.topics.actions import Lists
from mingtang.topics.models import StatutoryStep, Topic, TopicDocument
from tests.factories.platform import NOW, TODAY, acting, actor, department, government, later, person
from tests.factories.topics import FIELDS, LISTS, answer_steps, approved, approvers, clerk_of, complete, document, drafter, submitted, topic

pytestmark = pytest.mark.django_db


def refused(act) -> str:
    """The code of the refusal an act meets; the act left nothing behind."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return caught.value.decision.code


def now_of(row: Topic) -> Topic:
    return Topic.objects.get(pk=row.pk)


def test_a_declaration_begins_as_a_draft_of_its_clerk():
    housing = department(government())
    clerk = clerk_of(housing)
    made = actions.begin_topic(housing.pk, actor=clerk, now=NOW, title=" 加装电梯 ")
    assert (made.state, made.title, made.drafted_by_id, made.version, made.index_no) == ("drafting", "加装电梯", clerk.person_id, 1, "")
    assert [act.event for act in acts_of(made)] == ["topic.begin"]


def test_a_declaration_has_a_person_who_drafted_it():
    housing = department(government())
    assert refused(lambda: actions.begin_topic(housing.pk, actor=system(housing.government_id), now=NOW, title="x")) == "role"


def test_a_declaration_for_somebody_elses_department_is_refused():
    home = government()
    assert refused(lambda: actions.begin_topic(department(home).pk, actor=clerk_of(department(home)), now=NOW, title="x")) == "role"


def test_saving_keeps_every_part_and_counts_the_version():
    kept = complete()
    assert {name: getattr(kept, name) for name in FIELDS} == FIELDS
    assert {each.area for each in kept.focus_areas.all()} == {"governance", "welfare"}
    assert {each.form for each in kept.forms.all()} == {"attendance", "publication"}
    assert {each.audience: (each.seats, each.rationale) for each in kept.audiences.all()} == LISTS.audiences
    assert kept.version == 2


def test_saving_one_part_leaves_the_others_alone():
    kept = complete()
    actions.save_declaration(kept.pk, actor=drafter(kept), now=later(hours=1), contact="另一人")
    after = now_of(kept)
    assert (after.contact, after.content, after.version, after.changed_at) == ("另一人", FIELDS["content"], 3, later(hours=1))
    assert after.forms.count() == 2


def test_saving_lists_twice_gives_the_same_rows():
    kept = complete()
    for _ in range(2):
        actions.save_declaration(
            kept.pk,
            actor=drafter(kept),
            now=NOW,
            lists=Lists(forms=["publication", "publication"], focus_areas=[], audiences={"media": (0, "")}),
        )
    assert [each.form for each in kept.forms.all()] == ["publication"]
    assert kept.focus_areas.count() == kept.audiences.count() == 0


def test_joint_departments_are_those_of_the_same_government():
    kept = complete()
    partner, foreign = department(kept.government), department(government())
    actions.save_declaration(kept.pk, actor=drafter(kept), now=NOW, lists=Lists(partners=[partner.pk, foreign.pk]))
    assert list(kept.co_departments.all()) == [partner]


def test_a_field_no_declaration_has_is_a_fault_of_ours():
    kept = topic()
    with pytest.raises(TypeError, match="state"):
        actions.save_declaration(kept.pk, actor=drafter(kept), now=NOW, state="approved")


def test_a_declaration_that_does_not_exist_is_refused():
    assert refused(lambda: actions.save_declaration(0, actor=actor(government(), Role.CLERK), now=NOW, title="x")) == "gone"


def test_nobody_touches_a_declaration_of_another_government_even_with_a_wide_role():
    kept = complete()
    foreign = actor(government(), Role.CLERK, Role.HEAD, Role.OFFICE, Role.LEADER)
    assert refused(lambda: actions.save_declaration(kept.pk, actor=foreign, now=NOW, title="x")) == "gone"
    assert refused(lambda: actions.withdraw_topic(kept.pk, actor=foreign, now=NOW, reason="x")) == "gone"
    assert (
        refused(lambda: actions.attach_document(kept.pk, actor=foreign, now=NOW, kind="draft", title="x", upload=b"x", file_name="x.txt"))
        == "gone"
    )
    assert now_of(kept).title == FIELDS["title"]


def test_an_incomplete_declaration_is_not_submitted_and_every_lack_is_named():
    kept = topic()
    approvers(kept.department)
    assert refused(lambda: actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)) == "incomplete"
    assert now_of(kept).state == "drafting"


def test_a_declaration_is_not_submitted_when_nobody_could_approve_it():
    kept = complete()
    assert refused(lambda: actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)) == "no_level"


def test_submitting_gives_the_next_number_of_the_year_and_tells_the_first_level():
    home = government()
    first, (head, *_) = submitted(department(home))
    second, _ = submitted(department(home))
    assert [first.index_no, second.index_no] == ["QH-2026-00001", "QH-2026-00002"]
    assert [each.person_id for each in Notice.objects.filter(about_id=first.pk)] == [head.person_id]


def test_numbers_begin_anew_with_the_year_and_for_each_government():
    home = government()
    submitted(department(home))
    assert submitted(department(home), now=later(days=60))[0].index_no == "QH-2027-00001"
    assert submitted(department(government(code_prefix="LH")))[0].index_no == "LH-2026-00001"


def test_submitting_twice_is_refused_and_changes_nothing():
    kept, _ = submitted()
    assert refused(lambda: actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)) == "wrong_state"
    assert now_of(kept).number == kept.number


def test_three_levels_approve_one_after_another_and_the_last_one_makes_it_public():
    kept, (head, office, leader) = submitted()
    assert refused(lambda: actions.approve_topic(kept.pk, actor=office, now=NOW)) == "role"
    actions.approve_topic(kept.pk, actor=head, now=NOW, remark="同意")
    assert now_of(kept).state == "submitted"
    assert refused(lambda: actions.approve_topic(kept.pk, actor=head, now=NOW)) == "role"
    actions.approve_topic(kept.pk, actor=office, now=NOW)
    assert actions.approve_topic(kept.pk, actor=leader, now=later(days=1)).state == "approved"
    after = now_of(kept)
    assert (after.approved_at, after.first_approved_at) == (later(days=1), later(days=1))
    assert [(each.role, each.remark) for each in now_of(kept).chain.steps.all()] == [
        ("head", "同意"),
        ("office", ""),
        ("leader", ""),
    ]
    assert {"home", "matters", f"topic:{kept.pk}"} <= set(PageVersion.objects.values_list("key", flat=True))
    assert Notice.objects.filter(person_id=kept.drafted_by_id).count() == 1
    assert refused(lambda: actions.approve_topic(kept.pk, actor=leader, now=NOW)) == "wrong_state"


def test_a_level_nobody_holds_is_skipped():
    kept = complete()
    office = actor(kept.government, Role.OFFICE)
    person(kept.government, Role.LEADER, is_active=False)
    actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)
    assert actions.approve_topic(kept.pk, actor=office, now=NOW).state == "approved"


def test_a_government_has_its_own_levels_in_their_order():
    kept = complete()
    own = [Level(1, Role.OFFICE, t("政府办", "Office")), Level(2, Role.HEAD, t("局长", "Director"))]
    set_levels("declaration", own, actor=system(kept.government_id), now=NOW, reason="本区规定")
    head, office, _ = approvers(kept.department)
    actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)
    assert refused(lambda: actions.approve_topic(kept.pk, actor=head, now=NOW)) == "role"
    actions.approve_topic(kept.pk, actor=office, now=NOW)
    assert actions.approve_topic(kept.pk, actor=head, now=NOW).state == "approved"
    assert [str(each) for each in now_of(kept).chain.steps.all()] == ["政府办", "局长"]


def test_the_drafter_does_not_approve_even_as_head():
    housing = department(government())
    both = person(housing.government, Role.CLERK, Role.HEAD, within=housing)
    kept = complete(housing, by=acting(both))
    actions.submit_topic(kept.pk, actor=acting(both), now=NOW)
    assert refused(lambda: actions.approve_topic(kept.pk, actor=acting(both), now=NOW)) == "own_work"


def test_one_person_does_not_give_two_levels():
    kept = complete()
    wide = actor(kept.government, Role.HEAD, Role.OFFICE)
    actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)
    actions.approve_topic(kept.pk, actor=wide, now=NOW)
    assert refused(lambda: actions.approve_topic(kept.pk, actor=wide, now=NOW)) == "same_person"


def test_a_return_needs_a_reason_tells_the_drafter_and_starts_the_approvals_anew():
    kept, (head, office, leader) = submitted()
    actions.approve_topic(kept.pk, actor=head, now=NOW)
    assert refused(lambda: actions.return_topic(kept.pk, actor=office, now=NOW, reason=" ")) == "reason_missing"
    assert refused(lambda: actions.return_topic(kept.pk, actor=leader, now=NOW, reason="缺依据")) == "role"
    actions.return_topic(kept.pk, actor=office, now=NOW, reason="缺依据")
    after = now_of(kept)
    assert (after.state, after.round) == ("returned", 2)
    assert "缺依据" in Notice.objects.get(person_id=kept.drafted_by_id).body
    again = actions.submit_topic(kept.pk, actor=drafter(kept), now=NOW)
    assert again.number == kept.number
    for who in (head, office, leader):
        actions.approve_topic(kept.pk, actor=who, now=NOW)
    assert now_of(kept).state == "approved"


def test_reopening_an_approved_declaration_asks_every_level_again():
    kept = approved()
    actions.reopen_topic(kept.pk, actor=drafter(kept), now=NOW, reason="增加席位")
    after = now_of(kept)
    assert (after.state, after.round, after.approved_at, after.first_approved_at) == ("drafting", 2, None, NOW)


def test_changing_form_or_audiences_after_approval_reopens_it_and_nothing_else_does():
    kept = approved()
    clerk = drafter(kept)
    same = Lists(forms=["attendance", "publication"], audiences=LISTS.audiences)
    assert actions.change_openness(kept.pk, actor=clerk, now=NOW, reason="x", lists=same).state == "approved"
    changed = actions.change_openness(
        kept.pk, actor=clerk, now=NOW, reason="增加媒体", lists=Lists(audiences={"media": (4, "关注")}), seats_total=4
    )
    assert (changed.state, changed.seats_total) == ("drafting", 4)
    assert [each.audience for each in changed.audiences.all()] == ["media"]


def test_changing_the_forms_alone_reopens_it_too():
    kept = approved()
    changed = actions.change_openness(kept.pk, actor=drafter(kept), now=NOW, reason="改会后公开", lists=Lists(forms=["publication"]))
    assert changed.state == "drafting"


def test_an_approved_declaration_is_not_edited_directly():
    kept = approved()
    assert refused(lambda: actions.save_declaration(kept.pk, actor=drafter(kept), now=NOW, title="x")) == "wrong_state"


def test_a_withdrawal_needs_a_reason_and_ends_it():
    kept = approved()
    office = actor(kept.government, Role.OFFICE)
    assert refused(lambda: actions.withdraw_topic(kept.pk, actor=office, now=NOW, reason="")) == "reason_missing"
    actions.withdraw_topic(kept.pk, actor=office, now=NOW, reason="上级已有规定")
    assert now_of(kept).state == "withdrawn"
    assert refused(lambda: actions.withdraw_topic(kept.pk, actor=office, now=NOW, reason="再撤")) == "wrong_state"
    assert refused(lambda: document(kept)) == "wrong_state"


def test_a_secret_matter_keeps_its_code_name_and_nothing_else():
    housing = department(government())
    clerk = clerk_of(housing)
    stub = actions.begin_topic(housing.pk, actor=clerk, now=NOW, title="〇一", is_secret=True)
    assert refused(lambda: actions.save_declaration(stub.pk, actor=clerk, now=NOW, content="密")) == "secret"
    assert refused(lambda: document(stub, by=clerk)) == "secret"
    assert actions.save_declaration(stub.pk, actor=clerk, now=NOW, title="〇二").title == "〇二"
    levels = approvers(housing)
    actions.submit_topic(stub.pk, actor=clerk, now=NOW)
    for who in levels:
        actions.approve_topic(stub.pk, actor=who, now=NOW)
    assert now_of(stub).state == "approved"


def test_a_major_declaration_with_its_five_steps_answered_is_approved():
    kept = approved(is_major=True, major_category="policy", exclusion="")
    assert {each.kind: each.status for each in kept.steps.all()} == {
        "participation": "not_needed",
        "expert": "not_needed",
        "risk": "not_needed",
        "legality": "under_way",
        "collective": "under_way",
    }
    assert str(kept.steps.get(kind="expert")) == "专家论证"
    assert str(kept.steps.get(kind="expert").status_label) == "不需要"


def test_a_step_is_recorded_with_its_facts_and_again_when_it_goes_on():
    kept = topic()
    clerk = drafter(kept)
    paper = document(kept, "expert", by=clerk)
    actions.record_step(kept.pk, "expert", actor=clerk, now=NOW, status="under_way", started_on=TODAY)
    step = actions.record_step(
        kept.pk, "expert", actor=clerk, now=NOW, status="done", started_on=TODAY, done_on=TODAY, people=7, document_id=paper.pk
    )
    assert StatutoryStep.objects.count() == 1
    assert (step.status, step.people, step.document_id, step.recorded_by_id) == ("done", 7, paper.pk, clerk.person_id)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "not_needed"}, "reason_missing"),
        ({"status": "done", "started_on": TODAY, "done_on": date(2026, 11, 1)}, "dates"),
        ({"status": "done", "done_on": date(2026, 11, 25)}, "future"),
        ({"status": "done", "document_id": 0}, "document"),
    ],
)
def test_a_step_with_wrong_facts_is_refused(facts, code):
    kept = topic()
    assert refused(lambda: actions.record_step(kept.pk, "expert", actor=drafter(kept), now=NOW, **facts)) == code
    assert not StatutoryStep.objects.exists()


def test_a_step_does_not_take_a_document_of_another_matter():
    kept, other = topic(), document(topic())
    assert (
        refused(lambda: actions.record_step(kept.pk, "expert", actor=drafter(kept), now=NOW, status="done", document_id=other.pk))
        == "document"
    )


def test_the_meeting_records_the_collective_decision_once():
    kept = topic()
    for _ in range(2):
        actions.complete_collective_step(kept.pk, actor=actor(kept.government, Role.OPERATOR), now=NOW)
    step = StatutoryStep.objects.get()
    assert (step.kind, step.status, step.done_on) == ("collective", "done", TODAY)


def test_a_document_attached_twice_is_one():
    kept = topic()
    assert document(kept, words="同样的字") == document(kept, words="同样的字")
    assert document(kept, "basis", words="同样的字") != document(kept, words="同样的字")
    assert TopicDocument.objects.count() == 2


def test_a_document_without_a_title_takes_the_name_of_its_file():
    kept = document(topic(), title=" ")
    assert (kept.title, str(kept), str(kept.kind_label), str(kept.disclosure_label), str(kept.ground_label)) == (
        "draft.txt",
        "draft.txt",
        "决策草案",
        "主动公开",
        "",
    )


def test_a_document_that_is_not_public_needs_a_ground_and_an_approver():
    kept = topic()
    assert refused(lambda: document(kept, disclosure="closed")) == "ground"
    paper = document(kept, disclosure="closed", ground="trade")
    assert (paper.withheld_at, str(paper.ground_label)) == (None, "商业秘密")
    office = actor(kept.government, Role.OFFICE, name="王主任")
    assert refused(lambda: actions.withhold_document(paper.pk, actor=drafter(kept), now=NOW)) == "role"
    first = actions.withhold_document(paper.pk, actor=office, now=NOW)
    again = actions.withhold_document(paper.pk, actor=actor(kept.government, Role.LEADER), now=later(days=1))
    assert (first.withheld_by, again.withheld_by, again.withheld_at) == ("王主任", "王主任", NOW)
    assert refused(lambda: actions.withhold_document(paper.pk, actor=actor(government(), Role.OFFICE), now=NOW)) == "gone"


def test_the_last_level_approves_what_is_withheld_with_the_declaration():
    kept, (head, office, leader) = submitted()
    paper = document(kept, "risk", by=drafter(kept), disclosure="on_request", ground="process")
    for who in (head, office, leader):
        actions.approve_topic(kept.pk, actor=who, now=later(days=1))
    paper.refresh_from_db()
    assert (paper.withheld_by, paper.withheld_at) == (leader.name, later(days=1))


def test_a_document_is_removed_until_it_is_public_and_removing_it_twice_does_no_harm():
    kept = topic()
    paper, public = document(kept), document(kept, "basis")
    assert actions.publish_documents(kept.pk, ["basis"], actor=drafter(kept), now=NOW) == 1
    assert actions.publish_documents(kept.pk, ["basis"], actor=drafter(kept), now=later(days=1)) == 0
    for _ in range(2):
        actions.remove_document(paper.pk, actor=drafter(kept), now=NOW)
    assert refused(lambda: actions.remove_document(public.pk, actor=drafter(kept), now=NOW)) == "published"
    actions.remove_document(public.pk, actor=actor(government(), Role.CLERK), now=NOW)
    assert [each.published_at for each in TopicDocument.objects.all()] == [NOW]


def test_what_was_submitted_with_the_declaration_is_not_removed_unless_another_stands_in_its_place():
    kept = approved()
    draft = kept.documents.get(kind="draft")
    assert refused(lambda: actions.remove_document(draft.pk, actor=drafter(kept), now=NOW)) == "submitted"
    document(kept, "draft", words="新草案")
    actions.remove_document(draft.pk, actor=drafter(kept), now=NOW)
    assert kept.documents.filter(kind="draft").count() == 1


def test_only_open_documents_are_published():
    kept = topic()
    document(kept, disclosure="closed", ground="law")
    assert actions.publish_documents(kept.pk, ["draft"], actor=drafter(kept), now=NOW) == 0


def test_the_database_refuses_an_unknown_state_and_a_number_given_twice():
    kept, _ = submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=kept.pk).update(state="lost")
    other = topic(kept.department)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=other.pk).update(year=2026, number=kept.number)


def test_answered_steps_and_rows_have_names():
    kept = complete(is_major=True, major_category="policy", exclusion="")
    answer_steps(kept, by=drafter(kept))
    assert StatutoryStep.objects.filter(topic=kept).count() == 5
    names = [
        str(kept),
        str(kept.focus_areas.first()),
        str(kept.forms.first()),
        str(kept.audiences.first()),
        str(kept.kind_label),
        str(kept.state_label),
    ]
    assert names == ["清河区老旧小区加装电梯补助实施办法", "城市治理", "代表列席", "社会公众 2", "政府常务会议", "起草中"]


@pytest.mark.parametrize("lists", [{"focus_areas": ["moon"]}, {"forms": ["secretly"]}, {"audiences": {"ghosts": (1, "why")}}])
def test_a_word_nobody_knows_never_becomes_part_of_a_declaration(lists):
    row = topic()
    with pytest.raises(ValueError, match="nobody knows"):
        actions.save_declaration(row.pk, actor=drafter(row), now=NOW, lists=Lists(**lists))
    assert (row.focus_areas.count(), row.forms.count(), row.audiences.count()) == (0, 0, 0)
