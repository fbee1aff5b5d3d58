"""What everybody reads of results: what was published, its documents, its corrections, its place in the matter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.meetings.models import AgendaItem
from mingtang.platform.actor import Role
from mingtang.platform.clock import CHINA
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.chain import Progress
from mingtang.publishing import actions, published, queries
from mingtang.publishing.models import Release
from mingtang.representatives.models import CheckIn
from mingtang.topics.models import Topic
from tests.factories.held import STARTS, held
from tests.factories.platform import actor, department, government, person

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(days=1)
DECIDED = STARTS.astimezone(CHINA).date()


@pytest.fixture
def over():
    return held()


def release(over, *, state: str = "published", at=NOW, **fields) -> Release:
    """A release put into a state without its reviews."""
    given = {
        "kind": "result",
        "title": "审议结果",
        "body": "会议原则通过。",
        "published_at": at if state in {"published", "withdrawn"} else None,
        **fields,
    }
    return Release.objects.create(
        government=over.home, topic=over.topic, item=over.item, state=state, drafted_by_id=over.clerk.person_id, created_at=NOW, **given
    )


def with_file(over, **fields) -> Release:
    row = release(over, state="drafting", **fields)
    actions.attach_file(
        row.pk, actor=over.clerk, now=NOW, upload=b"# decision", file_name="decision.md", title="决定全文", number="〔2026〕3号"
    )
    Release.objects.filter(pk=row.pk).update(state="published", published_at=NOW)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("state", ["drafting", "review_1", "review_2", "review_3", "ready"])
def test_nothing_is_public_before_publication(over, state, client: Client):
    row = with_file(over, title="还没有公布")
    Release.objects.filter(pk=row.pk).update(state=state, published_at=None)
    assert published.release(over.home.pk, row.pk) is None
    assert published.release_file(over.home.pk, row.pk, row.files.get().pk) is None
    assert published.chain(over.topic.pk) == published.of_topics([over.topic.pk]) == published.latest_results(over.home.pk) == []
    assert "还没有公布" not in client.get("/results/").content.decode()
    for place in (f"/results/{row.pk}/", f"/results/{row.pk}/files/{row.files.get().pk}/"):
        assert client.get(place).status_code == 404


def test_a_release_shows_its_text_documents_meeting_and_siblings(over, client: Client):
    row, other = with_file(over, number="政决〔2026〕3号"), release(over, kind="interpretation", title="一图读懂")
    view = published.release(over.home.pk, row.pk)
    assert view is not None
    assert (view.body, [each.title for each in view.siblings], view.corrects, view.corrected_by) == ("会议原则通过。", ["一图读懂"], 0, ())
    assert [(each.title, each.number, each.format) for each in view.documents] == [("决定全文", "〔2026〕3号", "MD")]
    shown = client.get(f"/results/{row.pk}/")
    for words in ("审议结果", "政决〔2026〕3号", "会议原则通过。", "决定全文", "一图读懂", "第 1 次政府常务会议"):
        assert words in shown.content.decode(), words
    assert client.get(f"/results/{row.pk}/", headers={"If-None-Match": shown["ETag"]}).status_code == 304
    assert "Results" in client.get(f"/en/results/{other.pk}/").content.decode()
    got = client.get(view.documents[0].url)
    assert b"".join(got.streaming_content) == b"# decision"
    got.close()


def test_a_withdrawn_release_leaves_a_stub_with_its_reason(over, client: Client):
    row = with_file(over)
    Release.objects.filter(pk=row.pk).update(state="withdrawn", withdraw_reason="含个人信息")
    shown = client.get(f"/results/{row.pk}/").content.decode()
    assert "含个人信息" in shown
    assert "会议原则通过。" not in shown
    assert client.get(f"/results/{row.pk}/files/{row.files.get().pk}/").status_code == 404
    assert "已撤下" in client.get("/results/").content.decode()
    assert "含个人信息" in str(published.chain(over.topic.pk)[0].body)
    assert published.latest_results(over.home.pk) == []


def test_a_correction_and_what_it_corrects_name_each_other(over, client: Client):
    old = release(over)
    new = release(over, title="审议结果（更正）", corrects=old, at=NOW + timedelta(days=1))
    assert "审议结果（更正）" in client.get(f"/results/{old.pk}/").content.decode()
    assert f"/results/{old.pk}/" in client.get(f"/results/{new.pk}/").content.decode()


def test_a_secret_matters_releases_are_nowhere(over):
    row = with_file(over)
    Topic.objects.filter(pk=over.topic.pk).update(is_secret=True)
    assert published.release(over.home.pk, row.pk) is None
    assert published.release_file(over.home.pk, row.pk, row.files.get().pk) is None
    assert published.chain(over.topic.pk) == published.of_topics([over.topic.pk]) == []
    assert published.results(over.home.pk)[1] == []


def test_a_closed_item_does_not_name_its_meeting(over):
    AgendaItem.objects.filter(pk=over.item.pk).update(attendance="closed")
    row = release(over)
    view = published.release(over.home.pk, row.pk)
    assert view is not None
    assert (view.row.meeting_id, str(view.row.meeting), view.row.meeting_at) == (0, "", None)


def test_results_are_found_by_kind_title_and_number_within_one_government(over, client: Client):
    first, second = release(over, number="甲一"), release(over, kind="improvement", title="改进说明", at=NOW + timedelta(days=1))
    assert [each.id for each in published.results(over.home.pk)[1]] == [second.pk, first.pk]
    for options, found in (
        ({"kind": "improvement"}, [second.pk]),
        ({"words": "甲一"}, [first.pk]),
        ({"words": "改进"}, [second.pk]),
        ({"words": "没有"}, []),
        ({"kind": "??"}, [second.pk, first.pk]),
    ):
        assert [each.id for each in published.results(over.home.pk, **options)[1]] == found
    assert "没有符合条件的结果" in client.get("/results/?q=zzz").content.decode()
    assert published.results(government().pk)[1] == []


def test_the_library_costs_the_same_at_one_and_at_thirty_rows(over, client: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/results/").status_code == 200
        return len(caught)

    release(over)
    client.get("/results/")
    one = cost()
    for n in range(40):
        release(over, title=f"结果{n}", at=NOW + timedelta(minutes=n))
    assert cost() == one


def test_the_newest_results_are_one_a_matter(over):
    release(over)
    newest = release(over, kind="decision", title="决定", at=NOW + timedelta(hours=1))
    release(over, kind="interpretation", at=NOW + timedelta(hours=2))
    assert [each.id for each in published.latest_results(over.home.pk)] == [newest.pk]


@pytest.mark.parametrize(
    ("days", "progress", "said"),
    [(0, Progress.NOW, "至 2026-12-11"), (7, Progress.NOW, "至 2026-12-11"), (9, Progress.LATE, "逾期 2 日")],
)
def test_the_matters_column_tells_when_the_result_is_due(over, days, progress, said):
    stage = published.stages(over.topic.pk, figures_for(over.home.pk, DECIDED), work_calendar(), STARTS + timedelta(days=days))[0]
    assert (stage.progress, str(stage.until)) == (progress, said)


def test_the_matters_column_tells_how_long_the_result_took(over):
    figures, calendar = figures_for(over.home.pk, DECIDED), work_calendar()
    row = release(over, at=STARTS + timedelta(days=4))
    stage = published.stages(over.topic.pk, figures, calendar, NOW)[0]
    assert (stage.progress, str(stage.fact), stage.url) == (Progress.DONE, "2 个工作日", f"/results/{row.pk}/")
    row.item = None
    row.save()
    assert published.stages(over.topic.pk, figures, calendar, NOW)[0].progress is Progress.DONE
    Release.objects.all().delete()
    CheckIn.objects.all().delete()
    over.invitations[0].item.invitations.all().delete()
    AgendaItem.objects.all().delete()
    assert published.stages(over.topic.pk, figures, calendar, NOW)[0].progress is Progress.NEXT


def evidence(over, of, last: date = date(2026, 12, 31)) -> tuple[int, int]:
    found = of(over.home.pk, date(2026, 12, 1), last)
    return found.kept, found.broken


def test_evidence_counts_results_in_time_late_and_owed(over):
    assert evidence(over, queries.results_in_time) == (0, 1)
    assert evidence(over, queries.results_in_time, date(2026, 12, 10)) == (0, 0)
    row = release(over, at=NOW)
    assert evidence(over, queries.results_in_time) == (1, 0)
    Release.objects.filter(pk=row.pk).update(published_at=NOW + timedelta(days=20))
    assert evidence(over, queries.results_in_time) == (0, 1)
    Release.objects.filter(pk=row.pk).update(item=None)
    assert evidence(over, queries.results_in_time) == (1, 0)


def test_evidence_counts_interpretations_and_improvements(over):
    release(over, kind="decision", title="决定")
    assert (evidence(over, queries.interpreted), evidence(over, queries.improved)) == ((0, 1), (0, 0))
    release(over, kind="interpretation", title="解读")
    release(over, kind="improvement", title="改进")
    assert (evidence(over, queries.interpreted), evidence(over, queries.improved)) == ((1, 0), (1, 0))


def titles(found) -> list[str]:
    return [str(each.title) for each in found]


def test_the_desk_says_what_is_owed_to_whom(over):
    item = queries.desk(over.clerk, NOW)[0]
    assert (titles([item]), item.due_on, item.began_on) == (["公布审议结果"], date(2026, 12, 11), DECIDED)
    row = actions.draft_release(over.topic.pk, actor=over.clerk, now=NOW, kind="decision", title="决定", body="全文")
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    editors = [actor(over.home, role) for role in (Role.EDITOR_1, Role.EDITOR_2, Role.EDITOR_3)]
    for n, who in enumerate(editors):
        assert titles(queries.desk(who, NOW)) == [f"{('一审', '二审', '三审（含保密审查）')[n]}：决定和文件"]
        actions.review_release(row.pk, actor=who, now=NOW)
        assert queries.desk(who, NOW) == []
    assert titles(queries.desk(over.clerk, NOW)) == ["三审通过，可以发布", "公布审议结果"]
    actions.publish_release(row.pk, actor=over.clerk, now=NOW)
    assert titles(queries.desk(over.clerk, NOW)) == ["公布政策解读"]
    assert (
        queries.desk(actor(over.home, Role.CLERK, within=department(over.home)), NOW)
        == queries.desk(actor(over.home, Role.OPERATOR), NOW)
        == []
    )


def signed_in(over, *roles: Role, **options) -> Client:
    browser = Client()
    browser.force_login(person(over.home, *roles, **options))
    return browser


def test_a_release_walks_from_the_clerk_past_three_editors_to_the_public(over, client: Client):
    clerk = signed_in(over, Role.CLERK, within=over.department)
    assert clerk.get(f"/workspace/releases/new/?topic={over.topic.pk}").status_code == 200
    begun = clerk.post(
        "/workspace/releases/new/", {"topic": over.topic.pk, "kind": "result", "title": "审议结果", "number": "", "body": "通过。"}
    )
    row = Release.objects.get()
    place = f"/workspace/releases/{row.pk}/"
    assert begun["Location"] == place
    clerk.post(place, {"title": "审议结果", "number": "1号", "body": "通过。", "upload": SimpleUploadedFile("a.md", b"# all")})
    file = row.files.get()
    got = signed_in(over, Role.EDITOR_1).get(f"{place}files/{file.pk}/")
    assert b"".join(got.streaming_content) == b"# all"
    got.close()
    clerk.post(f"{place}files/{file.pk}/remove/")
    assert not row.files.exists()
    clerk.post(f"{place}submit/")
    first = signed_in(over, Role.EDITOR_1)
    assert "通过" in first.get(place).content.decode()
    first.post(f"{place}return/", {"reason": "写清"})
    clerk.post(f"{place}submit/")
    for role in (Role.EDITOR_1, Role.EDITOR_2, Role.SECRECY):
        signed_in(over, role).post(f"{place}review/")
    clerk.post(f"{place}publish/")
    assert client.get(f"/results/{row.pk}/").status_code == 200
    fix = clerk.get(f"/workspace/releases/new/?corrects={row.pk}").content.decode()
    assert "更正先前发布的《审议结果》" in fix
    clerk.post(
        f"/workspace/releases/new/?corrects={row.pk}",
        {"topic": over.topic.pk, "kind": "result", "title": "审议结果", "number": "", "body": "改。"},
    )
    assert Release.objects.get(corrects=row).body == "改。"
    signed_in(over, Role.OFFICE).post(f"{place}withdraw/", {"reason": "有误"})
    assert "有误" in client.get(f"/results/{row.pk}/").content.decode()
    assert "已撤下" in clerk.get("/workspace/releases/?state=withdrawn").content.decode()


def test_a_refusal_keeps_what_was_typed(over):
    other = signed_in(over, Role.OPERATOR)
    kept = other.post(
        "/workspace/releases/new/", {"topic": over.topic.pk, "kind": "result", "title": "我打的字", "number": "", "body": "正文在此"}
    )
    assert (kept.status_code, "我打的字" in kept.content.decode(), "正文在此" in kept.content.decode()) == (409, True, True)
    row = release(over, state="review_1")
    kept = signed_in(over, Role.CLERK, within=over.department).post(
        f"/workspace/releases/{row.pk}/", {"title": "改题", "number": "", "body": "没丢的字"}
    )
    assert (kept.status_code, "没丢的字" in kept.content.decode()) == (409, True)


def test_the_staff_list_costs_the_same_at_one_and_at_thirty_rows(over):
    clerk = signed_in(over, Role.CLERK, within=over.department)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get("/workspace/releases/").status_code == 200
        return len(caught)

    release(over, state="drafting")
    clerk.get("/workspace/releases/")
    one = cost()
    for n in range(35):
        release(over, state="drafting", title=f"草稿{n}")
    assert cost() == one
