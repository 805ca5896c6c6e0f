"""From score sheets to a decision of two people, and to awards once nobody objects."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.attribution.actions.claims import FileClaim
from civic_sourcing.attribution.models import Claim, State
from civic_sourcing.challenges.models import Award, Decision, Placement, Ranking, Round
from civic_sourcing.challenges.results.actions import WithdrawDecision
from civic_sourcing.challenges.results.documents import digest_of
from civic_sourcing.challenges.results.finishing import finalise_verified
from civic_sourcing.challenges.results.proposals import Named
from civic_sourcing.challenges.results.rounds import end_of_verification
from civic_sourcing.challenges.results.verification import verify_rankings
from civic_sourcing.core import triggers
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process
from tests.challenges.contests import (
    DAY,
    LONG_AGO,
    add_entry,
    add_judge,
    assign,
    confirm,
    finalise,
    hand_in,
    propose,
    ranking_of,
    winners,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(contest, entries, manager):
    return propose(contest, winners(contest, *entries.values()), manager)


@pytest.fixture
def confirmed(proposed, steward, set_clock):
    """Confirmed a month ago, so that the verification is over now."""
    set_clock(timezone.now() - LONG_AGO)
    decision = confirm(proposed, steward)
    set_clock(timezone.now())
    return decision


def refused(code: str):
    return pytest.raises(ActionRefused, check=lambda error: error.code == code)


def test_a_ranking_keeps_all_it_follows_from(contest, entries, manager):
    ranking = ranking_of(contest, manager)

    best = ranking.document["lines"][0]
    assert best["entry"] == str(entries["Awnings"].uuid)
    assert Fraction(best["raw"]) == Fraction(93 + 92 + 92, 3)
    assert (len(ranking.document["sheets"]), ranking.number) == (9, 1)


def test_the_same_sheets_make_no_second_version(contest, manager, steward):
    first = ranking_of(contest, manager)

    assert ranking_of(contest, steward) == first
    assert Ranking.objects.count() == 1


def test_what_changed_makes_the_next_version(contest, entries, manager):
    ranking_of(contest, manager)
    hide(entries["Paint"])

    assert ranking_of(contest, manager).number == 2


def hide(entry):
    entry.contribution.state = State.HIDDEN
    entry.contribution.hidden_from = State.PUBLISHED
    entry.contribution.save()


def test_nothing_is_ranked_while_judges_owe_sheets(contest, entries, make_citizen, manager):
    assign(add_judge(contest, make_citizen("dora")), entries["Paint"])

    with refused("waiting"):
        ranking_of(contest, manager)


def test_nothing_is_ranked_before_the_deadline(challenge, manager):
    with refused("not-closed"):
        ranking_of(challenge.process.rounds.get(), manager)


def test_a_ranking_that_was_written_to_is_found_out(contest, manager):
    ranking = ranking_of(contest, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ranking.objects.update(number=7)
    assert list(verify_rankings(Verification())) == []

    triggers.lift()
    ranking.document["lines"].reverse()
    ranking.save()
    changed = [finding.code for finding in verify_rankings(Verification())]
    ranking.digest = digest_of(ranking.document)
    ranking.save()
    wrong = [finding.code for finding in verify_rankings(Verification())]
    triggers.install()

    assert (changed, wrong) == (["ranking-changed"], ["ranking-wrong"])


def test_what_is_as_ranked_needs_no_reason(proposed):
    assert not proposed.deviates


def test_what_is_not_as_ranked_needs_one(contest, entries, manager):
    others = winners(contest, entries["Trees"], entries["Awnings"], entries["Paint"])

    with refused("no-reason"):
        propose(contest, others, manager)

    decision = propose(contest, others, manager, reason="The awnings are patented.")
    assert decision.deviates


def test_another_sum_than_the_prize_gives_needs_a_reason(contest, entries, manager):
    less = winners(contest, *entries.values(), amount=50_000)

    with refused("no-reason"):
        propose(contest, less, manager)


def test_that_nobody_wins_needs_a_reason(contest, manager):
    with refused("no-reason"):
        propose(contest, [], manager, no_award=True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda named: [named[0], *named], "not-here"),
        (lambda named: [Named("another", 1)], "not-here"),
        (lambda named: [Named(named[0].entry, 1, named[0].prize, 100_001)], "too-much"),
        (lambda named: [Named(named[0].entry, 1, None, 5)], "not-this-prize"),
        (lambda named: [Named(one.entry, 1, named[0].prize) for one in named], "too-many"),
        (lambda named: [Named(named[0].entry, advances=True)], "no-next"),
        (lambda named: [], "nobody"),
    ],
    ids=["twice", "strange", "too much", "no prize", "too many", "no next phase", "nobody"],
)
def test_a_proposal_keeps_to_the_prizes(contest, entries, manager, change, code):
    named = change(winners(contest, *entries.values()))

    with refused(code):
        propose(contest, named, manager, reason="So be it.")


def test_one_proposal_at_a_time(contest, proposed, entries, steward):
    with refused("decided"):
        propose(contest, winners(contest, *entries.values()), steward)


def test_nobody_confirms_what_they_proposed(proposed, manager):
    with refused("second-person"):
        confirm(proposed, manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=proposed.pk).update(
            confirmed_by=proposed.proposed_by, confirmed_at=timezone.now()
        )


def test_what_changed_since_is_not_confirmed(proposed, entries, steward):
    hide(entries["Awnings"])

    with refused("stale"):
        confirm(proposed, steward)


def test_the_verification_lasts_ten_full_days(confirmed):
    until = timezone.localtime(confirmed.verification_until)
    assert (until.hour, until.minute) == (0, 0)
    assert 10 * DAY < confirmed.verification_until - confirmed.confirmed_at <= 11 * DAY


def test_the_day_of_the_decision_is_no_full_day(settings):
    settings.TIME_ZONE = "Asia/Seoul"
    noon = datetime(2026, 11, 2, 12, tzinfo=timezone.get_current_timezone())

    assert end_of_verification(noon, 10).isoformat() == "2026-11-13T00:00:00+09:00"


def test_the_phases_follow_the_decision(confirmed):
    process = Process.objects.get(pk=confirmed.process.pk)

    kinds = [phase.kind for phase in process.phases.order_by("opens_at")]
    assert kinds[-2:] == ["judging", "verification"]


def test_nothing_is_final_while_all_can_object(proposed, steward):
    decision = confirm(proposed, steward)

    with refused("verifying"):
        finalise(decision)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(final_at=timezone.now())
    assert "0 decisions" in finalise_verified(timezone.now())


def test_the_tick_offers_awards_when_nobody_objected(confirmed, entries):
    finalise_verified(timezone.now())

    awards = Award.objects.of(confirmed.process)
    assert [(award.placement.entry.title, award.amount, award.state) for award in awards] == [
        ("Awnings", 100_000, "offered"),
        ("Trees", 250_000, "offered"),
        ("Paint", 250_000, "offered"),
    ]


def test_an_open_claim_keeps_an_award_back(confirmed, entries, neighbour):
    claim_to(entries["Trees"], neighbour)

    finalise_verified(timezone.now())

    assert not Award.objects.exists()
    with refused("claimed"):
        finalise(confirmed)


def claim_to(entry, user):
    claim = FileClaim(
        entry.contribution,
        by=user,
        text="I drew this first, and showed it to the team in spring.",
        evidence="My drawing was shown at the fair.",
        linked=None,
        file=None,
    ).execute()
    assert isinstance(claim, Claim)
    return claim


def test_what_was_confirmed_is_taken_back_with_a_reason_only(contest, confirmed, manager, entries):
    with refused("no-reason"):
        WithdrawDecision(confirmed, by=manager).execute()

    WithdrawDecision(confirmed, by=manager, reason="A claim was upheld.").execute()

    again = propose(contest, winners(contest, *entries.values()), manager)
    assert again.pk != confirmed.pk


def test_what_is_final_is_not_taken_back(confirmed, manager):
    finalise(confirmed)

    with refused("final"):
        WithdrawDecision(confirmed, by=manager, reason="Oh.").execute()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Decision, {"reason": "Another one."}),
        (Decision, {"verification_until": timezone.now() - timedelta(days=300)}),
        (Placement, {"place": 3}),
    ],
    ids=["reason", "verification", "place"],
)
def test_the_database_keeps_what_two_people_decided(confirmed, model, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_nobody_is_added_to_confirmed_winners(contest, confirmed, make_citizen):
    late = add_entry(contest, make_citizen("late"), "Late")

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(decision=confirmed, entry=late, place=4)


def test_who_advances_may_enter_the_next_phase(make_challenge, make_citizen, manager, steward):
    page = make_challenge(rounds=((-60 * DAY, -50 * DAY, -40 * DAY), (DAY, 9 * DAY, 12 * DAY)))
    first, second = Round.objects.of(page.process)
    entry = add_entry(first, make_citizen("captain"), "Awnings")
    hand_in(assign(add_judge(first, make_citizen("ann")), entry), 9, 9, 9, 9, 9, 0)

    decision = propose(first, [Named(str(entry.uuid), advances=True)], manager)
    assert not second.advances.exists()
    confirm(decision, steward)

    assert [advance.entry for advance in second.advances.all()] == [entry]
    assert Decision.objects.get().final_at is not None
