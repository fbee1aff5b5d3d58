"""After the meeting: everybody who came is told what was decided and what became of each suggestion, in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from mingtang.minutes import actions, published, queries
from mingtang.minutes.models import Told
from mingtang.platform.actor import Role
from mingtang.platform.outbox.models import Notice
from mingtang.representatives.models import RepresentativeContact
from tests.factories.held import STARTS, held
from tests.factories.platform import actor, department, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)
LATE = NOW + timedelta(days=30)


@pytest.fixture
def over():
    """A meeting with a suggestion of the first of two who came; the second has an address."""
    made = held()
    row = actions.record_suggestion(made.invitations[0].pk, actor=made.operator, now=NOW, text="写明一层住户的补偿。")
    actions.judge_suggestion(row.pk, actor=made.clerk, now=NOW, reasonable=True)
    for each in made.invitations[:2]:
        RepresentativeContact.objects.update_or_create(representative=each.representative, defaults={"email": f"a{each.pk}@example.org"})
    return made


def issue(over) -> None:
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)


def answer(over) -> None:
    for row in queries.suggestions(over.meeting.pk):
        actions.reply_suggestion(row.pk, actor=over.clerk, now=NOW, reply="已写入第九条。")


def tell(over, n: int = 0, door: str = "email", *, by=None) -> Told:
    return actions.tell_representative(over.invitations[n].pk, actor=by or over.clerk, now=NOW, door=door)


def test_nobody_is_told_before_issue_and_answer_and_only_who_came(over):
    with refused("not_issued"):
        tell(over)
    issue(over)
    with refused("unanswered"):
        tell(over)
    with refused("absent"):
        tell(over, 2)
    with refused("door"):
        tell(over, 1, "smoke")
    with refused("role"):
        tell(over, 1, by=actor(over.home, Role.CLERK, within=department(over.home)))
    with refused("gone"):
        tell(over, 1, by=actor(government(), Role.OFFICE))
    assert not Told.objects.exists()


def test_the_mail_says_decision_fate_and_answer_and_goes_once(over):
    issue(over)
    answer(over)
    first = tell(over)
    assert tell(over, door="phone") == first
    notice = Notice.objects.get(template="minutes/email/outcome.txt")
    assert notice.address == f"a{over.invitations[0].pk}@example.org"
    for words in (
        "原则通过",
        "写明一层住户的补偿。",
        "已写入会议纪要（政纪要〔2026〕1 号）",
        "已写入第九条。",
        f"/invitation/{over.invitations[0].token}/outcome/",
    ):
        assert words in notice.body
    assert (first.door, str(first.door_label)) == ("email", "邮件")


def test_somebody_without_an_address_is_told_by_telephone(over):
    issue(over)
    RepresentativeContact.objects.filter(representative=over.invitations[1].representative).update(email="")
    with refused("no_address"):
        tell(over, 1)
    assert tell(over, 1, "phone").door == "phone"


def test_everybody_who_can_be_told_is_mailed_at_once(over):
    issue(over)
    assert actions.tell_all(over.meeting.pk, actor=over.office, now=NOW) == 1
    answer(over)
    assert actions.tell_all(over.meeting.pk, actor=over.office, now=NOW) == 1
    assert actions.tell_all(over.meeting.pk, actor=over.office, now=NOW) == 0
    with refused("gone"):
        actions.tell_all(over.meeting.pk, actor=actor(government(), Role.OFFICE), now=NOW)


def test_the_desk_of_department_and_office_asks_until_all_are_told(over):
    def asked(who) -> list[tuple[str, date | None]]:
        return [(str(each.title), each.due_on) for each in queries.desk(who, NOW) if "答复" in str(each.title)]

    due = date(2026, 12, 18)
    assert asked(over.clerk) == asked(over.office) == [("答复列席代表：还有 2 人", due)]
    assert asked(actor(over.home, Role.CLERK, within=department(over.home))) == []
    issue(over)
    answer(over)
    tell(over)
    assert asked(over.clerk) == [("答复列席代表：还有 1 人", due)]
    tell(over, 1)
    assert asked(over.clerk) == asked(over.office) == []


def test_the_public_page_shows_the_clocks_and_what_is_overdue(over):
    def seen(now):
        return published.afterwards(over.home.pk, over.meeting.pk, over.meeting.ended_at, now)

    before, after = seen(NOW), seen(LATE)
    assert before is not None
    assert after is not None
    assert (before.minutes.due_on, before.minutes_late, before.answers_late, before.present, before.told) == (
        date(2026, 12, 7),
        False,
        False,
        2,
        0,
    )
    assert (after.minutes_late, after.answers_late) == (True, True)
    assert published.afterwards(over.home.pk, over.meeting.pk, None, NOW) is None
    issue(over)
    answer(over)
    for n in range(2):
        tell(over, n)
    done = seen(LATE)
    assert done is not None
    assert (done.minutes_late, done.answers_late, done.told) == (False, False, 2)
    shown = Client().get(f"/meetings/{over.meeting.pk}/").content.decode()
    assert "到会代表 2 人，已告知处理结果 2 人" in shown
    assert "写明一层住户的补偿。" in shown
    assert "写明一层住户的补偿。" in Client().get(f"/matters/{over.topic.pk}/").content.decode()


def test_the_personal_page_tells_ones_own_outcome_and_nothing_before_the_issue(over):
    place = f"/invitation/{over.invitations[0].token}/outcome/"
    early = Client().get(place).content.decode()
    assert "正在办理" in early
    assert "原则通过" not in early
    issue(over)
    answer(over)
    tell(over)
    late = Client().get(place)
    shown = late.content.decode()
    for words in ("原则通过", "写入纪要", "已写入第九条。", "告知您"):
        assert words in shown
    assert late["Cache-Control"] == "no-store"
    assert Client().get(f"/invitation/{over.invitations[2].token}/outcome/").status_code == 404
    assert Client().get("/invitation/nobody/outcome/").status_code == 404


def test_a_correction_shows_what_changed(over):
    issue(over)
    assert [each.changes for each in published.versions(over.meeting.pk)] == [()]
    actions.correct_minutes(over.meeting.pk, actor=over.operator, now=NOW, reason="补写")
    general = queries.section_named(over.meeting.pk, "general")
    actions.write_section(general.pk, actor=over.operator, now=NOW, text="另行安排。", base=general.version)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)
    newest = published.versions(over.meeting.pk)[0]
    assert (newest.number, newest.correction) == (2, "补写")
    assert "另行安排。" in "".join(each.text for each in newest.changes if each.op == "ins")
    shown = Client().get(f"/meetings/{over.meeting.pk}/minutes/").content.decode()
    assert "<ins>" in shown
    assert "李四" not in shown


def test_whoever_is_to_be_told_stands_on_the_page_with_what_is_in_the_way(over):
    browser, place = Client(), f"/workspace/meetings/{over.meeting.pk}/minutes/"
    browser.force_login(person(over.home, Role.OFFICE))
    assert "纪要还没有印发" in browser.get(place).content.decode()
    issue(over)
    assert "这条建议还没有答复" in browser.get(place).content.decode()
    answer(over)
    browser.post(f"{place}tell/{over.invitations[0].pk}/", {"door": "hand"})
    browser.post(f"{place}tell/")
    assert sorted(Told.objects.values_list("door", flat=True)) == ["email", "hand"]
