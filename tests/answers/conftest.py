"""A forum with an idea, officials who answer, and departments that have a say."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import DraftAnswer, PublishAnswer
from civic_sourcing.answers.models import Department
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.processes.models import RoleAssignment
from tests.ideas import conftest as town
from tests.ideas.conftest import open_phase
from tests.scenes import maker, scene

author = town.author
english = town.english
forum = town.forum
home = town.home
idea = town.idea
korean = town.korean
make_citizen = town.make_citizen
propose = town.propose

DAY = timedelta(days=1)
TEXT = "We plant the trees along the river in spring."
REASON = "The soil has to be examined first."


@scene
def contribution(idea):
    return idea.contribution


@maker
def make_official(make_citizen, forum):
    def make(name="official", page=forum, role="official", **fields):
        user = make_citizen(name, email=f"{name}@example.org", **fields)
        group = Group.objects.create(name=f"{role}s {name}")
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user.groups.add(group)
        return user

    return make


@scene
def official(make_official):
    return make_official()


@scene
def other_forum(home):
    page = home.add_child(instance=IdeaForumPage(title="Ideas for the library", slug="library"))
    open_phase(page, "collect")
    return page


@scene
def foreign_official(make_official, other_forum):
    return make_official("elsewhere", page=other_forum)


@scene
def administrator(make_citizen):
    return make_citizen("admin", is_superuser=True, is_staff=True)


@maker
def make_department(english):
    def make(name="Parks", **fields):
        group = Group.objects.create(name=f"department {name}")
        return Department.objects.create(name=name, locale=english, group=group, **fields)

    return make


@scene
def parks(make_department):
    return make_department()


@scene
def roads(make_department):
    return make_department("Roads")


@scene
def gardener(make_citizen, parks):
    """Works for the parks department and is no official of the forum."""
    user = make_citizen("gardener", email="gardener@example.org")
    user.groups.add(parks.group)
    return user


@maker
def owe(contribution):
    def owe(days=10, **arguments):
        arguments.setdefault("cause", "threshold")
        due_at = timezone.now() + days * DAY
        return promises.owe(contribution, due_at=due_at, **arguments)

    return owe


@maker
def draft(contribution, official):
    def draft(to=contribution, by=official, **arguments):
        arguments = {"decision": "accepted", "text": TEXT, **arguments}
        return DraftAnswer(to, by=by, **arguments).execute()

    return draft


@maker
def answer(draft, official):
    def answer(**arguments):
        return PublishAnswer(draft(**arguments), by=official).execute()

    return answer
