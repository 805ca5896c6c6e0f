"""Challenges in the explorer, of whatever page type."""

import pytest
from django.urls import reverse
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page

from civic_sourcing.challenges.desk.explorer import (
    ChallengesView,
    holds_challenges_only,
    viewsets,
)
from civic_sourcing.challenges.entering.places import challenge_models
from civic_sourcing.challenges.models import ChallengeMixin, ChallengePage

pytestmark = pytest.mark.django_db


class OwnChallenge(ChallengeMixin):
    class Meta:
        abstract = True
        app_label = "tests"


def test_the_explorer_lists_challenges_of_every_page_type_with_their_state(
    make_challenge, administrator, client, index
):
    make_challenge("Cool yards")
    client.force_login(administrator)

    shown = client.get(reverse("wagtailadmin_explore", args=[index.pk]))

    names = [column.name for column in shown.context["table"].columns.values()]
    assert {"state", "public", "closes", "prize"} <= set(names)
    assert "Cool yards" in shown.content.decode()
    assert {each.model for each in viewsets()} == set()
    for model in challenge_models():
        registered = page_viewset_registry.get_by_type(model)
        assert issubclass(registered.index_view_class, ChallengesView)


@pytest.mark.parametrize(
    ("children", "answer"),
    [((ChallengePage, OwnChallenge), True), ((ChallengePage, Page), False)],
    ids=["challenges of two types", "challenges and others"],
)
def test_a_list_of_challenges_only_gets_their_columns(children, answer):
    class Parent:
        allowed_subpage_models = staticmethod(lambda: children)

    assert holds_challenges_only(Parent) is answer
