"""One hearing in the browser, from the proposal of a citizen to the published report: seats by lot, papers, the day, the record."""

from __future__ import annotations

import pytest

from tests.journeys.hearing import before, day
from tests.journeys.hearing.course import Course
from tests.journeys.people import Eye

pytestmark = pytest.mark.journey


def test_a_hearing_goes_from_a_citizens_proposal_to_its_report(people):
    people.house.run("tests.journeys.tohear")
    people.house.at("2026-11-24 10:00")
    at = Course(people, int((people.house.folder / "to_hear").read_text(encoding="utf-8")))
    people.eye = Eye()
    before.a_citizen_proposes_it_and_the_head_decides(at)
    before.the_clerk_announces_it(at)
    before.people_enrol(at)
    before.seats_are_drawn(at)
    before.the_list_is_published(at)
    day.papers_reach_everybody(at)
    day.the_hearing_is_held(at)
    day.everybody_confirms_the_record(at)
    day.the_report_is_published(at)
    assert people.eye.faults == []


def test_an_english_reader_follows_a_hearing_to_its_report(visitors):
    visitors.language = "en"
    reader = visitors.citizen(width=390)
    reader.open("/hearings/")
    reader.page.locator("main a[href$='/hearings/1/']").first.click()
    for words in ("Seats", "Participants", "Points raised", "Hearing report"):
        reader.sees(words)
    reader.follow("", "Repeat it yourself")
    reader.sees("The outcome")
