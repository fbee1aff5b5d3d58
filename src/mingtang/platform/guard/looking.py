"""Looking one thing through: its texts each time, its files once for each content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.urls import reverse

from mingtang.kernel.text import Text, same, t
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.files.keep import content_of
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard.core.clean import CLEANED
from mingtang.platform.guard.core.kinds import Finding, Place, found, restored
from mingtang.platform.guard.core.patterns import contacts
from mingtang.platform.guard.core.scan import VERSION, UnreadableError, scan_file, scan_words
from mingtang.platform.guard.models import Clearance, Scan
from mingtang.platform.guard.subjects import Material, titles_closed_in

UNCLEANABLE = frozenset({"tracked_change", "signed", "unreadable"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thing stands before the guard, in one line of its page."""

    stops: int
    cleared: int
    told: int
    url: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding of one part of a thing, and its clearance when somebody gave one."""

    source: Text
    finding: Finding
    fingerprint: str
    clearance: Clearance | None = None
    stripped: bool = False

    @property
    def stops(self) -> bool:
        """Whether it still keeps the thing from going public."""
        return self.finding.level == "block" and self.clearance is None and not self.stripped

    @property
    def place(self) -> Text:
        """Where it stands within its part."""
        return self.finding.place.label


def look(material: Material, now: datetime) -> list[Seen]:
    """Every finding of a thing, those that stop it first."""
    allowed, titles = published_contacts(material), titles_closed_in(material.government_id, but=material.title)
    given = Clearance.objects.filter(government_id=material.government_id, subject_kind=material.kind, subject_id=material.id)
    cleared = {row.fingerprint: row for row in given.select_related("cleared_by")}
    seen = [
        Seen(source, each, mark, cleared.get(mark), stripped=each.what.stripped and cleanable)
        for source, digest, findings, cleanable in _parts(material, allowed, titles, now)
        for each in findings
        for mark in (fingerprint(digest, each),)
    ]
    return sorted(dict.fromkeys(seen), key=lambda each: (not each.stops, each.finding.level != "block"))


def published_contacts(material: Material) -> frozenset[str]:
    """The landlines and mails the thing itself gives, and those of the government and its departments."""
    home = Government.objects.get(pk=material.government_id)
    phones = Department.objects.filter(government_id=material.government_id).exclude(phone="").values_list("phone", flat=True)
    return contacts(*material.contacts, home.phone, home.email, *phones)


def standing(material: Material, now: datetime) -> Standing:
    """The numbers of findings that stop a thing, were cleared, or are only told."""
    seen = look(material, now)
    stops, cleared = sum(each.stops for each in seen), sum(each.clearance is not None for each in seen)
    return Standing(stops, cleared, len(seen) - stops - cleared, reverse("workspace:guard", args=[material.kind, material.id]))


def _parts(
    material: Material, allowed: frozenset[str], titles: frozenset[str], now: datetime
) -> Iterator[tuple[Text, str, list[Finding], bool]]:
    names = "\n".join(dict.fromkeys(file.name for file in material.files))
    for label, words in (*material.texts, (t("文件名", "File names"), names)):
        digest = sha256(words.encode()).hexdigest()
        yield label, digest, scan_words(words, allowed=allowed, titles=titles), False
    keys = {file.pk: _key(file, allowed, titles) for file in material.files}
    known = {row.key: row for row in Scan.objects.filter(key__in=set(keys.values()))}
    for file in material.files:
        kept = known.get(keys[file.pk])
        findings = [restored(each) for each in kept.findings] if kept else _scan(file, allowed, titles, now)
        cleanable = ending(file) in CLEANED and UNCLEANABLE.isdisjoint(each.kind for each in findings)
        yield same(file.name), file.sha256, findings, cleanable


def ending(file: StoredFile) -> str:
    """The kind of a kept file, by its name."""
    return file.name.rpartition(".")[2].lower()


def of_file(file: StoredFile, allowed: frozenset[str], titles: frozenset[str], now: datetime) -> list[Finding]:
    """The findings of a kept file: remembered, or found now and remembered."""
    kept = Scan.objects.filter(key=_key(file, allowed, titles)).first()
    return [restored(each) for each in kept.findings] if kept else _scan(file, allowed, titles, now)


def _key(file: StoredFile, allowed: frozenset[str], titles: frozenset[str]) -> str:
    facts = (str(VERSION), file.sha256, ending(file), *sorted(allowed), "", *sorted(titles))
    return sha256("\n".join(facts).encode()).hexdigest()


def _scan(file: StoredFile, allowed: frozenset[str], titles: frozenset[str], now: datetime) -> list[Finding]:
    try:
        findings = scan_file(content_of(file), file.name, allowed=allowed, titles=titles)
    except UnreadableError:
        findings = [found("unreadable", Place("whole"))]
    key = _key(file, allowed, titles)
    Scan.objects.get_or_create(key=key, defaults={"findings": [each.stored() for each in findings], "scanned_at": now})
    return findings


def fingerprint(digest: str, finding: Finding) -> str:
    """What a clearance is given for: this finding in this very content."""
    place = finding.place
    return sha256("|".join((digest, finding.kind, place.code, str(place.n), place.name, finding.excerpt)).encode()).hexdigest()
