"""The draw of a hearing's seats."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.hearings.models.hearing import Hearing
from mingtang.platform.drawing.rows import DrawFields


class HearingDraw(DrawFields):
    """One draw of a hearing's seats; one annulled before its randomness, or corrected after, stays with its reason."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="draws")

    class Meta:
        db_table = "mt_hearing_draw"
        constraints: ClassVar = [models.UniqueConstraint(fields=["hearing", "number"], name="mt_hearing_draw_uq")]

    def __str__(self) -> str:
        return f"{self.hearing} {self.number}"
