"""Tables of house rules, people, invitations, proof of notice, presence."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from mingtang.kernel.text import Text
from mingtang.representatives.rules import DOOR_LABELS, INVITATION, METHOD_LABELS, POOL, SOURCES, WAYS
from mingtang.topics.rules import AUDIENCE_LABELS


class HouseRules(models.Model):
    """A department's rules on selection, duties, organisation and discipline, in versions (3.2b)."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    selection = models.TextField()
    duties = models.TextField()
    organisation = models.TextField()
    discipline = models.TextField()
    in_force_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_house_rules"
        constraints: ClassVar = [models.UniqueConstraint(fields=["department", "version"], name="mt_house_rules_uq")]

    def __str__(self) -> str:
        return f"{self.department} v{self.version}"


class Representative(models.Model):
    """Somebody who may be invited; contact data are in a table of their own."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    nominated_by = models.CharField(max_length=120, blank=True)
    publish_name = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="listed")  # those whom staff add are known to them; who comes forward waits
    source = models.CharField(max_length=10, default="office")
    area = models.CharField(max_length=40, blank=True)
    trade = models.CharField(max_length=40, blank=True)
    specialities = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    renewed_on = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - unique where there is one
    token = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - unique where there is one
    form_token = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mt_representative"
        indexes: ClassVar = [
            models.Index(fields=["government", "audience", "-id"], name="mt_representative_ix"),
            models.Index(fields=["government", "state", "-id"], name="mt_representative_st_ix"),
            models.Index(fields=["government", "state", "audience", "-id"], name="mt_representative_au_ix"),
            models.Index(fields=["government", "state", "area", "-id"], name="mt_representative_ar_ix"),
            models.Index(fields=["government", "state", "trade", "-id"], name="mt_representative_tr_ix"),
            models.Index(fields=["state", "until_on"], name="mt_representative_un_ix"),
            models.Index(fields=["government", "form_token"], name="mt_representative_fo_ix"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(state__in=POOL.codes), name="mt_representative_st_ck")]

    def __str__(self) -> str:
        return f"R-{self.pk}"  # the journal keeps this for ever, so it names nobody

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return POOL.label(self.state)

    @property
    def source_label(self) -> Text:
        """How they came into the pool."""
        return SOURCES[self.source]

    @property
    def audience_label(self) -> Text:
        """The audience's name."""
        return AUDIENCE_LABELS[self.audience]


class RepresentativeContact(models.Model):
    """How to reach a representative; each look is recorded."""

    representative = models.OneToOneField(Representative, on_delete=models.CASCADE, related_name="contact")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        db_table = "mt_representative_contact"

    def __str__(self) -> str:
        return f"contact of {self.representative_id}"


class Invitation(models.Model):
    """One seat of one person at one item."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="invitations")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="invitations")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="invitations")
    audience = models.CharField(max_length=20)
    method = models.CharField(max_length=12)
    method_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default=INVITATION.initial)
    token = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=9, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    rules = models.ForeignKey(HouseRules, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    requirements = models.TextField(blank=True)
    noticed_at = models.DateTimeField(null=True)
    noticed_by_door = models.CharField(max_length=10, blank=True)
    delivered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_words = models.CharField(max_length=200, blank=True)
    unfilled_at = models.DateTimeField(null=True)
    unfilled_why = models.CharField(max_length=12, blank=True)
    in_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)
    publish_name = models.BooleanField(default=False)

    class Meta:
        db_table = "mt_invitation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "representative"], name="mt_invitation_uq"),
            models.UniqueConstraint(fields=["meeting", "code"], condition=~models.Q(code=""), name="mt_invitation_code_uq"),
            models.CheckConstraint(condition=models.Q(state__in=INVITATION.codes), name="mt_invitation_state_ck"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meeting", "state"], name="mt_invitation_meeting_ix"),
            models.Index(fields=["meeting", "id"], name="mt_invitation_page_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.representative} {self.meeting_id}"

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return INVITATION.label(self.state)

    @property
    def audience_label(self) -> Text:
        """The audience's name."""
        return AUDIENCE_LABELS[self.audience]

    @property
    def method_label(self) -> Text:
        """How the person was found."""
        return METHOD_LABELS[self.method]

    @property
    def door_label(self) -> Text:
        """Through which door the notice went."""
        return DOOR_LABELS[self.noticed_by_door]

    @property
    def reached_at(self) -> datetime | None:
        """When it is known that the notice reached the person: their own act, else a delivery that did not come back."""
        came_back = self.delivered_at is not None and self.bounced_at is not None and self.bounced_at >= self.delivered_at
        return self.opened_at or self.acknowledged_at or (None if came_back else self.delivered_at)

    @property
    def is_inside(self) -> bool:
        """Whether the person is in the room."""
        return self.in_at is not None and self.out_at is None


class Material(models.Model):
    """A paper handed to one person: which version, by its hash, when it came and when they fetched it.

    `withdrawn_at` says that a newer version took its place; `difference` is what changed from the one before.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey("topics.TopicDocument", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    marked = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    difference = models.JSONField(default=list)

    class Meta:
        db_table = "mt_material"
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "document"], name="mt_material_uq")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.document_id}"


class CheckIn(models.Model):
    """One way through the door: in or out, during which item, when, how it was noted.

    `key` names it on the device that noted it, so that it counts once however often it is handed in.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="checkins")
    item = models.ForeignKey("meetings.AgendaItem", null=True, on_delete=models.PROTECT, related_name="+")
    inward = models.BooleanField()
    way = models.CharField(max_length=10)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        db_table = "mt_check_in"
        indexes: ClassVar = [models.Index(fields=["invitation", "at", "id"], name="mt_check_in_ix")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {'in' if self.inward else 'out'}"

    @property
    def way_label(self) -> Text:
        """How it was noted."""
        return WAYS[self.way]
