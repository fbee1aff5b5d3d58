"""A matter whose draft is before the public, by zhao's department, so that a hearing can be held. `python -m tests.journeys.tohear`."""

from __future__ import annotations

import os
from pathlib import Path

import django


def lay_open() -> int:
    """An approved matter with its consultation open; gives the number of the matter."""
    from mingtang.platform.accounts.models import Person
    from tests.factories.consultations import opened
    from tests.factories.topics import approved

    of = Person.objects.get(username="zhao").department
    assert of is not None
    row, _clerk = opened(approved(of))
    return int(row.topic_id)


if __name__ == "__main__":
    django.setup()
    Path(os.environ["MINGTANG_DATA"], "to_hear").write_text(str(lay_open()), encoding="utf-8")
