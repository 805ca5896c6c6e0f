"""After the deadline: public with the decision as its solver wished, erased in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from civic_sourcing.challenges.actions.entries import WithdrawEntry
from civic_sourcing.challenges.entering.jobs import publish_due, return_due
from civic_sourcing.challenges.models import Decision, Entry, Placement, Ranking, Submission
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused

DAY = timedelta(days=1)


@pytest.fixture
def three(begin, hand_in, make_citizen, after_deadline, set_clock):
    """A winner, one whose solver shows it anyhow, and one who does not; opened, none decided."""
    entries = []
    for name in ("winner", "open", "shy"):
        user = make_citizen(name, email=f"{name}@example.org")
        entries.append(hand_in(begin(user), user, title=name, shown=name == "open"))
    after_deadline(entries[0], set_clock)
    return {entry.title: Entry.objects.get(pk=entry.pk) for entry in entries}


def decide(winner):
    """Two people have named ``winner``."""
    at = now()
    ranking = Ranking.objects.create(
        round=winner.round, number=1, document={}, digest="0" * 64, made_at=at
    )
    decision = Decision.objects.create(
        round=winner.round,
        ranking=ranking,
        proposed_by=uuid4(),
        proposed_at=at,
    )
    Placement.objects.create(decision=decision, entry=winner, place=1)
    decision.confirmed_by, decision.confirmed_at = uuid4(), at
    decision.save()
    return decision


def test_public_is_what_wins_and_what_its_solver_shows(client, challenge, three):
    publish_due(now())
    assert client.get(f"{challenge.url}entries/1/").status_code == 404

    decide(three["winner"])
    publish_due(now())

    shown = {
        title: client.get(f"{challenge.url}entries/{entry.number}/").status_code
        for title, entry in three.items()
    }
    assert shown == {"winner": 200, "open": 200, "shy": 404}
    listed = client.get(f"{challenge.url}entries/").text
    assert ("winner" in listed, "shy" in listed) == (True, False)


def test_not_chosen_is_erased_when_its_time_is_over_and_the_fingerprint_stays(three, set_clock):
    decision = decide(three["winner"])
    publish_due(now())
    facts = three["shy"].process.challenge

    set_clock(decision.confirmed_at + facts.keep_days * DAY - DAY)
    return_due(now())
    assert not Entry.objects.filter(state="returned").exists()
    set_clock(decision.confirmed_at + facts.keep_days * DAY)
    return_due(now())
    return_due(now())

    left = {entry.number: entry for entry in Entry.objects.all()}
    assert [left[number].state for number in sorted(left)] == ["submitted", "returned", "returned"]
    assert left[3].handed_in == {}
    assert left[3].rights_back_at is not None
    assert Submission.objects.get(entry=left[3]).digest
    assert left[1].handed_in["title"] == "winner"


def test_what_a_decision_names_is_not_taken_back(three):
    decide(three["winner"])

    with pytest.raises(ActionRefused) as error:
        WithdrawEntry(three["winner"], by=three["winner"].captain.user).execute()

    assert error.value.code == "decided"


def test_taken_back_while_it_is_judged(three):
    WithdrawEntry(three["shy"], by=three["shy"].captain.user).execute()

    shy = Entry.objects.get(pk=three["shy"].pk)
    assert (shy.state, shy.handed_in, shy.contribution.state) == ("withdrawn", {}, "removed")
    assert shy not in Entry.objects.to_judge()
