"""A town behind gunicorn on a PostgreSQL of its own, and votes held in it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, connections
from wagtail.models import Site

from benchmarks.serving import Served
from benchmarks.visitors import signed_in
from benchmarks.votes import make_vote, open_run
from civic_sourcing.budgets.models import BudgetVotePage
from tests import databases
from tests.budgets.proofs.cluster import Cluster
from tests.budgets.proofs.voters import Voter
from town.environment import database

pytest.register_assert_rewrite("tests.budgets.proofs.judgement")

PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
THREADS = 16
"""Of each of two workers, so that 32 casts are taken at once."""


@contextlib.contextmanager
def elsewhere(url: str) -> Iterator[None]:
    """Let this process, with all its threads, reach the database at ``url``."""
    there = database(url)
    known = [settings.DATABASES["default"], connection.settings_dict]
    before = [{name: each[name] for name in PLACE} for each in known]
    connections.close_all()
    for each in known:
        each.update({name: there[name] for name in PLACE})
    try:
        yield
    finally:
        connections.close_all()
        for each, place in zip(known, before, strict=True):
            each.update(place)


@pytest.fixture(scope="module")
def cluster(django_db_setup, django_db_blocker):
    """A PostgreSQL of the proof's own, with the tables of the town in its database ``town``."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL, and runs there")
    with django_db_blocker.unblock():
        template = databases.migrated()
    cluster = Cluster()
    try:
        copy_database(template, cluster.database("town"), cluster.programs)
        yield cluster
    finally:
        cluster.stop()


def copy_database(name, url, programs):
    """Write what is in a database of the tests into another server's."""
    here = connection.settings_dict
    there = {"PGHOST": here["HOST"], "PGPORT": here["PORT"], "PGUSER": here["USER"]}
    environment = os.environ | {key: str(value) for key, value in there.items() if value}
    dump = subprocess.run(
        [programs / "pg_dump", name], env=environment, stdout=subprocess.PIPE, check=True
    )
    subprocess.run(
        [programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", url],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@pytest.fixture(scope="module")
def served(cluster):
    """The town behind gunicorn, on that PostgreSQL."""
    with Served(
        "tests.budgets.proofs.wsgi:application",
        settings="tests.budgets.proofs.settings",
        threads=THREADS,
        environment={"DATABASE_URL": cluster.address("town")},
    ) as served:
        yield served


@pytest.fixture
def town(served, cluster, django_db_blocker):
    """The served town, in whose database the test looks as well."""
    with django_db_blocker.unblock(), elsewhere(cluster.address("town")):
        yield served


@pytest.fixture
def hold_vote(town):
    """``hold_vote(12)`` opens a vote with so many projects in the served town."""

    def hold_vote(projects=12, limits=None, **options):
        home = Site.objects.get(is_default_site=True).root_page
        vote = make_vote(home, projects, limits, **options)
        return open_run(vote.process)

    return hold_vote


@pytest.fixture
def voter(town):
    """``voter(run, "kim")`` is somebody with a device; without some guards if they are named."""

    def voter(run, who, *without):
        page = BudgetVotePage.objects.get(process=run.process_id)
        review = urlsplit(page.get_full_url()).path + "vote/review/"
        user = get_user_model().objects.create_user(f"{who} of {run.pk}")
        headers = {"X-Without": " ".join(without)} if without else {}
        return Voter(signed_in(user, town.address, headers=headers), review, who)

    return voter
