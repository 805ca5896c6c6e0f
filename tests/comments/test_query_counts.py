"""What a thread, the page it stands on and a comment cost in queries, for whoever is there."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.slot import show_thread
from civic_sourcing.core import clock
from civic_sourcing.moderation import cases

OF_A_THREAD = {"signed out": 8, "citizen": 12, "official": 12, "moderator": 12, "superuser": 12}
WITH_SOMETHING_WAITING = 12
OF_A_PAGE = {"signed out": 30, "citizen": 41, "moderator": 42}
OF_POSTING = {"citizen": 49, "moderator": 52}


@pytest.fixture
def discussed(idea, people, post):
    """An idea on which everybody has commented, with a reply and an open case."""
    first = post(people["citizen"], "Armrests, please.")
    post(people["neighbour"], "And backrests.", parent=first)
    post(people["official"], "They are ordered.")
    cases.gather(first.contribution, process=idea.process, at=clock.now())
    return idea


@pytest.fixture
def ask(rf, discussed):
    """Ask for the thread as somebody who has just come, and count."""

    def count(user):
        request = rf.get(discussed.url)
        fresh = user if user.pk is None else type(user).objects.get(pk=user.pk)
        request.user, request.session = fresh, {}
        contribution = Contribution.objects.get(pk=discussed.contribution_id)
        with CaptureQueriesContext(connection) as captured:
            show_thread({"request": request}, contribution)
        return len(captured)

    count(AnonymousUser())  # what is looked up once for a process of the server
    return count


@pytest.mark.parametrize(("role", "most"), OF_A_THREAD.items())
def test_first_screen_of_a_thread_takes_few_queries_however_much_was_said(
    role, most, ask, people, post
):
    few = ask(people[role])

    for number in range(12):
        post(people["citizen"], f"One more, {number}.")

    assert ask(people[role]) == few <= most


@pytest.mark.parametrize("role", ["citizen", "official", "moderator"])
def test_comment_of_mine_that_waits_costs_no_query_more(role, ask, people, post):
    gate.register_keeper("test", lambda _submission: gate.Hold("test", "It waits."))
    try:
        post(people[role], "Something new.")
    finally:
        gate.unregister_keeper("test")

    ask(people[role])  # how long it usually takes is remembered for some minutes

    assert ask(people[role]) <= WITH_SOMETHING_WAITING


@pytest.mark.parametrize(("role", "most"), OF_A_PAGE.items())
def test_page_of_an_idea_with_its_thread(
    role, most, discussed, people, client, django_assert_max_num_queries
):
    if people[role] != AnonymousUser():
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
    client.get(discussed.url)

    with django_assert_max_num_queries(most):
        client.get(discussed.url)


@pytest.mark.parametrize(("role", "most"), OF_POSTING.items())
def test_posting_a_comment(role, most, discussed, people, client, django_assert_max_num_queries):
    user = people[role]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = BeautifulSoup(client.get(discussed.url).content, "html.parser")
    form = page.select_one("form:has(textarea)")
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}

    with django_assert_max_num_queries(most):
        answer = client.post(form["action"], {**data, "text": "Which wood is it?"})

    assert answer.status_code == 302
