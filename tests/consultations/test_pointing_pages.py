"""The pages on which points are put and read: the opinion at the desk, the group, the receipt, the report and its data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mingtang.consultations import actions
from mingtang.consultations.models import DeskStep, Opinion
from mingtang.consultations.published import fate
from mingtang.consultations.published.exporting import write_export
from mingtang.engines.ledger.recount import check_export
from mingtang.platform.actor import Role
from mingtang.platform.ledger.sequencing import sequence_all
from tests.consultations.test_exporting import edit, refreshed
from tests.consultations.test_pointing import LOW, NOISE, points, several
from tests.factories.ledger import AFTER, REASON, finished, reported
from tests.factories.platform import person

pytestmark = pytest.mark.django_db


def shown(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture(autouse=True)
def after(settings):
    settings.MINGTANG_CLOCK = f"{__name__}.clock"


def clock():
    return AFTER


def desk(row) -> Client:
    client = Client()
    client.force_login(person(row.government, Role.CLERK, within=row.topic.department))
    return client


def test_a_clerk_puts_a_sentence_or_copied_words_into_another_group_and_takes_it_back():
    row, _clerk, said, _amount, noise = several()
    client, here = desk(row), f"/workspace/consultations/{row.pk}/opinions/{said.pk}/"
    page = client.get(here)
    assert f'value="{NOISE}"' in page.content.decode()
    put = client.post(f"{here}points/", {"point_sentence": NOISE, "point_group": noise.pk})
    assert (put["Location"], points(said)) == (f"{here}#points", [(noise.pk, NOISE)])
    client.post(f"{here}points/", {"point_quote": LOW, "point_group": "", "point_title": "低层补偿"})
    assert [words for _group, words in points(said)] == [NOISE, LOW]
    assert "“施工噪声谁来管？” 归入 管好噪声" in shown(client.get(here))
    group = shown(client.get(f"/workspace/consultations/{row.pk}/grouping/{noise.pk}/"))
    assert ("另有 1 条意见说到" in group, "“施工噪声谁来管？”" in group, "这条意见归入“提高补助”" in group) == (True, True, True)
    client.post(f"{here}points/{noise.pk}/remove/")
    assert [words for _group, words in points(said)] == [LOW]


def test_a_refused_point_says_why_and_keeps_what_was_typed():
    row, _clerk, said, _amount, noise = several()
    client, here = desk(row), f"/workspace/consultations/{row.pk}/opinions/{said.pk}/points/"
    wrong = client.post(here, {"point_quote": "没有说过的话", "point_group": noise.pk, "point_title": "新题"})
    page = wrong.content.decode()
    assert (wrong.status_code, "原文里没有这几个字" in page, "制度 2.1" in shown(wrong)) == (409, True, True)
    assert ('value="没有说过的话"' in page, 'value="新题"' in page, f'value="{noise.pk}" selected' in page) == (True, True, True)
    late = client.post(here, {"point_sentence": NOISE, "point_group": noise.pk, "seen": "0"})
    assert (late.status_code, points(said)) == (409, [])


def test_the_receipt_shows_each_point_with_its_groups_answer_and_the_report_how_many():
    row, clerk, said, amount, noise = several()
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    actions.add_point(row.pk, said.pk, NOISE, **who, group_id=noise.pk)
    left = list(Opinion.objects.filter(consultation=row, group=None).values_list("pk", flat=True))
    actions.group_opinions(row.pk, left, **who, group_id=amount.pk)
    actions.answer_group(amount.pk, **who, verdict="not_adopted", reason=REASON)
    actions.answer_group(noise.pk, **who, verdict="adopted", landed_in="第四条")
    assert fate(row.government_id, said.receipt, AFTER).points == ()
    finished(row, clerk)
    (point,) = fate(row.government_id, said.receipt, AFTER).points
    assert (point.words, point.group, str(point.verdict), point.landed_in) == (NOISE, "管好噪声", "采纳", "第四条")
    receipt = shown(Client().get(f"/r/{said.receipt}/"))
    assert "“施工噪声谁来管？” 采纳 由“管好噪声”一组答复 落在 第四条" in receipt
    assert "1 人，另有 1 条意见说到" in shown(Client().get(f"/consultations/{row.pk}/report/"))
    data = json.loads("".join(part.decode() for part in Client().get(f"/consultations/{row.pk}/report.json").streaming_content))
    assert [each["points"] for each in data["groups"] if each["title"] == "管好噪声"] == [1]


def test_the_export_holds_points_and_one_in_no_group_or_taken_away_breaks_it(tmp_path: Path):
    row, _clerk, rows = reported()
    sequence_all(AFTER)
    write_export(row.pk, tmp_path / "whole", now=AFTER)
    lines = [json.loads(each) for each in (tmp_path / "whole" / "opinions.jsonl").read_text().splitlines()]
    at = next(n for n, each in enumerate(lines) if each["points"])
    assert (lines[at]["place"], lines[at]["points"]) == ("single", f"{rows[0].group_id or lines[0]['group']}:0-2")
    assert check_export(tmp_path / "whole").good
    for points_now, why in (("999:0-2", "a point of it is in a group that is not there"), ("", "is not as the report in the log says")):
        edit(tmp_path / "whole", "opinions.jsonl", at, points=points_now)
        refreshed(tmp_path / "whole", row)
        broken = "\n".join(each.en for each in check_export(tmp_path / "whole").all if each.kind == "broken")
        assert why in broken


def test_a_step_with_a_point_is_undone_from_the_desk():
    row, clerk, said, _amount, noise = several()
    actions.add_point(row.pk, said.pk, NOISE, actor=clerk, now=AFTER, group_id=noise.pk)
    step = DeskStep.objects.get(consultation=row, kind="point")
    desk(row).post(f"/workspace/consultations/{row.pk}/grouping/steps/{step.pk}/undo/")
    assert points(said) == []
