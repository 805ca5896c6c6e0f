"""Threads below pages: what becomes of them when the page tree is rearranged."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.checks import check_rules_panels
from civic_sourcing.comments.models import Comment, CommentRules, Thread
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.personal_records import unnamed_models
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.keeper import premoderation_of
from civic_sourcing.moderation.models import ForumModeration
from civic_sourcing.processes.holdings import refusal_to_delete
from town.news.models import NewsPage

from .conftest import open_phase, set_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home):
    page = home.add_child(instance=NewsPage(title="A new bridge", slug="bridge"))
    open_phase(page.process, "discuss")
    return page


@pytest.fixture
def discussion(news, post, citizen):
    thread = Thread.objects.opened_below(news.process)
    post(citizen, "At last.", thread=thread)
    return Thread.objects.get(pk=thread.pk)


def test_page_without_a_phase_takes_no_comments(home, post, citizen):
    page = home.add_child(instance=NewsPage(title="Quiet", slug="quiet"))

    with pytest.raises(ActionRefused) as refused:
        post(citizen, thread=Thread.objects.opened_below(page.process))

    assert refused.value.code == "not-planned"


def test_translations_share_one_thread(news, discussion, korean, home):
    home.copy_for_translation(korean)
    translated = news.copy_for_translation(korean)
    translated.save_revision().publish()

    assert translated.specific.thread == discussion


def test_address_leads_to_the_page_in_the_language_that_is_read(news, discussion, korean, home):
    home.copy_for_translation(korean).save_revision().publish()
    translated = news.copy_for_translation(korean)
    translated.slug = "dari"
    translated.save_revision().publish()
    kind, contribution = contribution_kind("comment"), Comment.objects.get().contribution

    with translation.override("ko"):
        korean_url = kind.url(contribution)

    assert "dari" in korean_url
    assert "bridge" in kind.url(contribution)


def test_alias_shows_the_thread_of_the_original(news, discussion, home):
    alias = CreatePageAliasAction(news, parent=home, update_slug="bridge-too").execute()

    assert alias.specific.thread == discussion


def test_copy_has_the_rules_of_its_source_from_then_on_its_own(news):
    set_rules(news.process, positions=True, order="rated", edit_minutes=5)
    ForumModeration.objects.create(process=news.process, premoderation="everyone")

    copied = news.copy(update_attrs={"slug": "copied"})

    rules = CommentRules.objects.of(copied.process)
    assert (rules.positions, rules.order, rules.edit_minutes) == (True, "rated", 5)
    assert premoderation_of(copied.process) == "everyone"
    set_rules(copied.process, positions=False)
    assert CommentRules.objects.of(news.process).positions


@pytest.mark.parametrize("name", ["moderation", "comments"])
def test_editor_of_any_participation_page_finds_the_way_to_its_rules(
    news, client, make_citizen, name
):
    client.force_login(make_citizen("chief", is_superuser=True, is_staff=True))

    page = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()

    address = f"civic_{name}_processes:process_{name}"
    assert page.count(f'href="{reverse(address, args=[news.process.uuid])}"') == 1


def test_copy_starts_with_an_empty_thread(news, discussion):
    copied = news.copy(update_attrs={"slug": "copied"})

    assert copied.thread.pk is None
    assert copied.process != news.process


def test_moved_page_takes_its_thread_along(news, discussion, home):
    below = home.add_child(instance=Page(title="Archive", slug="archive", locale=home.locale))
    news.move(below, pos="last-child")

    assert NewsPage.objects.get(pk=news.pk).thread == discussion
    url = contribution_kind("comment").url(Comment.objects.get().contribution)
    assert "/archive/bridge/" in url


def test_page_with_comments_is_neither_deleted_nor_unpublished(news, discussion):
    page = NewsPage.objects.get(pk=news.pk)

    assert "1 comment" in refusal_to_delete([page]).message
    with pytest.raises(ActionRefused):
        page.unpublish()
    with pytest.raises(ProtectedError):
        page.delete()


def test_page_without_comments_may_go(news):
    Thread.objects.opened_below(news.process)

    NewsPage.objects.get(pk=news.pk).delete()

    assert not NewsPage.objects.exists()


def test_nobody_comments_on_a_page_that_is_not_published(home, post, citizen):
    page = home.add_child(instance=NewsPage(title="Draft", slug="draft", live=False))
    open_phase(page.process, "discuss")

    with pytest.raises(ActionRefused) as refused:
        post(citizen, thread=Thread.objects.opened_below(page.process))

    assert refused.value.code == "not-published"


def test_comments_of_a_private_page_are_for_those_who_may_open_it(news, discussion, rf, citizen):
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=news, restriction_type=login)
    kind, contribution = contribution_kind("comment"), Comment.objects.get().contribution
    outside, inside = rf.get("/"), rf.get("/")
    outside.user, inside.user = AnonymousUser(), citizen

    assert set(kind.visible_to([contribution], outside)) == set()
    assert set(kind.visible_to([contribution], inside)) == {contribution.pk}


def test_comments_below_a_hidden_idea_are_open_to_nobody(idea, comment, rf, citizen):
    HideContribution(idea.contribution, by=None).execute()
    kind, request = contribution_kind("comment"), rf.get("/")
    request.user = citizen

    assert set(kind.visible_to([comment.contribution], request)) == set()
    assert kind.url(comment.contribution) == ""


def test_threads_are_made_once(idea):
    first = Thread.objects.opened_below(idea.contribution)

    assert Thread.objects.opened_below(idea.contribution) == first
    assert Thread.objects.below(idea.contribution) == first


def test_what_comments_keep_about_people_is_answered_for():
    assert [label for label in unnamed_models() if label.startswith("civic_comments.")] == []


def test_people_are_handed_what_they_wrote_and_rated(comment, citizen, neighbour):
    from civic_sourcing.comments.actions import RateComment
    from civic_sourcing.comments.personal_records import CommentRecords
    from civic_sourcing.participants.models import Participant

    RateComment(comment, by=neighbour, value=1).execute()

    mine = CommentRecords().export(Participant.objects.of(citizen))
    other = CommentRecords().export(Participant.objects.of(neighbour))

    assert [row["text"] for row in mine["comments"]] == ["I would use them."]
    assert [row["value"] for row in other["ratings"]] == [1]
    assert [line.count for line in CommentRecords().summary(Participant.objects.of(citizen))] == [1]


@pytest.mark.django_db(transaction=True)
def test_thread_goes_along_when_its_idea_is_moved_to_another_forum(
    idea, thread, post, citizen, home, english
):
    first = post(citizen)
    post(citizen, parent=first)
    other = home.add_child(instance=IdeaForumPage(title="Other", slug="other", introduction="."))

    with transaction.atomic():
        ledger.move(idea.contribution, other.process)

    moved = Thread.objects.get(pk=thread.pk)
    assert moved.process == other.process
    rows = Contribution.objects.filter(kind="comment").order_by("pk")
    assert [row.process for row in rows] == [other.process] * 2
    assert [row.sequence for row in rows] == [2, 3]
    assert first.root_id == Comment.objects.get(pk=first.pk).root_id


def test_page_type_without_rules_in_its_editor_is_named():
    assert check_rules_panels() == []

    with without_panels(NewsPage):
        assert [message.id for message in check_rules_panels()] == ["civic_comments.W001"]


@contextmanager
def without_panels(model):
    """The page type as its author might have left it."""
    panels = model.content_panels
    model.content_panels = []
    try:
        yield
    finally:
        model.content_panels = panels
