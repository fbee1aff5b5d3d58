"""711 Art.37: what can be told apart is published as a redacted copy; the original stays inside."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.platform.actor import Role
from mingtang.topics import actions, published
from mingtang.topics.models import TopicDocument
from tests.factories.platform import NOW, actor, department, government, person
from tests.factories.refusing import refused
from tests.factories.topics import approved, drafter

pytestmark = pytest.mark.django_db
ORIGINAL, COPY = b"%PDF-1.4 original", b"%PDF-1.4 copy"
PARTS = (("第 2 页电话", "个人联系方式"),)


def attach(of, **fields):
    given = {
        "kind": "expert",
        "title": "专家意见",
        "upload": ORIGINAL,
        "file_name": "a.pdf",
        "number": "论〔2026〕3号",
        "issuer": "专家组",
        "dated_on": NOW.date(),
        "disclosure": "partial",
        "ground": "privacy",
        "redacted": COPY,
        "redacted_name": "b.pdf",
        "parts": PARTS,
    }
    return actions.attach_document(of.pk, actor=drafter(of), now=NOW, **{**given, **fields})


def matter():
    return approved(department(government(), name="住建局"))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"redacted": None}, "no_copy"),
        ({"parts": ()}, "no_parts"),
        ({"ground": ""}, "ground"),
        ({"redacted": ORIGINAL}, "same_file"),
    ],
)
def test_a_part_is_released_only_with_a_copy_the_places_and_the_ground(fields, code):
    made = matter()
    with refused(code):
        attach(made, **fields)
    assert not TopicDocument.objects.filter(topic=made, kind="expert").exists()


def test_the_public_gets_the_copy_with_its_reasons_once_somebody_else_approved():
    made = matter()
    document = attach(made)
    office = actor(made.government, Role.OFFICE)
    assert actions.publish_documents(made.pk, ("expert",), actor=office, now=NOW) == 0
    actions.withhold_document(document.pk, actor=office, now=NOW)
    assert actions.publish_documents(made.pk, ("expert",), actor=office, now=NOW) == 1
    (link,) = published.documents(made.pk, "expert")
    assert (link.number, link.issuer, link.dated_on, link.parts) == ("论〔2026〕3号", "专家组", NOW.date(), PARTS)
    assert str(link.ground) == "个人隐私"
    client = Client(HTTP_HOST=made.government.host)
    assert b"".join(client.get(link.url).streaming_content) == COPY
    assert published.tombstones(made.pk) == []


def test_approved_after_the_others_are_public_it_follows_at_once():
    made = matter()
    attach(made, kind="basis", disclosure="open", ground="", redacted=None, parts=())
    office = actor(made.government, Role.OFFICE)
    actions.publish_documents(made.pk, ("basis",), actor=office, now=NOW)
    document = attach(made, upload=b"%PDF-1.4 second")
    actions.withhold_document(document.pk, actor=office, now=NOW)
    document.refresh_from_db()
    assert document.published_at == NOW


def test_the_clerk_attaches_both_files_and_the_approver_reads_both():
    made = matter()
    who = person(made.government, Role.CLERK, within=made.department)
    client = Client(HTTP_HOST=made.government.host)
    client.force_login(who)
    typed = {"kind": "risk", "title": "风险评估", "disclosure": "partial", "ground": "trade", "parts": "没有冒号"}
    files = {"upload": SimpleUploadedFile("a.pdf", ORIGINAL), "redacted": SimpleUploadedFile("b.pdf", COPY)}
    url = f"/workspace/topics/{made.pk}/documents/add/"
    assert "缺少冒号" in client.post(url, {**typed, **files}).content.decode()
    files = {"upload": SimpleUploadedFile("a.pdf", ORIGINAL), "redacted": SimpleUploadedFile("b.pdf", COPY)}
    assert client.post(url, {**typed, "parts": "附录报价：商业秘密\n", **files}).status_code == 302
    document = TopicDocument.objects.get(topic=made, kind="risk")
    assert [(each.place, each.reason) for each in document.redactions.all()] == [("附录报价", "商业秘密")]
    page = client.get(f"/workspace/topics/{made.pk}/").content.decode()
    assert "附录报价" in page
    inside = f"/workspace/topics/{made.pk}/documents/{document.pk}/"
    assert b"".join(client.get(inside).streaming_content) == ORIGINAL
    assert b"".join(client.get(f"{inside}?copy=1").streaming_content) == COPY
