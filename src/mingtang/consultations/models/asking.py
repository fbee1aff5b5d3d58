"""What the draft asks besides opinions: alternatives, questions and their answers, questions from people, terms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingtang.consultations.models.opinions import Opinion
from mingtang.consultations.models.preparing import Clause, Consultation
from mingtang.consultations.rules.asking import INQUIRY, QUESTION_KINDS
from mingtang.kernel.text import Text


class AlternativeSet(models.Model):
    """Options A, B, C for one clause or for the whole draft, shown side by side."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="alternative_sets")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.CASCADE, related_name="alternative_sets")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)

    class Meta:
        db_table = "mt_alternative_set"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class Alternative(models.Model):
    """One option: its letter, its words, what it would mean."""

    set = models.ForeignKey(AlternativeSet, on_delete=models.CASCADE, related_name="options")
    letter = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    effects = models.TextField(blank=True)

    class Meta:
        db_table = "mt_alternative"
        ordering = ("letter",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["set", "letter"], name="mt_alternative_uq")]

    def __str__(self) -> str:
        return f"{self.letter} {self.title}"


class Choice(models.Model):
    """The option an opinion chose."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="choices")
    set = models.ForeignKey(AlternativeSet, on_delete=models.PROTECT, related_name="+")
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "mt_choice"
        constraints: ClassVar = [models.UniqueConstraint(fields=["opinion", "set"], name="mt_choice_uq")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.alternative_id}"


class Question(models.Model):
    """A question put with the draft."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="asked")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    words = models.CharField(max_length=300)
    steps = models.PositiveSmallIntegerField(default=5)
    low = models.CharField(max_length=40, blank=True)
    high = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "mt_question"
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=list(QUESTION_KINDS)), name="mt_question_kind_ck"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def kind_label(self) -> Text:
        """The kind's name."""
        return QUESTION_KINDS[self.kind]


class QuestionOption(models.Model):
    """An answer one may choose."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        db_table = "mt_question_option"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.words


class Answer(models.Model):
    """What an opinion answered to a question: an option, a number or words; several rows for several options."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    option = models.ForeignKey(QuestionOption, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        db_table = "mt_answer"
        indexes: ClassVar = [models.Index(fields=["question", "-id"], name="mt_answer_ix")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.question_id}"


class Inquiry(models.Model):
    """A question about the draft with the department's answer; public once somebody else has reviewed it."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="inquiries")
    state = models.CharField(max_length=10, default=INQUIRY.initial)
    words = models.TextField()
    by_staff = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    token = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - NULL means "from no form"
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mt_inquiry"
        indexes: ClassVar = [models.Index(fields=["consultation", "state", "-id"], name="mt_inquiry_state_ix")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=INQUIRY.codes), name="mt_inquiry_state_ck"),
            models.UniqueConstraint(fields=["consultation", "token"], name="mt_inquiry_token_uq"),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def state_label(self) -> Text:
        """The state's name."""
        return INQUIRY.label(self.state)


class Term(models.Model):
    """A word of the draft and what it means."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40)
    explanation = models.CharField(max_length=400)

    class Meta:
        db_table = "mt_term"
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["consultation", "term"], name="mt_term_uq")]

    def __str__(self) -> str:
        return self.term
