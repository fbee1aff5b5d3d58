"""Who may do what: one table for every policy of every capability, every role in every state.

A row says who may. Whoever is not named may not; a policy without a row here fails the last test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mingtang.consultations import policy as consultations
from mingtang.consultations.models import AdoptionReport, Consultation, DraftVersion, Inquiry, Opinion, ReportCorrection, Withholding
from mingtang.consultations.rules import CONSULTATION, OPINION
from mingtang.consultations.rules.asking import INQUIRY
from mingtang.consultations.rules.versions import VERSION_LABELS
from mingtang.hearings import policy as hearings
from mingtang.hearings.models import HearingDraw
from mingtang.kernel.decision import Decision
from mingtang.meetings import policy as meetings
from mingtang.meetings.models import AgendaItem
from mingtang.minutes import policy as minutes
from mingtang.minutes.models import Minutes, SectionComment
from mingtang.minutes.rules import MINUTES
from mingtang.platform.accounts import actions as accounts
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, ROLE_LABELS, Actor, Held, Role, stranger, system
from mingtang.platform.figures import actions as figures
from mingtang.platform.guard import policy as guard
from mingtang.platform.guard.subjects import Material
from mingtang.platform.papers import policy as papers
from mingtang.platform.signing import policy as signing
from mingtang.platform.signing.rules import DEFAULTS, HEAD, Kind
from mingtang.publishing import policy as publishing
from mingtang.publishing.models import Release
from mingtang.publishing.rules import RELEASE
from mingtang.representatives import policy as representatives
from mingtang.representatives.models import Call, Draw, Representative
from mingtang.topics import policy as topics
from mingtang.topics.models import Topic, TopicDocument
from mingtang.topics.rules import TOPIC

R = Role
HERE, THERE, OWNER, OTHER = 7, 8, 100, 200
OFFICE = DEFAULTS[Kind.REPORT][1]
OWN = frozenset({R.CLERK, R.HEAD})
COMMENTERS = frozenset({R.OPERATOR, R.OFFICE, R.LEADER, R.HEAD, R.CLERK})
EDITORS = frozenset({R.EDITOR_1, R.EDITOR_2, R.EDITOR_3})
READERS = frozenset({R.OFFICE, R.LEADER, R.LEGALITY, R.SECRECY, R.INSPECTOR, R.OPERATOR}) | EDITORS
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Line:
    """One policy in one state: who may, whether only for the own department, whether the platform may."""

    policy: Callable[..., Decision]
    ask: Callable[[Actor], Decision]
    may: frozenset[Role]
    state: str = ""
    local: frozenset[Role] = NOBODY
    itself: bool = False

    def __str__(self) -> str:
        return f"{self.policy.__module__.removeprefix('mingtang.')}.{self.policy.__name__} {self.state}".strip()


def here(policy: Callable[..., Decision], may: frozenset[Role], *, itself: bool = False, local: frozenset[Role] = OWN) -> Line:
    """A policy asked about the department HERE."""
    return Line(policy, lambda who: policy(who, HERE), may, local=local & may, itself=itself)


def plain(policy: Callable[..., Decision], may: frozenset[Role], *, itself: bool = False) -> Line:
    """A policy asked about nothing but the actor."""
    return Line(policy, policy, may, itself=itself)


def topic(state: str) -> Topic:
    return Topic(government_id=1, department_id=HERE, drafted_by_id=OWNER, state=state, title="路灯")


def topic_lines() -> list[Line]:
    lines = [here(topics.may_declare, OWN, itself=True)]
    for state in TOPIC.codes:
        row = topic(state)
        edits, works = state in {"drafting", "returned"}, state != "withdrawn"
        lines += [
            Line(topics.may_edit, lambda who, row=row: topics.may_edit(who, row), OWN if edits else NOBODY, state, OWN, itself=edits),
            Line(topics.may_work, lambda who, row=row: topics.may_work(who, row), OWN if works else NOBODY, state, OWN, itself=works),
            Line(topics.may_withdraw, lambda who, row=row: topics.may_withdraw(who, row), OWN | {R.OFFICE}, state, OWN, itself=True),
            Line(
                topics.may_see,
                lambda who, row=row: topics.may_see(who, row),
                READERS | OWN | {R.MODERATOR},
                state,
                OWN | {R.MODERATOR},
                itself=True,
            ),
        ]
    for level in DEFAULTS[Kind.DECLARATION]:
        asked = topic("submitted")
        local = frozenset({R.HEAD}) & {level.role}
        lines.append(
            Line(
                topics.may_approve,
                lambda who, level=level, asked=asked: topics.may_approve(who, asked, level),
                frozenset({level.role}),
                f"level {level.position}",
                local,
            )
        )
    for disclosure in ("open", "on_request", "closed"):
        paper = TopicDocument(title="件", disclosure=disclosure, added_by_id=OWNER)
        may = NOBODY if disclosure == "open" else frozenset({R.OFFICE, R.LEADER, R.SECRECY})
        lines.append(Line(topics.may_withhold, lambda who, paper=paper: topics.may_withhold(who, paper), may, disclosure))
    return lines


def consultation_lines() -> list[Line]:
    lines = [
        here(consultations.may_prepare, OWN, itself=True),
        here(consultations.may_open_it, OWN, itself=True),
        here(consultations.may_sort_mail, OWN | {R.OFFICE}, itself=True),
        here(consultations.may_see_contact, frozenset({R.CLERK})),
        here(consultations.may_see, READERS | OWN | {R.MODERATOR}, itself=True),
        plain(consultations.may_moderate_any, frozenset({R.MODERATOR}), itself=True),
        plain(consultations.may_see_queue, frozenset({R.MODERATOR, R.OFFICE}), itself=True),
    ]
    for stage, roles in consultations.REVIEW_ROLES.items():
        for state in CONSULTATION.codes:
            row = Consultation(prepared_by_id=OWNER, state=state)
            ask: Any = lambda who, row=row, stage=stage: consultations.may_review(who, row, stage, frozenset())  # noqa: E731 - one row of a table
            lines.append(Line(consultations.may_review, ask, frozenset(roles), f"stage {stage} {state}"))
    for state in OPINION.codes:
        said = Opinion(entered_by_id=OWNER, state=state)
        lines.append(
            Line(
                consultations.may_moderate,
                lambda who, said=said: consultations.may_moderate(who, said),
                frozenset({R.MODERATOR}),
                state,
                itself=True,
            )
        )
        proposal = Withholding(proposed_by_id=OWNER, decided_by_id=OWNER + 1)
        asked: Any = lambda who, said=said, made=proposal: consultations.may_confirm(who, said, made)  # noqa: E731 - one row of a table
        lines.append(Line(consultations.may_confirm, asked, frozenset({R.MODERATOR}), state))
        asked = lambda who, said=said, made=proposal: consultations.may_decide_appeal(who, said, made)  # noqa: E731 - as above
        lines.append(Line(consultations.may_decide_appeal, asked, frozenset({R.MODERATOR, R.OFFICE}), state))
    correction = ReportCorrection(asked_by_id=OWNER)
    lines.append(
        Line(
            consultations.may_decide_correction,
            lambda who: consultations.may_decide_correction(who, correction),
            frozenset({R.OFFICE}),
        )
    )
    report = AdoptionReport(drafted_by_id=OWNER)
    lines += [
        Line(
            consultations.may_sign_report,
            lambda who, level=level: consultations.may_sign_report(who, HERE, report, level),
            frozenset({level.role}),
            f"level {level.position}",
            local=frozenset({R.HEAD}) & {level.role},
        )
        for level in DEFAULTS[Kind.REPORT]
    ]
    lines.append(
        Line(
            consultations.may_return_report,
            lambda who: consultations.may_return_report(who, HERE, report, DEFAULTS[Kind.REPORT]),
            frozenset({R.HEAD, R.OFFICE}),
            local=frozenset({R.HEAD}),
        )
    )
    return [*lines, *draft_lines()]


def version(kind: str) -> DraftVersion:
    return DraftVersion(kind=kind, number=2, made_by_id=OWNER)


def inquiry(state: str) -> Inquiry:
    return Inquiry(consultation=Consultation(topic=topic("approved")), state=state, answered_by_id=OWNER)


def draft_lines() -> list[Line]:
    lines = []
    for kind in VERSION_LABELS:
        made = version(kind)
        ask: Any = lambda who, made=made: consultations.may_publish_version(who, HERE, made)  # noqa: E731 - one row of a table
        lines.append(Line(consultations.may_publish_version, ask, frozenset({R.HEAD, R.OFFICE}), kind, frozenset({R.HEAD})))
    for state in INQUIRY.codes:
        asked = inquiry(state)
        ask = lambda who, asked=asked: consultations.may_publish_inquiry(who, asked)  # noqa: E731 - one row of a table
        may = frozenset({R.MODERATOR, R.OFFICE, R.HEAD})
        lines.append(Line(consultations.may_publish_inquiry, ask, may, state, frozenset({R.HEAD})))
    return lines


def hearing_lines() -> list[Line]:
    return [
        here(hearings.may_decide, frozenset({R.HEAD, R.OFFICE})),
        here(hearings.may_run, OWN, itself=True),
        here(hearings.may_check_in, OWN | {R.OPERATOR}, itself=True),
        plain(hearings.may_see, BUSINESS_ROLES, itself=True),
        here(hearings.may_see_contact, frozenset({R.CLERK})),
        here(hearings.may_reply, OWN),
        Line(hearings.may_reply, lambda who: hearings.may_reply(who, None), NOBODY, "not a department"),
        Line(
            hearings.may_reveal,
            lambda who: hearings.may_reveal(who, HearingDraw(frozen_by_id=OWNER), HERE),
            OWN | {R.OFFICE, R.OPERATOR},
            local=OWN,
        ),
        Line(
            hearings.may_correct,
            lambda who: hearings.may_correct(who, HearingDraw(frozen_by_id=OWNER), HERE),
            frozenset({R.HEAD, R.OFFICE}),
            local=frozenset({R.HEAD}),
        ),
    ]


def material(department_id: int | None = HERE) -> Material:
    return Material("release", 1, 1, department_id, "标题", "/", authors=frozenset({OWNER}))


def guard_lines() -> list[Line]:
    wide, clearing = EDITORS | {R.SECRECY, R.OFFICE, R.OPERATOR, R.MODERATOR}, EDITORS | {R.SECRECY}
    return [
        Line(guard.may_look, lambda who: guard.may_look(who, material()), wide | OWN, local=OWN, itself=True),
        Line(guard.may_clear, lambda who: guard.may_clear(who, material()), clearing),
    ]


def meeting_lines() -> list[Line]:
    return [
        plain(meetings.may_plan, frozenset({R.OPERATOR, R.OFFICE}), itself=True),
        plain(meetings.may_convene, frozenset({R.OFFICE})),
        plain(meetings.may_waive, frozenset({R.LEADER})),
        plain(meetings.may_see, BUSINESS_ROLES, itself=True),
        Line(
            meetings.may_approve_late, lambda who: meetings.may_approve_late(who, AgendaItem(late_asked_by_id=OWNER)), frozenset({R.LEADER})
        ),
        here(representatives.may_select, OWN | {R.OPERATOR}, itself=True),
        plain(representatives.may_verify_any, frozenset({R.OFFICE})),
        Line(
            representatives.may_verify,
            lambda who: representatives.may_verify(who, Representative(added_by_id=OWNER)),
            frozenset({R.OFFICE}),
        ),
        plain(representatives.may_keep_pool, frozenset({R.CLERK, R.OPERATOR, R.OFFICE}), itself=True),
        here(representatives.may_publish_rules, frozenset({R.HEAD})),
        plain(representatives.may_check_in, frozenset({R.OPERATOR, R.OFFICE}), itself=True),
        plain(representatives.may_see_contact, frozenset({R.CLERK, R.OPERATOR, R.OFFICE})),
        plain(representatives.may_see, BUSINESS_ROLES, itself=True),
        *call_lines(),
    ]


def call_lines() -> list[Line]:
    call = Call(topic=topic("approved"), made_by_id=OWNER)
    draw, publishes = Draw(call=call, frozen_by_id=OWNER), frozenset({R.HEAD, R.OFFICE})
    return [
        here(representatives.may_run_call, OWN, itself=True),
        here(representatives.may_see_applicant, frozenset({R.CLERK})),
        Line(
            representatives.may_publish_call, lambda who: representatives.may_publish_call(who, call), publishes, local=frozenset({R.HEAD})
        ),
        Line(representatives.may_correct, lambda who: representatives.may_correct(who, draw), publishes, local=frozenset({R.HEAD})),
        Line(representatives.may_reveal, lambda who: representatives.may_reveal(who, draw), OWN | {R.OFFICE, R.OPERATOR}, local=OWN),
    ]


def paper_lines() -> list[Line]:
    lines = [
        plain(minutes.may_draft, frozenset({R.OPERATOR}), itself=True),
        here(minutes.may_judge, OWN | {R.OFFICE}),
        plain(minutes.may_see, BUSINESS_ROLES, itself=True),
        plain(minutes.may_comment, COMMENTERS),
        plain(papers.may_change_templates, frozenset({R.OFFICE})),
        plain(minutes.may_close_any, frozenset({R.OFFICE})),
        Line(
            minutes.may_close_comment,
            lambda who: minutes.may_close_comment(who, SectionComment(written_by_id=OWNER)),
            frozenset({R.OFFICE}),
        ),
        plain(minutes.may_see_record, frozenset({R.OPERATOR, R.OFFICE, R.LEADER})),
        plain(minutes.may_sign, frozenset({R.OFFICE, R.LEADER})),
        here(publishing.may_draft, OWN, itself=True),
        plain(publishing.may_see, BUSINESS_ROLES, itself=True),
        plain(publishing.may_withdraw, frozenset({R.OFFICE, R.SECRECY})),
    ]
    for state in MINUTES.codes:
        row = Minutes(drafted_by_id=OWNER, state=state)
        lines.append(Line(minutes.may_issue, lambda who, row=row: minutes.may_issue(who, row), frozenset({R.OFFICE}), state))
    for stage, roles in publishing.REVIEW_ROLES.items():
        for state in RELEASE.codes:
            out = Release(drafted_by_id=OWNER, state=state)
            ask: Any = lambda who, out=out, stage=stage: publishing.may_review(who, out, stage, frozenset())  # noqa: E731 - one row of a table
            lines.append(Line(publishing.may_review, ask, frozenset(roles), f"stage {stage} {state}"))
    return lines


def platform_lines() -> list[Line]:
    return [
        plain(accounts.may_administer, frozenset({R.SECURITY_ADMIN}), itself=True),
        plain(figures.may_set, frozenset({R.OFFICE}), itself=True),
        plain(signing.may_set_levels, frozenset({R.OFFICE}), itself=True),
        Line(
            signing.may_sign,
            lambda who: signing.may_sign(who, HEAD, department_id=HERE, drafter_id=OWNER),
            frozenset({R.HEAD}),
            local=frozenset({R.HEAD}),
        ),
        Line(
            signing.may_return,
            lambda who: signing.may_return(who, [HEAD, OFFICE], department_id=HERE, drafter_id=OWNER),
            frozenset({R.HEAD, R.OFFICE}),
            local=frozenset({R.HEAD}),
        ),
    ]


LINES = [
    *topic_lines(),
    *consultation_lines(),
    *hearing_lines(),
    *meeting_lines(),
    *paper_lines(),
    *guard_lines(),
    *platform_lines(),
]


def holding(role: Role, department_id: int | None = HERE, person_id: int = OTHER) -> Actor:
    return Actor(1, person_id, "李", frozenset({Held(role, department_id)}))


@pytest.mark.parametrize("line", LINES, ids=str)
def test_who_is_named_may_and_nobody_else(line):
    assert {role for role in Role if line.ask(holding(role))} == line.may


@pytest.mark.parametrize("line", LINES, ids=str)
def test_another_department_may_not_do_what_is_a_departments_own(line):
    assert {role for role in Role if line.ask(holding(role, THERE))} == line.may - line.local
    assert {role for role in Role if line.ask(holding(role, None))} == line.may


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_stranger_may_nothing_and_the_platform_only_what_it_must(line):
    assert not line.ask(stranger(1))
    assert bool(line.ask(system(1))) is line.itself


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_refusal_says_why_and_names_what_to_do(line):
    for role in set(Role) - line.may:
        answer = line.ask(holding(role))
        assert str(answer.reason)
        assert answer.reason.within("en")
        assert answer.code


OWN_WORK = [
    (R.EDITOR_1, lambda who: consultations.may_review(who, Consultation(prepared_by_id=OWNER), 1, frozenset())),
    (R.SECRECY, lambda who: consultations.may_review(who, Consultation(prepared_by_id=OWNER), 3, frozenset())),
    (R.MODERATOR, lambda who: consultations.may_moderate(who, Opinion(entered_by_id=OWNER))),
    (R.MODERATOR, lambda who: consultations.may_confirm(who, Opinion(), Withholding(proposed_by_id=OWNER))),
    (R.MODERATOR, lambda who: consultations.may_confirm(who, Opinion(entered_by_id=OWNER), Withholding(proposed_by_id=1))),
    (R.MODERATOR, lambda who: consultations.may_decide_appeal(who, Opinion(), Withholding(proposed_by_id=OWNER))),
    (R.OFFICE, lambda who: consultations.may_decide_appeal(who, Opinion(), Withholding(decided_by_id=OWNER))),
    (R.MODERATOR, lambda who: consultations.may_decide_appeal(who, Opinion(entered_by_id=OWNER), Withholding())),
    (R.HEAD, lambda who: consultations.may_sign_report(who, HERE, AdoptionReport(drafted_by_id=OWNER), HEAD)),
    (R.HEAD, lambda who: consultations.may_return_report(who, HERE, AdoptionReport(drafted_by_id=OWNER), [HEAD])),
    (R.OFFICE, lambda who: consultations.may_decide_correction(who, ReportCorrection(asked_by_id=OWNER))),
    (R.HEAD, lambda who: topics.may_approve(who, topic("submitted"), HEAD)),
    (R.OFFICE, lambda who: topics.may_withhold(who, TopicDocument(title="件", disclosure="closed", added_by_id=OWNER))),
    (R.OFFICE, lambda who: minutes.may_issue(who, Minutes(drafted_by_id=OWNER))),
    (R.OFFICE, lambda who: minutes.may_issue(who, Minutes(drafted_by_id=1), frozenset({OWNER}))),
    (R.OFFICE, lambda who: minutes.may_sign(who, frozenset({OWNER}))),
    (R.LEADER, lambda who: meetings.may_approve_late(who, AgendaItem(late_asked_by_id=OWNER))),
    (R.HEAD, lambda who: consultations.may_publish_version(who, HERE, version("revised"))),
    (R.OFFICE, lambda who: consultations.may_publish_version(who, HERE, version("final"))),
    (R.HEAD, lambda who: consultations.may_publish_inquiry(who, inquiry("answered"))),
    (R.MODERATOR, lambda who: consultations.may_publish_inquiry(who, inquiry("answered"))),
    (R.OPERATOR, lambda who: hearings.may_reveal(who, HearingDraw(frozen_by_id=OWNER), HERE)),
    (R.HEAD, lambda who: hearings.may_correct(who, HearingDraw(frozen_by_id=1, revealed_by_id=OWNER), HERE)),
    (R.EDITOR_3, lambda who: guard.may_clear(who, material())),
    (R.SECRECY, lambda who: guard.may_clear(who, material())),
    (R.EDITOR_2, lambda who: publishing.may_review(who, Release(drafted_by_id=OWNER), 2, frozenset())),
]


@pytest.mark.parametrize(("role", "ask"), OWN_WORK)
def test_nobody_passes_their_own_work(role, ask):
    assert ask(holding(role, person_id=OTHER))
    answer = ask(holding(role, person_id=OWNER))
    assert (answer.allowed, answer.code) == (False, "own_work")
    assert str(answer.remedy)


@pytest.mark.parametrize(
    "ask",
    [
        lambda who: consultations.may_review(who, Consultation(prepared_by_id=OWNER), 1, frozenset({OTHER})),
        lambda who: publishing.may_review(who, Release(drafted_by_id=OWNER), 1, frozenset({OTHER})),
    ],
)
def test_nobody_takes_two_of_three_reviews(ask):
    assert not ask(holding(R.EDITOR_1, person_id=OTHER))
    assert ask(holding(R.EDITOR_1, person_id=OTHER + 1))


@pytest.mark.parametrize("held", sorted(Role))
@pytest.mark.parametrize("given", sorted(Role))
def test_the_three_administrators_are_three_people_and_do_no_business(held, given):
    """Somebody who holds one role is given another."""
    admin, business = {given, held} & ADMIN_ROLES, {given, held} & BUSINESS_ROLES
    allowed = given == held or not (len(admin) == 2 or (admin and business))
    answer = accounts.may_hold(frozenset({held}), given)
    assert bool(answer) is allowed
    assert answer.allowed or (answer.code == "separate" and str(ROLE_LABELS[given]) in str(answer.reason))


def test_every_policy_stands_in_the_table():
    asked = {line.policy for line in LINES} | {accounts.may_hold}
    there = {
        function
        for module in (
            topics,
            consultations,
            hearings,
            meetings,
            representatives,
            minutes,
            publishing,
            guard,
            accounts,
            figures,
            papers,
            signing,
        )
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("may_") and function.__module__ == module.__name__
    }
    assert there - asked == set()
