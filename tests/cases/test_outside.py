"""Opinions from other systems: mapped by their columns, every one in its place, every bad row named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingtang.cases.faults import CaseError
from mingtang.cases.outside import Outside, outside, reader
from mingtang.cases.player import play
from mingtang.cases.reading import read_case
from mingtang.cases.summary import summary
from tests.factories.platform import NOW, TODAY

ROOT = Path(__file__).resolve().parents[2]
ELEVATOR = ROOT / "examples" / "elevator"


def lines(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in rows), encoding="utf-8")
    return path


def opened(path: Path, mapping: str = "", *, skip_bad: bool = False) -> Outside:
    (source,) = outside([path], mapping, skip_bad=skip_bad, say=str)
    return source


def faults(*paths: Path, mapping: str = "") -> list[str]:
    with pytest.raises(CaseError) as caught:
        outside(list(paths), mapping, say=str)
    return [str(each) for each in caught.value.problems]


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
    found = opened(lines(tmp_path / "a.jsonl", comment(1)))
    given = list(found.opinions())
    assert [(each.text, each.stance, each.channel, each.author, each.outside_id) for each in given] == [
        ("意见1", "for", "import", "join:u1", "a:M-1")
    ]
    assert given[0].received_at.isoformat() == "2026-09-01T10:00:00+08:00"


def test_states_of_the_other_system_withhold_what_it_withheld(tmp_path):
    found = opened(
        lines(tmp_path / "a.jsonl", comment(1, state="deleted_by_user"), comment(2, state="pending_review"), comment(3, text=" "))
    )
    assert [each.withheld for each in found.opinions()] == ["deleted_by_author", "pending_elsewhere", "empty"]


def test_a_time_nobody_can_read_is_named_and_the_opinion_kept(tmp_path):
    found = opened(lines(tmp_path / "a.jsonl", comment(1, time="昨天")))
    assert [each.received_at for each in found.opinions()] == [None]
    assert [(line, "昨天" in str(why)) for line, why in found.remarks] == [(1, True)]


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
    found = opened(lines(tmp_path / "s.jsonl", *rows))
    assert [each.text for each in found.opinions()] == ["理由 & 建议"] * 2
    assert found.skipped == 2


def test_every_faulty_line_is_named_and_nothing_is_taken_unless_asked(tmp_path):
    path = lines(tmp_path / "a.jsonl", comment(1), comment(1), comment(2, text="字" * 100_001), {"id": "x", "state": "visible"})
    path.write_text(path.read_text(encoding="utf-8") + '\n{broken\n[1]\n{"text": []}\n' + json.dumps(comment(3)), encoding="utf-8")
    assert faults(path) == [
        "a.jsonl:2：编号“M-1”与第 1 行相同。",
        "a.jsonl:3：文字超过 100000 字。",
        "a.jsonl:4：没有“text”这一项。",
        "a.jsonl:5：不是一行完整的 JSON（第 2 个字符）。",
        "a.jsonl:6：这一行不是带列名的对象。",
        "a.jsonl:7：有一项不是文字。",
    ]
    found = opened(path, skip_bad=True)
    assert [each.text for each in found.opinions()] == ["意见1", "意见3"]
    assert (found.good, len(found.bad)) == (2, 6)


def test_of_very_many_faults_the_first_fifty_are_named_and_the_rest_counted(tmp_path):
    path = lines(tmp_path / "a.jsonl", comment(1))
    path.write_text(path.read_text(encoding="utf-8") + "\n{" * 60, encoding="utf-8")
    said = faults(path)
    assert (len(said), said[-1]) == (51, "a.jsonl：另有 10 行有问题。")


def test_files_that_cannot_be_taken_at_all_say_why(tmp_path):
    good = lines(tmp_path / "good.jsonl", comment(1))
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "head.csv").write_text("id,text\n", encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text("{\n", encoding="utf-8")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)))
    (tmp_path / "a.txt").write_text("好", encoding="utf-8")
    assert "没有文件" in faults(tmp_path / "none.csv")[0]
    assert faults(good, good) == ["good.jsonl：同一个文件给了两次。"]
    assert faults(tmp_path / "empty.csv", tmp_path / "head.csv") == ["empty.csv：没有一行能读的内容。", "head.csv：没有一行能读的内容。"]
    assert faults(tmp_path / "broken.jsonl")[0].startswith("broken.jsonl:1：")
    assert faults(tmp_path / "binary.csv") == ["binary.csv：文件编码读不出来。请另存为 UTF-8 再上传。"]
    assert faults(tmp_path / "a.txt") == ["a.txt：不会读 txt 文件。请用 CSV、XLSX 或 JSONL。"]


def test_a_cell_beyond_measure_is_named_by_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"id,user,time,side,state,text\n1,a,,,visible,{'字' * 140_000}\n2,b,,,visible,好\n", encoding="utf-8")
    assert faults(path)[0].startswith("a.csv:2：这一行读不出来")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_a_file_is_read_in_whatever_coding_it_came(tmp_path, coding):
    path = tmp_path / "a.csv"
    path.write_text("id,user,time,side,state,text\n1,甲,,,visible,=1+1 一人一票公正公平\n", encoding=coding)
    assert [(each.text, each.author) for each in opened(path).opinions()] == [("=1+1 一人一票公正公平", "join:甲")]


def test_a_file_no_mapping_fits_is_refused_with_the_names_there_are(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert "join_comments" in faults(path)[0]
    assert "没有映射“no_such”" in faults(path, mapping="no_such")[0]
    assert "没有映射 letters 所说的列" in faults(path, mapping="letters")[0]


def test_an_own_mapping_may_be_named_by_its_path(tmp_path):
    path, own = tmp_path / "x.csv", tmp_path / "own.toml"
    path.write_text("编号,内容\n1,路灯太亮\n", encoding="utf-8")
    own.write_text('[columns]\nid = "编号"\ntext = "内容"\n', encoding="utf-8")
    assert [each.text for each in opened(path, str(own)).opinions()] == ["路灯太亮"]


def test_what_is_wrong_with_an_own_mapping_is_named(tmp_path):
    path, own = tmp_path / "x.csv", tmp_path / "own.toml"
    path.write_text("编号,内容\n1,路灯太亮\n", encoding="utf-8")
    own.write_text('colour = 1\nunescape = "yes"\n[columns]\ntxt = "内容"\n[stance]\nx = "love"\n[withhold]\ny = "no"\n', encoding="utf-8")
    said = faults(path, mapping=str(own))
    for words in ("“colour”", "“columns.txt”", "“unescape”写得不对", "缺 text", "“love”", "“no”"):
        assert any(each.startswith("own.toml：") and words in each for each in said), words
    own.write_text("[columns", encoding="utf-8")
    assert faults(path, mapping=str(own))[0].startswith("own.toml：")
    own.write_text("columns = 1", encoding="utf-8")
    assert any("“columns”写得不对" in each for each in faults(path, mapping=str(own)))


def test_a_state_nobody_named_is_not_shown(tmp_path):
    found = opened(lines(tmp_path / "a.jsonl", comment(1, state="shadow_banned"), comment(2)))
    assert [each.withheld for each in found.opinions()] == ["pending_elsewhere", ""]


def test_posts_without_an_author_that_repeat_one_another_are_one_persons(tmp_path):
    spam = "快来看这个投资的大秘密不看后悔一辈子"
    texts = [f"{spam}！第一版", f"另一版。{spam}", "见 https://spam.example/a", "也见 https://spam.example/a 吧", "支持", "支持"]
    found = opened(lines(tmp_path / "a.jsonl", *(comment(n, user="", text=words) for n, words in enumerate(texts))))
    authors = [each.author for each in found.opinions()]
    assert authors[0] == authors[1]
    assert authors[2] == authors[3]
    assert len(set(authors)) == 4


def test_signs_no_database_keeps_are_replaced_and_a_long_id_is_shortened(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(comment(1, text="甲\x00乙\ud800", id="x" * 300)), encoding="utf-8")
    (given,) = opened(path).opinions()
    assert given.text == "甲\ufffd乙\ufffd"
    assert len(given.outside_id) <= 120


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("2026/09/01 10:00", "2026-09-01T10:00:00+08:00"),
        ("2026-09-01T02:00:00+00:00", "2026-09-01T02:00:00+00:00"),
        ("1788228000", "2026-09-01T02:00:00+00:00"),
        ("1788228000123", "2026-09-01T02:00:00+00:00"),
        ("0001-01-01 00:00", None),
        ("", None),
    ],
)
def test_moments_are_read_as_systems_write_them(tmp_path, words, read):
    (given,) = opened(lines(tmp_path / "a.jsonl", comment(1, time=words))).opinions()
    assert (given.received_at.isoformat() if given.received_at else None) == read


def test_two_files_of_one_name_keep_their_opinions_apart(tmp_path):
    (tmp_path / "b").mkdir()
    sources = outside([lines(tmp_path / "a.jsonl", comment(1)), lines(tmp_path / "b" / "a.jsonl", comment(1))], say=str)
    assert [each.outside_id for source in sources for each in source.opinions()] == ["a:M-1", "a~2:M-1"]


@pytest.mark.django_db
def test_opinions_from_outside_join_the_case_and_each_finds_its_place(tmp_path):
    rows = [comment(n, text="支持尽快施行！" if n < 5 else f"建议{n}") for n in range(20)]
    source = opened(lines(tmp_path / "a.jsonl", *rows, comment(98, state="pending_review"), comment(99, text="")))
    case = read_case(ELEVATOR, TODAY)
    run = play(case, NOW, str, reader([source], str))
    found = summary(run, TODAY, TODAY)
    assert found["received"] == found["placed"] == len(case.opinions) + 22
    assert sum(found["by_place"].values()) == found["received"]
