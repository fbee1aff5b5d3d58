"""What an event may do, and the fields of each act: needed ones and others. docs/cases.md explains them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from mingtang.consultations.rules import STANCE_LABELS
from mingtang.consultations.rules.asking import QUESTION_KINDS
from mingtang.consultations.rules.opening import CONSULTATION_KINDS
from mingtang.consultations.rules.versions import VERSION_LABELS
from mingtang.kernel.text import Text, t
from mingtang.meetings.rules import ATTENDANCE_LABELS, PRESENCE_LABELS, SPEECH_LABELS
from mingtang.meetings.rules.life import OUTCOME_LABELS
from mingtang.platform.actor import BUSINESS_ROLES
from mingtang.platform.signing.rules import KIND_LABELS as SIGNED_KINDS
from mingtang.publishing.rules import KIND_LABELS as RELEASE_KINDS
from mingtang.representatives.rules.life import CHOOSABLE, DOOR_LABELS
from mingtang.topics.rules import kinds

COMMON = frozenset({"at", "by", "do", "refused"})


@dataclass(frozen=True, slots=True)
class Act:
    """The fields of one act; `lists` are tables inside it with their own needed and other fields."""

    needed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()


DECLARATION = (
    *("title_en", "summary", "background", "content", "differences", "focus_areas", "touches_interests", "contact"),
    *("forms", "broadcast_url", "form_reason", "closing_ground", "closing_reason", "seats_total", "is_major", "major_category"),
    *("exclusion", "disclosure", "disclosure_ground", "interpretation_plan", "meeting_kind", "wished_on"),
)
ENROLMENT = ("seat", "category", "unit", "words", "publish_name", "civil_servant", "phone", "email", "channel")
NOTICE = (
    *("title", "preset", "purpose", "basis", "place", "conditions", "selection", "how_to_enrol", "contact", "seats_stated"),
    *("seats_note", "observers", "observers_how", "media_seats", "host", "presenter", "recorder", "draw_source", "one_per_household"),
)
RANDOMNESS = (
    ("kind", "day"),
    ("place", "witnesses", "faces", "throws"),
    (("sources", ("name", "count", "order"), ()), ("offices", ("name", "commitment"), ())),
)
HEARINGS: dict[str, Act] = {
    "propose_hearing": Act(("words",), ("name", "phone", "email")),
    "answer_proposal": Act(("answer",), ("accept", "preset")),
    "decide_hearing": Act(("why",), ("title", "preset")),
    "hearing_notice": Act(("starts_at", "enrol_until"), NOTICE, (("seats", ("category", "seats", "method"), ()),)),
    "announce_hearing": Act(),
    "enrol": Act((), (), (("people", ("name",), ENROLMENT),)),
    "nominate": Act((), (), (("people", ("name", "reason"), ENROLMENT),)),
    "choose_participant": Act(("name", "reason")),
    "pass_over": Act(("names", "reason")),
    "seat_in_order": Act(),
    "freeze_hearing_draw": Act(*RANDOMNESS),
    "reveal_hearing_draw": Act(("values",)),
    "annul_hearing_draw": Act(("reason",)),
    "settle_hearing": Act((), ("reason",)),
    "publish_hearing_list": Act(),
    "serve_papers": Act((), ("door",)),
    "finish_serving": Act(),
    "check_in_hearing": Act((), ("absent", "most")),
    "open_hearing": Act(),
    "add_speech": Act(("kind", "speaker"), ("minutes",)),
    "next_speech": Act(),
    "point": Act(("seat", "claim"), ("ground", "stance")),
    "close_hearing": Act(),
    "circulate_record": Act(),
    "sign_record": Act((), ("refusal",)),
    "confirm_record": Act(),
    "hearing_report": Act(("file",)),
    "publish_hearing_report": Act(),
    "tell_outcomes": Act((), ("door",)),
    "postpone_hearing": Act(("reason",)),
    "reschedule_hearing": Act(("starts_at",), ("place",)),
    "cancel_hearing": Act(("reason",)),
    "activity": Act(
        ("kind", "title"),
        (*("place", "purpose", "reach", "reach_words", "asked", "answered", "summary", "due_reason"), "held_on", "due_on", "publish"),
        (
            (
                "members",
                (),
                ("name", "unit", "department", "publish_name", "email", "specialty", "own_department", "conflict", "declared", "stance"),
            ),
            ("questions", ("words", "options"), ("several",)),
            ("points", ("claim",), ("member", "ground", "stance")),
        ),
    ),
    "department_reply": Act(("activity",), ("claim", "ground", "stance", "no_opinion")),
    "publish_activity": Act(("title",), ("summary",)),
    "answer_points": Act((), (), (("groups", ("title", "words"), ("verdict", "reason", "landed_in")),)),
    "moderate_all": Act(),
}
CALLS: dict[str, Act] = {
    "call": Act(
        ("title", "purpose", "conditions", "closes_on"),
        ("contact", "reserves", "household_limit"),
        (("quotas", ("category", "value", "least", "most"), ("why",)),),
    ),
    "publish_call": Act(),
    "apply": Act(
        (),
        (),
        (("people", ("name", "audience"), ("answers", "phone", "email", "publish_name", "says_conflict", "channel", "household")),),
    ),
    "freeze_draw": Act(*RANDOMNESS),
    "reveal_draw": Act(("values",)),
    "seat_drawn": Act(),
}
DAY: dict[str, Act] = {
    "members": Act((), ("head",), (("people", ("name",), ("duty",)),)),
    "presence": Act(("names", "presence")),
    "ask_to_speak": Act(("speaker",), ("kind", "minutes")),
    "give_floor": Act(("speaker",)),
    "end_speech": Act(("speaker",)),
    "walk_in": Act(("audience", "name", "reason"), ("unit",)),
    "check_out": Act(("names",)),
    "check_back": Act(("names",)),
    "send_out": Act(),
    "call_back": Act(),
    "confirm_wording": Act(("names",)),
    "wish_wording": Act(("name", "text")),
    "settle_wish": Act(("name", "accept"), ("reason",)),
}
TAKING_PART = (
    *("text", "clause", "stance", "choices", "answers", "name", "display_name", "email", "quote", "proposed", "source_url"),
    *("on_behalf", "organisation"),
)
DRAFTS: dict[str, Act] = {
    "sign_levels": Act(("kind", "reason", "levels"), (), (("levels", ("role", "title"), ("title_en",)),)),
    "alternatives": Act(("title", "options"), ("intro", "clause"), (("options", ("title",), ("text", "effects")),)),
    "question": Act(("kind", "words"), ("options", "steps", "low", "high")),
    "terms": Act(("terms",), (), (("terms", ("term", "explanation"), ()),)),
    "take_part": Act(("people",), (), (("people", (), TAKING_PART),)),
    "inquire": Act(("words",)),
    "answer_inquiry": Act(("answer",)),
    "publish_inquiry": Act(),
    "version": Act(("kind", "file", "note"), ("left_out",)),
    "publish_version": Act(),
    "withhold": Act(("title",)),
}
GRAMMAR: dict[str, Act] = (
    HEARINGS
    | CALLS
    | DAY
    | DRAFTS
    | {
        "turn_to": Act(("title",)),
        "house_rules": Act(("selection", "duties", "organisation", "discipline")),
        "declare": Act((), DECLARATION, (("audiences", ("audience", "seats", "why"), ()),)),
        "document": Act(("kind", "title", "file"), ("number", "disclosure", "ground", "redacted"), (("parts", ("place", "reason"), ()),)),
        "step": Act(("kind", "status"), ("started_on", "done_on", "outcome", "people", "reason")),
        "submit": Act(),
        "approve": Act((), ("remark",)),
        "return": Act(("reason",)),
        "consult": Act(
            ("kind", "summary", "closes_on", "file"),
            ("questions", "contact", "ways", "announced_in", "shorten_reason"),
            (("effects", ("who", "what"), ()), ("notes", ("label",), ("plain", "now"))),
        ),
        "submit_review": Act(),
        "review": Act(),
        "open": Act(),
        "clear": Act(("finding", "reason"), ("of",)),
        "opinions": Act(),
        "mail": Act(("subject", "text"), ("sender", "file", "automatic")),
        "moderate": Act(),
        "close": Act(),
        "answer": Act(),
        "report": Act(("intro",), ("number",)),
        "submit_report": Act(),
        "sign_report": Act(),
        "publish_report": Act(),
        "correct_answer": Act(("group", "why"), ("verdict", "reason", "reason_code", "legal_ref", "landed_in")),
        "approve_correction": Act(),
        "meeting": Act(("kind", "starts_at", "place", "chair"), ("number", "name", "broadcast_url")),
        "agenda": Act((), ("attendance", "minutes", "closing_ground")),
        "freeze": Act(),
        "representative": Act(("audience", "name", "method"), ("unit", "nominated_by", "email", "publish_name", "reason")),
        "invite": Act(),
        "accept": Act((), ("names", "publish")),
        "notify": Act(("requirements",), ("names", "door")),
        "fetch": Act(),
        "convene": Act(),
        "emergency": Act(("reason",)),
        "check_in": Act((), ("names",)),
        "start": Act(),
        "begin_item": Act(),
        "statement": Act((), ("speaker",)),
        "suggest": Act(("name", "text")),
        "judge": Act(("name", "reasonable"), ("reason", "reply")),
        "decide": Act(("outcome",), ("text",)),
        "end": Act(),
        "absent": Act(),
        "compose": Act(),
        "minutes": Act((), ("attendees", "excused")),
        "circulate": Act(),
        "issue": Act(),
        "recording": Act(("url",), ("offset",)),
        "tell_outcome": Act((), ("names", "door")),
        "release": Act(("kind", "title", "file"), ("number", "files")),
        "review_release": Act(),
        "publish_release": Act(),
    }
)


def _words() -> dict[str, Collection[str]]:
    """Fields that take one of a list of words, by act and field."""
    declaring: dict[str, Collection[str]] = {
        "focus_areas": kinds.FOCUS_LABELS,
        "forms": kinds.FORM_LABELS,
        "audiences.audience": kinds.AUDIENCE_LABELS,
        "disclosure": kinds.DISCLOSURE_LABELS,
        "disclosure_ground": kinds.GROUND_LABELS,
        "major_category": kinds.CATEGORY_LABELS,
        "exclusion": kinds.EXCLUSION_LABELS,
        "meeting_kind": kinds.KIND_LABELS,
    }
    return {
        **{f"declare.{name}": known for name, known in declaring.items()},
        "document.kind": kinds.DOCUMENT_LABELS,
        "document.disclosure": kinds.DOCUMENT_DISCLOSURES,
        "document.ground": kinds.GROUND_LABELS,
        "step.kind": kinds.STEP_LABELS,
        "step.status": kinds.STATUS_LABELS,
        "consult.kind": CONSULTATION_KINDS,
        "meeting.kind": kinds.KIND_LABELS,
        "representative.audience": kinds.AUDIENCE_LABELS,
        "representative.method": CHOOSABLE,
        "agenda.attendance": ATTENDANCE_LABELS,
        "agenda.closing_ground": kinds.GROUND_LABELS,
        "presence.presence": PRESENCE_LABELS,
        "ask_to_speak.kind": SPEECH_LABELS,
        "walk_in.audience": kinds.AUDIENCE_LABELS,
        "notify.door": DOOR_LABELS,
        "decide.outcome": OUTCOME_LABELS,
        "release.kind": RELEASE_KINDS,
        "sign_levels.kind": SIGNED_KINDS,
        "sign_levels.levels.role": BUSINESS_ROLES,
        "question.kind": QUESTION_KINDS,
        "take_part.people.stance": STANCE_LABELS,
        "version.kind": [each for each in VERSION_LABELS if each != "for_comment"],
    }


WORDS = _words()


def faults(event: dict[str, Any]) -> Iterator[Text]:
    """What is wrong with the act and the fields of one event."""
    act = GRAMMAR.get(str(event.get("do", "")))
    if act is None:
        yield t("没有“{do}”这种事。", "nobody knows how to “{do}”.", do=str(event.get("do", "")))
        return
    lists = {name: (needed, others) for name, needed, others in act.lists}
    yield from _fields(event, act.needed, (*act.others, *lists, *COMMON))
    yield from _unknown_words(event, str(event["do"]))
    for name, (needed, others) in lists.items():
        for each in event.get(name, []):
            yield from _fields(each, needed, others, f"{name}.")
            yield from _unknown_words(each, f"{event['do']}.{name}")


def _unknown_words(given: dict[str, Any], before: str) -> Iterator[Text]:
    for name, value in given.items():
        known = WORDS.get(f"{before}.{name}")
        if known is None:
            continue
        for word in value if isinstance(value, list) else [value]:
            if word and word not in known:
                yield t(
                    "{name} 没有“{word}”，可用：{known}。", "{name} knows no “{word}”; use {known}.", name=name, word=word, known=[*known]
                )


def _fields(given: dict[str, Any], needed: tuple[str, ...], others: tuple[str, ...], before: str = "") -> Iterator[Text]:
    for name in needed:
        if name not in given:
            yield t("缺“{name}”。", "“{name}” is missing.", name=before + name)
    for name in given:
        if name not in needed and name not in others:
            yield t("没有“{name}”这一项。", "it has no field “{name}”.", name=before + name)
