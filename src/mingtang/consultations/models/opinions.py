"""Opinions, who said them, their counters and the files they came in. An opinion's text never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from mingtang.consultations.models.adopting import OpinionGroup
from mingtang.consultations.models.preparing import Clause, Consultation
from mingtang.consultations.rules import CHANNEL_LABELS, OPINION, STANCE_LABELS, VERDICT_LABELS, blacked
from mingtang.consultations.rules.anchoring import Passage
from mingtang.consultations.rules.masking import flagged_parts
from mingtang.consultations.rules.moderation import VISIBLE
from mingtang.consultations.rules.opinions import WITHHOLD_LABELS
from mingtang.consultations.rules.replies import REASON_LABELS
from mingtang.consultations.rules.taking import BEHALF_LABELS, HELPED_LABELS, behalf_mark, mark_labels
from mingtang.consultations.rules.verifying import ERASED_KEY
from mingtang.kernel.text import NOTHING, Text

if TYPE_CHECKING:
    from mingtang.consultations.models.moderating import OpinionMask

# Parts of the opinions that pages list; each has an index of its own. SQLite sees that a query may use it
# only when the query says the same words, so the queries filter by these very conditions.
MODERATED = ~models.Q(state="received") & ~models.Q(state="doubted")
HOMELESS = models.Q(group__isnull=True, verdict="") & ~models.Q(state="withheld")
GROUPED = models.Q(group__isnull=False)
SINGLE = ~models.Q(verdict="")
MARKED = models.Q(state="received") & ~models.Q(marks="")
UNSKETCHED = models.Q(state="shown", publish_consent=True, sketched=False)
UNWORDED = models.Q(worded=False)
UNANSWERED: dict[str, Any] = {"verdict": "", "reason": "", "reason_code": "", "legal_ref": "", "landed_in": "", "answered_at": None}
ONCE = ~models.Q(verified_once="")
BARE = ~models.Q(verdict="") & models.Q(reason="")
OWN_REPLY = ~models.Q(own_reply="")


class Opinion(models.Model):
    """What somebody said about a draft, through one of the doors."""

    government = models.ForeignKey(
        "accounts.Government", on_delete=models.PROTECT, related_name="+", db_index=False
    )  # nearly all have the same
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField(blank=True)
    stance = models.CharField(max_length=10, default="none")
    channel = models.CharField(max_length=12)
    audience = models.CharField(max_length=20, blank=True)
    author_key = models.CharField(max_length=64)
    display_name = models.CharField(max_length=40, blank=True)
    publish_consent = models.BooleanField(default=True)
    state = models.CharField(max_length=10, default=OPINION.initial)
    withheld_code = models.CharField(max_length=20, blank=True)
    withheld_note = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    receipt = models.CharField(max_length=24, unique=True)
    outside_id = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - NULL means "from no other system"
    entered_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withholding = models.ForeignKey(
        "consultations.Withholding", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    flagged = models.BooleanField(default=False)
    moderated_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moderated_at = models.DateTimeField(null=True)
    group = models.ForeignKey(OpinionGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=12, blank=True)
    legal_ref = models.CharField(max_length=200, blank=True)
    own_reply = models.TextField(blank=True)
    points = models.TextField(blank=True)  # 12:0-8;… as rules.pointing writes them
    landed_in = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    quote = models.TextField(blank=True)
    quote_prefix = models.CharField(max_length=40, blank=True)
    quote_suffix = models.CharField(max_length=40, blank=True)
    quote_start = models.PositiveIntegerField(default=0)
    proposed = models.TextField(blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    on_behalf = models.CharField(max_length=12, default="person")
    organisation = models.CharField(max_length=100, blank=True)
    adds_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="supplements")
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    text_key = models.CharField(max_length=32, blank=True)
    marks = models.CharField(max_length=60, blank=True)
    sketched = models.BooleanField(default=False)
    worded = models.BooleanField(default=False)
    helped = models.CharField(max_length=3, blank=True)
    helped_why = models.CharField(max_length=500, blank=True)
    helped_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_once = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "mt_opinion"
        indexes: ClassVar = [
            models.Index(fields=["consultation", "id"], name="mt_opinion_ix"),
            models.Index(fields=["consultation", "state", "-id"], name="mt_opinion_state_ix"),
            models.Index(fields=["consultation", "-received_at", "-id"], condition=MODERATED, name="mt_opinion_recent_ix"),
            models.Index(fields=["consultation", "clause", "-received_at", "-id"], condition=MODERATED, name="mt_opinion_clause_at_ix"),
            models.Index(fields=["consultation", "id"], condition=HOMELESS, name="mt_opinion_homeless_ix"),
            models.Index(fields=["consultation", "id"], condition=SINGLE, name="mt_opinion_single_ix"),
            models.Index(fields=["consultation", "verdict"], condition=BARE, name="mt_opinion_bare_ix"),
            models.Index(fields=["consultation", "id"], condition=OWN_REPLY, name="mt_opinion_own_ix"),
            models.Index(fields=["consultation", "group", "-id"], condition=GROUPED, name="mt_opinion_group_id_ix"),
            models.Index(fields=["consultation", "author_key"], name="mt_opinion_author_ix"),
            models.Index(fields=["consultation", "text_key"], name="mt_opinion_words_ix"),
            models.Index(fields=["consultation", "id"], condition=MARKED, name="mt_opinion_marked_ix"),
            models.Index(fields=["consultation", "id"], condition=UNSKETCHED, name="mt_opinion_sketch_ix"),
            models.Index(fields=["id"], condition=UNWORDED, name="mt_opinion_unworded_ix"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=OPINION.codes), name="mt_opinion_state_ck"),
            models.CheckConstraint(condition=models.Q(channel__in=list(CHANNEL_LABELS)), name="mt_opinion_channel_ck"),
            models.CheckConstraint(condition=models.Q(stance__in=list(STANCE_LABELS)), name="mt_opinion_stance_ck"),
            models.CheckConstraint(condition=models.Q(verdict="") | models.Q(group__isnull=True), name="mt_opinion_one_place_ck"),
            models.CheckConstraint(condition=models.Q(own_reply="") | models.Q(group__isnull=False), name="mt_opinion_own_reply_ck"),
            models.CheckConstraint(condition=models.Q(reason_code__in=["", *REASON_LABELS]), name="mt_opinion_code_ck"),
            models.CheckConstraint(
                condition=~models.Q(state="withheld") | models.Q(verdict="", group__isnull=True), name="mt_opinion_withheld_ck"
            ),
            models.CheckConstraint(condition=models.Q(on_behalf__in=list(BEHALF_LABELS)), name="mt_opinion_behalf_ck"),
            models.CheckConstraint(condition=models.Q(helped__in=["", *HELPED_LABELS]), name="mt_opinion_helped_ck"),
            models.UniqueConstraint(fields=["consultation", "outside_id"], name="mt_opinion_outside_uq"),
            models.CheckConstraint(condition=models.Q(verified_at=None) | ~models.Q(verified_by=""), name="mt_opinion_verified_ck"),
            models.UniqueConstraint(fields=["consultation", "verified_once"], condition=ONCE, name="mt_opinion_once_uq"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return OPINION.label(self.state)

    @property
    def stance_label(self) -> Text:
        """The stance's name."""
        return STANCE_LABELS[self.stance]

    @property
    def channel_label(self) -> Text:
        """The channel's name."""
        return CHANNEL_LABELS[self.channel]

    @property
    def verdict_label(self) -> Text:
        """The name of the verdict of a single reply."""
        return VERDICT_LABELS.get(self.verdict, NOTHING)

    @property
    def reason_label(self) -> Text:
        """The kind of reason of a single reply."""
        return REASON_LABELS.get(self.reason_code, NOTHING)

    @property
    def is_public(self) -> bool:
        """Whether anybody may read its words: shown, with its author's consent."""
        return self.state in VISIBLE and self.publish_consent

    @property
    def standing_masks(self) -> list[OpinionMask]:
        """The pieces blacked out now; lists that ask for many prefetch ``masks``."""
        return [each for each in self.masks.all() if each.undone_at is None]

    @property
    def masked_text(self) -> str:
        """The words as the public reads them: what names a person and what a moderator marked blacked out."""
        return blacked(self.text, (each.quote for each in self.standing_masks))

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The words in parts, those that name a person marked."""
        return flagged_parts(self.text)

    @property
    def masked_proposed(self) -> str:
        """The proposed wording, masked in the same way."""
        return blacked(self.proposed, (each.quote for each in self.standing_masks))

    @property
    def passage(self) -> Passage:
        """The passage of its clause it speaks about; an empty one when it speaks about the whole clause."""
        return Passage(self.quote, self.quote_prefix, self.quote_suffix, self.quote_start)

    @property
    def behalf_mark(self) -> Text:
        """For whom it was said, when not for its author."""
        return behalf_mark(self.on_behalf)

    @property
    def is_verified(self) -> bool:
        """Whether an identity provider proved that its author is one real person; who, nobody here knows."""
        return self.verified_at is not None

    @property
    def leads_to_somebody(self) -> bool:
        """Whether its key was made of a verified person's identity, and was not erased since."""
        return self.is_verified and not self.author_key.startswith(ERASED_KEY)

    @property
    def helped_label(self) -> Text:
        """Whether its author says that the reply answered."""
        return HELPED_LABELS.get(self.helped, NOTHING)

    @property
    def mark_labels(self) -> tuple[Text, ...]:
        """What the moderator is told about it."""
        return mark_labels(self.marks)

    @property
    def withheld_label(self) -> Text:
        """Why it is not shown."""
        return WITHHOLD_LABELS.get(self.withheld_code, NOTHING)


class OpinionPair(models.Model):
    """One pair of signs of a shown opinion's sketch: the index by which similar opinions are found."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+", db_index=False)
    clause_key = models.BigIntegerField(default=0)
    pair = models.IntegerField()
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="pairs")

    class Meta:
        db_table = "mt_opinion_pair"
        indexes: ClassVar = [models.Index(fields=["consultation", "clause_key", "pair", "-opinion"], name="mt_opinion_pair_ix")]

    def __str__(self) -> str:
        return f"{self.pair} of {self.opinion_id}"


class OpinionContact(models.Model):
    """Who said it and how to reach them: personal data, behind its own permission, each look recorded."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    consent_version = models.CharField(max_length=20, default="2026-01")
    consent_at = models.DateTimeField()

    class Meta:
        db_table = "mt_opinion_contact"

    def __str__(self) -> str:
        return f"contact of {self.opinion_id}"


class OpinionFile(models.Model):
    """An attachment of an opinion; for staff only."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_opinion_file"

    def __str__(self) -> str:
        return str(self.file)


class Tally(models.Model):
    """Counters of a consultation, kept in the transaction that changes them.

    Dimensions: ``all``, ``day``, ``channel``, ``audience``, ``state``, ``clause``, ``stance`` (clause:stance), ``verified`` of what was received; ``grouped``
    and ``single`` (by verdict) of where it is; ``people``, distinct authors of what is not withheld; ``withheld`` (by reason)
    and ``appeal`` (by state) of what moderation did; ``helped``, whether authors say that the reply answered them; of a published report ``traced`` and ``why`` (kind of reason).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="tallies")
    dimension = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    number = models.IntegerField(default=0)

    class Meta:
        db_table = "mt_tally"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "dimension", "key"], name="mt_tally_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}:{self.key}={self.number}"
