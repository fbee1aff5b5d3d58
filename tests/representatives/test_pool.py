"""The pool: coming forward, being verified, correcting, consenting, renewing, conflicts, limits, being forgotten."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from mingtang.platform import events
from mingtang.platform.actor import Role, stranger
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import day_of
from mingtang.platform.figures.actions import set_figure
from mingtang.platform.outbox.models import Notice
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import (
    Conflict,
    Forgotten,
    Invitation,
    NameConsent,
    Nomination,
    PoolImport,
    PoolWord,
    Representative,
    RepresentativeContact,
)
from mingtang.representatives.queries import Wanted
from mingtang.representatives.rules import CONSENT, CONSENTS, POOL, term_end
from tests.factories.meetings import STARTS, frozen
from tests.factories.platform import NOW, TODAY, actor, department, government, later
from tests.factories.pool import given, joined, listed
from tests.factories.refusing import refused
from tests.factories.representatives import accepted, house_rules, pooled

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def listening():
    """The reactions of the running site."""
    events.install(REACTIONS)


@pytest.fixture
def home():
    return government()


@pytest.fixture
def meeting():
    return frozen()


def anybody(home):
    return {"actor": stranger(home.pk), "now": NOW}


def seat(of, who, *, method="office", reason="熟悉物业"):
    return actions.select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method=method, reason=reason)


# Coming forward and being verified


def test_who_comes_forward_waits_with_a_receipt_and_gets_the_personal_link_by_mail(home):
    row = joined(home)
    assert (row.state, row.source, row.verified_at, row.until_on, row.receipt[:3]) == ("waiting", "self", None, None, "QH-")
    mail = Notice.objects.get()
    assert (mail.address, row.token in mail.body, row.receipt in mail.body) == ("p1@example.org", True, True)
    assert published.standing(home.pk, row.receipt).state == "waiting"


@pytest.mark.parametrize(
    ("fields", "code"), [({"phone": "", "email": ""}, "contact"), ({"name": " "}, "contact"), ({"meets_conditions": False}, "conditions")]
)
def test_nobody_joins_without_contact_or_conditions(home, fields, code):
    with refused(code):
        joined(home, **fields)


def test_the_conditions_said_are_the_figures_of_the_place(home):
    office = actor(home, Role.OFFICE)
    for key, value in (("rep.max_age", "65"), ("rep.residence_min_months", "12")):
        set_figure(key, value, actor=office, now=NOW, since_on=TODAY, source="比照", reason="比照")
    said = [each.zh for each in published.pool_terms(home.pk, TODAY).conditions]
    assert said == ["年满 {a} 周岁、不超过 {b} 周岁", "在本地居住或工作满 {n} 个月", "能独立承担民事责任"]


def test_the_same_name_and_contact_join_once_and_are_not_told_who_is_there(home):
    joined(home, 1)
    for fields in ({"email": ""}, {"phone": "", "email": "P1@EXAMPLE.ORG"}):
        with refused("already"):
            actions.join_pool(given(1, **fields), token="another", **anybody(home))
    assert joined(home, 1).pk == Representative.objects.get().pk


def test_the_office_verifies_and_a_term_begins(home):
    office = actor(home, Role.OFFICE)
    row = actions.verify_person(joined(home).pk, actor=office, now=NOW)
    assert (row.state, row.verified_by_id, row.until_on) == ("listed", office.person_id, date(2027, 11, 24))
    assert Notice.objects.filter(template="representatives/email/verified.txt").count() == 1


def test_a_clerk_does_not_verify_and_nobody_verifies_whom_they_brought(home):
    row = joined(home)
    with refused("role"):
        actions.verify_person(row.pk, actor=actor(home, Role.CLERK), now=NOW)
    office = actor(home, Role.OFFICE)
    actions.import_people("姓名,类别,电话\n李四,社会公众,000-1\n".encode(), "名单.csv", actor=office, now=NOW)
    with refused("own_work"):
        actions.verify_person(Representative.objects.get(name="李四").pk, actor=office, now=NOW)


def test_several_are_verified_together_or_none(home):
    office, rows = actor(home, Role.OFFICE), [joined(home, n) for n in (1, 2)]
    assert actions.verify_people([each.pk for each in rows], actor=office, now=NOW) == 2
    with refused("wrong_state"):
        gone = joined(home, 3)
        actions.refuse_person(gone.pk, actor=office, now=NOW, reason="不符合条件")
        actions.verify_people([gone.pk], actor=office, now=NOW)


def test_who_is_not_admitted_is_told_why_and_forgotten_when_the_days_are_over(home):
    row = joined(home)
    with refused("reason_missing"):
        actions.refuse_person(row.pk, actor=actor(home, Role.OFFICE), now=NOW, reason="")
    actions.refuse_person(row.pk, actor=actor(home, Role.OFFICE), now=NOW, reason="不住在本区")
    assert "不住在本区" in Notice.objects.get(template="representatives/email/refused.txt").body
    assert actions.forget_people(later(days=90)) == 0
    assert actions.forget_people(later(days=91)) == 1
    row.refresh_from_db()
    assert (row.name, row.reason, RepresentativeContact.objects.count(), PoolWord.objects.count()) == ("—", "", 0, 0)
    assert list(Forgotten.objects.values_list("why", "people", "days")) == [("refused", 1, 90)]


def test_staff_who_add_somebody_are_noted_as_having_verified(meeting):
    row = pooled(meeting)
    assert (row.state, row.verified_by_id, row.until_on) == ("listed", meeting.operator.person_id, date(2027, 11, 24))


# One's own data


def test_one_corrects_ones_own_data_and_another_name_is_verified_anew(home):
    row, who = listed(home), anybody(home)
    actions.correct_own(row.token, {"unit": "春晖小区", "phone": "000-777"}, **who)
    row.refresh_from_db()
    assert (row.state, row.unit, row.contact.phone) == ("listed", "春晖小区", "000-777")
    assert [each.pk for each in queries.pool(home.pk, Wanted(words="春晖"))] == [row.pk]
    assert len(queries.pool(home.pk, Wanted(words="向阳"))) == 0
    actions.correct_own(row.token, {"name": "来人甲"}, **who)
    row.refresh_from_db()
    assert (row.state, row.verified_at, row.name) == ("waiting", None, "来人甲")
    with refused("contact"):
        actions.correct_own(row.token, {"phone": "", "email": ""}, **who)
    said = [each.data for each in Act.objects.filter(event="representative.correct").order_by("pk")]
    assert said == [{"fields": ["phone", "unit"]}, {"fields": ["name"]}]


def test_the_journal_names_nobody_of_the_pool(home):
    row = listed(home)
    actions.leave_by_link(row.token, **anybody(home))
    titles = set(Act.objects.filter(subject_type="representatives.representative").values_list("subject_title", flat=True))
    assert titles == {f"R-{row.pk}"}


def test_consent_to_the_name_is_kept_with_its_wording_and_can_be_taken_back(home):
    row, who = listed(home), anybody(home)
    assert not row.publish_name
    assert not NameConsent.objects.exists()
    for agreed in (True, True, False):
        actions.say_consent(row.token, agreed=agreed, **who)
    kept = list(NameConsent.objects.order_by("pk").values_list("version", "words", "agreed"))
    assert kept == [(CONSENT, CONSENTS[CONSENT].zh, True), (CONSENT, CONSENTS[CONSENT].zh, False)]
    row.refresh_from_db()
    assert not row.publish_name


def test_a_link_that_is_nobodys_opens_nothing(home):
    row = listed(home)
    assert published.own(home.pk, "", NOW) is None
    assert published.own(government().pk, row.token, NOW) is None
    with refused("gone"):
        actions.say_consent("", agreed=True, **anybody(home))
    link = row.token
    for _twice in range(2):
        actions.leave_by_link(link, **anybody(home))
    assert (Representative.objects.get().state, Forgotten.objects.get().people) == ("left", 1)
    with refused("gone"):
        actions.renew_by_link(link, **anybody(home))


def test_ones_own_file_holds_what_is_kept_and_nobody_elses(home):
    row = listed(home, 1)
    listed(home, 2)
    found = published.own_file(published.own(home.pk, row.token, NOW))
    assert (found["name"], found["phone"], found["state"], found["source"]) == ("来人1", "000-9001", "在库", "自荐报名")
    assert "来人2" not in str(found)


# Terms


def test_a_term_is_asked_for_once_renewed_by_link_and_runs_on_from_its_end(home):
    row = listed(home)
    soon = later(days=340)
    assert actions.ask_renewals(later(days=300)) == 0
    assert (actions.ask_renewals(soon), actions.ask_renewals(soon)) == (1, 0)
    assert Notice.objects.filter(template="representatives/email/renew.txt").count() == 1
    for _twice in range(2):
        actions.renew_by_link(row.token, actor=stranger(home.pk), now=soon)
    row.refresh_from_db()
    assert (row.state, row.until_on, row.asked_on) == ("listed", date(2028, 11, 24), None)
    with refused("too_early"):
        actions.renew_by_link(row.token, actor=stranger(home.pk), now=later(days=341))


def test_a_term_nobody_renews_lapses_takes_no_seat_and_is_forgotten(home):
    row = listed(home)
    assert actions.lapse_terms(later(days=365)) == 0
    assert actions.lapse_terms(later(days=366)) == 1
    row.refresh_from_db()
    assert row.state == "lapsed"
    renewed = listed(home, 2)
    actions.lapse_terms(later(days=366))
    assert actions.renew_at_desk(renewed.pk, actor=actor(home, Role.OPERATOR), now=later(days=370)).until_on == date(2028, 11, 29)
    assert actions.forget_people(later(days=366 + 90)) == 1
    row.refresh_from_db()
    assert (row.state, row.name) == ("left", "—")
    assert Forgotten.objects.get().why == "lapsed"


def test_a_term_that_begins_on_leap_day_ends_on_the_twenty_eighth():
    assert [term_end(date(2028, 2, 29), n) for n in (1, -3)] == [date(2029, 2, 28), date(2025, 2, 28)]


def test_who_came_forward_and_was_never_verified_is_forgotten(home):
    joined(home)
    assert actions.forget_people(later(days=90)) == 0
    assert actions.forget_people(later(days=91)) == 1
    assert (Forgotten.objects.get().why, RepresentativeContact.objects.count()) == ("unverified", 0)


def test_who_sat_in_and_left_is_named_for_the_years_of_the_figure_and_then_forgotten(meeting):
    row = accepted(meeting)
    Invitation.objects.filter(pk=row.pk).update(state="present")
    actions.leave_pool(row.representative_id, actor=meeting.operator, now=NOW)
    who = Representative.objects.get()
    assert (who.state, who.name, who.forgotten_at) == ("left", "张三", None)
    assert actions.forget_people(later(days=365 * 3)) == 0
    assert actions.forget_people(later(days=365 * 3 + 3)) == 1
    who.refresh_from_db()
    assert (who.name, next(iter(published.seats(meeting.meeting.pk))).who.zh, published.withheld_names(meeting.meeting.pk)) == (
        "—",
        "{audience} {n}",
        {},
    )


# Seats: state, conflict, how often


def test_only_people_in_the_pool_get_a_seat(meeting):
    who = joined(meeting.home)
    with refused("not_listed"):
        seat(meeting, who)
    assert seat(meeting, listed(meeting.home, 2)).state == "selected"


def test_a_declared_conflict_refuses_the_seat_takes_back_the_one_held_and_says_no_more(meeting):
    row = accepted(meeting)
    who = Representative.objects.get()
    actions.send_link(who.pk, actor=meeting.operator, now=NOW)
    link = Representative.objects.get().token
    for _twice in range(2):
        actions.declare_conflict(link, meeting.topic.pk, reason="亲属是承包商", **anybody(meeting.home))
    row.refresh_from_db()
    assert (row.state, row.decline_reason, Conflict.objects.count()) == ("revoked", "已申报利益冲突", 1)
    with refused("conflict"):
        seat(meeting, who)
    with refused("conflict"):
        actions.seat_again(row.pk, actor=meeting.operator, now=NOW, method="office", reason="再请")
    freed = published.freed(meeting.meeting.pk)
    assert [(each.item, each.audience.zh, each.reason.zh) for each in freed] == [(1, "社会公众", "已申报利益冲突")]


def test_a_conflict_is_declared_only_in_a_public_matter_of_ones_own_place(meeting):
    who = listed(meeting.home)
    elsewhere = frozen()
    with refused("gone"):
        actions.declare_conflict(who.token, elsewhere.topic.pk, **anybody(meeting.home))
    with refused("gone"):
        actions.enter_conflict(who.pk, elsewhere.topic.pk, actor=meeting.operator, now=NOW, reason="利害关系")


def test_nobody_sits_in_more_often_than_the_figure_says(meeting):
    who = listed(meeting.home)
    for _n in range(2):
        seat(frozen(department(meeting.home)), who)
    with refused("repeat"):
        seat(meeting, who)
    set_figure("rep.max_repeat_per_year", "3", actor=meeting.office, now=NOW, since_on=TODAY, source="本区", reason="人少")
    assert seat(meeting, who).state == "selected"
    assert queries.seats_in(STARTS.year, [who.pk]) == {who.pk: 3}


def test_where_the_public_is_drawn_by_lot_nobody_is_chosen_for_it(meeting):
    who = listed(meeting.home)
    set_figure("rep.public_by_draw", "true", actor=meeting.office, now=NOW, since_on=TODAY, source="比照", reason="比照")
    with refused("by_draw"):
        seat(meeting, who)
    assert seat(meeting, who, method="draw", reason="").state == "selected"


def test_a_nomination_carries_body_letter_and_day_and_the_letter_stays_unpublished(meeting):
    who = listed(meeting.home)
    letter = {"body": "区人大常委会办公室", "letter_no": "清人办函〔2026〕3号", "dated_on": date(2026, 11, 20), "letter": io.BytesIO(PDF)}
    letter["letter"].name = "推荐函.pdf"
    made = actions.nominate(meeting.item.pk, who.pk, actor=meeting.operator, now=NOW, **letter)
    again = actions.nominate(meeting.item.pk, who.pk, actor=meeting.operator, now=NOW, **{**letter, "letter": None})
    kept = Nomination.objects.get()
    assert (made.pk, made.method, kept.file.name) == (again.pk, "nomination", "推荐函.pdf")
    house_rules(meeting)
    actions.invite(made.pk, actor=meeting.operator, now=NOW)
    assert published.seats_of(meeting.topic.pk).rows[0].method_reason == "区人大常委会办公室 2026-11-20 清人办函〔2026〕3号"


@pytest.mark.parametrize("fields", [{"body": " "}, {"letter_no": ""}, {"dated_on": None}, {"dated_on": TODAY + timedelta(days=1)}])
def test_a_nomination_without_its_letter_is_refused(meeting, fields):
    letter = {"body": "区政协办公室", "letter_no": "3号", "dated_on": TODAY}
    with refused("letter"):
        actions.nominate(meeting.item.pk, listed(meeting.home).pk, actor=meeting.operator, now=NOW, **{**letter, **fields})


def test_leaving_gives_every_seat_to_come_back(meeting):
    row = accepted(meeting)
    actions.leave_pool(row.representative_id, actor=meeting.operator, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.decline_reason) == ("revoked", "已退出代表库")


# A table of people

TABLE = """姓名,类别,单位,电话,邮箱,来源,备注
李四,社会公众,东区社区,000-1,,,住三楼
王五,不知道,东区社区,000-2,,,
赵六,专家学者,设计院,,不是邮箱,,
,社会公众,,000-3,,,
钱七,人大代表,一中,000-4,,组织推荐,
孙八,社会公众,,,,,
"""


def test_a_table_takes_good_rows_for_verifying_and_keeps_the_others_for_mending(home):
    clerk = actor(home, Role.CLERK)
    batch = actions.import_people(TABLE.encode(), "名单.csv", actor=clerk, now=NOW)
    assert (batch.taken, batch.known, batch.rejected_count) == (2, 0, 4)
    rows = Representative.objects.order_by("pk").values_list("name", "state", "source", "unit")
    assert list(rows) == [("李四", "waiting", "unit", "东区社区"), ("钱七", "waiting", "body", "一中")]
    assert [(each[-3], each[-2]) for each in batch.rejected["rows"]][1:] == [
        (4, "邮箱写得不对。"),
        (5, "没有姓名。"),
        (7, "电话、邮箱至少要有一个。"),
    ]
    again = actions.import_people(TABLE.encode(), "名单.csv", actor=clerk, now=NOW)
    assert again.pk == batch.pk
    mended = actions.import_people((TABLE + "\n").encode(), "改.csv", actor=clerk, now=NOW)
    assert (mended.taken, mended.known) == (0, 2)


def test_a_table_without_names_is_refused_and_its_leftovers_are_forgotten(home):
    clerk = actor(home, Role.CLERK)
    with refused("columns"):
        actions.import_people("电话,类别\n1,社会公众\n".encode(), "x.csv", actor=clerk, now=NOW)
    actions.import_people(TABLE.encode(), "名单.csv", actor=clerk, now=NOW)
    actions.forget_people(later(days=91))
    assert PoolImport.objects.get().rejected == {}
    assert sorted(Forgotten.objects.values_list("why", "people")) == [("rejected_rows", 4), ("unverified", 2)]


def test_the_head_of_a_table_may_be_english(home):
    said = b"Name,Audience,Phone,Source\nAda,expert,000-1,Nominated by a body\n"
    batch = actions.import_people(said, "people.csv", actor=actor(home, Role.OPERATOR), now=NOW)
    assert (batch.taken, Representative.objects.get().source) == (1, "body")


# Finding people


def test_people_are_found_by_pairs_of_signs_and_narrowed(home):
    one, two = listed(home, 1, unit="东风路小学"), listed(home, 2, unit="东风物业", trade="物业", audience="expert")
    found = {
        "东风": [two.pk, one.pk],
        "东风小学": [],
        "东风路小学": [one.pk],
        "来人2": [two.pk],
        "懂电梯": [two.pk, one.pk],
        "没有": [],
    }
    assert {words: [each.pk for each in queries.pool(home.pk, Wanted(words=words))] for words in found} == found
    assert [each.pk for each in queries.pool(home.pk, Wanted(words="东风", audience="expert"))] == [two.pk]
    assert [each.pk for each in queries.pool(home.pk, Wanted(trade="教育"))] == [one.pk]
    assert [each.pk for each in queries.pool(home.pk, Wanted(state="waiting"))] == []


def test_a_search_pages_by_key_and_stays_in_its_government(home):
    rows = [listed(home, n) for n in range(32)]
    listed(government(), 1)
    first = queries.pool(home.pk, Wanted(words="来人"))
    second = queries.pool(home.pk, Wanted(words="来人"), after=first.after)
    assert [each.pk for each in (*first, *second)] == sorted((each.pk for each in rows), reverse=True)


# The desk


def test_the_office_sees_who_waits_who_must_be_called_and_that_the_year_falls_behind(home):
    office = actor(home, Role.OFFICE)
    joined(home, 1)
    silent = listed(home, 2, email="")
    Representative.objects.filter(pk=silent.pk).update(asked_on=TODAY, until_on=TODAY + timedelta(days=9))
    said = [(each.clause, str(each.title)) for each in queries.desk(office, NOW)]
    assert said == [
        ("3.2b", "核验自荐和导入的代表：1 人"),
        ("3.2b", "打电话问是否续期：1 人没有邮箱"),
        ("2.2b", "2026 年代表列席会议偏少：已 0 次，已安排 0 次，应不少于 3 次"),
    ]
    assert queries.desk(actor(home, Role.INSPECTOR), NOW) == []


def test_the_year_counts_attended_meetings_only_and_forecasts_from_those_planned(home):
    made = [frozen(department(home)) for _n in range(3)]
    rows = [seat(each, listed(home, n)) for n, each in enumerate(made)]
    year = queries.year_so_far(home.pk, day_of(STARTS))
    assert (year.attended, year.planned, year.expected, year.outlook.allowed) == (0, 3, 3, True)
    Invitation.objects.filter(pk=rows[0].pk).update(state="present")
    Invitation.objects.filter(pk=rows[1].pk).update(state="absent")
    year = queries.year_so_far(home.pk, day_of(STARTS))
    assert (year.attended, year.planned, year.expected, year.outlook.allowed) == (1, 1, 2, False)


def test_every_state_of_the_pool_has_a_name():
    assert [code for code, _label in POOL.choices] == ["waiting", "listed", "refused", "lapsed", "left"]
