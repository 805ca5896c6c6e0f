"""Who votes and scores beside the panel: roles, times, steps; own, other and foreign entries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.challenges.crowd.actions import CastVote, ScorePeers
from civic_sourcing.challenges.models import ChallengeIndexPage, CrowdScore, TeamMember
from civic_sourcing.core.clock import now
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_entry, add_judge
from tests.rights import read_table, roles_in, tried
from tests.scenes import scene

from .conftest import CLOSED

pytestmark = pytest.mark.django_db

PHASES = {
    "b": ("opens_at", -timedelta(microseconds=1)),
    "f": ("opens_at", timedelta(0)),
    "l": ("closes_at", -timedelta(microseconds=1)),
    "o": ("closes_at", timedelta(0)),
}
"""Before the votes, in their first moment and their last, over."""

MAY = """
                  vote vote_own vote_foreign take_back score score_own score_other score_foreign
anonymous         -    -        -            -         -     -         -           -
citizen           fl   fl       -            fl        -     -         -           -
suspended         -    -        -            -         -     -         -           -
captain           fl   -        -            fl        fl    -         -           -
member            fl   -        -            fl        -     -         -           -
captain_elsewhere fl   fl       -            fl        -     -         -           -
judge             -    -        -            -         -     -         -           -
judging_captain   -    -        -            -         -     -         -           -
manager           fl   fl       -            fl        -     -         -           -
manager_elsewhere fl   fl       -            fl        -     -         -           -
editor            fl   fl       -            fl        -     -         -           -
steward           fl   fl       -            fl        -     -         -           -
administrator     fl   fl       -            fl        -     -         -           -
"""
"""
“Own” is the entry of ``captain`` and ``member``, which is another's for everybody else; “other” was
not given to the captain to score, and “foreign” is of another challenge.
"""

TABLE = read_table(MAY, PHASES)


@scene
def foreign(make_challenge, make_citizen):
    """An entry of another challenge, and so its captain."""
    page = make_challenge("Another", rounds=CLOSED)
    return add_entry(page.process.rounds.get(), make_citizen("captain elsewhere"), "Elsewhere")


@pytest.fixture
def people(request, round_, shared_out, entries, foreign, make_citizen, make_official, home):
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    captain, judging = (entries[title].captain.user for title in ("Awnings", "Trees"))
    found = {
        "anonymous": AnonymousUser(),
        "captain": captain,
        "judging captain": judging,
        "captain elsewhere": foreign.captain.user,
        "manager elsewhere": make_official("far", "challenge_manager", elsewhere),
    }
    for role in ("citizen", "manager", "editor", "steward", "administrator"):
        found[role] = request.getfixturevalue(role)
    for role in ("suspended", "member", "judge"):
        found[role] = make_citizen(role, email=f"{role}@example.org")
    Participant.objects.filter(user=found["suspended"]).update(standing="suspended")
    add_judge(round_, found["judge"])
    add_judge(round_, judging)
    TeamMember.objects.create(
        entry=entries["Awnings"],
        participant=Participant.objects.of(found["member"]),
        invited_at=now(),
        joined_at=now(),
    )
    return {role: found[role] for role in roles_in(MAY)}


@pytest.fixture
def steps(entries, foreign, public_vote, peer_vote, people):
    own = entries["Awnings"]
    given = CrowdScore.objects.filter(participant__user=people["captain"], kind="peer")
    mine = {row.entry for row in given}
    [other] = set(entries.values()) - mine - {own}

    def cast(*chosen):
        keys = [str(entry.uuid) for entry in chosen]
        return lambda by: CastVote(public_vote, by=by, choices=keys).execute()

    def score(entry):
        return lambda by: ScorePeers(peer_vote, by=by, points={str(entry.uuid): 3}).execute()

    return {
        "vote": cast(next(iter(mine))),
        "vote_own": cast(own),
        "vote_foreign": cast(foreign),
        "take_back": cast(),
        "score": score(next(iter(mine))),
        "score_own": score(own),
        "score_other": score(other),
        "score_foreign": score(foreign),
    }


@pytest.mark.parametrize("step", TABLE)
def test_rights(step, steps, people, public_vote, set_clock):
    def enter(phase):
        name, after = phase
        set_clock(getattr(public_vote, name) + after)

    assert tried(steps[step], people, PHASES, enter) == TABLE[step]
