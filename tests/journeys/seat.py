"""Seat a meeting in a settled house: convened, two items, four representatives told. `python -m tests.journeys.seat`.

Leaves the numbers and personal links in `seated.json` of the house's data folder.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import django


def seat() -> dict[str, object]:
    """A consulted matter first, then another; two people of the public at the first, one at the second."""
    from mingtang.consultations.models import Consultation
    from mingtang.meetings.actions import add_item, convene_meeting, freeze_agenda
    from mingtang.platform.accounts.models import Department
    from tests.factories import representatives as seats
    from tests.factories.consultations import opened
    from tests.factories.meetings import STARTS, planned, ready_topic
    from tests.factories.platform import NOW
    from tests.factories.topics import document, drafter

    of = Department.objects.filter(is_office=False).order_by("pk")[0]
    made = planned(of)
    row, _clerk = opened(made.topic)
    Consultation.objects.filter(pk=row.pk).update(state="reported", reported_at=NOW)
    document(made.topic, "adoption_note", by=drafter(made.topic))
    second = add_item(made.meeting.pk, ready_topic(of).pk, actor=made.operator, now=NOW, minutes=20)
    freeze_agenda(made.meeting.pk, actor=made.operator, now=NOW)
    made = made.now()
    links = {name: seats.told(made, name, email=f"{n}@example.org").token for n, name in enumerate(("林晓", "陈大力"))}
    links["马建新"] = seats.told(replace(made, item=second), "马建新", email="2@example.org").token
    convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    return {"meeting": made.meeting.pk, "links": links, "starts_at": STARTS.isoformat()}


if __name__ == "__main__":
    django.setup()
    Path(os.environ["MINGTANG_DATA"], "seated.json").write_text(json.dumps(seat()), encoding="utf-8")
