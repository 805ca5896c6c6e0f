"""The filter learns from decisions, is silent until it knows enough, and forgets."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.checks import learning
from civic_sourcing.moderation.models import Case, Decision, FilterState, LearntText
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

from .test_bayes import GOOD, SPAM, sentence

LONG_AGO = timezone.now() - timedelta(days=9)


@pytest.fixture
def taught(handed_in, author, settings):
    """A filter that has learnt from twenty texts, as many as this town asks for."""
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "FILTER_EXAMPLES": 20}

    def teach(texts=20):
        for number in range(texts):
            is_spam = bool(number % 2)
            words = sentence(SPAM if is_spam else GOOD, number)
            earlier = handed_in(author, received_at=LONG_AGO)
            learning.learn(earlier, words, is_spam=is_spam, at=LONG_AGO)

    return teach


@pytest.fixture
def decide(rules, idea, report, moderator, django_capture_on_commit_callbacks):
    """Report the idea and decide, as the moderator, unless said otherwise."""

    def decide(outcome="remove", rule="advertising", **words):
        report(rule=rule)
        with django_capture_on_commit_callbacks(execute=True):
            return DecideCase(
                Case.objects.open().get(),
                by=moderator,
                outcome=outcome,
                rule=rules(rule) if outcome != "no_breach" else None,
                facts="It sells something, and says nothing about the park.",
                **words,
            ).execute()

    return decide


def state():
    row = FilterState.objects.filter(name="advertising").first()
    return (row.good, row.spam) if row else (0, 0)


def test_filter_holds_what_is_like_advertising_and_shows_why(taught, text):
    taught()
    words = sentence(SPAM, 99)

    (hit,) = learning.AdvertisingCheck().examine(text(words, title=""))

    assert (hit.verdict, hit.code) == ("hold", "like-advertising")
    assert hit.explanation["percent"] >= 98
    assert hit.explanation["examples"] == 20
    assert all(name == "text" and words[start:end] for name, start, end in hit.spans)


def test_filter_lets_ordinary_texts_pass(taught, codes):
    taught()

    assert codes(sentence(GOOD, 99)) == {}


def test_filter_is_silent_until_it_knows_enough(taught, codes):
    taught(texts=19)

    assert codes(sentence(SPAM, 99)) == {}


def test_filter_that_knows_one_side_only_is_silent(taught, codes, handed_in, author):
    for number in range(30):
        earlier = handed_in(author, received_at=LONG_AGO)
        learning.learn(earlier, sentence(SPAM, number), is_spam=True, at=LONG_AGO)

    assert codes(sentence(SPAM, 99)) == {}


@pytest.mark.parametrize(
    ("outcome", "rule", "learnt"),
    [
        pytest.param("remove", "advertising", (0, 1), id="advertising removed"),
        pytest.param("hide", "advertising", (0, 1), id="advertising hidden"),
        pytest.param("remove", "respect", (0, 0), id="insult removed"),
        pytest.param("no_breach", "advertising", (1, 0), id="no breach"),
        pytest.param("warn", "advertising", (0, 0), id="warned"),
    ],
)
def test_decisions_teach(decide, outcome, rule, learnt):
    decide(outcome, rule)

    assert state() == learnt


def test_text_decided_again_counts_once(decide, idea):
    decide("no_breach")
    decide("remove")

    assert state() == (0, 1)
    assert LearntText.objects.get().contribution == idea.contribution


def test_what_was_learnt_is_forgotten_with_the_text(decide, idea):
    decide("no_breach")

    with transaction.atomic():
        ledger.blank(idea.contribution)

    assert state() == (0, 0)
    assert not LearntText.objects.exists()


@pytest.mark.parametrize("blank_texts", [True, False], ids=["texts blanked", "texts kept"])
def test_what_was_learnt_is_forgotten_with_its_author(decide, idea, author, blank_texts):
    decide("no_breach")

    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=blank_texts).execute()

    assert state() == (0, 0)


def test_decision_that_did_not_stand_teaches_nothing(decide, idea):
    decision = decide("remove")
    appeal = type("Appeal", (), {"decision": decision, "outcome": "reversed"})

    learning.follow_appeal(None, subject=appeal)

    assert isinstance(decision, Decision)
    assert state() == (0, 0)
