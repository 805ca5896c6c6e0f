"""What managers say of a challenge, and what cannot be said."""

import pytest
from django.utils import timezone

from civic_sourcing.challenges.actions.setup import (
    SetCriteria,
    SetFacts,
    SetPrizes,
    SetQuestions,
    SetTimeline,
)
from civic_sourcing.challenges.models import ChallengeFacts, Criterion, Prize, Round
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.participants.models import Participant
from tests.challenges.editorial.conftest import DAY, prize

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)


def phase(opens, closes, judged=None, **facts):
    dates = {"opens_at": NOW + opens * DAY, "closes_at": NOW + closes * DAY}
    judging = {"judging_until": NOW + judged * DAY} if judged else {}
    return {"titles": {"en": "Phase"}, **dates, **judging, **facts}


@pytest.mark.parametrize(
    ("rounds", "code"),
    [
        ([phase(10, 20), phase(15, 30)], "before-predecessor"),
        ([phase(20, 10)], "reversed"),
        ([phase(10, 20, 15)], "judging-before-close"),
    ],
    ids=["before its predecessor", "reversed", "judged too early"],
)
def test_phases_are_in_order(written, rounds, code):
    with pytest.raises(ActionRefused) as refusal:
        SetTimeline(written.process, by=None, rounds=rounds).execute()

    assert refusal.value.code == code


def test_phases_change_places_and_keep_their_criteria(written):
    first = Round.objects.get(process=written.process)
    new = phase(1, 5)
    old = {"uuid": first.uuid, **phase(10, 20)}

    SetTimeline(written.process, by=None, rounds=[new, old]).execute()

    numbers = dict(Round.objects.of(written.process).values_list("number", "pk"))
    assert numbers[2] == first.pk
    assert Criterion.objects.get().round_id == first.pk
    assert [each.kind for each in written.process.phases.all()] == ["entering", "judging"] * 2


@pytest.mark.parametrize(
    ("total", "up_to", "parts"),
    [
        (600_000, False, [prize(500_000)]),
        (400_000, False, [prize(500_000)]),
        (400_000, True, [prize(500_000)]),
        (None, False, [prize(1)]),
    ],
    ids=["less", "more", "above the ceiling", "no money"],
)
def test_prize_parts_that_do_not_sum_are_refused(written, total, up_to, parts):
    with pytest.raises(ActionRefused) as refusal:
        SetPrizes(
            written.process, by=None, currency="EUR", total=total, up_to=up_to, parts=parts
        ).execute()

    assert refusal.value.code == "sum"
    assert Prize.objects.get().amount == 500_000


def test_parts_may_come_to_less_than_a_ceiling(written):
    SetPrizes(
        written.process, by=None, currency="EUR", total=600_000, up_to=True, parts=[prize(500_000)]
    ).execute()

    assert ChallengeFacts.objects.get().prize_total == 600_000


def test_the_example_of_two_phases_can_be_said_whole(written):
    process = written.process
    rounds = [phase(1, 20, 30, advancing=5), phase(40, 90, takes_entries=True)]
    SetTimeline(process, by=None, rounds=rounds).execute()
    first, second = Round.objects.of(process)
    parts = [prize(500_000_00, winners=5, round=first), prize(100_000_00, round=second)]

    SetPrizes(process, by=None, currency="USD", total=600_000_00, parts=parts).execute()
    five = [{"titles": {"en": f"Criterion {n}"}, "points": 20} for n in range(5)]
    bonus = {"titles": {"en": "Rural"}, "points": 5, "is_bonus": True}
    SetCriteria(process, by=None, round=first, criteria=[*five, bonus]).execute()

    assert [each.each for each in Prize.objects.all()] == [100_000_00, 100_000_00]
    assert sum(row.points for row in first.criteria.all()) == 105


def test_levels_say_the_most_points(written):
    levels = [{"points": 3, "labels": {"en": "good"}}, {"points": 1, "labels": {"en": "weak"}}]
    row = {"titles": {"en": "Effect"}, "kind": "rating", "points": 99, "levels": levels}

    SetCriteria(
        written.process, by=None, round=Round.objects.get(process=written.process), criteria=[row]
    ).execute()

    assert Criterion.objects.get().points == 3


def test_a_knock_out_is_a_question_without_points(written):
    row = {"titles": {"en": "Complete"}, "kind": "numeric", "points": 9, "is_knockout": True}

    SetCriteria(
        written.process, by=None, round=Round.objects.get(process=written.process), criteria=[row]
    ).execute()

    criterion = Criterion.objects.get()
    assert (criterion.kind, criterion.points) == ("yesno", 0)


def test_more_than_four_types_are_refused(written):
    more = ["ideas", "scientific", "software", "creative"]

    with pytest.raises(ActionRefused) as refusal:
        SetFacts(written.process, by=None, values={"more_types": more}).execute()

    assert refusal.value.code == "too-many-types"


def test_what_is_frozen_is_refused_and_what_is_not_can_be_said(challenge, manager):
    process = challenge.process
    round_ = Round.objects.get(process=process)
    steps = [
        SetFacts(process, by=manager, values={"blind": True}),
        SetTimeline(process, by=manager, rounds=[]),
        SetPrizes(process, by=manager, currency="EUR", total=None, parts=[]),
        SetCriteria(process, by=manager, round=round_, criteria=[]),
        SetQuestions(process, by=manager, round=round_, questions=[]),
    ]

    codes = [code_of(step) for step in steps]
    SetFacts(process, by=manager, values={"contact": "ask@example.org", "blind": False}).execute()

    assert codes == ["frozen"] * 5
    assert ChallengeFacts.objects.get(process=process).contact == "ask@example.org"


def code_of(step):
    with pytest.raises(ActionRefused) as refusal:
        step.execute()
    return refusal.value.code


@pytest.mark.parametrize("person", ["citizen", "editor"])
def test_only_managers_and_stewards_say_anything(written, person, request):
    somebody = request.getfixturevalue(person)

    with pytest.raises(ActionForbidden):
        SetFacts(written.process, by=somebody, values={"contact": "me"}).execute()


def test_whoever_is_named_as_manager_writes_this_challenge_and_no_other(
    written, write_challenge, citizen
):
    person = Participant.objects.of(citizen)
    SetFacts(written.process, by=None, values={"managers": [person]}).execute()
    other = write_challenge("Another")

    SetFacts(written.process, by=citizen, values={"contact": "me"}).execute()

    with pytest.raises(ActionForbidden):
        SetFacts(other.process, by=citizen, values={"contact": "me"}).execute()
