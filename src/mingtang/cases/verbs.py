"""What the events of a case mean: one action each."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingtang.cases.moments import moment
from mingtang.cases.papers import Head
from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.consultations import actions as consultations
from mingtang.consultations.actions.preparing import ClauseIn
from mingtang.consultations.rules.drafting import recognise
from mingtang.meetings import actions as meetings
from mingtang.minutes import actions as minutes
from mingtang.minutes.queries import section_named
from mingtang.publishing import actions as publishing
from mingtang.representatives import actions as representatives
from mingtang.topics import actions as topics
from mingtang.topics.actions import Lists


def _head(run: Play, event: Event) -> Head:
    """The department's own paper; the government's when a decision is released."""
    government = str(run.case.government["name"])
    number = event.fields.get("number", "")
    if event.fields.get("kind") == "decision":
        return Head(government, event.at.date(), number, f"{government}文件")
    department = str(run.case.people[event.by]["department"])
    return Head(government.removesuffix("人民政府") + department.removeprefix("区"), event.at.date(), number)


def _department(run: Play, event: Event) -> int:
    return next(iter(run.actor(event).department_ids))


@verb("house_rules")
def house_rules(run: Play, event: Event) -> object:
    """3.2b: the head publishes the house rules."""
    given = fields(event, "selection", "duties", "organisation", "discipline")
    if representatives_in_force(_department(run, event), event.at.date()):
        return None
    return representatives.publish_house_rules(_department(run, event), **run.who(event), in_force_on=event.at.date(), **given)


def representatives_in_force(department_id: int, day: date) -> bool:
    """Whether a department has house rules already."""
    from mingtang.representatives.queries import rules_in_force  # noqa: PLC0415 - used here only

    return rules_in_force(department_id, day) is not None


@verb("declare")
def declare(run: Play, event: Event) -> None:
    """Open the declaration and fill it in."""
    if "topic" not in run.ids:
        run.ids["topic"] = topics.begin_topic(_department(run, event), **run.who(event), title=run.title).pk
    given = dict(event.fields)
    audiences = {each["audience"]: (each["seats"], each["why"]) for each in given.pop("audiences", [])}
    lists = Lists(focus_areas=given.pop("focus_areas", None), forms=given.pop("forms", None), audiences=audiences or None)
    if "wished_on" in given:
        given["wished_on"] = moment(f"{given['wished_on']} 00:00", run.today).date()
    topics.save_declaration(run.ids["topic"], **run.who(event), lists=lists, **given)


@verb("document")
def document(run: Play, event: Event) -> object:
    """Attach a document; where only a part of it may be public, with its redacted copy."""
    name, copy = event.fields["file"], event.fields.get("redacted", "")
    given = fields(event, "kind", "title", "number", "disclosure", "ground")
    parts = [(each["place"], each["reason"]) for each in event.fields.get("parts", [])]
    copied = {"redacted": run.case.bytes(copy, _head(run, event)), "redacted_name": copy.rpartition("/")[2], "parts": parts} if copy else {}
    made = topics.attach_document(
        run.ids["topic"],
        **run.who(event),
        upload=run.case.bytes(name, _head(run, event)),
        file_name=name.rpartition("/")[2],
        **given,
        **copied,
    )
    run.ids[f"document:{made.title}"] = made.pk
    return made


@verb("step")
def step(run: Play, event: Event) -> object:
    """Record a statutory step."""
    given = fields(event, "status", "outcome", "people", "reason")
    days: dict[str, Any] = {
        name: moment(f"{event.fields[name]} 00:00", run.today).date() for name in ("started_on", "done_on") if name in event.fields
    }
    return topics.record_step(run.ids["topic"], event.fields["kind"], **run.who(event), **given, **days)


@verb("submit")
def submit(run: Play, event: Event) -> object:
    """Submit the declaration."""
    return topics.submit_topic(run.ids["topic"], **run.who(event))


@verb("approve")
def approve(run: Play, event: Event) -> object:
    """Give an approval level."""
    return topics.approve_topic(run.ids["topic"], **run.who(event), remark=event.fields.get("remark", ""))


@verb("return")
def return_(run: Play, event: Event) -> object:
    """Return the declaration."""
    return topics.return_topic(run.ids["topic"], **run.who(event), reason=event.fields["reason"])


@verb("consult")
def consult(run: Play, event: Event) -> None:
    """Prepare the consultation: notice, effects, the draft in clauses."""
    made = consultations.begin_consultation(run.ids["topic"], **run.who(event))
    run.ids["consultation"] = made.pk
    given = fields(event, "kind", "summary", "questions", "contact", "ways", "announced_in", "shorten_reason")
    closes = moment(f"{event.fields['closes_on']} 00:00", run.today).date()
    effects = [(each["who"], each["what"]) for each in event.fields.get("effects", [])]
    consultations.save_consultation(made.pk, **run.who(event), effects=effects, closes_on=closes, **given)
    notes = {each["label"]: each for each in event.fields.get("notes", [])}
    parsed = recognise(run.case.text(event.fields["file"]))
    clauses = [
        ClauseIn(
            each.label,
            each.text,
            each.heading,
            each.chapter,
            notes.get(each.label, {}).get("plain", ""),
            notes.get(each.label, {}).get("now", ""),
        )
        for each in parsed.clauses
    ]
    consultations.save_clauses(made.pk, clauses, **run.who(event))


def _on_consultation(name: str, act: Any, *extra: str) -> None:
    @verb(name)
    def run_it(run: Play, event: Event) -> object:
        return act(run.ids["consultation"], **run.who(event), **fields(event, *extra))


_on_consultation("submit_review", consultations.submit_review)
_on_consultation("review", consultations.give_review)
_on_consultation("open", consultations.open_consultation)
_on_consultation("close", consultations.close_consultation)
_on_consultation("report", consultations.save_report, "intro", "number")
_on_consultation("submit_report", consultations.submit_report)
_on_consultation("sign_report", consultations.sign_report)
_on_consultation("publish_report", consultations.publish_report)


@verb("meeting")
def meeting(run: Play, event: Event) -> None:
    """Plan the meeting."""
    given = fields(event, "kind", "place", "chair", "number", "name", "broadcast_url")
    run.ids["meeting"] = meetings.plan_meeting(**run.who(event), starts_at=moment(event.fields["starts_at"], run.today), **given).pk


@verb("agenda")
def agenda(run: Play, event: Event) -> None:
    """Put the matter on the agenda."""
    run.ids["item"] = meetings.add_item(
        run.ids["meeting"], run.ids["topic"], **run.who(event), **fields(event, "attendance", "minutes", "closing_ground")
    ).pk


def _on_meeting(name: str, act: Any, place: str = "meeting", *extra: str) -> None:
    @verb(name)
    def run_it(run: Play, event: Event) -> object:
        return act(run.ids[place], **run.who(event), **fields(event, *extra))


_on_meeting("freeze", meetings.freeze_agenda)
_on_meeting("convene", meetings.convene_meeting)
_on_meeting("emergency", meetings.record_emergency, "meeting", "reason")
_on_meeting("start", meetings.start_meeting)
_on_meeting("begin_item", meetings.begin_item, "item")
_on_meeting("statement", meetings.give_statement, "item")
_on_meeting("decide", meetings.decide_item, "item", "outcome", "text")
_on_meeting("end", meetings.end_meeting)
_on_meeting("absent", representatives.mark_absent)
_on_meeting("compose", minutes.compose_minutes)
_on_meeting("circulate", minutes.circulate_minutes)
_on_meeting("issue", minutes.issue_minutes)


@verb("statement")
def statement(run: Play, event: Event) -> object:
    """2.2c: the drafting department gives its statement."""
    return meetings.give_statement(run.ids["item"], **run.who(event), by=event.fields.get("speaker", ""))


@verb("representative")
def representative(run: Play, event: Event) -> None:
    """Add somebody to the pool and give them a seat."""
    given = fields(event, "audience", "name", "unit", "nominated_by", "email", "publish_name")
    person = representatives.add_representative(**run.who(event), **given)
    row = representatives.select_representative(
        run.ids["item"], person.pk, **run.who(event), method=event.fields["method"], reason=event.fields.get("reason", "")
    )
    run.invitations[given["name"]] = (row.pk, row.token)


@verb("invite")
def invite(run: Play, event: Event) -> None:
    """Invite everybody selected."""
    for pk, _token in run.invitations.values():
        representatives.invite(pk, **run.who(event))


@verb("accept")
def accept(run: Play, event: Event) -> None:
    """The representatives answer by their links."""
    for name in event.fields.get("names", list(run.invitations)):
        representatives.answer_invitation(
            run.invitations[name][1],
            **run.guest(event),
            accept=True,
            accepted_rules=True,
            publish_name=name in event.fields.get("publish", []),
        )


@verb("notify")
def notify(run: Play, event: Event) -> None:
    """3.2d: requirements and papers for everybody who accepted."""
    for name in event.fields.get("names", list(run.invitations)):
        representatives.notify(
            run.invitations[name][0], **run.who(event), requirements=event.fields["requirements"], door=event.fields.get("door", "link")
        )


@verb("fetch")
def fetch(run: Play, event: Event) -> None:
    """The representatives open their links and papers."""
    for _pk, token in run.invitations.values():
        row = representatives.open_link(token, now=event.at)
        for paper in row.materials.all() if row else ():
            representatives.fetch_material(token, paper.document_id, now=event.at)


@verb("check_in")
def check_in(run: Play, event: Event) -> None:
    """Check in those who came."""
    for name in event.fields.get("names", list(run.invitations)):
        representatives.check_in(run.invitations[name][0], **run.who(event))


@verb("suggest")
def suggest(run: Play, event: Event) -> None:
    """A representative suggests something."""
    made = minutes.record_suggestion(run.invitations[event.fields["name"]][0], **run.who(event), text=event.fields["text"])
    run.ids[f"suggestion:{event.fields['name']}"] = made.pk


@verb("judge")
def judge(run: Play, event: Event) -> None:
    """The suggestion is judged, and answered."""
    pk = run.ids[f"suggestion:{event.fields['name']}"]
    minutes.judge_suggestion(pk, **run.who(event), reasonable=event.fields["reasonable"], reason=event.fields.get("reason", ""))
    if event.fields.get("reply"):
        minutes.reply_suggestion(pk, **run.who(event), reply=event.fields["reply"])


@verb("minutes")
def save_minutes(run: Play, event: Event) -> None:
    """Complete the composed minutes with who was present."""
    for key, text in fields(event, "attendees", "excused").items():
        section = section_named(run.ids["meeting"], key)
        minutes.write_section(section.pk, **run.who(event), text=text, base=section.version)


@verb("release")
def release(run: Play, event: Event) -> None:
    """Draft a release and send it to review."""
    made = publishing.draft_release(
        run.ids["topic"], **run.who(event), **fields(event, "kind", "title", "number"), body=run.case.text(event.fields["file"])
    )
    for name in event.fields.get("files", []):
        publishing.attach_file(
            made.pk,
            **run.who(event),
            upload=run.case.bytes(name, _head(run, event)),
            file_name=name.rpartition("/")[2],
            title=event.fields.get("title", ""),
            number=event.fields.get("number", ""),
        )
    run.ids["release"] = made.pk
    publishing.submit_release(made.pk, **run.who(event))


_on_meeting("review_release", publishing.review_release, "release")
_on_meeting("publish_release", publishing.publish_release, "release")
