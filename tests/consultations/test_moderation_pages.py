"""The pages of moderation: queue, opinion, receipt, public counts; as many queries at thirty rows as at one."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.consultations import actions
from mingtang.consultations.models import Appeal, Consultation, Opinion, OpinionMask
from mingtang.platform.actor import Role, stranger
from tests.factories.consultations import moderator, opened, opinion, withhold
from tests.factories.platform import NOW, person

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def staff(row: Consultation, *roles: Role) -> Client:
    client = Client()
    client.force_login(person(row.government, *roles))
    return client


def url(row: Consultation, tail: str = "") -> str:
    return f"/workspace/consultations/{row.pk}/opinions/{tail}"


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("state", ["received", "proposed", "appeals", "shown", "withheld"])
def test_the_queue_costs_the_same_at_one_and_at_thirty_and_pages_beyond(state):
    row, _clerk = opened()
    who, first = staff(row, Role.MODERATOR), moderator(row)

    def more(n: int) -> None:
        rows = [opinion(row, f"第{state}{each}条", shown=state == "shown") for each in range(n)]
        ids = [each.pk for each in rows]
        if state == "proposed":
            actions.propose_withholding(row.pk, ids, actor=first, now=NOW, code="personal_data", at_once=True)
        if state in {"appeals", "withheld"}:
            withhold(row, ids)
        if state == "appeals":
            for each in rows:
                actions.appeal_withholding(each.receipt, actor=stranger(row.government_id), now=NOW, words="为什么")

    more(1)
    one = queries_of(who, url(row, f"?state={state}"))
    more(29)
    assert queries_of(who, url(row, f"?state={state}")) == one
    more(1)
    assert "after=" in who.get(url(row, f"?state={state}")).content.decode()


def test_every_part_of_the_queue_says_when_it_is_empty():
    row, _clerk = opened()
    who = staff(row, Role.MODERATOR)
    said = {state: words(who.get(url(row, f"?state={state}"))) for state in ("received", "proposed", "appeals", "shown")}
    assert "没有等着审核的意见" in said["received"]
    assert "没有待确认的提议" in said["proposed"]
    assert "没有待复议的申诉" in said["appeals"]
    assert "这里没有意见" in said["shown"]
    assert "没有符合条件的意见" in words(who.get(url(row, "?channel=phone")))


def test_the_queue_is_narrowed_by_reason_channel_and_mark():
    row, clerk = opened()
    who = staff(row, Role.MODERATOR)
    opinion(row, "打 13812345678 找我")
    opinion(row, "纸上写的", by=clerk, channel="paper")
    gone, off = opinion(row, "骂人的话"), opinion(row, "跑题的话")
    withhold(row, [gone.pk])
    actions.propose_withholding(row.pk, [off.pk], actor=moderator(row), now=NOW, code="off_topic")
    marked = who.get(url(row, "?flagged=1")).content.decode()
    assert "<mark>138████5678</mark>" in marked
    assert "纸上写的" not in marked
    assert "打 " not in words(who.get(url(row, "?channel=paper")))
    assert "骂人的话" in words(who.get(url(row, "?state=withheld&reason=abuse")))
    assert "骂人的话" not in words(who.get(url(row, "?state=withheld&reason=empty")))
    assert "跑题的话" in words(who.get(url(row, "?state=proposed&reason=off_topic")))


def test_a_moderator_hides_at_once_and_another_rejects():
    row, _clerk = opened()
    said = opinion(row)
    first, second = staff(row, Role.MODERATOR), staff(row, Role.MODERATOR)
    act = url(row, "moderate/")
    refused = first.post(act, {"hide": "1", "opinion": said.pk, "code": "abuse", "note": "骂人"})
    assert (refused.status_code, "只有违法内容" in words(refused)) == (409, True)
    assert first.post(act, {"hide": "1", "opinion": said.pk, "code": "unlawful"}).status_code == 302
    assert "1 条已先行隐藏" in words(first.get(url(row)))
    refused = second.post(act, {"dismiss": "1", "opinion": said.pk, "state": "proposed"})
    assert (refused.status_code, "要写明理由" in words(refused)) == (409, True)
    assert second.post(act, {"dismiss": "1", "opinion": said.pk, "state": "proposed", "why": "不违法"}).status_code == 302
    assert "驳回 1 条" in words(second.get(url(row)))
    shown = words(first.get(url(row, f"{said.pk}/")))
    assert "驳回" in shown
    assert "不违法" in shown


def test_sentences_are_blacked_out_by_ticking_or_by_their_words_and_shown_again():
    row, _clerk = opened()
    said = opinion(row, "三楼老李不同意。补助太少。", shown=True, phone="138")
    opinion(row, "同一人的另一条", phone="138")
    who, page = staff(row, Role.MODERATOR), f"{url(row)}{said.pk}/"
    assert "同一人的另一条" in words(who.get(page))
    refused = who.post(f"{page}mask/", {"quote": "没有这话", "code": "personal_data", "sentence": "补助太少。"})
    assert refused.status_code == 409
    assert 'value="没有这话"' in refused.content.decode()
    assert 'value="补助太少。" checked' in refused.content.decode()
    who.post(f"{page}mask/", {"sentence": "三楼老李不同意。", "code": "personal_data"})
    assert "▇" in words(who.get(page))
    public = words(Client().get(f"/consultations/{row.pk}/opinions/"))
    assert "老李" not in public
    assert "▇ 处已遮盖：" in public
    assert "遮盖了“三楼老李不同意。”" in words(Client().get(f"/r/{said.receipt}/"))
    who.post(f"{page}masks/{OpinionMask.objects.get().pk}/undo/")
    assert "老李" in words(Client().get(f"/consultations/{row.pk}/opinions/"))


@pytest.mark.parametrize("step", ["grant", "uphold"])
def test_an_author_appeals_on_the_receipt_and_reads_the_outcome_there(step):
    row, _clerk = opened()
    said = opinion(row)
    withhold(row, [said.pk], note="请就事论事")
    anybody, receipt = Client(), f"/r/{said.receipt}/"
    before = words(anybody.get(receipt))
    assert all(each in before for each in ("侮辱、谩骂", "请就事论事", "可以申诉一次", "另一位审核人确认"))
    assert anybody.post(f"{receipt}appeal/", {"words": ""}).status_code == 200
    assert anybody.post(f"{receipt}appeal/", {"words": "没有骂人"}).status_code == 302
    assert "待复议" in words(anybody.get(receipt))
    again = anybody.post(f"{receipt}appeal/", {"words": "再问"})
    assert (again.status_code, "已经申诉过了" in words(again)) == (409, True)
    assert anybody.get(f"{receipt}appeal/").status_code == 302
    assert anybody.post("/r/QH-0000/appeal/", {"words": "为什么"}).status_code == 404
    office, made = staff(row, Role.OFFICE), Appeal.objects.get()
    assert "没有骂人" in words(office.get(url(row)))
    act = url(row, f"appeals/{made.pk}/")
    refused = office.post(act, {step: "1", "state": "appeals"})
    assert (refused.status_code, "要写明理由" in words(refused)) == (409, True)
    assert office.post(act, {step: "1", "state": "appeals", "why": "又看了一遍"}).status_code == 302
    assert "又看了一遍" in words(anybody.get(receipt))
    counts = words(anybody.get(f"/consultations/{row.pk}/"))
    assert ("申诉 1 件：维持 0，恢复显示 1" if step == "grant" else "申诉 1 件：维持 1，恢复显示 0") in counts


@pytest.mark.parametrize(("prefix", "zero"), [("", "依法不显示 0 条。申诉 0 件。"), ("/en", "0 withheld. 0 appeals.")])
def test_nothing_withheld_is_said_as_zero(prefix, zero):
    row, _clerk = opened()
    assert zero in words(Client().get(f"{prefix}/consultations/{row.pk}/"))


def test_the_open_data_say_who_decided_and_what_became_of_an_appeal():
    row, _clerk = opened()
    gone, kept = opinion(row, "骂人的话"), opinion(row, "三楼老李不同意。补助太少。", shown=True)
    withhold(row, [gone.pk])
    actions.mask_parts(kept.pk, ["三楼老李"], actor=moderator(row), now=NOW, code="personal_data")
    actions.appeal_withholding(gone.receipt, actor=stranger(row.government_id), now=NOW, words="为什么")
    Opinion.objects.filter(pk=kept.pk).update(verdict="adopted")
    Consultation.objects.filter(pk=row.pk).update(state="reported", reported_at=NOW)
    lines = b"".join(Client().get(f"/consultations/{row.pk}/report/opinions.jsonl").streaming_content).decode().splitlines()
    told = [{key: json.loads(each)[key] for key in ("text", "masked", "withheld", "withheld_by", "appeal")} for each in lines]
    assert told == [
        {"text": "", "masked": "", "withheld": "abuse", "withheld_by": 2, "appeal": "waiting"},
        {"text": "▇▇▇▇不同意。补助太少。", "masked": "personal_data", "withheld": "", "withheld_by": "", "appeal": ""},
    ]
