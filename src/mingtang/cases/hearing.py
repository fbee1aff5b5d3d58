"""The events of hearings and the other activities: one action each."""

from __future__ import annotations

from typing import Any

from mingtang.cases.calling import SOURCE
from mingtang.cases.moments import moment
from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.hearings import actions
from mingtang.hearings.actions import EnrolmentIn
from mingtang.hearings.queries import activity as activity_of
from mingtang.platform.codes import as_code

NOTICE = (
    "title",
    "preset",
    "purpose",
    "basis",
    "place",
    "conditions",
    "selection",
    "how_to_enrol",
    "contact",
    "seats_stated",
    "seats_note",
    "observers",
    "observers_how",
    "media_seats",
    "host",
    "presenter",
    "recorder",
    "draw_source",
    "one_per_household",
)
ENROLMENT = ("seat", "category", "unit", "words", "publish_name", "civil_servant", "phone", "email", "channel")


def _day(run: Play, words: str) -> Any:
    return moment(f"{words} 00:00", run.today).date()


@verb("propose_hearing")
def propose_hearing(run: Play, event: Event) -> None:
    """A citizen proposes a hearing."""
    given = fields(event, "words", "name", "phone", "email")
    made = actions.propose_hearing(run.ids["topic"], **run.guest(event), token=as_code(run.case.key), **given)
    run.ids["proposal"] = made.pk


@verb("answer_proposal")
def answer_proposal(run: Play, event: Event) -> None:
    """The proposal is answered; accepting it decides the hearing."""
    given = {"accept": event.fields.get("accept", True), "answer": event.fields["answer"], "preset": event.fields.get("preset", "national")}
    made = actions.answer_proposal(run.ids["proposal"], **run.who(event), **given)
    if made.hearing_id:
        run.ids["hearing"] = made.hearing_id


@verb("decide_hearing")
def decide_hearing(run: Play, event: Event) -> None:
    """A hearing is decided on."""
    given = fields(event, "why", "title", "preset")
    run.ids["hearing"] = actions.decide_hearing(run.ids["topic"], **run.who(event), **given).pk


@verb("hearing_notice")
def hearing_notice(run: Play, event: Event) -> None:
    """The notice and its seats."""
    given = fields(event, *NOTICE)
    seats = {each["category"]: (each["seats"], each["method"]) for each in event.fields.get("seats", [])}
    given |= {"starts_at": moment(event.fields["starts_at"], run.today), "enrol_until": _day(run, event.fields["enrol_until"])}
    actions.save_notice(run.ids["hearing"], **run.who(event), seats=seats, **given)


def _on_hearing(name: str, act: Any, *extra: str) -> None:
    @verb(name)
    def run_it(run: Play, event: Event) -> object:
        return act(run.ids["hearing"], **run.who(event), **fields(event, *extra))


_on_hearing("announce_hearing", actions.announce)
_on_hearing("seat_in_order", actions.seat_in_order)
_on_hearing("reveal_hearing_draw", actions.reveal_seats, "values")
_on_hearing("annul_hearing_draw", actions.annul_seats, "reason")
_on_hearing("settle_hearing", actions.settle, "reason")
_on_hearing("publish_hearing_list", actions.publish_list)
_on_hearing("finish_serving", actions.finish_serving)
_on_hearing("open_hearing", actions.open_hearing)
_on_hearing("add_speech", actions.add_speech, "kind", "speaker", "minutes")
_on_hearing("next_speech", actions.next_speech)
_on_hearing("close_hearing", actions.close_hearing)
_on_hearing("circulate_record", actions.circulate_record)
_on_hearing("confirm_record", actions.confirm_record)
_on_hearing("publish_hearing_report", actions.publish_report)
_on_hearing("postpone_hearing", actions.postpone, "reason")
_on_hearing("cancel_hearing", actions.cancel, "reason")


@verb("freeze_hearing_draw")
def freeze_hearing_draw(run: Play, event: Event) -> object:
    """Who waits for drawn seats is frozen; the randomness of a later day is named."""
    randomness = {"day": _day(run, event.fields["day"]).isoformat(), **fields(event, *SOURCE)}
    return actions.freeze_seats(run.ids["hearing"], **run.who(event), randomness=randomness)


@verb("reschedule_hearing")
def reschedule_hearing(run: Play, event: Event) -> object:
    """A new day for a hearing put off."""
    at = moment(event.fields["starts_at"], run.today)
    return actions.reschedule(run.ids["hearing"], **run.who(event), starts_at=at, **fields(event, "place"))


@verb("enrol")
def enrol(run: Play, event: Event) -> None:
    """People enrol: each of ``people`` with its own fields."""
    for each in event.fields["people"]:
        given = EnrolmentIn(each["name"], of_age=True, **{name: each[name] for name in ENROLMENT if name in each})
        who = run.who(event) if given.channel != "web" else run.guest(event)
        made = actions.enrol(run.ids["hearing"], given, **who)
        run.enrolled[each["name"]] = (made.pk, made.token)


@verb("nominate")
def nominate(run: Play, event: Event) -> None:
    """Seats that are nominated or invited."""
    for each in event.fields["people"]:
        given = EnrolmentIn(each["name"], **{name: each[name] for name in ENROLMENT if name in each})
        made = actions.nominate(run.ids["hearing"], given, **run.who(event), reason=each["reason"])
        run.enrolled[each["name"]] = (made.pk, made.token)


@verb("choose_participant")
def choose_participant(run: Play, event: Event) -> object:
    """Somebody is chosen by rule."""
    return actions.choose(run.enrolled[event.fields["name"]][0], **run.who(event), reason=event.fields["reason"])


@verb("pass_over")
def pass_over(run: Play, event: Event) -> None:
    """People are not chosen, with the reason."""
    for name in event.fields["names"]:
        actions.pass_over(run.enrolled[name][0], **run.who(event), reason=event.fields["reason"])


def _seated(run: Play, seat: str = "participant") -> dict[str, tuple[int, str]]:
    from mingtang.hearings.queries import seated  # noqa: PLC0415 - used here only

    return {each.name: (each.pk, each.token) for each in seated(run.ids["hearing"], seat=seat)}


@verb("serve_papers")
def serve_papers(run: Play, event: Event) -> None:
    """The papers go to everybody with a seat, through one door."""
    for pk, _token in _seated(run).values():
        actions.serve(pk, **run.who(event), door=event.fields.get("door", "hand"))


@verb("check_in_hearing")
def check_in_hearing(run: Play, event: Event) -> None:
    """Those who came: all but ``absent``, or as many as ``most``."""
    people = [each for name, each in _seated(run).items() if name not in event.fields.get("absent", [])]
    others = {} if "most" in event.fields else _seated(run, "observer") | _seated(run, "media")
    for pk, _token in [*people[: event.fields.get("most", len(people))], *others.values()]:
        actions.check_in(pk, **run.who(event))


@verb("point")
def point(run: Play, event: Event) -> object:
    """The participant at ``seat`` (1 is the first on the list) of those present raises a point in two lines."""
    given = fields(event, "claim", "ground", "stance")
    return actions.note_point(run.ids["hearing"], **run.who(event), participant_id=_present(run)[event.fields["seat"] - 1][0], **given)


def _present(run: Play) -> list[tuple[int, str]]:
    from mingtang.hearings.queries import seated  # noqa: PLC0415 - used here only

    return [(each.pk, each.token) for each in seated(run.ids["hearing"]) if each.state == "present"]


@verb("sign_record")
def sign_record(run: Play, event: Event) -> None:
    """Those present confirm the record by their links; the last one refuses with ``refusal``, if there is one."""
    refusal, people = event.fields.get("refusal", ""), _present(run)
    for at, (_pk, token) in enumerate(people, 1):
        last = refusal and at == len(people)
        actions.sign_record(token, **run.guest(event), accept=not last, reason=refusal if last else "")


@verb("tell_outcomes")
def tell_outcomes(run: Play, event: Event) -> None:
    """Those without e-mail are told what became of their points."""
    from mingtang.hearings.queries import seated  # noqa: PLC0415 - used here only

    for each in seated(run.ids["hearing"]):
        if each.in_at and each.told_at is None:
            actions.record_told(each.pk, **run.who(event), door=event.fields.get("door", "phone"))


@verb("hearing_report")
def hearing_report(run: Play, event: Event) -> object:
    """The report is written."""
    return actions.save_report(run.ids["hearing"], **run.who(event), text=run.case.text(event.fields["file"]))


@verb("activity")
def activity(run: Play, event: Event) -> None:
    """A whole activity: planned, its people and points, ended, published (``publish = false`` leaves it open)."""
    given = fields(event, "kind", "title", "place", "purpose", "reach", "reach_words", "asked", "answered", "summary", "due_reason")
    days = {name: _day(run, event.fields[name]) for name in ("held_on", "due_on") if name in event.fields}
    pk = actions.plan_activity(run.ids["topic"], **run.who(event), **given, **days).pk
    run.ids[f"activity:{event.fields['title']}"] = pk
    for each in event.fields.get("members", []):
        department = _department(run, each["department"]) if "department" in each else None
        rest = {name: value for name, value in each.items() if name != "department"}
        actions.add_member(pk, **run.who(event), department_id=department, **rest)
    if event.fields.get("questions"):
        questions = [
            (each["words"], each.get("several", False), [(one[0], int(one[1])) for one in each["options"]])
            for each in event.fields["questions"]
        ]
        actions.save_questions(pk, questions, **run.who(event))
    actions.start_activity(pk, **run.who(event))
    members = {each.name: each.pk for each in activity_of(run.government.pk, pk).members.all()}
    for each in event.fields.get("points", []):
        who = members.get(each.get("member", ""))
        actions.add_point(
            pk, **run.who(event), member_id=who, claim=each["claim"], ground=each.get("ground", ""), stance=each.get("stance", "change")
        )
    if event.fields.get("publish", True):
        actions.finish_activity(pk, **run.who(event))
        actions.publish_activity(pk, **run.who(event))


def _department(run: Play, name: str) -> int:
    return run.government.departments.get(name=name).pk


@verb("department_reply")
def department_reply(run: Play, event: Event) -> object:
    """A department answers a request: with an opinion, or that it has none."""
    members = activity_of(run.government.pk, run.ids[f"activity:{event.fields['activity']}"]).members.all()
    mine = next(each for each in members if each.department_id in run.actor(event).department_ids)
    given = fields(event, "claim", "ground", "stance", "no_opinion")
    return actions.reply_request(mine.pk, **run.who(event), **given)


@verb("publish_activity")
def publish_activity(run: Play, event: Event) -> object:
    """An activity left open ends and is published."""
    pk = run.ids[f"activity:{event.fields['title']}"]
    if "summary" in event.fields:
        actions.save_activity(pk, **run.who(event), summary=event.fields["summary"])
    actions.finish_activity(pk, **run.who(event))
    return actions.publish_activity(pk, **run.who(event))


@verb("answer_points")
def answer_points(run: Play, event: Event) -> None:
    """What was said at hearings and elsewhere is moderated and put into the groups named by ``words``: a piece of the text."""
    from mingtang.consultations import actions as consultations  # noqa: PLC0415 - used here only
    from mingtang.consultations.queries import groups, homeless  # noqa: PLC0415 - used here only

    who = run.who(event)
    pk = run.ids["consultation"]
    known = {str(each): each.pk for each in groups(pk, size=200)}
    for each in event.fields["groups"]:
        ids = [opinion for opinion, text in homeless(pk) if any(word in text for word in each["words"])]
        if ids:
            made = consultations.group_opinions(pk, ids, **who, group_id=known.get(each["title"]), title=each["title"])
            known[each["title"]] = made.pk
            if each.get("verdict"):
                consultations.answer_group(
                    made.pk,
                    **who,
                    verdict=each["verdict"],
                    reason=each.get("reason", ""),
                    landed_in=each.get("landed_in", ""),
                )


@verb("moderate_all")
def moderate_all(run: Play, event: Event) -> object:
    """Show everything that still waits, as points of hearings do."""
    from mingtang.consultations import actions as consultations  # noqa: PLC0415 - used here only

    return consultations.show_all(run.ids["consultation"], **run.who(event))
