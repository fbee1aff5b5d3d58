"""An index with sentence vectors: what shares no character is found by them, they are kept with every point and made once."""

from pathlib import Path

import numpy as np
import pytest

from mingtang.engines.grouping import sense, vectors
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.index import Index, closest
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.scorer import shipped

SAID = ["上牌免费上牌", "免费免费免费", "上牌上牌上牌", "AAAAAA", "牌免牌免牌免"]


def built(folder: Path, said: list[str], *, heard: bool = True) -> None:
    with Index(folder, heard=heard) as index:
        index.rebuild(
            group([Row(f"r{place}", text) for place, text in enumerate(said)], Config(points="whole", meaning="off")), is_all=True
        )


@pytest.mark.usefixtures("installed")
def test_a_text_that_shares_no_character_with_any_is_likened_by_its_vector(tmp_path: Path) -> None:
    built(tmp_path / "heard", SAID)
    built(tmp_path / "words", SAID, heard=False)
    assert closest(tmp_path / "words", "吗吗吗吗", 3) == []
    found = closest(tmp_path / "heard", "吗吗吗吗", 3)
    assert found is not None
    assert [each.likeness for each in found] == sorted((each.heard / 3 for each in found), reverse=True)
    itself = closest(tmp_path / "heard", SAID[1], 1)
    assert itself is not None
    assert [each.text for each in itself] == [SAID[1]]
    assert [each.likeness for each in itself] == pytest.approx([1.0], abs=1e-3)


@pytest.mark.usefixtures("installed")
def test_vectors_of_arrivals_stand_in_the_log_and_are_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    built(tmp_path, SAID)
    with Index(tmp_path) as index:
        index.add(("new", 1), "免费上牌A", "G9")
        before = index.known.closest("A牌免费", 6)
    with Index(tmp_path) as index:
        assert index.known.closest("A牌免费", 6) == before
        assert len(before) == 6
    beside = closest(tmp_path, "A牌免费", 6)
    assert beside is not None
    assert [each.heard for each in beside] == [each.heard for each in before]


@pytest.mark.usefixtures("installed")
def test_a_base_takes_over_the_vectors_it_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, SAID)
    asked: list[str] = []
    real = vectors.encoded
    monkeypatch.setattr(sense, "encoded", lambda some, change: asked.extend(some) or real(some, change))
    with Index(tmp_path) as index:
        first = {text: index.known.sense.at(place) for text, place in index.known.places().items()}
    built(tmp_path, [*SAID, "免免免免"])
    assert asked == ["免免免免"]
    with Index(tmp_path) as index:
        places = index.known.places()
        assert all((index.known.sense.at(places[text]) == vector).all() for text, vector in first.items())
        assert len(places) == len(SAID) + 1


@pytest.mark.usefixtures("installed")
def test_a_line_without_a_vector_is_like_nothing_by_meaning(tmp_path: Path) -> None:
    built(tmp_path, SAID)
    with Index(tmp_path, heard=False) as index:
        index.add(("plain", 1), "上上上上", "G8")
    with Index(tmp_path) as index:
        found = {index.known.text(each.place): each for each in index.known.closest("上上上上", 9)}
    assert found["上上上上"].heard == 0
    assert found["上上上上"].likeness == pytest.approx(2 / 3)


def test_an_index_made_without_the_extra_is_one_of_words(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    built(tmp_path, SAID, heard=False)
    request.getfixturevalue("installed")
    with Index(tmp_path) as index:
        assert index.known.sense is None
        assert {each.heard for each in index.known.closest(SAID[0], 5)} == {0.0}


def test_a_vector_comes_back_from_its_line_but_for_the_last_places() -> None:
    dice = np.random.Generator(np.random.PCG64(2))
    vector = dice.normal(size=128).astype(np.float32)
    vector /= np.linalg.norm(vector)
    again = sense.read(sense.written(vector))
    assert again is not None
    assert float(again @ vector) > 0.999
    assert sense.read("") is None


@pytest.mark.usefixtures("installed")
def test_what_is_usual_is_reckoned_from_the_texts_and_the_drafts_the_adapter_was_learned_from(tmp_path: Path) -> None:
    built(tmp_path, SAID)
    adapter = shipped("semantic").adapter
    assert adapter is not None
    said = vectors.encoded(sorted(SAID))
    expected = (said.sum(axis=0) + sense.FAMILIAR * adapter.usual) / (len(SAID) + sense.FAMILIAR)
    with Index(tmp_path) as index:
        assert index.known.sense.usual == pytest.approx(expected, abs=1e-6)
