"""The words of opinions made findable, in the background; and taken out of the index when they may be read no more."""

from __future__ import annotations

from django.db import connection, transaction

from mingtang.consultations.models import UNWORDED, Opinion, OpinionWords
from mingtang.platform.search.finding import scoped
from mingtang.platform.search.tokens import tokens

BATCH = 2000


@transaction.atomic
def word_opinions(most: int = BATCH) -> int:
    """Put opinions that are not in it yet into the index; gives how many."""
    found = list(Opinion.objects.select_for_update().filter(UNWORDED).prefetch_related("masks").order_by("id")[:most])
    ids = [each.pk for each in found]
    OpinionWords.objects.filter(pk__in=ids).delete()
    OpinionWords.objects.bulk_create([_words(each) for each in found], batch_size=BATCH)
    Opinion.objects.filter(pk__in=ids).update(worded=True)
    return len(found)


def forget_words(opinion: Opinion) -> None:
    """Take an opinion out of the index at once; what of it may still be read is put in anew in the background.

    The opinion first: `word_opinions` may hold it, having read it as it was; what that wrote is deleted after it let go.
    """
    Opinion.objects.filter(pk=opinion.pk).update(worded=False)
    OpinionWords.objects.filter(pk=opinion.pk).delete()


def _words(each: Opinion) -> OpinionWords:
    head = f"{scoped(each.consultation_id)} " if connection.vendor == "sqlite" else ""
    said = tokens(f"{each.text}\n{each.proposed}")
    public = tokens(f"{each.masked_text}\n{each.masked_proposed}") if each.publish_consent else ""
    return OpinionWords(opinion=each, consultation_id=each.consultation_id, words=head + said, open_words=head + public)
