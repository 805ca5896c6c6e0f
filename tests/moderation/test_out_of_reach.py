"""What a moderator sees of a person from another forum gives no say in that forum."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.core.exceptions import ActionForbidden
from civic_sourcing.moderation.models import Case, Measure
from civic_sourcing.participants.models import Participant

from .deciding_people import (  # noqa: F401
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
)


@pytest.fixture
def person_case(report, author, idea, propose, other_forum):
    """A case about somebody, noticed in the forum, who has written elsewhere as well."""
    propose(author, "Shelves", forum=other_forum)
    person = Participant.objects.of(author)
    return Case.objects.get(pk=report(person, process=idea.contribution.process).case_id)


@pytest.fixture
def suspended(person_case, decide):
    decide(person_case, "suspend", until=timezone.now() + timedelta(days=7))
    return case_now(person_case)


def in_force():
    return Measure.objects.in_force(timezone.now())


def test_control_moderator_elsewhere_sees_the_case_and_may_warn(
    person_case, decide, foreign_moderator
):
    assert decide(person_case, "warn", by=foreign_moderator).outcome == "warn"


def test_moderator_elsewhere_does_not_suspend_from_the_forum(
    person_case, decide, foreign_moderator
):
    with pytest.raises(ActionForbidden):
        decide(
            person_case,
            "suspend",
            by=foreign_moderator,
            until=timezone.now() + timedelta(days=7),
        )


def test_moderator_elsewhere_does_not_lift_a_suspension(suspended, decide, foreign_moderator):
    with pytest.raises(ActionForbidden):
        decide(suspended, "lift", by=foreign_moderator)

    assert in_force().exists()


@pytest.mark.parametrize("verdict", ["reversed", "changed"])
def test_moderator_elsewhere_does_not_undo_it_on_appeal(
    suspended, appeal, decide_appeal, rules, foreign_moderator, verdict
):
    filed = appeal(suspended.decision)

    with pytest.raises(ActionForbidden):
        decide_appeal(filed, verdict, by=foreign_moderator, outcome="warn", rule=rules("respect"))

    assert in_force().exists()


def test_moderator_of_the_forum_lifts_it(suspended, decide, second_moderator):
    decide(suspended, "lift", by=second_moderator)

    assert not in_force().exists()


@pytest.mark.parametrize("outcome", ["suspend", "warn"])
def test_what_a_text_brought_on_its_author_can_be_lifted_there(case, decide, outcome):
    until = timezone.now() + timedelta(days=7) if outcome == "suspend" else None
    decide(case, outcome, until=until)

    decide(case_now(case), "lift")

    assert not in_force().exists()
