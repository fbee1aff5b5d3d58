"""Many rows at once: the same rows as one by one, with numbers of their own."""

from __future__ import annotations

import pytest

from mingtang.consultations.models import Opinion, OpinionContact
from mingtang.platform.bulk import Mould, insert_many
from tests.factories.consultations import opened
from tests.factories.platform import NOW, department, government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def made(row, receipt, **given):
    named = {"government_id": row.government_id, "consultation_id": row.pk, "channel": "paper", "author_key": receipt, "text": "补助太少"}
    return Mould(Opinion).row(**{**named, "receipt": receipt, "received_at": NOW, **given})


def test_rows_are_what_the_model_itself_would_write_when_inserted_at_once():
    row, _clerk = opened(approved(department(government())))
    one_by_one = Opinion(government_id=row.government_id, consultation=row, channel="paper", author_key="one", text="补助太少")
    one_by_one.receipt, one_by_one.received_at = "one", NOW
    one_by_one.save()
    insert_many([made(row, "two"), made(row, "three", moderated_at=NOW, state="shown", publish_consent=False)])
    first, second, third = Opinion.objects.order_by("pk").values()
    own = {"id", "receipt", "author_key"}
    assert {key: value for key, value in second.items() if key not in own} == {key: first[key] for key in second if key not in own}
    assert {key: value for key, value in third.items() if value != second[key] and key not in own} == {
        "moderated_at": NOW,
        "state": "shown",
        "publish_consent": False,
    }


def test_numbers_go_on_after_rows_of_both_kinds():
    row, _clerk = opened(approved(department(government())))
    many = [made(row, "a"), made(row, "b")]
    insert_many(many)
    single = made(row, "c")
    single.save()
    more = [made(row, "d")]
    insert_many(more)
    ids = [each.pk for each in (*many, single, *more)]
    assert ids == list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    insert_many([OpinionContact(opinion=single, name="张三", consent_at=NOW)])
    assert OpinionContact.objects.get(opinion_id=single.pk).name == "张三"
    insert_many([])


def test_a_word_that_is_no_column_is_refused():
    with pytest.raises(TypeError, match="words"):
        Mould(Opinion).row(words="补助太少")


def test_a_default_that_is_called_is_refused():
    from mingtang.platform.audit.models import Act

    with pytest.raises(TypeError, match="Act"):
        Mould(Act)
