"""One whole matter in the browser, by everybody whose work it is: from the declaration to the published result."""

from __future__ import annotations

import pytest

from tests.journeys.matter import adopting, afterwards, declaring, listening, meeting
from tests.journeys.people import Eye, People

pytestmark = pytest.mark.journey


def _walk(people: People, folder, *, late: bool) -> None:
    house = people.house
    declaring.the_planner_counts_backwards(people)
    declaring.a_secret_matter_keeps_its_code_name_only(people)
    matter = declaring.clerk_fills_the_declaration(people, folder)
    declaring.clerk_submits(people, matter)
    declaring.head_returns_it_and_the_clerk_mends_it(people, matter)
    declaring.levels_approve(people, matter)
    declaring.a_change_opens_the_approval_again(people, matter)
    house.at("2026-03-04 09:00")
    listening.clerk_prepares_the_notice(people, matter, folder)
    listening.three_people_review_it(people, matter)
    listening.clerk_opens_it(people, matter)
    listening.citizen_comments_on_a_clause(people, matter)
    listening.clerk_keys_in_what_came_on_paper(people, matter)
    listening.clerk_imports_files(people, matter, folder)
    listening.moderator_decides(people, matter)
    listening.the_period_ends(people, matter)
    adopting.the_report_is_refused_while_an_opinion_has_no_place(people, matter)
    meeting.operator_plans_a_meeting(people, matter)
    meeting.the_agenda_refuses_what_is_not_ready(people, matter)
    adopting.clerk_groups_them(people, matter)
    adopting.clerk_answers_the_groups(people, matter)
    adopting.the_report_is_signed_and_published(people, matter, folder)
    adopting.the_remaining_steps_are_done(people, matter, folder)
    meeting.operator_puts_it_on_the_agenda(people, matter)
    meeting.clerk_fills_the_seats(people, matter)
    meeting.representatives_answer_by_their_link(people)
    meeting.convening_waits_for_notice_and_papers(people, matter)
    house.at("2026-04-23 09:00" if late else "2026-04-21 09:00")
    meeting.clerk_tells_them(people, matter)
    if late:
        meeting.too_late_needs_an_emergency(people, matter)
    else:
        meeting.office_convenes(people, matter)
    house.at("2026-04-24 08:50")
    meeting.the_door(people, matter)
    meeting.the_meeting_is_held(people, matter)
    afterwards.operator_writes_down_what_they_said(people, matter)
    afterwards.minutes_wait_for_every_suggestion_and_name(people, matter)
    afterwards.office_issues_them(people, matter)
    house.at("2026-04-27 10:00")
    afterwards.the_result_is_published(people, matter)


def test_a_matter_goes_from_its_declaration_to_its_result_in_chinese(people, tmp_path):
    _walk(people, tmp_path, late=False)


def test_a_matter_goes_from_its_declaration_to_its_result_in_english(people, tmp_path):
    people.language, people.eye = "en", Eye()
    _walk(people, tmp_path, late=True)
    assert len(people.eye.seen) > 50  # wizard, previews, refusals, consoles: every kind met on the way
    assert people.eye.faults == []
