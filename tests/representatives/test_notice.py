"""The notice and its papers: reserves that move up, mail that comes back, copies with a name, papers that change, the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader, PdfWriter

from mingtang.meetings.actions import cancel_meeting, convene_meeting, record_emergency
from mingtang.platform import events
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Role, stranger
from mingtang.platform.documents.official import Paper, Section, to_pdf
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.outbox.models import Notice
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import Application, Invitation, Material, Representative, RepresentativeContact
from mingtang.representatives.rules import last_notice_moment, replaced_by
from mingtang.representatives.rules.papers import MOST_PIECES, Held, difference
from mingtang.topics.actions import attach_document, remove_document
from tests.factories.calls import DRAWN, drawn
from tests.factories.meetings import STARTS, frozen
from tests.factories.platform import NOW, actor, later
from tests.factories.refusing import refused
from tests.factories.representatives import accepted, house_rules, invited, told

pytestmark = pytest.mark.django_db
TOO_LATE = STARTS - timedelta(days=1)


@pytest.fixture(autouse=True)
def listening() -> None:
    """The reactions of the running site."""
    events.install(REACTIONS)


@pytest.fixture
def meeting() -> Any:
    """A frozen meeting."""
    return frozen()


def again(row: Any) -> Any:
    row.refresh_from_db()
    return row


def seated() -> Any:
    """A call drawn and seated: everybody drawn is invited."""
    made, _draw = drawn(people=18)
    house_rules(made.of)
    actions.seat_drawn(made.row.pk, actor=made.clerk, now=DRAWN)
    actions.invite_all(made.of.meeting.pk, actor=made.of.operator, now=DRAWN)
    return made


def declines(made: Any, row: Invitation, now: datetime) -> Invitation:
    return actions.answer_invitation(row.token, actor=stranger(made.of.home.pk), now=now, accept=False, reason="出差")


def of_audience(made: Any, audience: str) -> list[Invitation]:
    return list(Invitation.objects.filter(meeting=made.of.meeting, audience=audience, state="invited").order_by("pk"))


def test_a_freed_seat_goes_to_the_next_reserve_of_the_same_audience_who_is_invited_at_once():
    made = seated()
    row = of_audience(made, "public")[0]
    reserve = Application.objects.filter(call=made.row, state="reserve", answers__audience="public")
    n = reserve.count()
    for _ in range(2):
        declines(made, row, DRAWN)
    assert (again(row).state, row.unfilled_at) == ("declined", None)
    come = Invitation.objects.order_by("-pk")[0]
    assert (come.state, come.audience, come.method) == ("invited", "public", "draw")
    assert reserve.count() == n - 1
    assert published.seats(made.of.meeting.pk).empty == []


def test_a_seat_freed_after_the_last_moment_stays_empty_and_says_so_inside_and_outside():
    made = seated()
    row = of_audience(made, "public")[0]
    declines(made, row, TOO_LATE)
    assert (again(row).unfilled_at, row.unfilled_why) == (TOO_LATE, "late")
    assert not Application.objects.filter(replaces__invitation=row).exists()
    page = Client(headers={"host": made.of.home.host}).get(f"/meetings/{made.of.meeting.pk}/").content.decode()
    assert "空出 1 席，没有递补：告知的最后时限已过，来不及递补。" in page
    assert "空出 1 席，没有递补" in [str(each.title) for each in queries.desk(made.clerk, TOO_LATE)]
    assert published.personal(row, TOO_LATE).is_empty


def test_when_no_reserve_of_the_audience_is_left_the_page_says_so():
    made = seated()
    Application.objects.filter(call=made.row, state="reserve").update(state="withdrawn")
    row = of_audience(made, "expert")[0]
    declines(made, row, DRAWN)
    assert again(row).unfilled_why == "no_reserve"
    actions.select_representative(
        made.of.item.pk,
        actions.add_representative(actor=made.of.operator, now=NOW, audience="expert", name="补上的人").pk,
        actor=made.of.operator,
        now=DRAWN,
        method="office",
        reason="熟悉电梯",
    )
    assert again(row).unfilled_at is None


@pytest.mark.parametrize("fill", [True, False])
def test_a_seat_taken_back_is_filled_only_when_the_desk_wants_it(fill):
    made = seated()
    row, before = of_audience(made, "public")[0], Invitation.objects.count()
    actions.revoke(row.pk, actor=made.of.operator, now=DRAWN, reason="调整", fill=fill)
    assert Invitation.objects.count() == before + fill


def entries(row: Invitation) -> list[tuple[str, str, int]]:
    found = []
    for text in Notice.objects.filter(about_id=row.pk).exclude(calendar_ics="").order_by("pk").values_list("calendar_ics", flat=True):
        made = Calendar.from_ical(text)
        event = made.walk("VEVENT")[0]
        found.append((str(made["method"]), str(event["uid"]), int(event["sequence"])))
    return found


def test_one_seat_is_one_calendar_entry_with_rising_sequence_until_it_ends(meeting):
    row = told(meeting, door="email")
    cancel_meeting(meeting.meeting.pk, actor=meeting.operator, now=NOW, reason="台风")
    uid = f"invitation-{row.pk}@{meeting.home.host}"
    assert entries(row) == [("REQUEST", uid, 1), ("REQUEST", uid, 2), ("CANCEL", uid, 3)]
    other = frozen()
    gone = invited(other)
    actions.answer_invitation(gone.token, actor=stranger(other.home.pk), now=NOW, accept=False)
    assert [(method, n) for method, _uid, n in entries(gone)] == [("REQUEST", 1), ("CANCEL", 2)]


def test_the_desk_records_an_answer_given_by_phone(meeting):
    row = invited(meeting, email="")
    who = {"actor": meeting.operator, "now": NOW}
    with refused("rules"):
        actions.record_answer(row.pk, accept=True, door="phone", **who)
    with refused("door"):
        actions.record_answer(row.pk, accept=True, accepted_rules=True, door="email", **who)
    for _ in range(2):
        assert actions.record_answer(row.pk, accept=True, accepted_rules=True, door="phone", **who).state == "accepted"
    with refused("role"):
        actions.record_answer(row.pk, accept=False, door="phone", actor=meeting.leader, now=NOW)


def test_without_a_mailbox_a_text_message_carries_the_notice_with_the_same_proof(meeting, settings, tmp_path):
    settings.MINGTANG_MESSENGER = "mingtang.platform.outbox.messengers.FolderMessenger"
    settings.MINGTANG_MESSENGER_FOLDER = tmp_path
    row = actions.notify(accepted(meeting, email="").pk, actor=meeting.operator, now=NOW, requirements="带证件")
    message = Notice.objects.get(template="representatives/sms/notice.txt")
    assert (row.noticed_by_door, message.phone, message.calendar_ics) == ("sms", "000-1234", "")
    events.announce(events.Happened("notice.delivered", message, stranger(meeting.home.pk), later(minutes=1)))
    assert again(row).reached_at == later(minutes=1)
    wanted = actions.notify(accepted(meeting, "李四").pk, actor=meeting.operator, now=NOW, requirements="带证件", door="sms")
    assert wanted.noticed_by_door == "sms"


def test_a_notice_that_came_back_did_not_reach_the_person_until_it_does_otherwise(meeting):
    row = actions.notify(accepted(meeting).pk, actor=meeting.operator, now=NOW, requirements="带证件")
    mail = Notice.objects.get(template="representatives/email/notice.txt")
    mail.last_error = "550 no such mailbox"
    events.announce(events.Happened("notice.delivered", mail, stranger(meeting.home.pk), later(minutes=1)))
    with refused("bounce"):
        actions.record_bounce(row.pk, actor=meeting.operator, now=later(hours=1), words=" ")
    for _ in range(2):
        actions.record_bounce(row.pk, actor=meeting.operator, now=later(hours=1), words="邮箱已停用")
    assert again(row).reached_at is None
    assert [str(each.title) for each in queries.desk(meeting.clerk, later(hours=1))][-1] == "告知退回或没有送达：1 人"
    with refused("not_delivered"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=later(hours=1))
    actions.record_delivery(row.pk, actor=meeting.operator, now=later(hours=2), door="phone")
    assert again(row).reached_at == later(hours=2)
    events.announce(events.Happened("notice.failed", mail, stranger(meeting.home.pk), later(hours=3)))
    assert (again(row).reached_at, row.bounce_words) == (None, "550 no such mailbox")


def test_the_representative_confirms_receipt_once(meeting):
    row = told(meeting, door="link")
    visitor = Client(headers={"host": meeting.home.host})
    for _ in range(2):
        assert visitor.post(f"/invitation/{row.token}/", {"acknowledge": "1"}).status_code == 302
    assert again(row).acknowledged_at
    first = row.acknowledged_at
    assert actions.acknowledge(row.token, actor=stranger(meeting.home.pk), now=later(days=3)).acknowledged_at == first
    with refused("not_noticed"):
        actions.acknowledge(accepted(meeting, "李四").token, actor=stranger(meeting.home.pk), now=NOW)
    with refused("gone"):
        actions.acknowledge("nonsense", actor=stranger(meeting.home.pk), now=NOW)


def pdf(words: str) -> bytes:
    return to_pdf(Paper("审议材料", "", "关于加装电梯的汇报", "区住建局", NOW.date(), (Section("一、情况", (words,)),)))


def attach(meeting: Any, words: str, title: str = "汇报稿", *, now: datetime = NOW) -> Any:
    return attach_document(
        meeting.topic.pk, actor=meeting.clerk, now=now, kind="material", title=title, upload=pdf(words), file_name="汇报稿.pdf"
    )


def test_a_copy_carries_the_name_of_its_reader_where_the_public_does_not_have_it(meeting):
    paper = attach(meeting, "补助每台二十万元。")
    row = actions.notify(accepted(meeting).pk, actor=meeting.operator, now=NOW, requirements="带证件", door="link", marked=True)
    assert list(Material.objects.filter(marked=True).values_list("document_id", flat=True)) == [paper.pk]
    visitor = Client(headers={"host": meeting.home.host})
    answer = visitor.get(f"/invitation/{row.token}/papers/{paper.pk}/")
    said = PdfReader(BytesIO(answer.content)).pages[0].extract_text().replace(" ", "")
    assert f"第{row.pk}号" in said
    assert "张三" in said
    assert "补助每台二十万元" in said
    assert again(Material.objects.get(document=paper)).fetched_at


def test_a_locked_paper_is_not_handed_out_without_its_mark(meeting):
    writer = PdfWriter(clone_from=BytesIO(pdf("补助。")))
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    given = {"actor": meeting.clerk, "now": NOW, "kind": "material", "title": "加密", "upload": out.getvalue(), "file_name": "a.pdf"}
    attach_document(meeting.topic.pk, **given)
    row = accepted(meeting)
    with refused("locked"):
        actions.notify(row.pk, actor=meeting.operator, now=NOW, requirements="带证件", marked=True)
    assert actions.notify(row.pk, actor=meeting.operator, now=NOW, requirements="带证件").state == "noticed"


def test_a_changed_paper_goes_to_everybody_who_had_it_with_what_changed(meeting):
    old = attach(meeting, "补助每台二十万元。按月发放。")
    row, other = told(meeting, door="email"), told(meeting, "李四", email="")
    new = attach(meeting, "补助每台二十五万元。按月发放。", now=later(hours=2))
    for seat in (row, other):
        had = {each.document_id: each for each in Material.objects.filter(invitation=seat)}
        assert had[old.pk].withdrawn_at == later(hours=2)
        assert (had[new.pk].version, had[new.pk].sha256, had[new.pk].handed_at) == (2, new.file.sha256, later(hours=2))
        assert [(each["op"], each["words"]) for each in had[new.pk].difference] == [("del", "二十万"), ("ins", "二十五万")]
    mail = Notice.objects.get(template="representatives/email/materials.txt")
    assert "“汇报稿”换为第 2 版" in mail.body
    assert "二十五" not in mail.body
    page = Client(headers={"host": meeting.home.host}).get(f"/invitation/{row.token}/").content.decode()
    assert "<ins>二十五万</ins>" in page
    assert actions.fetch_material(row.token, old.pk, now=later(hours=3)) is None
    assert actions.fetch_material(row.token, new.pk, now=later(hours=3))


def test_a_paper_added_late_stops_the_convening_until_a_leader_records_why(meeting):
    told(meeting)
    late = STARTS - timedelta(days=1)
    attach(meeting, "补充说明。", "补充说明", now=late)
    with refused("not_delivered"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=late)
    row = Invitation.objects.get()
    actions.record_delivery(row.pk, actor=meeting.operator, now=late, door="hand")
    with refused("late_notice"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=late)
    record_emergency(meeting.meeting.pk, actor=meeting.leader, now=late, reason="刚收到检测报告")
    assert convene_meeting(meeting.meeting.pk, actor=meeting.office, now=late).state == "convened"


def test_a_paper_that_was_handed_over_is_not_removed(meeting):
    paper = attach(meeting, "补助。")
    spare = attach(meeting, "没有用上的。", "另一份")
    told(meeting)
    Material.objects.filter(document=spare).delete()
    with refused("handed"):
        remove_document(paper.pk, actor=meeting.clerk, now=NOW)
    remove_document(spare.pk, actor=meeting.clerk, now=NOW)


def test_papers_of_other_kinds_and_meetings_that_are_over_disturb_nobody(meeting):
    row = told(meeting)
    n = Material.objects.count()
    attach_document(meeting.topic.pk, actor=meeting.clerk, now=NOW, kind="basis", title="依据", upload=pdf("法。"), file_name="a.pdf")
    type(meeting.meeting).objects.filter(pk=meeting.meeting.pk).update(state="ended")
    attach(meeting, "会后的。", now=later(days=12))
    assert Material.objects.count() == n
    assert again(row).state == "noticed"


@pytest.mark.parametrize("state", ["ended", "closed", "cancelled"])
def test_papers_are_not_to_be_had_any_more_once_the_meeting_is_over(meeting, state):
    row = told(meeting)
    paper = row.materials.first().document
    visitor, place = Client(headers={"host": meeting.home.host}), f"/invitation/{row.token}/papers/{paper.pk}/"
    answer = visitor.get(place)
    answer.close()
    assert answer.status_code == 200
    type(meeting.meeting).objects.filter(pk=meeting.meeting.pk).update(state=state)
    assert visitor.get(place).status_code == 404
    assert place not in visitor.get(f"/invitation/{row.token}/").content.decode()


def test_the_last_moment_is_counted_in_working_days_where_the_figure_says_so(meeting):
    starts = datetime.fromisoformat("2026-11-30T09:00:00+08:00")  # a Monday
    ask = lambda: last_notice_moment(starts, figures_for(meeting.home.pk, starts.date()), work_calendar())  # noqa: E731 - asked twice
    assert ask() == datetime.fromisoformat("2026-11-29T00:00:00+08:00")
    FigureSetting.objects.create(
        government=Government.objects.get(),
        key="rep.notice_in_workdays",
        value="true",
        since_on=NOW.date(),
        source="本区规定",
        reason="按工作日",
        set_by_id=meeting.office.person_id,
        set_at=NOW,
    )
    assert ask() == datetime.fromisoformat("2026-11-27T00:00:00+08:00")


def test_the_last_sending_moment_is_among_the_coming_days_of_everybody_in_business(meeting):
    day = (STARTS - timedelta(days=2)).date()
    for role in (Role.CLERK, Role.OFFICE, Role.LEADER, Role.OPERATOR):
        found = queries.coming(actor(meeting.home, role), NOW.date(), STARTS.date())
        assert [(each.day, each.time, str(each.what)) for each in found] == [(day, "24:00", "列席告知和材料最迟发出")]
    assert queries.coming(actor(meeting.home, Role.AUDITOR), NOW.date(), STARTS.date()) == []
    assert queries.coming(actor(meeting.home, Role.OFFICE), NOW.date(), NOW.date()) == []


def test_a_new_paper_replaces_the_newest_of_its_kind_and_title():
    held = [Held(1, "material", "汇报稿", 1), Held(2, "material", "汇报稿", 2), Held(3, "draft", "汇报稿", 1)]
    assert replaced_by("material", " 汇报稿 ", held) == held[1]
    assert replaced_by("material", "另一份", held) is None


def test_a_difference_is_cut_to_what_can_be_read():
    found = difference("", "。".join(f"第{n}句" * 80 for n in range(200)))
    assert len(found) <= MOST_PIECES
    assert all(len(each["words"]) <= 160 for each in found)


def test_nobody_without_a_door_is_written_to(meeting):
    row = invited(meeting, "王五", email="", phone="")
    assert Representative.objects.get(pk=row.representative_id).name == "王五"
    assert RepresentativeContact.objects.get(representative_id=row.representative_id).phone == ""
    assert not Notice.objects.filter(about_id=row.pk, about_type="representatives.invitation").exists()
