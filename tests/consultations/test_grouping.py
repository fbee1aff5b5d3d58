"""Grouping, merging, moving and answering: wherever opinions go, each has at most one place and the numbers are right."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.consultations import actions, published, queries
from mingtang.consultations.actions.receiving import bump
from mingtang.consultations.models import AdoptionReport, Consultation, Opinion, OpinionGroup, Tally
from mingtang.consultations.rules.adoption import GroupFact, Places, ReportFacts, may_answer, may_publish_report, may_submit_report
from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Role
from mingtang.platform.clock import closing_of
from mingtang.platform.figures.lookup import figures_for
from tests.factories.consultations import CLOSES, closed, moderator, withhold
from tests.factories.platform import NOW, actor
from tests.factories.refusing import codes, refused

pytestmark = pytest.mark.django_db
AFTER = closing_of(CLOSES)
REASON = "财政承受不了，改为分三年补助到位。"


def ids_of(row: Consultation) -> list[int]:
    return list(Opinion.objects.filter(consultation=row).order_by("pk").values_list("pk", flat=True))


def grouped(opinions: int = 4):
    row, clerk = closed(opinions=opinions)
    ids = ids_of(row)
    half = len(ids) // 2
    one = actions.group_opinions(row.pk, ids[:half], actor=clerk, now=AFTER, title="提高补助")
    two = actions.group_opinions(row.pk, ids[half:], actor=clerk, now=AFTER, title="简化手续")
    return row, clerk, ids, one, two


def test_merging_moves_every_opinion_and_the_empty_group_goes():
    _row, clerk, ids, one, two = grouped()
    into = actions.merge_groups(one.pk, two.pk, actor=clerk, now=AFTER)
    assert (into.pk, into.opinions_count, into.people_count, into.title) == (two.pk, 4, 4, "简化手续")
    assert set(into.opinions.values_list("pk", flat=True)) == set(ids)
    assert not OpinionGroup.objects.filter(pk=one.pk).exists()
    with refused("same"):
        actions.merge_groups(two.pk, two.pk, actor=clerk, now=AFTER)
    with refused("gone"):
        actions.merge_groups(two.pk, one.pk, actor=clerk, now=AFTER)


def test_a_group_is_split_by_taking_out_and_by_grouping_elsewhere():
    row, clerk, ids, one, two = grouped()
    assert actions.remove_from_group(row.pk, ids[:1], actor=clerk, now=AFTER) == 1
    assert queries.places(row.pk).homeless == 1
    moved = actions.group_opinions(row.pk, ids[:1], actor=clerk, now=AFTER, group_id=two.pk)
    assert (moved.pk, moved.opinions_count) == (two.pk, 3)
    one.refresh_from_db()
    assert one.opinions_count == 1
    assert actions.remove_from_group(row.pk, ids[1:2], actor=clerk, now=AFTER) == 1
    assert not OpinionGroup.objects.filter(pk=one.pk).exists()


def test_a_group_is_renamed_and_keeps_a_title():
    _row, clerk, _ids, one, _two = grouped()
    assert actions.rename_group(one.pk, " 补助再高些 ", actor=clerk, now=AFTER).title == "补助再高些"
    with refused("title"):
        actions.rename_group(one.pk, " ", actor=clerk, now=AFTER)


def test_a_single_reply_takes_an_opinion_out_of_its_group_and_grouping_takes_the_reply_back():
    row, clerk, ids, one, two = grouped()
    assert actions.answer_opinions(row.pk, ids[:1], actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON) == 1
    one.refresh_from_db()
    assert one.opinions_count == 1
    actions.group_opinions(row.pk, ids[:1], actor=clerk, now=AFTER, group_id=two.pk)
    back = Opinion.objects.get(pk=ids[0])
    assert (back.verdict, back.reason, back.group_id) == ("", "", two.pk)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"title": " "}, "title"), ({"group_id": 0}, "gone"), ({"group_id": 999_999}, "gone")],
)
def test_a_group_needs_a_title_or_must_be_there(fields, code):
    row, clerk = closed(opinions=1)
    with refused(code):
        actions.group_opinions(row.pk, ids_of(row), actor=clerk, now=AFTER, **fields)
    assert not OpinionGroup.objects.exists()


def test_a_group_of_nothing_but_withheld_opinions_is_refused():
    row, clerk = closed(opinions=1)
    ids = ids_of(row)
    withhold(row, ids, now=AFTER, code="abuse")
    with refused("nothing"):
        actions.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="空组")
    assert not OpinionGroup.objects.exists()


def test_the_office_signs_after_the_head_and_either_returns_the_report():
    row, clerk, _ids, one, two = grouped()
    for each in (one, two):
        actions.answer_group(each.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON)
    actions.save_report(row.pk, actor=clerk, now=AFTER, intro="说明")
    actions.submit_report(row.pk, actor=clerk, now=AFTER)
    office, head = actor(row.government, Role.OFFICE), actor(row.government, Role.HEAD, within=row.topic.department)
    with refused("role"):
        actions.sign_report(row.pk, actor=office, now=AFTER)
    with refused("role"):
        actions.return_report(row.pk, actor=clerk, now=AFTER, reason="补")
    for who in (head, office):
        assert actions.return_report(row.pk, actor=who, now=AFTER, reason="补写").state == "closed"
        assert actions.submit_report(row.pk, actor=clerk, now=AFTER).state == "report_drafted"
    assert actions.sign_report(row.pk, actor=head, now=AFTER, remark="同意").state == "report_drafted"
    with refused("role"):
        actions.sign_report(row.pk, actor=head, now=AFTER)
    assert actions.sign_report(row.pk, actor=office, now=AFTER).state == "report_approved"
    chain = AdoptionReport.objects.get(consultation=row).chain
    assert [(each.role, each.person_id, each.remark) for each in chain.steps.all()] == [
        ("head", head.person_id, "同意"),
        ("office", office.person_id, ""),
    ]
    assert actions.return_report(row.pk, actor=head, now=AFTER, reason="再改").state == "closed"
    assert AdoptionReport.objects.get(consultation=row).chain is None


def test_a_consultation_marked_as_reported_without_a_report_has_no_public_one():
    row, _clerk = closed()
    Consultation.objects.filter(pk=row.pk).update(state="reported", reported_at=AFTER)
    assert published.report(row.government_id, row.pk) is None


def test_counters_that_do_not_change_are_not_begun():
    row, _clerk = closed()
    bump(row.pk, Counter({("all", ""): 0, ("channel", "paper"): 2}))
    bump(row.pk, Counter({("channel", "paper"): 3}))
    assert list(Tally.objects.filter(consultation=row).values_list("dimension", "key", "number")) == [("channel", "paper", 5)]


def facts(**changes) -> ReportFacts:
    kept = {
        "places": Places(2, 1, 1, 0),
        "people": 100,
        "groups": (GroupFact("组", 1, 1, "adopted", ""),),
        "unanswered_singles": 0,
        "intro": "说明",
        "signed": True,
    }
    return ReportFacts(**{**kept, **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"places": Places(3, 1, 1, 0)}, "homeless"),
        ({"groups": (GroupFact("组", 1, 1, "", ""),)}, "no_verdict"),
        ({"groups": (GroupFact("组", 1, 1, "not_adopted", ""),)}, "no_reason"),
        ({"groups": (GroupFact("组", 99, 99, "not_adopted", "没钱"),)}, "short_reason"),
        ({"unanswered_singles": 2}, "single_reason"),
        ({"signed": False}, "unsigned"),
    ],
)
def test_the_gate_of_the_report_names_each_unmet_duty_and_opens_when_all_are_met(changes, code):
    figures = figures_for(1, NOW.date())
    assert may_publish_report(facts(), figures)
    refusal = may_publish_report(facts(**changes), figures)
    assert codes(refusal) == [code]
    assert all(str(each.remedy) and each.clause for each in refusal.refusals)


def test_a_report_goes_to_signature_with_an_introduction_and_an_answer_is_one_of_the_verdicts():
    figures = figures_for(1, NOW.date())
    assert codes(may_submit_report(facts(intro=" "), figures)) == ["no_intro"]
    assert may_submit_report(facts(signed=False), figures)
    assert codes(may_answer("maybe", "", is_concentrated=False, figures=figures)) == ["verdict"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["group", "into", "merge", "out", "answer", "withhold", "restore", "rename", "verdict"]),
        st.sets(st.integers(0, 4), min_size=1),
        st.integers(0, 3),
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_after_any_sequence_of_moves_each_opinion_has_at_most_one_place_and_the_counts_are_right(steps):  # noqa: C901 - one branch an act
    row, clerk = closed(opinions=5)
    who, ids = moderator(row), ids_of(row)
    for name, chosen, n in steps:
        some = [ids[each] for each in sorted(chosen)]
        groups = list(OpinionGroup.objects.filter(consultation=row).order_by("pk").values_list("pk", flat=True))
        here = groups[n % len(groups)] if groups else 0
        there = groups[(n + 1) % len(groups)] if groups else 0
        try:
            match name:
                case "group":
                    actions.group_opinions(row.pk, some, actor=clerk, now=AFTER, title=f"组{n}")
                case "into":
                    actions.group_opinions(row.pk, some, actor=clerk, now=AFTER, group_id=here)
                case "merge":
                    actions.merge_groups(here, there, actor=clerk, now=AFTER)
                case "out":
                    actions.remove_from_group(row.pk, some, actor=clerk, now=AFTER)
                case "answer":
                    actions.answer_opinions(row.pk, some, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON)
                case "withhold":
                    withhold(row, some, now=AFTER, code="abuse")
                case "restore":
                    actions.restore_opinion(some[0], actor=who, now=AFTER, reason="看错了")
                case "rename":
                    actions.rename_group(here, "改名", actor=clerk, now=AFTER)
                case _:
                    actions.answer_group(here, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON)
        except Refused as refusal:
            assert str(refusal.decision.reason)  # noqa: PT017 - a refusal is one of the two good ends
    places = queries.places(row.pk)
    rows = Opinion.objects.filter(consultation=row)
    assert sum(bool(each.group_id) + bool(each.verdict) + (each.state == "withheld") > 1 for each in rows) == 0
    homeless = sum(not (each.group_id or each.verdict or each.state == "withheld") for each in rows)
    assert (places.received, places.homeless) == (5, homeless)
    for group in OpinionGroup.objects.filter(consultation=row).annotate(
        n=Count("opinions"), people=Count("opinions__author_key", distinct=True)
    ):
        assert (group.opinions_count, group.people_count) == (group.n, group.people)
        assert group.n > 0
