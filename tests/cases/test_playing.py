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

from mingtang.cases.management.commands.demo import shipped
from mingtang.cases.player import UnexpectedError, play
from mingtang.cases.reading import Case, Event, read_case
from mingtang.cases.summary import summary
from mingtang.meetings.models import Member, Speech
from mingtang.minutes.models import Minutes, Suggestion
from mingtang.platform.accounts.models import Person
from mingtang.platform.audit.models import Act
from mingtang.platform.inspections import INSPECTIONS
from mingtang.representatives.models import CheckIn, Invitation
from mingtang.topics.models import Topic
from tests.factories.platform import NOW, TODAY

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASES = ["elevator", "parking-fees", "riverside-lights", "water-price"]


def read(name: str) -> Case:
    return read_case(EXAMPLES / name, TODAY)


def silent(_words: object) -> None:
    """Nobody listens."""


def up_to(case: Case, number: int, *more: Event) -> Case:
    return replace(case, events=[*case.events[:number], *more])


def submitter(case: Case) -> str:
    return next(each.by for each in case.events if each.do == "submit")


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_plays_and_playing_it_twice_does_no_harm(name):
    said: list[object] = []
    run = play(read(name), NOW, said.append)
    acts = Act.objects.count()
    assert run is not None
    assert play(read(name), NOW, said.append) is None
    assert str(said[-1]) == f"{name}：已在库中，没有再演。"
    assert (Topic.objects.count(), Act.objects.count()) == (1, acts)


def test_every_opinion_of_a_finished_case_has_its_place():
    run = play(read("elevator"), NOW, silent)
    found = summary(run, TODAY - timedelta(days=700), TODAY)
    assert found["received"] == found["placed"] == sum(found["by_place"].values()) == len(run.case.opinions)
    assert found["withheld"] == found["by_place"]["withheld"]
    assert 0 < found["distinct_people"] <= found["received"]
    duties = found["obligations"]
    assert [each["state"] for each in duties["list"]].count("kept") == duties["kept"] >= 12
    assert (len(duties["list"]), duties["broken"]) == (36, 0)


def test_what_a_case_expects_to_be_refused_is_said_with_its_clause():
    said: list[object] = []
    play(read("parking-fees"), NOW, said.append)
    for clause in ("2.1e", "3.2d", "2.2c", "3.2e"):
        assert any(f"按预期被拒 [{clause}]" in str(each) for each in said)


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
    with pytest.raises(UnexpectedError, match=r"应被 3\.2 拒绝，却通过了"):
        play(up_to(case, number, replace(case.events[number], refused="3.2")), NOW, silent)


def test_a_refusal_under_another_clause_than_expected_stops_it_too():
    case = read("elevator")
    number = next(n for n, each in enumerate(case.events) if each.do == "approve")
    wrong = replace(case.events[number], by=submitter(case), refused="9.9")
    with pytest.raises(UnexpectedError):
        play(up_to(case, number, wrong), NOW, silent)


def test_an_act_before_what_it_needs_is_named():
    case = read("elevator")
    wrong = next(each for each in case.events if each.do == "freeze")
    with pytest.raises(UnexpectedError, match=r"case\.toml:\d+ event \d+ \(freeze\)：还没有“meeting”"):
        play(up_to(case, 1, wrong), NOW, silent)


def test_a_value_of_the_wrong_kind_is_named():
    case = read("elevator")
    number = next(n for n, each in enumerate(case.events) if each.do == "declare")
    wrong = replace(case.events[number], fields={**case.events[number].fields, "seats_total": "六个"})
    with pytest.raises(UnexpectedError, match=r"\(declare\)：有一项写得不对"):
        play(up_to(case, number, wrong), NOW, silent)


def command(*words: object, **options: object) -> str:
    out = StringIO()
    call_command("play", *words, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_one_object_of_counts_and_the_same_when_it_is_given_again(capsys):
    first, again = (json.loads(command(EXAMPLES / "elevator", "--json")) for _time in range(2))
    assert list(first) == ["received", "placed", "by_place", "withheld", "distinct_people", "obligations", "seconds", "peak_mb"]
    assert {**first, "seconds": 0, "peak_mb": 0} == {**again, "seconds": 0, "peak_mb": 0}
    assert "已在库中" in capsys.readouterr().err


def test_the_command_prints_lines_for_people_in_the_language_they_choose(capsys):
    assert "distinct_people: " in command(EXAMPLES / "riverside-lights", "--language", "en")
    command(EXAMPLES / "riverside-lights", "--language", "en")
    assert "already there" in capsys.readouterr().err


def test_a_case_done_without_these_opinions_says_so_instead_of_losing_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,user,time,side,state,text\n1,甲,,,visible,好\n", encoding="utf-8")
    command(EXAMPLES / "parking-fees")
    with pytest.raises(CommandError, match="没有这个文件里的 1 条意见"):
        command(EXAMPLES / "parking-fees", "--opinions", str(path))


def test_the_command_names_what_is_wrong_and_plays_nothing(tmp_path):
    with pytest.raises(CommandError, match="没有这个文件"):
        command(tmp_path)
    with pytest.raises(CommandError, match="没有文件"):
        command(EXAMPLES / "elevator", "--opinions", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="数据库地址"):
        command(EXAMPLES / "elevator", "--database", "foo")
    assert not Topic.objects.exists()


def test_the_demo_plays_every_shipped_case_and_names_who_can_sign_in():
    out = StringIO()
    call_command("demo", stdout=out)
    assert Topic.objects.count() == len(shipped()) + 1  # one case carries two matters
    assert "Mingtang-2026" in out.getvalue()
    call_command("demo", stdout=out)
    assert out.getvalue().count("already there") == len(shipped())
    assert Topic.objects.count() == len(shipped()) + 1
    for name, each in INSPECTIONS.items():
        assert [str(words) for words in each.look()] == [], name


def test_the_day_of_a_meeting_is_played_as_it_was():
    run = play(read("elevator"), NOW, silent)
    there = {each.representative.name: each for each in Invitation.objects.filter(meeting=run.ids["meeting"])}
    assert (there["孔令芳"].state, there["邱卫东"].state, there["邱卫东"].method) == ("absent", "present", "walk_in")
    assert {each.name: each.presence for each in Member.objects.all()}["分管环境的副区长"] == "excused"
    spoke = [each.speaker for each in Speech.objects.exclude(began_at=None).order_by("began_at")]
    assert spoke[1:] == ["施桂英", "张永年", "曹启明", "区长"]
    said = Suggestion.objects.get(invitation=there["张永年"])
    assert (said.text, said.confirmed_way) == ("公示的图纸要标明一楼每扇窗户到井道的距离，好让住户看得懂。", "link")
    assert said.text in Minutes.objects.get(meeting=run.ids["meeting"]).body
    assert not Invitation.objects.filter(state="present", out_at=None).exists()


def test_everybody_leaves_for_what_is_closed_and_comes_back():
    case = read("elevator")
    n = next(i for i, each in enumerate(case.events) if each.do == "begin_item")
    at = case.events[n - 1].at
    out, back = (Event(900 + k, at + timedelta(minutes=k), "operator", do, {}) for k, do in enumerate(("send_out", "call_back")))
    run = play(up_to(case, n, out, back), NOW, silent)
    assert Invitation.objects.filter(meeting=run.ids["meeting"], state="present", out_at=None).count() == 6
    assert [CheckIn.objects.filter(way="closed", inward=each).count() for each in (False, True)] == [6, 6]


def test_a_matter_without_a_published_report_is_played_and_its_export_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="没有公布采纳情况报告"):
        call_command("play", str(EXAMPLES / "riverside-lights"), export=tmp_path / "out")
    assert Topic.objects.filter(title__contains="滨水步道").count() == 1
    assert not (tmp_path / "out").exists()
