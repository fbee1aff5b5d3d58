"""``mingtang group``: files in, files out, clear words for what cannot be."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

HEAD = "id,text,author,clause,stance,submission\n"


def run(*words: str) -> str:
    out = StringIO()
    call_command("group", *words, stdout=out)
    return out.getvalue()


def failed(capsys, *words: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("group", *words, stdout=out, stderr=err)
    return stop.value.code, out.getvalue() + err.getvalue()


def test_points_and_groups_are_written_when_a_csv_is_read(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(HEAD + 'a,罚款五百元太重,,,,\nb,罚款500元太重！,,,,\nc,"1. 头盔不要强制\n2. 充电桩要多建",,,,\n', encoding="utf-8")
    told = json.loads(run(str(source), str(out), "--json", "--meaning", "off"))
    written = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["id"], row["unit"], row["layer"], row["medoid"]) for row in written] == [
        ("a", "1", "same", "a"),
        ("b", "1", "same", "a"),
        ("c", "1", "single", "c"),
        ("c", "2", "single", "c#2"),
    ]
    assert list(told) == ["rows", "units", "groups", "by_layer", "seconds_cpu", "peak_mb", "config"]
    assert (told["rows"], told["units"], told["groups"]) == (3, 4, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_clauses_of_a_draft_are_read_and_help_to_group(tmp_path: Path) -> None:
    source, draft, plain, helped = (tmp_path / name for name in ("in.csv", "draft.csv", "plain.csv", "helped.csv"))
    source.write_text("id,text\na,管理费三百元太贵\nb,每年缴纳管理费没道理\nc,公园广场不让进\n", encoding="utf-8")
    draft.write_text("id,text\n3,每年缴纳管理费三百元\n7,禁止携犬进入公园、广场\n", encoding="utf-8")
    run(str(source), str(plain), "--meaning", "lexical")
    told = json.loads(run(str(source), str(helped), "--meaning", "lexical", "--draft", str(draft), "--json"))
    assert (told["rows"], told["units"]) == (3, 3)
    assert len(helped.read_text().splitlines()) == len(plain.read_text().splitlines()) == 4


def test_a_draft_that_cannot_be_read_is_named(tmp_path: Path, capsys) -> None:
    (tmp_path / "in.csv").write_text("id,text\na,管理费太贵\n", encoding="utf-8")
    (tmp_path / "draft.csv").write_text("id,words\n3,每年缴纳\n", encoding="utf-8")
    code, said = failed(capsys, str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--draft", str(tmp_path / "draft.csv"))
    assert (code, "draft.csv" in said, "第 2 行缺少 id 或 text" in said) == (2, True, True)


def test_ids_and_decisions_are_kept_when_a_jsonl_is_grouped_again(tmp_path: Path) -> None:
    source, out, again = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    source.write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in [("a", "上牌免费"), ("b", "上牌免费"), ("c", "多设站点")])
    )
    run(str(source), str(out), "--meaning", "off")
    decisions = tmp_path / "decisions.json"
    decisions.write_text(json.dumps({"apart": [["a", "b"]], "together": [["b", "c#1"]]}))
    run(str(source), str(again), "--meaning", "off", "--decisions", str(decisions), "--previous", str(out))
    before, after = ([json.loads(line)["group"] for line in path.read_text().splitlines()] for path in (out, again))
    assert after[1] == after[2] != after[0]
    assert set(after) <= set(before)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("in.csv", "id,words\n1,a\n", "第 2 行缺少 id 或 text"),
        ("in.csv", "id,text\n1,a\n1,b\n", "第 3 行的 id「1」重复"),
        ("in.jsonl", '{"id": 1, "text": "a"}\n{', "第 2 行："),
        ("in.jsonl", "[]\n", "第 1 行不是对象"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, capsys, name: str, content: str, says: str) -> None:
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    code, said = failed(capsys, str(source), str(tmp_path / "out.csv"))
    assert code == 2
    assert says in said


def test_a_missing_file_and_a_contradiction_have_their_own_exit_status(tmp_path: Path, capsys) -> None:
    source, out, decisions = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "d.json"
    assert failed(capsys, str(source), str(out), "--json")[0] == 2
    source.write_text("id,text\na,甲\nb,乙\n", encoding="utf-8")
    decisions.write_text('{"together": [["a", "b"]], "apart": [["b", "a"]]}')
    assert failed(capsys, str(source), str(out), "--decisions", str(decisions), "--meaning", "off") == (1, "决定互相矛盾：b#1 / a#1\n")
    assert not out.exists()
