"""Pages of seats with 50 and with 300 invitations, of calls with 50 and 5,000 applicants: ``python -m tests.benchmarks.seats``.

Two governments in one database of their own; every round asks each page of the small one, then of the large one, in this
process. What is printed is processor time, medians over the rounds; it ends with 1 when a page costs more than 1.3×.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from statistics import median

import django

FEW, MANY, APPLICANTS = 50, 300, 5000
ROUNDS, MOST = 15, 1.3


def main() -> int:
    """Build, ask, print."""
    with tempfile.TemporaryDirectory(prefix="mingtang-seats-") as folder:
        os.environ["MINGTANG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        small, large = _built(FEW, FEW), _built(MANY, APPLICANTS)
        found = {name: _measured(small[name], large[name]) for name in small}
    print(f"| page | {FEW} | {MANY} (applicants: {APPLICANTS}) | ratio |\n| --- | ---: | ---: | ---: |")
    for name, (few, many, ratio) in found.items():
        print(f"| {name} | {few * 1000:.1f} ms | {many * 1000:.1f} ms | {ratio:.2f} |")
    return int(any(ratio > MOST for _few, _many, ratio in found.values()))


def _built(seats: int, applicants: int):  # type: ignore[no-untyped-def]  # functions by name that ask a page
    from django.test import Client

    from mingtang.platform.actor import Role
    from mingtang.representatives.models import Application, Invitation, Representative
    from tests.factories.calls import applied, opened
    from tests.factories.meetings import frozen
    from tests.factories.platform import NOW, person
    from tests.factories.representatives import told

    of = frozen()
    call = opened(of)
    first = told(of)
    people = Representative.objects.bulk_create(
        Representative(government=of.home, audience="public", name=f"代表{n}", added_at=NOW) for n in range(seats)
    )
    Invitation.objects.bulk_create(
        Invitation(
            government=of.home,
            meeting=of.meeting,
            item=of.item,
            representative=each,
            audience="public",
            method="draw",
            state="noticed",
            token=f"{of.home.pk}-{n}",
            code=f"Z{n:03d}-{of.home.pk:04d}",
            rules=first.rules,
            invited_at=NOW,
            noticed_at=NOW,
            noticed_by_door="email",
        )
        for n, each in enumerate(people)
    )
    one = applied(call, 0)
    Application.objects.bulk_create(
        Application(government=of.home, call=call.row, number=f"X{n}", receipt=f"{of.home.pk}-{n}", answers=one.answers, applied_at=NOW)
        for n in range(1, applicants)
    )
    meeting, staff = f"meetings/{of.meeting.pk}/", Client(headers={"host": of.home.host})
    staff.force_login(person(of.home, Role.OPERATOR, Role.CLERK, within=of.department))
    paths = {
        "invitations": f"/workspace/{meeting}invitations/",
        "invitations of one state": f"/workspace/{meeting}invitations/?state=noticed",
        "the door": f"/workspace/{meeting}checkin/",
        "meeting, public": f"/{meeting}",
        "seats, public": f"/{meeting}seats/",
        "call": f"/workspace/calls/{call.row.pk}/",
        "applications": f"/workspace/calls/{call.row.pk}/applications/",
        "desk": "/workspace/",
    }
    return {name: (lambda path=path: staff.get(path)) for name, path in paths.items()}


def _measured(few, many) -> tuple[float, float, float]:  # type: ignore[no-untyped-def]
    took: tuple[list[float], list[float]] = ([], [])
    for each in (few, many):
        answer = each()
        assert answer.status_code == 200, answer.status_code
    for _ in range(ROUNDS):
        for ask, times in zip((few, many), took, strict=True):
            began = time.process_time()
            ask()
            times.append(time.process_time() - began)
    ratio = median(b / a for a, b in zip(*took, strict=True))
    return median(took[0]), median(took[1]), ratio


if __name__ == "__main__":
    sys.exit(main())
