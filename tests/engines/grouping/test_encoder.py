"""Sentence vectors from the file of weights: the right pieces, the right numbers, kept for a run that was stopped."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.engines.grouping import encoder, vectors
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.packed import Packed
from mingtang.engines.grouping.pieces import FAR, SPACE, Pieces
from tests.engines.grouping.small_weights import CHANGED, MOST, PIECES, SIZE, Small

PLACE = {word: number for number, word in enumerate(PIECES) if word != "<unk>"}
KNOWN = Pieces(PLACE, list(PIECES.values()), {ord(old): new for old, new in CHANGED.items()}, 3)
TEXTS = ["上牌免费", "免费", "", "上牌要免费吗", "Ａ：免", "牌免费上牌免费上牌免费上牌免费上牌免费"]


@given(st.text(alphabet="上牌免费A吗 ", max_size=9))
def test_a_text_is_parted_where_its_pieces_are_likeliest(text: str) -> None:
    """Against every way there is to part it."""
    written = " ".join(text.split(" ")) if "  " not in text else text
    while "  " in written:
        written = written.replace("  ", " ")
    written = ("" if written.startswith(" ") else SPACE) + written.replace(" ", SPACE)
    least = min(PIECES.values()) - FAR

    def worth(words: list[str]) -> float:
        return sum(PIECES[word] if word in PLACE else least if len(word) == 1 else float("-inf") for word in words)

    cuts = [cut for many in range(len(written)) for cut in combinations(range(1, len(written)), many)]
    ways = [[written[low:high] for low, high in zip((0, *cut), (*cut, len(written)), strict=True)] for cut in cuts]
    found = KNOWN.of(text)
    assert sum(least if place == 3 else list(PIECES.values())[place] for place in found) == pytest.approx(max(map(worth, ways)))
    assert "".join(list(PIECES)[place] if place != 3 else "?" for place in found) == written.replace("吗", "?")


def test_characters_are_changed_before_a_text_is_parted() -> None:
    assert [list(PIECES)[place] for place in KNOWN.of("query：\t \u200bＡ")] == ["\u2581query", ":", SPACE, "A"]


def test_vectors_are_what_the_definitions_say(installed: Small) -> None:
    found = encoder.encoder().vectors(TEXTS)
    expected = [installed.vector_of([0, *KNOWN.of("query: " + text)[: MOST - 2], 2]) for text in TEXTS]
    assert found.shape == (len(TEXTS), SIZE)
    assert np.abs(found - np.array(expected)).max() < 2e-4
    assert max(float(one @ other) for one, other in combinations(expected, 2)) < 0.999


def test_a_vector_does_not_depend_on_the_texts_beside_it(installed: Small) -> None:
    together = vectors.encoded(TEXTS * 3)
    assert np.abs(together[: len(TEXTS)] - np.concatenate([vectors.encoded([text]) for text in TEXTS])).max() < 2e-4


def test_weights_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(ValueError, match=r"other\.bin"):
        Packed(tmp_path / "other.bin")


def test_the_semantic_mode_says_what_is_missing_when_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "PACKAGE", "a_package_nobody_has")
    with pytest.raises(vectors.MissingError):
        group([Row("a", "上牌免费"), Row("b", "多设站点")], Config(meaning="semantic"))
    with pytest.raises(FileNotFoundError):
        encoder.encoder.__wrapped__()
    assert vectors.vectors_for(["上牌免费"], "auto", lambda *_: None) is None


@pytest.mark.usefixtures("installed")
def test_vectors_are_reckoned_once_when_a_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("免" * (n % 7)) + "上牌" for n in range(vectors.BLOCK + 1)]
    asked: list[int] = []
    real = vectors.encoded
    monkeypatch.setattr(vectors, "encoded", lambda some, change: asked.append(len(some)) or real(some, change))
    first = vectors.vectors_for(texts, "semantic", lambda *_: None, tmp_path / "work")
    again = vectors.vectors_for(texts, "semantic", lambda *_: None, tmp_path / "work")
    assert first is not None
    assert again is not None
    assert (first == again).all()
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    assert asked == [vectors.BLOCK, 1]
    assert len(list((tmp_path / "work").iterdir())) == 2
