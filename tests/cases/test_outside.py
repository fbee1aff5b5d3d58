"""Opinions from other systems: mapped by their columns, every one in its place, every bad row named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from mingtang.cases.outside import outside, reader
from mingtang.cases.player import play
from mingtang.cases.reading import read_case
from mingtang.cases.summary import summary
from mingtang.consultations.models import Opinion
from mingtang.kernel.decision import Refused
from tests.factories.platform import NOW, TODAY

ROOT = Path(__file__).resolve().parents[2]
ELEVATOR = ROOT / "examples" / "elevator"
REAL = ROOT.parent / "shared" / "data"


def lines(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in rows), encoding="utf-8")
    return path


def comment(number: int, **fields: str) -> dict[str, str]:
    return {
        "id": f"M-{number}",
        "user": f"u{number}",
        "time": "2026-09-01 10:00:00",
        "side": "support_argument",
        "state": "visible",
        "text": f"意见{number}",
        **fields,
    }


def test_a_file_finds_the_mapping_that_fits_its_columns(tmp_path):
    found = outside(lines(tmp_path / "a.jsonl", comment(1)))
    given = list(found.opinions())
    assert [(each.text, each.stance, each.channel, each.author, each.outside_id) for each in given] == [
        ("意见1", "for", "import", "u1", "a:M-1")
    ]
    assert given[0].received_at.isoformat() == "2026-09-01T10:00:00+08:00"


def test_states_of_the_other_system_withhold_what_it_withheld(tmp_path):
    found = outside(
        lines(tmp_path / "a.jsonl", comment(1, state="deleted_by_user"), comment(2, state="pending_review"), comment(3, text=" "))
    )
    assert [each.withheld for each in found.opinions()] == ["deleted_by_author", "pending_elsewhere", "empty"]


def test_a_time_nobody_can_read_is_named_and_the_opinion_kept(tmp_path):
    found = outside(lines(tmp_path / "a.jsonl", comment(1, time="昨天")))
    assert [each.received_at for each in found.opinions()] == [None]
    assert len(found.bad) == 1
    assert "昨天" in str(found.bad[0][1])


def test_signatures_without_a_reason_are_counted_and_left_out(tmp_path):
    rows = [
        {
            "id": f"No.{n}",
            "user": f"u{n}",
            "time": "2026-09-01 10:00",
            "county": "",
            "district": "河东",
            "reason": "" if n % 2 else "理由 &amp; 建议",
        }
        for n in range(4)
    ]
    found = outside(lines(tmp_path / "s.jsonl", *rows))
    assert [each.text for each in found.opinions()] == ["理由 & 建议"] * 2
    assert found.skipped == 2


def test_a_broken_line_is_named_and_the_others_are_kept(tmp_path):
    path = lines(tmp_path / "a.jsonl", comment(1))
    path.write_text(path.read_text(encoding="utf-8") + "\n{broken\n" + json.dumps(comment(3)), encoding="utf-8")
    found = outside(path)
    assert len(list(found.opinions())) == 2
    assert len(found.bad) == 1


def test_a_file_no_mapping_fits_is_refused_with_the_names_there_are(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        outside(path)
    assert "join_comments" in str(caught.value.decision.remedy)
    with pytest.raises(Refused):
        outside(path, "no_such_mapping")


def test_an_own_mapping_may_be_named_by_its_path(tmp_path):
    path, own = tmp_path / "x.csv", tmp_path / "own.toml"
    path.write_text("编号,内容\n1,路灯太亮\n", encoding="utf-8")
    own.write_text('[columns]\nid = "编号"\ntext = "内容"\n', encoding="utf-8")
    assert [each.text for each in outside(path, str(own)).opinions()] == ["路灯太亮"]


@pytest.mark.django_db
def test_opinions_from_outside_join_the_case_and_each_finds_its_place(tmp_path):
    rows = [comment(n, text="支持尽快施行！" if n < 5 else f"建议{n}") for n in range(20)]
    source = outside(lines(tmp_path / "a.jsonl", *rows, comment(98, state="pending_review"), comment(99, text="")))
    case = read_case(ELEVATOR, TODAY)
    run = play(case, NOW, lambda _words: None, reader([source]))
    found = summary(run, TODAY, TODAY)
    assert found["received"] == found["placed"] == len(case.opinions) + 22
    assert sum(found["by_place"].values()) == found["received"]


@pytest.mark.data
@pytest.mark.django_db
def test_a_real_proposals_opinions_play_through_and_none_is_lost():
    source = outside(REAL / "join_tw_school_hours" / "comments.jsonl")
    case = read_case(ELEVATOR, TODAY)
    run = play(case, NOW, lambda _words: None, reader([source]))
    found = summary(run, TODAY, TODAY)
    states = Counter(
        json.loads(line)["state"]
        for line in (REAL / "join_tw_school_hours" / "comments.jsonl").read_text(encoding="utf-8").strip().split("\n")
    )
    assert found["received"] == found["placed"] == len(case.opinions) + sum(states.values())
    imported = Opinion.objects.filter(consultation_id=run.ids["consultation"], channel="import")
    assert imported.filter(state="withheld").count() >= states["deleted_by_user"] + states["pending_review"]


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "most_bad"),
    [
        ("polis/vtaiwan.uberx/comments.csv", 0),
        ("polis/15-per-hour-seattle/comments.csv", 0),
        ("teddy_c_2020/messages_hot.jsonl", 5),
        ("join_tw_school_hours/endorsements.jsonl", 5),
    ],
)
def test_real_files_of_other_systems_are_read(name, most_bad):
    source = outside(REAL / name)
    given = list(source.opinions())
    assert len(given) > 50
    assert len(source.bad) <= most_bad
    assert len({each.outside_id for each in given}) == len(given)
