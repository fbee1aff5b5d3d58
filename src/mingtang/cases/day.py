"""The events of a meeting's day: members, the list of speakers, the door, the wording of suggestions."""

from __future__ import annotations

from typing import Any

from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.meetings import actions as meetings
from mingtang.minutes import actions as minutes
from mingtang.representatives import actions as representatives


@verb("members")
def members(run: Play, event: Event) -> None:
    """The members of the body that meets, in their order."""
    named = [(each["name"], each.get("duty", "")) for each in event.fields.get("people", [])]
    rows = meetings.set_members(run.ids["meeting"], **run.who(event), members=named, head=event.fields.get("head", ""))
    run.ids |= {f"member:{each.name}": each.pk for each in rows}


@verb("presence")
def presence(run: Play, event: Event) -> None:
    """Members are here, excused, or gone."""
    for name in event.fields["names"]:
        meetings.note_presence(run.ids[f"member:{name}"], **run.who(event), presence=event.fields["presence"])


@verb("ask_to_speak")
def ask_to_speak(run: Play, event: Event) -> None:
    """A representative asks for the floor by their link; anybody else is put on the list by the operator."""
    name = event.fields["speaker"]
    if name in run.invitations:
        made = representatives.ask_to_speak(run.invitations[name][1], **run.guest(event))
    else:
        made = meetings.add_speech(run.ids["item"], **run.who(event), **fields(event, "kind", "speaker", "minutes"))
    run.ids[f"speech:{name}"] = made.pk


@verb("give_floor")
def give_floor(run: Play, event: Event) -> None:
    """Somebody on the list speaks."""
    meetings.give_floor(run.ids[f"speech:{event.fields['speaker']}"], **run.who(event))


@verb("end_speech")
def end_speech(run: Play, event: Event) -> None:
    """They have spoken."""
    meetings.end_speech(run.ids[f"speech:{event.fields['speaker']}"], **run.who(event))


@verb("walk_in")
def walk_in(run: Play, event: Event) -> None:
    """3.2f: somebody without an invitation takes a seat nobody sits on."""
    given = fields(event, "audience", "name", "unit", "reason")
    row = representatives.walk_in(run.ids["item"], **run.who(event), **given, accepted_rules=True)
    run.invitations[given["name"]] = (row.pk, row.token)


def _through_the_door(name: str, act: Any) -> None:
    @verb(name)
    def run_it(run: Play, event: Event) -> None:
        for each in event.fields["names"]:
            act(run.invitations[each][0], **run.who(event))


_through_the_door("check_out", representatives.check_out)
_through_the_door("check_back", representatives.check_back)


@verb("send_out")
def send_out(run: Play, event: Event) -> object:
    """1.2a: the representatives leave the room for what is closed."""
    return representatives.send_out(run.ids["meeting"], **run.who(event))


@verb("call_back")
def call_back(run: Play, event: Event) -> object:
    """They come back in."""
    return representatives.call_back(run.ids["meeting"], **run.who(event))


@verb("confirm_wording")
def confirm_wording(run: Play, event: Event) -> None:
    """3.2e: representatives confirm by their links that the words of their suggestions are theirs."""
    for name in event.fields["names"]:
        minutes.confirm_suggestion(run.ids[f"suggestion:{name}"], run.invitations[name][1], **run.guest(event))


@verb("wish_wording")
def wish_wording(run: Play, event: Event) -> None:
    """A representative asks for other words."""
    name = event.fields["name"]
    minutes.wish_wording(run.ids[f"suggestion:{name}"], run.invitations[name][1], **run.guest(event), text=event.fields["text"])


@verb("settle_wish")
def settle_wish(run: Play, event: Event) -> None:
    """The operator takes those words, or leaves them with a reason."""
    given = fields(event, "accept", "reason")
    minutes.settle_wish(run.ids[f"suggestion:{event.fields['name']}"], **run.who(event), **given)
