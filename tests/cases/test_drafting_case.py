"""What surrounds a draft, played by the shipped cases: versions, options, questions, a redacted copy, three signatures."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.cases.player import UnexpectedError, play
from mingtang.consultations import published
from mingtang.consultations.models import AdoptionReport, DraftVersion, Inquiry, Opinion
from mingtang.platform.documents.reading import read_blocks
from mingtang.platform.files.keep import content_of
from mingtang.platform.signing.models import LevelSet
from mingtang.platform.signing.reads import steps_of
from mingtang.topics.models import TopicDocument
from tests.cases.test_playing import read, silent, up_to
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db
SECRET = ("陈玉珍", "13900000001", "101室", "失能老人")


def words_in(content: bytes) -> str:
    """The words of a PDF without the breaks of its narrow columns."""
    return "".join("".join(each.text for each in read_blocks(content, "risk.pdf")).split())


def fetched(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_report_is_signed_by_head_office_and_leader_where_the_office_set_three_levels():
    run = play(read("elevator"), NOW, silent)
    report = AdoptionReport.objects.get(consultation=run.ids["consultation"])
    signed = [(each.role, each.person.username, str(each.level.title)) for each in steps_of(report.chain_id)]
    assert signed == [
        ("head", "qian", "牵头部门负责人"),
        ("office", "sun", "区政府办审核"),
        ("leader", "li", "分管领导签发"),
    ]
    play(read("parking-fees"), NOW, silent)
    assert LevelSet.objects.count() == 1


def test_a_report_without_its_third_signature_is_not_published():
    case = read("elevator")
    number = max(n for n, each in enumerate(case.events) if each.do == "sign_report")
    publish = next(each for each in case.events if each.do == "publish_report")
    with pytest.raises(UnexpectedError, match=r"\(publish_report\)"):
        play(up_to(case, number, publish), NOW, silent)


def test_three_versions_stand_to_be_compared_and_the_trace_ends_with_the_final_text():
    run = play(read("elevator"), NOW, silent)
    consultation = run.ids["consultation"]
    rows = DraftVersion.objects.filter(consultation=consultation)
    assert [(each.kind, each.published_at is not None, each.clauses.count()) for each in rows] == [
        ("for_comment", True, 19),
        ("revised", True, 19),
        ("final", True, 19),
    ]
    assert not [each for each in rows.last().clauses.all() if each.heading]
    found = published.trace(consultation)
    sixth = next(each for each in found.rows if each.change and each.change.old and each.change.old.label == "第六条")
    assert (found.final, found.versions, sixth.change.change) == (True, (1, 3), "changed")
    assert [(each.title, each.landed) for each in sixth.said] == [("低保、残疾人家庭的补助比例偏低", True), ("管线迁改的费用谁出", True)]


def test_of_a_document_with_private_parts_the_public_gets_the_redacted_copy_and_the_reasons():
    run = play(read("elevator"), NOW, silent)
    document = TopicDocument.objects.get(topic=run.ids["topic"], disclosure="partial")
    assert (document.is_released, document.published_at is not None, document.redactions.count()) == (True, True, 2)
    inside, outside = words_in(content_of(document.file)), words_in(fetched(f"/documents/{document.pk}/"))
    assert all(each in inside for each in SECRET)
    assert not any(each in outside for each in SECRET)
    assert "█" in outside
    page = Client().get(f"/consultations/{run.ids['consultation']}/").content.decode()
    assert "属于个人隐私，不影响理解评估结论。" in page


def test_people_choose_among_options_and_answer_each_kind_of_question():
    run = play(read("riverside-lights"), NOW, silent)
    consultation = run.ids["consultation"]
    (options,) = published.alternative_sets(consultation)
    assert [(each.letter, each.count) for each in options.options] == [("A", 3), ("B", 3), ("C", 2)]
    asked = published.questions(consultation, with_texts=True)
    assert [(each.kind, each.answered) for each in asked] == [("single", 8), ("multiple", 7), ("scale", 8), ("text", 4)]
    assert len(asked[3].texts) == 4
    taken = Opinion.objects.filter(consultation=consultation, outside_id__startswith="form:case-")
    assert {(each.state, each.entered_by_id) for each in taken} == {("shown", None)}


def test_a_question_of_a_citizen_is_answered_in_the_period_and_another_waits():
    run = play(read("riverside-lights"), NOW, silent)
    rows = Inquiry.objects.filter(consultation=run.ids["consultation"]).order_by("id")
    assert [(each.state, each.by_staff) for each in rows] == [("published", False), ("asked", False)]
    assert "限值为 2 勒克斯" in Client().get(f"/consultations/{run.ids['consultation']}/questions/").content.decode()
