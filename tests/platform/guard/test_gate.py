"""Nothing goes public with a finding nobody cleared: the four doors, clearing, public copies."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from mingtang.consultations.actions import cancel_consultation, open_consultation
from mingtang.consultations.models import Clause, Consultation
from mingtang.consultations.queries import consultation_material, report_material
from mingtang.kernel.decision import Refused
from mingtang.minutes import actions as minutes
from mingtang.minutes import queries as minutes_queries
from mingtang.platform.actor import Role, stranger, system
from mingtang.platform.audit.models import Act
from mingtang.platform.files.keep import content_of, keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard import gate, policy
from mingtang.platform.guard.looking import look, standing
from mingtang.platform.guard.models import Clearance, PublicCopy, Scan
from mingtang.platform.guard.subjects import Material, provider_of, titles_closed_in
from mingtang.publishing import actions as publishing
from mingtang.publishing import published
from mingtang.publishing import queries as publishing_queries
from mingtang.topics import published as topics_published
from mingtang.topics import queries as topic_queries
from mingtang.topics.actions import approve_topic
from tests.factories.consultations import CLAUSES, NOTICE, reviewed
from tests.factories.held import STARTS, held
from tests.factories.platform import NOW, actor, department, government, later
from tests.factories.refusing import codes, refused
from tests.factories.topics import approved, document, submitted
from tests.factories.topics import topic as bare_topic
from tests.platform.guard.corpus.office import _comment, _tracked, docx
from tests.platform.guard.corpus.pdfs import covered_on_page_three, locked

pytestmark = pytest.mark.django_db
BAD = "联系人老李 13805510001"


def leaking(**fields) -> tuple[Consultation, object]:
    """A reviewed consultation with a mobile number in its notice."""
    return reviewed(**{"ways": f"{NOTICE['ways']}\n{BAD}", **fields})


def seen(row: Consultation, now=NOW) -> list:
    return look(consultation_material(row.government_id, row.pk), now)


def test_a_consultation_opens_only_after_every_finding_was_cleared():
    row, clerk = leaking()
    with pytest.raises(Refused) as caught:
        open_consultation(row.pk, actor=clerk, now=NOW)
    decision = caught.value.decision
    assert [each.code for each in decision.refusals] == ["guard"]
    assert (decision.clause, decision.url) == ("711 Art.17", f"/workspace/guard/consultation/{row.pk}/")
    assert str(decision.reason) == "发布检查发现 1 处问题，还没有处理：提意见的方式第 3 段的手机号。"
    assert Consultation.objects.get(pk=row.pk).state == "reviewed"

    editor = actor(row.government, Role.EDITOR_2)
    mark = next(each.fingerprint for each in seen(row) if each.stops)
    material = consultation_material(row.government_id, row.pk)
    made = gate.clear_finding(material, mark, actor=editor, now=NOW, reason=" 单位值守手机 ")
    again = gate.clear_finding(material, mark, actor=editor, now=later(days=1), reason="别的")
    assert (made.pk, made.reason, made.excerpt, str(made)) == (
        again.pk,
        "单位值守手机",
        "联系人老李 138████0001",
        f"consultation {row.pk}: mobile",
    )
    act = Act.objects.get(event="guard.clear")
    assert (act.reason, act.clause, act.data) == ("单位值守手机", "711 Art.17", {"kind": "mobile"})

    assert open_consultation(row.pk, actor=clerk, now=NOW).state == "open"


def test_a_changed_text_is_looked_at_anew():
    row, _clerk = leaking()
    editor = actor(row.government, Role.EDITOR_1)
    material = consultation_material(row.government_id, row.pk)
    mark = next(each.fingerprint for each in seen(row) if each.stops)
    gate.clear_finding(material, mark, actor=editor, now=NOW, reason="值守手机")
    assert not any(each.stops for each in seen(row))
    Consultation.objects.filter(pk=row.pk).update(ways=f"{row.ways}（已更新）")
    assert [each.finding.kind for each in seen(row) if each.stops] == ["mobile"]
    with refused("gone"):
        gate.clear_finding(consultation_material(row.government_id, row.pk), mark, actor=editor, now=NOW, reason="值守手机")


def test_a_clearance_of_one_consultation_does_not_count_for_another():
    first, _ = leaking()
    second, _ = leaking(of=approved(first.topic.department))
    mark = next(each.fingerprint for each in seen(first) if each.stops)
    gate.clear_finding(
        consultation_material(first.government_id, first.pk), mark, actor=actor(first.government, Role.SECRECY), now=NOW, reason="值守"
    )
    assert [sum(each.stops for each in seen(row)) for row in (first, second)] == [0, 1]


@pytest.mark.parametrize("reason", ["", "  "])
def test_clearing_needs_a_reason(reason):
    row, _ = leaking()
    mark = next(each.fingerprint for each in seen(row) if each.stops)
    with refused("reason"):
        gate.clear_finding(
            consultation_material(row.government_id, row.pk), mark, actor=actor(row.government, Role.EDITOR_1), now=NOW, reason=reason
        )


@pytest.mark.parametrize("role", list(Role))
def test_only_editors_and_the_secrecy_reviewer_clear_and_only_staff_concerned_look(role):
    home = government()
    material = Material("release", 1, home.pk, department(home).pk, "标题", "/")
    who = actor(home, role)
    clears = role in {Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3, Role.SECRECY}
    looks = clears or role in {Role.OFFICE, Role.OPERATOR, Role.MODERATOR, Role.CLERK, Role.HEAD}
    assert bool(policy.may_clear(who, material)) is clears
    assert bool(policy.may_look(who, material)) is looks


def test_nobody_clears_their_own_work_nor_across_governments():
    home = government()
    editor = actor(home, Role.EDITOR_1)
    own = Material("release", 1, home.pk, None, "标题", "/", authors=frozenset({editor.person}))
    assert codes(policy.may_clear(editor, own)) == ["own_work"]
    assert not policy.may_clear(stranger(home.pk), own)
    assert policy.may_look(system(home.pk), own)
    elsewhere = Material("release", 1, government().pk, None, "标题", "/")
    with refused("gone"):
        gate.clear_finding(elsewhere, "", actor=editor, now=NOW, reason="理由")


def test_a_thing_nobody_registered_has_no_page():
    assert provider_of("rumour") is None
    with refused("gone"):
        gate.material_of(actor(government(), Role.EDITOR_1), "rumour", 1)


def test_the_notices_own_office_contacts_and_the_governments_are_no_findings():
    home = government(phone="0551-62345678", email="open@qinghe.com")
    of = department(home, name="区住房和城乡建设局", phone="0551-62345679")
    row, _ = reviewed(approved(of), contact="住建局 0551-62345670", ways="来信 zjj@126.com；区政府 0551-62345678、62345679 open@qinghe.com")
    Clause.objects.filter(consultation=row).update(text="咨询 0551-62345679，zjj@126.com，投诉 0551-65555555")
    told = [(str(each.source), each.finding.kind, each.stops) for each in seen(row)]
    assert told == [(each.label, "landline", False) for each in CLAUSES]


def test_documents_are_looked_through_page_by_page_and_only_once():
    topic = approved(department(government(), name="区住房和城乡建设局"))
    document(topic, "draft", words="占位")
    file = keep(covered_on_page_three(), "草案.pdf", government_id=topic.government_id, person_id=None, now=NOW)
    topic.documents.filter(kind="draft").update(file=file)
    row, clerk = reviewed(topic)
    found = {(str(each.source), str(each.place), each.finding.kind) for each in seen(row) if each.stops}
    assert found == {("草案.pdf", "第 3 页", "covered_text"), ("草案.pdf", "第 3 页", "mobile")}
    scans = Scan.objects.count()
    assert [each.fingerprint for each in seen(row, later(days=1))] == [each.fingerprint for each in seen(row)]
    assert Scan.objects.count() == scans
    assert all(len(str(each)) == 12 for each in Scan.objects.all())
    with pytest.raises(Refused) as caught:
        open_consultation(row.pk, actor=clerk, now=NOW)
    assert "草案.pdf第 3 页的被遮住的文字" in str(caught.value.decision.reason)


def test_names_of_files_are_looked_at_too():
    home = government()
    file = keep(b"words", "张某13805510001.txt", government_id=home.pk, person_id=None, now=NOW)
    found = look(Material("release", 1, home.pk, None, "标题", "/", files=(file,)), NOW)
    assert [(str(each.source), each.finding.kind, each.finding.excerpt) for each in found] == [("文件名", "mobile", "张某138████0001.txt")]


def test_a_file_that_does_not_open_stops():
    topic = approved(department(government(), name="区住房和城乡建设局"))
    file = keep(locked(), "草案.pdf", government_id=topic.government_id, person_id=None, now=NOW)
    topic.documents.filter(kind="draft").update(file=file)
    row, clerk = reviewed(topic)
    assert [(each.finding.kind, each.stops) for each in seen(row)] == [("unreadable", True)]
    with refused("guard"):
        open_consultation(row.pk, actor=clerk, now=NOW)


def test_the_public_gets_a_copy_without_the_authors_name_and_the_original_is_kept():
    topic = approved(department(government(), name="区住房和城乡建设局"))
    file = keep(docx(author="王小明"), "草案.docx", government_id=topic.government_id, person_id=None, now=NOW)
    topic.documents.filter(kind="draft").update(file=file)
    row, clerk = reviewed(topic)
    assert [(each.finding.kind, each.stripped, each.stops) for each in seen(row)] == [("author", True, False)]
    open_consultation(row.pk, actor=clerk, now=NOW)
    copy = PublicCopy.objects.get()
    assert (copy.original, copy.original_sha256, copy.copy_sha256) == (file, file.sha256, copy.copy.sha256)
    assert str(copy) == f"{file.sha256[:8]} → {copy.copy_sha256[:8]}"
    handed = topics_published.document_file(topic.government_id, topic.documents.get(kind="draft", file=file).pk)
    assert handed == copy.copy
    assert "王小明".encode() not in content_of(handed)
    link = next(each for each in topics_published.documents(topic.pk, "draft") if each.format == "DOCX")
    assert (link.sha256, link.size_bytes) == (copy.copy_sha256, copy.copy.byte_count)
    assert "王小明" in str(Document(BytesIO(content_of(file))).core_properties.author)
    assert Act.objects.get(event="guard.copy").data == {"original": file.sha256, "copy": copy.copy_sha256}


def test_a_file_of_which_no_copy_can_be_made_is_not_published_with_a_name(monkeypatch):
    topic = approved(department(government(), name="区住房和城乡建设局"))
    file = keep(docx(author="王小明"), "草案.docx", government_id=topic.government_id, person_id=None, now=NOW)
    topic.documents.filter(kind="draft").update(file=file)
    row, clerk = reviewed(topic)

    def fails(*_args: object) -> bytes:
        raise gate.CannotCleanError

    monkeypatch.setattr(gate, "clean", fails)
    with refused("no_copy"):
        open_consultation(row.pk, actor=clerk, now=NOW)


def test_tracked_changes_keep_the_authors_name_from_being_waved_through():
    home = government()
    file = keep(docx(_tracked("del"), author="王小明"), "a.docx", government_id=home.pk, person_id=None, now=NOW)
    found = look(Material("release", 1, home.pk, None, "标题", "/", files=(file,)), NOW)
    assert {each.finding.kind for each in found if each.stops} == {"tracked_change", "author"}


def test_a_release_and_its_files_are_looked_through():
    over = held()
    now = STARTS + timedelta(days=1)
    row = publishing.draft_release(over.topic.pk, actor=over.clerk, now=now, kind="result", title="审议结果", body=f"会议通过。\n{BAD}")
    publishing.attach_file(row.pk, actor=over.clerk, now=now, upload=docx(_comment, author="王小明"), file_name="结果.docx")
    publishing.submit_release(row.pk, actor=over.clerk, now=now)
    for role in (Role.EDITOR_1, Role.EDITOR_2, Role.SECRECY):
        publishing.review_release(row.pk, actor=actor(over.home, role), now=now)
    with pytest.raises(Refused) as caught:
        publishing.publish_release(row.pk, actor=over.clerk, now=now)
    assert str(caught.value.decision.reason).endswith("：正文第 2 段的手机号、结果.docx批注 1的批注。")
    material = publishing_queries.material(over.home.pk, row.pk)
    for each in look(material, now):
        if each.stops:
            gate.clear_finding(material, each.fingerprint, actor=actor(over.home, Role.EDITOR_1), now=now, reason="核对过")
    publishing.publish_release(row.pk, actor=over.clerk, now=now)
    assert Clearance.objects.count() == 2
    held_file = row.files.get()
    handed = published.release_file(over.home.pk, row.pk, held_file.pk)
    assert handed is not None
    assert handed != held_file.file
    view = published.release(over.home.pk, row.pk)
    assert view is not None
    assert [each.sha256 for each in view.documents] == [handed.sha256]
    assert "财政局".encode() not in content_of(handed)
    assert StoredFile.objects.filter(pk=held_file.file_id).exists()


def test_minutes_are_looked_through_before_they_are_issued():
    over = held()
    now = STARTS + timedelta(days=1)
    with refused("gone"):
        minutes_queries.material(over.home.pk, over.meeting.pk)
    row = minutes.compose_minutes(over.meeting.pk, actor=over.operator, now=now)
    other = row.sections.get(key="general")
    minutes.write_section(other.pk, actor=over.operator, now=now, text=BAD, base=other.version)
    found = look(minutes_queries.material(over.home.pk, over.meeting.pk), now)
    assert [(str(each.source), each.finding.kind) for each in found] == [("正文", "mobile")]


def test_a_report_is_looked_through_with_every_answer():
    row, _ = leaking()
    material = report_material(row.government_id, row.pk)
    assert (material.kind, [str(label) for label, _ in material.texts]) == ("report", ["报告正文"])


def test_the_title_of_a_closed_matter_stops_and_is_never_shown():
    row, clerk = reviewed(summary="与《某涉密工程选址方案》一并征求意见")
    bare_topic(row.topic.department, title="某涉密工程选址方案", is_secret=True)
    assert titles_closed_in(row.government_id) == {"某涉密工程选址方案"}
    with pytest.raises(Refused) as caught:
        open_consultation(row.pk, actor=clerk, now=NOW)
    assert str(caught.value.decision.reason) == "发布检查发现 1 处问题，还没有处理：摘要第 1 段的不公开议题的标题。"
    assert [each.finding.excerpt for each in seen(row)] == ["某涉███方案"]


def test_a_matters_page_goes_public_with_its_approval_only_when_clean():
    row, levels = submitted(contact="住建局老李 13805510001")
    for who in levels[:2]:
        approve_topic(row.pk, actor=who, now=NOW)
    with refused("guard"):
        approve_topic(row.pk, actor=levels[2], now=NOW)
    material = topic_queries.topic_material(row.government_id, row.pk)
    for each in look(material, NOW):
        gate.clear_finding(material, each.fingerprint, actor=actor(row.government, Role.SECRECY), now=NOW, reason="单位值守手机")
    assert approve_topic(row.pk, actor=levels[2], now=NOW).state == "approved"


def test_a_closed_matter_may_bear_its_own_title():
    row, levels = submitted(disclosure="closed", disclosure_ground="law", title="某案件|处置方案的请示")
    for who in levels:
        approve_topic(row.pk, actor=who, now=NOW)
    assert titles_closed_in(row.government_id) == {"某案件|处置方案的请示"}
    assert titles_closed_in(row.government_id, but="某案件处置方案的请示") == frozenset()


def test_a_reason_the_public_reads_holds_nobodys_number():
    row, clerk = reviewed()
    with pytest.raises(Refused) as caught:
        cancel_consultation(row.pk, actor=clerk, now=NOW, reason="老李要求，13805510001，身份证 340104198705120316")
    assert str(caught.value.decision.reason) == "这段话会公开，里面有：手机号、身份证号。"
    assert cancel_consultation(row.pk, actor=clerk, now=NOW, reason="改为听证，详询 0551-62345678、zjj@126.com").state == "cancelled"


def test_how_a_thing_stands_is_told_in_numbers():
    row, _ = leaking(summary="投诉 0551-65555555")
    there = standing(consultation_material(row.government_id, row.pk), NOW)
    assert (there.stops, there.cleared, there.told, there.url) == (1, 0, 1, f"/workspace/guard/consultation/{row.pk}/")


def test_only_the_first_findings_are_listed_in_the_refusal():
    row, clerk = reviewed(summary="\n".join(f"1380551{n:04d}" for n in range(40)))
    with pytest.raises(Refused) as caught:
        open_consultation(row.pk, actor=clerk, now=NOW)
    reason = str(caught.value.decision.reason)
    assert (reason.count("的手机号"), "40 处" in reason, reason.endswith("等。")) == (gate.MOST_LISTED, True, True)
