"""Pages of calls and of the pool with few people and with many: no page may take more than 1.3 times as long.

``python -m tests.benchmarks.applicants --few 50 --many 5000 --pool 100000`` builds two governments in a database of its own,
asks for each page in turn with the product's own stack in this process, and prints medians in milliseconds and their ratio: of the processor on SQLite, by the clock on PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    os.environ.setdefault("MINGTANG_DATA", tempfile.mkdtemp(prefix="applicants-"))
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client

from mingtang.consultations.rules.likeness import pairs
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Role
from mingtang.representatives.models import (
    Application,
    ApplicationContact,
    Call,
    Invitation,
    PoolWord,
    Quota,
    Representative,
    RepresentativeContact,
)
from mingtang.representatives.queries.inspecting import counted_calls
from tests.factories import calls
from tests.factories.meetings import Planned, frozen
from tests.factories.platform import NOW, department, government, person

MOST, ROUNDS, BATCH = 1.3, 40, 5000
AREAS = ("柳荫街道", "东风街道", "和平里街道", "向阳街道", "春晖街道")
TRADES = ("教育", "餐饮", "物业", "运输")
SEXES = ("女", "男")


def build(host: str, applicants: int, people: int, seats: int) -> dict[str, tuple[Client, str]]:
    """A government with a call and a pool; every page that is measured, with who asks for it."""
    home = government(host=host)
    of = frozen(department(home, name="区住房和城乡建设局"))
    called = calls.opened(of)
    one = _apply(called, applicants)
    _fill(home, people)
    _seat(of, seats)
    staff, anybody = Client(headers={"host": host}), Client(headers={"host": host})
    staff.force_login(person(home, Role.CLERK, Role.OPERATOR, Role.OFFICE), backend="django.contrib.auth.backends.ModelBackend")
    call, choose = called.row.pk, f"/workspace/meetings/{of.meeting.pk}/choose/{of.item.pk}/"
    who = Representative.objects.filter(government=home).order_by("-pk")[0]
    return {
        "calls": (anybody, "/calls/"),
        "call": (anybody, f"/calls/{call}/"),
        "application by receipt": (anybody, f"/r/{one.receipt}/"),
        "applications, staff": (staff, f"/workspace/calls/{call}/applications/"),
        "call, staff": (staff, f"/workspace/calls/{call}/"),
        "pool": (staff, "/workspace/representatives/"),
        "pool, one area": (staff, f"/workspace/representatives/?area={AREAS[0]}"),
        "pool, by name": (staff, f"/workspace/representatives/?q={who.name}"),
        "pool, by words": (staff, "/workspace/representatives/?q=社区"),
        "choosing": (staff, choose),
        "meeting": (anybody, f"/meetings/{of.meeting.pk}/"),
        "seats": (anybody, f"/meetings/{of.meeting.pk}/seats/"),
        "meeting, staff": (staff, f"/workspace/meetings/{of.meeting.pk}/"),
        "invitations, staff": (staff, f"/workspace/meetings/{of.meeting.pk}/invitations/"),
        "door, staff": (staff, f"/workspace/meetings/{of.meeting.pk}/checkin/"),
        "desk": (staff, "/workspace/"),
    }


def _apply(called: calls.Called, applicants: int) -> Application:
    """One who applied through the form, the others like them."""
    first = calls.applied(called, 0)
    counted = Counter[tuple[str, str]]()
    for begin in range(1, applicants, BATCH):
        numbers = range(begin, min(begin + BATCH, applicants))
        made = Application.objects.bulk_create(_application(first, n) for n in numbers)
        counted.update(pair for each in made for pair in each.answers.items())
        ApplicationContact.objects.bulk_create(
            ApplicationContact(application=each, name=f"报名人{n}", phone=f"000-{n}", consent_at=NOW)
            for n, each in zip(numbers, made, strict=True)
        )
    Call.objects.filter(pk=first.call_id).update(applied=applicants)
    for (category, value), n in counted.items():
        Quota.objects.filter(call=first.call_id, category=category, value=value).update(applied=F("applied") + n)
    assert not list(counted_calls())
    return first


def _application(first: Application, n: int) -> Application:
    answers = {"audience": "expert" if n % 3 == 2 else "public", "性别": SEXES[n % 2]}
    return Application(
        government_id=first.government_id,
        call_id=first.call_id,
        number=f"{n + 1:04d}",
        answers=answers,
        receipt=f"QH-{first.call_id}-{n}",
        applied_at=NOW,
    )


def _fill(home: Government, people: int) -> None:
    """So many people in the pool, each to be found by their words."""
    for begin in range(0, people, BATCH):
        rows = Representative.objects.bulk_create(_person(home, n) for n in range(begin, min(begin + BATCH, people)))
        RepresentativeContact.objects.bulk_create(RepresentativeContact(representative=each) for each in rows)
        words = [
            PoolWord(government=home, representative=each, word=word)
            for each in rows
            for word in sorted(pairs(each.name) | pairs(each.unit) | pairs(each.area) | pairs(each.trade))
        ]
        PoolWord.objects.bulk_create(words, batch_size=BATCH)


def _seat(of: Planned, seats: int) -> None:
    """So many people of the pool invited to the meeting; all have accepted."""
    people = Representative.objects.filter(government=of.home).order_by("pk")[:seats]
    Invitation.objects.bulk_create(
        Invitation(
            government=of.home,
            meeting=of.meeting,
            item=of.item,
            representative=each,
            audience=each.audience,
            method="draw",
            state="accepted",
            invited_at=NOW,
            answered_at=NOW,
            token=f"{of.meeting.pk}-{n}",
            code=f"{n:06d}",
        )
        for n, each in enumerate(people)
    )


def _person(home: Government, n: int) -> Representative:
    name = "".join(chr(0x4E00 + (n * step) % 2000) for step in (7, 11, 13))
    unit = f"{AREAS[n % 5][:2]}{'小学' if n % 7 == 0 else '社区'}"
    return Representative(
        government=home, audience="public", name=name, unit=unit, area=AREAS[n % 5], trade=TRADES[n % 4], state="listed", added_at=NOW
    )


def _milliseconds(asked: tuple[Client, str]) -> float:
    client, path = asked
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter  # another process does PostgreSQL's work
    began = clock()
    answer = client.get(path)
    taken = (clock() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return taken


def main() -> int:
    """Build, measure, print; 1 when a page grows by more than it may."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("few", 50), ("many", 5000), ("pool", 100_000), ("seats", 300), ("rounds", ROUNDS)):
        reader.add_argument(f"--{name}", type=int, default=default)
    given = reader.parse_args()
    call_command("migrate", verbosity=0)
    few, many = build("few.localhost", given.few, given.few, given.few), build("many.localhost", given.many, given.pool, given.seats)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    beyond = 0
    sys.stdout.write(
        f"{connection.vendor}: {given.few} and {given.many} applicants, {given.few} and {given.pool} people, {given.few} and {given.seats} seats\n"
    )
    for name in few:
        taken: dict[str, list[float]] = {"few": [], "many": []}
        for _round in range(given.rounds):
            taken["few"].append(_milliseconds(few[name]))
            taken["many"].append(_milliseconds(many[name]))
        a, b = (statistics.median(each[2:]) for each in taken.values())
        beyond += b / a > MOST
        sys.stdout.write(f"{name:24} {a:7.2f} {b:7.2f}  {b / a:.2f}\n")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
