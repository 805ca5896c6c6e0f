"""The case queue with 10,000 open cases, as a moderator and as an administrator see it."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from benchmarks.harness import Table, measure
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.models import Case, NetiquetteRule
from civic_sourcing.moderation.netiquette import load_rules
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment

CASES = 10_000
FORUMS = 4
CHUNK = 1_000
SECONDS = 2.0


def tables() -> Iterator[Table]:
    forums = build()
    moderator = sign_in(make_moderator("bench-moderator", forums))
    administrator = sign_in(
        get_user_model().objects.create_superuser("bench-admin", "admin@example.org", "bench")
    )
    index = reverse("civic_moderation_admin:index")
    next_case = Case.objects.open().filter(process=forums[0].process).order_by("due_at")[0]
    page = reverse("civic_moderation_admin:case", args=[next_case.uuid])
    questions = [
        ("list, moderator of 3 of 4 forums", index, moderator),
        ("list, administrator", index, administrator),
        ("list, last page", f"{index}?p=250", moderator),
        ("overdue and by rule", f"{index}?urgency=overdue&rule={a_rule()}", moderator),
        ("search in titles and texts", f"{index}?q=case+4711", moderator),
        ("by most reporters", f"{index}?ordering=-reporters", moderator),
        ("page of one case", page, moderator),
    ]
    yield Table.of(
        f"Queue with {CASES:,} open cases on {connection.display_name}",
        [
            measure(url, what=what, client=client, seconds=SECONDS)
            for what, url, client in questions
        ],
    )


def a_rule() -> uuid.UUID:
    key: uuid.UUID = NetiquetteRule.objects.values_list("translation_key", flat=True)[0]
    return key


def build() -> list[IdeaForumPage]:
    """Four forums with 2,500 open cases each, of contributions without a page."""
    load_rules()
    home = Page.objects.filter(depth=2).order_by("path")[0]
    home.locale = Locale.objects.get_or_create(language_code="en")[0]
    home.save()
    forums = [
        home.add_child(instance=IdeaForumPage(title=f"Forum {number}", slug=f"bench-{number}"))
        for number in range(FORUMS)
    ]
    rules = list(NetiquetteRule.objects.in_force("en"))
    people = [Participant.objects.create(name=f"Person {number}") for number in range(200)]
    now = timezone.now()
    for first in range(0, CASES, CHUNK):
        numbers = range(first, first + CHUNK)
        rows = Contribution.objects.bulk_create(
            Contribution(
                kind="idea",
                process=forums[number % FORUMS].process,
                author=people[number % len(people)],
                sequence=1_000_000 + number,
                received_at=now - timedelta(minutes=number),
                state="published",
                language=("en", "ko")[number % 2],
                title=f"Case {number} about something somebody wrote",
            )
            for number in numbers
        )
        Case.objects.bulk_create(
            Case(
                contribution=row,
                process=row.process,
                kind="idea",
                language=row.language,
                opened_at=now - timedelta(minutes=number),
                due_at=now + timedelta(hours=48) - timedelta(minutes=number),
                rule=rules[number % len(rules)],
                severity=rules[number % len(rules)].severity,
                is_emergency=number % 500 == 0,
                reporters=number % 7,
            )
            for number, row in zip(numbers, rows, strict=True)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return forums


def make_moderator(name: str, forums: list[IdeaForumPage]) -> object:
    """Moderator of all but the last forum."""
    user = get_user_model().objects.create_user(name)
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for forum in forums[:-1]:
        RoleAssignment.objects.create(group=group, page=forum, role="moderator")
    user.groups.add(group)
    return user


def sign_in(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
