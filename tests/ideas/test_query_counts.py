"""What the page of an idea and the list of a forum ask of the database, for whoever reads."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import Adopt, DraftAnswer, PublishAnswer
from civic_sourcing.answers.models import Department
from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.attribution.models import Channel
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.core.uploads import receive
from civic_sourcing.ideas.actions import EditIdea, SupportIdea
from civic_sourcing.ideas.models import IdeaFile
from civic_sourcing.processes.models import RoleAssignment
from tests.core.pictures import picture

pytestmark = pytest.mark.usefixtures("bare_town")

COMMENTS = 50
OF_AN_IDEA = 24
OF_AN_IDEA_TAKEN_UP = 30
OF_A_LIST = 19


@pytest.fixture
def bare_town(settings):
    """A host whose base template asks the database for nothing."""
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [Path(__file__).parent / "templates"]}, *others]


@pytest.fixture
def official(make_citizen, forum):
    user = make_citizen("official")
    group = Group.objects.create(name="officials")
    RoleAssignment.objects.create(group=group, page=forum, role="official")
    user.groups.add(group)
    return user


@pytest.fixture
def people(citizen, author, official):
    return {"signed out": None, "citizen": citizen, "author": author, "official": official}


@pytest.fixture
def talked_over(idea, neighbour):
    """An idea people discuss and support, some of them a version before the last."""
    thread = Thread.objects.opened_below(idea.contribution)
    for number in range(COMMENTS):
        text = f"Thought number {number}, by the way."
        PostComment(thread, by=neighbour, text=text, channel=Channel.IMPORT).execute()
    SupportIdea(idea, by=neighbour).execute()
    EditIdea(
        idea, by=idea.author.user, title=idea.title, description="Twelve lamps, and no benches."
    ).execute()
    return idea


@pytest.fixture
def taken_up(talked_over, english, official, neighbour):
    """The same with a photo, a co-author, an answer, a promise that runs and an adoption."""
    idea, contribution = talked_over, talked_over.contribution
    parks = Department.objects.create(
        name="Parks", locale=english, group=Group.objects.create(name="parks")
    )
    benches = receive(SimpleUploadedFile("benches.png", picture()))
    IdeaFile.holding(benches, contribution=contribution, alternative="Benches", position=1).save()
    invited = InviteCoAuthor(
        contribution, by=idea.author.user, invitee=neighbour.username, role="co_author"
    ).execute()
    AcceptInvitation(invited, by=neighbour).execute()
    said = {"decision": "accepted", "text": "We build them.", "department": parks}
    answer = DraftAnswer(contribution, by=official, **said).execute()
    PublishAnswer(answer, by=official).execute()
    Adopt(
        contribution, by=official, title="Twelve lamps", text="Of steel.", department=parks
    ).execute()
    due_at = timezone.now() + timedelta(days=10)
    promises.owe(contribution, due_at=due_at, cause="by-hand", department=parks)
    return idea


@pytest.fixture
def costs(people):
    """Read an address as each of them, twice, and count what the second time asks."""

    def ask(url):
        found = {}
        for role, user in people.items():
            client = Client()
            if user:
                client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found[role] = len(captured)
        return found

    return ask


def test_idea_with_fifty_comments_changed_since_it_was_supported(costs, talked_over):
    assert most(costs(talked_over.url)) <= OF_AN_IDEA


def test_idea_the_city_answered_and_adopted(costs, taken_up):
    assert most(costs(taken_up.url)) <= OF_AN_IDEA_TAKEN_UP


def test_list_of_a_forum(costs, forum, talked_over):
    assert most(costs(forum.url)) <= OF_A_LIST


def most(found):
    print(found)
    return max(found.values())
