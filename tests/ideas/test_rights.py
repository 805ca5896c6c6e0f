"""Who may do what with ideas, and when: one table of roles, phases and steps."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.attribution.models import Channel
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas import actions
from civic_sourcing.ideas.actions import (
    ChangeStage,
    EditIdea,
    FollowIdea,
    KeepSupport,
    MoveIdea,
    ProposeIdea,
    SupportIdea,
    UnfollowIdea,
    WithdrawIdea,
    WithdrawSupport,
)
from civic_sourcing.ideas.models import IdeaPage, Stage
from civic_sourcing.participants.models import Participant
from tests.ideas.conftest import open_phase
from tests.ideas.stage_people import *  # noqa: F403
from tests.rights import read_table, roles_in, tried

PHASES = {"c": "collect", "s": "support", "r": "review", "a": "answer", "n": None}

MAY = """
                         propose support take_back keep edit withdraw follow unfollow stage move
anonymous                -       -       -         -    -    -        -      -        -     -
citizen                  c       cs      -         -    -    -        any    any      -     -
supporter                c       -       cs        any  -    -        any    any      -     -
suspended                -       -       cs        any  -    -        any    any      -     -
author                   c       -       -         -    cs   any      any    any      -     -
co-author                c       cs      -         -    -    -        any    any      -     -
official                 c       cs      -         -    -    -        any    any      any   -
official_of_the_section  c       cs      -         -    -    -        any    any      any   any
official_elsewhere       c       cs      -         -    -    -        any    any      -     -
moderator                c       cs      -         -    -    -        any    any      -     -
editor                   c       cs      -         -    -    -        any    any      -     -
administrator            c       cs      -         -    -    -        any    any      any   any
"""


@pytest.fixture
def roles(idea, author, citizen, neighbour, make_citizen, give_role, editor, home, other_forum):
    second, suspended = make_citizen("second"), make_citizen("suspended")
    invitation = InviteCoAuthor(idea.contribution, by=author, invitee="second").execute()
    AcceptInvitation(invitation, by=second).execute()
    for supporter in (citizen, suspended):
        SupportIdea(idea, by=supporter).execute()
    Participant.objects.filter(user=suspended).update(standing="suspended")
    return {
        "anonymous": AnonymousUser(),
        "citizen": neighbour,
        "supporter": citizen,
        "suspended": suspended,
        "author": author,
        "co-author": second,
        "official": give_role("official", "official", idea.get_parent()),
        "official of the section": give_role("director", "official", home),
        "official elsewhere": give_role("stranger", "official", other_forum),
        "moderator": give_role("moderator", "moderator", idea.get_parent()),
        "editor": editor,
        "administrator": make_citizen("admin", is_superuser=True),
    }


STEPS = {
    "propose": ProposeIdea,
    "support": SupportIdea,
    "take_back": WithdrawSupport,
    "keep": KeepSupport,
    "edit": EditIdea,
    "withdraw": WithdrawIdea,
    "follow": FollowIdea,
    "unfollow": UnfollowIdea,
    "stage": ChangeStage,
    "move": MoveIdea,
}


@pytest.fixture
def take(idea, forum, other_forum):
    """Take a step as somebody, with all in place that is no question of rights."""
    lamp = {"title": "A lamp", "description": "It is dark.", "tags": [], "channel": Channel.IMPORT}
    words = {
        "propose": lamp,
        "edit": {"title": idea.title, "description": "They want to lie down.", "tags": []},
        "withdraw": {"reason": "other"},
        "stage": {"stage": Stage.REVIEW},
        "move": {"process": other_forum.process},
    }

    def asked_again(by):
        IdeaPage.objects.filter(pk=idea.pk).update(material_version=2)

    def following(by):
        if by.is_authenticated:
            FollowIdea(idea, by=by).execute()

    before = {"keep": asked_again, "unfollow": following}

    def take(step, by):
        before.get(step, lambda by: None)(by)
        subject = forum if step == "propose" else idea
        STEPS[step](subject, by=by, **words.get(step, {})).execute()

    return take


def enter(forum):
    def begin(phase):
        open_phase(forum, phase) if phase else forum.process.phases.all().delete()

    return begin


TABLE = read_table(MAY, PHASES)


@pytest.mark.parametrize("step", TABLE)
def test_rights_are_those_of_the_table(step, take, roles, forum):
    assert tried(partial(take, step), roles, PHASES, enter(forum)) == TABLE[step]


def test_table_names_everybody_and_every_step(roles):
    every = {getattr(actions, name) for name in actions.__all__} - {actions.ReachThreshold}

    assert roles_in(MAY) == list(roles)
    assert list(TABLE) == list(STEPS)
    assert set(STEPS.values()) == every


def test_suspended_author_takes_the_idea_back_and_does_not_change_it(idea, author):
    Participant.objects.filter(user=author).update(standing="suspended")

    with pytest.raises(ActionRefused) as refused:
        EditIdea(idea, by=author, title=idea.title, description="They lie down.").execute()
    WithdrawIdea(idea, by=author, reason="other").execute()

    assert refused.value.code == "suspended"
    assert IdeaPage.objects.get().stage == Stage.WITHDRAWN


def test_official_of_both_forums_moves_ideas_between_them(idea, other_forum, give_role, official):
    both = give_role("both", "official", other_forum)
    both.groups.add(*official.groups.all())

    MoveIdea(idea, by=both, process=other_forum.process).execute()

    assert IdeaPage.objects.get().process == other_forum.process
