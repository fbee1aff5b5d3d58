"""The events around a draft: what it asks, its later versions, questions of people, and who signs at which level."""

from __future__ import annotations

from typing import Any

from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.consultations import actions
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.queries import alternative_sets, clause_ids, questions
from mingtang.consultations.rules.asking import Given
from mingtang.kernel.text import t
from mingtang.platform.actor import Role
from mingtang.platform.signing.actions import set_levels
from mingtang.platform.signing.rules import Level
from mingtang.topics import actions as topics

TAKEN = "case-"
SAID = ("stance", "name", "display_name", "email", "quote", "proposed", "source_url", "on_behalf", "organisation")


@verb("sign_levels")
def sign_levels(run: Play, event: Event) -> object:
    """3.4b: the office sets who signs a kind of document, level by level; the same levels again change nothing."""
    levels = [
        Level(n, Role(each["role"]), t(each["title"], each.get("title_en", each["title"])))
        for n, each in enumerate(event.fields["levels"], 1)
    ]
    return set_levels(event.fields["kind"], levels, **run.who(event), reason=event.fields["reason"])


@verb("alternatives")
def alternatives(run: Play, event: Event) -> object:
    """Options A, B, C for a clause (`clause`, its label) or the whole draft."""
    options = [(each["title"], each.get("text", ""), each.get("effects", "")) for each in event.fields["options"]]
    clause = event.fields.get("clause")
    clause_id = clause_ids(run.ids["consultation"])[clause] if clause else None
    given = fields(event, "title", "intro")
    return actions.offer_alternatives(run.ids["consultation"], **run.who(event), options=options, clause_id=clause_id, **given)


@verb("question")
def question(run: Play, event: Event) -> object:
    """A question put with the draft."""
    given = fields(event, "words", "options", "steps", "low", "high")
    return actions.ask_question(run.ids["consultation"], **run.who(event), kind=event.fields["kind"], **given)


@verb("terms")
def terms(run: Play, event: Event) -> object:
    """The glossary of the draft."""
    said = [(each["term"], each["explanation"]) for each in event.fields["terms"]]
    return actions.save_terms(run.ids["consultation"], said, **run.who(event))


@verb("take_part")
def take_part(run: Play, event: Event) -> None:
    """People take part through the form: words, the options they choose, their answers to the questions."""
    consultation = run.ids["consultation"]
    clauses, sets, asked = clause_ids(consultation), _sets(consultation), _asked(consultation)
    for n, each in enumerate(event.fields["people"]):
        given = OpinionIn(
            text=each.get("text", ""),
            clause_id=clauses[each["clause"]] if each.get("clause") else None,
            choices=dict(sets[title, letter] for title, letter in each.get("choices", {}).items()),
            answers=[_answer(asked[words], said) for words, said in each.get("answers", {}).items()],
            **{name: each[name] for name in SAID if name in each},
        )
        actions.receive_opinion(consultation, given, **run.guest(event), token=f"{TAKEN}{event.number}-{n}")


def _sets(consultation_id: int) -> dict[tuple[str, str], tuple[int, int]]:
    """Set and option by the title of the set and the option's letter."""
    return {(row.title, each.letter): (row.pk, each.pk) for row in alternative_sets(consultation_id) for each in row.options.all()}


def _asked(consultation_id: int) -> dict[str, tuple[int, dict[str, int]]]:
    """Each question with its options, by their words."""
    return {row.words: (row.pk, {each.words: each.pk for each in row.options.all()}) for row in questions(consultation_id)}


def _answer(asked: tuple[int, dict[str, int]], said: Any) -> Given:
    """A number is a mark on the scale, a list several options, a word an option or, where there are none, an answer in words."""
    pk, options = asked
    if isinstance(said, int):
        return Given(pk, number=said)
    if isinstance(said, list):
        return Given(pk, options=tuple(options[each] for each in said))
    return Given(pk, options=(options[said],)) if options else Given(pk, text=str(said))


@verb("inquire")
def inquire(run: Play, event: Event) -> None:
    """Somebody asks about the draft while it is open."""
    token = "" if event.by in run.actors else f"{TAKEN}{event.number}"
    run.ids["inquiry"] = actions.inquire(run.ids["consultation"], event.fields["words"], **run.who(event), token=token).pk


@verb("answer_inquiry")
def answer_inquiry(run: Play, event: Event) -> object:
    """The department answers what was asked last."""
    return actions.answer_inquiry(run.ids["inquiry"], event.fields["answer"], **run.who(event))


@verb("publish_inquiry")
def publish_inquiry(run: Play, event: Event) -> object:
    """Somebody else reviews that answer and publishes it."""
    return actions.publish_inquiry(run.ids["inquiry"], **run.who(event))


@verb("version")
def version(run: Play, event: Event) -> None:
    """A revised draft or the final text, read from `file`; `note` says what changed and why."""
    made = actions.begin_version(run.ids["consultation"], event.fields["kind"], **run.who(event))
    actions.import_version(made.pk, run.case.text(event.fields["file"]), **run.who(event))
    actions.note_version(made.pk, event.fields["note"], **run.who(event))
    if reason := event.fields.get("left_out"):
        actions.leave_out_rest(made.pk, **run.who(event), reason=reason)
    run.ids["version"] = made.pk


@verb("publish_version")
def publish_version(run: Play, event: Event) -> object:
    """Somebody other than who prepared it publishes the version."""
    return actions.publish_version(run.ids["version"], **run.who(event))


@verb("withhold")
def withhold(run: Play, event: Event) -> object:
    """711 Art.37: the office approves that a document stays inside; where only a part does, its redacted copy goes out."""
    return topics.withhold_document(run.ids[f"document:{event.fields['title']}"], **run.who(event))
