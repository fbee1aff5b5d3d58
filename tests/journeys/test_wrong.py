"""Wrong input answers with a sentence that says what to do, and keeps what was typed."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.journey
SAY = "/consultations/3/say/"


def _opinion(visitors, **fields):
    citizen = visitors.citizen()
    citizen.open(SAY)
    citizen.unfold("依据、附件、代表谁提、收答复的邮箱（都可不填）", "Sources, attachments, for whom")
    if fields:
        citizen.fill(**fields)
    citizen.press("提交，领回执", "Send and get a receipt")
    return citizen


def test_an_empty_opinion_names_what_is_missing(visitors):
    citizen = _opinion(visitors)
    citizen.sees("有 2 处需要改，填过的都还在")
    citizen.fill(stance="for", text="   ")
    citizen.press("提交，领回执", "Send and get a receipt")
    citizen.sees("有 1 处需要改，填过的都还在")
    assert citizen.main.locator("[name=stance][value=for]").is_checked()


def test_a_file_that_is_too_large_is_named_and_the_words_stay(visitors, tmp_path):
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7\n" + b"0" * (21 * 1024 * 1024))
    citizen = _opinion(visitors, stance="for", text="附一份大文件。", uploads=large)
    citizen.refused("超过上限 20 MB", "20 MB")
    assert citizen.page.input_value("[name=text]") == "附一份大文件。"


def test_a_disguised_file_is_named_and_the_words_stay(visitors, tmp_path):
    disguised = tmp_path / "photo.jpg"
    disguised.write_bytes(b"MZ" + b"\0" * 200)
    citizen = _opinion(visitors, stance="for", text="附一张照片。", uploads=disguised)
    citizen.refused("photo.jpg", "photo.jpg")
    assert citizen.page.input_value("[name=text]") == "附一张照片。"


def test_more_files_than_allowed_are_named(visitors, tmp_path):
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("附件", encoding="utf-8")
    citizen = _opinion(visitors, stance="for", text="附四份。", uploads=sorted(tmp_path.glob("*.txt")))
    citizen.sees("一次最多 3 个文件。")
    assert citizen.page.input_value("[name=text]") == "附四份。"


def test_a_wrong_address_is_named(visitors):
    citizen = _opinion(visitors, stance="for", text="邮箱写错了。", email="nobody@")
    citizen.sees("有 1 处需要改，填过的都还在")
    assert citizen.page.input_value("[name=email]") == "nobody@"


def test_a_wrong_receipt_keeps_the_code_and_says_what_to_check(visitors):
    citizen = visitors.citizen()
    citizen.open("/r/")
    citizen.fill(code="QH-0000-0000-0000")
    citizen.press("查询", "Find")
    citizen.sees("没有这个回执号。请核对是否抄漏")
    assert citizen.page.input_value("#rcpt[aria-invalid]") == "QH-0000-0000-0000"
    answer = citizen.page.goto("/r/QH-0000-0000-0000/")
    assert answer is not None
    assert answer.status == 404
    citizen.sees("没有这个回执号。")


def test_a_lost_link_of_an_invitation_says_whom_to_call(visitors):
    citizen = visitors.citizen()
    answer = citizen.page.goto("/invitation/no-such-link/")
    assert answer is not None
    assert answer.status == 404
    citizen.sees("请打电话")


def test_a_consultation_that_is_over_takes_nothing_and_leads_back(visitors):
    citizen = visitors.citizen()
    citizen.open("/consultations/1/say/")
    citizen.sees("不再收意见")
    citizen.follow("回到草案", "Back to the draft")


def test_a_form_sent_without_its_token_says_what_happened(visitors):
    citizen = visitors.citizen()
    citizen.open(SAY)
    citizen.fill(stance="for", text="放了一夜。")
    citizen.page.context.clear_cookies()
    citizen.press("提交，领回执", "Send and get a receipt")
    citizen.sees("页面放得太久，没有提交成功")
    citizen.page.go_back()
    assert citizen.page.input_value("[name=text]") == "放了一夜。"


def test_a_wrong_password_says_so_and_keeps_the_name(visitors):
    clerk = visitors.citizen()
    clerk.open("/accounts/login/")
    clerk.fill(login="zhao", password="not-this-one")
    clerk.press("登录", "Sign in")
    clerk.sees("密码")
    assert clerk.page.input_value("[name=login]") == "zhao"


def test_extending_without_a_reason_keeps_the_day(visitors):
    clerk = visitors("he")
    clerk.open("/workspace/consultations/3/")
    clerk.unfold("延长期限", "Extend")
    clerk.fill(closes_on="2031-01-31")
    clerk.press("延长", "Extend")
    clerk.sees("填过的都还在")
    assert clerk.page.input_value("[name=closes_on]") == "2031-01-31"
    clerk.fill(closes_on="2020-01-31", reason="写错了年份。")
    clerk.press("延长", "Extend")
    clerk.refused("只能延长，不能缩短", "not shortened")
    assert clerk.page.input_value("[name=reason]") == "写错了年份。"


def test_a_single_answer_that_is_refused_keeps_its_words_and_its_ticks(visitors):
    clerk = visitors("he")
    clerk.open("/workspace/consultations/3/grouping/")
    clerk.main.locator("[name=opinion]").first.check()
    clerk.unfold("单独答复选中的", "Answer the selected singly")
    clerk.fill(verdict="not_adopted", landed_in="第二条")
    clerk.press("单独答复", "Answer")
    clerk.refused("要说明理由", "needs a reason")
    assert clerk.page.input_value("[name=landed_in]") == "第二条"
    assert clerk.main.locator("[name=verdict][value=not_adopted]").is_checked()
    assert clerk.main.locator("[name=opinion]").first.is_checked()
