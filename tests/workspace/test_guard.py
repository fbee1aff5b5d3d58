"""The page of findings: who sees it, what it shows, clearing one with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.consultations.actions import return_review, save_consultation, submit_review
from mingtang.consultations.models import Consultation
from mingtang.platform.actor import Role
from mingtang.platform.guard.holding import recount
from mingtang.platform.guard.models import Clearance, Hold
from mingtang.workspace.desk import desk_of
from tests.factories.consultations import NOTICE, reviewed
from tests.factories.platform import NOW, TODAY, acting, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return reviewed(ways=f"{NOTICE['ways']}\n联系人老李 13805510001", summary="投诉 0551-65555555")[0]


def signed_in(who) -> Client:
    client = Client(HTTP_HOST=who.government.host)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(row) -> str:
    return f"/workspace/guard/consultation/{row.pk}/"


def test_a_reviewer_clears_a_finding_with_a_reason(row):
    client = signed_in(person(row.government, Role.EDITOR_1))
    shown = client.get(url(row))
    words = shown.content.decode()
    assert shown.status_code == 200
    assert "联系人老李 138████0001" in words
    assert "13805510001" not in words
    mark = shown.context["stops"][0].fingerprint
    kept = client.post(url(row), {"fingerprint": mark, "reason": " "})
    assert kept.status_code == 409
    assert "放行要写明理由" in kept.content.decode()
    done = client.post(url(row), {"fingerprint": mark, "reason": "值守手机"}, follow=True)
    assert done.redirect_chain == [(url(row), 302)]
    assert "已放行这一处" in done.content.decode()
    assert "没有挡住公开的问题" in done.content.decode()
    assert Clearance.objects.get().reason == "值守手机"


def test_whoever_wrote_it_sees_the_findings_but_no_way_to_clear_them(row):
    shown = signed_in(
        row.prepared_by if row.prepared_by.assignments.exists() else person(row.government, Role.CLERK, within=row.topic.department)
    ).get(url(row))
    assert "138████0001" in shown.content.decode()
    assert "放行这一处" not in shown.content.decode()


def test_the_page_speaks_english(row):
    words = signed_in(person(row.government, Role.SECRECY)).get(f"/en{url(row)}").content.decode()
    assert "Mobile number" in words
    assert "Remarks that stop nothing" in words


def test_others_are_told_whose_page_it_is(row):
    assert signed_in(person(row.government, Role.AUDITOR)).get(url(row)).status_code == 409
    assert signed_in(person(row.government, Role.EDITOR_1)).get("/workspace/guard/rumour/1/").status_code == 409


@pytest.mark.parametrize("role", [Role.EDITOR_1, Role.OFFICE])
def test_the_consultations_page_says_how_it_stands(row, role):
    words = signed_in(person(row.government, role)).get(f"/workspace/consultations/{row.pk}/").content.decode()
    assert "发布检查：1 处还没有处理" in words
    assert url(row) in words


def told(who) -> list[tuple[str, str]]:
    items = desk_of(acting(who), NOW).waiting
    return [(each.title.within("en"), each.url) for each in items if "/guard/" in each.url]


def test_what_is_sent_with_findings_waits_on_the_desks_of_those_who_may_clear_them_until_they_are_cleared(row):
    editor, secrecy = person(row.government, Role.EDITOR_1), person(row.government, Role.SECRECY)
    assert told(editor) == told(secrecy) == [("1 places to clear before publishing", url(row))]
    assert told(person(row.government, Role.OFFICE)) == told(row.prepared_by) == []
    client = signed_in(editor)
    assert "公开前有 1 处要放行或退回修改" in client.get("/workspace/").content.decode()
    mark = client.get(url(row)).context["stops"][0].fingerprint
    client.post(url(row), {"fingerprint": mark, "reason": "值守手机"})
    assert told(editor) == told(secrecy) == []
    assert not Hold.objects.exists()


def test_an_author_who_also_reviews_is_not_told_of_what_they_made(row):
    made = row.prepared_by
    made.assignments.create(role=Role.EDITOR_2, since_on=TODAY)
    assert told(made) == []
    assert told(person(row.government, Role.EDITOR_2)) != []


def test_what_is_sent_back_waits_on_no_desk_and_is_counted_anew_when_it_comes_again(row):
    editor = person(row.government, Role.EDITOR_3)
    clerk = acting(row.prepared_by, Role.CLERK, within=row.topic.department)
    again = {"actor": clerk, "now": NOW}
    return_review(row.pk, actor=acting(editor), now=NOW, reason="请删去手机号码")
    assert told(editor) == []
    save_consultation(row.pk, **again, ways=NOTICE["ways"])
    submit_review(row.pk, **again)
    assert told(editor) == []


def test_the_sweep_counts_again_what_is_held(row):
    Consultation.objects.filter(pk=row.pk).update(ways=f"{row.ways}，或 13905510002")
    assert (recount(NOW), Hold.objects.get().stops) == (1, 2)
    Hold.objects.create(government=row.government, subject_kind="version", subject_id=0, title="删去的一稿", stops=1, counted_at=NOW)
    Hold.objects.create(government=row.government, subject_kind="release", subject_id=0, title="删去的发布件", stops=1, counted_at=NOW)
    Consultation.objects.filter(pk=row.pk).update(ways=NOTICE["ways"])
    assert recount(NOW) == 0
