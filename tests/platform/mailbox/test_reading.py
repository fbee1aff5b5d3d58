"""What mails say, read from the bytes that people's programs and machines really send."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from mingtang.platform.mailbox.boxes import boxes_in
from mingtang.platform.mailbox.cutting import own_words_end
from mingtang.platform.mailbox.fetching import folder_name
from mingtang.platform.mailbox.reading import MOST_CHARACTERS, read_letter
from mingtang.platform.mailbox.words import decoded, said_by
from tests.factories.mails import PDF, mail

SAID = "每台电梯补助二十万元不够，建议提高到三十万元。"


def said(raw: bytes) -> str:
    letter = read_letter(raw)
    return letter.text[: letter.own_end]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_words_are_read_in_the_coding_they_are_written_in(charset):
    letter = read_letter(mail(SAID, "关于补助标准", sender="张三丰 <z@example.org>", charset=charset))
    assert (letter.text, letter.subject, letter.sender, letter.sender_name) == (SAID, "关于补助标准", "z@example.org", "张三丰")


def test_traditional_characters_are_read_in_big5():
    words = "每臺電梯補助二十萬元不夠，建議提高。"
    assert read_letter(mail(words, charset="big5")).text == words


def test_a_coding_that_is_named_wrongly_is_not_believed():
    body = "㙍䶮，镕".encode("gb18030")  # characters that GB2312 lacks, under its name
    raw = b'From: a@example.org\r\nContent-Type: text/plain; charset="GB2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    assert read_letter(raw + body).text == "㙍䶮，镕"
    unnamed = b"From: a@example.org\r\nSubject: " + "补助的标准太低了".encode("gbk") + b"\r\n\r\n" + SAID.encode("gbk")
    assert (read_letter(unnamed).subject, read_letter(unnamed).text) == ("补助的标准太低了", SAID)
    assert decoded(b"\xfd\xff\xfa broken", "no-such-coding").endswith("broken")
    assert decoded("好".encode(), "us-ascii") == "好"


def test_a_subject_cut_in_the_middle_of_a_character_is_put_together():
    whole = "关于征求意见".encode("gb2312")
    pieces = [base64.b64encode(each).decode() for each in (whole[:5], whole[5:])]
    raw = f"From: a@example.org\r\nSubject: =?gb2312?B?{pieces[0]}?=\r\n =?gb2312?B?{pieces[1]}?=\r\n\r\nx".encode()
    assert read_letter(raw).subject == "关于征求意见"


def test_of_two_ways_to_say_the_same_the_plain_one_is_taken():
    assert read_letter(mail(SAID, html=f"<p>{SAID}</p>")).text == SAID


def test_html_alone_is_read_as_lines():
    html = (
        "<html><head><style>p{}</style><title>无</title></head><body><p>第一条&nbsp;太少</p><div>一<br>二</div>"
        "<ul><li>甲</li><li>乙</li></ul><table><tr><td>左</td><td>右</td></tr></table><script>x()</script>"
        '<blockquote>原文<p>一句</p></blockquote><img src="cid:1" alt="照片"></body></html>'
    )
    wanted = "第一条 太少\n一\n二\n· 甲\n· 乙\n左 右\n> 原文\n> 一句\n[照片]"
    assert (said_by(html), read_letter(mail("", html=html)).text) == (wanted, wanted)


def test_html_that_never_ends_says_what_it_says():
    assert said_by("a < b <!-- c --> d <!-- e <p>f <![CDATA[ g <a h") == "a < b d e\nf <![CDATA[ g <a h"


def test_related_parts_beside_plain_words_say_nothing_twice_and_their_pictures_are_kept():
    made = MIMEMultipart("alternative")
    made["From"] = "a@example.org"
    related = MIMEMultipart("related")
    related.attach(MIMEText(f"<p>{SAID}</p>", "html", "utf-8"))
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", "image", "png", cid="<1>")
    related.attach(picture)
    made.attach(MIMEText(SAID, "plain", "utf-8"))
    made.attach(related)
    letter = read_letter(made.as_bytes())
    assert (letter.text, [(each.name, each.content) for each in letter.attached]) == (SAID, [("part-3.png", b"\x89PNG")])


def test_what_hangs_on_a_mail_is_read_with_its_chinese_name():
    letter = read_letter(mail(files=(("意见书.pdf", PDF), ("表.xlsx", b"PK"))))
    assert [(each.name, each.content) for each in letter.attached] == [("意见书.pdf", PDF), ("表.xlsx", b"PK")]
    named = "=?gb2312?B?" + base64.b64encode("意见书.pdf".encode("gb2312")).decode() + "?="  # what Outlook and Foxmail write
    old = f'From: a@example.org\r\nContent-Type: application/pdf; name="{named}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    assert [each.name for each in read_letter(old.encode() + base64.b64encode(PDF)).attached] == ["意见书.pdf"]


def test_a_mail_inside_a_mail_is_an_attachment():
    outer, inner = EmailMessage(), EmailMessage()
    inner["Subject"] = "里面"
    inner.set_content("内")
    outer["From"] = "a@example.org"
    outer.set_content("外")
    outer.add_attachment(inner)
    letter = read_letter(outer.as_bytes())
    assert (letter.text, [each.name for each in letter.attached]) == ("外", ["mail-2.eml"])


@pytest.mark.parametrize(
    "rest",
    [
        "\n-- \n张三\n某某街道 1 号\n",
        "\n\n发自我的iPhone\n",
        "\n\n-----原始邮件-----\n发件人: 区政府\n内容\n",
        '\n\n------------------ 原始邮件 ------------------\n发件人: "区政府"\n',
        "\n\n在 2026年11月24日，区住建局 写道：\n> 草案\n>\n> 第二条\n",
        "\n\nOn Tue, 24 Nov 2026 at 09:00, Qinghe <a@example.org> wrote:\n> draft\n",
        "\n\n发件人：区住建局\n发送时间：2026年11月24日\n收件人：我\n主题：草案\n\n草案全文\n",
        "\n> 引用的草案\n> 第二条\n\n",
        "\n\n-----Original Message-----\n您好\n> 更早的引文\n谢谢\n",
        "\n\n-- \n张三\n在 2026年11月24日，区住建局 写道：\n> 草案\n",
    ],
)
def test_what_is_quoted_or_signed_at_the_end_is_told_apart_and_kept(rest):
    letter = read_letter(mail(SAID + rest))
    assert (letter.text[: letter.own_end], letter.text[letter.own_end :].strip()) == (SAID, rest.strip())


@pytest.mark.parametrize(
    "whole",
    [
        "> 第二条 四层以上\n应改为三层以上。\n> 第三条 二十万\n应为三十万。",
        "> 只有引文\n> 没有别的话",
        "From: 我想说从一楼开始。",
        "在 2026年11月24日，区住建局 写道：\n> 草案\n我不同意。",
        "一\n\n________\n" + "\n".join(f"第{n}行意见" for n in range(20)),
        "",
    ],
)
def test_answers_between_quoted_lines_and_texts_of_nothing_else_are_left_whole(whole):
    assert own_words_end(whole) == len(whole)


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "reply"),
        ({"Auto_Submitted": "no"}, ""),
        ({"X_Autoreply": "yes"}, "reply"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<x.example.org>"}, "list"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"X_Failed_Recipients": "a@example.org"}, "bounce"),
        ({"sender": "MAILER-DAEMON@example.org"}, "bounce"),
        ({"sender": ""}, "bounce"),
        ({"sender": "noreply@example.org"}, "machine"),
        ({"X_Mingtang_Notice": "7", "Auto_Submitted": "auto-generated"}, "own"),
        ({}, ""),
    ],
)
def test_mail_that_nobody_wrote_is_known(heads, why):
    assert read_letter(mail(**heads)).automatic == why


def test_a_bounce_in_parts_is_known():
    made = MIMEMultipart("report", report_type="delivery-status")
    made["From"] = "post@example.org"
    made.attach(MIMEText("undeliverable"))
    assert read_letter(made.as_bytes()).automatic == "bounce"


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"", ()),
        (b"\x00\xff\xfe", ("broken",)),
        (b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nwords, and no end", ("broken",)),
        (b"From: a@example.org\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!", ("broken",)),
        (b"From: a@example.org\r\nContent-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\nx\r\n--x--", ("encrypted",)),
        (b"Subject: =?utf-8?B?!!?=\r\nContent-Type: text/plain; charset*=x''%ff\r\n\r\nx", ()),
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw, faults):
    letter = read_letter(raw)
    assert (letter.faults, letter.size) == (faults, len(raw))


def test_a_mail_of_which_only_the_beginning_came_and_one_far_too_long_say_so():
    assert (read_letter(mail(), whole_size=10**9).faults, read_letter(mail(), whole_size=10**9).size) == (("cut",), 10**9)
    long = read_letter(mail("长" * (MOST_CHARACTERS + 5)))
    assert (len(long.text), long.faults) == (MOST_CHARACTERS, ("long",))
    many = MIMEMultipart()
    many["From"] = "a@example.org"
    for _n in range(300):
        many.attach(MIMEText("x"))
    assert read_letter(many.as_bytes()).faults == ("parts",)


def test_a_mailbox_is_known_by_where_it_is_and_never_prints_its_password():
    line = "imaps://yijian%40qinghe.cn:a%3Ab%2F%40@mail.qinghe.cn/%E6%84%8F%E8%A7%81 imap://me:x@127.0.0.1:1143/?address=a@b.cn#b.cn"
    first, second = boxes_in(line)
    assert (first.user, first.password, first.port, first.folder, first.address) == (
        "yijian@qinghe.cn", "a:b/@", 993, "意见", "yijian@qinghe.cn",
    )  # fmt: skip
    assert (second.address, second.host_name, second.folder, second.port) == ("a@b.cn", "b.cn", "INBOX", 1143)
    assert ("a:b/@" in f"{first!r}{first}", first.key == second.key, boxes_in("")) == (False, False, ())


@pytest.mark.parametrize(
    "line",
    [
        "http://a:geheim@x/",
        "imaps://a@x/",
        "imaps://:geheim@x/",
        "imaps://a:geheim@/",
        "imaps://a:geheim@x:99999/",
        "imaps://a:geheim@x/?address=b",
    ],
)
def test_what_is_no_mailbox_is_refused_without_saying_its_password(line):
    with pytest.raises(ValueError, match="MINGTANG_IMAP_URL") as found:
        boxes_in(line)
    assert "geheim" not in str(found.value)


def test_folder_names_are_written_as_imap_writes_them():
    names = ["INBOX", "台北", "~peter/mail/台北/日本語", "A&B", 'a"b']
    assert [folder_name(each) for each in names] == ["INBOX", "&U,BTFw-", "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "A&-B", 'a\\"b']
