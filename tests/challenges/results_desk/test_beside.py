"""What was typed into one form of a screen stays when the button of another is pressed."""

import pytest

from civic_sourcing.challenges.awards.actions import AcceptAward
from civic_sourcing.challenges.models import Award, Decision, Instalment, Ranking
from tests.challenges.contests import add_judge, assign, hand_in

from .conftest import rows_of

pytestmark = pytest.mark.django_db


def test_pressing_another_button_keeps_what_was_typed(
    as_, manager, phase, ranked, in_office, judge, citizen
):
    typed = {"ranking": ranked.uuid, **rows_of(in_office, 2, 1), "reason": "Safer by far."}
    late = add_judge(in_office.rounds.get(), citizen)
    hand_in(assign(late, in_office.entries.get(title="Trees")), 20, 20, 20, 20, 20, 5)

    wrong = as_(manager, phase, "propose_ranked", **typed)
    stale = as_(manager, phase, "propose", **typed)
    again = as_(manager, phase, "rank", **typed)

    assert "You changed the winners below" in wrong.content.decode()
    assert "rank the entries again first" in stale.content.decode()
    assert [each.status_code for each in (wrong, stale, again)] == [409, 409, 200]
    for answer in (wrong, stale, again):
        assert "Safer by far." in answer.content.decode()
        assert answer.context["forms"]["propose"].rows[0]["place"].value() in ("1", "2")
    typed["ranking"] = Ranking.objects.get(number=2).uuid
    assert f'value="{typed["ranking"]}"' in again.content.decode()
    assert as_(manager, phase, "propose", **typed).status_code == 302
    assert Decision.objects.get().reason == "Safer by far."


PLAN = {
    "plan-TOTAL_FORMS": 3,
    "plan-INITIAL_FORMS": 0,
    "plan-0-milestone": "A prototype",
    "plan-0-amount": "1,000",
}
TYPED = {**PLAN, "propose_cancel-reason": "It was copied."}


@pytest.fixture
def accepted(captain, final):
    """The award screen; its award is accepted, the papers are missing."""
    AcceptAward(Award.objects.get(placement__place=1), by=captain).execute()
    return final


@pytest.mark.parametrize(
    ("step", "status"),
    [("papers", 200), ("none", 409), ("cancel", 409), ("carried_out", 422)],
    ids=["done", "the return key", "refused", "wrong"],
)
def test_what_stands_in_other_parts_of_the_page_is_there_again(
    as_, manager, accepted, step, status
):
    answer = as_(manager, accepted, step, **TYPED)

    assert answer.status_code == status
    assert "It was copied." in answer.text
    assert answer.context["forms"]["plan"].forms[0]["amount"].value() == "1,000"
    assert not answer.context["forms"]["plan"].is_bound, "nothing else is judged"
    assert not Instalment.objects.exists()
    assert ("It is not saved yet." in answer.text) == (status == 200)


def test_what_was_saved_leads_on_where_nothing_else_was_typed(as_, manager, accepted):
    as_filled_in = {"propose_cancel-reason": "", "carried_out-on": "", "plan-TOTAL_FORMS": 3}

    answer = as_(manager, accepted, "papers", **as_filled_in, **{"plan-INITIAL_FORMS": 0})

    assert answer.status_code == 302


def test_what_was_typed_of_one_instalment_stays_when_another_is_paid(
    as_, manager, steward, accepted
):
    plan = {**PLAN, "plan-0-amount": "400", "plan-1-milestone": "It stands", "plan-1-amount": "600"}
    as_(manager, accepted, "papers")
    as_(manager, accepted, "plan", **plan)
    first, second = Instalment.objects.order_by("position")
    for part in (first, second):
        as_(manager, accepted, f"reach:{part.uuid}")
    typed = {f"pay-{first.uuid}-reference": "R-7", f"pay-{second.uuid}-reference": "R-8"}
    shown = {**plan, "plan-TOTAL_FORMS": 5, "plan-INITIAL_FORMS": 2}

    answer = as_(steward, accepted, f"pay:{first.uuid}", **typed, **shown)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.reference, second.reference, second.paid_on) == ("R-7", "", None)
    assert answer.context["forms"][f"pay-{second.uuid}"]["reference"].value() == "R-8"
    assert len(answer.context["forms"]["plan"].initial) == 1, "what was paid is not planned again"


def test_a_reason_to_withdraw_stays_when_the_winners_are_confirmed(
    as_, manager, steward, phase, ranked
):
    as_(manager, phase, "propose_ranked", ranking=ranked.uuid)
    key = Decision.objects.get().uuid

    answer = as_(steward, phase, "confirm", decision=key, **{"withdraw-reason": "One is copied."})

    assert Decision.objects.get().confirmed_at is not None
    assert answer.status_code == 200
    assert "One is copied." in answer.text
