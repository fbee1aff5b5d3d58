"""What other places do, as settings or as a hearing of this platform; what contradicts itself or the floors is found."""

from __future__ import annotations

import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from mingtang.hearings import actions
from mingtang.hearings.rules import CATEGORY_LABELS
from mingtang.kernel.decision import Refused
from mingtang.kernel.parameters import read_value
from mingtang.platform.actor import Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.actions import set_figure
from mingtang.platform.figures.lookup import figures_for, parameters
from mingtang.platform.web.fields import DayField
from mingtang.representatives import actions as seats
from mingtang.topics.rules import AUDIENCE_LABELS, KIND_LABELS
from tests.factories.hearings import decided
from tests.factories.meetings import frozen
from tests.factories.platform import NOW, actor, government
from tests.factories.pool import listed
from tests.factories.refusing import codes

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PLACES = {each["id"]: each for each in tomllib.loads((ROOT / "examples" / "places.toml").read_text(encoding="utf-8"))["place"]}
DATA = next((each / "shared/data/gov_pages_zh/pages.jsonl" for each in ROOT.parents if (each / "shared/data").is_dir()), ROOT / "absent")
KINDS = {"rule", "hearing_notice", "invite_notice", "observer_notice", "pool_notice", "consultation_notice"}
SETTINGS = {
    "seats": "rep.seats_default",
    "notify_days_before": "rep.notice_lead_days",
    "public_notice_days": "meeting.preview_days",
    "max_seats": "rep.seats_max",
    "min_seats": "rep.seats_min",
    "min_age": "rep.min_age",
    "signup_hours_before": "rep.signup_close_hours",
    "written_comment_days_after": "rep.written_opinion_days",
    "min_reps": "hearing.min_participants",
    "min_stakeholder_public_share": "hearing.min_affected_ratio",
    "quorum": "hearing.quorum_ratio",
}
WORDS = {
    "利益相关方": "affected",
    "经营者": "operator",
    "消费者": "consumer",
    "专家": "expert",
    "政府": "department",
    "人大": "npc_deputy",
    "政协": "cppcc_member",
    "社会组织": "organisation",
}


def contradictions(place: dict[str, Any]) -> list[str]:
    """Everything about a place that this platform refuses or cannot take as it stands."""
    return [*_of_settings(place), *_of_days(place), *_of_hearing(place), *_of_ways(place)]


def _of_settings(place: dict[str, Any]) -> list[str]:
    home = government()
    office, found = actor(home, Role.OFFICE), []
    for key, value in place.get("settings", {}).items():
        try:
            set_figure(key, value, actor=office, now=NOW, since_on=day_of(NOW), source=place["name"], reason="比照")
        except Refused as refused:
            found += [key] if codes(refused.decision) == ["below_floor"] else codes(refused.decision)
    figures = figures_for(home.pk, day_of(NOW))
    if "rep.signup_close_hours" in place.get("settings", {}):
        found += ["untold"] if figures.number("rep.signup_close_hours") < 24 * figures.number("rep.notice_lead_days") else []
    return found


def _of_days(place: dict[str, Any]) -> list[str]:
    try:
        for name in ("opens_on", "closes_on"):
            DayField(required=False).clean(place.get(name, ""))
    except ValidationError:
        return ["day"]
    return []


def _of_hearing(place: dict[str, Any]) -> list[str]:
    if "seats" not in place:
        return []
    of = as_hearing(place)
    try:
        actions.announce(of.hearing.pk, actor=of.clerk, now=NOW)
    except Refused as refused:
        return codes(refused.decision)
    return []


def _of_ways(place: dict[str, Any]) -> list[str]:
    return ["ways"] if {"order", "lot"} <= set(place.get("observers", [])) else []


def as_hearing(place: dict[str, Any], **fields: Any) -> Any:
    """The notice as a hearing of ours, not yet announced."""
    seats = {key: (n, "lot" if key in place.get("lots", []) else "nomination") for key, n in place["seats"].items()}
    given = {"seats_stated": place["total"], "observers": place["observers_seats"], "media_seats": place.get("media", 0)}
    return decided(seats=seats, preset="price" if place.get("price") else "national", title=f"{place['name']}听证会", **{**given, **fields})


@pytest.mark.parametrize("key", sorted(PLACES))
def test_the_practice_of_a_place_fits_or_its_contradictions_are_found(key):
    assert contradictions(PLACES[key]) == PLACES[key]["contradictions"]


@pytest.mark.parametrize("key", sorted(PLACES))
def test_the_command_loads_the_figures_of_a_place_and_names_those_it_may_not(key):
    home, said = government(), io.StringIO()
    call_command("figures", "load", str(ROOT / "examples" / "places.toml"), place=key, host=home.host, since=day_of(NOW), stdout=said)
    wanted = PLACES[key].get("settings", {})
    below = {each for each in PLACES[key]["contradictions"] if "." in each}
    figures, national = figures_for(home.pk, day_of(NOW)), parameters()
    assert {each: figures[each] for each in wanted} == {
        each: national[each].value if each in below else read_value(words, national[each].value) for each, words in wanted.items()
    }
    assert len(said.getvalue().splitlines()) == len(wanted)
    assert all(f"{each} = {wanted[each]}: " in said.getvalue() for each in below)


def test_the_command_lists_places_and_says_what_it_cannot_read(tmp_path):
    file, said = ROOT / "examples" / "places.toml", io.StringIO()
    call_command("figures", "load", str(file), stdout=said)
    assert len(said.getvalue().splitlines()) == len(PLACES)
    government()
    for given in ({"place": "nowhere"}, {"place": "zh10", "host": "no.such.host"}):
        with pytest.raises(CommandError):
            call_command("figures", "load", str(file), **given)
    bad = tmp_path / "bad.toml"
    bad.write_text('[[place]]\nid = "x"\nname = "某市"\nsettings = { "rep.nothing" = "1" }\n', encoding="utf-8")
    with pytest.raises(CommandError, match="没有这些数字"):
        call_command("figures", "load", str(bad), place="x")
    with pytest.raises(CommandError):
        call_command("figures", "load", str(tmp_path / "none.toml"), place="x")


def test_the_rule_of_a_place_changes_who_may_have_a_seat_and_who_may_join():
    of = frozen()
    who = listed(of.home)
    file = str(ROOT / "examples" / "places.toml")
    for place in ("zh04", "zh10"):
        call_command("figures", "load", file, place=place, host=of.home.host, since=day_of(NOW), stdout=io.StringIO())
    with pytest.raises(Refused) as found:
        seats.select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method="office", reason="熟悉情况")
    assert codes(found.value.decision) == ["by_draw"]
    page = Client(headers={"host": of.home.host}).get("/pool/join/").content.decode()
    assert "年满 18 周岁、不超过 65 周岁" in page
    assert "在本地居住或工作满 12 个月" in page


@pytest.mark.parametrize("key", sorted(PLACES))
def test_audiences_and_meetings_of_a_place_are_known_here(key):
    place = PLACES[key]
    assert set(place.get("audiences", [])) <= set(AUDIENCE_LABELS)
    assert {*place.get("whole", []), *place.get("per_item", [])} <= set(KIND_LABELS)
    assert set(place.get("seats", {})) <= set(CATEGORY_LABELS)


def test_a_notice_whose_seats_do_not_add_up_is_shown_with_the_difference():
    of = as_hearing(PLACES["zh34"], seats_note="总数把旁听人算在内")
    actions.announce(of.hearing.pk, actor=of.clerk, now=NOW)
    page = Client(headers={"host": of.home.host}).get(f"/hearings/{of.hearing.pk}/").content.decode()
    assert "公告总数 18 席，各类席位合计 16 席，相差 2 席。差数与旁听席相同。" in page
    assert "总数把旁听人算在内" in page


@pytest.mark.data
def test_every_real_notice_and_rule_is_expressed_with_its_own_numbers_and_none_of_its_sentences():
    pages = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    wanted = {page["id"]: page for page in pages if page["kind"] in KINDS}
    assert set(PLACES) == set(wanted)
    for key, page in wanted.items():
        _same_numbers(PLACES[key], page["facts"])
        ours = json.dumps(PLACES[key], ensure_ascii=False)
        assert all(words not in page["text"] for words in re.findall(r"[\u4e00-\u9fff，。、]{12,}", ours))


def _same_numbers(place: dict[str, Any], facts: dict[str, Any]) -> None:
    for theirs, key in SETTINGS.items():
        if theirs in facts:
            assert place["settings"][key] == str(facts[theirs]), (place["id"], key)
    if "quota" in facts:
        assert place["total"] == facts.get("total", facts.get("min_total"))
        assert place["observers_seats"] == facts["observers"]
        assert place.get("media", 0) == facts.get("press", 0)
        ours = {next(key for word, key in WORDS.items() if name.startswith(word)): n for name, n in facts["quota"].items()}
        assert place["seats"] == ours
