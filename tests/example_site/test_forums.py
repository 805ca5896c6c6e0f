"""The demo shows a year of idea forums: each phase, each stage, answers in time and late."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from civic_sourcing.answers.models import Adoption, AnswerPart, OfficialAnswer, Promise
from civic_sourcing.attribution.models import Channel, Contribution, State
from civic_sourcing.comments.models import Comment
from civic_sourcing.core.audit import verify
from civic_sourcing.ideas.models import (
    Event,
    ForumRules,
    IdeaFile,
    IdeaForumPage,
    IdeaPage,
    IdeaTally,
    Stage,
    Support,
    ThresholdReached,
)
from town.demo import forums, reading

pytestmark = pytest.mark.prove("postgresql")
"""The demo is loaded on SQLite, as `make demo` does; on PostgreSQL by `make prove`."""

IN_FORCE = {"collect", "support", "review", "answer", None}


def idea(title):
    return IdeaPage.objects.get(title__startswith=title)


def test_there_is_a_forum_in_each_phase_and_one_that_is_over(demo):
    now = timezone.now()

    phases = {page.process.phase_at(now) for page in IdeaForumPage.objects.all()}

    assert {phase.kind if phase else None for phase in phases} == IN_FORCE


def test_forty_people_have_handed_in_a_hundred_and_fifty_ideas_in_both_languages(demo):
    ideas = IdeaPage.objects.live()

    languages = Counter(ideas.values_list("locale__language_code", flat=True))

    assert ideas.count() >= 150
    assert ideas.values("contribution__author").distinct().count() >= 40
    assert languages["en"] >= 70
    assert languages["ko"] >= 70


def test_ideas_stand_in_every_stage(demo):
    assert set(IdeaPage.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_a_thousand_comments_were_made_and_none_twice_about_ideas(demo):
    about_ideas = Comment.objects.filter(thread__contribution__kind="idea")

    texts = Counter(about_ideas.values_list("text", flat=True))

    assert Comment.objects.count() >= 1000
    assert [text for text, times in texts.items() if times > 1] == []
    assert about_ideas.filter(role="official").exists()


def test_thousands_of_supports_are_counted_as_they_are(demo):
    given = Counter(Support.objects.values_list("contribution", flat=True))

    tallies = dict(IdeaTally.objects.filter(supports__gt=0).values_list("pk", "supports"))

    assert sum(given.values()) > 5000
    assert tallies == given


def test_thresholds_were_reached_under_two_presets(demo):
    events = set(ThresholdReached.objects.values_list("rule__event", flat=True))

    recipes = set(ForumRules.objects.exclude(recipe="").values_list("recipe", flat=True))

    assert recipes == {"democracy-seoul-2020", "uk-parliament"}
    assert events >= {Event.REVIEW, Event.ANSWER_DUE, Event.DEBATE, Event.VISIBLE}


def test_the_city_has_answered_in_time_and_late(demo):
    states = Counter(Promise.objects.values_list("state", flat=True))

    assert states["kept"] > 40
    assert states["late_kept"] > 4
    assert states["waived"] > 0
    assert set(OfficialAnswer.objects.published().values_list("kind", flat=True)) == {
        "interim",
        "final",
    }
    assert AnswerPart.objects.filter(contributed_at=None).exists()


@pytest.mark.parametrize(
    ("title", "language", "word"),
    [("A playground for rainy", "en", "overdue"), ("시립 어린이집", "ko", "늦")],
    ids=["by an official", "by a petition"],
)
def test_the_clock_of_what_is_overdue_is_red_on_the_page(client, demo, title, language, word):
    late = idea(title)
    assert Promise.objects.of(late.contribution).overdue(timezone.now()).exists()

    page = client.get(late.url).content.decode()

    assert word in page


def test_every_answer_that_is_owed_is_a_departments(demo):
    assert not Promise.objects.answers().filter(department=None).exists()
    assert Promise.objects.filter(contribution__process__in=forum_called("safe-ways")).exists()


def forum_called(slug):
    return [page.process for page in IdeaForumPage.objects.filter(slug=slug)[:1]]


def test_one_adopted_idea_has_nobody_who_cares_for_it(demo):
    gap = Adoption.objects.gaps().get()

    assert (gap.lacks_owner, gap.lacks_date) == (True, True)
    assert Adoption.objects.filter(delivered_at__isnull=False).count() >= 8
    assert Adoption.objects.filter(agreement__isnull=False).exists()


def test_an_agency_asks_with_a_problem_an_owner_and_a_date(client, demo):
    page = IdeaForumPage.objects.get(slug="market-quarter", locale__language_code="en")

    rules = ForumRules.objects.of(page.process)

    assert rules.missing() == []
    assert rules.answer_on > timezone.localdate()


def test_photos_say_what_they_show_in_the_language_of_the_idea(demo):
    photos = IdeaFile.objects.photos().select_related("contribution")

    assert photos.count() >= 15
    for photo in photos:
        assert reading.language_of(photo.alternative) == photo.contribution.language


def test_ideas_lie_in_town(demo):
    placed = IdeaPage.objects.exclude(latitude=None)

    assert placed.count() >= 80
    assert not placed.exclude(latitude__range=(35.08, 35.13)).exists()
    assert not placed.exclude(longitude__range=(128.87, 128.94)).exists()


@pytest.mark.parametrize("slug", ["ideas", *(forum.slug for forum in forums.OTHERS)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_forum_opens_in_both_languages(client, demo, language, slug):
    assert client.get(f"/{language}/participate/{slug}/").status_code == 200


def test_author_who_learnt_something_has_changed_the_text(demo):
    called = idea("폭염 때 혼자")

    assert called.contribution.versions.count() == 2
    assert "대표 번호" in called.description


def test_what_people_handed_in_came_online(demo):
    imported = Contribution.objects.filter(channel=Channel.IMPORT)

    assert set(imported.values_list("kind", flat=True)) <= {"project"}
    assert Contribution.objects.filter(kind="idea", channel=Channel.ONLINE).count() >= 150


def test_what_was_handed_in_stands_unless_somebody_took_it_back(demo):
    texts = {words.title for forum in forums.OTHERS for words in reading.written(forum.name)}
    rows = IdeaPage.objects.filter(title__in=texts)

    states = Counter(rows.values_list("contribution__state", flat=True))

    assert set(states) == {State.PUBLISHED, State.WITHDRAWN}
    assert sum(states.values()) == len(texts)


def test_a_year_can_be_verified(demo):
    assert [finding for report in verify() for finding in report.findings] == []


def test_loading_the_year_again_changes_nothing(demo):
    models = (IdeaPage, Comment, Support, OfficialAnswer, Promise, Adoption)
    before = [model.objects.count() for model in models]

    call_command("load_demo")

    assert [model.objects.count() for model in models] == before
