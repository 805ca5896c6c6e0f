"""Who may take part: each verifier, the policy, and what a refusal says."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, Group
from django.urls import reverse

from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import Occasion, SignedIn
from civic_sourcing.participants.codes.actions import RedeemCode
from civic_sourcing.participants.eligibility.actions import (
    ProveRegister,
    SetEligibility,
    StateAge,
)
from civic_sourcing.participants.eligibility.policies import Eligibility, Eligible
from civic_sourcing.participants.models import EligibilityRule, Participant
from tests.scenes import maker


def confirmed(user):
    """What ``EMAIL_CONFIRMED`` may point at."""
    return user.username == "mina"


@maker
def refusal(process):
    """Why somebody may not take part, or ``None``."""

    def why(user):
        return Eligible().refusal(Occasion(user, process, now()))

    return why


@pytest.fixture
def group(db):
    return Group.objects.create(name="council-2")


@pytest.fixture
def rules(residents, group):
    """Every condition there is, by code of its refusal."""
    return {
        "email-unconfirmed": ("email", {}),
        "not-on-register": ("register", {"register": str(residents.uuid), "name": "Residents"}),
        "no-code": ("code", {"purpose": "voting"}),
        "not-invited": ("group", {"groups": [group.pk], "name": "Neighbourhood councils"}),
        "age-unknown": ("age", {"from": 16, "to": 24, "own_word": True}),
    }


def meet(code, user, process, residents, group, make_codes):
    person = Participant.objects.of(user)
    if code == "email-unconfirmed":
        EmailAddress.objects.create(user=user, email=user.email, verified=True)
    elif code == "not-on-register":
        values = ["a-101", " 1980 "]
        ProveRegister(person, by=user, register=residents, values=values).execute()
    elif code == "no-code":
        text = make_codes(1).codes[0].code
        RedeemCode(person, by=user, process=process, code=text).execute()
    elif code == "not-invited":
        user.groups.add(group)
    else:
        StateAge(person, by=user, process=process, yes=True).execute()


CODES = ["email-unconfirmed", "not-on-register", "no-code", "not-invited", "age-unknown"]


@pytest.mark.parametrize("code", CODES)
def test_a_condition_is_missing_until_it_is_met(
    code, ask, rules, refusal, mina, process, residents, group, make_codes
):
    ask(rules[code])
    before = refusal(mina)

    meet(code, mina, process, residents, group, make_codes)

    assert before.code == code
    assert refusal(mina) is None


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_says_what_is_missing_and_which_office_helps(code, ask, rules, refusal, mina):
    ask(rules[code])

    message = refusal(mina).message

    assert "turn to: the city's participation office." in message
    assert message.count(".") >= 3


@pytest.mark.parametrize("code", CODES)
def test_somebody_signed_out_is_asked_to_sign_in(code, ask, rules, refusal):
    ask(rules[code])

    assert refusal(AnonymousUser()).code == "sign-in"
    assert refusal(None).code == "sign-in"


def test_without_conditions_everybody_may_take_part(refusal, mina, django_assert_num_queries):
    with django_assert_num_queries(2):  # the database's time, and the conditions
        assert refusal(mina) is None


def test_all_conditions_cost_one_query_each(ask, rules, process, mina, django_assert_num_queries):
    ask(*rules.values())
    at = now()

    with django_assert_num_queries(1 + len(rules) + 1):  # conditions, each of them, office
        lines = Eligibility(mina, process, at).lines

    assert [line.state for line in lines] == ["missing"] * len(rules)


def test_a_condition_nobody_can_check_any_more_keeps_everybody_out(process, refusal, mina):
    EligibilityRule.objects.create(process=process, verifier="from-a-room-that-is-gone")

    assert refusal(mina).code == "cannot-be-checked"


def test_the_policy_combines_with_others(ask, rules, process, mina):
    ask(rules["no-code"])
    policy = SignedIn() & Eligible()

    assert not policy.allows(Occasion(mina, process, now()))


def test_the_office_is_that_of_the_process_in_the_persons_language(
    process, registrar, rules, refusal, mina, settings
):
    settings.CIVIC_SOURCING = {"OFFICE": "Town hall, room 1"}
    rule = [rules["no-code"]]
    SetEligibility(process, by=registrar, rules=rule).execute()
    of_the_town = refusal(mina).message

    office = {"en": "Ward office, 2nd floor", "ko": "주민센터 2층"}
    SetEligibility(process, by=registrar, rules=rule, office=office).execute()

    assert "Town hall, room 1" in of_the_town
    assert "Ward office, 2nd floor" in refusal(mina).message


def test_a_host_may_say_itself_whose_address_is_confirmed(ask, refusal, mina, neighbour, settings):
    settings.CIVIC_SOURCING = {"EMAIL_CONFIRMED": f"{__name__}.confirmed"}
    ask(("email", {}))

    assert refusal(mina) is None
    assert refusal(neighbour).code == "email-unconfirmed"


def test_the_age_question_is_answered_once_and_keeps_no_birth_date(ask, rules, process, person):
    ask(rules["age-unknown"])
    StateAge(person, by=person.user, process=process, yes=False).execute()

    with pytest.raises(ActionRefused) as second:
        StateAge(person, by=person.user, process=process, yes=True).execute()

    assert second.value.code == "already-answered"
    assert list(person.verified_attributes.values_list("key", "value")) == [("age-16-24", "no")]


def test_ones_own_word_on_the_age_counts_only_where_it_is_asked(ask, process, person, refusal):
    ask(("age", {"from": 18, "to": None, "own_word": False}))

    with pytest.raises(ActionRefused) as refused:
        StateAge(person, by=person.user, process=process, yes=True).execute()

    assert refused.value.code == "not-asked"
    assert refusal(person.user).code == "age"


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(("age", {}), id="age without limits"),
        pytest.param(("age", {"from": 30, "to": 20}), id="age upside down"),
        pytest.param(("group", {"groups": [], "name": "nobody"}), id="no group"),
        pytest.param(("register", {"register": ""}), id="no register"),
        pytest.param(("horoscope", {}), id="unknown"),
    ],
)
def test_conditions_that_make_no_sense_are_not_set(rule, ask):
    with pytest.raises(ActionRefused):
        ask(rule)


@pytest.mark.parametrize("who", ["mina", "desk", "other_registrar"])
def test_only_the_registrar_of_the_process_sets_conditions(who, request, process):
    with pytest.raises(ActionForbidden):
        SetEligibility(process, by=request.getfixturevalue(who), rules=[]).execute()


@pytest.fixture
def page_of_process(process):
    return reverse("civic_participants:eligibility", args=[process.uuid])


def test_the_conditions_are_shown_before_anybody_signs_in(client, ask, rules, page_of_process):
    ask(*rules.values())

    page = client.get(page_of_process).content.decode()

    assert page.count("Not known yet") == len(rules)
    assert "Who can take part" in page


def test_met_and_missing_conditions_are_told_apart(client, ask, rules, mina, page_of_process):
    ask(("signed-in", {}), rules["no-code"])
    client.force_login(mina, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(page_of_process).content.decode()

    assert page.count("Not met") == 1
    assert "You have not entered a voting code yet." in page
    assert "object/?condition=no-code" in page


def test_an_unpublished_process_has_no_page(client, place, page_of_process):
    type(place).objects.filter(pk=place.pk).update(live=False)

    assert client.get(page_of_process).status_code == 404
