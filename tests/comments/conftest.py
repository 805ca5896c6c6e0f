"""A forum with one idea, people who discuss it, and staff who look after them."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from civic_sourcing.attribution.models import Channel
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import CommentRules, Thread
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Phase, RoleAssignment
from tests.comments import moderated
from tests.moderation import conftest as moderation
from tests.scenes import maker, scene

appeal = moderated.appeal
case = moderated.case
decide = moderated.decide
look_first = moderated.look_first
board = moderation.board
notes = moderation.notes
open_case = moderation.open_case
report = moderated.report
rules = moderation.rules
said = moderated.said
second_moderator = moderated.second_moderator
settle = moderation.settle
speak = moderated.speak
talk = moderated.talk

DAY = timedelta(days=1)


@scene
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@scene
def korean(db):
    return Locale.objects.get_or_create(language_code="ko")[0]


@scene
def home(english):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Neulbom", slug="neulbom", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


@scene
def forum(home):
    page = home.add_child(
        instance=IdeaForumPage(title="Ideas for the river park", slug="ideas", introduction="Ours.")
    )
    open_phase(page.process, "collect")
    return page


def open_phase(process, kind, *, opened=-DAY, closes=DAY):
    """Leave ``process`` with this one phase, its times relative to now."""
    now = timezone.now()
    process.phases.all().delete()
    return Phase.objects.create(
        process=process, kind=kind, opens_at=now + opened, closes_at=now + closes
    )


def set_rules(process, **rules):
    CommentRules.objects.update_or_create(process=process, defaults=rules)


@maker
def make_citizen(db):
    def make(name="citizen", **kwargs):
        user = get_user_model().objects.create_user(username=name, password="demo", **kwargs)
        of_age = Participant.AgeBand.OF_AGE
        Participant.objects.filter(pk=Participant.objects.of(user).pk).update(age_band=of_age)
        return user

    return make


@scene
def proposer(make_citizen):
    """Who had the idea that is discussed."""
    return make_citizen("proposer", first_name="Mina", last_name="Han")


@scene
def citizen(make_citizen):
    return make_citizen("citizen", first_name="Joon", last_name="Seo")


@scene
def neighbour(make_citizen):
    return make_citizen("neighbour", first_name="Lena", last_name="Berg")


@maker
def give_role(forum):
    def give(user, role, page=forum):
        group = Group.objects.create(name=f"{role}s at {page.pk}")
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user.groups.add(group)
        return user

    return give


@scene
def moderator(make_citizen, give_role):
    return give_role(make_citizen("moderator"), "moderator")


@scene
def official(make_citizen, give_role):
    return give_role(make_citizen("official"), "official")


@scene
def people(proposer, citizen, neighbour, moderator, official, make_citizen):
    """Everybody who may stand before a thread, by role."""
    return {
        "signed out": AnonymousUser(),
        "proposer": proposer,
        "citizen": citizen,
        "neighbour": neighbour,
        "moderator": moderator,
        "official": official,
        "deactivated": make_citizen("gone", is_active=False),
        "superuser": make_citizen("admin", is_superuser=True),
    }


@scene
def idea(forum, proposer):
    return ProposeIdea(
        forum,
        by=proposer,
        title="Benches by the river",
        description="People want to sit down.",
        tags=[],
        channel=Channel.IMPORT,
    ).execute()


@scene
def thread(idea):
    return Thread.objects.opened_below(idea.contribution)


@maker
def make_place(home):
    def make():
        from town.news.models import NewsPage

        page = home.add_child(instance=NewsPage(title="News", slug="news"))
        return Thread.objects.opened_below(page.process)

    return make


@maker
def post(thread):
    """Post as somebody, past the limits that hold online."""

    def say(by, text="I would use them.", *, thread=thread, **more):
        return PostComment(thread, by=by, text=text, channel=Channel.IMPORT, **more).execute()

    return say


@scene
def comment(post, citizen):
    return post(citizen)
