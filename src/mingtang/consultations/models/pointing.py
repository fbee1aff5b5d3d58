"""Which opinions have a point in which group: found by the group, while the opinion itself holds where in its text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.adopting import OpinionGroup
from mingtang.consultations.models.opinions import Opinion


class OpinionPoint(models.Model):
    """One opinion with a point in a group; written together with `Opinion.points`, never alone."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(OpinionGroup, on_delete=models.PROTECT, related_name="points", db_index=False)

    class Meta:
        db_table = "mt_opinion_point"
        indexes: ClassVar = [models.Index(fields=["group", "opinion"], name="mt_opinion_point_group_ix")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["opinion", "group"], name="mt_opinion_point_uq")]

    def __str__(self) -> str:
        return f"{self.opinion_id} in {self.group_id}"
