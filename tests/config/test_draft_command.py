"""``mingtang draft FILE``: what is recognised, what is not, and the exit status."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

WHOLE = "某办法\n第一章　总则\n第一条　目的　甲。\n第二条　乙。\n"


def typed(path: Path, *options: str) -> tuple[int, str, str]:
    out, problems = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("draft", str(path), *options, stdout=out, stderr=problems)
    return ended.value.code, out.getvalue(), problems.getvalue()


def written(folder: Path, words: str, name: str = "草案.md") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def test_a_draft_wholly_recognised_ends_with_zero(tmp_path):
    code, out, _ = typed(written(tmp_path, WHOLE))
    assert code == 0
    assert out.splitlines() == [
        "某办法",
        "1 章节，2 条，0 个附件；4 段中 0 段未识别",
        "第一章　总则",
        " 　第一条　目的　甲。",
        " 　第二条　乙。",
    ]


def test_blocks_that_are_left_are_listed_and_end_with_one(tmp_path):
    code, out, _ = typed(written(tmp_path, "某办法\n第一条　甲。\n附注\n第三条　乙。\n"), "--language", "en")
    assert code == 1
    assert "! Numbers are missing before 第三条." in out
    assert "? 3  Not recognised：附注  (A short line that is no sentence and belongs nowhere)" in out


def test_the_json_is_one_object_with_every_block(tmp_path):
    code, out, _ = typed(written(tmp_path, WHOLE), "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == [
        "title",
        "number",
        "scheme",
        "chapters",
        "clauses",
        "attachments",
        "blocks",
        "unrecognised",
        "warnings",
        "counts",
    ]
    assert "".join(each["text"] for each in found["blocks"]) == WHOLE
    assert [(each["id"], each["chapter"], each["text"]) for each in found["clauses"]] == [
        ("第一条", "第一章　总则", "甲。"),
        ("第二条", "第一章　总则", "乙。"),
    ]


@pytest.mark.parametrize(("name", "words"), [("没有.docx", None), ("坏的.docx", "PK not a file"), ("空的.txt", "  ")])
def test_an_unreadable_file_is_named_with_a_way_out_and_ends_with_two(tmp_path, name, words):
    path = tmp_path / name if words is None else written(tmp_path, words, name)
    code, _, problems = typed(path)
    assert code == 2
    assert name in problems
    code, out, _ = typed(path, "--json")
    assert code == 2
    assert set(json.loads(out)) == {"error", "remedy"}
