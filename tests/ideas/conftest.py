"""A town with one forum in two languages, and the people around it."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, Site

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import Channel
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Phase
from tests.scenes import maker, scene

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
def korean_home(home, korean):
    page = home.copy_for_translation(korean)
    page.save_revision().publish()
    return page


@scene
def forum(home):
    page = home.add_child(
        instance=IdeaForumPage(title="Ideas for the river park", slug="ideas", introduction="Ours.")
    )
    open_phase(page, "collect")
    return page


@scene
def korean_forum(forum, korean_home, korean):
    page = forum.copy_for_translation(korean)
    page.title = "하천 공원 아이디어"
    page.save_revision().publish()
    return IdeaForumPage.objects.get(pk=page.pk)


def open_phase(forum, kind, *, opened=-DAY, closes=DAY):
    """Leave ``forum`` with this one phase, its times relative to now."""
    now = timezone.now()
    forum.process.phases.all().delete()
    return Phase.objects.create(
        process=forum.process, kind=kind, opens_at=now + opened, closes_at=now + closes
    )


def hide(idea):
    """Take ``idea`` out of sight, as a moderator would."""
    HideContribution(idea.contribution, by=None).execute()
    idea.refresh_from_db()


@maker
def make_citizen(db):
    def make(name="citizen", **kwargs):
        user = get_user_model().objects.create_user(username=name, password="demo", **kwargs)
        of_age = Participant.AgeBand.OF_AGE
        Participant.objects.filter(pk=Participant.objects.of(user).pk).update(age_band=of_age)
        return user

    return make


@scene
def author(make_citizen):
    return make_citizen("mina", first_name="Mina", last_name="Han")


@scene
def citizen(make_citizen):
    return make_citizen("citizen")


@scene
def neighbour(make_citizen):
    return make_citizen("neighbour")


@scene
def editor(make_citizen, home):
    """Somebody of the town's web team, with every right on pages."""
    group = Group.objects.create(name="Web team")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        GroupPagePermission.objects.create(
            group=group, page=home.get_parent(), permission=pages.get(codename=codename)
        )
    user = make_citizen("editor", is_staff=True)
    user.groups.add(group)
    return user


@maker
def propose(forum):
    """File an idea as somebody, past the limits that hold online."""

    def file(by, title="Benches by the river", *, forum=forum, **words):
        words = {"description": "People want to sit down.", "tags": [], **words}
        return ProposeIdea(forum, by=by, title=title, channel=Channel.IMPORT, **words).execute()

    return file


@scene
def idea(propose, author):
    return propose(author)


@scene
def supported_idea(idea, citizen):
    SupportIdea(idea, by=citizen).execute()
    return idea


@scene
def people(author, citizen, neighbour, make_citizen):
    """Everybody who may stand before an idea, by role."""
    return {
        "signed out": AnonymousUser(),
        "author": author,
        "supporter": citizen,
        "neighbour": neighbour,
        "deactivated": make_citizen("gone", is_active=False),
        "superuser": make_citizen("admin", is_superuser=True),
    }
