"""Pages by key, versions of public pages, limits, and the fields of forms."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from mingtang.kernel.text import speaking, t
from mingtang.platform.accounts.models import Department
from mingtang.platform.clock import CHINA
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.paging import page_of
from mingtang.platform.web.fields import DayField, FilesField, Form, InstantField, many_of, one_of, passage, tick, words
from mingtang.platform.web.models import PageVersion, Passage
from mingtang.platform.web.throttle import may_pass
from mingtang.platform.web.versions import fingerprint, touch
from mingtang.topics.models import Topic
from tests.factories.platform import NOW, department, government, later
from tests.factories.topics import topic


def token(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.django_db
def test_walking_the_pages_meets_every_row_once_whatever_the_key():
    home = government()
    housing = department(home)
    rows = {topic(housing, title=f"议题{n}", changed_at=later(minutes=n // 3)).pk for n in range(7)}
    for key in (("-changed_at", "-id"), ("id",), ("title", "id")):
        met, after = [], ""
        while True:
            page = page_of(Topic.objects.all(), key=key, after=after, size=3)
            met += [row.pk for row in page]
            after = page.after
            if not after:
                break
        assert len(met) == 7
        assert set(met) == rows


@pytest.mark.django_db
@pytest.mark.parametrize(
    "after", ["x", "%%%", token("x"), token([1]), token(["a", "b"]), token([None, 1]), token({"a": 1}), token(["2026-13-45T00:00", 1])]
)
def test_a_token_somebody_wrote_gives_the_first_page_and_says_so(after):
    topic()
    page = page_of(Topic.objects.all(), key=("-changed_at", "-id"), after=after)
    assert (len(page), page.first, page.bad_token) == (1, True, True)


@pytest.mark.django_db
@given(st.text(max_size=30))
def test_no_token_breaks_a_list(after):
    page = page_of(Department.objects.all(), key=("id",), after=after)
    assert len(page) == 0


@pytest.mark.django_db
def test_a_write_changes_the_fingerprint_of_what_it_touched_and_only_that():
    home, other = government().pk, government().pk
    before = {key: fingerprint(home, (key,)) for key in ("home", "calendar")}
    touch(home, "home", "home")
    touch(home, "home")
    touch(other, "calendar")
    assert fingerprint(home, ("home",)) != before["home"]
    assert fingerprint(home, ("calendar",)) == before["calendar"]
    assert fingerprint(home, ("home",), "en") != fingerprint(home, ("home",), "zh")
    assert str(PageVersion.objects.get(government_id=home, key="home")) == "home v2"


@pytest.mark.django_db
def test_an_address_passes_as_often_an_hour_as_the_figure_says():
    home = government()
    FigureSetting.objects.create(
        government=home, key="opinion.rate_per_hour", value="2", since_on=date(2026, 1, 1), source="x", reason="x", set_at=NOW
    )
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    request.government, request.now = home, NOW
    assert [bool(may_pass(request, "opinion", "opinion.rate_per_hour")) for _ in range(3)] == [True, True, False]
    assert may_pass(request, "receipt", "opinion.rate_per_hour")
    request.META["REMOTE_ADDR"] = "192.0.2.8"
    assert may_pass(request, "opinion", "opinion.rate_per_hour")
    request.META["REMOTE_ADDR"], request.now = "192.0.2.7", later(hours=1)
    assert may_pass(request, "opinion", "opinion.rate_per_hour")
    assert all("192.0.2" not in row.key for row in Passage.objects.all())
    assert str(Passage.objects.first()).endswith((" 1", " 2", " 3"))


class Everything(Form):
    """One of each field."""

    title = words(t("名称", "Title"), limit=5)
    text = passage(t("内容", "Text"), limit=10, required=False)
    kind = one_of(t("类型", "Kind"), [("a", t("甲", "A"))], empty=t("请选择", "Choose"))
    areas = many_of(t("领域", "Areas"), [("x", "X"), ("y", "Y")], required=False)
    agreed = tick(t("同意", "Agreed"))
    day = DayField(required=False)
    instant = InstantField(required=False)
    files = FilesField(at_most=2, required=False)


@pytest.mark.parametrize("typed", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", " 2026-11-24 "])
def test_a_day_is_understood_as_people_write_it(typed):
    form = Everything({"title": "路灯", "kind": "a", "day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["2026-11-24 09:30", "2026-11-24T09:30", "2026/11/24 09:30:00"])
def test_an_instant_is_read_on_a_chinese_clock(typed):
    form = Everything({"title": "路灯", "kind": "a", "instant": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["instant"] == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert InstantField().prepare_value(datetime(2026, 11, 24, 1, 30, tzinfo=UTC)).hour == 9
    assert InstantField().prepare_value("typed") == "typed"


@pytest.mark.parametrize("field", ["day", "instant"])
def test_a_day_that_is_none_is_named_with_the_form_that_is_understood(field):
    form = Everything({"title": "路灯", "kind": "a", field: "下周三"})
    assert "下周三" in form.errors[field][0]
    assert "2026-11-24" in form.errors[field][0]


def test_days_and_instants_given_as_such_are_kept():
    assert DayField().clean(date(2026, 11, 24)) == date(2026, 11, 24)
    at = datetime(2026, 11, 24, tzinfo=CHINA)
    assert InstantField().clean(at) == at


def test_what_is_missing_is_said_in_the_language_of_the_reader():
    assert Everything({}).errors["title"] == ["请填写这一项。"]
    with speaking("en"):
        assert Everything({}).errors["title"] == ["Please fill this in."]


def test_long_text_carries_its_limit_for_the_counter():
    assert Everything().fields["text"].widget.attrs["maxlength"] == "10"
    assert isinstance(Everything().fields["kind"], forms.ChoiceField)


def test_several_files_are_taken_up_to_the_limit():
    def given_files(number):
        return [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(number)]

    field = FilesField(at_most=2, required=False)
    assert [each.name for each in field.clean(given_files(2))] == ["0.txt", "1.txt"]
    assert field.clean(None) == []
    assert [each.name for each in field.clean(given_files(1)[0])] == ["0.txt"]
    with pytest.raises(forms.ValidationError, match="最多 2 个"):
        field.clean(given_files(3))
    with pytest.raises(forms.ValidationError):
        FilesField().clean([])
