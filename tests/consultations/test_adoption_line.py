"""The main line of answering: no opinion without a place, no report without reasons and signatures."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mingtang.consultations import actions, published, queries
from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.platform.actor import Role
from mingtang.platform.clock import closing_of
from tests.factories.consultations import CLOSES, closed, withhold
from tests.factories.platform import acting, actor, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
AFTER = closing_of(CLOSES)
REASON = "财政承受不了，改为分三年补助到位。"


def answered(opinions: int = 6) -> tuple[Consultation, object, list[int]]:
    """A closed consultation whose opinions are in one group, in one single reply and withheld."""
    row, clerk = closed(opinions=opinions)
    ids = list(Opinion.objects.filter(consultation=row).order_by("pk").values_list("pk", flat=True))
    actions.group_opinions(row.pk, ids[:-2], actor=clerk, now=AFTER, title="补助太少")
    group = OpinionGroup.objects.get(consultation=row)
    actions.answer_group(group.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON, legal_ref="", landed_in="")
    actions.answer_opinions(row.pk, ids[-2:-1], actor=clerk, now=AFTER, verdict="adopted", reason="", landed_in="第三条")
    withhold(row, ids[-1:], now=AFTER, code="advertising")
    return row, clerk, ids


def test_a_report_is_published_only_when_every_opinion_has_its_place_and_both_have_signed():
    row, clerk = closed(opinions=6)
    actions.save_report(row.pk, actor=clerk, now=AFTER, intro="收到六条意见。", number="清住建〔2027〕1号")
    with refused("homeless"):
        actions.submit_report(row.pk, actor=clerk, now=AFTER)
    ids = list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    actions.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="补助太少")
    group = OpinionGroup.objects.get()
    assert (group.opinions_count, group.people_count) == (6, 6)
    with refused("no_verdict"):
        actions.submit_report(row.pk, actor=clerk, now=AFTER)
    with refused("no_reason"):
        actions.answer_group(group.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason="", legal_ref="", landed_in="")
    with refused("short_reason"):
        actions.answer_group(group.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason="没钱", legal_ref="", landed_in="")
    actions.answer_group(group.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON, legal_ref="", landed_in="")
    assert actions.submit_report(row.pk, actor=clerk, now=AFTER).state == "report_drafted"
    with refused("wrong_state"):
        actions.publish_report(row.pk, actor=clerk, now=AFTER)
    with refused("wrong_state"):
        actions.rename_group(group.pk, "改名", actor=clerk, now=AFTER)
    head = acting(person(row.government, Role.HEAD, within=row.topic.department))
    actions.sign_report(row.pk, actor=head, now=AFTER)
    actions.sign_report(row.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    assert actions.publish_report(row.pk, actor=clerk, now=AFTER).state == "reported"


def test_every_opinion_stands_in_exactly_one_place():
    row, _clerk, _ids = answered()
    places = queries.places(row.pk)
    assert (places.received, places.grouped, places.single, places.withheld, places.homeless) == (6, 4, 1, 1, 0)


def test_the_published_report_can_be_recounted_and_each_author_reads_the_answer():
    row, clerk, ids = answered()
    Opinion.objects.filter(pk=ids[0]).update(text="=HYPERLINK() 打13812345678")
    actions.save_report(row.pk, actor=clerk, now=AFTER, intro="收到六条意见。")
    actions.submit_report(row.pk, actor=clerk, now=AFTER)
    before = published.fate(row.government_id, Opinion.objects.get(pk=ids[0]).receipt, AFTER)
    assert before is not None
    assert not before.verdict
    assert not before.reason
    assert Client().get(f"/consultations/{row.pk}/report/").status_code == 404
    actions.sign_report(row.pk, actor=acting(person(row.government, Role.HEAD, within=row.topic.department)), now=AFTER)
    actions.sign_report(row.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    actions.publish_report(row.pk, actor=clerk, now=AFTER)
    report = re.sub(r"<[^>]+>", " ", Client().get(f"/consultations/{row.pk}/report/").content.decode())
    assert REASON in report
    assert "补助太少" in report
    counts = published.adoption_counts([row.topic_id])[row.topic_id]
    assert (counts.adopted, counts.not_adopted, counts.withheld, counts.total) == (1, 4, 1, 6)
    table = b"".join(Client().get(f"/consultations/{row.pk}/report/opinions.csv").streaming_content).decode()
    assert len(table.strip().splitlines()) == 7
    assert "'=HYPERLINK" in table
    assert "13812345678" not in table
    lines = b"".join(Client().get(f"/consultations/{row.pk}/report/opinions.jsonl").streaming_content).decode()
    assert len(lines.strip().splitlines()) == 6
    after = published.fate(row.government_id, Opinion.objects.get(pk=ids[0]).receipt, AFTER)
    assert after is not None
    assert (str(after.verdict), after.reason, after.group) == ("未采纳", REASON, "补助太少")


def test_grouping_only_withheld_opinions_is_refused_and_leaves_no_empty_group():
    row, clerk = closed(opinions=1)
    ids = [Opinion.objects.get().pk]
    withhold(row, ids, now=AFTER, code="advertising")
    with refused("nothing"):
        actions.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="广告")
    assert not OpinionGroup.objects.exists()
