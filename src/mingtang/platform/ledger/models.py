"""One log a government: its keys, its entries (the leaves), the complete nodes above them, its signed heads."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from mingtang.engines.ledger.hashing import DEFAULT


class Ledger(models.Model):
    """The log of one government. Whoever holds this row's lock is the one sequencer."""

    government = models.OneToOneField("accounts.Government", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    algorithm = models.CharField(max_length=10, default=DEFAULT)
    size = models.BigIntegerField(default=0)

    class Meta:
        db_table = "mt_ledger"

    def __str__(self) -> str:
        return self.name


class LedgerKey(models.Model):
    """The public half of a key, with its first and last day; the private half lies in a file."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="keys")
    fingerprint = models.CharField(max_length=32, unique=True)
    public = models.CharField(max_length=64)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "mt_ledger_key"

    def __str__(self) -> str:
        return self.fingerprint


class LedgerEntry(models.Model):
    """One entry: signed at once, given its position by the sequencer. Only `position` and `secret` ever change.

    `body` is the canonical text the leaf is the hash of. `secret` opens what was committed to; erasing destroys it.
    """

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    body = models.TextField()
    leaf = models.CharField(max_length=64)
    key = models.CharField(max_length=32)
    signature = models.CharField(max_length=88)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    secret = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 - NULL: erased, or nothing was committed to

    class Meta:
        db_table = "mt_ledger_entry"
        indexes: ClassVar = [
            models.Index(fields=["government", "leaf"], name="mt_ledger_leaf_ix"),
            models.Index(fields=["subject_type", "subject_id"], name="mt_ledger_subject_ix"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["government", "position"], name="mt_ledger_position_uq")]

    def __str__(self) -> str:
        return f"{self.kind} {self.leaf[:12]}"


WIDTH = 2**48


def place_of_node(level: int, index: int) -> int:
    """Level and index in one number, so that many nodes are found by one list."""
    return level * WIDTH + index


class LedgerNode(models.Model):
    """A complete node at level 1 or above; level 0 is the entry itself. Written once."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "mt_ledger_node"
        constraints: ClassVar = [models.UniqueConstraint(fields=["government", "place"], name="mt_ledger_node_uq")]

    def __str__(self) -> str:
        return f"{self.place // WIDTH}:{self.place % WIDTH}"


class TreeHead(models.Model):
    """A signed head: so many entries under this root. Written once."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+", db_index=False)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    signed = models.JSONField()

    class Meta:
        db_table = "mt_tree_head"
        constraints: ClassVar = [models.UniqueConstraint(fields=["government", "size"], name="mt_tree_head_uq")]

    def __str__(self) -> str:
        return f"{self.size}"

    @property
    def root(self) -> str:
        """The root in hex."""
        signed: dict[str, Any] = self.signed
        return str(signed["root"])
