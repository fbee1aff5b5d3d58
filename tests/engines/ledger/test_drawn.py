"""The second verifier of draws agrees with the first, and finds whatever was bent."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from mingtang.engines.ledger.drawn import check_draw_file
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.engines.ledger.verifying import verify
from mingtang.engines.lottery.freezing import freeze
from mingtang.engines.lottery.model import Applicant, Pool, Quota
from mingtang.engines.lottery.randomness import commitment
from mingtang.engines.lottery.record import digest, reveal
from mingtang.engines.lottery.verifying import check_draw

SECRETS = ("a" * 64, "b" * 64)
FIGURES = {
    "kind": "figures",
    "day": "2026-12-01",
    "sources": [{"name": "红球", "count": 3, "order": False}, {"name": "指数", "count": 1, "order": True}],
}
DICE = {"kind": "dice", "day": "2026-12-01", "place": "大厅", "witnesses": ["公证处"], "faces": 20, "throws": 15}
OFFICES = {
    "kind": "offices",
    "day": "2026-12-01",
    "offices": [{"name": name, "commitment": commitment(name, secret)} for name, secret in zip(("甲", "乙"), SECRETS, strict=True)],
}
VALUES = {"figures": [["08", "22", "3"], ["3051.280"]], "dice": [[str(n + 1) for n in range(15)]], "offices": [[each] for each in SECRETS]}


def pool(household_limit: int = 1) -> Pool:
    """Twenty people; every fourth pair shares a home."""
    people = tuple(
        Applicant(f"{n:03d}", {"类别": "公众" if n % 3 else "专家", "性别": "女男"[n % 2]}, household=f"h{n // 8}" if n % 4 == 0 else "")
        for n in range(20)
    )
    quotas = (Quota("类别", "公众", 3, 3), Quota("类别", "专家", 1, 1), Quota("性别", "女", 1, 3), Quota("性别", "男", 1, 3))
    return Pool("抽签", 4, people, quotas, reserves=2, reserve_category="类别", household_limit=household_limit)


def told(source: dict[str, Any]) -> dict[str, Any]:
    frozen = freeze(pool(), source)
    return {"freeze": frozen, "digest": digest(frozen), "reveal": reveal(frozen, VALUES[source["kind"]])}


@pytest.mark.parametrize("source", [FIGURES, DICE, OFFICES], ids=lambda each: each["kind"])
def test_the_second_verifier_agrees_with_the_first_when_a_draw_is_whole(source):
    file = told(source)
    assert (check_draw(file["freeze"], file["reveal"]).good, check_draw_file(file).good) == (True, True)
    assert check_draw_file({"freeze": file["freeze"]}).good


def bend(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def act(file: dict[str, Any]) -> None:
        place: Any = file
        for each in path[:-1]:
            place = place[each]
        place[path[-1]] = to

    return act


@pytest.mark.parametrize(
    "act",
    [
        bend("freeze", "title", to="改名"),
        bend("freeze", "seats", to=5),
        bend("freeze", "total", to=7),
        bend("freeze", "people", 3, "attributes", "性别", to="女"),
        bend("freeze", "quotas", 0, "least", to=9),
        bend("freeze", "classes", 0, "chance", to=[1, 1]),
        bend("freeze", "panels", 0, "weight", to=0),
        bend("freeze", "panels", 0, "take", to=[[99, 4]]),
        bend("freeze", "household_limit", to=0),
        bend("reveal", "panel", to=["000", "001", "002", "003"]),
        bend("reveal", "reserves", to={}),
        bend("reveal", "seed", to="0" * 64),
        bend("reveal", "values", to=[["8", "22"], ["3051.28"]]),
        bend("reveal", "values", to=[["8", "22", "x"], ["3051.28"]]),
        bend("reveal", "values", to=[["8", "22", "4"], ["3051.28"]]),
    ],
)
def test_whatever_is_bent_is_found_by_both(act):
    file = copy.deepcopy(told(FIGURES))
    act(file)
    assert (check_draw(file["freeze"], file["reveal"]).good, check_draw_file(file).good) == (False, False)


@pytest.mark.parametrize(
    ("source", "values"), [(DICE, [["21"] * 15]), (DICE, [["1"] * 14]), (OFFICES, [["c" * 64], [SECRETS[1]]]), (OFFICES, [])]
)
def test_values_that_were_not_announced_are_found(source, values):
    file = told(source)
    file["reveal"]["values"] = values
    assert not check_draw_file(file).good


def test_a_log_entry_that_is_late_or_of_another_document_is_found():
    file = told(FIGURES)
    for at, name, good in (("2026-11-30T15:59:59Z", digest(file["freeze"]), True), ("2026-11-30T16:00:00Z", digest(file["freeze"]), False)):
        entry = {"kind": "draw.frozen", "at": at, "algorithm": "sha256", "facts": {"digest": name}}
        file["log"] = [{"leaf": leaf_of(entry).hex(), "entry": entry}]
        assert check_draw_file(file).good is good, at
    file["log"][0]["entry"]["facts"]["digest"] = "0" * 64
    assert not check_draw_file(file).good


def test_the_verifier_reads_the_file_of_a_draw(tmp_path, capsys):
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(told(FIGURES), ensure_ascii=False), encoding="utf-8")
    assert verify(["draw", str(path)]) == 0
    assert "选出的 4 人和候补顺序与公布的完全一致" in capsys.readouterr().out
    for broken in ({"freeze": {}}, {"freeze": {"format": "x", "kind": "y", "algorithm": "z"}}):
        path.write_text(json.dumps(broken), encoding="utf-8")
        assert verify(["draw", str(path)]) == 2
