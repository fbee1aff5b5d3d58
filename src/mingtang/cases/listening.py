"""The events that need the opinions: receiving, moderating, grouping, answering; those from outside too."""

from __future__ import annotations

from collections import defaultdict
from email.message import EmailMessage

from mingtang.cases.drafting import TAKEN
from mingtang.cases.moments import moment
from mingtang.cases.placing import place_outside
from mingtang.cases.player import Play, verb
from mingtang.cases.reading import Event
from mingtang.cases.rows import OpinionRow
from mingtang.consultations import actions
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.queries import answer_of, answered, clause_ids, group_choices, ids_by_outside
from mingtang.consultations.rules.mails import code_of
from mingtang.platform.actor import Actor, Role, system
from mingtang.platform.guard import gate
from mingtang.platform.guard.looking import look
from mingtang.platform.mailbox.reading import read_letter

PREFIX = "case:"


@verb("opinions")
def opinions(run: Play, event: Event) -> None:
    """Take the case's opinions (those of days up to now), then those from outside."""
    labels = clause_ids(run.ids["consultation"])
    given = (_given(run, each, labels) for each in run.case.opinions)
    who = run.who(event)
    actions.receive_many(
        run.ids["consultation"], (each for each in given if each.received_at is None or each.received_at <= event.at), **who
    )
    if run.outside is not None:
        actions.receive_many(run.ids["consultation"], run.outside(labels), **who)


def _given(run: Play, row: OpinionRow, labels: dict[str, int]) -> OpinionIn:
    return OpinionIn(
        text=row.text,
        stance=row.stance or "none",
        channel=row.channel,
        clause_id=labels.get(row.clause),
        author=row.author or f"line {row.line}",
        received_at=moment(row.day, run.today) if row.day else None,
        outside_id=f"{PREFIX}{row.line}",
    )


@verb("mail")
def mail(run: Play, event: Event) -> None:
    """An e-mail comes into the box; ``{code}`` in its subject becomes the code of the case's consultation."""
    code = code_of(run.government.code_prefix, run.ids["consultation"])
    made = EmailMessage()
    made["From"] = event.fields.get("sender", "a@example.org")
    made["Subject"] = str(event.fields["subject"]).replace("{code}", code)
    made["Message-ID"] = f"<{event.number}.{run.ids['consultation']}@example.org>"
    if event.fields.get("automatic"):
        made["Auto-Submitted"] = "auto-replied"
    made.set_content(event.fields["text"])
    if name := event.fields.get("file"):
        made.add_attachment(run.case.bytes(name), maintype="application", subtype="octet-stream", filename=name)
    actions.store_mail(read_letter(made.as_bytes()), received_at=event.at, actor=system(run.government.pk), now=event.at)


@verb("moderate")
def moderate(run: Play, event: Event) -> None:
    """Show what is fit to be shown; withhold the rest with its reason ("!abuse" in the file); "?" waits.

    Who acts proposes, another moderator of the cast confirms. What came by ``take_part`` is shown.
    """
    who = run.who(event)
    found = ids_by_outside(run.ids["consultation"])
    shown, withheld = [pk for key, pk in found.items() if key.startswith(f"form:{TAKEN}")], defaultdict[str, list[int]](list)
    for row in run.case.opinions:
        pk = found.pop(f"{PREFIX}{row.line}", None)
        if pk is None or row.group.startswith("?"):
            continue
        if row.group.startswith("!"):
            withheld[row.group[1:]].append(pk)
        else:
            shown.append(pk)
    actions.show_opinions(run.ids["consultation"], shown, **who)
    for code, ids in withheld.items():
        actions.propose_withholding(run.ids["consultation"], ids, **who, code=code)
        actions.confirm_withholding(run.ids["consultation"], ids, actor=_second(run, event), now=event.at)
    if run.outside is not None:
        actions.show_all(run.ids["consultation"], **who)


def _second(run: Play, event: Event) -> Actor:
    """Another moderator of the cast, who confirms what the first proposed."""
    first = run.actor(event)
    others = (each for each in run.actors.values() if each.holds(Role.MODERATOR) and each.person_id != first.person_id)
    return next(others, first)


@verb("clear")
def clear(run: Play, event: Event) -> None:
    """A reviewer clears the guard's findings of one kind (`finding`) on the case's consultation or report (`of`)."""
    who = run.who(event)
    material = gate.material_of(who["actor"], event.fields.get("of", "consultation"), run.ids["consultation"])
    for seen in look(material, event.at):
        if seen.stops and seen.finding.kind == event.fields["finding"]:
            gate.clear_finding(material, seen.fingerprint, **who, reason=event.fields["reason"])


@verb("answer")
def answer(run: Play, event: Event) -> None:
    """Group the opinions as the case says, answer each group, answer the single ones ("-id" in the file)."""
    who = run.who(event)
    consultation = run.ids["consultation"]
    found = ids_by_outside(consultation)
    members = defaultdict[str, list[int]](list)
    for row in run.case.opinions:
        if row.group and not row.group.startswith(("!", "?")) and f"{PREFIX}{row.line}" in found:
            members[row.group.lstrip("-")].append(found[f"{PREFIX}{row.line}"])
    for key, ids in members.items():
        each = run.case.groups[key]
        reply = {name: each.get(name, "") for name in ("verdict", "reason", "reason_code", "legal_ref", "landed_in")}
        if each.get("single"):
            actions.answer_opinions(consultation, ids, **who, **reply)
        else:
            group = actions.group_opinions(consultation, ids, **who, title=each["title"])
            actions.answer_group(group.pk, **who, **reply)
    if run.outside is not None:
        place_outside(consultation, who, run.say)


@verb("correct_answer")
def correct_answer(run: Play, event: Event) -> None:
    """Ask for another answer of a published group; fields that are not given stay as they are."""
    found = dict(group_choices(run.ids["consultation"]))
    title = run.case.groups[event.fields["group"]]["title"]
    group_id = next(pk for pk, label in found.items() if label.startswith(f"{title} ("))
    group = answered(run.ids["consultation"], group_id, None)
    assert group is not None
    given = {name: event.fields.get(name, value) for name, value in answer_of(group).items()}
    made = actions.ask_correction(
        run.ids["consultation"],
        actor=run.actor(event),
        now=event.at,
        answer=actions.AnswerIn(**given),
        why=event.fields["why"],
        group_id=group_id,
    )
    run.ids["correction"] = made.pk


@verb("approve_correction")
def approve_correction(run: Play, event: Event) -> None:
    """The office publishes the correction asked for last."""
    actions.publish_correction(run.ids["correction"], **run.who(event))
