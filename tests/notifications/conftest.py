"""People who are told things, and three kinds of news."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.notifications import recipients
from civic_sourcing.notifications.categories import Category, forget_category, register_category
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.notifications.outbox import notify
from tests.scenes import maker

NEWS = Category("tests.news", _("Ideas"), "What becomes of your ideas.")
GOSSIP = Category("tests.gossip", "Gossip", "What others say.", default_mail="daily")
VERDICT = Category("tests.verdict", "Decisions", "With a time limit.", can_turn_off=False)


@pytest.fixture(autouse=True)
def _categories():
    for category in (NEWS, GOSSIP, VERDICT):
        register_category(category)
    yield
    for category in (NEWS, GOSSIP, VERDICT):
        forget_category(category.key)


@pytest.fixture(autouse=True)
def _nobody_knows_languages():
    """The room above has its own tests; here its queries would be counted in."""
    before = recipients.register_language_resolver(None)
    yield
    recipients.register_language_resolver(before)


@maker
def make_citizen(db):
    def make(name, **values):
        values = {"email": f"{name}@example.org", **values}
        return get_user_model().objects.create_user(username=name, **values)

    return make


@pytest.fixture
def citizen(make_citizen):
    return make_citizen("mina")


@pytest.fixture
def neighbour(make_citizen):
    return make_citizen("jun")


@pytest.fixture
def korean_citizen(make_citizen):
    """Somebody who reads Korean, as the room above would know."""
    user = make_citizen("haneul")
    before = recipients.register_language_resolver(lambda users: {user.pk: "ko"})
    yield user
    recipients.register_language_resolver(before)


@maker
def tell(db):
    """Tell somebody something; what matters to a test is said there."""

    def tell(*users, category="tests.news", subject="Benches are funded", **words):
        return notify(users, category=category, subject=subject, **words)

    return tell


@pytest.fixture
def message(tell, citizen):
    tell(citizen)
    return OutboxMessage.objects.get()


@maker
def let_time_pass(db):
    """Make everything that is stored older by so much."""

    def pass_time(**amount):
        by = timedelta(**amount)
        for model in (OutboxMessage, Notification):
            for row in model.objects.all():
                for name in ("created_at", "due_at", "claimed_at", "read_at"):
                    if getattr(row, name, None):
                        setattr(row, name, getattr(row, name) - by)
                row.save()

    return pass_time


@pytest.fixture
def signed_in(client):
    """The browser of somebody who is signed in."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def now():
    return timezone.now()
