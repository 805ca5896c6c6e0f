"""Who is new: by time, by contributions everybody can read, and never who acts for the city."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.newcomers import is_new, standing_of
from civic_sourcing.participants.models import Participant

HOUR = timedelta(hours=1)


@pytest.fixture
def person(make_citizen, settle):
    return Participant.objects.of(settle(make_citizen("somebody")))


def since(person, age):
    person.created_at = timezone.now() - age
    return person


@pytest.mark.parametrize(
    ("age", "contributions", "new"),
    [
        pytest.param(25 * HOUR, 3, False, id="a day and three"),
        pytest.param(23 * HOUR, 3, True, id="less than a day"),
        pytest.param(25 * HOUR, 2, True, id="two contributions"),
    ],
)
def test_time_and_contributions_make_somebody_known(person, age, contributions, new):
    since(person, age)
    surplus = Contribution.objects.filter(author=person).order_by("pk")[contributions:]
    Contribution.objects.filter(pk__in=[row.pk for row in surplus]).update(author=None)

    assert is_new(person, timezone.now()) is new


@pytest.mark.parametrize(
    ("state", "new"),
    [("held", True), ("hidden", True), ("removed", True), ("withdrawn", False)],
)
def test_only_what_everybody_can_read_counts(person, state, new):
    held_by = "test" if state == "held" else ""
    Contribution.objects.filter(author=person).update(state=state, held_by=held_by)

    assert is_new(since(person, 25 * HOUR), timezone.now()) is new


def test_who_acts_for_the_city_is_never_new(moderator):
    assert standing_of(Participant.objects.of(moderator), timezone.now()) == "normal"


def test_somebody_not_signed_in_is_new(db):
    assert standing_of(None, timezone.now()) == "new"


def test_the_town_says_who_is_new(person, settings):
    settings.CIVIC_SOURCING = {
        **settings.CIVIC_SOURCING,
        "NEWCOMER_HOURS": 0,
        "NEWCOMER_CONTRIBUTIONS": 0,
    }
    Contribution.objects.filter(author=person).update(author=None)

    assert not is_new(since(person, timedelta()), timezone.now())
