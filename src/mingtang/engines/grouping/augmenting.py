"""Edited copies of labelled texts: they teach the scorer that texts much alike in words usually ask for the same thing."""

from __future__ import annotations

import random

FILLERS = (
    "我觉得",
    "说实话，",
    "希望",
    "请问",
    "真的",
    "本人认为",
    "其实",
    "一般",
    "大家都说",
    "能不能",
    "现在",
    "到底",
    "有没有",
    "强烈要求",
)
SHORTEST = 7
"""Shorter texts are left alone: taking anything from them may change what they ask."""


def with_copies(texts: list[str], share: float, seed: int) -> tuple[list[str], list[int]]:
    """`texts` with edited copies of about `share` of them behind, and of each the place of the text it was made from."""
    dice = random.Random(seed)  # noqa: S311 - training is to be repeated
    chosen = [place for place, text in enumerate(texts) if len(text) >= SHORTEST and dice.random() < share]
    return texts + [_edited(texts[place], dice) for place in chosen], [*range(len(texts)), *chosen]


def _edited(text: str, dice: random.Random) -> str:
    """Something left out, turned round or put in."""
    kind, size = dice.random(), len(text)
    if kind < 0.35:  # noqa: PLR2004 - shares of the kinds of edits
        gap = max(1, int(size * dice.uniform(0.1, 0.4)))
        at = dice.randrange(size - gap + 1)
        text = text[:at] + text[at + gap :]
    elif kind < 0.6:  # noqa: PLR2004 - as above
        lost = set(dice.sample(range(size), max(1, int(size * dice.uniform(0.1, 0.3)))))
        text = "".join(each for at, each in enumerate(text) if at not in lost)
    elif kind < 0.8:  # noqa: PLR2004 - as above
        at = dice.randrange(1, size)
        text = text[at:] + text[:at]
    else:
        at = dice.randrange(size)
        text = text[:at] + dice.choice(FILLERS) + text[at:]
    return dice.choice(FILLERS) + text if dice.random() < 0.4 else text  # noqa: PLR2004 - as above
