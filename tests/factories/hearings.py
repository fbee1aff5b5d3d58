"""Hearings for tests, from the decision to the published report; and the other activities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mingtang.consultations.models import Consultation
from mingtang.hearings import actions
from mingtang.hearings.models import Activity, Hearing, HearingDraw, Participant
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.actor import Actor, Role, stranger
from mingtang.platform.clock import CHINA
from mingtang.topics.models import Topic
from tests.factories.consultations import close_now, opened
from tests.factories.kept import kept
from tests.factories.ledger import answer, finished
from tests.factories.platform import NOW, actor, department, government
from tests.factories.topics import approved

STARTS = datetime(2027, 1, 5, 9, 0, tzinfo=CHINA)
UNTIL = date(2026, 12, 10)
AFTER = datetime(2026, 12, 11, 9, 0, tzinfo=CHINA)
SEATS: dict[str, tuple[int, str]] = {"consumer": (3, "lot"), "operator": (1, "rule"), "expert": (1, "nomination")}
DRAWN_ON = date(2026, 12, 12)
RANDOMNESS: dict[str, Any] = {
    "kind": "figures",
    "day": DRAWN_ON.isoformat(),
    "sources": [{"name": "排列五第 26338 期", "count": 5, "order": True}],
}
FIGURES = [["4", "7", "2", "1", "9"]]
REVEAL = datetime(2026, 12, 12, 21, 0, tzinfo=CHINA)
SETTLE = datetime(2026, 12, 13, 9, 0, tzinfo=CHINA)
NOTICE: dict[str, Any] = {
    "title": "用水价格听证会",
    "purpose": "听取对阶梯水价调整的意见。",
    "basis": "区政府决定。",
    "starts_at": STARTS,
    "place": "区政府第二会议室",
    "conditions": "年满18周岁，住在本区，能按时参加。",
    "selection": "消费者抽签，经营者按条件选定，专家推荐。",
    "how_to_enrol": "网上或到政务大厅报名。",
    "contact": "价格科 0000-0000002",
    "enrol_until": UNTIL,
    "host": "孙敏",
    "presenter": "区发展和改革局价格科",
    "recorder": "周岚",
    "draw_source": "冻结次日晚公布的排列五号码",
    "observers": 2,
}


@dataclass
class Around:
    """A hearing and everybody around it."""

    home: Government
    department: Department
    topic: Topic
    consultation: Consultation
    hearing: Hearing
    clerk: Actor
    head: Actor
    operator: Actor

    def now(self) -> Hearing:
        """The hearing, read again."""
        self.hearing = Hearing.objects.get(pk=self.hearing.pk)
        return self.hearing

    def people(self, *states: str) -> list[Participant]:
        """Participants in these states, by number."""
        rows = Participant.objects.filter(hearing=self.hearing, seat="participant").order_by("number")
        return list(rows.filter(state__in=states) if states else rows)


@kept
def decided(of: Department | None = None, *, now: datetime = NOW, consulted: bool = True, **fields: Any) -> Around:
    """A hearing decided on, its notice and seats written; the consultation of the matter is open."""
    of = of or department(government(), name="区发展和改革局")
    topic = approved(of, now=now)
    consultation, clerk = opened(topic, now=now) if consulted else (None, actor(of.government, Role.CLERK, within=of))
    head = actor(of.government, Role.HEAD, within=of)
    row = actions.decide_hearing(topic.pk, actor=head, now=now, why="直接涉及居民切身利益。")
    given = {**NOTICE, "seats": SEATS, **fields}
    row = actions.save_notice(row.pk, actor=clerk, now=now, **given)
    return Around(of.government, of, topic, consultation, row, clerk, head, actor(of.government, Role.OPERATOR))


@kept
def announced(of: Department | None = None, **options: Any) -> Around:
    """The same, announced: enrolment is open."""
    made = decided(of, **options)
    made.hearing = actions.announce(made.hearing.pk, actor=made.clerk, now=NOW)
    return made


def enrolled(of: Around, name: str = "张三", *, now: datetime = NOW, **fields: Any) -> Participant:
    """Somebody enrolled on the web."""
    given = {"category": "consumer", "of_age": True, "phone": f"000-{name}", "email": f"p{len(name)}@example.org", **fields}
    return actions.enrol(of.hearing.pk, actions.EnrolmentIn(name, **given), actor=stranger(of.home.pk), now=now)


def frozen(of: Around) -> HearingDraw:
    """Enrolment is over and the list frozen by the clerk."""
    return actions.freeze_seats(of.hearing.pk, actor=of.clerk, now=AFTER, randomness=RANDOMNESS)


def drawn(of: Around) -> HearingDraw:
    """The same, and the figures of the day entered by the operator."""
    frozen(of)
    return actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=FIGURES)


def corrected_seats() -> Around:
    """Seats drawn from figures typed wrongly, then from the right ones, by a third person."""
    made = announced()
    for n in range(5):
        enrolled(made, f"消费者{n + 1}")
    drawn(made)
    actions.correct_seats(made.hearing.pk, actor=made.head, now=REVEAL, values=[["4", "7", "2", "1", "8"]], reason="末位看错")
    return made


def answered_too(of: Around) -> Consultation:
    """The hearing is called off, and the report on the opinions of the same matter published."""
    assert of.consultation is not None
    of.hearing = actions.cancel(of.hearing.pk, actor=of.head, now=REVEAL, reason="参加人不足。")
    row = close_now(of.consultation, of.clerk, opinions=6)
    answer(row, of.clerk)
    return finished(row, of.clerk)


@kept
def settled(of: Department | None = None, *, consumers: int = 5, **options: Any) -> Around:
    """Five enrolled for three drawn seats, one operator chosen by rule, one expert nominated; all settled."""
    made = announced(of, **options)
    for n in range(consumers):
        enrolled(made, f"消费者{n + 1}", publish_name=n % 2 == 0, unit="向阳小区")
    operator = enrolled(made, "自来水公司代表", category="operator")
    actions.nominate(
        made.hearing.pk, actions.EnrolmentIn("陈教授", category="expert", publish_name=True), actor=made.clerk, now=NOW, reason="区科协推荐"
    )
    if consumers:
        drawn(made)
    actions.choose(operator.pk, actor=made.clerk, now=AFTER, reason="供水企业唯一报名人")
    actions.settle(made.hearing.pk, actor=made.clerk, now=SETTLE, reason="" if consumers >= 3 else "报名不足")
    made.now()
    return made


@kept
def listed(of: Department | None = None, **options: Any) -> Around:
    """The list is published."""
    made = settled(of, **options)
    made.hearing = actions.publish_list(made.hearing.pk, actor=made.clerk, now=SETTLE + timedelta(hours=1))
    return made


@kept
def served(of: Department | None = None, **options: Any) -> Around:
    """Everybody's papers were handed over in person."""
    made = listed(of, **options)
    for each in made.people("chosen"):
        actions.serve(each.pk, actor=made.clerk, now=SETTLE + timedelta(days=1), door="hand")
    made.hearing = actions.finish_serving(made.hearing.pk, actor=made.clerk, now=SETTLE + timedelta(days=2))
    return made


@kept
def in_session(of: Department | None = None, *, present: int = 4, **options: Any) -> Around:
    """The hearing is open with so many present."""
    made = served(of, **options)
    for each in made.people("served")[:present]:
        actions.check_in(each.pk, actor=made.operator, now=STARTS)
    made.hearing = actions.open_hearing(made.hearing.pk, actor=made.clerk, now=STARTS)
    return made


@kept
def held(of: Department | None = None, **options: Any) -> Around:
    """Two points were noted and the session closed."""
    made = in_session(of, **options)
    first, second = made.people("present")[:2]
    actions.next_speech(made.hearing.pk, actor=made.clerk, now=STARTS)
    actions.note_point(
        made.hearing.pk, actor=made.clerk, now=STARTS, participant_id=first.pk, claim="第二阶梯降到二百立方", ground="三代同住不够用"
    )
    actions.note_point(made.hearing.pk, actor=made.clerk, now=STARTS, participant_id=second.pk, claim="公布成本监审", stance="ask")
    made.hearing = actions.close_hearing(made.hearing.pk, actor=made.clerk, now=STARTS + timedelta(hours=2))
    return made


@kept
def confirmed(of: Department | None = None, **options: Any) -> Around:
    """Everybody present confirmed the record."""
    made = held(of, **options)
    actions.circulate_record(made.hearing.pk, actor=made.clerk, now=STARTS + timedelta(hours=3))
    for each in made.people("present"):
        actions.sign_record(each.token, actor=stranger(made.home.pk), now=STARTS + timedelta(hours=4), accept=True)
    made.hearing = actions.confirm_record(made.hearing.pk, actor=made.clerk, now=STARTS + timedelta(days=1))
    return made


@kept
def reported(of: Department | None = None, **options: Any) -> Around:
    """The hearing report is public."""
    made = confirmed(of, **options)
    actions.save_report(made.hearing.pk, actor=made.clerk, now=STARTS + timedelta(days=1), text="消费者1主张降低第二阶梯。")
    made.hearing = actions.publish_report(made.hearing.pk, actor=made.clerk, now=STARTS + timedelta(days=2))
    return made


def planned(of: Around, kind: str = "symposium", **fields: Any) -> Activity:
    """An activity of the same matter."""
    return actions.plan_activity(of.topic.pk, actor=of.clerk, now=NOW, kind=kind, title=f"{kind} 活动", **fields)
