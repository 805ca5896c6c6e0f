"""
A town with one open challenge, and the people around it.

Rounds, criteria and prizes come first and the state ``published`` last, as an open challenge is
frozen by the database; ``set_clock`` moves the time.
"""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from civic_sourcing.challenges.actions import follow_rounds
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengeIndexPage,
    ChallengePage,
    Criterion,
    LegalAuthority,
    Prize,
    Round,
)
from civic_sourcing.processes.models import RoleAssignment
from tests.budgets import conftest as clocks
from tests.ideas import conftest as town
from tests.scenes import maker, scene

citizen = town.citizen
editor = town.editor
english = town.english
home = town.home
korean = town.korean
korean_home = town.korean_home
make_citizen = town.make_citizen
neighbour = town.neighbour
set_clock = clocks.set_clock

DAY = timedelta(days=1)
CRITERIA = ("Effect", "Feasibility", "Costs", "Upkeep", "For everybody")


@scene
def index(home):
    return home.add_child(instance=ChallengeIndexPage(title="Challenges", slug="challenges"))


@maker
def make_challenge(index):
    """
    Set a challenge up: one round unless ``rounds`` says more, as ``(opens, closes, judging)``
    relative to now. Further arguments are facts.
    """

    def make(
        title="Shade for the school yard",
        *,
        rounds=((-DAY, DAY, 8 * DAY),),
        state="published",
        parent=None,
        **facts,
    ):
        page = (parent or index).add_child(
            instance=ChallengePage(
                title=title,
                live=False,
                tagline="Cool in summer, light in winter.",
                problem="<p>The school yard is too hot in summer.</p>",
            )
        )
        now = timezone.now()
        row = ChallengeFacts.objects.create(
            process=page.process,
            **{
                "currency": "EUR",
                "primary_type": "ideas",
                "prize_total": 600_000,
                "authority": LegalAuthority.objects.order_by("pk").first(),
                **facts,
            },
        )
        made = [make_round(page, number, now, dates) for number, dates in enumerate(rounds, 1)]
        make_prizes(page, made[-1])
        row.state = state
        row.published_at = now - 2 * DAY if state in {"published", "archived"} else None
        row.save()
        follow_rounds(page.process, by=None)
        if row.published_at:
            page.save_revision().publish()
        return ChallengePage.objects.get(pk=page.pk)

    return make


def make_round(page, number, now, dates):
    """A round with five criteria of 20 points and a bonus of 5; a date may be ``None``."""
    moments = [now + each if each is not None else None for each in dates]
    names = ("opens_at", "closes_at", "judging_until")
    made = Round.objects.create(
        process=page.process,
        number=number,
        titles={"en": f"Round {number}"},
        **dict(zip(names, moments, strict=True)),
    )
    for position, title in enumerate(CRITERIA):
        Criterion.objects.create(round=made, position=position, titles={"en": title}, points=20)
    Criterion.objects.create(round=made, position=9, titles={"en": "Need"}, points=5, is_bonus=True)
    return made


def make_prizes(page, last):
    """500,000 split evenly among up to five winners, then 100,000 (minor units)."""
    Prize.objects.create(
        process=page.process, titles={"en": "Finalists"}, amount=500_000, winners=5, position=0
    )
    Prize.objects.create(
        process=page.process,
        round=last,
        titles={"en": "Grand prize"},
        amount=100_000,
        place=1,
        position=1,
    )


@scene
def challenge(make_challenge):
    """Open since yesterday, for one day more; then eight days of judging."""
    return make_challenge()


@maker
def make_official(make_citizen):
    """Somebody with ``role`` on ``page`` and below."""

    def make(name, role, page):
        user = make_citizen(name, email=f"{name}@example.org")
        group = Group.objects.create(name=f"{role} {name}")
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user.groups.add(group)
        return user

    return make


@scene
def manager(make_official, index):
    return make_official("manager", "challenge_manager", index)


@scene
def steward(make_official, home):
    return make_official("steward", "steward", home)


@scene
def administrator(make_citizen):
    return make_citizen("admin", is_superuser=True, is_staff=True)
