"""The whole life on thousands of real opinions: nothing lost, nothing shown that must not be, anybody can recount."""

from __future__ import annotations

import csv
import html
import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang.cases.outside import outside
from mingtang.consultations.models import Opinion
from tests.realdata import REAL, ROOT

pytestmark = pytest.mark.data
JOIN = REAL / "join_tw_school_hours"
ELEVATOR = ROOT / "examples" / "elevator"
HIDDEN = {"deleted_by_user", "pending_review"}
MARK = "此话不应公开"
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
NOT_PUBLIC = ("/workspace", "/accounts", "/static", "/en/", "/lang")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (JOIN / name).read_text(encoding="utf-8").split("\n") if line.strip()]


def marked(folder: Path) -> Path:
    """The comments as they are, but what was deleted or is pending has words that can be looked for."""
    path = folder / "comments.jsonl"
    given = [each | ({"text": f"{MARK} {each['id']}"} if each["state"] in HIDDEN else {}) for each in rows("comments.jsonl")]
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in given), encoding="utf-8")
    return path


def played(*files: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("play", ELEVATOR, opinions=list(files), json=True, stdout=out)
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


def of_case() -> list[dict[str, str]]:
    with (ELEVATOR / "opinions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def walked(client: Client, *begin: str) -> dict[str, str]:
    """Every public address that a stranger reaches from these, with what it said."""
    found: dict[str, str] = {}
    waiting = list(begin)
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(NOT_PUBLIC):
            continue
        answer = client.get(address)
        kind = answer.headers.get("Content-Type", "")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = body.decode("utf-8", "replace") if kind.startswith(("text/", "application/json")) else ""
        if kind.startswith("text/html"):
            waiting += [html.unescape(each) for each in LINK.findall(found[address])]
    return found


@pytest.mark.django_db
def test_a_real_proposals_opinions_live_the_whole_life_and_none_is_lost_or_shown_that_was_hidden(tmp_path):
    comments, signatures, own = rows("comments.jsonl"), rows("endorsements.jsonl"), of_case()
    hidden = [each for each in comments if each["state"] in HIDDEN]
    reasons = [each for each in signatures if each["reason"].strip()]
    found = played(marked(tmp_path), JOIN / "endorsements.jsonl")
    assert list(found) == ["received", "placed", "by_place", "withheld", "distinct_people", "obligations", "seconds", "peak_mb"]
    assert found["received"] == found["placed"] == sum(found["by_place"].values()) == len(own) + len(comments) + len(reasons)
    withheld = len(hidden) + sum(each["group"].startswith("!") for each in own)
    assert found["withheld"] == found["by_place"]["withheld"] == withheld == Opinion.objects.filter(state="withheld").count()
    assert found["obligations"]["broken"] == 0
    assert played(tmp_path / "comments.jsonl", JOIN / "endorsements.jsonl") | {"seconds": 0, "peak_mb": 0} == found | {
        "seconds": 0,
        "peak_mb": 0,
    }
    named = {each["user"] for each in (*comments, *reasons) if each["user"] and each.get("state") not in HIDDEN}
    people = len({each["author"] for each in own if not each["group"].startswith("!")}) + len(named)
    nameless = sum(not each["user"] and each["state"] not in HIDDEN for each in comments)
    assert people < found["distinct_people"] < people + nameless
    spam = Opinion.objects.filter(text__contains="reurl.cc", channel="import")
    assert spam.count() > 10
    assert spam.values("author_key").distinct().count() == 1
    consultation = spam.values_list("consultation_id", flat=True)[0]
    pages = walked(Client(), "/", f"/consultations/{consultation}/opinions/", f"/consultations/{consultation}/report/")
    told = "".join(pages.values())
    assert MARK not in told
    export = pages[f"/consultations/{consultation}/report/opinions.jsonl"].strip().split("\n")
    assert len(export) == found["received"]
    assert Counter(json.loads(each)["place"] for each in export) == Counter(found["by_place"])
    lines = list(csv.DictReader(StringIO(pages[f"/consultations/{consultation}/report/opinions.csv"].removeprefix("\ufeff"))))
    assert Counter(each["place"] for each in lines) == Counter(found["by_place"])
    for receipt in Opinion.objects.filter(withheld_code__in=["deleted_by_author", "pending_elsewhere"]).values_list("receipt", flat=True)[
        :20
    ]:
        answer = Client().get(f"/r/{receipt}/")
        assert answer.status_code == 200
        assert MARK not in answer.content.decode()
    assert "没有找到。" in Client().get("/search/", {"q": MARK}).content.decode()


@pytest.mark.parametrize(
    ("name", "mapping", "good", "withheld", "people"),
    [
        ("join_tw_school_hours/comments.jsonl", "join_comments", 935, {"deleted_by_author": 35, "pending_elsewhere": 20}, None),
        ("join_tw_school_hours/endorsements.jsonl", "join_endorsements", 3809, {}, 3045),
        ("polis/vtaiwan.uberx/comments.csv", "polis_comments", 197, {"pending_elsewhere": 98}, 105),
        ("polis/15-per-hour-seattle/comments.csv", "polis_comments", 54, {"pending_elsewhere": 24}, 33),
        ("teddy_c_2020/messages_hot.jsonl", "letters", 4326, {}, 3332),
        ("teddy_c_2020/replies.jsonl", "letters", 1398, {}, None),
        ("teddy_c_2020/category_labelled.jsonl", "labelled_letters", 1842, {}, None),
    ],
)
def test_real_files_of_other_systems_are_read_whole(name, mapping, good, withheld, people):
    (source,) = outside([REAL / name], skip_bad=False, say=str)
    given = list(source.opinions())
    assert (source.mapping.name, len(given), source.good, len({each.outside_id for each in given})) == (mapping, good, good, good)
    assert Counter(each.withheld for each in given if each.withheld) == Counter(withheld)
    assert people in {None, len({each.author for each in given})}
    assert source.bad == []
    assert source.remarks == []
