"""The demo has a challenge in each state, and everything in them really happened."""

import pytest
from django.core.management import call_command

from civic_sourcing.answers.models import Adoption
from civic_sourcing.attribution.models import Claim
from civic_sourcing.challenges.models import (
    Assignment,
    Award,
    ChallengeFacts,
    ChallengePage,
    Entry,
    Instalment,
    SolverQuestion,
)
from civic_sourcing.challenges.timeline import status_at
from civic_sourcing.core import clock
from civic_sourcing.core.models import AuditEntry
from town.demo import challenges, departments


@pytest.fixture(scope="module")
def _loaded_challenges(_loaded_town, django_db_blocker):
    with django_db_blocker.unblock():
        departments.load()
        challenges.load()


@pytest.fixture
def played(town, _loaded_challenges):
    """The town after all its challenges were played until today."""


def page_of(slug, language="en"):
    return ChallengePage.objects.get(slug=slug, locale__language_code=language)


def test_one_challenge_is_in_each_state(played):
    at = clock.now()
    pages = ChallengePage.objects.filter(locale__language_code="en", live=True)

    told = {status_at(page.facts, page.rounds, at).value for page in pages}

    assert told == {"upcoming", "open", "judging", "closed", "archived"}
    states = ChallengeFacts.objects.values_list("state", flat=True)
    assert {"draft", "in_review", "edits_requested", "approved"} < set(states)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_of_a_challenge_opens_in_both_languages(client, played, language):
    top = f"/{language}/participate/challenges/"
    slugs = ChallengePage.objects.filter(locale__language_code=language, live=True)

    for place in ("", "feed/", "numbers/", *(f"{page.slug}/" for page in slugs)):
        assert client.get(top + place).status_code == 200, place


def test_the_public_votes_on_the_challenge_that_is_judged(client, played):
    shown = client.get("/en/participate/challenges/rain-stays-here/vote/")

    assert "Sign in to vote" in shown.text
    assert shown.context["form"].entries


def test_a_judge_of_the_demo_has_something_to_judge_and_one_had_a_conflict(played):
    rows = Assignment.objects.filter(entry__process=page_of("rain-stays-here").process)

    waiting = rows.filter(judge__participant__user__username="judge3", ended_at=None)
    assert waiting.filter(sheet=None).exists()
    assert rows.filter(conflict="conflict").count() == 1


def test_one_award_is_paid_in_part_and_its_solution_in_force(played):
    award = Award.objects.get(placement__entry__process=page_of("market-in-winter").process)

    assert list(award.instalments.values_list("paid_on", flat=True).order_by("position"))[1:] == [
        None
    ]
    assert Instalment.objects.filter(award=award, paid_on__isnull=False).count() == 1
    contribution = award.placement.entry.contribution
    assert contribution.is_public
    assert Adoption.objects.of(contribution).get().status == "in_force"


def test_a_winner_is_being_verified_and_somebody_claims_a_part(played):
    process = page_of("waste-less-lunch").process

    assert process.phase_at(clock.now()).kind == "verification"
    assert Claim.objects.open().filter(contribution__process=process).count() == 1


def test_entries_of_the_open_challenge_are_sealed(played):
    entries = Entry.objects.filter(process=page_of("cool-school-yards").process)

    assert entries.count() == 3
    assert list(SolverQuestion.objects.values_list("reply", flat=True)).count("") == 1
    assert not entries.filter(contribution__isnull=False).exists()


def test_loading_them_again_changes_nothing(played):
    before = AuditEntry.objects.count()

    challenges.load()

    assert AuditEntry.objects.count() == before


def test_the_records_of_all_this_fit(played):
    call_command("civic_verify", verbosity=0)
