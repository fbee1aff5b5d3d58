"""A whole meeting handed over: forty invited over a real mail server, from the draw to everybody's answer."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from docx import Document

from mingtang.meetings import actions as meetings
from mingtang.minutes import actions as minutes
from mingtang.minutes.models import Minutes, Suggestion, Told
from mingtang.platform import events
from mingtang.platform.actor import Actor, Role, stranger
from mingtang.platform.outbox.deliver import deliver_due
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions as seats
from mingtang.representatives.actions import ApplicationIn
from mingtang.representatives.models import CheckIn, Invitation
from mingtang.representatives.rules import AUDIENCE
from mingtang.topics.actions import Lists
from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES
from tests.factories.meetings import STARTS, Planned
from tests.factories.platform import NOW, actor, department, government, person
from tests.factories.refusing import refused
from tests.factories.representatives import house_rules
from tests.factories.topics import approved, document, drafter
from tests.mailserver import Box, serving

pytestmark = pytest.mark.django_db
SEATS = {"public": (28, "住在老旧小区"), "expert": (12, "懂电梯安全")}
MOMENT = [NOW]
LATE, OVER = STARTS - timedelta(days=1), STARTS + timedelta(hours=1)
WORDS = "补助申请允许楼长代办，腿脚不便的老人不用跑窗口。"


def clock() -> datetime:
    """What the site takes as now."""
    return MOMENT[0]


class Taken(Box):
    """What the mail server took, a batch at a time."""

    def taken(self) -> list[Any]:
        """What came since it was last asked; the queue is worked off first."""
        while deliver_due(MOMENT[0]):
            pass
        new, self.mails = self.mails, []
        return new


@pytest.fixture
def box(settings: Any) -> Iterator[Taken]:
    """A mail server on this machine, the site's clock, and the reactions of the running site."""
    made = Taken()
    with serving(made) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.MINGTANG_CLOCK = f"{__name__}.clock"
        events.install(REACTIONS)
        MOMENT[0] = NOW
        yield made


def said(mail: Any) -> str:
    """The words of a mail."""
    return str(mail.get_body(("plain",)).get_content())


def link(mail: Any) -> str:
    """The personal link in a mail, as a path."""
    return re.search(r"(/invitation/[^/\s]+/)", said(mail))[1]  # type: ignore[index]  # every such mail has one


def planned() -> Planned:
    """A meeting with forty seats at its item, frozen; house rules in force."""
    of = department(government(), name="区住房和城乡建设局")
    lists = Lists(focus_areas=["governance", "welfare"], forms=["attendance", "publication"], audiences=SEATS)
    topic = approved(of, lists=lists, seats_total=40)
    document(topic, "material", by=drafter(topic))
    operator = actor(of.government, Role.OPERATOR)
    place = {"kind": "executive", "starts_at": STARTS, "place": "区政府第一会议室", "chair": "区长陈一"}
    meeting = meetings.plan_meeting(actor=operator, now=NOW, **place)
    item = meetings.add_item(meeting.pk, topic.pk, actor=operator, now=NOW)
    meetings.freeze_agenda(meeting.pk, actor=operator, now=NOW)
    office, leader = actor(of.government, Role.OFFICE), actor(of.government, Role.LEADER)
    made = Planned(of.government, of, topic, meeting, item, operator, office, leader, drafter(topic))
    house_rules(made)
    return made


def drawn(of: Planned) -> None:
    """Fifty apply, forty are drawn, reserves behind them; those drawn have their seats and are invited."""
    head, clerk = actor(of.home, Role.HEAD, within=of.department), of.clerk
    call = seats.begin_call(of.topic.pk, actor=clerk, now=NOW)
    words = {"title": "列席代表征集", "purpose": "列席会议。", "conditions": "住在本区。", "contact": "0000-0000001"}
    seats.save_call(call.pk, actor=clerk, now=NOW, **words, closes_on=CLOSES, reserves=4)
    seats.publish_call(call.pk, actor=head, now=NOW)
    for n in range(54):
        answers = {AUDIENCE: "expert" if n % 3 == 2 else "public"}
        given = ApplicationIn(name=f"报名人{n}", answers=answers, phone=f"000-{n:04d}", email=f"a{n}@example.org", of_age=True)
        seats.apply_for_seat(call.pk, given, actor=stranger(of.home.pk), now=NOW, token=f"form-{n}")
    seats.freeze_draw(call.pk, actor=clerk, now=CLOSED, randomness=SOURCE)
    seats.reveal_draw(call.pk, actor=of.operator, now=DRAWN, values=VALUES)
    seats.seat_drawn(call.pk, actor=clerk, now=DRAWN)
    seats.invite_all(of.meeting.pk, actor=of.operator, now=DRAWN)


def answered(mails: list[Any], host: str, *, decline: int = 0) -> None:
    """The people answer by their links, the first few that they cannot come."""
    for n, mail in enumerate(mails):
        given = {"decline": "1", "accepted_rules": "on", "reason": "出差"} if n < decline else {"accept": "1", "accepted_rules": "on"}
        assert Client(headers={"host": host}).post(link(mail), given).status_code == 302


def staff(of: Planned, *roles: Role, who: Actor | None = None) -> Client:
    """Somebody of the house at a browser."""
    client = Client(headers={"host": of.home.host})
    client.force_login(person(of.home, *roles), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_the_door(of: Planned) -> None:
    """All but one come; the device had no network and hands in its queue twice."""
    coming = list(Invitation.objects.filter(meeting=of.meeting, state="noticed").order_by("pk"))[1:]
    scans = [
        {"key": f"k{n}", "scanned": each.code, "inward": True, "at": (STARTS - timedelta(minutes=20) + timedelta(seconds=n)).isoformat()}
        for n, each in enumerate(coming)
    ]
    door = staff(of, Role.OPERATOR)
    for _again in range(2):
        told = door.post(
            f"/workspace/meetings/{of.meeting.pk}/checkin/sync/", json.dumps({"scans": scans}), content_type="application/json"
        )
        assert [each["reason"] for each in told.json()["done"]] == [""] * 39
    assert CheckIn.objects.filter(invitation__meeting=of.meeting).count() == 39
    seats.mark_absent(of.meeting.pk, actor=of.operator, now=STARTS)


def deliberated(of: Planned) -> list[Suggestion]:
    """The meeting runs: three suggest, the matter is decided."""
    who = {"actor": of.operator, "now": STARTS + timedelta(minutes=30)}
    meetings.begin_item(of.item.pk, **who)
    there = Invitation.objects.filter(meeting=of.meeting, state="present").order_by("pk")[:3]
    made = [minutes.record_suggestion(each.pk, **who, text=f"{WORDS}第{n}条。") for n, each in enumerate(there)]
    meetings.decide_item(of.item.pk, actor=of.operator, now=OVER, outcome="passed_in_principle", text="按会议意见修改后印发。")
    meetings.end_meeting(of.meeting.pk, actor=of.operator, now=OVER)
    return made


def issued(of: Planned, made: list[Suggestion]) -> None:
    """Suggestions judged and answered; the minutes written, sent round, issued."""
    operator, office = {"actor": of.operator, "now": OVER}, {"actor": of.office, "now": OVER}
    minutes.compose_minutes(of.meeting.pk, **operator)
    with refused("unjudged"):
        minutes.circulate_minutes(of.meeting.pk, **operator)
    for n, each in enumerate(made):
        minutes.judge_suggestion(each.pk, **office, reasonable=n < 2, reason="" if n < 2 else "与第 1 条相同。")
        minutes.reply_suggestion(each.pk, **office, reply=f"答复{n}：已写入第九条。")
    minutes.compose_minutes(of.meeting.pk, **operator)
    minutes.circulate_minutes(of.meeting.pk, **operator)
    minutes.issue_minutes(of.meeting.pk, **office)


def opened_again(of: Planned) -> None:
    """The files as an office opens them: every name and both suggestions stand in them."""
    row = Minutes.objects.get(meeting=of.meeting)
    names = list(Invitation.objects.filter(meeting=of.meeting, state="present").values_list("representative__name", flat=True))
    house = staff(of, Role.OFFICE, Role.OPERATOR)
    for place in ("minutes/draft", "attendance"):
        content = house.get(f"/workspace/meetings/{of.meeting.pk}/{place}.docx").content
        body = Document(io.BytesIO(content)).element.body
        pages = pypdfium2.PdfDocument(house.get(f"/workspace/meetings/{of.meeting.pk}/{place}.pdf").content)
        for text in (
            "".join("".join(each.text.split()) for each in body.iter() if each.text),
            "".join("".join(page.get_textpage().get_text_range().split()) for page in pages),
        ):
            assert [name for name in names if name not in text] == [], place
            assert "".join(row.official_no.split()) in text
            assert place == "attendance" or [f"{WORDS}第{n}条。" in text for n in range(3)] == [True, True, False]


def test_forty_are_invited_and_everybody_is_answered(box: Taken) -> None:
    of = planned()
    drawn(of)
    MOMENT[0] = DRAWN + timedelta(hours=1)
    first = [mail for mail in box.taken() if "/invitation/" in said(mail)]
    assert len({mail["to"] for mail in first}) == len(first) == 40
    answered(first, of.home.host, decline=3)
    rows = Invitation.objects.filter(meeting=of.meeting)
    assert (rows.filter(state="declined").count(), rows.filter(state="accepted").count(), rows.filter(state="invited").count()) == (
        3,
        37,
        3,
    )
    moved = [
        mail
        for mail in box.taken()
        if "/invitation/" in said(mail) and rows.filter(state="invited", token=link(mail).split("/")[2]).exists()
    ]
    assert len(moved) == 3
    answered(moved, of.home.host)
    seats.notify_all(of.meeting.pk, actor=of.operator, now=MOMENT[0], requirements="八点四十到东门，带身份证件。")
    assert len(box.taken()) >= 40
    assert rows.filter(state="noticed").exclude(delivered_at=None).count() == 40

    MOMENT[0] = LATE
    document(of.topic, "material", by=of.clerk, now=LATE, title="补充测算", words="晚到的测算")
    assert len(box.taken()) == 40
    with refused("late_notice"):
        meetings.convene_meeting(of.meeting.pk, actor=of.office, now=LATE)
    meetings.record_emergency(of.meeting.pk, actor=of.leader, now=LATE, reason="上级当日来文，须补充测算。")
    meetings.convene_meeting(of.meeting.pk, actor=of.office, now=LATE)
    assert "上级当日来文，须补充测算。" in Client(headers={"host": of.home.host}).get(f"/meetings/{of.meeting.pk}/").content.decode()

    MOMENT[0] = STARTS
    meetings.start_meeting(of.meeting.pk, actor=of.operator, now=STARTS)
    at_the_door(of)
    made = deliberated(of)
    MOMENT[0] = OVER
    issued(of, made)
    opened_again(of)

    box.taken()
    assert minutes.tell_all(of.meeting.pk, actor=of.office, now=OVER) == 39
    told = box.taken()
    assert (len(told), Told.objects.filter(meeting=of.meeting).count()) == (39, 39)
    assert all("按会议意见修改后印发" in said(mail) for mail in told)
    assert sorted(n for mail in told for n in range(3) if f"答复{n}：已写入第九条。" in said(mail)) == [0, 1, 2]
