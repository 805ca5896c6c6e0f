"""Each event of a threshold from one end to the other: neighbours support, and people see it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.html import strip_tags

from civic_sourcing.answers.compliance import compliance
from civic_sourcing.answers.models import Promise
from civic_sourcing.attribution.discussions import in_debate
from civic_sourcing.comments.actions import CloseThread, PostComment
from civic_sourcing.comments.models import Comment, CommentRules, Thread
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import ThresholdReached
from civic_sourcing.notifications.models import Notification
from tests.ideas.conftest import DAY, open_phase
from tests.ideas.stage_people import *  # noqa: F403

ENOUGH = 3


@pytest.fixture
def support(client, make_citizen, django_capture_on_commit_callbacks):
    """Have so many neighbours press the button on the page of an idea."""
    people = [make_citizen(f"supporter{number}") for number in range(ENOUGH)]

    def press(idea, number):
        for _each in range(number):
            client.force_login(people.pop())
            with django_capture_on_commit_callbacks(execute=True):
                answer = client.post(f"{idea.get_url()}support/")
            assert answer.status_code in {200, 302}
        client.logout()
        idea.refresh_from_db()

    return press


@pytest.fixture
def file(forum, propose, author):
    """File an idea where enough supporters lead to ``event``."""

    def under(event, **values):
        threshold = Threshold(ENOUGH, event, **values)
        SetForumRules(forum.process, by=None, thresholds=[threshold]).execute()
        return propose(author)

    return under


def read(client, page):
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def told(user):
    rows = Notification.objects.filter(user=user, category="civic_ideas.stages")
    return " ".join(f"{row.subject} {row.body}" for row in rows)


def test_visible_idea_is_in_the_list_and_its_author_knows(client, file, support, forum, author):
    idea = file("visible")
    support(idea, ENOUGH - 1)
    before = idea.title in read(client, forum)

    support(idea, 1)

    assert (before, idea.title in read(client, forum)) == (False, True)
    assert "waits for its first supporters" not in read(client, idea)
    assert "listed for everybody" in told(author)


def test_review_is_on_the_page_and_owes_an_answer(client, file, support, official, author):
    idea = file("review", answer_days=30)

    support(idea, ENOUGH)

    page = read(client, idea)
    assert "Under review" in page
    assert Promise.objects.get().contribution == idea.contribution
    official.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(official)
    assert idea.title in client.get(reverse("civic_answers_admin:index")).content.decode()
    assert told(author)


def test_answer_is_due_on_the_page_and_late_in_the_figures(client, file, support, forum, author):
    idea = file("answer_due", answer_days=20)

    support(idea, ENOUGH)

    due = ThresholdReached.objects.get().until
    assert "The city owes an answer by" in read(client, idea)
    assert "owes an answer" in told(author)
    [row] = compliance([forum.process], at=due + DAY)
    assert (row.overdue, row.department) == (1, None)


def test_ballot_is_on_the_page(client, file, support, author):
    idea = file("ballot")

    support(idea, ENOUGH)

    assert idea.stage == "ballot"
    assert "On the ballot" in read(client, idea)
    assert told(author)


@pytest.fixture
def debated(file, forum):
    """An idea nobody can comment on before enough people support it."""
    CommentRules.objects.create(process=forum.process, open_phases=[])
    return file("debate", answer_days=30)


def say(idea, user):
    thread = Thread.objects.opened_below(idea.contribution)
    return PostComment(thread, by=user, text="I agree.", channel="import").execute()


def test_debate_opens_the_discussion(client, debated, support, citizen, author):
    with pytest.raises(ActionRefused) as refused:
        say(debated, citizen)

    support(debated, ENOUGH)
    client.force_login(citizen)
    place = reverse("civic_comments:post", args=[debated.contribution.uuid])
    answer = client.post(place, {"text": "I walk there every day."}, follow=True)

    assert refused.value.code == "not-planned"
    assert answer.status_code == 200
    assert Comment.objects.filter(thread__contribution=debated.contribution).count() == 1
    page = read(client, debated)
    assert "A public debate about this is open until" in page
    assert "Comments are not open here." not in page
    assert "public debate is open" in told(author)


def test_debate_goes_on_after_the_last_phase(debated, support, citizen, forum):
    support(debated, ENOUGH)

    open_phase(forum, "collect", opened=-5 * DAY, closes=-DAY)

    assert say(debated, citizen).pk


def test_debate_ends_with_its_last_day(debated, support):
    support(debated, ENOUGH)

    end = ThresholdReached.objects.get().until
    assert in_debate(debated.contribution, end - timedelta(seconds=1))
    assert not in_debate(debated.contribution, end)


def test_closed_discussion_opens_again_for_the_debate(debated, support, citizen, official, forum):
    CommentRules.objects.filter(process=forum.process).update(open_phases=None)
    say(debated, citizen)
    thread = Thread.objects.get()
    CloseThread(thread, by=official, conclusion="Enough was said.").execute()

    support(debated, ENOUGH)

    thread.refresh_from_db()
    assert not thread.is_closed
    assert say(debated, citizen).pk
    assert AuditEntry.objects.filter(action="civic_comments.reopen_thread").exists()


def test_debate_about_one_idea_opens_no_other(debated, support, propose, author, citizen):
    other = propose(author, "Another idea")

    support(debated, ENOUGH)

    with pytest.raises(ActionRefused):
        say(other, citizen)


def test_debate_without_an_end_is_told_without_a_date(file, support, author, citizen, forum):
    CommentRules.objects.create(process=forum.process, open_phases=[])
    idea = file("debate")

    support(idea, ENOUGH)

    assert "So a public debate is open." in told(author)
    assert say(idea, citizen).pk


def test_event_follows_where_support_comes_by_another_door(file, make_citizen):
    idea = file("ballot")

    for number in range(ENOUGH):
        SupportIdea(idea, by=make_citizen(f"other{number}")).execute()

    idea.refresh_from_db()
    assert idea.stage == "ballot"
