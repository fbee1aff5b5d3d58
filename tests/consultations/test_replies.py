"""One paragraph for groups that asked different things is pointed out, and stops nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.consultations import actions, queries
from mingtang.consultations.models import OpinionGroup
from mingtang.consultations.rules.replies import same_paragraph
from tests.consultations.test_grouping import AFTER, REASON, grouped
from tests.factories.consultations import clerk_person

OTHER = "窗口已经合并，材料由五份减为两份，七月起办理。"


def test_a_reason_is_the_same_whatever_its_signs_and_nearly_the_same_with_a_word_changed():
    long = "财政承受不了一次补齐，改为分三年补助到位，每年安排不少于三分之一，并在年底公布到位的情况和名单，接受大家监督。"
    assert same_paragraph(REASON, f" {REASON.replace('，', ',')}")
    assert same_paragraph(long, long.replace("大家", "群众"))
    assert not same_paragraph(REASON, OTHER)
    assert not same_paragraph("已采纳。", "已采纳。")
    assert not same_paragraph(REASON, REASON + long)


@pytest.mark.django_db
def test_a_group_names_the_others_that_got_its_paragraph_and_no_group_elsewhere():
    _row, clerk, _ids, one, two = grouped()
    answers = {"actor": clerk, "now": AFTER, "verdict": "not_adopted"}
    assert queries.answered_alike(one) == []
    actions.answer_group(one.pk, reason=REASON, **answers)
    same = actions.answer_group(two.pk, reason=REASON, **answers)
    assert (same.reason, queries.answered_alike(same)) == (REASON, [one])
    assert queries.answered_alike(actions.answer_group(two.pk, reason=OTHER, **answers)) == []


@pytest.mark.django_db
def test_the_clerk_sees_which_groups_have_the_same_reason_and_the_answer_is_kept(client: Client):
    row, clerk, _ids, one, two = grouped()
    actions.answer_group(one.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON)
    client.force_login(clerk_person(row))
    here = f"/workspace/consultations/{row.pk}/grouping/{two.pk}/"
    typed = {"verdict": "not_adopted", "reason": REASON}
    answer = client.post(here, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    shown = client.get(here).content.decode()
    assert "同一段理由也答复了：" in shown
    assert f'/grouping/{one.pk}/">提高补助</a>' in shown
    assert OpinionGroup.objects.get(pk=two.pk).reason == REASON
    elsewhere = client.post(here, typed | {"reason": OTHER})
    assert elsewhere.headers["Location"].endswith("/grouping/")
    assert "同一段理由" not in client.get(here).content.decode()
