"""Every write on releases: three different reviewers, a moment nobody changes, corrections beside the old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingtang.consultations.models import Consultation
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.models import Act
from mingtang.publishing import actions, queries
from mingtang.publishing.models import Release, ReleaseFile, ReleaseReview
from mingtang.publishing.policy import may_draft, may_review, may_withdraw
from mingtang.topics.models import Topic
from tests.factories.held import STARTS, held
from tests.factories.platform import actor, department, government
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(days=1)
EDITORS = (Role.EDITOR_1, Role.EDITOR_2, Role.SECRECY)


@pytest.fixture
def over():
    return held()


def drafted(over, **fields) -> Release:
    given = {"kind": "result", "title": "加装电梯审议结果", "body": "会议原则通过。", **fields}
    return actions.draft_release(over.topic.pk, actor=over.clerk, now=NOW, **given)


def reviewed(over, row: Release) -> Release:
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    for role in EDITORS:
        actions.review_release(row.pk, actor=actor(over.home, role), now=NOW)
    return Release.objects.get(pk=row.pk)


def published(over, **fields) -> Release:
    return actions.publish_release(reviewed(over, drafted(over, **fields)).pk, actor=over.clerk, now=NOW)


def test_a_draft_is_begun_once(over):
    first, again = drafted(over), drafted(over, title=" 加装电梯审议结果 ", body="别的")
    assert first == again
    assert (first.state, first.item_id, first.body, str(first), str(first.kind_label)) == (
        "drafting",
        over.item.pk,
        "会议原则通过。",
        "加装电梯审议结果",
        "审议结果",
    )
    assert Act.objects.filter(event="release.draft").count() == 1


@pytest.mark.parametrize("fields", [{"title": " "}, {"kind": "rumour"}])
def test_a_draft_without_title_or_kind_is_refused(over, fields):
    with refused("empty"):
        drafted(over, **fields)


def test_a_draft_is_changed_and_documents_come_and_go(over):
    row = drafted(over)
    actions.save_release(row.pk, actor=over.clerk, now=NOW, title=" 新题 ", body="新文", number=" 〔2026〕3号 ")
    row.refresh_from_db()
    assert (row.title, row.body, row.number) == ("新题", "新文", "〔2026〕3号")
    kept = actions.attach_file(row.pk, actor=over.clerk, now=NOW, upload=b"# text", file_name="a.md", title="正文", number="1")
    same = actions.attach_file(row.pk, actor=over.clerk, now=NOW, upload=b"# text", file_name="b.md")
    assert (kept, str(kept)) == (same, "正文")
    for _ in range(2):
        actions.remove_file(row.pk, kept.pk, actor=over.clerk, now=NOW)
    assert not ReleaseFile.objects.exists()
    assert list(Act.objects.filter(event__startswith="release.").order_by("id").values_list("event", flat=True)) == [
        "release.draft",
        "release.save",
        "release.attach",
        "release.detach",
    ]


def test_after_three_different_reviews_it_is_published_at_the_servers_moment(over):
    row = reviewed(over, drafted(over))
    assert row.state == "ready"
    done = actions.publish_release(row.pk, actor=over.clerk, now=NOW)
    assert (done.state, done.published_at) == ("published", NOW)
    with refused("wrong_state"):
        actions.publish_release(row.pk, actor=over.clerk, now=NOW + timedelta(days=1))
    row.refresh_from_db()
    assert row.published_at == NOW


def test_nobody_reviews_twice_or_their_own_text(over):
    row = drafted(over)
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    everything = actor(over.home, *EDITORS)
    actions.review_release(row.pk, actor=everything, now=NOW)
    with refused("own_work"):
        actions.review_release(row.pk, actor=everything, now=NOW)
    drafter = Actor(over.home.pk, over.clerk.person_id, "起草人", everything.held)
    with refused("own_work"):
        actions.review_release(row.pk, actor=drafter, now=NOW)
    with refused("role"):
        actions.review_release(row.pk, actor=actor(over.home, Role.EDITOR_1), now=NOW)


def test_a_returned_release_is_reviewed_anew(over):
    row = drafted(over)
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    first = actor(over.home, Role.EDITOR_1)
    actions.review_release(row.pk, actor=first, now=NOW)
    second = actor(over.home, Role.EDITOR_2)
    with refused("reason_missing"):
        actions.return_release(row.pk, actor=second, now=NOW, reason=" ")
    back = actions.return_release(row.pk, actor=second, now=NOW, reason="写清期限")
    assert (back.state, back.round) == ("drafting", 2)
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    actions.review_release(row.pk, actor=first, now=NOW)
    assert ReleaseReview.objects.filter(release=row).count() == 2
    assert str(ReleaseReview.objects.last()) == f"{row.pk} 2.1"


def test_what_waits_for_publication_can_still_be_returned(over):
    row = reviewed(over, drafted(over))
    assert actions.return_release(row.pk, actor=actor(over.home, Role.EDITOR_3), now=NOW, reason="再看").state == "drafting"


@pytest.mark.parametrize("state", ["review_1", "ready", "published", "withdrawn"])
def test_only_a_draft_changes(over, state):
    row = drafted(over)
    Release.objects.filter(pk=row.pk).update(state=state)
    for act in (
        lambda: actions.save_release(row.pk, actor=over.clerk, now=NOW, title="x", body="y"),
        lambda: actions.attach_file(row.pk, actor=over.clerk, now=NOW, upload=b"x", file_name="a.txt"),
        lambda: actions.submit_release(row.pk, actor=over.clerk, now=NOW),
    ):
        with refused("wrong_state"):
            act()
    if state != "review_1":
        with refused("wrong_state"):
            actions.review_release(row.pk, actor=actor(over.home, Role.EDITOR_1), now=NOW)


@pytest.mark.parametrize(
    "change", [{"is_secret": True}, {"disclosure": "closed"}, {"disclosure": "on_request"}, {"first_approved_at": None}]
)
def test_a_matter_that_is_not_public_is_neither_reviewed_nor_published(over, change):
    row, ready = drafted(over), reviewed(over, drafted(over, title="另一件"))
    Topic.objects.filter(pk=over.topic.pk).update(**change)
    with refused("not_public"):
        actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    with refused("not_public"):
        actions.publish_release(ready.pk, actor=over.clerk, now=NOW)


def test_a_consulted_matter_waits_for_its_adoption_report(over):
    Consultation.objects.create(
        government=over.home,
        topic=over.topic,
        state="closed",
        kind="other",
        opened_at=NOW,
        created_at=NOW,
        prepared_by_id=over.clerk.person_id,
    )
    with refused("not_reported"):
        actions.submit_release(drafted(over).pk, actor=over.clerk, now=NOW)


def test_a_correction_is_a_release_of_its_own(over):
    old = published(over)
    new = drafted(over, corrects_id=old.pk)
    assert (new.corrects_id, new.pk != old.pk, drafted(over, corrects_id=old.pk)) == (old.pk, True, new)
    done = actions.publish_release(reviewed(over, new).pk, actor=over.clerk, now=NOW + timedelta(days=1))
    old.refresh_from_db()
    assert (done.state, old.state, old.published_at) == ("published", "published", NOW)
    with refused("not_published"):
        drafted(over, corrects_id=drafted(over, title="草稿").pk)


def test_a_withdrawn_release_leaves_its_reason(over):
    row, office = published(over), actor(over.home, Role.OFFICE)
    with refused("reason_missing"):
        actions.withdraw_release(row.pk, actor=office, now=NOW, reason="")
    with refused("role"):
        actions.withdraw_release(row.pk, actor=over.clerk, now=NOW, reason="x")
    gone = actions.withdraw_release(row.pk, actor=office, now=NOW, reason="有个人信息")
    assert (gone.state, gone.withdraw_reason, gone.withdrawn_at) == ("withdrawn", "有个人信息", NOW)
    assert drafted(over) != gone


def test_nobody_of_another_government_reaches_these_rows(over):
    row = drafted(over)
    office = actor(government(), Role.OFFICE, Role.EDITOR_1, Role.SECRECY)
    for act in (
        lambda: actions.withdraw_release(published(over, title="二").pk, actor=office, now=NOW, reason="x"),
        lambda: queries.get(office.government_id, row.pk),
        lambda: queries.for_update(0),
        lambda: queries.attached(over.home.pk, row.pk, 0),
    ):
        with refused("gone"):
            act()
    actions.submit_release(row.pk, actor=over.clerk, now=NOW)
    with refused("gone"):
        actions.review_release(row.pk, actor=office, now=NOW)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_it_may(over, role):
    who = actor(over.home, role, within=over.department if role in {Role.CLERK, Role.HEAD} else None)
    row = drafted(over)
    assert bool(may_draft(who, over.department.pk)) is (role in {Role.CLERK, Role.HEAD})
    assert not may_draft(actor(over.home, Role.CLERK, within=department(over.home)), over.department.pk)
    stages = {1: {Role.EDITOR_1}, 2: {Role.EDITOR_2}, 3: {Role.EDITOR_3, Role.SECRECY}}
    assert {stage for stage in stages if may_review(who, row, stage, frozenset())} == {
        stage for stage, roles in stages.items() if role in roles
    }
    assert bool(may_withdraw(who)) is (role in {Role.OFFICE, Role.SECRECY})
