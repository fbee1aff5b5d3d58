"""The price hearing of the examples: proposed by a citizen, held with its quorum, every point answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from mingtang.cases.player import play
from mingtang.cases.reading import read_case
from mingtang.cases.summary import summary
from mingtang.consultations.models import Opinion
from mingtang.hearings.models import Activity, Hearing, HearingProposal, Participant, Point
from tests.factories.platform import NOW, TODAY

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[2] / "examples" / "water-price"


def test_the_price_hearing_plays_from_the_proposal_to_the_answer_of_every_point():
    said: list[object] = []
    run = play(read_case(FOLDER, TODAY), NOW, said.append)
    assert any("open_hearing：按预期被拒 [2.1d]" in str(each) for each in said)
    row = Hearing.objects.get()
    assert (row.state, HearingProposal.objects.get().state, row.seat_sum().adds_up) == ("reported", "accepted", True)
    assert set(Activity.objects.values_list("kind", "state")) == {(kind, "published") for kind in ("departments", "symposium", "survey")}
    came = Participant.objects.filter(seat="participant", in_at__isnull=False)
    assert (came.count(), came.filter(told_at=None).count(), came.filter(state="refused").count()) == (14, 0, 1)
    assert Point.objects.filter(opinion=None).count() == 0
    channels = set(Opinion.objects.values_list("channel", flat=True))
    assert {"hearing", "symposium", "department", "web", "paper"} <= channels
    found = summary(run, TODAY.replace(month=1, day=1), TODAY)
    assert found["received"] == found["placed"]
    assert play(read_case(FOLDER, TODAY), NOW, said.append) is None


def test_its_pages_open_in_both_languages():
    run = play(read_case(FOLDER, TODAY), NOW, lambda _words: None)
    client = Client()
    paths = ["/hearings/", "/hearings/?which=activities", f"/hearings/{run.ids['hearing']}/", f"/hearings/{run.ids['hearing']}/draw/"]
    paths += [f"/listening/{pk}/" for pk in Activity.objects.values_list("pk", flat=True)]
    for path in (*paths, f"/matters/{run.ids['topic']}/"):
        for prefix in ("", "/en"):
            assert client.get(prefix + path).status_code == 200, prefix + path
