"""Editors give a forum its mandate and phases where they give it its texts."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from civic_sourcing.ideas.models import IdeaForumPage


def test_editor_opens_a_new_forum_with_mandate_and_phase(client, editor, home):
    client.force_login(editor)
    now = timezone.now()
    phase = {
        "kind": "collect",
        "opens_at": f"{now - timedelta(days=1):%Y-%m-%d %H:%M}",
        "closes_at": f"{now + timedelta(days=1):%Y-%m-%d %H:%M}",
    }
    form = {
        "title": "Old terminal",
        "slug": "old-terminal",
        "body": streamfield([]),
        "rules": {"mandate": "conditional"},
        "action-publish": "Publish",
    }
    windows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0": phase}
    data = nested_form_data(form) | nested_form_data({"rules-phases": windows}) | {"rules-base": ""}

    client.post(
        reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideaforumpage", home.pk]), data
    )

    process = IdeaForumPage.objects.get(slug="old-terminal").process
    assert process.mandate == "conditional"
    assert process.is_open("collect", now)
