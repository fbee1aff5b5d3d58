"""Work in the background: run once, again when its runner died, given up when it cannot be done."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.jobs import registry, runner
from mingtang.platform.jobs.models import Beat, Job
from mingtang.platform.jobs.registry import enqueue, every, job
from mingtang.platform.jobs.runner import LEASE, MAX_ATTEMPTS, Runner, run_due
from tests.factories.platform import NOW, government, later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_work(monkeypatch):
    """Only the work of this test is known."""
    works, sweeps = {}, {}
    for module in (registry, runner):
        monkeypatch.setattr(module, "WORKS", works)
        monkeypatch.setattr(module, "SWEEPS", sweeps)


def test_a_job_runs_with_its_arguments_and_leaves_its_outcome():
    @job("count")
    def count(*, now, progress, upto):
        progress(1, upto)
        return f"{upto} at {now:%H:%M}"

    queued = enqueue("count", now=NOW, government_id=government().pk, upto=3)
    assert run_due(NOW) == 1
    queued.refresh_from_db()
    assert (queued.status, queued.outcome, queued.done_steps, queued.all_steps) == ("done", "3 at 09:30", 1, 3)
    assert (queued.finished_at, queued.lease_until, str(queued)) == (NOW, None, "count done")
    assert run_due(later(days=1)) == 0


def test_a_job_queued_twice_under_one_name_runs_once():
    job("once")(lambda **_: "done")
    assert enqueue("once", now=NOW, dedupe="once:1") == enqueue("once", now=NOW, dedupe="once:1")
    assert run_due(NOW) == 1


def test_an_unknown_job_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        enqueue("nothing", now=NOW)


def test_a_job_that_is_refused_fails_at_once_with_the_reason():
    @job("refused")
    def refused(**_):
        no(t("还没截止。", "Still open."), "2.1").require()

    queued = enqueue("refused", now=NOW)
    run_due(NOW)
    queued.refresh_from_db()
    assert (queued.status, queued.attempts) == ("failed", 1)
    assert "还没截止" in queued.outcome


def test_a_job_that_breaks_is_tried_again_later_and_given_up_in_the_end(caplog):
    @job("broken")
    def broken(**_):
        msg = "no disk"
        raise OSError(msg)

    queued, now = enqueue("broken", now=NOW), NOW
    run_due(now)
    queued.refresh_from_db()
    assert (queued.status, queued.due_at) == ("waiting", NOW + timedelta(seconds=60))
    for _ in range(MAX_ATTEMPTS):
        now += timedelta(hours=1)
        run_due(now)
    queued.refresh_from_db()
    assert (queued.status, queued.attempts) == ("failed", MAX_ATTEMPTS)
    assert "no disk" in queued.outcome
    assert "broken" in caplog.text


def test_a_job_whose_runner_died_is_run_again_when_the_lease_is_over():
    job("again")(lambda **_: "done")
    queued = enqueue("again", now=NOW)
    Job.objects.filter(pk=queued.pk).update(status="running", lease_until=NOW + LEASE, attempts=1)
    assert run_due(NOW + LEASE) == 0
    assert run_due(NOW + LEASE + timedelta(seconds=1)) == 1
    queued.refresh_from_db()
    assert (queued.status, queued.attempts) == ("done", 2)


def test_a_job_not_due_yet_waits():
    job("later")(lambda **_: "done")
    enqueue("later", now=later(hours=1))
    assert run_due(NOW) == 0


def test_a_sweep_runs_at_its_rhythm_and_not_in_between():
    ran = []
    every("sweep", minutes=5)(ran.append)
    for minutes in (0, 4, 5, 6, 10):
        run_due(later(minutes=minutes))
    assert ran == [later(minutes=0), later(minutes=5), later(minutes=10)]
    assert str(Beat.objects.get()) == "sweep"


def test_a_sweep_that_breaks_does_not_hold_up_the_jobs(caplog):
    @every("bad", seconds=1)
    def bad(now):
        raise RuntimeError(now)

    job("good")(lambda **_: "done")
    queued = enqueue("good", now=NOW)
    run_due(NOW)
    queued.refresh_from_db()
    assert queued.status == "done"
    assert "sweep bad failed" in caplog.text


def test_the_runner_runs_what_is_due_until_it_is_stopped(monkeypatch):
    seen, twice = [], threading.Event()

    def due(now):
        seen.append(now)
        if len(seen) == 1:
            msg = "stumble"
            raise RuntimeError(msg)
        twice.set()

    monkeypatch.setattr(runner, "run_due", due)
    running = Runner(lambda: NOW, pause=0.01)
    running.start()
    assert twice.wait(10)
    running.stop()
    assert seen[:2] == [NOW, NOW]
    assert not running._thread.is_alive()


def test_the_runner_runs_in_the_calling_thread_for_the_worker_command(monkeypatch):
    running = Runner(lambda: NOW, pause=0.01)
    monkeypatch.setattr(runner, "run_due", lambda now: running._stopping.set())
    running.run_here()
    assert running._stopping.is_set()
