"""A site with so many opinions in each of two consultations, one open, one reported; run as a child of the benchmark.

``python -m tests.benchmarks.site 100`` migrates, builds it with the product's own actions and prints its addresses as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils.timezone import now as instant

from mingtang.consultations import actions
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.wording import word_opinions
from mingtang.consultations.models import Consultation, Opinion
from mingtang.platform.accounts.models import Department, Person
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.platform.paging import page_of
from mingtang.publishing.models import Release
from tests.benchmarks.multiplied import multiply
from tests.benchmarks.urls import BARE, TRIVIAL
from tests.factories.consultations import moderator, opened
from tests.factories.platform import actor, department, government, person
from tests.factories.topics import approved

CHANNELS = ("web", "web", "web", "paper", "phone", "letter")
STANCES = ("for", "change", "against", "ask", "none")
VERDICTS = ("adopted", "partly", "covered", "not_adopted", "out_of_scope")
WORDS = "三楼以上的住户愿意出钱，一楼担心采光和噪音，希望补助办法写清楚怎样协商、谁来调解，材料能在街道一次交齐。"
REASON = "已与有关部门核对：现行标准按财力测算，一年后评估时一并研究；有困难的家庭可以向街道申请缓交，具体办法另行公布。"
WITHHELD, TENTH = 50, 10  # one in so many
OFTEN, ONCE, NEVER = "消防通道", "无障碍坡道", "高铁站台"  # words in every tenth opinion, in one, in none
MOST_BY_ACTIONS = 5_000
SEARCHED = {"a tenth": OFTEN, "one": ONCE, "none": NEVER, "two signs": "消防", "Traditional": "無障礙"}
PAGEFUL = 36  # a little more than a page, so that every list is full on the small site too


def build(opinions: int) -> dict[str, tuple[str, str]]:
    """Build the site; every measured page by name: its path and the session it needs."""
    call_command("migrate", verbosity=0)
    now = instant()
    home = government(host="127.0.0.1")
    of = department(home, name="区住房和城乡建设局", name_en="Housing Bureau")
    first = opinions // -(-opinions // MOST_BY_ACTIONS)  # so many through the actions, the others copied
    times = opinions // first
    running = _open(of, first, times, now - timedelta(days=10))
    reported = _reported(of, first, times, now - timedelta(days=90))
    sequence_all(now)
    _settle()
    clerk = _session(person(home, Role.CLERK, within=of))
    watcher = _session(person(home, Role.MODERATOR))
    return {**_references(), **_public(running, reported), **_staff(running, reported, clerk, watcher)}


def _settle() -> None:
    """What a database does by itself within minutes of such a load."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def _consultation(of: Department, now: datetime, title: str, days: int) -> tuple[Consultation, Actor]:
    topic = approved(of, now=now, title=title, wished_on=day_of(now) + timedelta(days=days + 30))
    return opened(topic, now=now, closes_on=day_of(now) + timedelta(days=days))


def _open(of: Department, opinions: int, times: int, now: datetime) -> Consultation:
    """A tenth waits for moderation (the newest), one in fifty is withheld; of the rest all but the last tenth are grouped."""
    row, clerk = _consultation(of, now, "清河区老旧小区加装电梯|补助实施办法", 60)
    late = now + timedelta(days=1)
    waiting = _some(opinions)
    _receive(row, clerk, late, range(opinions - waiting))
    actions.show_all(row.pk, actor=moderator(row), now=late)
    _receive(row, clerk, late + timedelta(days=1), range(opinions - waiting, opinions))
    ids = _shown(row)
    _group(row, ids[: len(ids) * 9 // 10], clerk, late)
    _word()
    multiply(row, times)
    alone = actions.receive_opinion(row.pk, OpinionIn(f"{ONCE}也请一并改造。", channel="paper"), actor=clerk, now=late)
    actions.show_opinions(row.pk, [alone.pk], actor=moderator(row), now=late)
    _word()
    return Consultation.objects.get(pk=row.pk)


def _reported(of: Department, opinions: int, times: int, now: datetime) -> Consultation:
    """Every opinion in its place, the report published, the result of the matter on the home page."""
    row, clerk = _consultation(of, now, "清河区社区食堂|布点方案", 40)
    late = now + timedelta(days=1)
    _receive(row, clerk, late, range(opinions))
    actions.show_all(row.pk, actor=moderator(row), now=late)
    late = now + timedelta(days=42)
    actions.close_consultation(row.pk, actor=clerk, now=late)
    ids = _shown(row)
    alone = _some(opinions)
    _answer(row, ids[-alone:], clerk, late)
    _group(row, ids[:-alone], clerk, late)
    _word()
    multiply(row, times)
    _report(row, of, clerk, late)
    Release.objects.create(
        government=row.government,
        topic=row.topic,
        kind="result",
        state="published",
        title="社区食堂布点方案审议结果",
        body="会议原则通过。",
        drafted_by_id=clerk.person,
        created_at=late,
        published_at=late,
    )
    return Consultation.objects.get(pk=row.pk)


def _some(opinions: int) -> int:
    """A tenth, but a pageful where that can be."""
    return max(opinions // TENTH, min(PAGEFUL, opinions // 3))


def _receive(row: Consultation, clerk: Actor, now: datetime, numbers: range) -> None:
    actions.receive_many(row.pk, _given(row, numbers, now), actor=clerk, now=now)


def _given(row: Consultation, numbers: range, now: datetime) -> Iterator[OpinionIn]:
    first, second, third = row.clauses.values_list("pk", flat=True)
    clauses = (None, first, second, second, second, second, second, third)
    for n in numbers:
        yield OpinionIn(
            text=f"第 {n} 户：{WORDS[n % 20 :]}{f'{OFTEN}要留好。' if n % TENTH == 0 else ''}",
            stance=STANCES[n % len(STANCES)],
            channel=CHANNELS[n % len(CHANNELS)],
            clause_id=clauses[n % len(clauses)],
            author=f"住户 {n // 10 * 9 + n % 9}",
            received_at=now + timedelta(seconds=n / 10),
            withheld="abuse" if n % WITHHELD == 0 else "",
        )


def _word() -> None:
    """What the background does with opinions as they come."""
    while word_opinions():
        pass


def _shown(row: Consultation) -> list[int]:
    return list(Opinion.objects.filter(consultation=row, state="shown").order_by("id").values_list("pk", flat=True))


def _group(row: Consultation, ids: list[int], clerk: Actor, now: datetime) -> None:
    groups = min(len(ids), 10 * PAGEFUL)
    for n in range(groups):
        made = actions.group_opinions(row.pk, ids[n::groups], actor=clerk, now=now, title=f"第 {n} 类：{WORDS[n % 20 : n % 20 + 16]}")
        actions.answer_group(made.pk, actor=clerk, now=now, verdict=VERDICTS[n % len(VERDICTS)], reason=REASON, landed_in="第三条")


def _answer(row: Consultation, ids: list[int], clerk: Actor, now: datetime) -> None:
    for n in range(0, len(ids), 1000):
        actions.answer_opinions(row.pk, ids[n : n + 1000], actor=clerk, now=now, verdict=VERDICTS[n // 1000 % 5], reason=REASON)


def _report(row: Consultation, of: Department, clerk: Actor, now: datetime) -> None:
    actions.save_report(row.pk, actor=clerk, now=now, intro="征集过程和总体情况。" * 20, number="清住建〔2026〕1号")
    actions.submit_report(row.pk, actor=clerk, now=now)
    actions.sign_report(row.pk, actor=actor(of.government, Role.HEAD, within=of), now=now)
    actions.sign_report(row.pk, actor=actor(of.government, Role.OFFICE), now=now)
    actions.publish_report(row.pk, actor=clerk, now=now)


def _session(who: Person) -> str:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def _references() -> dict[str, tuple[str, str]]:
    return {"static file": ("/static/mingtang/dist/prefs.js", ""), "bare answer": (BARE, ""), "trivial view": (f"/{TRIVIAL}", "")}


def _public(running: Consultation, reported: Consultation) -> dict[str, tuple[str, str]]:
    one, done = f"/consultations/{running.pk}/", f"/consultations/{reported.pk}/"
    shown = Opinion.objects.filter(consultation=running).exclude(state="received")
    deep = page_of(shown, key=("-received_at", "-id"), size=max(1, shown.count() - PAGEFUL)).after
    clause = running.clauses.order_by("position")[1].pk
    receipt = Opinion.objects.filter(consultation=reported).order_by("id")[1].receipt
    paths = {
        "home": "/",
        "matter, open": f"/matters/{running.topic_id}/",
        "matter, reported": f"/matters/{reported.topic_id}/",
        "consultation list": "/consultations/",
        "consultation": one,
        "opinions, first page": f"{one}opinions/",
        "opinions, near the end": f"{one}opinions/?after={deep}",
        "opinions of one clause": f"{one}opinions/?clause={clause}",
        "adoption report": f"{done}report/",
        "analysis": f"{one}analysis/",
        **{f"search, {name}": f"{one}opinions/?q={quote(words)}" for name, words in SEARCHED.items()},
        "receipt": f"/r/{receipt}/",
    }
    return {name: (path, "") for name, path in paths.items()}


def _staff(running: Consultation, reported: Consultation, clerk: str, watcher: str) -> dict[str, tuple[str, str]]:
    one, done = f"/workspace/consultations/{running.pk}/", f"/workspace/consultations/{reported.pk}/"
    return {
        "moderation queue": (f"{one}opinions/", watcher),
        "moderation, shown ones": (f"{one}opinions/?state=shown", watcher),
        "moderation, search in a tenth": (f"{one}opinions/?state=shown&q={quote(OFTEN)}", watcher),
        "moderation, search for nothing": (f"{one}opinions/?q={quote(NEVER)}", watcher),
        "grouping desk, search in a tenth": (f"{one}grouping/?home=any&q={quote(OFTEN)}", clerk),
        "grouping desk, search in one": (f"{one}grouping/?home=any&q={quote(ONCE)}", clerk),
        "grouping desk": (f"{one}grouping/", clerk),
        "grouping desk, answered singly": (f"{done}grouping/?home=single", clerk),
        "report in preparation": (f"{one}report/", clerk),
        "consultation for staff": (one, clerk),
        "mails": ("/workspace/mails/", clerk),
        "calls": ("/workspace/calls/", clerk),
        "desk of the clerk": ("/workspace/", clerk),
        "desk of the moderator": ("/workspace/", watcher),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(build(int(sys.argv[1]))))
