"""Opinions by e-mail: kept whole, sorted, made into opinions once, answered by a receipt, and never when a robot wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mingtang.consultations import actions, policy, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.fetching import MOST_FILES
from mingtang.consultations.actions.forgetting import forget_mails
from mingtang.consultations.models import Consultation, Entry, Mail, Opinion, OpinionContact
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules.mails import asks_silence, consultations_named, receipts_named
from mingtang.kernel.decision import Decision, Refused
from mingtang.platform.actor import Actor, Role, system
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import closing_of
from mingtang.platform.mailbox.reading import read_letter
from mingtang.platform.outbox.models import Notice
from mingtang.workspace.desk import desk_of
from tests.factories.consultations import CLOSES, closed, complete, opened, opinion, withhold
from tests.factories.mails import PDF, arrived, assigned, mail
from tests.factories.platform import NOW, actor, department, government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> Decision:
    """How an act is refused."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.decision


def receipts() -> list[str]:
    """To whom receipts are on their way."""
    return list(
        Notice.objects.filter(template="consultations/email/receipt.txt", state="queued").order_by("pk").values_list("address", flat=True)
    )


def enter(row: Mail, who: Actor, text: str = "太少", *, sent: str = "a", now=NOW, **fields) -> Entry:
    return actions.enter_mail(row.pk, OpinionIn(text, **fields), actor=who, now=now, token=sent)


@pytest.mark.parametrize(
    ("subject", "addresses", "wanted"),
    [
        ("[QH-B3] 意见", (), {3}),
        ("回复：ｑｈ－Ｂ３ 号草案", (), {3}),
        ("【征求意见 3】太少", (), {3}),
        ("Re: [consultation 12]", (), {12}),
        ("（征求意见：7）", (), {7}),
        ("关于征求意见 3 天", (), set()),
        ("XQH-B3", (), set()),
        ("QH-B3 和 QH-B4", (), {3, 4}),
        ("意见", ("yijian+qh-b3@example.org",), {3}),
        ("意见", ("yijian+b5@example.org",), {5}),
        ("意见", ("yijian@example.org", "b5@example.org"), set()),
    ],
)
def test_a_mail_names_its_consultation_in_subject_or_address(subject, addresses, wanted):
    assert consultations_named(subject, addresses, "QH") == wanted


def test_who_answers_a_receipt_names_it():
    assert receipts_named("Re: 您的意见已收到，回执号 qh-7F3K-20M9-4412", "QH") == {"QH-7F3K-20M9-4412"}
    row, _clerk = opened()
    said = opinion(row)
    assert arrived(mail(subject=f"回复：回执号 {said.receipt}"), row).consultation_id == row.pk


def test_the_wish_not_to_be_published_is_heard():
    heard = [asks_silence(each) for each in ("请勿公开我的来信", "不希望对外公布", "Please do not publish this.", "补助标准应当公开")]
    assert heard == [True, True, True, False]


def test_a_mail_is_kept_with_its_words_its_rest_and_what_hung_on_it():
    row, _clerk = opened()
    raw = mail(
        "太少\n\n-- \n张三",
        f"[QH-B{row.pk}]",
        sender="张三 <z@example.org>",
        files=(("a.pdf", PDF), ("b.pdf", b"MZ\x90\x00"), ("空.pdf", b"")),
    )
    letter = read_letter(raw)
    made = actions.store_mail(letter, received_at=NOW - timedelta(hours=1), actor=system(row.government_id), now=NOW)
    assert (made.consultation_id, made.state, made.raw_size, made.own_words, made.rest) == (
        row.pk,
        "waiting",
        len(raw),
        "太少",
        "-- \n张三",
    )
    assert (made.sender, made.sender_name, made.received_at, made.fetched_at) == ("z@example.org", "张三", NOW - timedelta(hours=1), NOW)
    files = list(made.files.order_by("position"))
    assert [(each.name, each.file is not None, each.refused_zh) for each in files] == [
        ("a.pdf", True, ""),
        ("b.pdf", False, "“b.pdf”不是可以上传的类型。"),
        ("空.pdf", False, "“空.pdf”是空文件。"),
    ]
    assert [(each.event, each.subject_title) for each in acts_of(made)] == [("mail.store", made.number)]


def test_the_same_mail_twice_is_one_and_another_under_its_number_is_kept_beside_it():
    row, _clerk = opened()
    first = arrived(mail("一"), row)
    assert arrived(b"Received: x\r\n" + mail("一"), row) == first
    other = arrived(mail("二"), row)
    assert (other.pk == first.pk, other.faults, arrived(mail("二"), row)) == (False, "same_id", other)
    nameless = arrived(mail("三", message_id=""), row)
    assert (arrived(mail("三", message_id=""), row), Mail.objects.count()) == (nameless, 3)


def test_the_same_number_in_another_government_is_another_mail():
    one, _clerk = opened()
    two, _clerk = opened(approved(department(government(host="b.example.org"))))
    assert arrived(mail(), one) != arrived(mail(), two)


def test_what_is_broken_or_carries_far_too_much_is_kept_and_says_so():
    row, _clerk = opened()
    many = arrived(mail(files=tuple((f"{n}.pdf", PDF) for n in range(MOST_FILES + 3))), row)
    assert (many.files.count(), many.faults) == (MOST_FILES, "many_files")
    assert [str(each) for each in many.fault_labels] == ["附件过多，只收了前面的。"]
    assert arrived(b"\x00\xff\xfe", row).state == "automatic"


@pytest.mark.parametrize("heads", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "list"}, {"Return_Path": "<>"}])
def test_what_nobody_wrote_is_listed_apart_and_never_answered(heads):
    row, clerk = opened()
    made = assigned(row, **heads)
    assert (made.state, made.consultation_id, receipts()) == ("automatic", None, [])
    assert refused(lambda: enter(made, clerk)).code == "unassigned"
    actions.take_up_mail(made.pk, actor=clerk, now=NOW)
    actions.assign_mail(made.pk, row.pk, actor=clerk, now=NOW)
    said = enter(made, clerk).opinion
    assert (said.channel, receipts(), [each.email for each in OpinionContact.objects.filter(opinion=said)]) == ("email", [], [""])


def test_a_mail_that_means_none_several_or_a_secret_consultation_waits_in_the_tray():
    row, _clerk = opened()
    prepared, _clerk = complete(approved(department(row.government)))
    subjects = ["意见", f"QH-B{row.pk} QH-B{prepared.pk + row.pk + 1000}", f"[QH-B{prepared.pk}]", "[QH-B999999]"]
    found = [arrived(mail(subject=each, message_id=f"<{n}@x>"), row).consultation_id for n, each in enumerate(subjects)]
    assert found == [None, row.pk, None, None]


def test_a_mail_becomes_an_opinion_with_receipt_file_and_every_counter_right():
    row, clerk = opened()
    clause = row.clauses.get(label="第二条")
    made = assigned(row, sender="张三 <Z@example.org>", at=NOW - timedelta(days=1), files=(("a.pdf", PDF), ("b.exe", b"MZ")))
    first = enter(made, clerk, "第二条太少", clause_id=clause.pk, stance="change")
    second = enter(made, clerk, "整个都好", sent="b", stance="for")
    told = list(Opinion.objects.order_by("pk").values_list("text", "channel", "stance", "state", "entered_by_id"))
    assert told == [
        ("第二条太少", "email", "change", "received", clerk.person_id),
        ("整个都好", "email", "for", "received", clerk.person_id),
    ]
    assert first.opinion.received_at == row.opened_at  # it came a day before the opening and counts from it
    assert [each.files.count() for each in (first.opinion, second.opinion)] == [1, 0]
    assert receipts() == ["Z@example.org"] * 2
    numbers = queries.tallies(row.pk)
    assert (numbers["all", ""], numbers["people", ""], numbers["channel", "email"], numbers["day", "2026-11-24"]) == (2, 1, 2, 2)
    assert recount(row.pk) == numbers
    made.refresh_from_db()
    assert (made.state, made.handled_by_id) == ("taken", clerk.person_id)


def test_a_mail_and_a_web_opinion_from_one_address_are_one_person():
    row, clerk = opened()
    opinion(row, email="z@example.org")
    enter(assigned(row, sender="z@example.org"), clerk)
    assert queries.tallies(row.pk)["people", ""] == 1


def test_one_key_takes_it_whole_in_its_own_words_and_hears_that_they_shall_not_be_published():
    row, clerk = opened()
    made = assigned(row, "太少，请勿公开。\n\n-- \n张三")
    entry = actions.accept_mail(made.pk, actor=clerk, now=NOW, token="x")
    assert actions.accept_mail(made.pk, actor=clerk, now=NOW, token="x") == entry
    assert (entry.number, entry.place, entry.opinion.text, entry.opinion.publish_consent) == (made.number, 0, "太少，请勿公开。", False)
    again = refused(lambda: actions.accept_mail(made.pk, actor=clerk, now=NOW, token="y"))
    assert (again.code, entry.opinion.receipt in str(again.reason)) == ("entered", True)


def test_one_clause_of_a_mail_counts_once_and_an_empty_or_too_long_one_is_refused():
    row, clerk = opened()
    made = assigned(row)
    enter(made, clerk)
    codes = [
        refused(lambda text=text, n=n: enter(made, clerk, text, sent=str(n), clause_id=row.clauses.first().pk)).code
        for n, text in enumerate(["", "长" * 60_000])
    ]
    assert (refused(lambda: enter(made, clerk, "又", sent="z")).code, codes) == ("entered", ["empty", "too_long"])


def test_undoing_gives_the_mail_back_once_no_opinion_of_it_stands():
    row, clerk = opened()
    made = assigned(row)
    one, two = enter(made, clerk), enter(made, clerk, sent="b", clause_id=row.clauses.first().pk)
    states = []
    for entry in (one, two):
        actions.undo_entry(entry.pk, "看错", actor=clerk, now=NOW)
        made.refresh_from_db()
        states.append(made.state)
    assert states == ["taken", "waiting"]
    assert enter(made, clerk, sent="c").opinion.text == "太少"
    assert recount(row.pk) == queries.tallies(row.pk)


def test_a_late_mail_is_taken_until_the_report_is_submitted_with_the_day_it_came():
    row, clerk = closed()
    late = closing_of(CLOSES) + timedelta(hours=3)
    made = assigned(row, at=late, now=late)
    entry = enter(made, clerk, now=late)
    assert (entry.opinion.received_at, entry.opinion.channel) == (late, "email")
    other = assigned(row, message_id="<2@x>", at=late, now=late)
    Consultation.objects.filter(pk=row.pk).update(state="report_drafted")
    assert refused(lambda: enter(other, clerk, now=late)).code == "closed"
    assert actions.set_mail_aside(other.pk, "late", actor=clerk, now=late).state == "aside"


def test_a_mail_is_given_to_another_consultation_only_while_no_opinion_was_made_of_it():
    row, clerk = opened()
    other, _clerk = opened(approved(department(row.government)))
    hidden, _clerk = complete(approved(department(row.government)))
    made = assigned(row)
    assert refused(lambda: actions.assign_mail(made.pk, hidden.pk, actor=clerk, now=NOW)).code == "not_open"
    assert actions.assign_mail(made.pk, None, actor=clerk, now=NOW).consultation_id is None
    assert actions.assign_mail(made.pk, other.pk, actor=clerk, now=NOW).consultation_id == other.pk
    assert refused(lambda: enter(made, clerk)).code == "role"  # it is the other department's now
    mine = assigned(row, message_id="<2@x>")
    enter(mine, clerk)
    assert refused(lambda: actions.assign_mail(mine.pk, None, actor=clerk, now=NOW)).code == "has_opinions"


def test_what_is_set_aside_says_why_and_can_be_taken_up_again():
    row, clerk = opened()
    made = arrived(mail(), row)
    assert refused(lambda: actions.set_mail_aside(made.pk, "", actor=clerk, now=NOW)).code == "reason"
    aside = actions.set_mail_aside(made.pk, "letter", actor=clerk, now=NOW, note="转信访")
    assert (aside.state, str(aside.aside_label), aside.aside_note) == ("aside", "写给政府的信，转领导信箱办理", "转信访")
    assert refused(lambda: actions.assign_mail(made.pk, row.pk, actor=clerk, now=NOW)).code == "wrong_state"
    back = actions.take_up_mail(made.pk, actor=clerk, now=NOW)
    assert (back.state, back.aside_code, back.aside_note) == ("waiting", "", "")
    assert [each.event for each in acts_of(made)] == ["mail.store", "mail.set_aside", "mail.take_up"]


def test_what_is_set_aside_or_automatic_is_erased_after_its_days_and_its_key_stays():
    row, clerk = opened()
    aside, waiting, robot = (arrived(mail(message_id=f"<{n}@x>"), row) for n in range(3))
    actions.set_mail_aside(aside.pk, "spam", actor=clerk, now=NOW, note="广告")
    Mail.objects.filter(pk=robot.pk).update(state="automatic", handled_at=None, received_at=NOW)
    for days, gone in ((180, 0), (181, 2), (182, 0)):
        assert forget_mails(NOW + timedelta(days=days)) == gone
    kept = {each.pk: each for each in Mail.objects.all()}
    assert [(kept[each.pk].text, kept[each.pk].sender, bool(kept[each.pk].key), kept[each.pk].state) for each in (aside, robot)] == [
        ("", "", True, "aside"),
        ("", "", True, "automatic"),
    ]
    assert (kept[waiting.pk].text, kept[waiting.pk].erased_at) == (waiting.text, None)
    assert [(each.clause, each.data) for each in Act.objects.filter(event="mail.forget")] == [("PIPL Art.19", {"mails": 2})]
    assert refused(lambda: actions.take_up_mail(aside.pk, actor=clerk, now=NOW)).code == "erased"


def test_the_rail_counts_every_mail_that_waits():
    row, clerk = opened()
    for n in range(3):
        arrived(mail(message_id=f"<{n}@x>"), row)
    assert desk_of(clerk, NOW).under("/workspace/mails/") == 3


def test_who_sent_a_mail_is_seen_by_the_clerk_for_a_purpose_and_each_look_is_recorded():
    row, clerk = opened()
    made = assigned(row)
    assert refused(lambda: actions.look_at_sender(made.pk, actor=clerk, now=NOW, purpose=" ")).code == "purpose"
    assert actions.look_at_sender(made.pk, actor=clerk, now=NOW, purpose="核对").sender == "li@example.org"
    assert [(each.event, each.reason) for each in acts_of(made)][-1] == ("mail.look_at_sender", "核对")
    others = [
        actor(row.government, Role.CLERK, within=department(row.government)),
        actor(row.government, Role.OFFICE),
        system(row.government_id),
    ]
    assert [refused(lambda who=who: actions.look_at_sender(made.pk, actor=who, now=NOW, purpose="x")).code for who in others] == [
        "role"
    ] * 3


def test_mails_of_another_government_are_not_there():
    row, _clerk = opened()
    stranger = actor(government(host="b.example.org"), Role.CLERK)
    made = assigned(row)
    acts = (
        lambda: enter(made, stranger),
        lambda: actions.accept_mail(made.pk, actor=stranger, now=NOW, token="x"),
        lambda: actions.look_at_sender(made.pk, actor=stranger, now=NOW, purpose="x"),
        lambda: actions.set_mail_aside(made.pk, "spam", actor=stranger, now=NOW),
        lambda: queries.mail(stranger, made.pk),
    )
    assert [refused(each).code for each in acts] == ["gone"] * 5


def test_erasing_an_opinion_destroys_the_mail_and_it_is_not_fetched_again():
    row, clerk = opened()
    made = assigned(row, files=(("a.pdf", PDF),))
    said = enter(made, clerk).opinion
    withhold(row, [said.pk], code="unlawful")
    actions.erase_opinion(said.pk, actor=actor(row.government, Role.MODERATOR), now=NOW, reason="违法")
    made.refresh_from_db()
    kept = (made.text, made.subject, made.sender, made.sender_name, made.message_id, made.files.count(), made.erased_at)
    assert kept == ("", "", "", "", "", 0, NOW)
    assert assigned(row, files=(("a.pdf", PDF),)) == made


def test_erasing_personal_data_destroys_sender_and_signature_and_leaves_the_words():
    row, clerk = opened()
    made = assigned(row, "太少\n\n-- \n张三 138")
    said = enter(made, clerk).opinion
    actions.erase_personal(said.receipt, actor=clerk, now=NOW)
    made.refresh_from_db()
    assert (made.text, made.sender, made.sender_name, made.message_id) == ("太少", "", "", "")
    assert not OpinionContact.objects.filter(opinion=said).exists()


def test_who_may_read_which_mail():
    row, clerk = opened()
    mine, nobodys = assigned(row), arrived(mail(message_id="<2@x>"), row)
    other = actor(row.government, Role.CLERK, within=department(row.government))
    waiting = queries.MailFilters("waiting")
    seen = {
        name: (
            [each.pk for each in queries.mails(who, waiting)],
            [each.pk for each in queries.mails(who, replace(waiting, tray="unplaced"))],
        )
        for name, who in {"clerk": clerk, "other": other, "office": actor(row.government, Role.OFFICE)}.items()
    }
    assert seen == {"clerk": ([mine.pk], [nobodys.pk]), "other": ([], [nobodys.pk]), "office": ([mine.pk], [nobodys.pk])}
    assert refused(lambda: queries.mail(other, mine.pk)).code == "role"
    assert not policy.may_sort_mail(actor(row.government, Role.MODERATOR), None)


def test_the_desk_says_how_many_mails_wait_and_since_when():
    row, clerk = opened()
    assert queries.desk(clerk, NOW) == [each for each in queries.desk(clerk, NOW) if "/mails/" not in each.url]
    assigned(row, at=NOW - timedelta(days=2))
    item = next(each for each in queries.desk(clerk, NOW) if "/mails/" in each.url)
    assert (str(item.title), item.url, item.began_on) == (
        "1 封邮件待办",
        "/workspace/mails/?tray=waiting",
        (NOW - timedelta(days=2)).date(),
    )
