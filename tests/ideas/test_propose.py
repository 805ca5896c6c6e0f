"""Proposing an idea: the action."""

import pytest
from django.db import connection
from wagtail.models import Page, PageLogEntry

from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict, RateLimited
from civic_sourcing.core.text import TextRefused
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.ideas.signals import idea_proposed

from .conftest import DAY, open_phase

WORDS = {"title": "Benches", "description": "Please.", "tags": ["park"]}


def test_proposed_idea_is_a_published_page_below_its_forum(forum, citizen):
    idea = ProposeIdea(forum, by=citizen, **WORDS).execute()

    assert idea.live
    assert idea.get_parent().pk == forum.pk
    assert idea.process == forum.process
    assert idea.locale == forum.locale
    assert idea.author.user == citizen
    assert [tag.name for tag in idea.tags.all()] == ["park"]


def test_idea_has_no_owner_no_revision_and_no_entry_in_the_site_history(forum, citizen):
    idea = ProposeIdea(forum, by=citizen, **WORDS).execute()

    assert idea.owner is None
    assert idea.latest_revision is None
    assert not PageLogEntry.objects.filter(page=idea.pk).exists()
    assert not idea.revisions.exists()
    assert not idea.workflow_states.exists()


def test_text_is_rendered_when_it_is_written(propose, author):
    idea = propose(author, description="See https://neulbom.example\n\n<b>now</b>")

    idea.refresh_from_db()
    assert 'rel="nofollow ugc noopener noreferrer"' in idea.rendered_html
    assert "<b>" not in idea.rendered_html


def test_the_log_tells_the_step_and_none_of_the_words(propose, author):
    idea = propose(author, "Secret wish", description="Do not log me")

    entry = AuditEntry.objects.get(action="civic_ideas.propose")
    assert entry.details["idea"] == str(idea.uuid)
    assert "wish" not in str(entry.details)
    assert "log me" not in str(entry.details)


@pytest.mark.django_db(transaction=True)
def test_filing_is_announced_after_commit(forum, citizen):
    heard = []
    idea_proposed.connect(lambda **news: heard.append(news["result"].title), weak=False)

    ProposeIdea(forum, by=citizen, **WORDS).execute()

    assert heard == ["Benches"]


def test_same_key_gives_the_first_idea_again(forum, citizen):
    steps = [ProposeIdea(forum, by=citizen, idempotency_key="k", **WORDS) for _twice in range(2)]

    first, second = (step.execute() for step in steps)

    assert first.pk == second.pk
    assert IdeaPage.objects.count() == 1


def test_same_key_with_other_words_is_refused(forum, citizen):
    ProposeIdea(forum, by=citizen, idempotency_key="k", **WORDS).execute()

    with pytest.raises(IdempotencyConflict):
        ProposeIdea(forum, by=citizen, idempotency_key="k", **{**WORDS, "title": "Lamps"}).execute()


def test_ideas_in_a_flood_are_held_back(forum, citizen):
    ProposeIdea(forum, by=citizen, **WORDS).execute()

    with pytest.raises(RateLimited):
        ProposeIdea(forum, by=citizen, **WORDS).execute()


@pytest.mark.parametrize(
    ("opened", "closes", "code"),
    [
        pytest.param(DAY, 2 * DAY, "not-open-yet", id="before"),
        pytest.param(-2 * DAY, -DAY, "closed", id="after"),
    ],
)
def test_forum_takes_no_ideas_outside_its_phase(forum, citizen, opened, closes, code):
    open_phase(forum, "collect", opened=opened, closes=closes)

    with pytest.raises(ActionRefused) as refused:
        ProposeIdea(forum, by=citizen, **WORDS).execute()

    assert refused.value.code == code
    assert not IdeaPage.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param({"title": "\u200b\u2060 \u3164"}, id="invisible title"),
        pytest.param({"title": "x" * 101}, id="long title"),
        pytest.param({"description": "x" * 10_001}, id="long text"),
    ],
)
def test_text_nobody_can_read_is_refused_at_the_action_too(forum, citizen, words):
    with pytest.raises(TextRefused):
        ProposeIdea(forum, by=citizen, **{**WORDS, **words}).execute()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Benches by the river", "benches-by-the-river", id="English"),
        pytest.param("하천에 긴 의자를", "하천에-긴-의자를", id="Korean"),
        pytest.param("مقاعد على النهر", "مقاعد-على-النهر", id="Arabic"),
    ],
)
def test_address_is_made_of_the_words_of_the_title(propose, author, title, slug):
    assert propose(author, title).slug == slug


@pytest.mark.parametrize("title", ["🌳🌳", "Propose", "?!"])
def test_address_without_usable_words_gets_part_of_the_number(propose, author, title):
    idea = propose(author, title)

    assert idea.slug.endswith(idea.uuid.hex[:8])


def test_two_ideas_of_one_title_have_two_addresses(propose, author):
    assert propose(author).slug != propose(author).slug


def test_tags_are_shared_between_ideas(propose, author):
    propose(author, tags=["river", "park"])
    second = propose(author, tags=["park"])

    assert [tag.name for tag in second.tags.all()] == ["park"]


def test_tree_stays_sound(propose, author, forum):
    for number in range(5):
        propose(author, f"Idea {number}")

    assert Page.find_problems() == ([], [], [], [], [])
    forum.refresh_from_db()
    assert forum.numchild == 5


def test_filing_an_idea_stays_within_sixty_queries(
    forum, citizen, propose, neighbour, django_assert_max_num_queries
):
    propose(neighbour, tags=WORDS["tags"])

    with django_assert_max_num_queries(56, connection=connection):
        ProposeIdea(forum, by=citizen, **WORDS).execute()


def test_first_idea_of_a_forum_with_new_tags_stays_within_sixty_queries_too(
    forum, citizen, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60, connection=connection):
        ProposeIdea(forum, by=citizen, **WORDS).execute()
