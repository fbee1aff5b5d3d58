"""Alternatives, questions with the draft, terms, and questions from people."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules.asking import LONGEST_ANSWER, QUESTION_KINDS, SCALE, Asked, Given
from mingtang.kernel.text import Text, t
from mingtang.platform.web.fields import Form, many_of, one_of, passage, words

CHOOSE_NONE = t("不选", "No choice")


class AlternativesForm(Form):
    """Options A, B, C in one field: an empty line between options, the first line names it, a line with ｜ says what it means."""

    title = words(t("哪件事有不同方案", "What there are options for"), limit=200)
    clause = one_of(t("属于哪一条", "Clause"), [], required=False, empty=t("整个草案", "The whole draft"))
    intro = passage(t("说明", "Introduction"), limit=1000, rows=2, required=False)
    options = passage(
        t("方案", "Options"),
        limit=8000,
        rows=10,
        hint=t(
            "方案之间空一行。每个方案第一行是名称，以下是内容；以“影响：”开头的行写利弊。",
            "An empty line between options. The first line is the name, then its words; lines beginning “Effects:” say what it means.",
        ),
    )

    def __init__(self, *args: Any, clauses: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [("", t("整个草案", "The whole draft")), *((str(key), name) for key, name in clauses)]
        self.fields["clause"].choices = listed  # type: ignore[attr-defined]  # a ChoiceField

    def clean_options(self) -> list[tuple[str, str, str]]:
        """Options as (name, words, effects)."""
        blocks = re.split(r"\n[ \t\u3000]*\n", self.cleaned_data["options"].replace("\r\n", "\n").strip())
        return [_option(each) for each in blocks if each.strip()]


def _option(block: str) -> tuple[str, str, str]:
    title, *rest = (each.strip() for each in block.strip().split("\n"))
    effects = [re.sub(r"^(?:影响|Effects)[:：]\s*", "", each) for each in rest if re.match(r"(?:影响|Effects)[:：]", each)]
    said = [each for each in rest if not re.match(r"(?:影响|Effects)[:：]", each)]
    return title[:120], "\n".join(said), "\n".join(effects)


class AskedForm(Form):
    """A question put with the draft."""

    kind = one_of(t("题型", "Kind"), list(QUESTION_KINDS.items()))
    question = words(t("问题", "Question"), limit=300)
    options = passage(
        t("选项", "Options"),
        limit=2000,
        rows=4,
        required=False,
        hint=t("一行一个；单选、多选必填。", "One a line, for questions to choose from."),
    )
    steps = django_forms.IntegerField(
        label=t("打分档数", "Steps of the scale"),  # type: ignore[arg-type]  # rendered by str()
        min_value=SCALE[0],
        max_value=SCALE[-1],
        required=False,
    )
    low = words(t("最低一档的意思", "Meaning of the lowest step"), limit=40, required=False)
    high = words(t("最高一档的意思", "Meaning of the highest step"), limit=40, required=False)

    def clean_options(self) -> list[str]:
        """One option a line."""
        return [each.strip()[:200] for each in self.cleaned_data["options"].splitlines() if each.strip()]

    def clean_steps(self) -> int:
        """Five unless said."""
        return self.cleaned_data["steps"] or 5


class TermsForm(Form):
    """The glossary: one term a line."""

    terms = passage(
        t("名词解释", "Terms"),
        limit=8000,
        rows=8,
        required=False,
        hint=t("一行一个，写成“容积率：总建筑面积与用地面积之比”。", "One a line: “term: what it means”."),
    )

    def clean_terms(self) -> list[tuple[str, str]]:
        """Lines as (term, explanation); a line without a colon is named."""
        found = []
        for line in self.cleaned_data["terms"].splitlines():
            term, colon, said = line.replace(":", "：", 1).partition("：")
            if not line.strip():
                continue
            if not colon or not said.strip() or not term.strip():
                raise django_forms.ValidationError(
                    t(
                        "“{line}”缺少冒号，请写成“名词：解释”。",
                        "“{line}” lacks a colon; write “term: what it means”.",
                        line=line.strip()[:40],
                    )  # type: ignore[arg-type]  # rendered by str()
                )
            found.append((term.strip()[:40], said.strip()[:400]))
        return found


class InquiryForm(Form):
    """A question about the draft, by anybody."""

    question = passage(
        t("您想问什么", "Your question"),
        limit=500,
        rows=4,
        hint=t(
            "问草案是什么意思、怎么算、管不管我。请勿写姓名、电话等个人信息；问题和答复会一起公开。",
            "Ask what the draft means or whether it concerns you. No names or numbers please: question and answer are published.",
        ),
    )
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)


class AnswerInquiryForm(Form):
    """The department's answer."""

    answer = passage(t("答复", "Answer"), limit=2000, rows=5)


class _Asking(Form):
    """Fields for the alternatives and questions of one draft; see `asked_form`."""

    def choices(self) -> dict[int, int]:
        """The option chosen of each set of alternatives."""
        return {int(name[4:]): int(value) for name, value in self.cleaned_data.items() if name.startswith("set_") and value}

    def answers(self, asked: list[Asked]) -> list[Given]:
        """What was answered, question by question."""
        found = []
        for each in asked:
            value = self.cleaned_data.get(f"q_{each.id}")
            if each.kind == "text":
                given = Given(each.id, text=value or "")
            elif each.kind == "scale":
                given = Given(each.id, number=int(value) if value else None)
            else:
                chosen = value if isinstance(value, list) else [value] if value else []
                given = Given(each.id, tuple(int(one) for one in chosen))
            if not given.empty:
                found.append(given)
        return found


def asked_form(sets: Any, questions: Any, *args: Any, **options: Any) -> _Asking:
    """A form with one field for each set of alternatives and each question; all may be left out."""
    fields: dict[str, django_forms.Field] = {}
    for each in sets:
        listed = [(str(one.id), f"{one.letter}　{one.title}") for one in each.options]
        fields[f"set_{each.id}"] = one_of(_same(each.title), [("", CHOOSE_NONE), *listed], required=False, radio=True)
    for each in questions:
        fields[f"q_{each.id}"] = _field(each)
    made: type[_Asking] = type("AskedOfDraft", (_Asking,), fields)
    return made(*args, **options)


def _same(words_: str) -> Text:
    return Text("{words}", "{words}", {"words": words_})


def _field(question: Any) -> django_forms.Field:
    label = _same(question.words)
    listed = [(str(each.id), each.words) for each in question.options]
    if question.kind == "single":
        return one_of(label, [("", CHOOSE_NONE), *listed], required=False, radio=True)
    if question.kind == "multiple":
        return many_of(label, listed, required=False)
    if question.kind == "text":
        return passage(label, limit=LONGEST_ANSWER, rows=3, required=False)
    steps = [(str(n), str(n)) for n in range(1, question.steps + 1)]
    ends = t("1 表示{low}，{n} 表示{high}。", "1 means {low}, {n} means {high}.", low=question.low, high=question.high, n=question.steps)
    return one_of(label, [("", CHOOSE_NONE), *steps], required=False, radio=True, hint=ends if question.low and question.high else "")
