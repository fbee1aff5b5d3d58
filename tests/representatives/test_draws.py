"""Calls, applications, freezing, randomness, seats and reserves: each gate refused and passed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mingtang.engines.lottery.verifying import check_draw
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import Application, ApplicationContact, Draw, Invitation, Representative
from mingtang.representatives.rules import QuotaLine
from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES, applied, drawable, drawn, filled, given, opened, preparing
from tests.factories.platform import NOW, actor
from tests.factories.refusing import refused
from tests.factories.representatives import house_rules

pytestmark = pytest.mark.django_db
TOO_LATE = DRAWN + timedelta(days=91)


def logged(kind: str) -> list[dict[str, object]]:
    """The facts the public log was told of one kind of act."""
    return [json.loads(body) for body in LedgerEntry.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True)]


def states(of) -> dict[str, str]:
    return dict(Application.objects.filter(call=of.row).order_by("pk").values_list("number", "state"))


def test_a_draw_is_the_one_anybody_recomputes_when_its_file_is_verified():
    called, draw = drawn()
    told = published.draw_file(called.of.home.pk, called.row.pk, draw.number)
    found = check_draw(told["freeze"], told["reveal"], logged=draw.digest)
    assert (found.good, found.broken) == (True, [])
