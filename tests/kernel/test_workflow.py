"""Workflow tables: what they permit, refuse and how they are checked."""

from __future__ import annotations

import pytest

from mingtang.kernel.text import t
from mingtang.kernel.workflow import State, Workflow, arrow

OPEN, SHUT = State("open", t("开着", "Open")), State("shut", t("关了", "Shut"), final=True)
DOOR = Workflow(
    "door",
    t("门", "The door"),
    (OPEN, SHUT),
    (arrow("close", "open", "shut", t("关", "close"), "9.9", reason_required=True), arrow("knock", ["open"], "open", t("敲", "knock"))),
)


def test_the_first_state_is_where_rows_begin():
    assert DOOR.initial == "open"
    assert DOOR.codes == ["open", "shut"]
    assert DOOR.choices == [("open", OPEN.label), ("shut", SHUT.label)]


def test_an_arrow_is_permitted_from_its_source_with_its_reason():
    assert DOOR.may("open", "close", reason="冷")
    assert DOOR.may("open", "knock")


def test_an_arrow_is_refused_without_its_reason():
    refusal = DOOR.may("open", "close", reason="  ")
    assert (refusal.code, refusal.clause) == ("reason_missing", "9.9")


def test_an_arrow_from_a_final_state_is_refused_and_says_that_it_has_ended():
    refusal = DOOR.may("shut", "close", reason="冷")
    assert str(refusal.reason) == "门现在是“关了”，不能关。"
    assert str(refusal.remedy) == "这一步已经结束，不再变动。"
    assert refusal.code == "wrong_state"


def test_a_refusal_names_what_can_be_done_instead():
    three = Workflow(
        "three",
        t("甲", "A"),
        (State("a", t("一", "1")), State("b", t("二", "2"))),
        (arrow("go", "a", "b", t("去", "go")), arrow("back", "b", "a", t("回", "back"))),
    )
    assert str(three.may("a", "back").remedy) == "现在可以做的是：去。"


def test_an_unknown_arrow_or_state_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        DOOR.may("open", "fly")
    with pytest.raises(KeyError):
        DOOR.arrow("fly")
    with pytest.raises(KeyError):
        DOOR.label("nowhere")


@pytest.mark.parametrize(
    ("states", "arrows", "complaint"),
    [
        ((OPEN, OPEN), (), "named twice"),
        ((OPEN, SHUT), (arrow("close", "open", "shut", OPEN.label), arrow("close", "shut", "open", OPEN.label)), "named twice"),
        ((OPEN,), (arrow("close", "open", "gone", OPEN.label),), "unknown states"),
        ((OPEN, SHUT), (), "nobody can reach"),
    ],
)
def test_a_faulty_table_is_refused_when_it_is_made(states, arrows, complaint):
    with pytest.raises(ValueError, match=complaint):
        Workflow("bad", OPEN.label, states, arrows)


def test_the_diagram_draws_every_state_and_arrow():
    assert DOOR.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open : 开着",
        "    shut : 关了",
        "    open --> shut : 关",
        "    open --> open : 敲",
        "    shut --> [*]",
    ]
