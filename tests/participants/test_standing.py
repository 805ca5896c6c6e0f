"""Good, warned, suspended until: decided at reading, by the database's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("standing", "until", "seen", "may_act"),
    [
        pytest.param("good", None, "good", True, id="good"),
        pytest.param("warned", None, "warned", True, id="warned"),
        pytest.param("suspended", None, "suspended", False, id="suspended until lifted"),
        pytest.param("suspended", NOW + MOMENT, "suspended", False, id="last moment"),
        pytest.param("suspended", NOW, "warned", True, id="just over"),
        pytest.param("suspended", NOW - MOMENT, "warned", True, id="over"),
    ],
)
def test_a_suspension_ends_by_itself(person, mina, standing, until, seen, may_act):
    Participant.objects.filter(pk=person.pk).update(standing=standing, suspended_until=until)
    person.refresh_from_db()

    allowed = InGoodStanding().allows(Occasion(mina, person, NOW))

    assert (person.standing_at(NOW), person.may_act(NOW), allowed) == (seen, may_act, may_act)


def test_the_refusal_says_until_when(person, mina):
    until = datetime(2030, 5, 9, 6, tzinfo=UTC)
    Participant.objects.filter(pk=person.pk).update(standing="suspended", suspended_until=until)

    refusal = InGoodStanding().refusal(Occasion(mina, person, NOW))

    assert refusal.code == "suspended"
    assert "9 May 2030" in str(refusal.message) or "May 9, 2030" in str(refusal.message)


def test_who_has_no_standing_yet_is_not_refused(neighbour):
    assert InGoodStanding().allows(Occasion(neighbour, None, NOW))
    assert InGoodStanding().allows(Occasion(AnonymousUser(), None, NOW))
    assert not Participant.objects.exists()
