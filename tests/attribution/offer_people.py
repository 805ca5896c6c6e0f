"""An offer to improve what somebody handed in, and who is asked about it."""

import pytest
from django.urls import reverse

from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.attribution.actions.offers import OfferToImprove
from civic_sourcing.attribution.credits.flow import credits_for
from tests.attribution.credit_people import *  # noqa: F403

WORDS = "I can measure how wide the path is."


def offer_by(user, contribution, text=WORDS):
    return OfferToImprove(contribution, by=user, text=text).execute()


def names(contribution):
    return [mention.name for mention in credits_for(contribution).mentions]


def page_of(name, subject):
    return reverse(f"civic_attribution:{name}", args=[subject.uuid])


@pytest.fixture
def offer(contribution, neighbour, notes):
    return offer_by(neighbour, contribution)


@pytest.fixture
def from_paper(receive):
    return receive("Ramps", "At the library.", by=None, channel="paper")


@pytest.fixture
def superuser(make_person):
    return make_person("root", is_superuser=True)


@pytest.fixture
def co_author(contribution, author, make_person, notes):
    user = make_person("second")
    invitation = InviteCoAuthor(contribution, by=author, invitee="second").execute()
    AcceptInvitation(invitation, by=user).execute()
    return user
