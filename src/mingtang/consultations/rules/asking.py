"""What a draft asks besides opinions: alternatives, questions, and questions from people with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

QUESTION_KINDS: dict[str, Text] = {
    "single": t("单选", "One answer"),
    "multiple": t("多选", "Several answers"),
    "scale": t("打分", "Scale"),
    "text": t("文字回答", "Words"),
}
LETTERS = "ABCDEF"
FEWEST_OPTIONS = 2
SCALE = range(3, 11)
LONGEST_ANSWER = 1000

INQUIRY = Workflow(
    "inquiry",
    t("这个问题", "The question"),
    (
        State("asked", t("待答复", "Waiting for an answer")),
        State("answered", t("已答复，待审核公开", "Answered, waiting for review")),
        State("published", t("已公开", "Published"), final=True),
        State("declined", t("不公开答复", "Not published"), final=True),
    ),
    (
        arrow("answer", ("asked", "answered"), "answered", t("答复", "answer"), "2.1"),
        arrow("publish", "answered", "published", t("审核公开", "review and publish"), "711 Art.17"),
        arrow("return_answer", "answered", "asked", t("退回重答", "return"), "711 Art.17", reason_required=True),
        arrow("decline", ("asked", "answered"), "declined", t("不公开答复", "decline"), "2.1", reason_required=True),
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it."""

    id: int
    kind: str
    options: frozenset[int] = frozenset()
    steps: int = 5


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question."""

    question: int
    options: tuple[int, ...] = field(default_factory=tuple)
    number: int | None = None
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.options and self.number is None and not self.text.strip()


def may_ask(kind: str, options: Sequence[str], steps: int) -> Decision:
    """A question to choose from has at least two different options; a scale three to ten steps."""
    if kind in {"single", "multiple"} and len({each.strip() for each in options if each.strip()}) < FEWEST_OPTIONS:
        return no(
            t("选择题至少要有两个不同的选项。", "A question to choose from needs at least two different options."),
            "2.1",
            t("一行写一个选项。", "Write one option a line."),
            code="options",
        )
    if kind == "scale" and steps not in SCALE:
        return no(
            t("打分的档数在 {low} 到 {high} 之间。", "A scale has {low} to {high} steps.", low=SCALE[0], high=SCALE[-1]),
            "2.1",
            t("常用 5 档。", "Five is usual."),
            code="steps",
        )
    return YES


def may_offer(titles: Sequence[str]) -> Decision:
    """Alternatives are at least two and at most six."""
    if FEWEST_OPTIONS <= len(titles) <= len(LETTERS):
        return YES
    return no(
        t("备选方案要有 2 到 {n} 个，现有 {m} 个。", "There must be 2 to {n} options; there are {m}.", n=len(LETTERS), m=len(titles)),
        "2.1",
        t("每个方案之间空一行，第一行是方案名称。", "Leave an empty line between options; the first line is the name."),
        code="options",
    )


def may_answer_question(asked: Asked | None, given: Given) -> Decision:
    """An answer fits its question."""
    fits = asked is not None and (
        (asked.kind == "single" and len(given.options) == 1 and set(given.options) <= asked.options)
        or (asked.kind == "multiple" and bool(given.options) and set(given.options) <= asked.options)
        or (asked.kind == "scale" and given.number is not None and 1 <= given.number <= asked.steps)
        or (asked.kind == "text" and 0 < len(given.text.strip()) <= LONGEST_ANSWER)
    )
    if fits:
        return YES
    return no(
        t("回答和问题不符。", "An answer does not fit its question."),
        "2.1",
        t("请从列出的选项里选；文字不超过 {n} 字。", "Choose from the options; words have at most {n} characters.", n=LONGEST_ANSWER),
        code="answer",
    )


def may_change_asked(state: str) -> Decision:
    """What the public is asked does not change while they answer."""
    if state == "preparing":
        return YES
    return no(
        t("征求意见已送审或公开，问题和方案不能再改。", "The consultation is in review or public; what is asked cannot change."),
        "2.1",
        t("可以在“问答”里补充说明。", "Explain further among the questions and answers."),
        code="wrong_state",
    )


def may_inquire(words: str, state: str, most: int) -> Decision:
    """People ask while the consultation runs."""
    if state != "open":
        return no(
            t("这次征求意见现在不收问题。", "No questions are taken here now."),
            "2.1",
            t("可以看已公开的问答，或写信给联系人。", "Read the published answers, or write to the contact."),
            code="not_open",
        )
    if not words.strip() or len(words) > most:
        return no(
            t("问题要有 1 到 {n} 字。", "A question has 1 to {n} characters.", n=most),
            "2.1",
            t("请写清楚想问什么。", "Say what you want to know."),
            code="length",
        )
    return YES
