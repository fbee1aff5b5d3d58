"""The words of opinions, cut for search: all of them for staff, those the public may read for everybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Consultation
from mingtang.platform.search.finding import Index

WORDS = Index("mt_opinion_words", "opinion_id", "consultation_id", "mt_opinion_fts")


class OpinionWords(models.Model):
    """The tokens of one opinion. `words` of what was said; `open_words` of it as the public reads it, blacked out where it is.

    The index over it (FTS5, tsvector) is kept by the database itself; see the migration.
    """

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, primary_key=True, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.TextField()
    open_words = models.TextField(blank=True)

    class Meta:
        db_table = "mt_opinion_words"
        indexes: ClassVar = [models.Index(fields=["consultation", "opinion"], name="mt_opinion_words_of_ix")]

    def __str__(self) -> str:
        return f"words of {self.opinion_id}"
