"""People who comment, and moderation: suspended, too young, claimed against, or gone."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.attribution.actions.claims import FileClaim
from civic_sourcing.attribution.guardians import follow_answer
from civic_sourcing.attribution.models import State
from civic_sourcing.comments.models import Comment, Tombstone
from civic_sourcing.comments.personal_records import CommentRecords
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions import FileAppeal
from civic_sourcing.moderation.models import Case, Decision, PreservedText
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import GuardianConsent, Participant
from tests.moderation.leaks import tables_with

from .moderated import DAY, RUDE, TEXT, faults, let_pass, now, row, seen, span

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


class TestSuspended:
    @pytest.fixture
    def suspended(self, case, decide):
        return decide(case, "suspend", until=timezone.now() + DAY)

    @pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}], ids=["page", "part"])
    def test_they_get_a_sentence_and_keep_what_they_typed(
        self, suspended, talk, citizen, idea, headers
    ):
        address = reverse("civic_comments:post", args=[idea.contribution.uuid])

        response = signed_in(citizen).post(
            address, {"text": "What I wanted to add.", "request_key": "a" * 32}, **headers
        )

        page = response.content.decode()
        assert response.status_code in (403, 409)
        assert "suspended" in page
        assert "What I wanted to add." in page
        assert "what you typed is still here" in page
        assert Comment.objects.count() == 3

    def test_neither_edit_nor_rating_is_theirs_meanwhile(self, suspended, talk, citizen):
        client = signed_in(citizen)

        edit = client.post(reverse("civic_comments:edit", args=[talk[1].uuid]), {"text": "New."})
        client.post(reverse("civic_comments:rate", args=[talk[2].uuid]), {"value": "1"})

        assert "suspended" in edit.content.decode()
        assert now(talk[1]).text == TEXT
        assert now(talk[2]).helpful == 0

    def test_afterwards_they_write_again(self, suspended, speak, citizen):
        let_pass(suspended)

        assert speak(citizen, "Thank you for waiting.").is_readable

    def test_they_may_still_delete_what_they_wrote(self, suspended, talk, citizen):
        signed_in(citizen).post(reverse("civic_comments:withdraw", args=[talk[1].uuid]))

        assert now(talk[1]).tombstone == Tombstone.AUTHOR


class TestTheYoung:
    @pytest.fixture
    def young(self, citizen):
        Participant.objects.filter(user=citizen).update(age_band=Participant.AgeBand.MINOR)
        return citizen

    def answer(self, user, state):
        consent, _made = GuardianConsent.objects.get_or_create(
            participant=Participant.objects.of(user),
            defaults={"contact_digest": "x", "token_digest": "x", "asked_at": timezone.now()},
        )
        consent.state = state
        consent.save()
        with transaction.atomic():
            follow_answer(consent)

    def test_what_they_say_waits_for_their_guardian(self, young, speak, idea):
        comment = speak(young, TEXT)

        assert comment.contribution.keepers == ["guardian"]
        assert RUDE not in seen(idea)
        self.answer(young, "consented")
        assert RUDE in seen(idea)
        assert faults() == []

    def test_it_waits_for_both_where_moderators_look_first(self, young, speak, look_first, decide):
        look_first()
        comment = speak(young, TEXT)
        decide(Case.objects.get(), "release", rule=None)
        assert row(comment).keepers == ["guardian"]
        assert now(comment).shown_at is None

        self.answer(young, "consented")

        assert now(comment).is_readable

    @pytest.mark.parametrize("outcome", ["mask", "remove", "hide"])
    def test_what_a_guardian_takes_back_is_kept_nowhere(self, said, case, decide, outcome):
        decide(case, outcome, spans=[span(RUDE)], seen_version=1)
        user = now(said).contribution.author.user
        Participant.objects.filter(user=user).update(age_band=Participant.AgeBand.MINOR)

        self.answer(user, "withdrawn")

        assert tables_with(RUDE) == set()
        assert faults() == []


class TestWhoLeaves:
    @pytest.fixture
    def leave(self, citizen):
        def go(*, blank_texts=True):
            person = Participant.objects.of(citizen)
            EraseParticipant(person, by=citizen, blank_texts=blank_texts).execute()

        return go

    @pytest.mark.parametrize("outcome", ["mask", "hide", "remove", "temporary", "no_breach"])
    def test_their_words_are_nowhere_whatever_was_decided(self, talk, case, decide, leave, outcome):
        soon = timezone.now() + DAY
        decide(case, outcome, spans=[span(RUDE)], seen_version=1, until=soon)

        leave()

        assert tables_with(RUDE) == set()
        assert now(talk[2]).is_readable
        assert faults() == []

    def test_an_open_case_stays_and_can_be_closed(self, talk, case, decide, leave):
        leave()

        decide(Case.objects.get(pk=case.pk), "no_breach", rule=None)

        assert not Case.objects.get(pk=case.pk).is_open
        assert now(talk[1]).tombstone == Tombstone.ACCOUNT

    def test_what_waited_is_not_published_empty(self, look_first, speak, citizen, decide, leave):
        look_first()
        comment = speak(citizen)
        leave()

        decide(Case.objects.get(), "no_breach", rule=None)

        assert not Comment.objects.readable().exists()
        assert tables_with(RUDE) == set()
        assert faults() == []
        assert row(comment).title == ""

    def test_an_appeal_goes_without_its_words(self, talk, case, decide, citizen, leave, moderator):
        decision = decide(case, "remove")
        FileAppeal(decision, by=citizen, text="It was meant kindly.").execute()

        leave()

        assert tables_with("meant kindly") == set()
        assert not PreservedText.objects.exclude(text="").exists()
        with pytest.raises(ActionRefused):
            decide(Case.objects.get(pk=case.pk), "lift", rule=None)

    def test_with_texts_left_a_reversal_still_works(self, talk, case, decide, leave):
        decide(case, "hide")
        leave(blank_texts=False)

        decide(Case.objects.get(pk=case.pk), "lift", rule=None)

        assert now(talk[1]).text == TEXT
        assert Decision.objects.count() == 2
        assert faults() == []

    def test_who_is_named_in_masked_words_is_not_named_again(
        self, said, case, decide, proposer, appeal
    ):
        decision = decide(case, "mask", spans=[span("@Mina Han")], seen_version=1)
        person = Participant.objects.of(proposer)
        EraseParticipant(person, by=proposer, blank_texts=False).execute()

        appeal(decision)

        assert now(said).text == TEXT
        assert not said.mentions.exists()


class TestClaims:
    def test_somebody_claims_a_comment_and_it_is_decided(self, said, neighbour):
        client = signed_in(neighbour)
        form = client.get(reverse("civic_attribution:new_claim", args=[said.uuid]))

        claim = FileClaim(row(said), by=neighbour, text="I said this first.").execute()

        assert form.status_code == 200
        page = client.get(reverse("civic_attribution:claim", args=[claim.uuid]))
        assert page.status_code == 200
        assert RUDE in page.content.decode()

    def test_a_hidden_comment_is_not_shown_there(self, said, neighbour, case, decide):
        claim = FileClaim(row(said), by=neighbour, text="I said this first.").execute()
        decide(case, "hide")

        page = signed_in(neighbour).get(reverse("civic_attribution:claim", args=[claim.uuid]))

        assert row(said).state == State.HIDDEN
        assert RUDE not in page.content.decode()


def test_a_hidden_mention_is_in_nobodys_data(said, case, decide, proposer):
    person = Participant.objects.of(proposer)
    assert CommentRecords().export(person)["mentioned_in"] == [said.uuid]

    decide(case, "hide")

    assert CommentRecords().export(person)["mentioned_in"] == []
