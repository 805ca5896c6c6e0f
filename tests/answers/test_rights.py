"""Who may answer for the city: one table of roles, phases and steps."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from civic_sourcing.answers import actions
from civic_sourcing.answers.actions import Adopt, SetMilestone
from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.participants.models import Participant
from tests.answers.conftest import DAY, REASON, TEXT
from tests.ideas.conftest import editor, open_phase  # noqa: F401
from tests.rights import read_table, roles_in, tried
from tests.scenes import scene

PHASES = {"c": "collect", "s": "support", "r": "review", "a": "answer", "n": None}

MAY = """
                         answer deliver part clock
anonymous                -      -       -    -
citizen                  -      -       -    -
suspended                -      -       -    -
author                   -      -       -    -
co-author                -      -       -    -
official                 any    any     any  -
official_of_the_section  any    any     any  -
official_elsewhere       -      -       -    -
official_who_wrote_it    -      any     -    -
of_the_department        -      -       any  -
moderator                -      -       -    -
editor                   -      -       -    -
administrator            any    any     any  -
"""
"""``part`` is what a partner department adds to an answer; the ``clock`` runs by itself."""

GROUPS = {
    "answer": [
        "DraftAnswer",
        "ReviseAnswer",
        "DiscardAnswer",
        "PublishAnswer",
        "CorrectAnswer",
        "MakePromise",
        "AssignPromise",
        "ExtendPromise",
        "WaivePromise",
        "Adopt",
    ],
    "deliver": [
        "PlanAdoption",
        "ChangeAdoptionStatus",
        "SetMilestone",
        "RemoveMilestone",
        "ReportDelivery",
    ],
    "part": ["ContributePart"],
    "clock": ["KeepPromise", "RemindOfPromise", "EscalatePromise"],
}
TABLE = read_table(MAY, PHASES)
STEPS = [(group, step) for group, steps in GROUPS.items() for step in steps]


@scene
def roles(
    contribution,
    author,
    make_citizen,
    make_official,
    official,
    foreign_official,
    gardener,
    home,
    editor,  # noqa: F811
    administrator,
):
    second, suspended, both = (make_citizen(name) for name in ("second", "suspended", "both"))
    for user in (second, both):
        invited = InviteCoAuthor(contribution, by=author, invitee=user.username).execute()
        AcceptInvitation(invited, by=user).execute()
    both.groups.set(official.groups.all())
    Participant.objects.filter(user=suspended).update(standing="suspended")
    return {
        "anonymous": AnonymousUser(),
        "citizen": make_citizen("citizen"),
        "suspended": suspended,
        "author": author,
        "co-author": second,
        "official": official,
        "official of the section": make_official("director", page=home),
        "official elsewhere": foreign_official,
        "official who wrote it": both,
        "of the department": gardener,
        "moderator": make_official("moderator", role="moderator"),
        "editor": editor,
        "administrator": administrator,
    }


@scene
def subjects(contribution, official, draft, answer, owe, parks, propose, author):
    """What each step is about: drafts, an answer, a promise, and another idea that is adopted."""
    other = propose(author, "Lamps by the river").contribution
    adoption = Adopt(other, by=official, title="Twelve lamps").execute()
    milestone = SetMilestone(adoption, by=official, title="The first lamp").execute()
    shared = draft(partners=[parks])
    return {
        "contribution": contribution,
        "published": answer(),
        "draft": draft(),
        "part": shared.parts.get(),
        "promise": owe(),
        "adoption": adoption,
        "milestone": milestone,
    }


@pytest.fixture
def take(subjects, official):
    later = timezone.now() + 30 * DAY
    words = {"decision": "accepted", "text": TEXT}
    told = {
        "DraftAnswer": ("contribution", words),
        "ReviseAnswer": ("draft", words),
        "DiscardAnswer": ("draft", {}),
        "PublishAnswer": ("draft", {}),
        "CorrectAnswer": ("published", words),
        "MakePromise": ("contribution", {"due_at": later}),
        "AssignPromise": ("promise", {"owner": official}),
        "ExtendPromise": ("promise", {"due_at": later, "reason": REASON}),
        "WaivePromise": ("promise", {"reason": REASON}),
        "Adopt": ("contribution", {"title": "Benches"}),
        "PlanAdoption": ("adoption", {"expected_on": later.date()}),
        "ChangeAdoptionStatus": ("adoption", {"status": "in_progress"}),
        "SetMilestone": ("adoption", {"title": "The second lamp"}),
        "RemoveMilestone": ("adoption", {"milestone": subjects["milestone"]}),
        "ReportDelivery": ("adoption", {"text": "The posts stand."}),
        "ContributePart": ("part", {"text": "The soil is good."}),
        "KeepPromise": ("promise", {"kept_at": later - timedelta(days=1)}),
        "RemindOfPromise": ("promise", {}),
        "EscalatePromise": ("promise", {}),
    }

    def take(step, by):
        about, arguments = told[step]
        getattr(actions, step)(subjects[about], by=by, **arguments).execute()

    return take


def enter(forum):
    def begin(phase):
        open_phase(forum, phase) if phase else forum.process.phases.all().delete()

    return begin


@pytest.mark.parametrize(("group", "step"), STEPS, ids=[step for _group, step in STEPS])
def test_rights_are_those_of_the_table(group, step, take, roles, forum):
    assert tried(partial(take, step), roles, PHASES, enter(forum)) == TABLE[group]


def test_table_names_everybody_and_every_step(roles):
    assert roles_in(MAY) == list(roles)
    assert sorted(step for _group, step in STEPS) == sorted(actions.__all__)
