"""When an author leaves: what is left of an idea in tables, revisions and indexes."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import Revision

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import State
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import IdeaPage, IdeaTag, Support
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

TITLE, WORDS = "Quillfeather benches", "My aunt Zephyrine wants to sit."


@pytest.fixture
def idea(propose, author, citizen, editor, client):
    """An idea others support and an editor has published once more, so that revisions exist."""
    idea = propose(author, title=TITLE, description=WORDS, tags=["quillfeather"])
    SupportIdea(idea, by=citizen).execute()
    client.force_login(editor)
    client.post(
        reverse("wagtailadmin_pages:edit", args=[idea.pk]),
        {"tags": "quillfeather", "slug": idea.slug, "action-publish": "1"},
    )
    return IdeaPage.objects.get(pk=idea.pk)


def test_an_idea_is_told_once_on_the_page_about_oneself(propose, author, client):
    idea = propose(author, title="Shade at the stop")
    client.force_login(author)

    told = client.get(reverse("civic_participants:me")).text

    assert told.count(idea.title) == 1
    assert "What you handed in to forums" in told
    assert ">Contributions<" not in told.replace("\n", "").replace(" ", "")


def left_of(*secrets):
    """Where any of ``secrets`` still stands: table and value, whatever the table."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.proxy or not model._meta.managed:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found += [
                (model._meta.label, str(value))
                for row in cursor.fetchall()
                for value in row
                if any(secret in str(value).casefold() for secret in secrets)
            ]
    return found


@pytest.mark.parametrize(
    "blank", [pytest.param(True, id="texts blanked"), pytest.param(False, id="texts kept")]
)
def test_the_author_is_in_no_table_any_more(idea, author, blank):
    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=blank).execute()

    assert left_of("mina", "mina han") == []
    assert IdeaPage.objects.get().author_name.startswith("former participant")


def test_blanked_words_are_in_no_table_revision_or_index(idea, author):
    assert Revision.objects.filter(object_id=str(idea.pk)).exists()
    assert left_of("quillfeather", "zephyrine")

    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=True).execute()
    call_command("civic_tick", only="civic_ideas.unused_tags", verbosity=0)

    assert left_of("quillfeather", "zephyrine") == []


def test_a_tag_others_use_stays(idea, author, citizen, propose):
    propose(citizen, title="Shade", tags=["quillfeather", "shade"])

    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=True).execute()
    call_command("civic_tick", only="civic_ideas.unused_tags", verbosity=0)

    assert set(IdeaTag.objects.values_list("name", flat=True)) == {"quillfeather", "shade"}


def test_kept_words_stay_where_they_were(idea, author, client):
    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=False).execute()

    page = client.get(idea.get_url()).content.decode()
    assert TITLE in page
    assert "Zephyrine" in page
    assert "former participant" in page


@pytest.mark.parametrize("who", ["author", "citizen"])
def test_support_counts_on(idea, who, request):
    leaving = request.getfixturevalue(who)

    EraseParticipant(Participant.objects.of(leaving), by=leaving, blank_texts=True).execute()

    assert Support.objects.count() == 1


def test_ones_ideas_are_named_on_ones_own_page_with_their_state(idea, author, client):
    HideContribution(idea.contribution, by=None).execute()
    client.force_login(author)

    page = client.get(reverse("civic_participants:me")).content.decode()

    assert "What you handed in to forums" in page
    assert TITLE in page
    assert str(State.HIDDEN.label) in page
