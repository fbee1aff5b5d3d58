"""Opinions for the tests of grouping: a few demands in several words, and strategies that mix them."""

from __future__ import annotations

from hypothesis import strategies as st

from mingtang.engines.grouping.model import Row

DEMANDS = (
    "建议电动车上牌免费",
    "电动自行车登记上牌不应该收费",
    "支持上牌收取适当工本费",
    "南门的停车场太小，希望扩大",
    "北门的停车场太小，希望扩大",
    "罚款五百元太重",
    "罚款500元太重",
    "罚款七百元太重",
    "请领导重视：罚款五百元太重！谢谢",
    "支持",
    "坚决反对！",
    "",
    "1. 头盔不要强制\n2. 充电桩要多建几个",
    "闭馆时间请推迟到晚上十点",
)
TEXTS = st.one_of(st.sampled_from(DEMANDS), st.text("支持反对不收费免上牌第八条五百元南北门。 1a", max_size=24))


@st.composite
def rows(draw: st.DrawFn, most: int = 24) -> list[Row]:
    """Rows with distinct ids, some with author, clause and stance."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=most))
    clauses = st.sampled_from(["", "", "3", "8"])
    stances = st.sampled_from(["", "", "for", "against"])
    return [Row(f"r{place}", text, f"a{place % 5}", draw(clauses), draw(stances)) for place, text in enumerate(texts)]
