"""Offering to improve what somebody else handed in: made once, answered, taken back, not public."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.actions.credits import (
    InviteCoAuthor,
    SetShares,
    WithdrawCredit,
    key_of,
)
from civic_sourcing.attribution.actions.offers import (
    OFFERS_PER_DAY,
    AcceptOffer,
    DeclineOffer,
    WithdrawOffer,
)
from civic_sourcing.attribution.credits.offer_records import OfferRecords
from civic_sourcing.attribution.credits.records import circle
from civic_sourcing.attribution.models import Credit, ImprovementOffer, OfferState, Role
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited
from civic_sourcing.core.text import TextRefused
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import participant
from tests.attribution.offer_people import *  # noqa: F403
from tests.attribution.offer_people import WORDS, names, offer_by, page_of


def subjects(user):
    return list(Notification.objects.filter(user=user).values_list("subject", flat=True))


def test_accepted_person_is_improver_and_may_leave_again(contribution, offer, author, neighbour):
    before = names(contribution)

    credit = AcceptOffer(offer, by=author).execute()

    assert (before, names(contribution)) == (["mina"], ["mina", "neighbour"])
    assert (credit.role, credit.state) == (Role.IMPROVER, "accepted")
    WithdrawCredit(credit, by=neighbour).execute()
    assert names(contribution) == ["mina"]


def test_shares_are_void_when_an_offer_is_accepted(contribution, author, co_author, offer):
    shares = {key_of(credit): 5000 for credit in circle(contribution)}
    SetShares(contribution, by=author, shares=shares).execute()

    AcceptOffer(offer, by=author).execute()

    assert not contribution.credits.exclude(share=None).exists()


def test_declined_person_is_not_named(contribution, offer, author):
    DeclineOffer(offer, by=author).execute()

    assert names(contribution) == ["mina"]
    assert not Credit.objects.exists()


@pytest.mark.parametrize("step", [AcceptOffer, DeclineOffer])
def test_offer_is_answered_once(offer, author, step):
    DeclineOffer(offer, by=author).execute()

    with pytest.raises(ActionRefused, match="settled already") as refusal:
        step(offer, by=author).execute()

    assert refusal.value.code == "is-declined"


def test_withdrawn_offer_takes_its_words_and_its_news_along(offer, author, neighbour):
    WithdrawOffer(offer, by=neighbour).execute()

    offer.refresh_from_db()
    assert (offer.state, offer.text, subjects(author)) == (OfferState.WITHDRAWN, "", [])


# Who may


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("neighbour", None),
        ("official", None),
        ("moderator", None),
        ("superuser", None),
        ("author", "own-text"),
        ("co_author", "own-text"),
    ],
)
def test_who_may_offer(request, contribution, who, code):
    user = request.getfixturevalue(who)

    try:
        offer_by(user, contribution)
        refused = None
    except ActionRefused as refusal:
        refused = refusal.code

    assert refused == code


@pytest.mark.parametrize(
    ("who", "own", "unclaimed"),
    [
        ("author", True, False),
        ("neighbour", False, False),
        ("citizen", False, False),
        ("co_author", False, False),
        ("official", False, True),
        ("moderator", False, True),
        ("superuser", False, True),
    ],
)
@pytest.mark.parametrize("step", [AcceptOffer, DeclineOffer])
def test_who_may_answer(request, contribution, from_paper, neighbour, step, who, own, unclaimed):
    user = request.getfixturevalue(who)

    for subject, allowed in ((contribution, own), (from_paper, unclaimed)):
        offer = offer_by(neighbour, subject)
        if allowed:
            step(offer, by=user).execute()
        else:
            with pytest.raises(ActionForbidden):
                step(offer, by=user).execute()
        offer.refresh_from_db()
        assert offer.is_open is not allowed


@pytest.mark.parametrize("who", ["author", "citizen", "official", "superuser"])
def test_nobody_else_takes_an_offer_back(request, offer, who):
    with pytest.raises(ActionForbidden):
        WithdrawOffer(offer, by=request.getfixturevalue(who)).execute()


def test_official_does_not_answer_their_own_offer(from_paper, official):
    offer = offer_by(official, from_paper)

    with pytest.raises(ActionForbidden, match="somebody else answers"):
        AcceptOffer(offer, by=official).execute()


def test_official_answers_where_the_author_has_left(contribution, offer, author, official):
    Participant.objects.filter(user=author).update(user=None)

    AcceptOffer(offer, by=official).execute()

    assert "neighbour" in names(contribution)


def test_suspended_person_offers_nothing(contribution, neighbour):
    person = participant(neighbour)
    person.standing = Participant.Standing.SUSPENDED
    person.save()

    with pytest.raises(ActionRefused, match="suspended"):
        offer_by(neighbour, contribution)


# Bad input


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u2060", "x" * 1001], ids=repr)
def test_words_that_say_nothing_or_too_much_are_refused(contribution, neighbour, text):
    with pytest.raises(TextRefused):
        offer_by(neighbour, contribution, text)


def test_thousand_characters_as_people_count_them_are_taken(contribution, neighbour):
    assert offer_by(neighbour, contribution, "한" * 999 + "👍🏽").is_open


@pytest.mark.parametrize("answered", [None, DeclineOffer])
def test_second_offer_is_refused(contribution, offer, neighbour, author, answered):
    if answered:
        answered(offer, by=author).execute()

    with pytest.raises(ActionRefused, match="offered to improve this before"):
        offer_by(neighbour, contribution)


def test_improver_has_nothing_to_offer(contribution, author, neighbour):
    InviteCoAuthor(contribution, by=author, invitee="neighbour", role=Role.IMPROVER).execute()

    with pytest.raises(ActionRefused, match="or are invited"):
        offer_by(neighbour, contribution)


@pytest.mark.parametrize("state", ["draft", "hidden", "withdrawn", "removed"])
def test_what_is_not_published_is_not_improved(contribution, neighbour, state):
    contribution.state = state
    contribution.save()

    with pytest.raises(ActionRefused) as refusal:
        offer_by(neighbour, contribution)

    assert refusal.value.code == "not-published"


def test_offers_are_limited_by_day(receive, neighbour):
    for number in range(OFFERS_PER_DAY):
        offer_by(neighbour, receive(f"Bench {number}"))

    with pytest.raises(RateLimited):
        offer_by(neighbour, receive("One bench more"))


def test_database_knows_one_offer_for_person_and_contribution(offer):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImprovementOffer.objects.create(
            contribution=offer.contribution, participant=offer.participant, offered_at=clock.now()
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_offers_sent_at_once_make_one(run_in_parallel, contribution, neighbour):
    participant(neighbour)

    outcomes = run_in_parallel(4, lambda number: offer_by(neighbour, contribution))

    assert ImprovementOffer.objects.count() == 1
    refused = [outcome.code for outcome in outcomes if isinstance(outcome, ActionRefused)]
    assert refused == ["offered-before"] * 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_offer_accepted_and_declined_at_once_has_one_answer(run_in_parallel, offer, author):
    steps = (AcceptOffer, DeclineOffer)

    outcomes = run_in_parallel(2, lambda number: steps[number](offer, by=author).execute())

    offer.refresh_from_db()
    assert sum(isinstance(outcome, ActionRefused) for outcome in outcomes) == 1
    assert Credit.objects.exists() is (offer.state == OfferState.ACCEPTED)


# News, the log, what is kept


def test_whoever_had_the_idea_is_asked_without_the_words(offer, author):
    news = Notification.objects.get(user=author)

    assert news.subject == "neighbour offers to improve “A bench”"
    assert news.url == page_of("credits", offer.contribution)
    assert WORDS not in news.body


def test_city_is_asked_where_nobody_had_the_idea(from_paper, neighbour, official, superuser):
    offer_by(neighbour, from_paper)

    assert (len(subjects(official)), subjects(superuser)) == (1, [])


def test_administrators_are_asked_where_nobody_has_a_role(from_paper, place, neighbour, superuser):
    offer_by(neighbour, from_paper)

    assert len(subjects(superuser)) == 1


@pytest.mark.parametrize(
    ("step", "sentence"),
    [(AcceptOffer, "You are now named as improver"), (DeclineOffer, "was not taken up this time")],
)
def test_person_is_told_the_answer(offer, author, neighbour, step, sentence):
    step(offer, by=author).execute()

    assert sentence in subjects(neighbour)[0]


def test_log_names_the_offer_and_not_its_words_or_what_it_is_about(offer, author):
    DeclineOffer(offer, by=author).execute()

    entries = AuditEntry.objects.filter(action__contains="offer").order_by("pk")
    assert [entry.action.partition(".")[2] for entry in entries] == [
        "offer_to_improve",
        "decline_offer",
    ]
    assert {entry.subject_id for entry in entries} == {str(offer.uuid)}
    assert WORDS not in str([entry.details for entry in entries])


def test_leaving_takes_offers_and_their_words_along(offer, author, neighbour):
    OfferRecords().erase(participant(neighbour), blank_texts=False)

    offer.refresh_from_db()
    assert (offer.state, offer.text, subjects(author)) == (OfferState.WITHDRAWN, "", [])


def test_person_finds_their_offer_among_their_data(offer, neighbour):
    (row,) = OfferRecords().export(participant(neighbour))

    assert (row["text"], row["state"]) == (WORDS, "offered")
    assert OfferRecords().summary(participant(neighbour))[0].count == 1
