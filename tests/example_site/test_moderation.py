"""The demo shows moderation at work: cases of every kind, a quarter accounted for."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from civic_sourcing.comments.models import Comment
from civic_sourcing.core.audit import verify
from civic_sourcing.moderation.models import (
    Appeal,
    Case,
    Decision,
    Finding,
    Measure,
    ModerationReportPage,
    Outcome,
    PublishedFigures,
    SecondOpinion,
)

pytestmark = pytest.mark.prove("postgresql")
"""The demo is loaded on SQLite, as `make demo` does; on PostgreSQL by `make prove`."""


def values(model, name):
    return set(model.objects.values_list(name, flat=True))


def test_there_are_two_hundred_cases_of_every_kind(demo):
    now = timezone.now()

    assert Case.objects.count() >= 200
    assert values(Case, "state") == {"open", "decided"}
    assert values(Case, "kind") == {"comment", "idea", "participant"}
    assert Case.objects.overdue(now).exists()
    assert Case.objects.open().filter(is_emergency=True).exists()
    assert Case.objects.open().filter(held=True).exists()
    assert Case.objects.open().exclude(assigned_to=None).exists()
    assert values(Decision, "outcome") == set(Outcome.values)
    assert values(Decision, "origin") >= {"case", "automatic", "appeal"}
    assert values(Appeal, "outcome") == {"", "upheld", "reversed", "changed"}
    assert values(SecondOpinion, "agrees") == {None, True, False}
    assert values(Measure, "end_reason") >= {"", "lifted", "reversed"}
    assert Finding.objects.exists()


def test_people_discuss_in_both_languages(demo):
    assert Comment.objects.count() >= 150
    assert values(Comment, "position") == {"", "for", "against", "neutral"}
    assert values(Comment, "contribution__language") == {"en", "ko"}
    assert max(values(Comment, "depth")) >= 2
    assert max(values(Comment, "helpful")) > 2


def test_the_quarter_is_accounted_for_in_both_languages(demo, client):
    figures = PublishedFigures.objects.get().figures
    assert figures.count("decision") > 150

    for page in ModerationReportPage.objects.live():
        assert f">{figures.count('decision')}<" in client.get(page.url).content.decode()
    assert ModerationReportPage.objects.live().count() == 2


def test_loading_again_changes_nothing(demo):
    before = [model.objects.count() for model in (Case, Decision, Comment, PublishedFigures)]

    call_command("load_demo")

    assert before == [m.objects.count() for m in (Case, Decision, Comment, PublishedFigures)]


def test_what_was_played_can_be_verified(demo):
    assert [finding for report in verify() for finding in report.findings] == []


@pytest.mark.parametrize("name", ["moderator", "moderator2"])
def test_moderators_find_their_queue(demo, client, django_user_model, name):
    client.force_login(django_user_model.objects.get(username=name))

    assert client.get("/admin/civic/cases/").status_code == 200
