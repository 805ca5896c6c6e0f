import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from civic_sourcing.core import clock
from civic_sourcing.core.models import IdempotencyKey, TickLease
from civic_sourcing.core.tick import forget_tick, register_tick, run_ticks
from civic_sourcing.processes.models import Phase, Process
from civic_sourcing.processes.news import announce_phases
from civic_sourcing.processes.rules import PhaseRule, Rules
from civic_sourcing.processes.signals import phase_closed, phase_opened
from tests.processes.conftest import DAY, set_phases
from tests.racing import wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """What the signals announced, in order."""
    news = []

    def opened(phase, **kwargs):
        news.append(("opened", phase.kind))

    def closed(phase, **kwargs):
        news.append(("closed", phase.kind))

    phase_opened.connect(opened)
    phase_closed.connect(closed)
    yield news
    phase_opened.disconnect(opened)
    phase_closed.disconnect(closed)


@pytest.fixture
def job():
    """A job that does what it is told."""
    names = []

    def register(function, name="plaza.job"):
        register_tick(name, function)
        names.append(name)

    yield register
    for name in names:
        forget_tick(name)


def tick(*args):
    out = StringIO()
    call_command("civic_tick", *args, stdout=out)
    return out.getvalue()


def test_a_phase_that_opened_is_announced_once(running, heard):
    tick()
    tick()

    assert heard == [("opened", "collect")]


def test_a_phase_that_closed_is_announced_once(running, now, heard):
    tick()
    Phase.objects.filter(kind="collect").update(closes_at=now)

    tick()
    tick()

    assert heard == [("opened", "collect"), ("closed", "collect")]


def test_a_phase_wholly_past_when_it_was_set_is_no_news(process, now, heard):
    set_phases(process, PhaseRule("collect", now - 9 * DAY, now - 8 * DAY))

    tick()

    assert heard == []


def test_a_phase_that_opens_anew_is_news_again(running, now, heard):
    tick()
    collect, vote = Rules.of(running.process).phases
    set_phases(running.process, PhaseRule("collect", now - DAY / 2, now + DAY, pk=collect.pk), vote)

    tick()

    assert heard == [("opened", "collect"), ("opened", "collect")]


def test_overlapping_runs_announce_once(running, heard, run_in_parallel):
    run_in_parallel(4, lambda number: announce_phases(clock.now()))

    assert heard == [("opened", "collect")]


@pytest.mark.postgres
def test_a_run_waits_for_an_editor_before_it_holds_what_the_editor_needs(plaza, now):
    Phase.objects.create(process=plaza.process, kind="collect", opens_at=now - DAY)
    with ThreadPoolExecutor() as pool, transaction.atomic():
        Process.objects.select_for_update(no_key=True).get(pk=plaza.process_id)
        run = pool.submit(in_own_connection, announce_phases, now)
        wait_until_somebody_waits()

        held = list(plaza.process.phases.select_for_update(nowait=True))

    assert [phase.kind for phase in held] == ["collect"]
    assert run.result(10) == "1 change announced"


def in_own_connection(function, *args):
    try:
        return function(*args)
    finally:
        connections.close_all()


def test_the_first_opening_is_noted(plaza, now):
    Phase.objects.create(process=plaza.process, kind="collect", opens_at=now - DAY)

    tick()

    plaza.process.refresh_from_db()
    assert plaza.process.first_opened_at == now - DAY


def test_one_job_that_fails_does_not_stop_the_others(running, heard, job):
    def fail(at):
        raise RuntimeError("the printer is on fire")

    job(fail, "aaa.fails")
    job(lambda at: "swept", "zzz.sweeps")
    out = StringIO()

    with pytest.raises(CommandError, match=r"aaa\.fails"):
        call_command("civic_tick", stdout=out)

    assert "RuntimeError: the printer is on fire" in out.getvalue()
    assert "zzz.sweeps: swept" in out.getvalue()
    assert heard == [("opened", "collect")]


def test_two_runs_do_not_work_at_once(job):
    inner = []
    job(lambda at: inner.append(run_ticks()))

    run_ticks()

    assert inner == [None]


def test_a_run_that_was_cut_off_delays_the_next_but_does_not_stop_it(db):
    lease = TickLease.objects.create(pk=1, holder=int_uuid(7), until=clock.now() + DAY)
    assert run_ticks() is None

    TickLease.objects.filter(pk=lease.pk).update(until=clock.now() - DAY)

    assert run_ticks() is not None


def test_a_run_gives_its_lease_back(db):
    run_ticks()

    assert not TickLease.objects.exists()


def test_a_run_that_is_told_to_end_gives_its_lease_back(job, unheeded):
    job(lambda at: os.kill(os.getpid(), signal.SIGTERM))

    with pytest.raises(SystemExit):
        tick("--only", "plaza.job")

    assert not TickLease.objects.exists()
    assert signal.getsignal(signal.SIGTERM) is unheeded


@pytest.fixture
def unheeded():
    """What SIGTERM does before the command: nothing."""

    def ignore(signum, frame):
        pass

    before = signal.signal(signal.SIGTERM, ignore)
    yield ignore
    signal.signal(signal.SIGTERM, before)


def test_expired_idempotency_keys_are_purged(db, settings):
    old = IdempotencyKey.objects.create(digest="a", content="b", created_at=clock.now() - 9 * DAY)
    new = IdempotencyKey.objects.create(digest="c", content="d")

    tick()

    assert not IdempotencyKey.objects.filter(pk=old.pk).exists()
    assert IdempotencyKey.objects.filter(pk=new.pk).exists()


def test_json_tells_what_was_done(running):
    document = json.loads(tick("--json"))

    assert document["ran"] is True
    assert {"name": "civic_processes.phases", "said": "1 change announced", "error": ""} in (
        document["jobs"]
    )


def test_one_job_can_be_run_by_name(job):
    ran = []
    job(ran.append)

    tick("--only", "plaza.job")

    assert len(ran) == 1


def test_a_job_nobody_registered_is_named(db):
    with pytest.raises(CommandError, match=r"plaza\.nothing"):
        tick("--only", "plaza.nothing")


def test_two_jobs_do_not_share_a_name(job):
    job(lambda at: None)

    with pytest.raises(ValueError, match="already registered"):
        register_tick("plaza.job", lambda at: None)


def int_uuid(number):
    from uuid import UUID

    return UUID(int=number)
