"""Limits per person hold under parallel requests, and the page of the forum says them before."""

import pytest
from django.utils.html import strip_tags

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.actions.rules import SetForumRules
from civic_sourcing.ideas.models import IdeaPage, Support

at_once = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def settle(forum, **values):
    SetForumRules(forum.process, by=None, **values).execute()
    forum.refresh_from_db()


class TestAtOnce:
    pytestmark = at_once

    def test_two_ideas_a_person_are_two_of_six_sent_at_once(
        self, forum, propose, author, run_in_parallel
    ):
        settle(forum, ideas_per_person=2)

        answers = run_in_parallel(6, lambda number: propose(author, f"Idea {number}"))

        refused = [answer for answer in answers if isinstance(answer, ActionRefused)]
        assert [answer.code for answer in refused] == ["as-many-as-allowed"] * 4
        assert IdeaPage.objects.count() == 2

    def test_two_supports_a_person_are_two_of_six_given_at_once(
        self, forum, propose, author, citizen, run_in_parallel
    ):
        settle(forum, supports_per_person=2)
        ideas = [propose(author, f"Idea {number}") for number in range(6)]

        answers = run_in_parallel(
            6, lambda number: SupportIdea(ideas[number], by=citizen).execute()
        )

        refused = [answer for answer in answers if isinstance(answer, ActionRefused)]
        assert [answer.code for answer in refused] == ["no-support-left"] * 4
        assert Support.objects.count() == 2

    def test_support_taken_back_while_given_elsewhere_stays_within_the_limit(
        self, forum, propose, author, citizen, run_in_parallel
    ):
        settle(forum, supports_per_person=1)
        first, second = propose(author, "One"), propose(author, "Two")
        SupportIdea(first, by=citizen).execute()
        steps = [WithdrawSupport(first, by=citizen), SupportIdea(second, by=citizen)]

        run_in_parallel(2, lambda number: steps[number].execute())

        assert Support.objects.count() <= 1


def shown(client, forum):
    return " ".join(strip_tags(client.get(forum.get_url()).content.decode()).split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"ideas_per_person": 3}, "Everybody can hand in 3 contributions here."),
        (
            {"supports_per_person": 1},
            "Everybody can support 1 contribution here, and take that back.",
        ),
        (
            {"supports_hidden": True},
            "How many support something is shown once support is closed.",
        ),
    ],
    ids=["ideas", "supports", "hidden"],
)
def test_forum_says_its_limits_before_somebody_meets_them(rules, sentence, client, forum):
    before = sentence in shown(client, forum)

    settle(forum, **rules)

    assert (before, sentence in shown(client, forum)) == (False, True)
