"""Appealing on a telephone without JavaScript, in English and in Korean."""

import pytest
from django.urls import reverse
from django.utils import translation

from civic_sourcing.moderation.models import Appeal

from .deciding_people import (  # noqa: F401
    appeal_scene,
    decide_appeal_scene,
    decide_scene,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_author_appeals_on_a_telephone_without_javascript(
    new_page,
    case,
    decide,
    author,
    decide_appeal,
    assert_accessible,
    assert_no_sideways_scroll,
    language,
):
    decision = decide(case, "remove")
    window = new_page(width=360, height=800, user=author, locale=language)
    with translation.override(language):
        addresses = [
            reverse("civic_moderation:appeals"),
            reverse("civic_moderation:decision", args=[decision.uuid]),
            reverse("civic_moderation:appeal", args=[decision.uuid]),
        ]
    for url in addresses:
        window.goto(url)
        assert_no_sideways_scroll(window)
        assert_accessible(window)

    plain = new_page(width=360, user=author, javascript=False, locale=language)
    plain.goto(addresses[2])
    plain.locator("textarea[name=text]").fill("It was meant as a joke.")
    plain.locator("main form button[type=submit]").click()
    plain.wait_for_url(f"**{addresses[1]}")

    decide_appeal(Appeal.objects.get())
    window.goto(addresses[1])
    assert_no_sideways_scroll(window)
