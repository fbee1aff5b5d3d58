"""The record of the grouping desk: each step, each opinion it moved, each group it changed; before and after, so that it has an inverse.

Ids of groups are plain numbers here: a group may be merged away and come back under the same number.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules.stepping import STEP_LABELS
from mingtang.kernel.text import NOTHING, Text

RUNNING = models.Q(finished_at=None)


class DeskStep(models.Model):
    """One step: by whom, by which machine it was proposed, what it touched; `plan` is what a long one still has to do."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="desk_steps", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)
    engine = models.CharField(max_length=60, blank=True)
    opinions = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undoings")
    undone = models.BooleanField(default=False)
    plan = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "mt_desk_step"
        indexes: ClassVar = [
            models.Index(fields=["consultation", "by", "-number"], name="mt_desk_step_by_ix"),
            models.Index(fields=["consultation", "id"], condition=RUNNING, name="mt_desk_step_running_ix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="mt_desk_step_uq"),
            models.CheckConstraint(condition=models.Q(kind__in=list(STEP_LABELS)), name="mt_desk_step_kind_ck"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}.{self.number} {self.kind}"

    @property
    def label(self) -> Text:
        """What was done."""
        return STEP_LABELS.get(self.kind, NOTHING)


class DeskMove(models.Model):
    """One opinion of a step: the place it had and the one it came to. `was` and `now` hold the words of single replies."""

    step = models.ForeignKey(DeskStep, on_delete=models.CASCADE, related_name="moves", db_index=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="desk_moves", db_index=False)
    was_group = models.BigIntegerField(null=True)
    was_verdict = models.CharField(max_length=16, blank=True)
    was = models.JSONField(default=dict)
    now_group = models.BigIntegerField(null=True)
    now_verdict = models.CharField(max_length=16, blank=True)
    now = models.JSONField(default=dict)

    class Meta:
        db_table = "mt_desk_move"
        indexes: ClassVar = [
            models.Index(fields=["opinion", "-step"], name="mt_desk_move_opinion_ix"),
            models.Index(fields=["now_group", "-step"], name="mt_desk_move_group_ix"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "opinion"], name="mt_desk_move_uq")]

    def __str__(self) -> str:
        return f"{self.opinion_id} in {self.step_id}"


class DeskGroup(models.Model):
    """One group of a step: its fields before and after; nothing stands for a group that was not there."""

    step = models.ForeignKey(DeskStep, on_delete=models.CASCADE, related_name="groups", db_index=False)
    group = models.BigIntegerField()
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)

    class Meta:
        db_table = "mt_desk_group"
        indexes: ClassVar = [models.Index(fields=["group", "-step"], name="mt_desk_group_ix")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "group"], name="mt_desk_group_uq")]

    def __str__(self) -> str:
        return f"group {self.group} in {self.step_id}"
