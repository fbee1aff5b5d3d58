"""Calls and draws for tests: published with quotas, applied to, frozen, drawn, seated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mingtang.platform.actor import Actor, Role, stranger
from mingtang.platform.clock import at_hour, day_of
from mingtang.representatives import actions
from mingtang.representatives.actions import ApplicationIn
from mingtang.representatives.models import Application, ApplicationContact, Call, Draw, Quota
from mingtang.representatives.rules import APPLICATION, AUDIENCE, CALL, QuotaLine
from tests.factories.kept import kept
from tests.factories.meetings import Planned, frozen
from tests.factories.platform import NOW, actor
from tests.factories.rows import like

CLOSES = day_of(NOW) + timedelta(days=2)
CLOSED = at_hour(CLOSES + timedelta(days=1), 9)
DRAWN = at_hour(CLOSES + timedelta(days=2), 21)
SOURCE: dict[str, Any] = {
    "kind": "figures",
    "day": DRAWN.date().isoformat(),
    "sources": [{"name": "福利彩票第 140 期红球", "count": 6, "order": False}],
}
VALUES = [["3", "8", "15", "22", "27", "33"]]
SEXES = ("女", "男")


@dataclass(frozen=True)
class Called:
    """A published call and everybody around it."""

    of: Planned
    row: Call
    clerk: Actor
    head: Actor
    anybody: Actor

    def now(self) -> Call:
        """The call, read again."""
        return Call.objects.get(pk=self.row.pk)


@kept
def preparing(of: Planned | None = None, *, reserves: int = 2) -> Called:
    """A call being prepared: two of the public, one expert, at least one woman."""
    of = of or frozen()
    clerk, head = actor(of.home, Role.CLERK, within=of.department), actor(of.home, Role.HEAD, within=of.department)
    row = actions.begin_call(of.topic.pk, actor=clerk, now=NOW)
    for sex in SEXES:
        actions.set_quota(row.pk, actor=clerk, now=NOW, line=QuotaLine("性别", sex, 1, 2), rationale="男女都要有。")
    actions.save_call(
        row.pk,
        actor=clerk,
        now=NOW,
        title="电梯补助办法列席代表征集",
        purpose="列席会议一小时，可以发言。",
        conditions="住在本区，年满 18 周岁。",
        contact="0000-0000001",
        closes_on=CLOSES,
        reserves=reserves,
    )
    return Called(of, Call.objects.get(pk=row.pk), clerk, head, stranger(of.home.pk))


@kept
def opened(of: Planned | None = None, **options: Any) -> Called:
    """The same, published."""
    made = preparing(of, **options)
    actions.publish_call(made.row.pk, actor=made.head, now=NOW)
    return made


def given(n: int, *, audience: str = "public", sex: str = "女", **fields: Any) -> ApplicationIn:
    """What somebody writes in the form."""
    answers = {AUDIENCE: audience, "性别": sex}
    said: dict[str, Any] = {"name": f"报名人{n}", "answers": answers, "phone": f"000-{n:04d}", "email": f"a{n}@example.org", "of_age": True}
    return ApplicationIn(**{**said, **fields})


def applied(of: Called, n: int, *, now: datetime = NOW, **fields: Any) -> Application:
    """Somebody who applied on the web."""
    return actions.apply_for_seat(of.row.pk, given(n, **fields), actor=of.anybody, now=now, token=f"form-{of.row.pk}-{n}")


@kept
def filled(of: Planned | None = None, *, people: int = 12, **options: Any) -> Called:
    """A call to which people applied: every third is an expert, every second a man."""
    made = opened(of, **options)
    for n in range(people):
        applied(made, n, audience="expert" if n % 3 == 2 else "public", sex=SEXES[n % 2])
    return made


@kept
def drawable(of: Planned | None = None, **options: Any) -> tuple[Called, Draw]:
    """The same, frozen by the clerk."""
    made = filled(of, **options)
    return made, actions.freeze_draw(made.row.pk, actor=made.clerk, now=CLOSED, randomness=SOURCE)


@kept
def drawn(of: Planned | None = None, **options: Any) -> tuple[Called, Draw]:
    """The same, with the randomness entered by the meeting operator."""
    made, _frozen = drawable(of, **options)
    return made, actions.reveal_draw(made.row.pk, actor=made.of.operator, now=DRAWN, values=VALUES)


@kept
def left(**options: Any) -> tuple[Called, Application]:
    """A draw of which somebody drawn has withdrawn."""
    made, _draw = drawn(**options)
    row = Application.objects.filter(call=made.row, state="drawn", answers__audience="public").order_by("number")[0]
    return made, actions.withdraw_application(row.receipt, actor=made.anybody, now=DRAWN)


def corrected_and_filled() -> Called:
    """A draw with figures typed wrongly, their correction, and a reserve who took the seat of somebody drawn."""
    made, _frozen = drawable()
    actions.reveal_draw(made.row.pk, actor=made.of.operator, now=DRAWN, values=[["1", "2", "4", "8", "16", "32"]])
    third = actor(made.of.home, Role.HEAD, within=made.of.department)
    actions.correct_draw(made.row.pk, actor=third, now=DRAWN, values=VALUES, reason="抄错了期号。")
    row = Application.objects.filter(call=made.row, state="drawn", answers__audience="public").order_by("number")[0]
    actions.withdraw_application(row.receipt, actor=made.anybody, now=DRAWN)
    actions.fill_seat(row.pk, actor=made.clerk, now=DRAWN)
    return made


def everywhere(given: Any, of: Any) -> None:
    """Calls and applications in every state, a draw that stands and one that was annulled, for a district full of everything."""
    clerk, operator = actor(given.home, Role.CLERK, within=of.department), actor(given.home, Role.OPERATOR)
    row = Call.objects.create(
        government=given.home,
        topic=of.topic,
        state="open",
        title="征集",
        closes_on=CLOSES,
        made_by_id=clerk.person,
        made_at=NOW,
        published_at=NOW,
        household_limit=1,
        household_salt="00" * 16,
    )
    for value, most in (("public", 2), ("expert", 1)):
        Quota.objects.create(call=row, category=AUDIENCE, value=value, least=most, most=most)
    for n in range(8):
        applied(Called(of, row, clerk, clerk, stranger(given.home.pk)), n, audience="expert" if n % 2 else "public", household=f"门牌{n}")
    actions.freeze_draw(row.pk, actor=clerk, now=CLOSED, randomness=SOURCE)
    draw = actions.reveal_draw(row.pk, actor=operator, now=DRAWN, values=VALUES)
    gone = like(draw, number=9, annulled_at=NOW)
    given.public(gone, "annulled_reason")
    for quota in row.quotas.all():
        given.public(quota, "rationale", "relaxed_reason")
    for state in CALL.codes:
        more = like(row, state=state, published_at=None if state == "preparing" else NOW)
        if state != "preparing":
            given.public(more, "title", "purpose", "conditions", "contact", "change_reason")
    given.public(row, "title", "purpose", "conditions", "contact", "change_reason")
    first = Application.objects.filter(call=row).order_by("pk")[0]
    for n, state in enumerate(APPLICATION.codes):
        one = like(first, number=f"9{n}", receipt=f"R{given.home.pk}-{n}", state=state)
        ApplicationContact.objects.create(application=one, name="某人", phone="1", email="a@example.org", consent_at=NOW)
