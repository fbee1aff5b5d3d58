"""``mingtang guard`` as an operator types it: what it prints and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from mingtang.platform.guard.core.scan import scan_file
from tests.config.test_commands import typed
from tests.platform.guard.corpus.office import _tracked, docx
from tests.platform.guard.corpus.pdfs import covered_on_page_three, locked, plain


def run(*words: object) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("guard", *map(str, words), stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "clean.pdf": plain(),
        "covered.pdf": covered_on_page_three(),
        "locked.pdf": locked(),
        "author.docx": docx(author="王小明"),
        "tracked.docx": docx(_tracked("del")),
        "title.txt": "听取《某涉密工程选址方案》".encode(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


def test_a_clean_file_ends_with_zero(files):
    assert run(files["clean.pdf"]) == (0, f"{files['clean.pdf']}\n  没有发现问题。\n")


def test_findings_end_with_one_and_name_kind_page_and_masked_excerpt(files):
    code, said = run(files["covered.pdf"], "--json")
    shown = json.loads(said)
    assert (code, shown["exit"]) == (1, 1)
    assert [(each["kind"], each["page"], each["excerpt"]) for each in shown["files"][0]["findings"]] == [
        ("covered_text", 3, "138████0001"),
        ("mobile", 3, "联系电话138████0001"),
    ]
    assert set(shown["files"][0]["findings"][0]) == {"kind", "label", "level", "page", "place", "excerpt", "clause", "why", "remedy"}
    assert "13805510001" not in said


def test_what_cannot_be_read_ends_with_two_and_a_sentence(files, tmp_path):
    code, said = run(files["covered.pdf"], files["locked.pdf"], tmp_path / "none.pdf", "--json")
    shown = json.loads(said)["files"]
    assert code == 2
    assert ["error" in each for each in shown] == [False, True, True]
    assert shown[1]["error"].startswith("打不开")
    assert run(tmp_path / "none.pdf", "--language", "en") == (2, f"{tmp_path / 'none.pdf'}\n  There is no such file.\n")


def test_people_read_one_line_for_each_finding(files):
    assert run(files["author.docx"]) == (1, f"{files['author.docx']}\n  ■ 属性 author　文件属性里的人名　王██\n")


def test_titles_that_must_not_appear_come_from_a_file(files, tmp_path):
    titles = tmp_path / "titles.txt"
    titles.write_text("某涉密工程选址方案\n", encoding="utf-8")
    code, said = run(files["title.txt"], "--titles", titles, "--json")
    assert code == 1
    assert [each["kind"] for each in json.loads(said)["files"][0]["findings"]] == ["closed_title"]


def test_a_public_copy_is_written_beside_and_the_original_stays(files, tmp_path):
    folder = tmp_path / "public"
    before = files["author.docx"].read_bytes()
    code, said = run(files["author.docx"], files["tracked.docx"], files["locked.pdf"], "--clean", folder, "--json")
    assert code == 2
    shown = json.loads(said)["files"]
    assert shown[0]["copy"] == str(folder / "author.docx")
    assert "修订痕迹" in shown[1]["error"]
    assert files["author.docx"].read_bytes() == before
    assert scan_file((folder / "author.docx").read_bytes(), "author.docx") == []
    code, _ = run(files["tracked.docx"], "--clean", folder, "--accept-changes")
    assert (code, (folder / "tracked.docx").exists()) == (1, True)
    code, _ = run(files["author.docx"], "--clean", tmp_path)
    assert files["author.docx"].read_bytes() == before


def test_the_command_needs_no_database(files, tmp_path):
    done = typed(tmp_path / "data", "guard", str(files["covered.pdf"]), "--json")
    assert (done.returncode, json.loads(done.stdout)["exit"]) == (1, 1)
    assert not (tmp_path / "data" / "mingtang.sqlite3").exists()
