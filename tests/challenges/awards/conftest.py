"""A contest whose award is offered: to the captain of ``Awnings``, for 100,000 minor units."""

from django.utils import timezone

from tests.challenges.contests import (
    LONG_AGO,
    OVER,
    add_entry,
    add_judge,
    assign,
    confirm,
    finalise,
    hand_in,
    propose,
    winners,
)
from tests.scenes import scene


@scene
def captain(make_citizen):
    return make_citizen("captain")


@scene
def judge(make_citizen):
    return make_citizen("judge")


@scene
def loser(make_citizen):
    return make_citizen("loser")


@scene
def contest(make_challenge, captain, judge, loser):
    round_ = make_challenge(rounds=OVER).process.rounds.get()
    panel = add_judge(round_, judge)
    for user, title, points in ((captain, "Awnings", 18), (loser, "Trees", 12)):
        entry = add_entry(round_, user, title)
        hand_in(assign(panel, entry), points, 15, 15, 15, 15, 1, comment=f"{title}: well done.")
    return round_


@scene
def decision(contest, manager, steward):
    """Two people stand for it since a month; ``Trees`` wins nothing."""
    best = contest.entries.get(title="Awnings")
    proposal = propose(contest, winners(contest, best), manager, reason="One prize is enough.")
    decided = confirm(proposal, steward)
    return backdate(decided)


def backdate(decision):
    """Let the verification have ended long ago, as the database's own clock is not to be moved."""
    from django.db import connection

    from civic_sourcing.core import triggers

    triggers.lift()
    decision.confirmed_at = timezone.now() - LONG_AGO
    decision.verification_until = timezone.now() - LONG_AGO / 2
    decision.save()
    triggers.install()
    connection.check_constraints()
    return decision


@scene
def award(decision):
    return finalise(decision)[0]
