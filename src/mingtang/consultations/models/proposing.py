"""Groups the machine proposes: kept apart from the groups until a person accepts them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from mingtang.consultations.models.adopting import OpinionGroup
from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Consultation
from mingtang.consultations.rules.proposing import GROUP_PROPOSAL, LAYER_LABELS, RUN
from mingtang.kernel.text import NOTHING, Text

OPEN = models.Q(state="open")
UNFINISHED = models.Q(state="waiting")


def index_folder(consultation_id: int) -> Path:
    """Where the engine keeps the index of a consultation's words."""
    return Path(settings.MEDIA_ROOT) / "grouping" / str(consultation_id)


class GroupingRun(models.Model):
    """One run of the grouping engine over a consultation: by whom, with which version, how much it read and proposed."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="grouping_runs")
    state = models.CharField(max_length=10, default=RUN.initial)
    engine = models.CharField(max_length=60, blank=True)
    opinions = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_grouping_run"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=RUN.codes), name="mt_grouping_run_state_ck"),
            models.UniqueConstraint(fields=["consultation"], condition=UNFINISHED, name="mt_grouping_run_one_uq"),
        ]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.consultation_id}"


class GroupProposal(models.Model):
    """Opinions without a place that seem to say the same: for a new group, or for one there is (`near`).

    `title` is what speaks for them; the counts are of the moment the run ended.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(GroupingRun, on_delete=models.CASCADE, related_name="proposals")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="group_proposals", db_index=False)
    near = models.ForeignKey(OpinionGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=GROUP_PROPOSAL.initial)
    opinions_count = models.PositiveIntegerField(default=0)
    people_count = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_group_proposal"
        indexes: ClassVar = [
            models.Index(fields=["consultation", "-people_count", "-id"], condition=OPEN, name="mt_group_proposal_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=GROUP_PROPOSAL.codes), name="mt_group_proposal_state_ck")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return GROUP_PROPOSAL.label(self.state)


class ProposedOpinion(models.Model):
    """One opinion of a proposal, and by which layer of the engine it came there."""

    proposal = models.ForeignKey(GroupProposal, on_delete=models.CASCADE, related_name="members")
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="+")
    layer = models.CharField(max_length=10)

    class Meta:
        db_table = "mt_proposed_opinion"
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "opinion"], name="mt_proposed_opinion_uq")]

    def __str__(self) -> str:
        return f"{self.opinion_id} in {self.proposal_id}"

    @property
    def layer_label(self) -> Text:
        """How it came into the proposal."""
        return LAYER_LABELS.get(self.layer, NOTHING)
