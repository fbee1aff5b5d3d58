"""A case folder is read with every fault named: file, line or event, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingtang.cases.faults import CaseError
from mingtang.cases.grammar import GRAMMAR
from mingtang.cases.management.commands.demo import shipped
from mingtang.cases.moments import moment
from mingtang.cases.player import learn
from mingtang.cases.reading import read_case
from tests.factories.platform import TODAY

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEAD = """
title = "路灯"
[government]
host = "localhost"
name = "清河区人民政府"
[[department]]
name = "城管局"
[[person]]
key = "clerk"
username = "clerk"
name = "李敏"
department = "城管局"
roles = ["clerk"]
"""
COLUMNS = "channel,clause,stance,author,group,day,text\n"


def folder(tmp_path: Path, manifest: str, opinions: str = "") -> Path:
    (tmp_path / "case.toml").write_text(manifest, encoding="utf-8")
    if opinions:
        (tmp_path / "opinions.csv").write_text(opinions, encoding="utf-8")
    return tmp_path


def problems(of: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(of, TODAY)
    assert str(caught.value) == "\n".join(str(each) for each in caught.value.problems)
    return [str(each) for each in caught.value.problems]


@pytest.mark.parametrize("name", [each.name for each in shipped()])
def test_the_shipped_cases_are_read_whole(name):
    case = read_case(next(each for each in shipped() if each.name == name), TODAY)
    assert (case.key, bool(case.title), bool(case.events)) == (name, True, True)
    assert [event.at for event in case.events] == sorted(event.at for event in case.events)
    assert case.text("draft.md").encode() == case.bytes("draft.md")


def test_a_folder_without_a_manifest_is_named(tmp_path):
    assert "没有这个文件" in problems(tmp_path)[0]


def test_a_manifest_that_is_no_toml_is_named_with_its_place(tmp_path):
    assert problems(folder(tmp_path, "\ntitle = "))[0].startswith("case.toml:2：不合 TOML 的写法")


def test_a_case_without_title_and_government_says_both(tmp_path):
    assert problems(folder(tmp_path, "")) == ["case.toml：缺“title”。", "case.toml：缺“government”。"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[event]]\nat = "明天"\nby = "clerk"\ndo = "submit"', "event 1 (submit)：时间“明天”看不懂"),
        ('[[event]]\nat = "2026-13-01 09:00"\nby = "clerk"\ndo = "submit"', "时间“2026-13-01 09:00”看不懂"),
        ('[[event]]\nat = "D-1 09:00"\nby = "nobody"\ndo = "submit"', "没有这个人“nobody”"),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "document"\nfile = "none.md"', "没有文件 none.md"),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "release"\nfiles = ["a.md", "b.md"]', "没有文件 b.md"),
        (
            '[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "submit"\n[[event]]\nat = "D-2 09:00"\nby = "clerk"\ndo = "open"',
            "case.toml:19 event 2 (open)：时间早于上一件事",
        ),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "dance"', "case.toml:15 event 1 (dance)：没有“dance”这种事"),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "return"\nresaon = "x"', "event 1 (return)：缺“reason”"),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "return"\nresaon = "x"', "event 1 (return)：没有“resaon”这一项"),
        (
            '[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "declare"\n[[event.audiences]]\naudience = "public"\nseats = 1',
            "缺“audiences.why”",
        ),
        ('[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "step"\nkind = "risk"\nstatus = "done"\ndone_on = "昨天"', "done_on“昨天”看不懂"),
        (
            '[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "declare"\nfocus_areas = ["governance", "football"]',
            "event 1 (declare)：focus_areas 没有“football”，可用：planning、governance",
        ),
        (
            '[[event]]\nat = "D-1 09:00"\nby = "clerk"\ndo = "declare"\n[[event.audiences]]\naudience = "king"\nseats = 1\nwhy = "x"',
            "audience 没有“king”",
        ),
        ('[[group]]\nid = "a"', "group 1：缺“title”"),
        ('[[group]]\nid = "a"\ntitle = "甲"\nverdict = "maybe"\ncolour = 1', "group 1：没有“maybe”"),
        ('[[group]]\nid = "a"\ntitle = "甲"\nverdict = "adopted"\ncolour = 1', "group 1：没有“colour”这一项"),
        ('[[person]]\nkey = "x"', "person 2：缺 department, name, roles, username"),
        ('[[person]]\nkey = "x"\nusername = "x"\nname = "x"\ndepartment = "城管局"\nroles = ["king"]', "没有岗位 king"),
        ('[[person]]\nkey = "x"\nusername = "x"\nname = "x"\ndepartment = "无此局"\nroles = ["clerk"]', "没有部门“无此局”"),
    ],
)
def test_each_fault_of_the_manifest_is_named_where_it_is(tmp_path, more, said):
    assert any(said in each for each in problems(folder(tmp_path, f"{HEAD}\n{more}")))


@pytest.mark.parametrize("cast", ["none.toml", "broken.toml"])
def test_a_cast_that_cannot_be_read_is_named(tmp_path, cast):
    (tmp_path / "broken.toml").write_text("[[", encoding="utf-8")
    assert any("case.toml cast" in each for each in problems(folder(tmp_path, f'cast = "{cast}"\n{HEAD}')))


def test_people_of_the_cast_and_of_the_case_act_together(tmp_path):
    (tmp_path / "cast.toml").write_text(HEAD.replace('title = "路灯"', ""), encoding="utf-8")
    own = '[[person]]\nkey = "head"\nusername = "head"\nname = "赵"\ndepartment = "城管局"\nroles = ["head"]'
    case = read_case(folder(tmp_path, f'title = "停车"\ncast = "cast.toml"\n{own}'), TODAY)
    assert set(case.people) == {"clerk", "head"}
    assert case.government["name"] == "清河区人民政府"


@pytest.mark.parametrize(
    ("opinions", "said"),
    [
        ("channel,text\n", "opinions.csv:1：列应为"),
        (COLUMNS + "web,,for,a,,,好,多了\n", "opinions.csv:2：列数不对"),
        (COLUMNS + "web,,for\n", "opinions.csv:2：列数不对"),
        (COLUMNS + "web,,for,a,none,,好\n", "opinions.csv:2：没有组“none”"),
        (COLUMNS + "web,,for,a,-none,,好\n", "opinions.csv:2：没有组“none”"),
        (COLUMNS + "pigeon,,for,a,,,好\n", "opinions.csv:2：没有来源“pigeon”"),
        (COLUMNS + "web,,maybe,a,,,好\n", "opinions.csv:2：没有态度“maybe”"),
        (COLUMNS + "web,,for,a,,昨天,好\n", "opinions.csv:2：时间“昨天”看不懂"),
        (COLUMNS + "web,,for,a,!rude,,好\n", "opinions.csv:2：没有不显示的理由“rude”"),
        (COLUMNS + "web,,for,a,,, \n", "opinions.csv:2：没有文字"),
    ],
)
def test_each_fault_of_the_opinions_is_named_with_its_line(tmp_path, opinions, said):
    assert any(said in each for each in problems(folder(tmp_path, HEAD, opinions)))


def test_opinions_keep_their_line_and_their_place(tmp_path):
    rows = read_case(
        folder(
            tmp_path,
            f'{HEAD}[[group]]\nid = "a"\ntitle = "甲"\nverdict = "adopted"',
            COLUMNS + 'web,第四条,for,甲,a,D-1 09:00,"第一行\n第二行"\nphone,,,,!abuse,,骂人\n',
        ),
        TODAY,
    ).opinions
    assert [(each.line, each.group, each.text) for each in rows] == [(3, "a", "第一行\n第二行"), (4, "!abuse", "骂人")]


def test_a_moment_is_a_day_or_counted_from_today():
    assert moment("2026-07-06 09:00", TODAY).isoformat() == "2026-07-06T09:00:00+08:00"
    assert moment("D-1 23:59", TODAY).isoformat() == "2026-11-23T23:59:00+08:00"
    with pytest.raises(ValueError, match="not a moment"):
        moment("soon", TODAY)


def test_opinions_in_another_coding_are_named(tmp_path):
    (tmp_path / "opinions.csv").write_bytes("频道".encode("gb18030"))
    assert any("opinions.csv：读不出来" in each for each in problems(folder(tmp_path, HEAD)))


def test_an_opinion_on_a_clause_the_draft_has_not_is_named(tmp_path):
    (tmp_path / "draft.md").write_text("第一条　好。", encoding="utf-8")
    event = 'at = "D-1 09:00"\nby = "clerk"\ndo = "consult"\nkind = "other"\nsummary = "x"\ncloses_on = "D+9"\nfile = "draft.md"'
    of = folder(tmp_path, f"{HEAD}[[event]]\n{event}", COLUMNS + "web,第二条,for,a,,,好\n")
    assert problems(of) == ["opinions.csv:2：草案没有“第二条”。"]


def test_every_act_of_the_grammar_can_be_played_and_is_explained():
    assert set(GRAMMAR) == set(learn())
    words = (EXAMPLES.parent / "docs" / "cases.md").read_text(encoding="utf-8")
    for name, act in GRAMMAR.items():
        inner = [field for _list, needed, others in act.lists for field in (*needed, *others)]
        for field in (name, *act.needed, *act.others, *(each[0] for each in act.lists), *inner):
            assert f"`{field}`" in words, field
