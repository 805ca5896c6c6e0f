"""What is refused on the way of a claim, each by a sentence of its own."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.actions.claim_decisions import (
    AppealClaim,
    CloseClaim,
)
from civic_sourcing.attribution.actions.claims import (
    EndHearing,
    WithdrawClaim,
)
from civic_sourcing.attribution.models import (
    Claim,
    Contribution,
    Role,
    State,
)
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.text import TextRefused
from civic_sourcing.participants.models import Participant

from .conftest import accept, credit, end_hearing, let_time_pass

pytestmark = pytest.mark.django_db


class TestRefusedByItsOwnSentence:
    def test_a_claim_against_ones_own_text(self, file_claim, author):
        with pytest.raises(ActionRefused, match="your own text") as refused:
            file_claim(by=author)

        assert refused.value.code == "own-text"

    def test_a_claim_against_a_text_one_is_co_author_of(self, file_claim, contribution, claimant):
        credit(contribution, claimant, Role.CO_AUTHOR)

        with pytest.raises(ActionRefused, match="your own text"):
            file_claim()

    def test_a_second_open_claim(self, claim, file_claim):
        with pytest.raises(ActionRefused, match="already claimed this") as refused:
            file_claim()

        assert refused.value.code == "already-claimed"

    def test_a_second_open_claim_by_the_database(self, claim):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(
                contribution=claim.contribution,
                claimant=claim.claimant,
                filed_at=claim.filed_at,
                due_at=claim.due_at,
            )

    def test_a_text_that_is_not_public(self, file_claim, contribution):
        Contribution.objects.filter(pk=contribution.pk).update(state=State.HIDDEN)

        with pytest.raises(ActionRefused) as refused:
            file_claim()

        assert refused.value.code == "not-public"

    def test_a_fourth_claim_within_a_month(self, file_claim, receive):
        for number in range(3):
            file_claim(to=receive(f"Bench {number}"))

        with pytest.raises(RateLimited, match="3 claims of late") as refused:
            file_claim(to=receive("Bench 4"))

        assert refused.value.retry_after > 29 * 86400

    def test_a_claim_by_somebody_suspended(self, file_claim, claimant):
        Participant.objects.of(claimant)
        Participant.objects.filter(user=claimant).update(standing="suspended")

        with pytest.raises(ActionRefused, match="suspended"):
            file_claim()

    def test_a_claim_during_the_pause_after_refused_ones(
        self, file_claim, receive, decide, settings
    ):
        settings.CIVIC_SOURCING = {"CLAIM_REFUSED_LIMIT": 2, "CLAIM_APPEAL_DAYS": 0}
        for number in range(2):
            decide(end_hearing(file_claim(to=receive(f"Bench {number}"))))

        with pytest.raises(ActionRefused, match="were refused") as refused:
            file_claim(to=receive("Bench 3"))

        assert refused.value.code == "paused"

    def test_grounds_of_only_invisible_characters(self, file_claim):
        with pytest.raises(TextRefused) as refused:
            file_claim(text="\u200b\u200b")

        assert refused.value.code == "blank"

    def test_an_answer_by_the_claimant(self, claim, answer, claimant):
        with pytest.raises(ActionRefused, match="other side’s turn"):
            answer(claim, by=claimant)

    def test_a_second_answer(self, heard, answer):
        with pytest.raises(ActionRefused, match="already answered"):
            answer(heard)

    def test_an_answer_after_the_decision(self, claim, decide, answer):
        decided = end_hearing(claim)
        decide(decided)

        with pytest.raises(ActionRefused, match="is decided"):
            answer(decided)

    def test_a_decision_before_the_other_side_was_heard(self, claim, decide):
        with pytest.raises(ActionRefused, match="heard first, until") as refused:
            decide(claim)

        assert refused.value.code == "not-heard"

    def test_reasons_too_short_to_follow(self, heard, decide):
        with pytest.raises(ActionRefused, match="at least 80") as refused:
            decide(heard, reasons="No.")

        assert refused.value.code == "reasons-too-short"

    @pytest.mark.parametrize(
        ("terms", "code"),
        [
            pytest.param({"outcome": "added"}, "no-role", id="credit without role"),
            pytest.param({"outcome": "shared"}, "no-share", id="no share"),
            pytest.param({"outcome": "shared", "share": 0}, "no-share", id="share of 0 %"),
            pytest.param({"outcome": "shared", "share": 10_000}, "no-share", id="share of 100 %"),
            pytest.param({"outcome": "maybe"}, "no-outcome", id="unknown outcome"),
        ],
    )
    def test_a_decision_without_its_terms(self, heard, decide, terms, code):
        with pytest.raises(ActionRefused) as refused:
            decide(heard, **terms)

        assert refused.value.code == code

    def test_a_second_appeal(self, reheard, author):
        with pytest.raises(ActionRefused, match="appealed already"):
            AppealClaim(reheard, by=author, text="I too.").execute()

    def test_an_appeal_too_late(self, decided, claimant):
        late = let_time_pass(decided)

        with pytest.raises(ActionRefused, match="no decision that can be appealed"):
            AppealClaim(late, by=claimant, text="Wrong.").execute()

    def test_an_appeal_after_accepting(self, decided, claimant):
        accept(decided, claimant)

        with pytest.raises(ActionRefused, match="accepted the decision"):
            AppealClaim(decided, by=claimant, text="Wrong.").execute()

    def test_an_appeal_decided_by_the_first_steward(self, reheard, decide):
        with pytest.raises(ActionRefused, match="first decision") as refused:
            decide(reheard)

        assert refused.value.code == "decided-before"

    def test_taking_back_what_is_decided(self, decided, claimant):
        with pytest.raises(ActionRefused, match="decided"):
            WithdrawClaim(decided, by=claimant).execute()

    def test_closing_what_can_still_be_appealed(self, decided):
        with pytest.raises(ActionRefused, match="still be appealed"):
            CloseClaim(decided, by=None).execute()

    def test_ending_a_hearing_before_its_time(self, claim):
        with pytest.raises(ActionRefused, match="still has time"):
            EndHearing(claim, by=None).execute()
