"""Who may do what while a challenge is written and reviewed: roles, states and steps."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from civic_sourcing.challenges.actions.partners import InvitePartners
from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    ArchiveChallenge,
    NoteApproval,
    PublishChallenge,
    RequestEdits,
    SendToReview,
    TakeBack,
)
from civic_sourcing.challenges.actions.setup import SetFacts, SetPrizes
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeIndexPage, Partner
from civic_sourcing.participants.models import Participant
from tests.challenges.conftest import DAY
from tests.challenges.editorial.conftest import prize
from tests.rights import read_table, roles_in, tried

pytestmark = pytest.mark.django_db

PHASES = {
    "d": "draft",
    "r": "in_review",
    "e": "edits_requested",
    "a": "approved",
    "p": "published",
    "o": "open",
}

MAY = """
                  contact prizes send take_back edits approve note_sum partners publish archive
anonymous         -       -      -    -         -     -       -        -        -       -
citizen           -       -      -    -         -     -       -        -        -       -
editor            -       -      -    -         -     -       -        -        -       -
manager_elsewhere -       -      -    -         -     -       -        -        -       -
named             deapo   deap   de   ra        -     -       -        any      a       de
manager           deapo   deap   de   ra        -     -       -        any      a       de
steward           any     dreap  de   ra        ra    r       any      any      a       de
administrator     any     dreap  de   ra        ra    r       any      any      a       de
"""
"""The challenge is written below the page of ``manager``; ``named`` is named in it and no more."""

TABLE = read_table(MAY, PHASES)


@pytest.fixture
def people(request, written, make_official, make_citizen, home):
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    found = {"anonymous": AnonymousUser(), "named": make_citizen("named")}
    for role in ("citizen", "editor", "manager", "steward", "administrator"):
        found[role] = request.getfixturevalue(role)
    found["manager elsewhere"] = make_official("far", "challenge_manager", elsewhere)
    facts = ChallengeFacts.objects.get(process=written.process)
    facts.managers.add(Participant.objects.of(found["named"]))
    return {role: found[role] for role in roles_in(MAY)}


@pytest.fixture
def steps(written):
    process = written.process
    parts = [prize(700_000)]
    partner = Partner.objects.create(name="University")
    signed = {"approver": "Mayor", "office": "Town hall", "approved_on": timezone.localdate()}
    return {
        "contact": lambda by: SetFacts(process, by=by, values={"contact": "Room 4"}).execute(),
        "prizes": lambda by: SetPrizes(
            process, by=by, currency="EUR", total=700_000, parts=parts
        ).execute(),
        "send": lambda by: SendToReview(process, by=by).execute(),
        "take_back": lambda by: TakeBack(process, by=by).execute(),
        "edits": lambda by: RequestEdits(process, by=by, message="Say more.").execute(),
        "approve": lambda by: ApproveChallenge(process, by=by).execute(),
        "note_sum": lambda by: NoteApproval(process, by=by, limit=1, **signed).execute(),
        "partners": lambda by: InvitePartners(process, by=by, partners=[partner]).execute(),
        "publish": lambda by: PublishChallenge(process, by=by).execute(),
        "archive": lambda by: ArchiveChallenge(process, by=by).execute(),
    }


@pytest.fixture
def enter(written, make_official, home, index, set_clock):
    """Bring it from one state to the next, by two people who are none of those in the table."""
    process = written.process
    writer = make_official("writer", "challenge_manager", index)
    reader = make_official("reader", "steward", home)

    def go(state):
        if state == "in_review":
            SendToReview(process, by=writer).execute()
        elif state == "edits_requested":
            RequestEdits(process, by=reader, message="Say more.").execute()
        elif state == "approved":
            SendToReview(process, by=writer).execute()
            ApproveChallenge(process, by=reader).execute()
        elif state == "published":
            PublishChallenge(process, by=reader).execute()
        elif state == "open":
            set_clock(process.rounds.get().opens_at + DAY)

    return go


def test_rights_by_state(steps, people, enter):
    found = {step: set() for step in steps}

    for letter, state in PHASES.items():
        enter(state)
        for name, step in steps.items():
            found[name] |= tried(step, people, {letter: state}, lambda phase: None)

    assert found == {step: TABLE[step] for step in steps}
