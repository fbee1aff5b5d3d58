"""A published answer changes in the open only: old and new words, the reason, a version, and the log and the authors are told."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from mingtang.consultations import actions
from mingtang.consultations.actions.packing import build_archive
from mingtang.consultations.models import Opinion, OpinionContact, OpinionGroup, ReportCorrection, Tally
from mingtang.consultations.published.exporting import archive_of
from mingtang.consultations.queries.inspecting import recount
from mingtang.engines.ledger.recount import check_export
from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Role
from mingtang.platform.jobs.runner import run_due
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import clerk_person, opened, opinion
from tests.factories.ledger import AFTER, reported
from tests.factories.platform import acting, actor, person

pytestmark = pytest.mark.django_db
BETTER = "经再次测算，今年可以先补一半，另一半明年安排，结果在年底公布，请大家监督。"


def asked(**options: Any) -> tuple[ReportCorrection, Any, Any]:
    row, clerk, _rows = reported(**options)
    group = OpinionGroup.objects.get(consultation=row)
    answer = actions.AnswerIn("partly", BETTER, "budget", "", "第三条")
    made = actions.ask_correction(row.pk, actor=clerk, now=AFTER, answer=answer, why="原答复测算有误", group_id=group.pk)
    return made, row, clerk


def page(path: str) -> str:
    return Client().get(path, follow=True).content.decode()


def test_nothing_public_changes_before_somebody_else_approves():
    made, row, clerk = asked()
    before = OpinionGroup.objects.get(consultation=row)
    assert (before.verdict, made.state, made.number) == ("not_adopted", "waiting", None)
    assert BETTER not in page(f"/consultations/{row.pk}/report/")
    both = person(row.government, Role.OFFICE)
    ReportCorrection.objects.filter(pk=made.pk).update(asked_by=both)
    with pytest.raises(Refused) as refused:
        actions.publish_correction(made.pk, actor=acting(both), now=AFTER)
    assert refused.value.decision.code == "own_work"
    with pytest.raises(Refused) as refused:
        actions.publish_correction(made.pk, actor=clerk, now=AFTER)
    assert refused.value.decision.code == "role"


def test_an_approved_correction_shows_old_and_new_counts_anew_and_tells_the_log_and_the_authors(tmp_path: Any):
    made, row, _clerk = asked()
    said = Opinion.objects.filter(group=made.group).order_by("pk").first()
    assert said is not None
    OpinionContact.objects.update_or_create(opinion=said, defaults={"email": "a@example.org", "consent_at": AFTER})
    old = OpinionGroup.objects.get(pk=made.group_id).reason
    logged = LedgerEntry.objects.filter(government=row.government).count()
    done = actions.publish_correction(made.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    run_due(AFTER)
    group = OpinionGroup.objects.get(pk=made.group_id)
    assert (done.state, done.number, group.verdict, group.reason, group.reason_code) == ("published", 2, "partly", BETTER, "budget")
    text = page(f"/consultations/{row.pk}/report/")
    for words in ("第 2 版", old, BETTER, "原答复测算有误", "财力暂不能承担"):
        assert words in text
    assert LedgerEntry.objects.filter(government=row.government).count() > logged
    assert [each.subject_line for each in Notice.objects.filter(template="consultations/email/corrected.txt")] == [
        f"给您的答复有更正：{row}"
    ]
    assert counted(row.pk) == dict(recount(row.pk))
    assert "财力暂不能承担" in page(f"/consultations/{row.pk}/analysis/")
    assert [line for line in page(f"/consultations/{row.pk}/analysis.csv").splitlines() if line.startswith("理由类别")] == [
        f"理由类别,财力暂不能承担,,{group.opinions_count}"
    ]
    told = json.loads(b"".join(Client().get(f"/consultations/{row.pk}/report.json").streaming_content))
    assert told["version"] == 2
    assert told["corrections"][0]["changes"][0] == {"field": "处理", "before": "未采纳", "after": "部分采纳"}
    build_archive(row.pk, now=AFTER)
    with zipfile.ZipFile(io.BytesIO(archive_of(row.pk).read_bytes())) as packed:
        packed.extractall(tmp_path / "unpacked")
    found = check_export(next((tmp_path / "unpacked").iterdir()))
    assert [each.en for each in found.all if each.kind == "broken"] == []


def counted(consultation_id: int) -> dict[tuple[str, str], int]:
    rows = Tally.objects.filter(consultation_id=consultation_id).exclude(number=0)
    return {(dimension, key): number for dimension, key, number in rows.values_list("dimension", "key", "number")}


def test_the_verdict_of_a_single_reply_is_corrected_and_counted():
    row, clerk, _rows = reported()
    single = Opinion.objects.filter(consultation=row, group=None).exclude(verdict="").get()
    answer = actions.AnswerIn("covered", "草案第五条已经写明，无须再改。")
    made = actions.ask_correction(row.pk, actor=clerk, now=AFTER, answer=answer, why="看漏了第五条", opinion_id=single.pk)
    actions.publish_correction(made.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    single.refresh_from_db()
    assert (single.verdict, single.reason) == ("covered", "草案第五条已经写明，无须再改。")
    assert counted(row.pk) == dict(recount(row.pk))
    assert "看漏了第五条" in page(f"/consultations/{row.pk}/report/")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"why": ""}, "no_why"),
        ({"answer": actions.AnswerIn("partly", "短")}, "short_reason"),
        ({"answer": actions.AnswerIn("not_adopted", BETTER, "law")}, "no_law"),
        ({"answer": actions.AnswerIn("not_adopted", BETTER, "whim")}, "reason_code"),
        ({"group_id": 999999}, "gone"),
    ],
)
def test_a_correction_is_refused_with_its_reason(given: dict[str, Any], code: str, settings: Any):
    row, clerk, _rows = reported()
    group = OpinionGroup.objects.get(consultation=row)
    OpinionGroup.objects.filter(pk=group.pk).update(people_count=50)
    asks = {"answer": actions.AnswerIn("partly", BETTER), "why": "有误", "group_id": group.pk, **given}
    with pytest.raises(Refused) as refused:
        actions.ask_correction(row.pk, actor=clerk, now=AFTER, **asks)
    assert refused.value.decision.code == code


def test_the_same_answer_and_a_second_correction_while_one_waits_are_refused():
    made, row, clerk = asked()
    group = OpinionGroup.objects.get(consultation=row)
    with pytest.raises(Refused) as refused:
        actions.ask_correction(row.pk, actor=clerk, now=AFTER, answer=actions.AnswerIn("adopted"), why="改采纳", group_id=group.pk)
    assert refused.value.decision.code == "waiting"
    actions.refuse_correction(made.pk, actor=actor(row.government, Role.OFFICE), now=AFTER, reason="测算没有错")
    same = actions.AnswerIn(group.verdict, group.reason, group.reason_code, group.legal_ref, group.landed_in)
    with pytest.raises(Refused) as refused:
        actions.ask_correction(row.pk, actor=clerk, now=AFTER, answer=same, why="改采纳", group_id=group.pk)
    assert refused.value.decision.code == "same"


def test_withholding_after_publication_is_a_version_of_its_own():
    row, _clerk, _rows = reported()
    said = Opinion.objects.filter(consultation=row, state="shown").order_by("pk").first()
    assert said is not None
    first, second = (actor(row.government, Role.MODERATOR) for _ in range(2))
    actions.propose_withholding(row.pk, [said.pk], actor=first, now=AFTER, code="abuse", note="")
    actions.confirm_withholding(row.pk, [said.pk], actor=second, now=AFTER)
    made = ReportCorrection.objects.get(consultation=row)
    assert (made.kind, made.opinions, made.number, made.state) == ("withheld", 1, 2, "published")
    assert "意见改为依法不显示" in page(f"/consultations/{row.pk}/report/")


def test_the_clerk_asks_and_the_office_publishes_in_the_browser(client: Client):
    row, _clerk, _rows = reported()
    group = OpinionGroup.objects.get(consultation=row)
    client.force_login(clerk_person(row))
    url = f"/workspace/consultations/{row.pk}/report/correct/?group={group.pk}"
    assert group.reason in client.get(url).content.decode()
    typed = {"verdict": "partly", "reason": BETTER, "reason_code": "law", "legal_ref": "", "landed_in": "", "why": "有误"}
    again = client.post(url, typed).content.decode()
    assert "还没有写是哪一条" in again
    assert BETTER in again
    answer = client.post(url, {**typed, "legal_ref": "《城市道路管理条例》第十条"}, follow=True)
    made = ReportCorrection.objects.get(consultation=row)
    assert "待批准" in answer.content.decode()
    office = person(row.government, Role.OFFICE)
    client.force_login(office)
    assert "批准采纳报告的更正" in client.get("/workspace/").content.decode()
    here = f"/workspace/consultations/{row.pk}/report/corrections/{made.pk}/"
    assert "批准并公布" in client.get(here).content.decode()
    client.post(f"{here}publish/")
    made.refresh_from_db()
    assert (made.state, made.number) == ("published", 2)
    report = client.get(f"/workspace/consultations/{row.pk}/report/").content.decode()
    assert "签署经过" in report
    assert "通知信正在排队" in report
    assert "通知信正在排队" in client.get(here).content.decode()
    said = Opinion.objects.filter(group=group).order_by("pk").first()
    OpinionContact.objects.update_or_create(opinion=said, defaults={"email": "a@example.org", "consent_at": AFTER})
    run_due(AFTER)
    assert "通知信已写完：1 封" in client.get(here).content.decode()


def test_one_opinion_of_a_group_gets_words_of_its_own_and_only_its_author_and_the_open_data_show_them(client: Client):
    row, clerk = opened()
    one, two = (opinion(row, words, shown=True) for words in ("补助太少", "补助太少，申请在哪里交"))
    actions.group_opinions(row.pk, [one.pk, two.pk], actor=clerk, now=AFTER, title="提高补助")
    client.force_login(clerk_person(row))
    client.post(f"/workspace/consultations/{row.pk}/opinions/{two.pk}/own-reply/", {"text": "申请交到区政务大厅三号窗口。"})
    two.refresh_from_db()
    assert two.own_reply == "申请交到区政务大厅三号窗口。"
    with pytest.raises(Refused) as refused:
        actions.add_own_reply(row.pk, two.pk, actor=clerk, now=AFTER, text="字" * 2001)
    assert refused.value.decision.code == "too_long"
    actions.remove_from_group(row.pk, [two.pk], actor=clerk, now=AFTER)
    two.refresh_from_db()
    assert two.own_reply == ""
    with pytest.raises(Refused) as refused:
        actions.add_own_reply(row.pk, two.pk, actor=clerk, now=AFTER, text="另外")
    assert refused.value.decision.code == "no_group"
