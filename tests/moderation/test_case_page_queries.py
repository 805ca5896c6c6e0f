"""What the page of one case costs in queries, whatever there is to read on it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Finding

from .deciding_people import decide_scene  # noqa: F401
from .queue_desk import page_of, visit_scene  # noqa: F401

MOST_QUERIES = 35


@pytest.fixture
def full_case(case, report, second_reporter, propose, author, open_case, decide):
    """Reported twice, found by a check, beside an open and two decided cases about its author."""
    report(by=second_reporter, rule="topic", text="This belongs elsewhere.")
    Finding.objects.create(
        case=case, check_key="capitals", verdict="mark", code="all-capitals", at=clock.now()
    )
    for number in range(3):
        other = open_case(propose(author, f"Another idea {number}"))
        if number:
            decide(other)
    return case


@pytest.fixture
def colleagues(make_moderator):
    return [make_moderator(f"colleague {number}") for number in range(4)]


@pytest.mark.parametrize("names", [False, True], ids=["without names", "with names"])
def test_page_of_a_case_takes_few_queries(full_case, colleagues, moderator, visit, client, names):
    if names:
        right = Permission.objects.get(codename="view_reporters")
        moderator.user_permissions.add(right)
    visit(moderator, page_of(full_case))

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page_of(full_case))

    assert answer.status_code == 200
    assert len(answer.context["reports"]) == 2
    assert len(answer.context["earlier"]) == 3
    assert len(answer.context["colleagues"]) == 4
    assert len(captured) <= MOST_QUERIES, "\n".join(q["sql"][:300] for q in captured)
