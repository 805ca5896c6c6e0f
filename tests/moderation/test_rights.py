"""Who may report, decide, decide an appeal, see reporters, and which cases somebody sees."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation import cases
from civic_sourcing.moderation.actions import AssignCase, ReleaseCase
from civic_sourcing.moderation.models import Appeal, Case, Decision, Outcome
from civic_sourcing.moderation.places import cases_for, moderates_somewhere
from civic_sourcing.moderation.policies import (
    may_decide,
    may_decide_appeal,
    may_report,
    may_see_reporters,
)
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment

ROLES = [
    "signed out",
    "author",
    "reporter",
    "neighbour",
    "moderator",
    "second moderator",
    "reporting moderator",
    "writing moderator",
    "foreign moderator",
    "deactivated moderator",
    "superuser",
    "system",
]


@pytest.fixture
def reporting_moderator(make_moderator, report):
    user = make_moderator("watchful")
    report(by=user)
    return user


@pytest.fixture
def writing_moderator(make_moderator, case):
    user = make_moderator("writing")
    contribution = case.contribution
    contribution.credits.create(
        participant=Participant.objects.of(user),
        role="co_author",
        state="accepted",
        created_at=case.opened_at,
    )
    return user


@pytest.fixture
def people(
    case,
    nobody,
    author,
    reporter,
    make_citizen,
    make_moderator,
    moderator,
    second_moderator,
    reporting_moderator,
    writing_moderator,
    foreign_moderator,
    administrator,
):
    return {
        "signed out": nobody,
        "author": author,
        "reporter": reporter,
        "neighbour": make_citizen("neighbour"),
        "moderator": moderator,
        "second moderator": second_moderator,
        "reporting moderator": reporting_moderator,
        "writing moderator": writing_moderator,
        "foreign moderator": foreign_moderator,
        "deactivated moderator": make_moderator("gone", is_active=False),
        "superuser": administrator,
        "system": None,
    }


def allowed(policy, subject, people):
    at = clock.now()
    return {role for role in ROLES if policy.allows(Occasion(people[role], subject, at))}


@pytest.fixture
def appeal(case, moderator, rules, author):
    at = case.opened_at
    decision = Decision.objects.create(
        case=case,
        number=1,
        outcome=Outcome.HIDE,
        rule=rules("respect"),
        facts="It calls somebody names.",
        starts_at=at,
        decided_at=at,
        decided_by=moderator,
        decider=Participant.objects.of(moderator).uuid,
    )
    return Appeal.objects.create(
        decision=decision,
        appellant=Participant.objects.of(author),
        text="It does not.",
        filed_at=at,
        due_at=at,
    )


def test_who_may_report(case, people):
    assert allowed(may_report, case.contribution, people) == {
        "author",
        "reporter",
        "neighbour",
        "moderator",
        "second moderator",
        "reporting moderator",
        "writing moderator",
        "foreign moderator",
        "superuser",
    }


def test_who_may_decide_a_case(case, people):
    assert allowed(may_decide, case, people) == {
        "moderator",
        "second moderator",
        "superuser",
        "system",
    }


def test_who_may_decide_an_appeal(appeal, people):
    assert allowed(may_decide_appeal, appeal, people) == {"second moderator", "superuser"}


def test_an_appeal_is_not_decided_by_its_decider_whose_account_changed(appeal, moderator):
    Decision.objects.update(decided_by=None)

    assert not may_decide_appeal.allows(Occasion(moderator, appeal, clock.now()))


@pytest.mark.parametrize("role", ["moderator", "neighbour"])
def test_who_reported_is_seen_with_the_permission_and_the_role(case, people, role):
    user = people[role]
    assert not may_see_reporters.allows(Occasion(user, case, clock.now()))
    user.user_permissions.add(Permission.objects.get(codename="view_reporters"))

    user = get_user_model().objects.get(pk=user.pk)

    assert may_see_reporters.allows(Occasion(user, case, clock.now())) is (role == "moderator")


def test_nobody_sees_who_reported_what_they_wrote(case, people):
    user = people["writing moderator"]
    user.user_permissions.add(Permission.objects.get(codename="view_reporters"))
    user = get_user_model().objects.get(pk=user.pk)

    assert not may_see_reporters.allows(Occasion(user, case, clock.now()))


@pytest.mark.parametrize("role", ["writing moderator", "reporting moderator"])
def test_nobody_chooses_who_decides_their_own_matter(case, people, role):
    others = {"to": people["second moderator"]}
    for step, terms in ((AssignCase, others), (ReleaseCase, {})):
        with pytest.raises(ActionRefused) as refused:
            step(case, by=people[role], **terms).execute()
        assert refused.value.code == "own"


def test_a_moderator_taken_off_is_out_at_once(case, moderator):
    assert may_decide.allows(Occasion(moderator, case, clock.now()))
    moderator.groups.clear()

    assert not may_decide.allows(Occasion(moderator, case, clock.now()))
    assert not cases_for(moderator).exists()


class TestCasesSomebodySees:
    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            ("signed out", False),
            ("author", False),
            ("reporter", False),
            ("moderator", True),
            ("foreign moderator", False),
            ("deactivated moderator", False),
            ("superuser", True),
        ],
    )
    def test_about_a_contribution(self, case, people, role, sees):
        assert cases_for(people[role]).filter(pk=case.pk).exists() is sees

    def test_in_every_language_of_the_place(self, case, korean_forum, make_moderator):
        assert case in cases_for(make_moderator("korean", page=korean_forum))

    def test_below_the_page_a_role_is_given_on(self, case, make_moderator, home):
        assert case in cases_for(make_moderator("all", page=home))

    def test_about_a_person_where_that_person_has_written(
        self, report, author, idea, moderator, foreign_moderator
    ):
        case = report(Participant.objects.of(author)).case

        assert case in cases_for(moderator)
        assert case not in cases_for(foreign_moderator)

    def test_about_a_person_where_it_was_noticed(self, newcomer, other_forum, foreign_moderator):
        person = Participant.objects.of(newcomer)

        case = cases.gather(person, process=other_forum.process, at=clock.now())

        assert case in cases_for(foreign_moderator)

    def test_each_once(self, report, author, propose, moderator, settle):
        settle(author)
        report(Participant.objects.of(author))

        assert cases_for(moderator).count() == 1

    def test_in_two_queries_however_many(
        self, report, propose, author, moderator, django_assert_max_num_queries
    ):
        for number in range(3):
            report(propose(author, f"Bench {number}").contribution)

        with django_assert_max_num_queries(3):
            assert len(cases_for(moderator)) == 3

    def test_somebody_without_a_role_moderates_nowhere(self, moderator, reporter):
        assert moderates_somewhere(moderator)
        assert not moderates_somewhere(reporter)

    def test_another_role_is_not_enough(self, case, moderator):
        RoleAssignment.objects.update(role="official")

        assert not cases_for(moderator).exists()


class TestQuerysets:
    def test_overdue_are_open_cases_past_their_target(self, case):
        due = case.due_at

        assert list(Case.objects.overdue(due)) == [case]
        assert not Case.objects.overdue(case.opened_at).exists()

    def test_of_finds_every_case_about_a_thing(self, case, idea, author):
        assert list(Case.objects.of(idea.contribution)) == [case]
        assert not Case.objects.of(Participant.objects.of(author)).exists()
