"""Administrators keep the house running and see none of its business."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, Role
from mingtang.publishing import actions
from tests.factories.held import STARTS, held
from tests.factories.platform import person

pytestmark = pytest.mark.django_db


def statuses(over, role: Role) -> set[int]:
    """How the pages of a draft, its document and the minutes answer somebody with one role."""
    row = actions.draft_release(over.topic.pk, actor=over.clerk, now=STARTS, kind="result", title="未公布的结果", body="通过。")
    kept = actions.attach_file(row.pk, actor=over.clerk, now=STARTS, upload=b"# text", file_name="a.md", title="正文", number="1")
    client = Client()
    client.force_login(person(over.home, role, within=over.department if role in {Role.CLERK, Role.HEAD} else None))
    minutes = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    pages = ("/workspace/releases/", "/workspace/releases/new/", f"/workspace/releases/{row.pk}/", minutes)
    answers = [client.get(page) for page in (*pages, f"/workspace/releases/{row.pk}/files/{kept.pk}/")]
    answers.append(client.post(f"{minutes}suggestions/", {"text": "x"}))
    for answer in answers:
        answer.close()  # the document is streamed
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_an_administrator_is_refused_drafts_and_minutes(role):
    assert statuses(held(), role) == {409}


@pytest.mark.parametrize("role", sorted(BUSINESS_ROLES))
def test_everybody_with_a_business_role_reads_them(role):
    assert statuses(held(), role) == {200}
