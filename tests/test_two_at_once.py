"""Two people at the same moment.

On PostgreSQL both acts run in threads of their own, on connections of their own, and really overlap. SQLite has one
writer at a time, so there the second act follows the first; the outcome must be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Count

from mingtang.consultations import actions as consulting
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.telling import write_answers
from mingtang.consultations.models import Consultation, Mail, MailFile, Opinion, OpinionGroup
from mingtang.kernel.decision import Refused
from mingtang.meetings import actions as meeting
from mingtang.meetings.models import AgendaItem
from mingtang.minutes import actions as minutes
from mingtang.minutes.models import Minutes, MinutesSection, MinutesVersion, SectionDraft
from mingtang.platform.actor import Role, stranger, system
from mingtang.platform.clock import closing_of
from mingtang.platform.identity.proof import Verified
from mingtang.platform.mailbox.reading import read_letter
from mingtang.platform.outbox.models import Notice
from mingtang.platform.signing.models import ChainStep
from mingtang.representatives import actions as seats
from mingtang.representatives.models import Invitation
from mingtang.topics import actions as topics
from mingtang.topics.models import Topic
from tests.factories import consultations as consultation
from tests.factories import held as day
from tests.factories import mails
from tests.factories import meetings as meet
from tests.factories import representatives as people
from tests.factories import topics as matter
from tests.factories.counting import counted, kept
from tests.factories.platform import NOW, actor, department, government

OVERLAP = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=OVERLAP)
AFTER = closing_of(consultation.CLOSES) + timedelta(hours=1)
OVER = day.STARTS + timedelta(days=1)
REASON = "财政承受不了，改为分三年补助到位。"
DONE, NO = "done", "refused"


def together(*acts: Callable[[], object]) -> Counter[str]:
    """Run the acts at the same moment; how many were done, and how many refused with a reason."""
    start = Barrier(len(acts) if OVERLAP else 1)

    def one(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=30)
            act()
        except Refused as refused:
            assert str(refused.decision.reason)  # noqa: PT017 - a refusal is one of the two good ends
            return NO
        else:
            return DONE
        finally:
            if OVERLAP:
                connection.close()

    if not OVERLAP:
        return Counter(map(one, acts))
    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))


def group_counts_are_right(of: Consultation) -> bool:
    rows = OpinionGroup.objects.filter(consultation=of).annotate(n=Count("opinions"), people=Count("opinions__author_key", distinct=True))
    return all((row.opinions_count, row.people_count) == (row.n, row.people) for row in rows)


def test_one_proof_sent_twice_makes_one_verified_opinion():
    row, _clerk = consultation.opened()
    proof = Verified("ab" * 32, "https://id.example.gov.cn", NOW, "once")

    def send(token: str) -> Callable[[], object]:
        given = OpinionIn(f"意见{token}", "change", verified=proof)
        return lambda: consulting.receive_opinion(row.pk, given, actor=stranger(row.government_id), now=NOW, token=token)

    assert together(*(send(str(n)) for n in range(4))) == {DONE: 1, NO: 3}
    assert [each.is_verified for each in Opinion.objects.filter(consultation=row)] == [True]
    assert kept(row) == counted(row)


def test_two_heads_approve_the_same_declaration_at_once():
    row, (head, _office, _leader) = matter.submitted()
    other = actor(row.government, Role.HEAD, within=row.department)
    done = together(lambda: topics.approve_topic(row.pk, actor=head, now=NOW), lambda: topics.approve_topic(row.pk, actor=other, now=NOW))
    assert done == {DONE: 1, NO: 1}
    assert ChainStep.objects.filter(chain=Topic.objects.get(pk=row.pk).chain, person__isnull=False).count() == 1


def test_two_declarations_submitted_at_once_get_two_numbers():
    of = department(government())
    rows = [matter.complete(of), matter.complete(of, title="另一件")]
    matter.approvers(of)
    done = together(*(lambda row=row: topics.submit_topic(row.pk, actor=matter.drafter(row), now=NOW) for row in rows))
    assert done == {DONE: 2}
    assert sorted(Topic.objects.values_list("number", flat=True)) == [1, 2]


def test_a_form_sent_twice_at_once_opens_one_declaration():
    of = department(government())
    clerk = matter.clerk_of(of)
    assert together(*[lambda: topics.begin_topic(of.pk, actor=clerk, now=NOW, title="电梯")] * 2) == {DONE: 2}
    assert Topic.objects.count() == 1


def test_two_runners_store_the_same_mail_at_once():
    row, _clerk = consultation.opened()
    letter = read_letter(mails.mail(files=(("a.pdf", mails.PDF),)))
    done = together(*[lambda: consulting.store_mail(letter, actor=system(row.government_id), now=NOW)] * 2)
    assert (done, Mail.objects.count(), MailFile.objects.count()) == ({DONE: 2}, 1, 1)


def test_two_clerks_take_the_same_mail_whole_at_once():
    row, clerk = consultation.opened()
    mail = mails.assigned(row)
    other = actor(row.government, Role.CLERK, within=row.topic.department)
    done = together(*(lambda who=who: consulting.accept_mail(mail.pk, actor=who, now=NOW, token=who.name) for who in (clerk, other)))
    assert (done, Opinion.objects.count()) == ({DONE: 1, NO: 1}, 1)
    assert kept(row) == counted(row)


def test_one_gives_a_mail_elsewhere_while_another_takes_it():
    row, clerk = consultation.opened()
    there, _clerk = consultation.opened(matter.approved(department(row.government)))
    mail = mails.assigned(row)
    together(
        lambda: consulting.accept_mail(mail.pk, actor=clerk, now=NOW, token="x"),
        lambda: consulting.assign_mail(mail.pk, there.pk, actor=clerk, now=NOW),
    )
    mail.refresh_from_db()
    assert (mail.consultation_id, Opinion.objects.count()) in {(row.pk, 1), (there.pk, 0)}


def test_two_people_put_the_same_opinions_into_groups_at_once():
    row, clerk = consultation.closed(opinions=4)
    ids = list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    done = together(
        *(lambda title=title: consulting.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title=title) for title in ("甲", "乙"))
    )
    assert done == {DONE: 2}
    group = OpinionGroup.objects.get()
    assert (group.opinions_count, group.people_count, set(group.opinions.values_list("pk", flat=True))) == (4, 4, set(ids))


def test_one_withholds_what_another_groups_at_the_same_moment():
    row, clerk = consultation.closed(opinions=6)
    ids = list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    first, second = consultation.moderator(row), consultation.moderator(row)
    consulting.propose_withholding(row.pk, ids[::-1][:3], actor=first, now=AFTER, code="abuse")
    done = together(
        lambda: consulting.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="甲"),
        lambda: consulting.confirm_withholding(row.pk, ids[::-1][:3], actor=second, now=AFTER),
        lambda: consulting.answer_opinions(row.pk, ids[:2], actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON),
    )
    assert done == {DONE: 3}
    assert Opinion.objects.filter(state="withheld", group=None, verdict="").count() == 3
    assert group_counts_are_right(row)
    assert kept(row) == counted(row)


def test_two_people_merge_two_groups_into_each_other_at_once():
    row, clerk = consultation.closed(opinions=4)
    ids = list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    for part in (ids[:2], ids[2:]):
        consulting.group_opinions(row.pk, part, actor=clerk, now=AFTER, title=f"组{part[0]}")
    one, two = OpinionGroup.objects.order_by("pk").values_list("pk", flat=True)
    done = together(
        lambda: consulting.merge_groups(one, two, actor=clerk, now=AFTER), lambda: consulting.merge_groups(two, one, actor=clerk, now=AFTER)
    )
    assert done == {DONE: 1, NO: 1}
    assert OpinionGroup.objects.get().opinions_count == 4


def test_the_report_published_twice_at_once_is_published_and_mailed_once():
    row, clerk = consultation.opened()
    said = consultation.opinion(row, shown=True, email="a@example.org")
    consulting.answer_opinions(row.pk, [said.pk], actor=clerk, now=NOW, verdict="not_adopted", reason=REASON)
    row = consulting.close_consultation(row.pk, actor=clerk, now=AFTER)
    consulting.save_report(row.pk, actor=clerk, now=AFTER, intro="说明")
    consulting.submit_report(row.pk, actor=clerk, now=AFTER)
    consulting.sign_report(row.pk, actor=actor(row.government, Role.HEAD, within=row.topic.department), now=AFTER)
    consulting.sign_report(row.pk, actor=actor(row.government, Role.OFFICE), now=AFTER)
    assert together(*[lambda: consulting.publish_report(row.pk, actor=clerk, now=AFTER)] * 2) == {DONE: 1, NO: 1}
    assert together(*[lambda: write_answers(row.pk, now=AFTER, progress=lambda *_steps: None)] * 2) == {DONE: 2}
    assert Notice.objects.filter(template__endswith="answered.txt").count() == 1


def test_two_people_get_the_last_seat_once():
    of = meet.frozen()
    people.house_rules(of)
    people.selected(of, "甲")
    waiting = [people.pooled(of, name) for name in ("乙", "丙")]
    done = together(
        *(
            lambda who=who: seats.select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method="nomination", reason="推荐")
            for who in waiting
        )
    )
    assert done == {DONE: 1, NO: 1}
    assert Invitation.objects.filter(item=of.item).count() == 2


def test_the_same_person_is_selected_twice_at_once_for_one_seat():
    of = meet.frozen()
    who = people.pooled(of)
    select = [lambda: seats.select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method="nomination", reason="推荐")]
    assert together(*select * 2) == {DONE: 2}
    assert Invitation.objects.count() == 1


def test_minutes_issued_twice_at_once_have_one_number_and_one_version():
    of = day.held()
    minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    Minutes.objects.update(attendees="陈一")
    minutes.circulate_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    others = [of.office, actor(of.home, Role.OFFICE)]
    done = together(*(lambda who=who: minutes.issue_minutes(of.meeting.pk, actor=who, now=OVER) for who in others))
    assert done == {DONE: 1, NO: 1}
    assert list(Minutes.objects.values_list("number", flat=True)) == [1]
    assert MinutesVersion.objects.count() == 1


def test_minutes_of_two_meetings_issued_at_once_have_two_numbers():
    first = day.held()
    second = day.held(first.department)
    for of in (first, second):
        minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
        Minutes.objects.filter(meeting=of.meeting).update(attendees="陈一")
        minutes.circulate_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    done = together(*(lambda of=of: minutes.issue_minutes(of.meeting.pk, actor=of.office, now=OVER) for of in (first, second)))
    assert done == {DONE: 2}
    assert sorted(Minutes.objects.values_list("number", flat=True)) == [1, 2]


def test_one_ends_the_meeting_while_another_decides_an_item():
    """Both may come first: then the item is decided and the meeting over, or the end is refused. Nobody waits for ever."""
    of = day.convened()
    together(
        lambda: meeting.decide_item(of.item.pk, actor=of.operator, now=day.STARTS, outcome="passed_in_principle", text="通过"),
        lambda: meeting.end_meeting(of.meeting.pk, actor=of.office, now=day.STARTS),
    )
    assert AgendaItem.objects.get(pk=of.item.pk).state == "decided"


def test_two_people_rearrange_an_agenda_at_once():
    of = meet.planned()
    for title in ("乙", "丙"):
        meeting.add_item(of.meeting.pk, meet.ready_topic(of.department, title=title).pk, actor=of.operator, now=NOW)
    ids = list(AgendaItem.objects.order_by("position").values_list("pk", flat=True))
    done = together(
        lambda: meeting.move_item(ids[2], actor=of.operator, now=NOW, up=True),
        lambda: meeting.move_item(ids[0], actor=of.office, now=NOW, up=False),
        lambda: meeting.remove_item(ids[1], actor=of.office, now=NOW),
    )
    assert done == {DONE: 3}
    assert list(AgendaItem.objects.exclude(state="withdrawn").order_by("position").values_list("position", flat=True)) == [1, 2]


def test_the_same_form_received_twice_at_once_is_one_opinion_and_one_mail():
    row, _clerk = consultation.opened()
    given = OpinionIn("补助太少", email="a@example.org")
    send = [lambda: consulting.receive_opinion(row.pk, given, actor=stranger(row.government_id), now=NOW, token="同一张表")]
    assert together(*send * 2) == {DONE: 2}
    assert Opinion.objects.count() == 1
    assert Notice.objects.filter(template__endswith="receipt.txt").count() == 1
    assert kept(row) == counted(row)


def test_twenty_opinions_at_once_are_all_counted():
    row, _clerk = consultation.opened()
    clauses: Sequence[int | None] = [*row.clauses.values_list("pk", flat=True), None]

    def say(n: int) -> Callable[[], object]:
        given = OpinionIn(f"意见{n}", stance=("for", "change", "ask")[n % 3], clause_id=clauses[n % len(clauses)])
        return lambda: consulting.receive_opinion(row.pk, given, actor=stranger(row.government_id), now=NOW)

    assert together(*(say(n) for n in range(20))) == {DONE: 20}
    assert kept(row) == counted(row)
    assert kept(row)["all", ""] == 20


def test_two_operators_save_the_same_section_at_once_and_no_word_is_lost():
    of = day.held()
    minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    section = MinutesSection.objects.get(minutes__meeting=of.meeting, key="general")
    writing = [of.operator, actor(of.home, Role.OPERATOR)]
    done = together(
        *(lambda who=who: minutes.write_section(section.pk, actor=who, now=OVER, text=f"{who.name}写的。", base=0) for who in writing)
    )
    assert done == {DONE: 1, NO: 1}
    section.refresh_from_db()
    draft = SectionDraft.objects.get()
    assert (section.version, {section.text, draft.text}) == (1, {f"{who.name}写的。" for who in writing})


def test_two_operators_save_different_sections_at_once_and_both_stand_in_the_text():
    of = day.held()
    minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    keys = ("general", "excused")
    rows = {key: MinutesSection.objects.get(minutes__meeting=of.meeting, key=key) for key in keys}
    writers = {"general": of.operator, "excused": actor(of.home, Role.OPERATOR)}
    done = together(
        *(
            lambda key=key: minutes.write_section(rows[key].pk, actor=writers[key], now=OVER, text=key, base=rows[key].version)
            for key in keys
        )
    )
    row = Minutes.objects.get(meeting=of.meeting)
    assert (done, row.body.endswith("general"), row.excused) == ({DONE: 2}, True, "excused")
