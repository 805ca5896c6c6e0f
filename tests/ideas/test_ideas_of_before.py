"""A town that had ideas before there were tallies and stages: right at once after ``migrate``."""

from importlib import import_module

import pytest

from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.attribution.actions.derive import MergeContributions
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.core import triggers
from civic_sourcing.core.audit import verify
from civic_sourcing.ideas.actions import FollowIdea, SupportIdea, WithdrawIdea
from civic_sourcing.ideas.models import IdeaPage, IdeaTally, IdeaText, StageChange, StageNews
from civic_sourcing.ideas.search import found
from civic_sourcing.ideas.search.index import install
from civic_sourcing.notifications.models import Notification

from . import test_migrations as migrations
from .conftest import hide
from .stage_people import *  # noqa: F403

pytestmark = pytest.mark.django_db(transaction=True)

back_and_forth = migrations.back_and_forth
migrate = migrations.migrate
newest = migrations.newest

BEFORE = [("civic_ideas", "0005_writing_ideas")]
COUNTED = ("pk", "process", "listed", "supports", "comments", "followers", "filed_at", "trending")


@pytest.fixture
def town(forum, propose, author, citizen, neighbour, official, make_citizen):
    """Ideas that are supported, talked about, withdrawn, merged or hidden."""
    talked, taken, long_ago, first, second, hidden = (
        propose(author, title, tags=["park"])
        for title in ("Benches 벤치", "공영주차장", "Old bridge", "Swings", "Slides", "Rude words")
    )
    for person in (citizen, neighbour):
        SupportIdea(talked, by=person).execute()
    FollowIdea(talked, by=make_citizen("curious")).execute()
    thread = Thread.objects.opened_below(talked.contribution)
    PostComment(thread, by=citizen, text="I agree.", channel="import").execute()
    WithdrawIdea(taken, by=author, reason="solved").execute()
    WithdrawContribution(long_ago.contribution, by=author).execute()
    MergeContributions.of(
        [first.contribution, second.contribution],
        by=official,
        title="A playground",
        text="Swings and slides.",
        language="en",
    ).execute()
    hide(hidden)
    return taken


def counted():
    rows = IdeaTally.objects.order_by("pk").values_list(*COUNTED)
    return [(*row, round(trending, 6)) for *row, trending in rows]


def read():
    return list(IdeaText.objects.order_by("pk").values_list("pk", "title", "words", "grams"))


def stages():
    return dict(IdeaPage.objects.values_list("title", "stage"))


def came():
    rows = StageChange.objects.values_list("contribution", "before", "after", "cause")
    return sorted(rows)


def upgrade():
    """Go back to before tallies and stages, and forward again as ``migrate`` does."""
    migrate(BEFORE)
    migrate(newest())
    install()
    triggers.install()


def test_ideas_of_before_are_counted_stand_where_they_had_come_and_make_no_news(
    town, back_and_forth, monkeypatch
):
    migration = import_module("civic_sourcing.ideas.migrations.0008_ideas_of_before")
    monkeypatch.setattr(migration, "CHUNK", 2)
    before, told = (counted(), read(), stages(), came()), Notification.objects.count()
    assert set(stages().values()) == {"published", "withdrawn", "merged"}

    upgrade()

    assert (counted(), read(), stages(), came()) == before
    assert [key for key, *_rest in read()] == [key for key, *_rest in counted()]
    assert [report.findings for report in verify() if report.found] == []
    change = StageChange.objects.get(contribution=town.contribution)
    assert change.changed_at == town.contribution.idea_withdrawal.withdrawn_at
    assert Notification.objects.count() == told
    assert not StageNews.objects.exists()
    keys = set(IdeaPage.objects.filter(title="공영주차장").values_list("contribution", flat=True))
    assert set(found(IdeaTally.objects.all(), "주차장").values_list("pk", flat=True)) == keys
    triggers.lift()
