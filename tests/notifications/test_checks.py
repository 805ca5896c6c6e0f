"""What the system checks say."""

import pytest

from civic_sourcing.notifications.categories import Category, forget_category, register_category
from civic_sourcing.notifications.checks import check_categories, check_mail


@pytest.fixture
def registered():
    made = []

    def register(**values):
        category = Category(**{"key": "tests.other", "label": "Other", **values})
        made.append(category.key)
        register_category(category)

    yield register
    for key in made:
        forget_category(key)


def test_categories_of_the_suite_are_right():
    assert check_categories() == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({"key": "Tests News"}, "E001", id="key with a space"),
        pytest.param({"key": "tests." + "x" * 60}, "E001", id="key too long"),
        pytest.param({"default_mail": "hourly"}, "E002", id="unknown default"),
        pytest.param({"label": " "}, "E003", id="no label"),
    ],
)
def test_category_that_cannot_be_is_named(registered, values, found):
    registered(**values)

    assert [each.id for each in check_categories()] == [f"civic_notifications.{found}"]


def test_two_categories_cannot_have_the_same_key():
    with pytest.raises(ValueError, match=r"tests\.news"):
        register_category(Category("tests.news", "Another"))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, {"W001"}),
        ({"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}, {"W002"}),
        (
            {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_TIMEOUT": 30,
            },
            set(),
        ),
        ({"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_TIMEOUT": 900},
         {"W002"}),
    ],
    ids=["sender nobody reads", "waits for ever", "waits 30 seconds", "waits beyond the lease"],
)  # fmt: skip
def test_host_that_cannot_send_well_is_warned_when_deployed(settings, host, found):
    for name, value in host.items():
        setattr(settings, name, value)

    assert {each.id.rpartition(".")[2] for each in check_mail()} == found


@pytest.mark.parametrize("key", ["DIGEST_HOUR", "OUTBOX_ATTEMPTS", "NOTIFICATIONS_PER_PAGE"])
def test_setting_out_of_bounds_is_named(settings, key):
    from civic_sourcing.core.checks import check_settings

    settings.CIVIC_SOURCING = {key: -1}

    assert [each.id for each in check_settings()] == ["civic_core.E003"]
