"""The machine proposes, a person decides: nothing moves by itself, nothing is lost, everything says who and what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mingtang.consultations import actions, queries
from mingtang.consultations.actions.proposing import run_proposals
from mingtang.consultations.jobs import propose
from mingtang.consultations.models import GroupingRun, GroupProposal, Opinion, OpinionGroup, index_folder
from mingtang.consultations.rules.proposing import PROPOSE
from mingtang.engines.grouping import vectors
from mingtang.engines.grouping.scorer import shipped
from mingtang.kernel.decision import Refused
from mingtang.platform.audit.models import Act
from mingtang.platform.jobs.models import Job
from tests.factories.consultations import clerk_person, opened, opinion, withhold
from tests.factories.ledger import reported
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db
SAME = "一楼住户的采光受影响，应当给予补偿。"
COPIES = (SAME, "一楼住户的采光受影响，应当给予补偿！！", "一楼住户采光受影响，应当给予补偿")
OTHER = "申请材料太多，老人跑不动，希望能够上门收件。"


def heard(*words: str) -> tuple[Any, Any, list[Opinion]]:
    row, clerk = opened()
    return row, clerk, [opinion(row, each, shown=True, author=f"住户{n}") for n, each in enumerate(words)]


def run(row: Any, clerk: Any) -> GroupingRun:
    made = actions.propose_groups(row.pk, actor=clerk, now=NOW)
    steps: list[tuple[int, int]] = []
    run_proposals(made.pk, now=NOW, progress=lambda done, every: steps.append((done, every)))
    assert steps == sorted(steps)
    assert steps
    made.refresh_from_db()
    return made


def members(each: GroupProposal) -> set[int]:
    return set(each.members.values_list("opinion_id", flat=True))


def test_what_says_the_same_is_proposed_together_and_moves_nowhere():
    row, clerk, said = heard(*COPIES, OTHER, "同意")
    made = run(row, clerk)
    (only,) = GroupProposal.objects.filter(consultation=row)
    assert (members(only), only.people_count, only.near) == ({each.pk for each in said[:3]}, 3, None)
    assert (made.state, made.opinions, made.proposed) == ("done", 5, 1)
    assert made.engine.startswith("grouping lexical ")
    assert queries.places(row.pk).homeless == 5
    assert not OpinionGroup.objects.exists()


@pytest.mark.usefixtures("installed")
def test_where_the_extra_is_installed_the_machine_goes_by_meaning_and_says_so():
    row, clerk, said = heard(*COPIES, OTHER, "同意")
    made = run(row, clerk)
    assert made.engine == f"grouping semantic {shipped('semantic').about['version']}"
    assert any({each.pk for each in said[:3]} <= members(each) for each in GroupProposal.objects.filter(consultation=row))
    assert not (index_folder(row.pk) / "work").exists()


@pytest.mark.usefixtures("installed")
def test_vectors_of_a_run_that_was_stopped_are_there_when_it_goes_on(monkeypatch):
    row, clerk, _said = heard(*COPIES, OTHER, "同意")
    made, asked = actions.propose_groups(row.pk, actor=clerk, now=NOW), []

    def stopped(done: int, _every: int) -> None:
        if done > 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_proposals(made.pk, now=NOW, progress=stopped)
    assert any((index_folder(row.pk) / "work").iterdir())
    real = vectors.encoded
    monkeypatch.setattr(vectors, "encoded", lambda some, change: asked.append(some) or real(some, change))
    run_proposals(made.pk, now=NOW, progress=lambda _done, _every: None)
    made.refresh_from_db()
    assert (made.state, asked) == ("done", [])


def test_the_machine_is_told_the_words_of_every_clause_by_the_key_opinions_name_it_by():
    row, _clerk, _said = heard()
    told = queries.words_of_clauses(row.pk)
    assert list(told) == [str(each.pk) for each in row.clauses.all()]
    assert [words.endswith(each.text) and each.heading in words for each, words in zip(row.clauses.all(), told.values(), strict=True)] == [
        True
    ] * row.clauses.count()
    assert told


def test_opposite_demands_in_nearly_the_same_words_are_not_proposed_together():
    row, clerk, _said = heard("建议收费，每次五元。", "建议不收费，每次五元。", "建议南门开放到九点。", "建议北门开放到九点。")
    run(row, clerk)
    assert not GroupProposal.objects.filter(consultation=row).exists()


def test_accepting_makes_a_group_with_what_is_still_without_a_place_and_says_by_what():
    row, clerk, said = heard(*COPIES, SAME)
    run(row, clerk)
    (only,) = GroupProposal.objects.filter(consultation=row)
    actions.answer_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, verdict="adopted")
    placed = actions.accept_proposals(row.pk, [only.pk], actor=clerk, now=NOW, title="采光补偿", without=[said[1].pk])
    assert placed == 2
    group = OpinionGroup.objects.get(consultation=row)
    assert (group.title, set(group.opinions.values_list("pk", flat=True))) == ("采光补偿", {said[2].pk, said[3].pk})
    assert queries.places(row.pk).homeless == 1
    act = Act.objects.get(event="consultation.accept_proposal")
    assert act.data == {"proposal": only.pk, "engine": only.run.engine, "group": group.pk, "opinions": 2, "offered": 4}
    assert actions.accept_proposals(row.pk, [only.pk], actor=clerk, now=NOW) == 0


def test_what_belongs_to_a_group_there_is_is_proposed_into_it_and_groups_never_meet():
    row, clerk, said = heard(SAME, COPIES[1], COPIES[2], OTHER)
    one = actions.group_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, title="采光")
    two = actions.group_opinions(row.pk, [said[1].pk], actor=clerk, now=NOW, title="也是采光")
    run(row, clerk)
    (only,) = GroupProposal.objects.filter(consultation=row)
    assert only.near in {one, two}
    assert members(only) == {said[2].pk}
    assert actions.accept_proposals(row.pk, [only.pk], actor=clerk, now=NOW, title="不用这个名字") == 1
    assert OpinionGroup.objects.get(pk=only.near_id).opinions_count == 2
    assert OpinionGroup.objects.count() == 2


def test_dismissed_ones_are_not_proposed_again_and_a_new_run_puts_the_old_aside():
    row, clerk, _said = heard(*COPIES, OTHER, OTHER)
    run(row, clerk)
    first = GroupProposal.objects.get(consultation=row, opinions_count=3)
    assert actions.dismiss_proposals(row.pk, [first.pk], actor=clerk, now=NOW) == 1
    run(row, clerk)
    run(row, clerk)
    states = GroupProposal.objects.order_by("opinions_count", "pk").values_list("opinions_count", "state")
    assert list(states) == [(2, "outdated"), (2, "outdated"), (2, "open"), (3, "dismissed")]


def test_withheld_opinions_and_those_answered_are_not_looked_through():
    row, clerk, said = heard(*COPIES)
    withhold(row, [said[0].pk])
    actions.answer_opinions(row.pk, [said[1].pk], actor=clerk, now=NOW, verdict="adopted")
    with pytest.raises(Refused) as refused:
        actions.propose_groups(row.pk, actor=clerk, now=NOW)
    assert refused.value.decision.code == "nothing"


def test_asked_twice_it_is_one_run_and_a_run_that_breaks_is_noted(monkeypatch: pytest.MonkeyPatch):
    row, clerk, _said = heard(*COPIES)
    first = actions.propose_groups(row.pk, actor=clerk, now=NOW)
    assert actions.propose_groups(row.pk, actor=clerk, now=NOW) == first
    assert Job.objects.filter(name=PROPOSE).count() == 1

    def stop(_done: int, _every: int) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        propose(now=NOW, progress=stop, run_id=first.pk)
    first.refresh_from_db()
    assert first.state == "failed"
    assert actions.propose_groups(row.pk, actor=clerk, now=NOW) != first


def test_nothing_is_proposed_once_the_report_is_out():
    row, clerk, _rows = reported()
    with pytest.raises(Refused) as refused:
        actions.propose_groups(row.pk, actor=clerk, now=NOW)
    assert refused.value.decision.code == "wrong_state"


def test_the_clerk_asks_looks_and_accepts_in_the_browser(client: Client):
    row, _clerk, said = heard(*COPIES, SAME, OTHER)
    client.force_login(clerk_person(row))
    desk = f"/workspace/consultations/{row.pk}/grouping/"
    assert "找意思相近的意见" in client.get(desk).content.decode()
    client.post(f"{desk}proposals/")
    assert "正在归组" in client.get(desk).content.decode()
    job = Job.objects.get(name=PROPOSE)
    propose(now=NOW, progress=lambda _done, _every: None, **job.arguments)
    (only,) = GroupProposal.objects.filter(consultation=row)
    assert only.title in client.get(desk).content.decode()
    one = client.get(f"{desk}proposals/{only.pk}/").content.decode()
    assert all(each.receipt in one for each in said[:4])
    assert "文字相同" in one
    assert "没有选中建议" in client.post(f"{desk}proposals/decide/", {}, follow=True).content.decode()
    told = {"proposal": only.pk, "here": "1", "accept": "1", "title": "采光补偿", "without": [said[0].pk]}
    assert "3 条意见已归组" in client.post(f"{desk}proposals/decide/", told, follow=True).content.decode()
    assert OpinionGroup.objects.get(consultation=row).title == "采光补偿"
