"""The contest of ``awards``, judged and not ranked yet; two people who may decide, in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from civic_sourcing.challenges.models import Award, Decision, Ranking
from tests.challenges.awards import conftest as awards
from tests.challenges.awards.conftest import backdate
from tests.challenges.panel.conftest import in_admin  # noqa: F401
from tests.scenes import scene

DESK = "civic_challenge_results_admin"

captain = awards.captain
contest = awards.contest
judge = awards.judge
loser = awards.loser


@scene
def in_office(manager, steward, contest):
    """Manager and steward may open the admin. The process of the contest."""
    for user in (manager, steward):
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return contest.process


@pytest.fixture
def phase(in_office):
    return reverse(f"{DESK}:phase", args=[in_office.uuid, 1])


@pytest.fixture
def as_(client):
    """Press ``step`` as ``user``."""

    def press(user, url, step, **data):
        client.force_login(user)
        return client.post(url, {"step": step, **data})

    return press


@pytest.fixture
def ranked(as_, manager, phase):
    as_(manager, phase, "rank")
    return Ranking.objects.get()


@pytest.fixture
def final(as_, manager, steward, phase, ranked):
    """The award screen of the first winner."""
    as_(manager, phase, "propose_ranked", ranking=ranked.uuid)
    as_(steward, phase, "confirm", decision=Decision.objects.get().uuid)
    decision = backdate(Decision.objects.get())
    as_(manager, phase, "finish", decision=decision.uuid)
    award = Award.objects.get(placement__place=1)
    return reverse(f"{DESK}:award", args=[award.process.uuid, award.uuid])


def rows_of(process, *places, prize=None):
    """What the form sends where the entries have these places."""
    typed = {}
    for entry, place in zip(process.entries.order_by("pk"), places, strict=True):
        typed[f"{entry.uuid}-place"] = place
        typed[f"{entry.uuid}-prize"] = prize.pk if prize and place else ""
        typed[f"{entry.uuid}-amount"] = "1,000" if prize and place else ""
    return typed
