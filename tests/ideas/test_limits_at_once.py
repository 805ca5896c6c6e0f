"""Limits per person hold under parallel requests, and the page of the forum says them before."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.actions.rules import SetForumRules
from civic_sourcing.ideas.models import IdeaDraft, IdeaFile, IdeaPage, Support
from civic_sourcing.ideas.writing import drafts
from tests.ideas.writing_town import OPTIONAL, Writer, ask, photo

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

    def test_photos_sent_from_six_windows_are_as_many_as_an_idea_may_have(
        self, forum, citizen, run_in_parallel, settings
    ):
        settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "IDEA_PHOTOS": 2}
        ask(forum, photos=OPTIONAL)
        first = Writer(signed_in(citizen), forum)
        first.begin()
        windows = [Writer(signed_in(citizen), forum) for _number in range(6)]

        def send(number):
            windows[number].draft = first.draft
            words = {"photo": photo(), "alternative": "A bench"}
            return windows[number].send("add:photo", "files", **words).status_code

        assert set(run_in_parallel(6, send)) <= {200, 422}
        assert IdeaFile.objects.photos().count() == 2


@pytest.mark.django_db
def test_two_windows_on_one_draft_keep_what_either_has_typed(forum, citizen, rf):
    request = rf.get("/")
    request.user = citizen
    draft = drafts.keep(request, forum, {"title": "Benches"})
    elsewhere = IdeaDraft.objects.get(pk=draft.pk)

    drafts.keep(request, forum, {"address": "River Road 5"}, draft=elsewhere)
    drafts.keep(request, forum, {"description": "People sit."}, draft=draft)

    kept = {"title": "Benches", "address": "River Road 5", "description": "People sit."}
    assert IdeaDraft.objects.get().words == kept


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


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
