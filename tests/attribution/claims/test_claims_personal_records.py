"""What is kept about who claims, answers and decides, and how it goes."""

import pytest

from civic_sourcing.attribution.claims.links import find_contribution
from civic_sourcing.attribution.claims.personal_records import ClaimRecords
from civic_sourcing.attribution.models import ClaimFile, ClaimStatement
from civic_sourcing.core import audit
from civic_sourcing.core.personal_records import unnamed_models
from civic_sourcing.core.uploads import Kind, Received
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

from .conftest import REASONS, again, close

pytestmark = pytest.mark.django_db
PDF = Received(b"%PDF-1.4\n%%EOF", Kind.PDF, "plan.pdf")


def test_no_model_of_claims_is_forgotten():
    assert [label for label in unnamed_models() if "claim" in label and "code" not in label] == []


def test_both_sides_find_their_claims_among_their_own(decided, claimant, author, stranger):
    counts = [
        [line.count for line in ClaimRecords().summary(Participant.objects.of(user))]
        for user in (claimant, author, stranger)
    ]

    assert counts == [[1], [1], []]


def test_one_is_handed_ones_own_words_and_the_decision_but_not_the_others(decided, author):
    text = str(ClaimRecords().export(Participant.objects.of(author)))

    assert "I thought of it myself." in text
    assert REASONS in text
    assert "I wrote this first." not in text


@pytest.mark.parametrize("blank", [True, False])
def test_erasure_takes_files_always_and_words_if_wished(file_claim, claimant, steward, blank):
    file_claim(file=PDF)
    person = Participant.objects.of(claimant)

    EraseParticipant(person, by=claimant, blank_texts=blank).execute()

    statement = ClaimStatement.objects.get()
    assert (statement.text == "") is blank
    assert not ClaimFile.objects.exists()
    assert Notification.objects.exists() is not blank


def test_a_claim_goes_on_without_its_claimant(heard, decide, claimant):
    EraseParticipant(Participant.objects.of(claimant), by=claimant, blank_texts=True).execute()

    decide(heard, outcome="shared", share=3000)
    final = close(again(heard))

    assert final.state == "final"
    assert not any(report.found for report in audit.verify())


def test_an_erasure_twice_changes_nothing_more(claim, claimant):
    person = Participant.objects.of(claimant)

    for _ in range(2):
        ClaimRecords().erase(person, blank_texts=True)

    assert ClaimStatement.objects.get().text == ""


@pytest.mark.parametrize(
    "words",
    ["{uuid}", "https://town.example/civic/check/{fingerprint}/", "/civic/x/{uuid}/?a=b"],
    ids=["number", "check page", "address with the number"],
)
def test_a_contribution_is_found_by(contribution, words):
    version = contribution.versions.get()
    typed = words.format(uuid=contribution.uuid, fingerprint=version.fingerprint)

    assert find_contribution(typed) == contribution


@pytest.mark.parametrize("words", ["", "/", "/en/nowhere/", "https://", "a bench", "%%%"])
def test_what_names_nothing_finds_nothing(contribution, words):
    assert find_contribution(words) is None
