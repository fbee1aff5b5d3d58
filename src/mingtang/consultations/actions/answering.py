"""What an opinion chose and answered, counted in the transaction that takes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mingtang.consultations import queries
from mingtang.consultations.models import Alternative, Answer, Choice, Opinion
from mingtang.consultations.rules.asking import Given, may_answer_question
from mingtang.kernel.decision import no
from mingtang.kernel.text import t


def take_answers(opinion: Opinion, choices: Mapping[int, int], answers: Sequence[Given]) -> Counter[tuple[str, str]]:
    """Keep the choices and answers of an opinion; gives what the counters go up by."""
    added: Counter[tuple[str, str]] = Counter()
    offered = dict(Alternative.objects.filter(set__consultation_id=opinion.consultation_id).values_list("pk", "set_id"))
    for set_id, chosen in choices.items():
        if offered.get(chosen) != set_id:
            no(
                t("没有这个方案。", "There is no such option."),
                "2.1",
                t("请刷新页面后重选。", "Reload the page and choose again."),
                code="option",
            ).require()
        Choice.objects.create(opinion=opinion, set_id=set_id, alternative_id=chosen)
        added["choice", str(chosen)] += 1
    asked = {each.id: each for each in queries.asked(opinion.consultation_id)}
    for given in answers:
        may_answer_question(asked.get(given.question), given).require()
        Answer.objects.bulk_create(_rows(opinion, given))
        added["answered", str(given.question)] += 1
        marks = given.options or ((given.number,) if given.number is not None else ())
        added.update(("answer", f"{given.question}:{each}") for each in marks)
    return added


def _rows(opinion: Opinion, given: Given) -> list[Answer]:
    if given.options:
        return [Answer(opinion=opinion, question_id=given.question, option_id=each) for each in dict.fromkeys(given.options)]
    return [Answer(opinion=opinion, question_id=given.question, number=given.number, text=given.text.strip())]
