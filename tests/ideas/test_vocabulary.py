"""A forum of petitions speaks of petitions, wherever it speaks: pages, phases, notices, mails."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.ideas.actions.rules import SetForumRules
from civic_sourcing.ideas.models import IdeaForumPage, Vocabulary
from civic_sourcing.ideas.phases import PHASES
from civic_sourcing.ideas.policies import while_ideas_are_collected
from civic_sourcing.processes.hub import ParticipationPage
from tests.ideas.conftest import DAY, hide, open_phase


def call(forum, vocabulary):
    SetForumRules(forum.process, by=None, vocabulary=vocabulary).execute()
    forum.refresh_from_db()


COLLECTING = {
    "idea": ("Collecting ideas", "아이디어 모집"),
    "proposal": ("Collecting proposals", "제안 모집"),
    "petition": ("Open for petitions", "청원 접수"),
    "question": ("Collecting questions", "질문 모집"),
}


@pytest.mark.parametrize(("vocabulary", "names"), COLLECTING.items(), ids=list(COLLECTING))
def test_phase_is_called_by_what_people_hand_in(vocabulary, names, forum):
    call(forum, vocabulary)

    phase = forum.process.phases.get()

    assert str(phase.label) == names[0]
    with translation.override("ko"):
        assert str(phase.label) == names[1]


@pytest.mark.parametrize("vocabulary", Vocabulary.values)
def test_every_vocabulary_has_the_same_phases(vocabulary):
    assert list(PHASES[vocabulary]) == ["collect", "support", "review", "answer"]
    assert all(kind.label and kind.invitation for kind in PHASES[vocabulary].values())


def test_page_of_a_forum_and_the_hub_name_the_phase_in_its_words(client, home, forum):
    call(forum, "petition")
    hub = home.add_child(instance=ParticipationPage(title="Take part", slug="participate"))
    forum.move(hub, pos="last-child")
    forum.refresh_from_db()

    for page in (forum, hub):
        shown = client.get(page.get_url()).content.decode()
        assert "Open for petitions" in shown
        assert "Collecting ideas" not in shown


def test_refusal_names_the_phase_in_its_words(forum):
    call(forum, "petition")
    open_phase(forum, "collect", opened=DAY, closes=2 * DAY)

    occasion = Occasion(AnonymousUser(), forum, clock.now())
    refusal = while_ideas_are_collected.refusal(occasion)

    assert "Open for petitions" in str(refusal.message)


def test_editor_plans_the_phases_in_the_words_of_the_forum(client, editor, forum):
    call(forum, "petition")
    client.force_login(editor)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).content.decode()

    assert "Gathering signatures" in page
    assert "Collecting ideas" not in page


def test_notice_about_what_nobody_can_read_says_petition(forum, idea):
    call(forum, "petition")
    hide(idea)

    contribution = type(idea.contribution).objects.get(pk=idea.contribution_id)

    assert str(contribution.name_in_news) == "Petition"


IDEAS = re.compile(r"\bideas?\b", re.IGNORECASE)


@pytest.mark.parametrize("route", ["", "edit/", "versions/", "withdraw/"])
def test_pages_of_a_petition_speak_of_no_idea(route, client, forum, propose, author):
    call(forum, "petition")
    forum_page, text = ("Petitions to the council", "Benches by the river")
    IdeaForumPage.objects.filter(pk=forum.pk).update(title=forum_page)
    petition = propose(author, text)
    client.force_login(author)

    page = client.get(f"{petition.get_url()}{route}").content.decode()

    assert text in page
    assert not IDEAS.findall(words_in(page))


def test_list_of_petitions_speaks_of_no_idea(client, forum, propose, author, citizen):
    call(forum, "petition")
    IdeaForumPage.objects.filter(pk=forum.pk).update(title="Petitions to the council")
    propose(author, "Benches by the river")
    client.force_login(citizen)

    pages = [client.get(f"{forum.get_url()}{route}") for route in ("", "propose/", "?view=map")]

    for page in pages:
        assert not IDEAS.findall(words_in(page.content.decode()))


def words_in(page):
    """What people read and hear of a page's content, without addresses and names of classes."""
    main = BeautifulSoup(page, "html.parser").select_one("main")
    spoken = [tag.get(name) for tag in main.select("[aria-label], [alt], [placeholder]")
              for name in ("aria-label", "alt", "placeholder")]  # fmt: skip
    return " ".join([main.get_text(" "), *filter(None, spoken)])
