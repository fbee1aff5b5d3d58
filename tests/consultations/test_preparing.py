"""From an approved matter to the closing of its consultation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingtang.consultations import actions, jobs, queries
from mingtang.consultations.actions.preparing import ClauseIn, close_due
from mingtang.consultations.models import Clause, Consultation, Extension, PublicReview
from mingtang.platform.actor import Role
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.clock import at_hour, closing_of
from mingtang.platform.web.models import PageVersion
from mingtang.topics.models import TopicDocument
from tests.factories.consultations import (
    CLAUSES,
    CLOSES,
    EFFECTS,
    NOTICE,
    begun,
    complete,
    in_review,
    moderator,
    opened,
    opinion,
    reviewed,
    reviewers,
)
from tests.factories.platform import NOW, actor, department, government, later
from tests.factories.refusing import refused
from tests.factories.topics import approved, document, drafter, topic

pytestmark = pytest.mark.django_db


def fresh(row: Consultation) -> Consultation:
    return Consultation.objects.get(pk=row.pk)


def test_only_an_approved_matter_is_consulted_on():
    made = topic(department(government()))
    with refused("not_approved"):
        actions.begin_consultation(made.pk, actor=drafter(made), now=NOW)
    assert not Consultation.objects.exists()


def test_beginning_twice_gives_the_same():
    row, clerk = begun()
    assert actions.begin_consultation(row.topic_id, actor=clerk, now=NOW).pk == row.pk
    assert row.summary == row.topic.summary
    assert row.kind == "other"


def test_another_departments_clerk_begins_nothing():
    made = approved()
    with refused("role"):
        actions.begin_consultation(made.pk, actor=actor(made.government, Role.CLERK, within=department(made.government)), now=NOW)


def test_another_government_reaches_nothing():
    row, _clerk = complete()
    elsewhere = actor(government(), Role.CLERK)
    for act in (
        lambda: actions.save_consultation(row.pk, actor=elsewhere, now=NOW, summary="改了"),
        lambda: actions.submit_review(row.pk, actor=elsewhere, now=NOW),
        lambda: actions.cancel_consultation(row.pk, actor=elsewhere, now=NOW, reason="不要了"),
    ):
        with refused("gone"):
            act()
    assert fresh(row).summary == NOTICE["summary"]


def test_a_consultation_that_is_not_there_is_named():
    clerk = actor(government(), Role.CLERK)
    with refused("gone"):
        actions.submit_review(404, actor=clerk, now=NOW)


def test_a_field_that_does_not_exist_is_an_error():
    row, clerk = begun()
    with pytest.raises(TypeError, match="state"):
        actions.save_consultation(row.pk, actor=clerk, now=NOW, state="open")


def test_the_notice_and_its_effects_are_kept():
    row, _clerk = complete()
    assert [(each.who, each.what) for each in row.effects.all()] == list(EFFECTS)
    assert row.channels == ["政府网站", "街道公告栏"]


def test_clauses_keep_their_ids_when_their_words_change():
    row, clerk = complete()
    first, second, third = row.clauses.all()
    again = [ClauseIn("第三条", "每台二十五万元。", id=third.pk), ClauseIn("第一条", first.text, id=first.pk), ClauseIn("第四条", "新的。")]
    actions.save_clauses(row.pk, again, actor=clerk, now=NOW)
    assert [(each.pk, each.label, each.position) for each in row.clauses.all()][:2] == [(third.pk, "第三条", 1), (first.pk, "第一条", 2)]
    assert not Clause.objects.filter(pk=second.pk).exists()
    assert row.clauses.count() == 3


def test_pasting_the_draft_again_keeps_plain_words_and_ids():
    row, clerk = complete()
    second = row.clauses.get(label="第二条")
    words = queries.whole_text(queries.get(row.government_id, row.pk)).replace("四层以上", "五层以上")
    parsed = actions.split_draft(row.pk, words, actor=clerk, now=NOW)
    assert not parsed.unrecognised
    kept = row.clauses.get(label="第二条")
    assert (kept.pk, kept.plain, kept.chapter) == (second.pk, "四层以上的老房子都算。", "第一章　总则")
    assert "五层以上" in kept.text
    assert row.clauses.get(label="第三条").now_text == "每台补助十五万元。"


def test_a_text_without_clauses_leaves_the_draft_as_it_was():
    row, clerk = complete()
    parsed = actions.split_draft(row.pk, "说明\n今天天气很好。", actor=clerk, now=NOW)
    assert (parsed.clauses, parsed.scheme) == ((), "none")
    assert row.clauses.count() == len(CLAUSES)


def test_a_file_is_read_into_clauses_and_the_rest_is_given_back():
    row, clerk = begun()
    words = "关于路灯的办法\n张三\n前言一段。\n第一条　为了节能。\n第二条　半夜减半。\n"
    parsed = actions.import_draft(row.pk, words.encode(), "草案.txt", actor=clerk, now=NOW)
    assert [each.label for each in row.clauses.all()] == ["第一条", "第二条"]
    assert [(each.n, each.words) for each in parsed.unrecognised] == [(2, "张三")]


def test_a_broken_file_changes_nothing():
    row, clerk = complete()
    with refused("broken"):
        actions.import_draft(row.pk, b"PK\x03\x04 nonsense", "草案.docx", actor=clerk, now=NOW)
    assert row.clauses.count() == len(CLAUSES)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"contact": ""}, "no_contact"),
        ({"summary": ""}, "no_summary"),
        ({"closes_on": date(2026, 11, 30)}, "too_short"),
        ({"effects": ()}, "no_summary"),
        ({"clauses": ()}, "no_clauses"),
    ],
)
def test_what_is_missing_is_refused_then_passes_when_mended(fields, code):
    row, clerk = complete(**fields)
    with refused(code):
        actions.submit_review(row.pk, actor=clerk, now=NOW)
    assert fresh(row).state == "preparing"
    actions.save_consultation(row.pk, actor=clerk, now=NOW, effects=EFFECTS, **NOTICE)
    actions.save_clauses(row.pk, CLAUSES, actor=clerk, now=NOW)
    assert actions.submit_review(row.pk, actor=clerk, now=NOW).state == "in_review"


def test_a_major_decision_is_not_consulted_on_as_another_kind():
    row, clerk = complete(approved(is_major=True, major_category="construction"), kind="other")
    with refused("kind"):
        actions.submit_review(row.pk, actor=clerk, now=NOW)
    actions.save_consultation(row.pk, actor=clerk, now=NOW, kind="major")
    assert actions.submit_review(row.pk, actor=clerk, now=NOW).state == "in_review"


def test_papers_that_are_not_open_do_not_count():
    row, clerk = complete()
    TopicDocument.objects.filter(topic=row.topic, kind="basis").update(disclosure="closed")
    with refused("no_basis"):
        actions.submit_review(row.pk, actor=clerk, now=NOW)
    document(row.topic, "basis", by=clerk, words="另一份依据")
    assert actions.submit_review(row.pk, actor=clerk, now=NOW)


def test_three_different_people_review_in_their_order():
    row, _clerk = in_review()
    first, second, third = reviewers(row.topic.department)
    for early in (second, third):
        with refused("role"):
            actions.give_review(row.pk, actor=early, now=NOW)
    assert actions.give_review(row.pk, actor=first, now=NOW).state == "in_review"
    with refused("role"):
        actions.give_review(row.pk, actor=first, now=NOW)
    actions.give_review(row.pk, actor=second, now=NOW)
    assert actions.give_review(row.pk, actor=third, now=NOW, remark="不涉密").state == "reviewed"
    assert list(PublicReview.objects.order_by("stage").values_list("person_id", flat=True)) == [
        first.person_id,
        second.person_id,
        third.person_id,
    ]
    with refused("wrong_state"):
        actions.give_review(row.pk, actor=third, now=NOW)


def test_one_person_with_every_role_still_needs_colleagues():
    row, _clerk = in_review()
    one = actor(row.government, Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3)
    actions.give_review(row.pk, actor=one, now=NOW)
    with refused("same_person"):
        actions.give_review(row.pk, actor=one, now=NOW)


def test_a_returned_consultation_is_reviewed_from_the_start():
    row, clerk = in_review()
    first, second, _third = reviewers(row.topic.department)
    actions.give_review(row.pk, actor=first, now=NOW)
    with refused("reason_missing"):
        actions.return_review(row.pk, actor=second, now=NOW, reason=" ")
    back = actions.return_review(row.pk, actor=second, now=NOW, reason="第三条写错了")
    assert (back.state, back.round) == ("preparing", 2)
    actions.save_consultation(row.pk, actor=clerk, now=NOW, summary="改好了")
    actions.submit_review(row.pk, actor=clerk, now=NOW)
    assert queries.waiting_stage(fresh(row)) == 1
    assert actions.give_review(row.pk, actor=first, now=NOW).state == "in_review"


def test_the_last_reviewer_may_return_what_passed():
    row, _clerk = reviewed()
    with refused("role"):
        actions.return_review(row.pk, actor=actor(row.government, Role.EDITOR_1), now=NOW, reason="不妥")
    assert actions.return_review(row.pk, actor=actor(row.government, Role.SECRECY), now=NOW, reason="涉密").state == "preparing"


def test_nothing_is_edited_under_review_or_in_public():
    for row, clerk in (in_review(), opened()):
        with refused("wrong_state"):
            actions.save_consultation(row.pk, actor=clerk, now=NOW, summary="偷改")
        with refused("wrong_state"):
            actions.save_clauses(row.pk, [], actor=clerk, now=NOW)
        with refused("wrong_state"):
            actions.split_draft(row.pk, "第一条　改。", actor=clerk, now=NOW)
        assert row.clauses.count() == len(CLAUSES)


def test_opening_publishes_draft_basis_and_explanation_at_that_moment():
    row, clerk = reviewed()
    assert not TopicDocument.objects.filter(topic=row.topic, published_at__isnull=False).exists()
    at = later(hours=2)
    made = actions.open_consultation(row.pk, actor=clerk, now=at)
    assert (made.state, made.opened_at) == ("open", at)
    published = TopicDocument.objects.filter(topic=row.topic, published_at=at)
    assert {each.kind for each in published} == {"draft", "basis", "explanation"}
    keys = set(PageVersion.objects.values_list("key", flat=True))
    assert {"home", "consultations", f"consultation:{row.pk}", f"topic:{row.topic_id}"} <= keys
    with refused("wrong_state"):
        actions.open_consultation(row.pk, actor=clerk, now=at)


def test_nobody_opens_what_was_not_reviewed():
    for row, clerk in (complete(), in_review()):
        with refused("wrong_state"):
            actions.open_consultation(row.pk, actor=clerk, now=NOW)
    row, _clerk = reviewed()
    with refused("role"):
        actions.open_consultation(row.pk, actor=moderator(row), now=NOW)


def test_opened_late_it_closes_later_and_never_earlier():
    row, clerk = reviewed(closes_on=date(2026, 12, 9))
    late = later(days=3)
    with refused("too_short"):
        actions.open_consultation(row.pk, actor=clerk, now=late)
    with refused("shorter"):
        actions.open_consultation(row.pk, actor=clerk, now=late, closes_on=date(2026, 12, 8))
    assert actions.open_consultation(row.pk, actor=clerk, now=late, closes_on=date(2026, 12, 12)).closes_on == date(2026, 12, 12)
    assert fresh(row).closes_on == date(2026, 12, 12)


def test_extending_keeps_the_reason_for_everybody():
    row, clerk = opened()
    with refused("reason_missing"):
        actions.extend_consultation(row.pk, actor=clerk, now=NOW, closes_on=CLOSES + timedelta(days=7), reason="")
    with refused("shorter"):
        actions.extend_consultation(row.pk, actor=clerk, now=NOW, closes_on=CLOSES, reason="多听几天")
    with refused("role"):
        actions.extend_consultation(row.pk, actor=moderator(row), now=NOW, closes_on=CLOSES + timedelta(days=7), reason="多听几天")
    actions.extend_consultation(row.pk, actor=clerk, now=NOW, closes_on=CLOSES + timedelta(days=7), reason="多听几天")
    kept = Extension.objects.get()
    assert (kept.closed_on_before, kept.closes_on, kept.reason) == (CLOSES, CLOSES + timedelta(days=7), "多听几天")
    with refused("over"):
        actions.extend_consultation(
            row.pk, actor=clerk, now=closing_of(CLOSES + timedelta(days=7)), closes_on=CLOSES + timedelta(days=30), reason="晚了"
        )


def test_it_closes_at_24_00_and_not_before():
    row, clerk = opened()
    with refused("too_early"):
        actions.close_consultation(row.pk, actor=clerk, now=at_hour(CLOSES, 23, 59))
    made = actions.close_consultation(row.pk, actor=clerk, now=closing_of(CLOSES) + timedelta(hours=5))
    assert (made.state, made.closed_at) == ("closed", closing_of(CLOSES))
    acts = acts_of(made).count()
    assert actions.close_consultation(row.pk, actor=clerk, now=closing_of(CLOSES) + timedelta(hours=6)).closed_at == closing_of(CLOSES)
    assert acts_of(made).count() == acts


def test_the_clock_closes_what_is_over_and_only_that():
    over, _clerk = opened()
    running, _other = opened(closes_on=CLOSES + timedelta(days=1))
    at = closing_of(CLOSES)
    jobs.close_what_is_over(at)
    assert (fresh(over).state, fresh(running).state) == ("closed", "open")
    assert close_due(at) == 0


def test_cancelling_needs_a_reason_and_lets_another_follow():
    row, clerk = opened()
    with refused("reason_missing"):
        actions.cancel_consultation(row.pk, actor=clerk, now=NOW, reason="")
    gone = actions.cancel_consultation(row.pk, actor=clerk, now=NOW, reason="上级政策有变")
    assert (gone.state, gone.cancel_reason, gone.cancelled_at) == ("cancelled", "上级政策有变", NOW)
    assert queries.listening(row.topic_id) is None
    again = actions.begin_consultation(row.topic_id, actor=clerk, now=NOW)
    assert again.pk != row.pk
    assert queries.of_topic(row.topic_id) == again
    assert actions.begin_consultation(row.topic_id, actor=clerk, now=NOW) == again


def test_what_is_closed_is_not_cancelled():
    row, clerk = opened()
    actions.close_consultation(row.pk, actor=clerk, now=closing_of(CLOSES))
    with refused("wrong_state"):
        actions.cancel_consultation(row.pk, actor=clerk, now=closing_of(CLOSES), reason="不要了")


def test_listening_gives_the_gates_their_facts():
    row, _clerk = opened()
    opinion(row, phone="13800000000")
    opinion(row, "再说一句", phone="13800000000")
    opinion(row, "另一个人")
    facts = queries.listening(row.topic_id)
    assert facts is not None
    assert (facts.consultation_id, facts.state, facts.opinions, facts.people) == (row.pk, "open", 3, 2)
    assert queries.listening(404) is None
