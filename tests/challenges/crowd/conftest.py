"""A challenge that closed yesterday; the public votes for a week, and its solvers score as well."""

from datetime import timedelta

from civic_sourcing.challenges.crowd.jobs import assign_due
from civic_sourcing.challenges.models import ChallengeFacts, CrowdVote
from civic_sourcing.core.clock import now
from tests.challenges.contests import add_entry
from tests.scenes import maker, scene

DAY = timedelta(days=1)
CLOSED = ((-5 * DAY, -DAY, 20 * DAY),)
TITLES = ("Awnings", "Trees", "Paint", "Fans")


@scene
def contest(make_challenge):
    """The page. Facts and votes are set while it is a draft, as they are frozen once it is open."""
    page = make_challenge(rounds=CLOSED, state="draft", public_percent=20, peer_percent=10)
    round_ = page.process.rounds.get()
    for position, kind in enumerate(("public", "peer")):
        CrowdVote.objects.create(round=round_, kind=kind, position=position, days=7, most=2)
    facts = ChallengeFacts.objects.get(process=page.process)
    facts.state, facts.published_at = "published", now()
    facts.save()
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@scene
def round_(contest):
    return contest.process.rounds.get()


@scene
def entries(round_, make_citizen):
    """By title; the captain of each is called after it. They wait for the decision."""
    return {title: enter(round_, make_citizen(f"captain of {title}"), title) for title in TITLES}


def enter(round_, user, title):
    entry = add_entry(round_, user, title)
    entry.handed_in = {
        "title": title,
        "brief": f"{title} over the yard.",
        "description": f"{title}, in detail.",
        "files": [],
    }
    entry.language = "en"
    entry.save()
    entry.contribution.state, entry.contribution.held_by = "held", "challenge"
    entry.contribution.save()
    return entry


@scene
def public_vote(round_, entries):
    return round_.crowd_votes.get(kind="public")


@scene
def peer_vote(round_, entries):
    return round_.crowd_votes.get(kind="peer")


@scene
def shared_out(peer_vote):
    """The entries are given out among the four captains, two for each."""
    assign_due(now())
    return peer_vote


@maker
def captain_of(entries):
    return lambda title: entries[title].captain.user
