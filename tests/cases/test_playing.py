"""The shipped cases play through the same actions as people; a case that breaks a rule stops with its words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mingtang.cases.player import UnexpectedError, play
from mingtang.cases.reading import Case, Event, read_case
from mingtang.cases.summary import summary
from mingtang.platform.accounts.models import Person
from mingtang.platform.audit.models import Act
from mingtang.topics.models import Topic
from tests.factories.platform import NOW, TODAY

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASES = ["elevator", "parking-fees", "riverside-lights", "water-price"]


def read(name: str) -> Case:
    return read_case(EXAMPLES / name, TODAY)


def silent(_words: str) -> None:
    """Nobody listens."""


def up_to(case: Case, number: int, *more: Event) -> Case:
    return replace(case, events=[*case.events[:number], *more])


def submitter(case: Case) -> str:
    return next(each.by for each in case.events if each.do == "submit")


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_plays_and_playing_it_twice_does_no_harm(name):
    said: list[str] = []
    run = play(read(name), NOW, said.append)
    acts = Act.objects.count()
    assert run is not None
    assert play(read(name), NOW, said.append) is None
    assert said[-1] == f"{name}: already there"
    assert (Topic.objects.count(), Act.objects.count()) == (1, acts)


def test_every_opinion_of_a_finished_case_has_its_place():
    run = play(read("elevator"), NOW, silent)
    found = summary(run, TODAY - timedelta(days=700), TODAY)
    assert found["received"] == found["placed"] == sum(found["by_place"].values()) == len(run.case.opinions)
    assert found["withheld"] == found["by_place"]["withheld"]
    assert 0 < found["distinct_people"] <= found["received"]
    assert sum(found["obligations"].values()) == 36
    assert found["obligations"]["kept"] >= 12


def test_what_a_case_expects_to_be_refused_is_said_with_its_clause():
    said: list[str] = []
    play(read("parking-fees"), NOW, said.append)
    for clause in ("2.1e", "3.2d", "2.2c", "3.2e"):
        assert any(f"refused as expected [{clause}]" in each for each in said)


def test_events_of_days_to_come_are_left_for_their_day():
    run = play(read("riverside-lights"), NOW, silent)
    assert "meeting" not in run.ids
    assert Client().get(f"/consultations/{run.ids['consultation']}/").status_code == 200


def test_all_three_stand_side_by_side_and_their_pages_open():
    runs = [play(read(name), NOW, silent) for name in CASES]
    client = Client()
    for path in (
        "/",
        "/matters/",
        "/consultations/",
        "/calendar/",
        "/results/",
        "/obligations/",
        *(f"/matters/{run.ids['topic']}/" for run in runs),
    ):
        for prefix in ("", "/en"):
            assert client.get(prefix + path).status_code == 200, prefix + path
    assert client.get("/matters/").content.decode().count("QH-") >= 3


def test_the_people_of_the_cases_may_sign_in():
    play(read("elevator"), NOW, silent)
    assert all(person.check_password("Mingtang-2026") for person in Person.objects.all()[:2])


def test_a_case_that_breaks_a_rule_stops_with_the_rules_own_words():
    case = read("elevator")
    number = next(n for n, each in enumerate(case.events) if each.do == "approve")
    wrong = replace(case.events[number], by=submitter(case))
    with pytest.raises(UnexpectedError, match=rf"event {wrong.number} \(approve\)"):
        play(up_to(case, number, wrong), NOW, silent)


def test_a_refusal_the_case_expects_in_vain_stops_it():
    case = read("elevator")
    number = next(n for n, each in enumerate(case.events) if each.do == "submit")
    with pytest.raises(UnexpectedError, match=r"expected a refusal under 3\.2"):
        play(up_to(case, number, replace(case.events[number], refused="3.2")), NOW, silent)


def test_a_refusal_under_another_clause_than_expected_stops_it_too():
    case = read("elevator")
    number = next(n for n, each in enumerate(case.events) if each.do == "approve")
    wrong = replace(case.events[number], by=submitter(case), refused="9.9")
    with pytest.raises(UnexpectedError):
        play(up_to(case, number, wrong), NOW, silent)


def test_an_event_nobody_knows_is_named():
    case = read("elevator")
    with pytest.raises(UnexpectedError, match="nobody knows how to “dance”"):
        play(up_to(case, 1, replace(case.events[1], do="dance")), NOW, silent)


def test_the_command_plays_a_folder_and_prints_counts_anybody_can_recount(capsys):
    out = StringIO()
    call_command("play", EXAMPLES / "elevator", "--json", stdout=out)
    found = json.loads(out.getvalue().splitlines()[-1])
    assert found["received"] == found["placed"]
    assert found["case"] == "elevator"
    again = StringIO()
    call_command("play", EXAMPLES / "elevator", "--json", stdout=again)
    assert again.getvalue() == ""
    assert "already there" in capsys.readouterr().err


def test_the_command_names_what_is_wrong_with_a_folder(tmp_path):
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("play", tmp_path, stdout=StringIO())
    with pytest.raises(CommandError, match="没有文件"):
        call_command("play", EXAMPLES / "elevator", "--opinions", str(tmp_path / "none.csv"), stdout=StringIO())


def test_the_demo_plays_every_shipped_case_and_names_who_can_sign_in():
    out = StringIO()
    call_command("demo", stdout=out)
    assert Topic.objects.count() == len(CASES)
    assert "Mingtang-2026" in out.getvalue()
    call_command("demo", stdout=out)
    assert out.getvalue().count("already there") == len(CASES)
    assert Topic.objects.count() == len(CASES)
