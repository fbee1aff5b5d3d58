"""A case with two matters: the second is lawfully closed, the representatives leave for it, and nobody outside reads its title."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from mingtang.cases.documents import write_documents
from mingtang.cases.player import Play, play, played
from mingtang.cases.reading import read_case
from mingtang.meetings.models import AgendaItem
from mingtang.representatives.models import CheckIn
from mingtang.topics.models import Topic
from tests.cases.test_playing import EXAMPLES, silent
from tests.factories.platform import NOW, TODAY

pytestmark = pytest.mark.django_db
SECRET = ("城北转运站", "标底", "谈判底线", "按汇报的")
STARTS = (
    "/",
    "/sitemap.xml",
    "/matters/",
    "/search/?q=%E8%BD%AC%E8%BF%90",
    "/results/",
    "/obligations/",
    "/feeds/",
    "/calls/",
    "/calendar/",
)


@pytest.fixture
def run() -> Play:
    """The meeting with its closed item, played."""
    found = play(read_case(EXAMPLES / "around" / "waste-hours", TODAY), NOW, silent)
    assert found is not None
    return found


def words_of(answer: Any) -> str:
    """What a page or document says."""
    return said_in(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def said_in(content: bytes) -> str:
    """The words of a file, unpacked where it is a document."""
    if content[:5] == b"%PDF-":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            return "".join(box.read(each).decode("utf-8", "replace") for each in box.namelist())
    return str(content.decode("utf-8", "replace"))


def test_each_matter_keeps_what_belongs_to_it_and_the_meeting_is_shared(run: Play) -> None:
    items = list(AgendaItem.objects.order_by("position").select_related("topic"))
    assert [(each.attendance, each.state, each.closing_ground) for each in items] == [
        ("open", "decided", ""),
        ("closed", "decided", "trade"),
    ]
    assert items[0].topic.title == run.case.title
    assert items[0].meeting_id == items[1].meeting_id == run.ids["meeting"]
    assert items[1].topic.documents.count() == 4


def test_the_representatives_are_outside_while_the_closed_item_is_deliberated(run: Play) -> None:
    closed = AgendaItem.objects.get(attendance="closed")
    doors = {each.inward: each.at for each in CheckIn.objects.filter(way="closed").order_by("at")}
    assert closed.began_at is not None
    assert closed.decided_at is not None
    assert doors[False] < closed.began_at < closed.decided_at < doors[True]
    assert [CheckIn.objects.filter(way="closed", inward=each).count() for each in (False, True)] == [2, 2]


def test_the_public_agenda_balances_with_a_black_mark_and_its_ground(run: Play) -> None:
    client, meeting = Client(), run.ids["meeting"]
    for prefix, ground, count in (("", "商业秘密", "2 项"), ("/en", "Trade secret", "2 items")):
        said = words_of(client.get(f"{prefix}/meetings/{meeting}/"))
        assert ground in said
        assert count in said
    assert [each["title"] for each in client.get(f"/meetings/{meeting}/live.json").json()["items"]][1] is None
    recording = words_of(client.get(f"/meetings/{meeting}/recording/"))
    assert "?item=1" in recording
    assert "?item=2" not in recording


def test_nobody_outside_reads_the_title_of_the_closed_matter_anywhere(run: Play) -> None:
    closed = Topic.objects.exclude(title=run.case.title).get()
    assert (closed.nameless, closed.state) == (True, "approved")
    client, seen, waiting = Client(), set(), [*STARTS, f"/meetings/{run.ids['meeting']}/", f"/follow/?kind=topic&key={closed.pk}"]
    waiting += [f"/en{each}" for each in waiting if each != "/sitemap.xml"]
    leaks = []
    while waiting:
        url = waiting.pop()
        if url in seen or url.startswith(("/static", "/accounts", "/workspace")):
            continue
        seen.add(url)
        answer = client.get(url)
        said = words_of(answer)
        leaks += [f"{url}: {each}" for each in SECRET if each in said]
        if "html" in answer["Content-Type"] or "xml" in answer["Content-Type"]:
            waiting += [each.replace("&amp;", "&") for each in re.findall(r'(?:href|src|action|hx-get)="(/[^"#]*)', said)]
    assert len(seen) > 100
    assert any(each.endswith("agenda.docx") for each in seen)
    assert leaks == []
    for path in (f"/matters/{closed.pk}/", f"/matters/{closed.pk}/propose-hearing/", f"/matters/{closed.pk}/feed.atom"):
        assert client.get(path).status_code == 404


def test_every_document_of_both_matters_is_written_also_when_the_case_was_played_before(run: Play, tmp_path: Path) -> None:
    again = played(run.case, NOW)
    assert again is not None
    names = write_documents(run, tmp_path / "first")
    assert write_documents(again, tmp_path / "again") == names
    matters = [each.topic_id for each in AgendaItem.objects.order_by("position")]
    wanted = {f"{each}.docx" for each in (*(f"declaration-{pk}" for pk in matters), f"report-{matters[0]}", "minutes")}
    assert wanted < set(names)
    assert len([each for each in names if each.endswith(".pdf")]) == len(names) / 2 > len(wanted)
    said = said_in((tmp_path / "first" / "minutes.docx").read_bytes())
    assert "误时投放点" in said
    assert [each for each in SECRET if each in said] == []
