"""The windows that tests are given."""

from django.contrib.auth import get_user_model


def test_browser_is_signed_in_as_the_given_user(new_page):
    editor = get_user_model().objects.create_superuser("editor", password="secret")
    page = new_page(user=editor)

    page.goto("/admin/")

    assert "login" not in page.url
