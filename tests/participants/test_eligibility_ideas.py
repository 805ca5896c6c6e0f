"""Conditions where ideas are proposed and supported."""

import pytest
from django.test import Client
from django.utils import timezone

from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.models import Phase

ideas = pytest.importorskip("civic_sourcing.ideas.models")


@pytest.fixture
def forum(place):
    page = place.get_parent().add_child(
        instance=ideas.IdeaForumPage(title="Ideas", slug="ideas", introduction="Ours.")
    )
    Phase.objects.create(process=page.process, kind="collect", opens_at=timezone.now())
    return page


@pytest.fixture
def visitor(mina):
    client = Client()
    client.force_login(mina, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_forum_without_conditions_shows_none(visitor, forum):
    page = visitor.get(forum.get_url() + "propose/").content.decode()

    assert "Who can take part" not in page
    assert 'value="next"' in page


def test_conditions_stand_before_the_form_and_nobody_writes_in_vain(visitor, forum):
    EligibilityRule.objects.create(process=forum.process, verifier="code", options={})

    page = visitor.get(forum.get_url() + "propose/").content.decode()

    assert "You have not entered a voting code yet." in page
    assert 'value="next"' not in page


def test_a_refused_idea_is_still_in_the_form(visitor, forum):
    form = visitor.get(forum.get_url() + "propose/").context["form"]
    EligibilityRule.objects.create(process=forum.process, verifier="code", options={})
    words = {name: form[name].value() or "" for name in form.fields}
    words |= {
        "title": "Benches by the river",
        "description": "People want to sit.",
        "of_age": "yes",
    }

    answer = visitor.post(forum.get_url() + "propose/", words)

    assert "Benches by the river" in answer.content.decode()
    assert not ideas.IdeaPage.objects.exists()
