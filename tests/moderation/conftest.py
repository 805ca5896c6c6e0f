"""A forum with an idea in it, the town's rules, people who report and people who moderate."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution import kinds, ledger
from civic_sourcing.core import clock
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.actions import ReportContribution, ReportParticipant
from civic_sourcing.moderation.cases import gather, lead
from civic_sourcing.moderation.models import Case, NetiquetteRule
from civic_sourcing.moderation.netiquette import load_rules, rule_key
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment
from tests.attribution.conftest import Note
from tests.ideas import conftest as town
from tests.ideas.conftest import open_phase
from tests.scenes import maker, scene

author = town.author
english = town.english
forum = town.forum
home = town.home
idea = town.idea
korean = town.korean
korean_forum = town.korean_forum
korean_home = town.korean_home
make_citizen = town.make_citizen
propose = town.propose


@scene
def rules(english, korean):
    """``rules("respect")`` is the packaged rule of that name, in English unless said otherwise."""
    load_rules()

    def find(name, language="en"):
        return NetiquetteRule.objects.get(
            translation_key=rule_key(name), locale__language_code=language
        )

    return find


@scene
def board(db):
    """What notes there are, kept in the memory."""
    return Note()


@maker
def notes(board):
    """A second kind of contribution, which is no page."""
    kinds._kinds["note"] = board
    yield board
    del kinds._kinds["note"]


@maker
def settle(forum, notes):
    """Make somebody known here: a year of taking part, three contributions everybody reads."""

    @transaction.atomic
    def settle(user):
        person = Participant.objects.of(user)
        long_ago = timezone.now() - timedelta(days=365)
        Participant.objects.filter(pk=person.pk).update(created_at=long_ago)
        for number in range(3):
            with transaction.atomic():
                contribution = ledger.receive(
                    "note",
                    process=forum.process,
                    author=person,
                    title=f"Note {number}",
                    text=f"{user.username} says {number}",
                    language="en",
                )
            notes.pin(contribution, contribution.title, "")
        return user

    return settle


@maker
def make_moderator(make_citizen, forum):
    def make(name="moderator", page=forum, **fields):
        user = make_citizen(name, email=f"{name}@example.org", **fields)
        group = Group.objects.create(name=f"moderators {name}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        RoleAssignment.objects.create(group=group, page=page, role="moderator")
        user.groups.add(group)
        return user

    return make


@scene
def other_forum(home):
    page = home.add_child(instance=IdeaForumPage(title="Ideas for the library", slug="library"))
    open_phase(page, "collect")
    return page


@scene
def moderator(make_moderator):
    return make_moderator("moderator")


@scene
def second_moderator(make_moderator):
    return make_moderator("moderator2")


@scene
def foreign_moderator(make_moderator, other_forum):
    return make_moderator("elsewhere", page=other_forum)


@scene
def administrator(make_citizen):
    return make_citizen("admin", is_superuser=True, is_staff=True)


@scene
def reporter(make_citizen, settle):
    return settle(make_citizen("reporter", email="reporter@example.org"))


@scene
def second_reporter(make_citizen, settle):
    return settle(make_citizen("reporter2"))


@scene
def third_reporter(make_citizen, settle):
    return settle(make_citizen("reporter3"))


@scene
def newcomer(make_citizen):
    return make_citizen("newcomer")


@pytest.fixture
def nobody():
    """Somebody who is not signed in."""
    return AnonymousUser()


@maker
def report(rules, idea, reporter):
    """Report something: the idea, by the reporter, under “respect”, unless said otherwise."""

    def file(subject=None, *, by=reporter, rule="respect", **words):
        subject = subject or idea.contribution
        step = ReportParticipant if isinstance(subject, Participant) else ReportContribution
        return step(subject, by=by, rule=rules(rule), **words).execute()

    return file


@scene
def case(report):
    """An open case about the idea, with one report."""
    return Case.objects.get(pk=report().case_id)


@maker
def open_case(rules):
    """``open_case(idea)`` opens a case under a rule past the limits on reports."""

    def make(subject, rule="respect", **fields):
        subject = getattr(subject, "contribution", subject)
        with transaction.atomic():
            at = clock.now()
            case = gather(subject, process=getattr(subject, "process", None), at=at)
            lead(case, rules(rule))
            for name, value in fields.items():
                setattr(case, name, value)
            case.save()
        return case

    return make
