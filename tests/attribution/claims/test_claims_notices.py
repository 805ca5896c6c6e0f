"""Who hears what, when, and what happens by itself."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions.claim_decisions import AppealClaim
from civic_sourcing.attribution.actions.claims import WithdrawClaim
from civic_sourcing.attribution.claims.jobs import move_claims_on, remind_of_claims
from civic_sourcing.attribution.models import Claim
from civic_sourcing.core import clock
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant

from .conftest import again, let_time_pass

pytestmark = pytest.mark.django_db


def told():
    """Who was told something, and drop it: the next look sees only what is new."""
    people = set(Notification.objects.values_list("user__username", flat=True))
    Notification.objects.all().delete()
    return people


def test_each_step_is_told_to_both_sides_and_to_who_may_decide(
    steward, second_steward, file_claim, answer, decide, claimant
):
    claim = file_claim()
    heard = [told()]
    answer(claim)
    heard.append(told())
    decide(claim)
    heard.append(told())
    AppealClaim(claim, by=claimant, text="Wrong.").execute()
    heard.append(told())
    answer(again(claim))
    heard.append(told())
    decide(again(claim), by=second_steward)
    heard.append(told())

    assert heard == [
        {"mina", "jun", "steward", "steward2"},
        {"jun", "steward", "steward2"},
        {"mina", "jun"},
        {"mina", "jun", "steward2"},
        {"jun", "steward2"},
        {"mina", "jun"},
    ]


def test_a_steward_who_is_a_party_is_not_told_as_a_steward(file_claim, steward, second_steward):
    file_claim(by=steward)

    mine = Notification.objects.filter(user=steward)
    assert [row.category for row in mine] == ["civic_attribution.claims"]


def test_a_withdrawn_claim_is_told(claim, claimant):
    told()

    WithdrawClaim(claim, by=claimant).execute()

    assert told() == {"mina", "steward"}


def test_people_read_it_in_their_language(file_claim, author, steward):
    Participant.objects.of(author)
    Participant.objects.filter(user=author).update(language="ko")

    file_claim()

    subject = Notification.objects.get(user=author).subject
    assert "답변해 주세요" in subject


def test_nothing_that_was_said_is_in_a_notification(file_claim, answer, steward):
    claim = file_claim(text="SECRETGROUNDS")
    answer(claim, text="SECRETANSWER")

    texts = Notification.objects.values_list("subject", "body")
    assert "SECRET" not in str(list(texts))


def test_tick_hands_unanswered_claims_to_the_stewards(claim):
    let_time_pass(claim)

    said = move_claims_on(clock.now())

    assert said == "1 to decide, 0 final"
    assert again(claim).state == "heard"


def test_tick_makes_final_what_nobody_appealed(decided):
    let_time_pass(decided)

    assert move_claims_on(clock.now()) == "0 to decide, 1 final"
    assert move_claims_on(clock.now()) == "0 to decide, 0 final"
    assert again(decided).state == "final"


@pytest.mark.parametrize(
    ("state", "people"),
    [
        pytest.param("claim", {"mina"}, id="who has not answered"),
        pytest.param("heard", {"steward"}, id="who has to decide"),
        pytest.param("decided", {"mina", "jun"}, id="who can appeal"),
        pytest.param("appealed", {"mina"}, id="who has not replied"),
    ],
)
def test_who_has_to_act_is_reminded_once(state, people, request):
    claim = request.getfixturevalue(state)
    soon = clock.now() + timedelta(days=2)
    Claim.objects.filter(pk=claim.pk).update(due_at=soon)
    Notification.objects.all().delete()

    remind_of_claims(clock.now())
    first = set(Notification.objects.values_list("user__username", flat=True))
    remind_of_claims(clock.now())

    assert first == people
    assert Notification.objects.count() == len(people)


def test_nobody_is_reminded_long_before(claim):
    told()

    remind_of_claims(clock.now())

    assert told() == set()


def test_an_overdue_decision_is_escalated_every_week(heard, make_person):
    make_person("admin", is_superuser=True)
    late = let_time_pass(heard, days=1)
    Notification.objects.all().delete()

    for days in (0, 1, 6, 7):
        remind_of_claims(clock.now() + timedelta(days=days))

    assert Notification.objects.filter(user__username="admin").count() == 2
    assert Notification.objects.filter(user__username="steward").count() == 2
    assert again(late).state == "heard"


def test_the_command_runs_the_jobs(claim, capsys):
    let_time_pass(claim)

    call_command("civic_tick")

    assert again(claim).state == "heard"


def test_a_title_masked_later_is_masked_in_what_was_written_before(claim, claimant):
    contribution = claim.contribution
    title = contribution.title
    about_it = Notification.objects.filter(subject__contains=title)
    assert about_it.exists()

    with transaction.atomic():
        ledger.take_words(contribution, title="*** by ***", text="***")

    assert not about_it.exists()
    assert not Notification.objects.filter(body__contains=title).exists()
    assert Notification.objects.filter(subject__contains="*** by ***").exists()

    with transaction.atomic():
        ledger.take_words(contribution, title=title, text="As it was.")

    assert about_it.exists()
