"""A forum in two languages is one forum; what the page tree does to it does not change that."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import translation
from wagtail.models import Page

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions.propose import ProposeIdea
from civic_sourcing.ideas.actions.support import SupportIdea
from civic_sourcing.ideas.models import (
    Category,
    ForumRules,
    IdeaForumPage,
    IdeaPage,
    ThresholdReached,
    ThresholdRule,
)
from tests.ideas.conftest import DAY, open_phase


@pytest.fixture
def threshold(forum):
    return ThresholdRule.objects.create(
        process=forum.process, number=2, event="review", valid_from=clock.now() - 365 * DAY
    )


@pytest.fixture
def korean_idea(korean_forum, propose, author):
    return propose(author, "공영주차장 의자", forum=korean_forum)


def cards(client, forum):
    return client.get(forum.get_url()).content.decode()


def test_ideas_of_both_languages_are_listed_in_both(client, forum, korean_forum, idea, korean_idea):
    english, korean = cards(client, forum), cards(client, korean_forum)

    for page in (english, korean):
        assert idea.title in page
        assert korean_idea.title in page
    assert 'lang="ko"' in english
    assert 'lang="en"' in korean


def test_an_idea_has_one_address_in_the_language_it_was_written_in(
    client, forum, korean_forum, korean_idea
):
    assert korean_idea.get_url() in cards(client, forum)
    assert IdeaPage.objects.filter(translation_key=korean_idea.translation_key).count() == 1


def test_nobody_supports_twice_by_switching_language(client, korean_idea, citizen):
    client.force_login(citizen)
    for language in ("en", "ko"):
        with translation.override(language):
            client.post(f"{korean_idea.get_url()}support/", headers={"accept-language": language})

    assert korean_idea.supports.count() == 1


def test_support_is_one_whoever_asks_for_it(korean_idea, citizen):
    SupportIdea(korean_idea, by=citizen).execute()

    with pytest.raises(ActionRefused, match="already"), translation.override("en"):
        SupportIdea(korean_idea, by=citizen).execute()


@pytest.mark.parametrize("which", ["idea", "korean_idea"])
def test_thresholds_hold_for_ideas_of_both_languages(
    request, threshold, korean_forum, which, citizen, neighbour
):
    idea = request.getfixturevalue(which)

    for person in (citizen, neighbour):
        SupportIdea(idea, by=person).execute()

    idea.refresh_from_db()
    assert idea.stage == "review"
    assert ThresholdReached.objects.get().rule == threshold


def test_rules_categories_and_phases_are_those_of_one_process(forum, korean_forum):
    ForumRules.objects.create(process=forum.process, vocabulary="petition")
    Category.objects.create(process=korean_forum.process, code="light", names={"ko": "빛"})

    assert ForumRules.objects.of(korean_forum.process).vocabulary == "petition"
    assert Category.objects.of(forum.process).count() == 1
    assert korean_forum.process.phases.count() == forum.process.phases.count() == 1


def test_closing_in_one_language_closes_in_both(client, forum, korean_forum, citizen):
    open_phase(forum, "collect", opened=-5 * DAY, closes=-DAY)
    client.force_login(citizen)

    for page in (forum, korean_forum):
        answer = client.post(f"{page.get_url()}propose/", {"title": "Late", "description": "Late"})
        assert answer.status_code == 409
    assert not IdeaPage.objects.exists()


def test_limits_per_person_count_over_both_languages(forum, korean_forum, propose, citizen):
    ForumRules.objects.create(process=forum.process, ideas_per_person=1)
    propose(citizen, "Benches")

    with pytest.raises(ActionRefused):
        ProposeIdea(korean_forum, by=citizen, title="의자", description="앉을 곳").execute()


def test_an_alias_in_another_language_takes_part(forum, korean_home, korean, idea, client):
    alias = forum.copy_for_translation(korean, alias=True)

    page = IdeaForumPage.objects.get(pk=alias.pk)

    assert page.process == forum.process
    assert idea.title in cards(client, page)


def test_an_alias_in_the_same_language_shows_the_original(client, forum, idea):
    alias = IdeaForumPage.objects.get(pk=forum.create_alias(update_slug="short-cut").pk)

    html = cards(client, alias)

    assert idea.title in html
    assert idea.get_url() in html


def test_what_is_filed_at_an_alias_lies_below_the_original(client, forum, citizen):
    alias = IdeaForumPage.objects.get(pk=forum.create_alias(update_slug="short-cut").pk)

    assert alias.home == forum


def test_moving_one_twin_leaves_the_other_and_all_ideas(
    client, home, forum, korean_forum, idea, korean_idea
):
    section = home.add_child(instance=Page(title="Section", slug="section"))

    forum.move(section, pos="last-child")

    moved = IdeaForumPage.objects.get(pk=forum.pk)
    assert idea.title in cards(client, moved)
    assert korean_idea.title in cards(client, IdeaForumPage.objects.get(pk=korean_forum.pk))


def test_a_twin_with_ideas_stays_published_and_one_without_may_go(forum, korean_forum, idea):
    korean_forum.unpublish()

    with pytest.raises(ActionRefused):
        forum.unpublish()
    assert IdeaForumPage.objects.get(pk=forum.pk).live


def test_scheduled_pages_take_no_twin_down(forum, korean_forum, korean_idea):
    past = clock.now() - timedelta(days=1)
    Page.objects.filter(pk__in=[forum.pk, korean_forum.pk]).update(expire_at=past)

    call_command("publish_scheduled", verbosity=0)

    assert IdeaForumPage.objects.filter(live=True).count() >= 1
    assert IdeaForumPage.objects.get(pk=korean_forum.pk).live


def test_an_older_revision_of_a_forum_brings_no_other_process_back(forum, korean_forum, idea):
    revision = forum.save_revision()
    forum.title = "Another title"
    forum.save_revision().publish()

    revision.publish()

    assert IdeaForumPage.objects.get(pk=forum.pk).process == korean_forum.process
