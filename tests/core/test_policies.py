from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import (
    Always,
    Never,
    Occasion,
    Policy,
    Refusal,
    SignedIn,
    Superuser,
    System,
)


def person(**facts):
    return SimpleNamespace(
        **{"is_authenticated": True, "is_active": True, "is_superuser": False, **facts}
    )


PEOPLE = {
    "system": None,
    "visitor": AnonymousUser(),
    "resident": person(),
    "suspended": person(is_active=False),
    "administrator": person(is_superuser=True),
    "former administrator": person(is_superuser=True, is_active=False),
}


class Answers(Policy):
    def __init__(self, refusal=None):
        self.answer = refusal
        self.asked = 0

    def refusal(self, occasion):
        self.asked += 1
        return self.answer


CLOSED = Refusal("Closed.", "closed")
ABSENT = Refusal("Absent.", "absent")


def occasion(user=None):
    return Occasion(user, "subject", datetime.now(UTC))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (Always(), set(PEOPLE)),
        (Never(), set()),
        (System(), {"system"}),
        (SignedIn(), {"resident", "administrator"}),
        (Superuser(), {"administrator"}),
        (~SignedIn(), {"system", "visitor", "suspended", "former administrator"}),
        (System() | Superuser(), {"system", "administrator"}),
        (SignedIn() & ~Superuser(), {"resident"}),
    ],
    ids=lambda given: ", ".join(sorted(given)) if isinstance(given, set) else repr(given),
)
def test_who_is_allowed(policy, allowed, who):
    assert policy.allows(occasion(PEOPLE[who])) is (who in allowed)


def test_all_of_answers_with_the_first_refusal_and_asks_no_further():
    second = Answers(ABSENT)

    assert (Answers(CLOSED) & second).refusal(occasion()) == CLOSED
    assert second.asked == 0


def test_any_of_answers_with_the_first_refusal_where_none_allows():
    assert (Answers(CLOSED) | Answers(ABSENT)).refusal(occasion()) == CLOSED


def test_any_of_asks_until_one_allows():
    assert (Answers(CLOSED) | Answers()).refusal(occasion()) is None


def test_a_policy_combines_with_policies_only():
    with pytest.raises(TypeError):
        Always() & True


@pytest.mark.parametrize(
    ("code", "kind"),
    [("forbidden", ActionForbidden), ("sign-in", ActionForbidden), ("closed", ActionRefused)],
)
def test_a_refusal_of_the_person_forbids_and_any_other_refuses(code, kind):
    error = Refusal("No.", code).error()

    assert type(error) is kind
    assert (str(error), error.code) == ("No.", code)


def test_a_visitor_is_asked_to_sign_in():
    assert SignedIn().refusal(occasion(AnonymousUser())).code == "sign-in"
