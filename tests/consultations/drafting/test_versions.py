"""A draft's file becomes blocks, clauses and versions; people place what was not recognised; what was public stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mingtang.consultations import actions, queries
from mingtang.consultations.models import Clause, DraftVersion, VersionClause
from mingtang.consultations.published import comparison, trace, trace_table, versions
from mingtang.consultations.rules.versions import may_change, may_publish_version
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from tests.factories.consultations import CLAUSES, begun, closed, complete, in_review, opened, opinion
from tests.factories.platform import NOW, actor
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db

FILE = """关于路灯的办法
张三
第一章　总则
第一条　为了节能。
第二条　半夜减半。
（一）主路除外；
附注
第三条　自公布起施行。
"""


def read(words: str = FILE):
    row, clerk = begun()
    actions.split_draft(row.pk, words, actor=clerk, now=NOW)
    return row, clerk, DraftVersion.objects.get(consultation=row)


def block(version: DraftVersion, words: str):
    return next(each for each in version.blocks.all() if each.text.strip() == words)


def standing(row) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in Clause.objects.filter(consultation=row)]


def test_reading_a_file_keeps_every_block_and_writes_the_clauses():
    row, _clerk, version = read()
    assert "".join(each.text for each in version.blocks.all()) == FILE
    assert (version.number, version.kind, version.title, version.published_at) == (1, "for_comment", "关于路灯的办法", None)
    assert standing(row) == [("第一条", "为了节能。"), ("第二条", "半夜减半。\n（一）主路除外；"), ("第三条", "自公布起施行。")]
    assert queries.unplaced(row.pk) == 2
    act = Act.objects.filter(event="draft.read").get()
    assert (act.data["clauses"], act.data["unrecognised"]) == (3, 2)


def test_blocks_that_nobody_placed_keep_the_consultation_from_review():
    row, clerk = complete()
    actions.split_draft(row.pk, FILE, actor=clerk, now=NOW)
    with refused("unrecognised"):
        actions.submit_review(row.pk, actor=clerk, now=NOW)
    version = row.versions.get()
    assert actions.leave_out_rest(version.pk, actor=clerk, now=NOW, reason="页眉") == 2
    assert actions.leave_out_rest(version.pk, actor=clerk, now=NOW, reason="页眉") == 0
    actions.submit_review(row.pk, actor=clerk, now=NOW)


def test_a_block_placed_as_text_joins_the_clause_before_it_and_only_that_clause_changes():
    row, clerk, version = read()
    first = row.clauses.get(label="第一条")
    Clause.objects.filter(pk=first.pk).update(text="为了节能，经手工改过。", plain="省电。")
    loose = block(version, "附注")
    for _ in range(2):
        actions.place_block(version.pk, loose.pk, actor=clerk, now=NOW, kind="text", body="附注")
    assert standing(row) == [
        ("第一条", "为了节能，经手工改过。"),
        ("第二条", "半夜减半。\n（一）主路除外；\n附注"),
        ("第三条", "自公布起施行。"),
    ]
    assert row.clauses.get(label="第一条").plain == "省电。"
    assert {each.pk for each in row.clauses.all()} >= {first.pk}


def test_a_block_placed_as_a_clause_is_a_clause_of_its_own():
    row, clerk, version = read()
    loose = block(version, "附注")
    with refused("label"):
        actions.place_block(version.pk, loose.pk, actor=clerk, now=NOW, kind="clause", body="附注")
    actions.place_block(version.pk, loose.pk, actor=clerk, now=NOW, kind="clause", label="第二条之一", heading="附注", body="甲。")
    assert standing(row)[2] == ("第二条之一", "甲。")
    made = block(version, "附注")
    assert (made.kind, made.label, made.heading, made.level) == ("clause", "第二条之一", "附注", 0)


def test_an_empty_line_splits_a_block_and_each_piece_says_what_it_is():
    row, clerk, version = read()
    second = block(version, "第二条　半夜减半。")
    said = "半夜减半。\n\n第二条之一　主路除外。\n\n另有规定的从其规定。"
    actions.place_block(version.pk, second.pk, actor=clerk, now=NOW, kind="clause", label="第二条", body=said)
    assert standing(row)[1:3] == [("第二条", "半夜减半。"), ("第二条之一", "主路除外。\n另有规定的从其规定。\n（一）主路除外；")]
    assert "".join(each.text for each in version.blocks.all()) == FILE


def test_a_chapter_ignored_and_an_attachment_leave_the_clauses():
    row, clerk, version = read()
    place = {"actor": clerk, "now": NOW}
    with refused("reason"):
        actions.place_block(version.pk, block(version, "张三").pk, **place, kind="ignored")
    actions.place_block(version.pk, block(version, "张三").pk, **place, kind="ignored", reason="起草人")
    actions.place_block(version.pk, block(version, "第二条　半夜减半。").pk, **place, kind="attached", body="半夜减半。")
    actions.place_block(version.pk, block(version, "附注").pk, **place, kind="chapter", label="第二章", heading="附则")
    assert [(each.label, each.chapter) for each in row.clauses.all()] == [("第一条", "第一章　总则"), ("第三条", "第二章　附则")]
    assert queries.unplaced(row.pk) == 0


def test_a_block_is_moved_behind_another_and_the_same_move_twice_is_one():
    row, clerk, version = read()
    third, first = block(version, "第三条　自公布起施行。"), block(version, "第一章　总则")
    for _ in range(2):
        actions.move_block(version.pk, third.pk, after=first.pk, actor=clerk, now=NOW)
    assert [label for label, _ in standing(row)] == ["第三条", "第一条", "第二条"]
    actions.move_block(version.pk, first.pk, after=0, actor=clerk, now=NOW)
    assert version.blocks.first().pk == first.pk


def test_blocks_of_an_outline_keep_its_levels():
    row, clerk, version = read("某方案\n一、甲\n（一）子。\n子文。\n（二）丑。\n丑文。\n孤行\n二、乙\n乙文。")
    loose = block(version, "孤行")
    actions.place_block(version.pk, loose.pk, actor=clerk, now=NOW, kind="clause", label="（三）", body="寅。")
    assert [label for label, _ in standing(row)] == ["（一）", "（二）", "（三）", "二、"]
    actions.place_block(
        version.pk, loose.pk, actor=clerk, now=NOW, kind="clause", label="附", body="寅。\n\n（四）卯，写成一句较长的话。第二句。\n\n散文。"
    )
    assert standing(row)[2:4] == [("附", "寅。"), ("（四）", "卯，写成一句较长的话。第二句。\n散文。")]


def test_reading_again_keeps_plain_words_where_the_clause_grew_from_the_same():
    row, clerk, _version = read()
    Clause.objects.filter(consultation=row, label="第二条").update(plain="半夜少亮一半。")
    before = row.clauses.get(label="第二条").pk
    actions.split_draft(row.pk, FILE.replace("第二条　半夜", "第三条　每天半夜").replace("第三条　自", "第四条　自"), actor=clerk, now=NOW)
    kept = row.clauses.get(pk=before)
    assert (kept.label, kept.plain) == ("第三条", "半夜少亮一半。")
    assert [each.stem for each in row.clauses.all()] == [1, 2, 3]


def test_a_block_that_is_gone_is_refused_with_the_way_back():
    _row, clerk, version = read()
    with refused("gone"):
        actions.place_block(version.pk, 0, actor=clerk, now=NOW, kind="text")
    with refused("gone"):
        actions.place_block(0, 0, actor=clerk, now=NOW, kind="text")


def test_only_the_department_places_blocks_and_only_before_the_review():
    row, _clerk, version = read()
    with refused("role"):
        actions.move_block(version.pk, version.blocks.first().pk, after=0, actor=actor(row.government, Role.MODERATOR), now=NOW)
    reviewed, clerk = in_review()
    with refused("wrong_state"):
        actions.split_draft(reviewed.pk, FILE, actor=clerk, now=NOW)


def test_opening_freezes_the_first_version():
    row, _clerk = opened()
    version = row.versions.get()
    assert version.published_at == NOW
    assert [(each.stem, each.label, each.text) for each in version.clauses.all()] == [
        (n, each.label, each.text) for n, each in enumerate(CLAUSES, 1)
    ]
    assert [(each.number, each.kind, each.clauses) for each in versions(row.pk)] == [(1, "for_comment", 3)]


REVISED = """办法
第一条　目的　为了方便居民出行，制定本办法。
第二条　加装电梯应当遵守消防规定，不得占用消防通道。
第三条　本办法适用于本区四层以上的老旧住宅。
第四条　每台电梯补助三十万元。
"""


def revised():
    row, clerk = closed()
    version = actions.begin_version(row.pk, "revised", actor=clerk, now=NOW)
    actions.import_version(version.pk, REVISED, actor=clerk, now=NOW)
    return row, clerk, version


def test_a_revised_version_is_aligned_with_the_draft_and_published_by_somebody_else():
    row, clerk, version = revised()
    assert [(each.label, each.stem) for each in version.clauses.all()] == [("第一条", 1), ("第二条", 4), ("第三条", 2), ("第四条", 3)]
    assert actions.begin_version(row.pk, "revised", actor=clerk, now=NOW) == version
    head = actor(row.government, Role.HEAD, within=row.topic.department)
    with refused("no_note"):
        actions.publish_version(version.pk, actor=head, now=NOW)
    actions.note_version(version.pk, "补助提高，增加消防要求。", actor=clerk, now=NOW)
    with refused("role"):
        actions.publish_version(version.pk, actor=clerk, now=NOW)
    actions.publish_version(version.pk, actor=head, now=NOW)
    assert actions.publish_version(version.pk, actor=head, now=NOW + timedelta(days=1)).published_at == NOW
    with refused("published"):
        actions.note_version(version.pk, "再改", actor=clerk, now=NOW)
    changes = comparison(row.pk, 1, 2)
    assert [(each.stem, each.change, each.moved) for each in changes] == [
        (1, "same", False),
        (4, "new", False),
        (2, "changed", True),
        (3, "changed", True),
    ]
    back = comparison(row.pk, 2, 1)
    assert [(each.stem, each.change) for each in back] == [(1, "same"), (4, "gone"), (2, "changed"), (3, "changed")]


def test_who_prepared_a_version_does_not_publish_it_even_as_head():
    row, _clerk = closed()
    both = actor(row.government, Role.CLERK, Role.HEAD, within=row.topic.department)
    version = actions.begin_version(row.pk, "revised", actor=both, now=NOW)
    actions.import_version(version.pk, content=REVISED.encode(), name="修改稿.txt", actor=both, now=NOW)
    with refused("own_work"):
        actions.publish_version(version.pk, actor=both, now=NOW)
    version.refresh_from_db()
    assert version.file.name == "修改稿.txt"


def test_the_clerk_corrects_the_alignment_and_stems_stay_unique():
    _row, clerk, version = revised()
    second, third = version.clauses.get(label="第二条"), version.clauses.get(label="第三条")
    for _ in range(2):
        actions.align_clause(version.pk, second.pk, 2, actor=clerk, now=NOW)
    third.refresh_from_db()
    assert (version.clauses.get(label="第二条").stem, third.stem) == (2, 5)
    actions.align_clause(version.pk, second.pk, 0, actor=clerk, now=NOW)
    assert version.clauses.get(label="第二条").stem == 6
    with refused("stem"):
        actions.align_clause(version.pk, second.pk, 99, actor=clerk, now=NOW)
    with refused("gone"):
        actions.align_clause(version.pk, 0, 1, actor=clerk, now=NOW)
    place = version.blocks.get(label="第四条")
    actions.place_block(version.pk, place.pk, actor=clerk, now=NOW, kind="clause", label="第四条", body="每台电梯补助四十万元。")
    assert version.clauses.get(label="第二条").by_hand
    assert version.clauses.get(label="第四条").text == "每台电梯补助四十万元。"


def test_a_version_follows_the_period_and_the_final_text_the_report():
    row, clerk = opened()
    with refused("open"):
        actions.begin_version(row.pk, "revised", actor=clerk, now=NOW)
    ended, clerk = closed()
    with refused("too_early"):
        actions.begin_version(ended.pk, "final", actor=clerk, now=NOW)


def test_a_version_without_clauses_or_with_blocks_left_is_not_published():
    assert may_publish_version(0, 0, "好").code == "no_clauses"
    assert may_publish_version(1, 2, "好").code == "unrecognised"
    assert may_publish_version(1, 0, "好")
    assert may_change(published=False)


def test_a_stem_stands_once_in_a_version():
    _row, _clerk, version = revised()
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionClause.objects.create(version=version, stem=1, position=9, label="第九条", text="甲")


def reported():
    """A published report: one group on 第二条 landed in 第四条, one single reply on the whole draft."""
    row, clerk = opened()
    second = row.clauses.get(label="第二条")
    about = [opinion(row, f"补助太少{n}", clause_id=second.pk, shown=True) for n in range(2)]
    single = opinion(row, "支持", shown=True)
    actions.close_consultation(row.pk, actor=clerk, now=NOW + timedelta(days=60))
    later = NOW + timedelta(days=61)
    group = actions.group_opinions(row.pk, [each.pk for each in about], title="提高补助", actor=clerk, now=later)
    actions.answer_group(group.pk, actor=clerk, now=later, verdict="adopted", reason="财力允许，予以采纳。", landed_in="第四条")
    actions.answer_opinions(row.pk, [single.pk], actor=clerk, now=later, verdict="covered", reason="草案第一条已写明。")
    actions.save_report(row.pk, actor=clerk, now=later, intro="共收到意见三条，逐条研究。", number="1号")
    actions.submit_report(row.pk, actor=clerk, now=later)
    actions.sign_report(row.pk, actor=actor(row.government, Role.HEAD, within=row.topic.department), now=later)
    actions.sign_report(row.pk, actor=actor(row.government, Role.OFFICE), now=later)
    actions.publish_report(row.pk, actor=clerk, now=later)
    return row, clerk, later


def finished():
    row, clerk, later = reported()
    version = actions.begin_version(row.pk, "revised", actor=clerk, now=later)
    assert actions.begin_version(row.pk, "final", actor=clerk, now=later).kind == "final"
    actions.import_version(version.pk, REVISED, actor=clerk, now=later)
    actions.note_version(version.pk, "提高补助。", actor=clerk, now=later)
    actions.publish_version(version.pk, actor=actor(row.government, Role.OFFICE), now=later)
    return row


def test_the_trace_joins_draft_opinions_and_final_text():
    row = finished()
    found = trace(row.pk)
    assert (found.final, found.versions) == (True, (1, 2))
    told = [
        (
            each.change.old.label if each.change and each.change.old else "",
            each.opinions,
            [(one.title, one.opinions, one.landed) for one in each.said],
            each.change.new.label if each.change and each.change.new else "",
        )
        for each in found.rows
    ]
    assert told == [
        ("第一条", 0, [], "第一条"),
        ("", 0, [], "第二条"),
        ("第二条", 2, [("提高补助", 2, False)], "第三条"),
        ("第三条", 0, [("提高补助", 0, True)], "第四条"),
        ("", 1, [("", 1, False)], ""),
    ]
    table = list(trace_table(found))
    assert len(table) == 5
    assert table[2][:6] == ("第二条", "本办法适用于四层以上的老旧住宅。", "提高补助", "2", "采纳", "财力允许，予以采纳。")


def test_before_the_final_text_the_trace_shows_the_last_public_version():
    row, _clerk, _later = reported()
    found = trace(row.pk)
    assert (found.final, found.versions) == (False, (1, 1))
    assert [each.change.change for each in found.rows if each.change] == ["same", "same", "same"]
