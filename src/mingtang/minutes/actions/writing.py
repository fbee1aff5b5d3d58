"""Writing the minutes: composed from what happened, section by section, several people at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import policy, queries, rules
from mingtang.minutes.models import Minutes, MinutesSection, SectionDraft, SectionText
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for


def row_of(meeting_id: int, actor: Actor, now: datetime) -> Minutes:
    """The minutes of a meeting, begun if need be; the meeting is locked, so writers of one text wait for each other."""
    meeting = meeting_queries.for_update(meeting_id)
    row, _ = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"government_id": meeting.government_id, "drafted_by_id": actor.person, "changed_at": now}
    )
    return row


def _drafting(row: Minutes) -> None:
    if row.state != "drafting":
        no(
            t("纪要现在是“{state}”，不能直接改。", "The minutes are “{state}”; they cannot be changed directly.", state=row.state_label),
            "3.2e",
            t("已送审的请收回或退回，已印发的请更正。", "Have them taken back or returned, or correct them once issued."),
            code="wrong_state",
        ).require()


@transaction.atomic
def compose_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """Put the draft together from what happened; what stood there before stays as an older version of its section.

    Who was present and excused is filled in only where nobody has written yet; other business is left alone.
    """
    policy.may_draft(actor).require()
    row = row_of(meeting_id, actor, now)
    _drafting(row)
    there = {each.key: each for each in row.sections.all()}
    made = queries.compose(meeting_id, figures_for(row.government_id, day_of(now)))
    for place, part in enumerate(made.parts, 1):
        section = there.pop(part.key, None) or _opened(row, part.key, part.item_id, now)
        section.heading, section.position = part.heading, place
        section.save(update_fields=["heading", "position"])
        if part.text is not None and (part.key in made.always or not section.text.strip()):
            _put(row, section, part.text, actor, now, composed=True)
    for gone in there.values():  # the item left the agenda, or was closed to the public: its words go out of the text, not out of the house
        MinutesSection.objects.filter(pk=gone.pk).update(heading="")
        _put(row, gone, "", actor, now, composed=True)
    _join(row, now)
    record("minutes.compose", row, actor=actor, now=now, clause="3.2e")
    return row


def _opened(row: Minutes, key: str, item_id: int | None, now: datetime) -> MinutesSection:
    return MinutesSection.objects.create(minutes=row, key=key, item_id=item_id, position=0, changed_at=now)


def _put(row: Minutes, section: MinutesSection, text: str, actor: Actor, now: datetime, *, composed: bool = False) -> None:
    if section.text == text and section.version:
        return
    section.text, section.version, section.changed_by_id, section.changed_at = text, section.version + 1, actor.person_id, now
    section.save(update_fields=["text", "version", "changed_by", "changed_at"])
    SectionText.objects.create(
        section=section,
        version=section.version,
        text=text,
        composed=composed,
        of_issue=row.version,
        written_by_id=actor.person_id,
        written_at=now,
    )


def _join(row: Minutes, now: datetime) -> None:
    """The whole text anew from its sections; whoever calls holds the lock of the meeting."""
    sections = list(row.sections.all())
    names = {each.key: each.text.strip() for each in sections}
    row.body = rules.joined(rules.Part(each.key, each.heading, each.text) for each in sections if each.key not in rules.LISTS)
    row.attendees, row.excused, row.observers = (names.get(key, "") for key in rules.LISTS)
    row.changed_at = now
    row.save(update_fields=["body", *rules.LISTS, "changed_at"])


def write_section(section_id: int, *, actor: Actor, now: datetime, text: str, base: int) -> MinutesSection:
    """Save a section that was written on version `base`.

    When somebody else saved meanwhile, this is refused with the code "conflict"; the words were kept as a draft before,
    in a transaction of their own, so that the refusal cannot take them along.
    """
    keep_draft(section_id, actor=actor, now=now, text=text, base=base)
    return _write(section_id, actor=actor, now=now, text=text, base=base)


@transaction.atomic
def _write(section_id: int, *, actor: Actor, now: datetime, text: str, base: int) -> MinutesSection:
    row, section = _section(section_id, actor, now)
    text = _clean(text)
    rules.may_write(section.version, base, same=section.text == text).require()
    SectionDraft.objects.filter(section=section, person_id=actor.person).delete()
    if section.text == text:
        return section
    _put(row, section, text, actor, now)
    _join(row, now)
    record("minutes.write", row, actor=actor, now=now, data={"section": section.key, "version": section.version})
    return section


def _section(section_id: int, actor: Actor, now: datetime) -> tuple[Minutes, MinutesSection]:
    """A section that may be written, under the lock of its meeting."""
    policy.may_draft(actor).require()
    meeting_id = queries.meeting_of_section(section_id)
    row = row_of(meeting_id, actor, now)
    require_own(row, actor)
    _drafting(row)
    return row, MinutesSection.objects.get(pk=section_id)


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


@transaction.atomic
def keep_draft(section_id: int, *, actor: Actor, now: datetime, text: str, base: int) -> SectionDraft | None:
    """Keep what a person typed and has not saved, so that it survives a reload; nothing when it is what stands there.

    No act is recorded: nobody else sees a draft.
    """
    rules.may_fit(text).require()
    _row, section = _section(section_id, actor, now)
    text = _clean(text)
    mine = SectionDraft.objects.filter(section=section, person_id=actor.person)
    if text == section.text or not 0 <= base <= section.version:
        mine.delete()
        return None
    made, _ = SectionDraft.objects.update_or_create(
        section=section, person_id=actor.person, defaults={"text": text, "base": base, "kept_at": now}
    )
    return made


@transaction.atomic
def drop_draft(section_id: int, *, actor: Actor, now: datetime) -> MinutesSection:
    """Give up what one typed and had not saved: the saved text stands."""
    _row, section = _section(section_id, actor, now)
    SectionDraft.objects.filter(section=section, person_id=actor.person).delete()
    return section


@transaction.atomic
def restore_section(section_id: int, *, actor: Actor, now: datetime, version: int, base: int) -> MinutesSection:
    """Bring an older version of a section back as its newest; refused when somebody saved meanwhile."""
    row, section = _section(section_id, actor, now)
    older = SectionText.objects.filter(section=section, version=version).first()
    if older is None:
        queries.NO_SECTION.require()
    assert older is not None
    rules.may_write(section.version, base, same=section.text == older.text).require()
    if section.text != older.text:
        _put(row, section, older.text, actor, now)
        _join(row, now)
        record("minutes.restore", row, actor=actor, now=now, data={"section": section.key, "version": version})
    return section
