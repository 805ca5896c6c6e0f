"""Who is official where, and ideas that stand somewhere on their way."""

from django.contrib.auth.models import AnonymousUser, Group

from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.processes.models import RoleAssignment
from tests.scenes import maker, scene


def put(idea, stage):
    """Have ``idea`` stand at ``stage`` without any step."""
    IdeaPage.objects.filter(pk=idea.pk).update(stage=stage)
    idea.stage = stage


@maker
def give_role(make_citizen):
    def give(name, role, page):
        group = Group.objects.create(name=f"{role} {name}")
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user = make_citizen(name, is_staff=True)
        user.groups.add(group)
        return user

    return give


@scene
def official(give_role, forum):
    return give_role("official", "official", forum)


@scene
def other_forum(home):
    return home.add_child(instance=IdeaForumPage(title="Ideas elsewhere", slug="elsewhere"))


@scene
def staff(people, idea, citizen, official, give_role, forum, other_forum, editor):
    """Everybody who might move an idea, by role."""
    SupportIdea(idea, by=citizen).execute()
    return people | {
        "signed out": AnonymousUser(),
        "editor": editor,
        "moderator": give_role("moderator", "moderator", forum),
        "official elsewhere": give_role("stranger", "official", other_forum),
        "official": official,
    }
