"""A stranger walks the whole public site over a district full of drafts, secrets and personal data, and finds none of it.

Every text field of every row holds a word of its own (see `tests.factories.planting`). What the public may read is
listed row by row in `tests.factories.full`; everything else is hidden, also a field that is added tomorrow.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver
from pypdf import PdfReader

from mingtang.consultations.actions.wording import word_opinions
from mingtang.portal.urls import urlpatterns as portal_patterns
from mingtang.workspace.urls import urlpatterns as workspace_patterns
from tests.factories.full import EVERY_STATE, Full, full
from tests.factories.planting import HIDDEN, MACHINERY, SEEN, Planted, plant, text_fields

pytestmark = pytest.mark.django_db

ROWS_OF = {
    "topic_id": "topics.Topic",
    "document_id": "topics.TopicDocument",
    "consultation_id": "consultations.Consultation",
    "hearing_id": "hearings.Hearing",
    "activity_id": "hearings.Activity",
    "meeting_id": "meetings.Meeting",
    "release_id": "publishing.Release",
    "file_id": "publishing.ReleaseFile",
    "call_id": "representatives.Call",
    "department_id": "accounts.Department",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRAMED, UNFRAMED = re.compile(r"(/en)?/consultations/\d+/card/"), {"X-Frame-Options"}  # the one page other sites may frame
FORMS = {
    "follow",
    "follow-mine",
    "follow-confirm",
    "follow-rhythm",
    "follow-stop",
    "opinion-new",
    "similar",
    "inquiry-new",
    "receipt",
    "receipt-find",
    "invitation",
    "invitation-outcome",
    "invitation-paper",
    "my-day",
    "my-day-now",
    "my-floor",
    "my-words",
    "call-apply",
    "application",
    "application-find",
    "pool-join",
    "pool-find",
    "pool-mine",
    "pool-mine-file",
    "hearing-enrol",
    "hearing-propose",
    "hearing-proposal",
    "hearing-mine",
    "hearing-paper",
    "listening-mine",
}
WAYS = (
    "size=large",
    "contrast=high",
    "after=x",
    "after=1",
    "which=open",
    "which=waiting",
    "which=done",
    "which=activities",
    "kind=result",
    "kind=executive",
)
MONTHS = ("2026-10", "2026-11", "2026-12", "2027-01", "kaputt")


def text_of(answer: Any) -> str:
    """Everything an answer says: its body, unpacked when it is a document, and its headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    kind = answer.get("Content-Type", "")
    if "officedocument" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            content = b"\n".join(box.read(each) for each in box.namelist())
    if "pdf" in kind and content[:5] == b"%PDF-":
        content = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
    return f"{dict(answer.items())}\n{content.decode('utf-8', 'replace')}"


@dataclass
class Stranger:
    """Somebody without an account who tries every door and writes down what was found."""

    host: str
    planted: Planted
    leaks: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    asked: Counter[int] = field(default_factory=Counter)
    cookies: set[tuple[str, str]] = field(default_factory=set)
    bare: set[tuple[str, str]] = field(default_factory=set)

    def get(self, url: str, method: str = "get", data: dict[str, str] | None = None, **headers: str) -> tuple[Any, str]:
        """Ask for one page and look through the answer."""
        client = Client(headers={"host": self.host})
        answer = getattr(client, method)(url, data, headers=headers) if data else getattr(client, method)(url, headers=headers)
        words = text_of(answer)
        self.asked[answer.status_code] += 1
        for word in HIDDEN.findall(words):
            self.leaks.add(f"{method} {url}: {self.planted.hidden.get(word, word)}")
        self.found.update(SEEN.findall(words))
        self.cookies |= {(url, name) for name in answer.cookies}
        framed = FRAMED.fullmatch(url) and answer.status_code in {200, 404}
        self.bare |= {(url, name) for name, value in HEADERS.items() if answer.get(name) != value and not (framed and name in UNFRAMED)}
        if "Content-Security-Policy" not in answer:
            self.bare.add((url, "Content-Security-Policy"))
        return answer, words

    def follow(self, *starts: str) -> set[str]:
        """Walk along every link, picture, form and fragment of the public site."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            url = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            answer, words = self.get(url)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                links = re.findall(r'(?:href|src|action|hx-get|hx-post)="(/[^"#]*)', words)
                waiting += [unescape(each) for each in links if not each.startswith("/static/")]
            if answer.status_code in {301, 302}:
                waiting.append(answer["Location"])
        return seen


def guesses(pattern: URLPattern) -> list[str]:
    """An address for every row there is, and for one that is not, whatever government it belongs to."""
    route = str(pattern.pattern)
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    values: list[list[Any]] = []
    for name in names:
        if name in ROWS_OF:
            known = list(apps.get_model(ROWS_OF[name])._default_manager.order_by("pk").values_list("pk", flat=True))
            values.append([0, *known, known[-1] + 1])
        else:
            values.append(["1", "x", "%25"] if len(names) > 1 else ["1", "x", "new", "-", "%25"])
    if names == ["release_id", "file_id"]:
        rows = apps.get_model("publishing.ReleaseFile").objects.values_list("release_id", "pk")
        return [route.replace("<int:release_id>", str(a)).replace("<int:file_id>", str(b)) for a, b in rows]
    made = []
    for chosen in product(*values):
        url = route
        for value in chosen:
            url = re.sub(r"<[^>]+>", str(value), url, count=1)
        made.append(url)
    return made


@pytest.fixture
def districts() -> tuple[Full, Full]:
    return full(host="one.localhost", site_name="清河"), full(host="two.localhost", site_name="别处")


@pytest.fixture
def stranger(districts: tuple[Full, Full]) -> Stranger:
    return Stranger("one.localhost", plant(*districts))


def visit_everything(stranger: Stranger) -> set[str]:
    """Links first, then every address that can be guessed, in every way a public page can be asked."""
    seen = stranger.follow("/", "/en/")
    for pattern in portal_patterns:
        for url in {f"/{each}" for each in guesses(pattern)} - seen:
            stranger.get(url)
            if pattern.name in FORMS:
                stranger.get(f"/en{url}", **{"HX-Request": "true"})
    plain = [f"/{pattern.pattern}" for pattern in portal_patterns if "<" not in str(pattern.pattern)]
    for url, way in product(plain, (*WAYS, *(f"month={each}" for each in MONTHS))):
        stranger.get(f"{url}?{way}")
    for url, words in product(("/search/", "/matters/", "/results/", "/en/search/", "/r/"), ("zq", "%", "_", "q", "z")):
        stranger.get(f"{url}?q={words}&code={words}")
    for pk in apps.get_model("consultations.Consultation").objects.filter(state="reported").values_list("pk", flat=True):
        for first, second in ((1, 2), (2, 3), (3, 9), (2, 2)):  # two words side by side are shown in pieces, one beside itself whole
            stranger.get(f"/consultations/{pk}/compare/?from={first}&to={second}")
    return seen


# Building two full districts takes longer than most looks at them, so looks that change nothing share one.


def test_the_district_has_a_row_in_every_state_and_a_word_in_every_text_field(stranger):
    for model, workflow in EVERY_STATE.items():
        assert set(model._default_manager.values_list("state", flat=True)) == set(workflow.codes), model
    filled = {where.partition(" of ")[0] for where in (*stranger.planted.hidden.values(), *stranger.planted.seen.values())}
    models = [each for each in apps.get_models() if each.__module__.startswith("mingtang.") and each.objects.exists()]
    expected = {f"{model._meta.label}.{each.name}" for model in models for each in text_fields(model)}
    machinery = {each for each in expected if each.rpartition(".")[0] in MACHINERY}
    assert expected - machinery <= filled


def test_a_stranger_finds_what_is_public_and_nothing_else(stranger):
    seen = visit_everything(stranger)
    assert sorted(stranger.leaks) == []
    missing = {stranger.planted.seen[word] for word in set(stranger.planted.seen) - stranger.found}
    assert sorted(missing) == []
    assert len(seen) > 60
    assert set(stranger.asked) <= {200, 302, 400, 404}
    forms = [re.sub(r"<[^>]+>", "[^/]+", str(each.pattern)) for each in portal_patterns if each.name in FORMS]
    known = re.compile(rf"(/en)?/(accounts/.*|{'|'.join(forms)})([?].*)?")
    strange = {(url, name) for url, name in stranger.cookies if name != "csrftoken" or not known.fullmatch(url)}
    assert strange == set()
    assert stranger.bare == set()
    _head_requests_and_repeated_ones_carry_no_body(stranger, sorted(url for url in seen if not url.startswith("/en/")))


def _head_requests_and_repeated_ones_carry_no_body(stranger: Stranger, urls: list[str]) -> None:
    for url in urls:
        answer, _words = stranger.get(url)
        head = Client(headers={"host": stranger.host}).head(url)
        assert (head.status_code, b"".join(head) if head.streaming else head.content) == (answer.status_code, b""), url
        head.close()
        if "ETag" in answer and answer.status_code == 200:
            again, _words = stranger.get(url, **{"If-None-Match": answer["ETag"]})
            assert (again.status_code, again.content) == (304, b""), url
    assert stranger.leaks == set()


def test_no_door_of_the_workspace_opens_for_a_stranger_and_no_sign_in_page_says_who_works_here(stranger):
    for pattern, method in product(workspace_patterns, ("get", "post")):
        url = "/workspace/" + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        answer, _words = stranger.get(url, method)
        assert answer.status_code in {302, 405}, url
        assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/"), url
    assert stranger.leaks == set()
    for pattern in get_resolver().url_patterns:
        for each in getattr(pattern, "url_patterns", []):
            for one in getattr(each, "url_patterns", []):
                if "accounts" in str(each.pattern) and isinstance(one, URLPattern) and "<" not in str(one.pattern):
                    stranger.get(f"/accounts/{one.pattern}")
    stranger.get("/accounts/login/", "post", {"login": "nobody", "password": "x"})
    assert stranger.leaks == set()


RECEIPTS = {
    # the row whose receipt it is: its government's host, and the rows whose words its holder may read besides its own
    "consultations.Opinion": (
        "consultation__government__host",
        lambda row: {
            ("topics.Topic", row.consultation.topic_id),
            ("consultations.Clause", row.clause_id),
            ("consultations.OpinionGroup", row.group_id),
        },
    ),
    "representatives.Application": ("call__government__host", lambda row: {("representatives.Call", row.call_id)}),
    "minutes.Suggestion": ("government__host", lambda row: {("topics.Topic", row.item.topic_id)}),
    "hearings.HearingProposal": ("government__host", lambda row: {("topics.Topic", row.topic_id)}),
}


def _belongs(label: str, pk: int, row: Any) -> bool:
    """Whether a row names `row` as what it is a part of, or names a row that does."""
    found = apps.get_model(label)._default_manager.get(pk=pk)
    named = [getattr(found, each.name) for each in found._meta.fields if each.related_model]
    return row in named or any(
        row in (getattr(each, one.name) for one in each._meta.fields if one.related_model is type(row)) for each in named if each
    )


@pytest.mark.parametrize("label", RECEIPTS)
def test_behind_a_receipt_stand_its_own_words_and_nobody_elses(stranger, label):
    host, around = RECEIPTS[label]
    model = apps.get_model(label)
    rows = list(model._default_manager.filter(**{host: stranger.host}).order_by("pk"))
    read, others = set(), set()
    for number, row in enumerate(rows):
        code = f"QH-{number:04}-2222-2222"
        model._default_manager.filter(pk=row.pk).update(receipt=code)
        for door in ("", "receipt.txt", "receipt.pdf"):
            answer, words = stranger.get(f"/r/{code}/{door}")
            assert answer.status_code == 200, (label, row.pk, door)
            seen = {stranger.planted.hidden[each].rpartition(" of ") for each in HIDDEN.findall(words)}
            own = {(label, row.pk), *around(row)}
            shown = {(where.rpartition(".")[0], int(pk)) for where, _of, pk in seen}
            others |= {(row.pk, door, *each) for each in shown - own if not _belongs(*each, row)}
            read |= {where for where, _of, _pk in seen}
    assert others == set()
    assert len(rows) > 1
    assert f"{label}.{'words' if label == 'hearings.HearingProposal' else 'text'}" in read or label == "representatives.Application"


def test_behind_a_personal_link_stand_ones_own_words_and_nobody_elses(stranger):
    for model, door, matter in (("Participant", "hearing-mine", "hearing"), ("Member", "listening-mine", "activity")):
        rows = apps.get_model("hearings", model).objects.filter(**{f"{matter}__government__host": stranger.host})
        for row in rows.exclude(points=None):
            points = list(row.points.all())
            own = {(f"hearings.{model}", row.pk), (f"hearings.{matter.title()}", getattr(row, f"{matter}_id"))}
            own |= {("hearings.Point", each.pk) for each in points} | {("consultations.Opinion", each.opinion_id) for each in points}
            own.add(("topics.Topic", getattr(row, matter).topic_id))
            _answer, words = stranger.get(f"/{door}/{row.token}/")
            seen = {stranger.planted.hidden[each].rpartition(" of ") for each in HIDDEN.findall(words)}
            assert {(where.rpartition(".")[0], int(pk)) for where, _of, pk in seen} <= own, (door, row.pk)
            assert f"hearings.{model}.name" in {where for where, _of, _pk in seen} or any(each in row.name for each in stranger.found)


def test_a_search_in_opinions_finds_by_the_words_everybody_reads_and_by_no_other(stranger):
    while word_opinions():
        pass
    looked = Counter[bool]()
    for public, book in ((True, stranger.planted.seen), (False, stranger.planted.hidden)):
        for word, where in book.items():
            field_of, _of, pk = where.rpartition(" of ")
            if field_of != "consultations.Opinion.text":
                continue
            row = apps.get_model("consultations.Opinion").objects.get(pk=pk)
            answer, words = stranger.get(
                f"/consultations/{row.consultation_id}/opinions/?q={word.upper()}"
            )  # the page repeats what was asked
            assert ('<ul class="ops">' in words) is (public and answer.status_code == 200), where
            looked[public and answer.status_code == 200] += 1
    assert min(looked[True], looked[False]) > 0
    assert stranger.leaks == set()
