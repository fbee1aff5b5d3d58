"""Taking part on the site: the form with and without script, the receipt's page, its downloads and its limits."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO

import pytest
from django.test import Client, RequestFactory
from pypdf import PdfReader

from mingtang.consultations import actions
from mingtang.consultations.actions.sketching import sketch_opinions
from mingtang.consultations.models import Consultation, Opinion, OpinionContact
from mingtang.platform.actor import Role
from mingtang.platform.documents.official import Slip, slip_pdf
from mingtang.platform.web.proof import BITS, challenge, solved
from tests.consultations.test_portal import page, say, words
from tests.consultations.test_taking import figure, third
from tests.factories.consultations import clerk_person, closed, moderator, opened, opinion
from tests.factories.platform import NOW, TODAY, person

pytestmark = pytest.mark.django_db


def act(code: str, what: str, client: Client | None = None, **typed):
    return (client or Client()).post(f"/r/{code}/{what}/", typed)


# the form


def test_without_script_one_chooses_a_sentence_or_copies_words():
    row, _clerk = opened()
    form = words(page(f"/consultations/{row.pk}/say/?clause={third(row)}"))
    assert "每台电梯补助二十万元。" in form
    say(row, clause=str(third(row)), sentence="0")
    say(row, clause=str(third(row)), sentence="0", quote="二十万元", quote_start="6", proposed="三十万元", token="t2")
    assert list(Opinion.objects.order_by("pk").values_list("quote", "proposed")) == [
        ("每台电梯补助二十万元。", ""),
        ("二十万元", "三十万元"),
    ]
    wrong = say(row, clause=str(third(row)), quote="免费", token="t3")
    assert wrong.status_code == 409
    assert "没有引用的这几句" in words(wrong)
    assert "免费" in words(wrong)
    whole = page(f"/consultations/{row.pk}/say/").content.decode()
    assert 'name="sentence"' not in whole


def test_the_public_page_shows_quotation_change_source_and_mark():
    row, _clerk = opened()
    given = {"quote": "二十万元", "proposed": "三十万元", "source_url": "https://example.org/a", "clause": str(third(row))}
    say(row, **given, on_behalf="organisation", organisation="幸福里业委会")
    actions.show_opinions(row.pk, [Opinion.objects.get().pk], actor=moderator(row), now=NOW)
    html = page(f"/consultations/{row.pk}/opinions/").content.decode()
    assert "<del>二十万元</del><ins>三十万元</ins>" in html
    assert 'href="https://example.org/a" rel="nofollow ugc noopener noreferrer"' in html
    assert "单位意见" in html
    assert "幸福里业委会" in html


def test_a_personal_detail_is_warned_of_once_and_may_be_sent():
    row, _clerk = opened()
    warned = say(row, text="请打13812345678找我")
    assert warned.status_code == 200
    assert "138████5678" in words(warned)
    assert "请打13812345678找我" in warned.content.decode()
    assert not Opinion.objects.exists()
    assert say(row, text="请打13812345678找我", anyway="1").status_code == 302
    actions.show_opinions(row.pk, [Opinion.objects.get().pk], actor=moderator(row), now=NOW)
    assert "13812345678" not in words(page(f"/consultations/{row.pk}/opinions/"))


def test_the_real_name_stands_in_front_only_where_it_is_asked():
    row, _clerk = opened()
    figure(row, "opinion.real_name", value=True)
    refused = say(row)
    assert refused.status_code == 409
    assert "本政府规定提意见须留姓名" in words(refused)
    assert say(row, name="王小明").status_code == 302


def test_similar_opinions_are_offered_and_joined_in_one_step():
    row, _clerk = opened()
    first = opinion(row, "我觉得每台电梯的补助太少了", clause_id=third(row), shown=True)
    sketch_opinions()
    url = f"/consultations/{row.pk}/similar/"
    client = Client()
    offered = client.post(url, {"text": "每台电梯的补助太少了", "clause": str(third(row))})
    assert f'name="same_as" value="{first.pk}"' in offered.content.decode()
    assert client.get(url).content.strip() == b""
    assert client.post("/consultations/999/similar/", {"text": "好"}).status_code == 404
    sent = say(row, client, same_as=str(first.pk), text="", stance="", clause=str(third(row)))
    made = Opinion.objects.latest("pk")
    assert sent["Location"] == f"/r/{made.receipt}/?new=1"
    assert (made.same_as_id, made.text) == (first.pk, first.text)
    assert "赞同已有意见" in words(client.get(sent["Location"]))
    Consultation.objects.filter(pk=row.pk).update(state="closed")
    assert client.post(url, {"text": "每台电梯的补助太少了", "clause": str(third(row))}).content.strip() == b""


# the check for robots


def answer_to(asked: str) -> str:
    number = 0
    while int.from_bytes(sha256(f"{asked}:{number}".encode()).digest()[:4], "big") >> (32 - BITS):
        number += 1
    return f"{asked}:{number}"


def test_the_check_is_asked_over_a_rate_only_and_whoever_has_no_script_is_marked():
    row, _clerk = opened()
    figure(row, "opinion.check_per_hour", 1)
    client = Client()
    assert "data-challenge" not in client.get(f"/consultations/{row.pk}/say/").content.decode()
    say(row, client, token="a")
    asked = re.search(r'data-challenge="([^"]+)"', client.get(f"/consultations/{row.pk}/say/").content.decode())[1]
    say(row, client, token="b", text="机器想不到的话", proof=answer_to(asked))
    sent = say(row, client, token="c", text="没有脚本也能提")
    assert list(Opinion.objects.order_by("pk").values_list("marks", flat=True)) == ["", "", "unchecked"]
    told = words(client.get(sent["Location"]))
    assert "已收下并计数" in told
    assert "没有完成人机校验" in told


def test_an_answer_is_good_once_for_one_address_and_two_hours():
    row, _clerk = opened()

    def request(address: str = "10.0.0.1", later: int = 0):
        made = RequestFactory().get("/", REMOTE_ADDR=address)
        made.government, made.now = row.government, NOW.replace(hour=NOW.hour + later)
        return made

    asked = challenge(request())
    answer = answer_to(asked)
    assert not solved(request("10.0.0.2"), answer)
    assert not solved(request(later=3), answer)
    assert not solved(request(), f"{asked}x:1")
    assert not solved(request(), "")
    assert not solved(request(), f"{asked}:{'9' * 99}")
    assert not solved(request(), f"{asked}:{int(answer.rpartition(':')[2]) + 1}")
    assert solved(request(), answer)
    assert not solved(request(), answer)


# the receipt


def test_the_receipt_comes_as_text_and_as_pdf_in_both_languages():
    row, _clerk = opened()
    said = opinion(row, "补助太少了", clause_id=third(row), quote="二十万元")
    text = page(f"/r/{said.receipt}/receipt.txt")
    assert text["Content-Disposition"] == f'attachment; filename="{said.receipt}.txt"'
    for each in (said.receipt, "补助太少了", "二十万元", "第三条", f"/r/{said.receipt}/"):
        assert each in text.content.decode()
    pdf = PdfReader(BytesIO(page(f"/en/r/{said.receipt}/receipt.pdf").content))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Receipt of an opinion"
    assert said.receipt in pdf.pages[0].extract_text()
    assert page("/r/QH-0000-0000-0000/receipt.pdf").status_code == 404


def test_the_same_slip_gives_the_same_bytes():
    slip = Slip("回执", "清河区", "回执号", "QH-1", [("原文", "好"), ("空", "")], "凭号查看", "https://example.org/r/QH-1/", TODAY)
    assert slip_pdf(slip) == slip_pdf(slip)


def test_somebody_adds_and_withdraws_with_the_receipt_alone():
    row, _clerk = opened()
    said = opinion(row)
    shown = words(page(f"/r/{said.receipt}/"))
    assert "补充几句" in shown
    assert "没有留下姓名、电话或邮箱" in shown
    empty = act(said.receipt, "add", text="", token="t")
    assert "请填写这一项" in words(empty)
    for _twice in range(2):
        assert act(said.receipt.lower(), "add", text="再补一句", token="t")["Location"] == f"/r/{said.receipt.lower()}/?done=add"
    more = Opinion.objects.get(adds_to=said)
    assert more.receipt in words(page(f"/r/{said.receipt}/?done=add"))
    assert said.receipt in words(page(f"/r/{more.receipt}/"))
    for _twice in range(2):
        assert act(said.receipt, "withdraw").status_code == 302
    gone = words(page(f"/r/{said.receipt}/?done=withdraw"))
    assert "提出人撤回" in gone
    assert "补助太少了" not in gone
    assert "提出人撤回" in words(page(f"/consultations/{row.pk}/opinions/"))


def test_somebody_has_personal_data_deleted_with_the_receipt_alone():
    row, _clerk = opened()
    said = opinion(row, name="王小明", phone="13800000000")
    assert "删除我的个人信息" in words(page(f"/r/{said.receipt}/"))
    assert act(said.receipt, "erase").status_code == 302
    assert not OpinionContact.objects.exists()
    assert "没有留下姓名、电话或邮箱" in words(page(f"/r/{said.receipt}/?done=erase"))


def test_whether_the_reply_answered_is_counted_on_the_report_and_seen_by_the_department():
    row, _clerk = closed(opinions=1)
    said = Opinion.objects.get()
    assert act(said.receipt, "helped", answer="yes", why="").status_code == 409
    actions.save_report(row.pk, actor=_clerk, now=NOW, intro="说明")
    Consultation.objects.filter(pk=row.pk).update(state="reported", reported_at=NOW)
    assert "请填写这一项" in words(act(said.receipt, "helped", answer="", why="没选"))
    assert act(said.receipt, "helped", answer="no", why="没说到点上").status_code == 302
    assert "没说到点上" in page(f"/r/{said.receipt}/").content.decode()
    report = words(page(f"/consultations/{row.pk}/report/"))
    assert "0 人说答复了，1 人说没有答复" in report
    assert "没说到点上" not in report
    client = Client()
    client.force_login(clerk_person(row))
    desk = words(client.get(f"/workspace/consultations/{row.pk}/opinions/{said.pk}/"))
    assert "没说到点上" in desk


def test_a_receipt_does_only_so_much_an_hour_and_nothing_unknown():
    row, _clerk = opened()
    said = opinion(row)
    figure(row, "opinion.receipt_per_hour", 1)
    assert act(said.receipt, "erase").status_code == 302
    slowed = act(said.receipt, "withdraw")
    assert slowed.status_code == 409
    assert "一小时内从这里已提交 1 次" in words(slowed)
    assert Client().get(f"/r/{said.receipt}/withdraw/")["Location"] == f"/r/{said.receipt}/"
    assert act(said.receipt, "explode").status_code == 404
    assert act("QH-0000-0000-0000", "erase").status_code in {404, 409}


def test_the_moderator_sees_marks_quotation_and_can_look_at_the_marked_alone():
    row, _clerk = opened()
    figure(row, "opinion.campaign_same", 2)
    opinion(row, "坚决反对", clause_id=third(row), quote="二十万元", proposed="三十万元", source_url="https://example.org/a")
    first = opinion(row, "坚决反对")
    opinion(row, "说点别的", on_behalf="helper", adds_to=first, marks=("unchecked",))
    client = Client()
    client.force_login(person(row.government, Role.MODERATOR))
    url = f"/workspace/consultations/{row.pk}/opinions/"
    whole, marked = words(client.get(url)), words(client.get(f"{url}?marked=1"))
    for each in ("文字相同的意见较多", "引用：二十万元", "建议改成：三十万元", "帮写"):
        assert each in whole
    assert "说点别的" in marked
    detail = words(client.get(f"{url}{Opinion.objects.latest('pk').pk}/"))
    assert "帮写" in detail
    assert "没有完成人机校验" in detail
