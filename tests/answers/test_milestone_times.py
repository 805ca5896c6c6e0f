"""Where milestones stand in the timeline: as they were reached, and never out of order."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from civic_sourcing.answers.actions import ChangeAdoptionStatus, ReportDelivery, SetMilestone
from civic_sourcing.answers.history import tell_adoptions
from civic_sourcing.answers.models import AdoptionChange, Milestone
from civic_sourcing.core import clock

from . import test_adoptions as scenes
from .conftest import DAY

pytestmark = pytest.mark.django_db

adopt = scenes.adopt
adoption = scenes.adoption
TODAY = scenes.TODAY

OURS = {"milestone", "delivery", "adoption-in-progress", "adoption-in-force"}


def told(contribution):
    events = sorted(tell_adoptions(contribution), key=lambda event: event.at)
    return [event.code for event in events if event.code in OURS]


def reach(adoption, official, day=TODAY):
    return SetMilestone(adoption, by=official, title="Ordered", done_on=day).execute()


def become(adoption, status, official):
    ChangeAdoptionStatus(adoption, by=official, status=status).execute()


def test_what_is_reached_today_stands_where_it_was_noted(adoption, contribution, official):
    become(adoption, "in_progress", official)
    ReportDelivery(adoption, by=official, text="The wood is here.").execute()
    milestone = reach(adoption, official)
    become(adoption, "in_force", official)

    assert told(contribution) == [
        "adoption-in-progress",
        "delivery",
        "milestone",
        "adoption-in-force",
    ]
    assert milestone.noted_at <= clock.now()


def test_changed_title_leaves_a_milestone_where_it_was(adoption, official):
    milestone = reach(adoption, official)
    noted = milestone.noted_at

    SetMilestone(
        adoption, by=official, milestone=milestone, title="All ordered", done_on=TODAY
    ).execute()

    milestone.refresh_from_db()
    assert milestone.noted_at == noted


def test_milestone_taken_back_is_noted_no_more(adoption, official):
    milestone = reach(adoption, official)

    SetMilestone(adoption, by=official, milestone=milestone, title="Ordered").execute()

    milestone.refresh_from_db()
    assert (milestone.done_on, milestone.noted_at) == (None, None)


@pytest.mark.parametrize(
    ("began", "ended"),
    [(time(9), time(10)), (time(9), time(18)), (time(15), time(18))],
    ids=["all in the morning", "around noon", "all in the afternoon"],
)
def test_day_alone_stands_between_beginning_and_end(began, ended, adoption, contribution, official):
    """Noted later: of the day itself nothing but the day is known."""
    day = timezone.localdate() - timedelta(days=7)
    for before, status, moment in (
        ("planned", "in_progress", began),
        ("in_progress", "in_force", ended),
    ):
        at = timezone.make_aware(datetime.combine(day, moment))
        AdoptionChange.objects.create(adoption=adoption, before=before, status=status, at=at)
    reach(adoption, official, day)

    assert told(contribution) == ["adoption-in-progress", "milestone", "adoption-in-force"]


def test_milestone_of_another_day_stands_at_its_noon(adoption, contribution, official):
    day = (clock.now() - 9 * DAY).date()

    reach(adoption, official, day)

    [event] = [each for each in tell_adoptions(contribution) if each.code == "milestone"]
    assert timezone.localtime(event.at).time() == time(12)
    assert Milestone.objects.get().noted_at is not None
