"""A challenge that is written, by whom and for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from civic_sourcing.answers.models import Department
from civic_sourcing.challenges.actions.setup import SetCriteria, SetFacts, SetPrizes, SetTimeline
from civic_sourcing.challenges.models import (
    ChallengePage,
    LegalAuthority,
    Round,
)
from tests.challenges.editorial.test_readability import PLAIN
from tests.scenes import maker, scene

DAY = timedelta(days=1)

TEXTS = {
    "tagline": "Dry feet in the old town",
    "short_description": "Water stands in the streets. We look for ideas.",
    "problem": f"<p>{PLAIN['en']}</p>",
    "eligibility_text": "<p>Everybody may enter.</p>",
    "rights_text": "<p>Rights stay with you.</p>",
    "privacy_text": "<p>We erase names after a year.</p>",
    "minors_text": "<p>A guardian agrees.</p>",
    "how_to_enter": "<p>Fill in the form.</p>",
}


@scene
def authority(db):
    return LegalAuthority.objects.get_or_create(
        key="charter", defaults={"names": {"en": "Charter"}}
    )[0]


@scene
def department(english):
    return Department.objects.create(name="Streets", locale=english)


@maker
def write_challenge(index, authority, department):
    """Write a whole challenge, a draft that lacks nothing; it opens tomorrow."""

    def write(title="Dry feet", **texts):
        page = index.add_child(instance=ChallengePage(title=title, live=False, **TEXTS | texts))
        process, now = page.process, timezone.now().replace(microsecond=0)
        SetFacts(
            process,
            by=None,
            values={
                "primary_type": "ideas",
                "department": department,
                "contact": "streets@example.org",
                "authority": authority,
            },
        ).execute()
        round_ = {"titles": {"en": "Ideas"}, "opens_at": now + DAY, "closes_at": now + 40 * DAY}
        SetTimeline(process, by=None, rounds=[round_]).execute()
        SetPrizes(process, by=None, currency="EUR", total=500_000, parts=[prize(500_000)]).execute()
        SetCriteria(
            process,
            by=None,
            round=Round.objects.get(process=process),
            criteria=[{"titles": {"en": "Effect"}, "points": 20}],
        ).execute()
        page.save_revision()
        return page

    return write


def prize(amount, **facts):
    return {"titles": {"en": "First prize"}, "amount": amount, "winners": 1, **facts}


@scene
def written(write_challenge):
    return write_challenge()


@pytest.fixture
def at_desk():
    """``at_desk(user)`` lets somebody into the admin."""

    def at_desk(user):
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        return user

    return at_desk
