"""Erasing destroys words and secret and keeps leaf and tombstone, whichever opinions are erased and whenever."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.consultations import actions
from mingtang.consultations.published import behind
from mingtang.engines.ledger.checking import check_inclusion
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.receipts import commitment, salt_of
from mingtang.platform.ledger import published as ledger
from mingtang.platform.ledger.models import LedgerEntry, TreeHead
from mingtang.platform.ledger.sequencing import sequence_all
from tests.factories.consultations import moderator, opened, opinion, withhold
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNT = count(10_000)
SAID = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8, max_size=30)


def _everything() -> str:
    return "\n".join(str(row) for model in apps.get_models() for row in model.objects.values_list().iterator())


def _leaves(government_id: int) -> list[tuple[Any, ...]]:
    return list(LedgerEntry.objects.filter(government_id=government_id).order_by("id").values_list("id", "leaf", "body", "signature"))


@FEW
@given(words=st.lists(SAID, min_size=2, max_size=4, unique=True), chosen=st.sets(st.integers(0, 3), min_size=1), late=st.booleans())
def test_erasing_destroys_words_and_secret_and_keeps_leaf_and_tombstone(words, chosen, late):
    row, _clerk = opened()
    rows = [opinion(row, f"{each}{next(COUNT)}") for each in words]  # no two examples say the same
    gone = [rows[n] for n in sorted(chosen) if n < len(rows)] or rows[:1]
    if late:
        sequence_all(NOW)
    lines = {each.pk: unpack(behind(row.government_id, each.receipt).line) for each in rows}
    before, judge = _leaves(row.government_id), moderator(row)
    withhold(row, [each.pk for each in gone], code="personal_data", now=NOW)
    for each in gone:
        actions.erase_opinion(each.pk, actor=judge, now=NOW, reason="应请求")
    sequence_all(NOW)

    assert _leaves(row.government_id)[: len(before)] == before
    stored, left = _everything(), {each.pk for each in rows} - {each.pk for each in gone}
    for each in rows:
        entry = LedgerEntry.objects.get(kind="opinion.receive", subject_id=each.pk)
        held = lines[each.pk]
        assert (entry.secret is not None, each.text in stored, held.secret.hex() in stored) == ((each.pk in left),) * 3
        answer = ledger.proof(row.government_id, entry.leaf)
        assert answer is not None
        assert check_inclusion(Findings(), held.signed, answer)
        opens = commitment("sha256", salt_of(held.secret, "content"), {**held.content, "text": each.text})
        assert opens == held.signed["facts"]["content"]
        tombs = [body for body in LedgerEntry.objects.filter(kind="opinion.erase").values_list("body", flat=True) if entry.leaf in body]
        assert [("personal_data" in body) for body in tombs] == ([] if each.pk in left else [True])
    row.refresh_from_db()
    assert row.opinions.count() == len(words)
    assert TreeHead.objects.filter(government_id=row.government_id).order_by("-size").first().size == len(_leaves(row.government_id))
