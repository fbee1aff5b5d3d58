"""The page of findings: who sees it, what it shows, clearing one with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.platform.actor import Role
from mingtang.platform.guard.models import Clearance
from tests.factories.consultations import NOTICE, reviewed
from tests.factories.platform import person

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
