"""People who live together: they say so by a word of their own, which is hashed and never kept; the draw keeps the limit."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from django.apps import apps

from mingtang.engines.ledger.packing import unpack
from mingtang.engines.lottery.record import outcome_of
from mingtang.kernel.decision import Refused
from mingtang.representatives import actions, published
from mingtang.representatives.models import Application, Call
from mingtang.representatives.rules import AUDIENCE, household_mark
from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES, applied, preparing
from tests.factories.platform import NOW
from tests.representatives.test_draw_pages import FORM, at, place, signed_in, visitor, words  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
WORD = "柳荫街１２号 Peach"


def limited(most: int = 1, people: int = 0):
    """A published call that takes at most so many of a household; of those who applied the first four live together."""
    called = preparing()
    said = {name: getattr(called.row, name) for name in ("title", "purpose", "conditions", "contact", "closes_on", "reserves")}
    actions.save_call(called.row.pk, actor=called.clerk, now=NOW, **said, household_limit=most)
    actions.publish_call(called.row.pk, actor=called.head, now=NOW)
    for n in range(people):
        home = WORD if n < 4 else f"别家{n}"
        applied(called, n, audience="expert" if n % 3 == 2 else "public", sex="女男"[n % 2], household=home)
    return called


def test_the_same_word_gives_the_same_mark_whatever_its_width_case_and_spaces():
    mark = household_mark("salt", WORD)
    assert re.fullmatch(r"[0-9a-f]{16}", mark)
    assert household_mark("salt", "柳荫街12号　peach ") == mark
    assert household_mark("other salt", WORD) != mark
    assert household_mark("salt", "柳荫街13号") != mark
    assert household_mark("salt", " 　") == ""


def test_the_word_is_asked_for_only_when_the_call_has_a_limit():
    called, free = limited(), preparing()
    actions.publish_call(free.row.pk, actor=free.head, now=NOW)
    assert "和同住的人约定的词" in words(visitor(called).get(f"/calls/{called.row.pk}/apply/"))
    assert "和同住的人约定的词" not in words(visitor(free).get(f"/calls/{free.row.pk}/apply/"))
    assert "同住的人最多入选 1 人" in words(visitor(called).get(f"/calls/{called.row.pk}/"))
    assert applied(free, 1, household=WORD).household == ""


def test_the_clerk_sets_the_limit_in_the_browser_when_the_call_is_prepared():
    from mingtang.platform.accounts.models import Person

    called = preparing()
    client = signed_in(called, Person.objects.get(pk=called.clerk.person_id))
    given = {"save": "1", "title": "征集", "purpose": "列席", "conditions": "住在本区", "closes_on": CLOSES.isoformat(), "reserves": "2"}
    assert client.post(place(called), {**given, "household_limit": "1"}).status_code == 302
    assert Call.objects.get(pk=called.row.pk).household_limit == 1
    assert client.post(place(called), {**given, "household_limit": ""}).status_code == 302
    assert Call.objects.get(pk=called.row.pk).household_limit == 0
    assert client.post(place(called), {**given, "household_limit": "-1"}).status_code == 200


def test_the_word_is_kept_nowhere_and_its_mark_stands_on_the_receipt_when_somebody_applies():
    called = limited()
    client = visitor(called)
    kept = client.post(f"/calls/{called.row.pk}/apply/", {**FORM, AUDIENCE: "public", "household": WORD})
    row = Application.objects.get()
    assert (kept.status_code, row.household) == (302, household_mark(Call.objects.get().household_salt, WORD))
    assert row.household in words(client.get(kept["Location"]))
    view = published.application(called.of.home.pk, row.receipt)
    assert view is not None
    assert unpack(view.line).content["household"] == row.household
    stored = [str(each) for model in apps.get_models() for each in model.objects.values_list().iterator()]
    assert not any("柳荫街" in each or "Peach" in each for each in stored)


def test_one_of_a_household_is_drawn_whatever_the_randomness_says():
    called = limited(people=12)
    draw = actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    document = json.loads(draw.document)
    together = {each["number"] for each in document["people"] if each.get("household")}
    assert (document["household_limit"], together) == (1, {"0001", "0002", "0003", "0004"})
    assert len({each["household"] for each in document["people"] if each.get("household")}) == 1
    drawn = [set(outcome_of(document, bytes([n]) * 32).panel) for n in range(60)]
    assert max(len(panel & together) for panel in drawn) == 1
    assert any(panel & together for panel in drawn)


def test_a_reserve_of_the_same_household_is_passed_over_when_a_seat_is_freed():
    called = limited(people=12)
    actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=VALUES)
    rows = Application.objects.filter(call=called.row)
    home = rows.exclude(household="").values_list("household", flat=True)
    for leaving in rows.filter(state="drawn").order_by("number"):
        actions.withdraw_application(leaving.receipt, actor=called.anybody, now=DRAWN)
        with suppress(Refused):  # where nobody on the list fits the seat stays empty
            actions.fill_seat(leaving.pk, actor=called.clerk, now=DRAWN)
    sitting = list(rows.filter(state="seated").values_list("household", flat=True))
    assert sitting
    assert max(sitting.count(each) for each in home) <= 1
