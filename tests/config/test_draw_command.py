from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from mingtang.engines.lottery.randomness import commitment
from tests.engines.lottery.pools import FIGURES

TOLD: dict[str, Any] = {
    "title": "座谈会",
    "seats": 2,
    "reserves": 1,
    "past_limit": 2,
    "people": "people.csv",
    "quotas": [{"category": "sex", "value": "f", "least": 1, "most": 1}, {"category": "sex", "value": "m", "least": 1, "most": 1}],
    "randomness": FIGURES,
}
CSV = "number,sex,household,past_seats,has_conflict\n1,f,,0,\n2,m,,,no\n3,m,h,1,\n4,f,h,2,\n5,f,,0,是\n"
VALUES = ("--value", "3 8 22", "--value", "3051.28")


@pytest.fixture
def told(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(CSV, encoding="utf-8")
    return written(tmp_path / "draw.json", TOLD)


def written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def run(*words: object) -> int:
    """The exit status of ``mingtang draw …``."""
    try:
        call_command("draw", *map(str, words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_draw_is_frozen_revealed_and_verified(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frozen, revealed = told.with_name("f.json"), told.with_name("r.json")
    assert run("freeze", told, "--out", frozen, "--json") == 0
    digest = json.loads(capsys.readouterr().out)["digest"]
    assert run("reveal", frozen, *VALUES, "--out", revealed) == 0
    said = capsys.readouterr().out
    assert said.startswith("选出：1、")
    assert run("verify", revealed, "--logged", digest, "--json") == 0
    assert json.loads(capsys.readouterr().out)["good"] is True
    assert run("verify", revealed, "--logged", "00") == 1
    assert capsys.readouterr().out.startswith("NOT 摘要")
    assert json.loads(frozen.read_text())["freeze"]["excluded"] == [{"number": "4", "why": "repeated"}, {"number": "5", "why": "conflict"}]


def test_documents_go_to_standard_output_without_a_file(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("freeze", told) == 0
    document = json.loads(capsys.readouterr().out)
    assert run("reveal", written(told.with_name("f.json"), document["freeze"]), *VALUES) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"freeze", "reveal"}


def test_quotas_that_cannot_be_met_end_with_one_and_the_sentence(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(told, {**TOLD, "quotas": [{**TOLD["quotas"][0], "most": 2, "least": 2}, TOLD["quotas"][1]]})
    assert run("freeze", told, "--language", "en") == 1
    assert capsys.readouterr().err.strip() == (
        "These quotas cannot be met together. At least 1 must change; a smallest way: lower the least of “sex: f” from 2 to 1."
    )
    assert run("freeze", told, "--json") == 1
    assert json.loads(capsys.readouterr().out)["code"] == "quotas"


@pytest.mark.parametrize("content", [[], {}, {**TOLD, "people": "nobody.csv"}, {**TOLD, "people": [1]}])
def test_a_file_that_is_no_draw_ends_with_two(told: Path, content: Any) -> None:
    assert run("freeze", written(told, content)) == 2


def test_a_missing_file_ends_with_two_and_what_is_no_frozen_draw_reveals_nothing(told: Path) -> None:
    assert run("verify", told.with_name("none.json")) == 2
    assert run("reveal", told, *VALUES) == 2
    assert run("verify", written(told, {"freeze": [], "reveal": {}})) == 1


def test_an_office_gets_a_secret_and_its_commitment(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("commit", "司法局", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["commitment"] == commitment("司法局", told["secret"])
    assert run("commit", "司法局") == 0
    assert capsys.readouterr().out.startswith("承诺值（现在公布）：")
