"""A claim between two neighbours, and the stewards of the town."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from wagtail.models import Locale, Page

from civic_sourcing.attribution.actions.claim_decisions import (
    AcceptDecision,
    AppealClaim,
    CloseClaim,
    DecideClaim,
)
from civic_sourcing.attribution.actions.claims import AnswerClaim, EndHearing, FileClaim
from civic_sourcing.attribution.models import Claim, Credit, CreditState
from civic_sourcing.core import clock
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment
from tests.scenes import maker, scene

REASONS = (
    "The earlier text names the same place and the same plan, and was handed in two weeks "
    "before. Both texts share whole sentences."
)


@scene
def place(process):
    """The page the process stands behind, where roles are given."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    page = Page(title="Ideas", slug="ideas", locale=locale, translation_key=process.translation_key)
    return Page.objects.get(depth=1).add_child(instance=page)


@maker
def make_steward(make_person, place):
    def make(name, role="steward", page=place):
        user = make_person(name, email=f"{name}@example.org")
        group = Group.objects.create(name=f"{role} {name}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user.groups.add(group)
        return user

    return make


@scene
def steward(make_steward):
    return make_steward("steward")


@scene
def second_steward(make_steward):
    return make_steward("steward2")


@scene
def claimant(make_person):
    return make_person("jun", email="jun@example.org")


@scene
def stranger(make_person):
    return make_person("stranger")


@maker
def file_claim(contribution, claimant, notes):
    def file(by=claimant, to=contribution, text="I wrote this first.", **more):
        return FileClaim(to, by=by, text=text, **more).execute()

    return file


@scene
def claim(file_claim, steward):
    return file_claim()


@maker
def answer(author, notes):
    def say(claim, by=author, text="I thought of it myself.", **more):
        return AnswerClaim(claim, by=by, text=text, **more).execute()

    return say


@maker
def decide(steward, notes):
    def decide(claim, by=steward, outcome="refused", reasons=REASONS, **more):
        return DecideClaim(claim, by=by, outcome=outcome, reasons=reasons, **more).execute()

    return decide


@scene
def heard(claim, answer):
    answer(claim)
    return again(claim)


@scene
def decided(heard, decide):
    decide(heard)
    return again(heard)


@scene
def appealed(decided, claimant, author, notes):
    AppealClaim(decided, by=claimant, text="The dates were read wrongly.").execute()
    return again(decided)


@scene
def reheard(appealed, answer):
    answer(appealed)
    return again(appealed)


@scene
def final(decided, notes):
    return close(decided)


def again(claim):
    return Claim.objects.get(pk=claim.pk)


def let_time_pass(claim, **by):
    """Let the deadline of the present state lie in the past (by a second, if not said)."""
    past = clock.now() - timedelta(**(by or {"seconds": 1}))
    Claim.objects.filter(pk=claim.pk).update(due_at=past)
    return again(claim)


def close(claim):
    CloseClaim(let_time_pass(claim), by=None).execute()
    return again(claim)


def accept(claim, *people):
    for user in people:
        AcceptDecision(claim, by=user).execute()
    return again(claim)


def end_hearing(claim):
    EndHearing(let_time_pass(claim), by=None).execute()
    return again(claim)


def credit(contribution, user, role, share=None):
    return Credit.objects.create(
        contribution=contribution,
        participant=Participant.objects.of(user),
        role=role,
        share=share,
        state=CreditState.ACCEPTED,
        created_at=contribution.received_at,
    )
