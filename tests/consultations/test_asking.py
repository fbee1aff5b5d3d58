"""What a draft asks: options, questions, terms; questions from people and their reviewed answers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mingtang.consultations import actions, published
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import Answer, Choice, Inquiry, Opinion, Tally
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules.asking import Asked, Given, may_answer_question, may_ask, may_offer
from mingtang.platform.actor import Role, stranger
from tests.factories.consultations import clerk_person, closed, complete, moderator, open_now, opinion
from tests.factories.platform import NOW, actor, person
from tests.factories.refusing import codes, refused

pytestmark = pytest.mark.django_db
OPTIONS = (("全部减半", "一律减到一半。", "省电。"), ("隔盏熄灯", "关一半。", ""))


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def asking():
    """An open consultation with options for a clause and for the whole, and a question of each kind."""
    row, clerk = complete()
    who = {"actor": clerk, "now": NOW}
    second = row.clauses.get(label="第二条")
    whole = actions.offer_alternatives(row.pk, **who, title="怎样减光", options=OPTIONS, intro="二选一。")
    one = actions.offer_alternatives(row.pk, **who, title="范围", options=OPTIONS, clause_id=second.pk)
    questions = [
        actions.ask_question(row.pk, **who, kind="single", words="几点回家", options=["早", "晚", "晚"]),
        actions.ask_question(row.pk, **who, kind="multiple", words="哪里要亮", options=["路口", "桥下"]),
        actions.ask_question(row.pk, **who, kind="scale", words="满意吗", steps=5, low="不满意", high="满意"),
        actions.ask_question(row.pk, **who, kind="text", words="还有呢"),
    ]
    actions.save_terms(row.pk, [("老旧住宅", "二十年以上的住宅。")], **who)
    open_now(row, clerk)
    return row, clerk, whole, one, questions


def test_options_and_questions_are_answered_with_the_opinion_and_counted_with_their_n():
    row, _clerk, whole, one, (single, many, scale, text) = asking()
    assert [each.words for each in single.options.all()] == ["早", "晚"]
    chosen, first = whole.options.get(letter="B"), single.options.first()
    answers = (
        Given(single.pk, (first.pk,)),
        Given(many.pk, tuple(each.pk for each in many.options.all())),
        Given(scale.pk, number=4),
        Given(text.pk, text="多装几盏，电话 13800138000"),
    )
    made = opinion(row, "", choices={whole.pk: chosen.pk}, answers=answers, shown=True)
    assert (Choice.objects.get().alternative_id, Answer.objects.count()) == (chosen.pk, 5)
    kept = Tally.objects.filter(consultation=row).exclude(number=0).values_list("dimension", "key", "number")
    assert {(dimension, key): n for dimension, key, n in kept} == dict(recount(row.pk))
    sets = published.alternative_sets(row.pk)
    assert [(each.title, each.clause, each.total) for each in sets] == [("怎样减光", "", 1), ("范围", "第二条", 0)]
    asked = published.questions(row.pk, with_texts=True)
    assert [(each.answered, [one.count for one in each.options], each.mean, each.most) for each in asked] == [
        (1, [1, 0], "", 1),
        (1, [1, 1], "", 1),
        (1, [0, 0, 0, 1, 0], "4.0", 1),
        (1, [], "", 0),
    ]
    assert len(asked[3].texts) == 1
    assert "13800138000" not in asked[3].texts[0]
    _, shown = published.shown_opinions(row.pk)
    assert shown[0].words.startswith("（只选择了方案")
    assert Opinion.objects.get(pk=made.pk).text == ""
    assert one.clause.label == "第二条"


@pytest.mark.parametrize(
    "given",
    [Given(1, (9,)), Given(1), Given(2, ()), Given(3, number=9), Given(4, text=" "), Given(4, text="长" * 1001), Given(9, (1,))],
)
def test_an_answer_that_does_not_fit_its_question_is_refused(given):
    asked = {
        1: Asked(1, "single", frozenset({1, 2})),
        2: Asked(2, "multiple", frozenset({1})),
        3: Asked(3, "scale"),
        4: Asked(4, "text"),
    }
    assert codes(may_answer_question(asked.get(given.question), given)) == ["answer"]


def test_an_empty_opinion_or_a_strange_option_is_refused():
    row, _clerk, whole, one, _questions = asking()
    with refused("empty"):
        opinion(row, "")
    with refused("option"):
        opinion(row, "", choices={whole.pk: one.options.first().pk})
    assert not Opinion.objects.exists()


def test_what_is_asked_is_complete_and_does_not_change_once_public():
    row, clerk = complete()
    who = {"actor": clerk, "now": NOW}
    with refused("options"):
        actions.offer_alternatives(row.pk, **who, title="甲", options=OPTIONS[:1])
    with refused("clause"):
        actions.offer_alternatives(row.pk, **who, title="甲", options=OPTIONS, clause_id=0)
    with refused("options"):
        actions.ask_question(row.pk, **who, kind="single", words="甲", options=["一", "一"])
    assert codes(may_ask("scale", (), 2)) == ["steps"]
    assert may_offer(["甲", "乙"])
    first = actions.offer_alternatives(row.pk, **who, title="甲", options=OPTIONS)
    again = actions.offer_alternatives(row.pk, **who, title="甲", options=OPTIONS, set_id=first.pk)
    assert (again.pk, again.options.count()) == (first.pk, 2)
    question = actions.ask_question(row.pk, **who, kind="text", words="乙")
    assert actions.ask_question(row.pk, **who, kind="text", words="乙") == question
    for _ in range(2):
        actions.drop_asked(row.pk, "set", first.pk, **who)
    actions.drop_asked(row.pk, "question", question.pk, **who)
    assert not row.alternative_sets.exists()
    assert not row.asked.exists()
    open_now(row, clerk)
    with refused("wrong_state"):
        actions.ask_question(row.pk, **who, kind="text", words="丙")
    assert actions.save_terms(row.pk, [("补助", "财政给的钱。")], **who) == 1


def test_a_term_is_marked_where_it_first_stands_and_longer_terms_win():
    glossary = ((1, "住宅", "房子"), (2, "老旧住宅", "旧房子"), (3, "电梯", "升降机"))
    assert published.marked("老旧住宅的住宅装电梯和电梯", glossary) == (
        ("老旧住宅", 2),
        ("的", 0),
        ("住宅", 1),
        ("装", 0),
        ("电梯", 3),
        ("和电梯", 0),
    )
    assert published.marked("没有", glossary) == (("没有", 0),)


def test_a_question_is_answered_by_the_department_and_published_by_somebody_else():
    row, clerk, *_ = asking()
    anybody = stranger(row.government_id)
    asked = actions.inquire(row.pk, "我家算不算？", actor=anybody, now=NOW, token="t1")
    assert actions.inquire(row.pk, "我家算不算？", actor=anybody, now=NOW, token="t1") == asked
    with refused("empty"):
        actions.answer_inquiry(asked.pk, " ", actor=clerk, now=NOW)
    with refused("wrong_state"):
        actions.publish_inquiry(asked.pk, actor=moderator(row), now=NOW)
    actions.answer_inquiry(asked.pk, "算。", actor=clerk, now=NOW)
    with refused("role"):
        actions.publish_inquiry(asked.pk, actor=clerk, now=NOW)
    actions.return_inquiry(asked.pk, actor=moderator(row), now=NOW, reason="说清楚依据")
    actions.answer_inquiry(asked.pk, "算，见第二条。", actor=clerk, now=NOW)
    assert published.inquiries(row.pk)[1] == []
    actions.publish_inquiry(asked.pk, actor=moderator(row), now=NOW)
    assert actions.publish_inquiry(asked.pk, actor=moderator(row), now=NOW).published_at == NOW
    assert [(each.words, each.answer, each.by_staff) for each in published.inquiries(row.pk)[1]] == [
        ("我家算不算？", "算，见第二条。", False)
    ]
    own = actions.inquire(row.pk, "什么时候施行？", actor=clerk, now=NOW)
    actions.decline_inquiry(own.pk, actor=clerk, now=NOW, reason="与草案无关")
    assert (own.by_staff, published.inquiry_counts(row.pk)) == (True, (1, 0, 1))
    with refused("gone"):
        actions.answer_inquiry(0, "甲", actor=clerk, now=NOW)


def test_who_answered_does_not_publish_and_questions_end_with_the_period():
    row, _clerk, *_ = asking()
    both = actor(row.government, Role.CLERK, Role.HEAD, within=row.topic.department)
    asked = actions.inquire(row.pk, "问", actor=both, now=NOW)
    actions.answer_inquiry(asked.pk, "答", actor=both, now=NOW)
    with refused("own_work"):
        actions.publish_inquiry(asked.pk, actor=both, now=NOW)
    with refused("length"):
        actions.inquire(row.pk, "长" * 501, actor=stranger(row.government_id), now=NOW)
    ended, _clerk = closed()
    with refused("not_open"):
        actions.inquire(ended.pk, "问", actor=stranger(ended.government_id), now=NOW)


def test_people_choose_and_answer_in_the_same_form_and_read_the_counts():
    row, _clerk, whole, one, (single, many, scale, text) = asking()
    client = Client(HTTP_HOST=row.government.host)
    form = client.get(f"/consultations/{row.pk}/say/").content.decode()
    assert "方案 A" in form
    assert f"set_{whole.pk}" in form
    assert f"set_{one.pk}" not in form
    typed = {
        "stance": "for",
        "text": "",
        "token": "abc",
        f"set_{whole.pk}": whole.options.first().pk,
        f"q_{single.pk}": single.options.first().pk,
        f"q_{many.pk}": [each.pk for each in many.options.all()],
        f"q_{scale.pk}": "5",
        f"q_{text.pk}": "好",
        "publish_consent": "on",
    }
    wrong = client.post(f"/consultations/{row.pk}/say/", {**typed, f"q_{scale.pk}": "9"})
    assert "请从列出的选项里选" in words(wrong)
    assert client.post(f"/consultations/{row.pk}/say/", typed).status_code == 302
    assert (Choice.objects.count(), Answer.objects.count()) == (1, 5)
    clause = client.get(f"/consultations/{row.pk}/say/?clause={one.clause_id}").content.decode()
    assert f"set_{one.pk}" in clause
    assert f"q_{single.pk}" not in clause
    told = words(client.get(f"/consultations/{row.pk}/answers/"))
    assert "1 人次选择 100%" in told
    assert "n = 1 平均 5.0" in told
    page = client.get(f"/consultations/{row.pk}/").content.decode()
    assert f'href="#term-{row.terms.get().pk}"' in page
    assert "大家怎样选择和回答" in page


def test_people_ask_and_read_the_answers():
    row, clerk, *_ = asking()
    client = Client(HTTP_HOST=row.government.host)
    url = f"/consultations/{row.pk}/questions/"
    assert "还没有公开的问答" in words(client.get(url))
    assert "请填写这一项" in words(client.post(f"{url}ask/", {"question": "", "token": "x"}))
    sent = client.post(f"{url}ask/", {"question": "我家算不算？", "token": "x"})
    assert "问题收到了" in words(client.get(sent["Location"]))
    asked = Inquiry.objects.get()
    actions.answer_inquiry(asked.pk, "算。", actor=clerk, now=NOW)
    actions.publish_inquiry(asked.pk, actor=moderator(row), now=NOW)
    told = words(client.get(url))
    assert "我家算不算？" in told
    assert "公众提问" in told
    for tail in ("questions/", "questions/ask/", "answers/"):
        assert client.get(f"/consultations/0/{tail}").status_code == 404


def test_the_clerk_writes_options_questions_and_terms_and_keeps_what_was_typed():
    row, _clerk = complete()
    client = Client(HTTP_HOST=row.government.host)
    client.force_login(clerk_person(row))
    url = f"/workspace/consultations/{row.pk}/asking/"
    assert "没有备选方案" in words(client.get(url))
    one = {"what": "set", "title": "怎样减光", "intro": "", "clause": "", "options": "全部减半\n一律减半。"}
    kept = client.post(url, one)
    assert kept.status_code == 409
    assert "备选方案要有 2 到 6 个" in words(kept)
    assert "一律减半。" in kept.content.decode()
    client.post(url, {**one, "options": "全部减半\n一律减半。\n影响：省电\n\n隔盏熄灯\n关一半。"})
    made = row.alternative_sets.get()
    assert [(each.letter, each.title, each.text, each.effects) for each in made.options.all()] == [
        ("A", "全部减半", "一律减半。", "省电"),
        ("B", "隔盏熄灯", "关一半。", ""),
    ]
    client.post(url, {"what": "question", "kind": "single", "question": "几点", "options": "早\n晚", "steps": "", "low": "", "high": ""})
    assert [each.words for each in row.asked.get().options.all()] == ["早", "晚"]
    bad = client.post(url, {"what": "terms", "terms": "没有冒号"})
    assert "缺少冒号" in words(bad)
    client.post(url, {"what": "terms", "terms": "补助：财政给的钱\n\n电梯:升降机"})
    assert [(each.term, each.explanation) for each in row.terms.all()] == [("补助", "财政给的钱"), ("电梯", "升降机")]
    assert "怎样减光" in words(client.get(url))
    client.post(f"{url}set/{made.pk}/drop/")
    client.post(f"{url}question/{row.asked.get().pk}/drop/")
    assert (row.alternative_sets.count(), row.asked.count()) == (0, 0)


def test_staff_answer_and_review_on_one_page():
    row, _clerk, *_ = asking()
    clerk = Client(HTTP_HOST=row.government.host)
    clerk.force_login(clerk_person(row))
    reviewer = Client(HTTP_HOST=row.government.host)
    reviewer.force_login(person(row.government, Role.MODERATOR))
    url = f"/workspace/consultations/{row.pk}/inquiries/"
    assert "还没有问题" in words(clerk.get(url))
    clerk.post(url, {"question": "什么时候施行？", "token": "y"})
    asked = Inquiry.objects.get()
    clerk.post(f"{url}{asked.pk}/answer/", {"answer": "公布之日起。"})
    assert "已答复，待审核公开" in words(reviewer.get(f"{url}?state=answered"))
    reviewer.post(f"{url}{asked.pk}/return/", {"reason": "写明日期"})
    clerk.post(f"{url}{asked.pk}/answer/", {"answer": "2027-01-01 起。"})
    reviewer.post(f"{url}{asked.pk}/publish/")
    second = actions.inquire(row.pk, "别的", actor=stranger(row.government_id), now=NOW)
    clerk.post(f"{url}{second.pk}/decline/", {"reason": "与草案无关"})
    states = dict(Inquiry.objects.values_list("words", "state"))
    assert states == {"什么时候施行？": "published", "别的": "declined"}
    assert "理由：与草案无关" in words(clerk.get(url))


def test_an_opinion_in_words_is_taken_as_before():
    row, *_ = asking()
    made = actions.receive_opinion(row.pk, OpinionIn("补助太少", stance="for"), actor=stranger(row.government_id), now=NOW)
    assert (made.text, made.choices.count(), made.answers.count()) == ("补助太少", 0, 0)
