"""Where an answer says it landed: 第六条第二款, 第8条, 三、（二） found again among the labels of the final text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingtang.consultations.rules.drafting.shapes import ARABIC, HAN, WIDE, article, number_of
from mingtang.kernel.text import Text, t

ARTICLES = re.compile(rf"第\s*[{HAN}{ARABIC}]{{1,7}}\s*条(?:之[一二三四五六七八九十]+)?")
RANGE = re.compile(rf"第\s*([{HAN}{ARABIC}]{{1,7}})\s*条?\s*[至到~～—-]+\s*第?\s*([{HAN}{ARABIC}]{{1,7}})\s*条")
SPACES = re.compile(r"[\s\u3000]")
MOST_IN_RANGE = 50


def key_of(label: str) -> str:
    """One name for one label: 第六条, 第6条 and 第 ６ 条 are the same."""
    found = article(label)
    if found is not None:
        return f"{found.number}-{found.sub}" if found.sub else str(found.number)
    return SPACES.sub("", label).translate(WIDE)


def landings(words: str, labels: Iterable[str]) -> list[str]:
    """The labels that `words` name, in the order of the labels; a range names all within it."""
    named = {key_of(each) for each in ARTICLES.findall(words)}
    for first, last in RANGE.findall(words):
        low, high = number_of(first), number_of(last)
        if 0 < low <= high <= low + MOST_IN_RANGE:
            named.update(str(each) for each in range(low, high + 1))
    bare = SPACES.sub("", words).translate(WIDE)
    return [each for each in labels if key_of(each) in named or (article(each) is None and len(each) > 1 and key_of(each) in bare)]


def gaps(labels: Iterable[str]) -> list[Text]:
    """Where numbered articles do not follow one another: worth a look before the draft goes public."""
    found, last = [], (0, 0)
    for label in labels:
        here = article(label)
        if here is None:
            continue
        if (here.number, here.sub) not in {(last[0] + 1, 0), (last[0], last[1] + 1), (1, 0)}:
            found.append(t("{label}之前缺号或顺序不对。", "Numbers are missing or out of order before {label}.", label=label))
        last = (here.number, here.sub)
    return found
