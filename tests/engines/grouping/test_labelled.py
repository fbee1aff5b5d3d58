"""The labelled opinion sets are whole, and their README tells the truth about them."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from tools.labelling_agreement import HERE, b_cubed_f1, pairwise_kappa, read, strangers, table

SETS = sorted(HERE.glob("*.csv"))
COLUMNS = ["id", "text", "clause", "stance", "group", "group_second", "voice", "submission"]
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]


def test_there_are_sets_to_check_and_no_id_is_in_two() -> None:
    assert " ".join(path.stem for path in SETS) == (
        "building buses canteen cemetery charging clinics dogs eldercare express fireworks heating homestay housing library lifts market "
        "meals nightmarket nursery oldquarters parking parks renewal schools sharebikes signs smoking stadium straw trucks waste water"
    )
    ids = [row["id"] for path in SETS for row in read(path)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_is_whole(path: Path) -> None:
    rows = read(path)
    draft = path.with_suffix(".md").read_text(encoding="utf-8")
    articles = re.findall(r"^第(.+?)条 ", draft, re.MULTILINE)
    assert list(rows[0]) == COLUMNS
    assert len(rows) >= 150
    assert len({row["id"] for row in rows}) == len(rows)
    assert articles == NUMERALS[: len(articles)]
    known = {"", *(str(number + 1) for number in range(len(articles)))}
    assert {row["clause"] for row in rows} - known == set()
    assert {row["stance"] for row in rows} <= {"for", "against", "suggestion", "none"}
    filled = ("id", "text", "group", "group_second", "voice", "submission")
    assert [row["id"] for row in rows if not all(row[name] for name in filled)] == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_text_comes_twice_unless_marked_as_a_copy(path: Path) -> None:
    voices = defaultdict(list)
    for row in read(path):
        voices[re.sub(r"\W", "", row["text"])].append((row["group"], row["voice"]))
    twice = [seen for seen in voices.values() if len({group for group, _ in seen}) > 1]
    unmarked = [seen for seen in voices.values() if sum(voice != "copy" for _, voice in seen) > 1]
    assert twice == []
    assert unmarked == []


def test_the_measures_are_one_for_equal_labellings_and_known_for_a_split() -> None:
    assert b_cubed_f1(["a", "a", "b"], ["x", "x", "y"]) == 1
    assert pairwise_kappa(["a", "a", "b"], ["x", "x", "y"]) == 1
    assert b_cubed_f1(["a", "a", "a", "a"], ["x", "x", "y", "y"]) == pytest.approx(2 / 3)
    assert pairwise_kappa(["a", "a", "b", "b"], ["x", "y", "x", "y"]) == pytest.approx(-0.5)


def test_strangers_are_pairs_of_one_group_without_two_characters_in_common() -> None:
    texts = ["不要收费", "收费，不行", "免了吧", "收费好"]
    assert strangers(texts, ["a", "a", "a", "b"]) == pytest.approx(2 / 3)


def test_the_readme_states_the_figures_the_script_computes() -> None:
    assert table() in (HERE / "README.md").read_text(encoding="utf-8")
