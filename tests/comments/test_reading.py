"""Threads over HTTP: what people are shown, signed in and out, on the page and in pieces."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.actions import CloseThread, WithdrawComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.comments.slot import show_thread
from civic_sourcing.core import clock
from civic_sourcing.moderation import cases
from tests.comments.browsing import HTMX, path, shown_comments, signed_in, soup


@pytest.fixture
def held_back():
    """A keeper of the gate that holds every comment."""

    def hold(submission):
        return gate.Hold("test", "It waits.") if submission.kind == "comment" else None

    gate.register_keeper("test", hold)
    yield
    gate.unregister_keeper("test")


@pytest.fixture
def write(post):
    """Post as somebody, past the limits that hold online."""
    return post


@pytest.fixture
def comment(post, citizen):
    return post(citizen, "Armrests, please.")


# On the page --------------------------------------------------------------------------------------


def test_idea_shows_its_thread_with_levels_for_those_who_hear_the_page(
    client, idea, write, citizen, neighbour
):
    first = write(citizen, "Armrests, please.")
    second = write(neighbour, "And backrests.", parent=first)
    write(citizen, "Both.", parent=second)

    page = soup(client.get(idea.url))

    lists = page.select("#civic-comments .civic-comment-who")
    assert [heading.name for heading in lists] == ["h3", "h4", "h5"]
    assert [heading.text for heading in lists] == [
        "Comment by Joon Seo",
        "Reply by Lena Berg",
        "Reply by Joon Seo",
    ]
    assert page.select_one(f"#replies-{first.uuid} #comment-{second.uuid}")
    labels = [link["aria-label"] for link in page.select("#civic-comments a.civic-tool")]
    assert labels[1] == "Reply to Lena Berg’s comment"


@pytest.mark.parametrize("number", [3, 40])
def test_first_screen_takes_the_same_queries_however_much_was_said(
    number, idea, write, citizen, neighbour, django_assert_max_num_queries, rf
):
    for each in range(number):
        parent = write(citizen, f"Comment {each}")
        write(neighbour, f"Reply {each}", parent=parent)
    request = rf.get(idea.url)
    request.user = AnonymousUser()
    request.session = {}

    with django_assert_max_num_queries(12):
        html = show_thread({"request": request}, idea.contribution)

    assert "Reply 0" in html or number > 20


@pytest.mark.parametrize("role", ["citizen", "official", "moderator"])
def test_own_comments_and_roles_cost_no_query_for_each(role, idea, people, post, rf):
    user = people[role]

    def queries():
        request = rf.get(idea.url)
        request.user = type(user).objects.get(pk=user.pk)
        request.session = {}
        contribution = Contribution.objects.get(pk=idea.contribution_id)
        with CaptureQueriesContext(connection) as captured:
            show_thread({"request": request}, contribution)
        return len(captured)

    post(user, "The first one.")
    few = queries()
    for number in range(12):
        post(user, f"One more, {number}.")

    assert queries() == few <= 13


def test_order_is_chosen_by_a_link(client, idea, write, citizen):
    for words in ("One", "Two", "Three"):
        write(citizen, words)

    assert shown_comments(client.get(idea.url)) == ["Three", "Two", "One"]
    page = client.get(f"{idea.url}?order=oldest")
    assert shown_comments(page) == ["One", "Two", "Three"]
    assert soup(page).select_one(".civic-orders [aria-current=true]").text == "Oldest first"


def test_more_comments_follow_on_a_page_and_in_place(
    client, idea, thread, write, citizen, settings
):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "COMMENTS_PER_SLICE": 2}
    for words in ("One", "Two", "Three"):
        write(citizen, words)
    link = soup(client.get(idea.url)).select_one(".civic-more-comments a")

    assert shown_comments(client.get(link["href"])) == ["One"]
    part = client.get(link["hx-get"], **HTMX)
    assert shown_comments(part) == ["One"]
    assert soup(part).ol["hx-swap-oob"] == "beforeend:#civic-comments"


def test_more_replies_go_below_what_they_belong_to(client, idea, write, citizen, settings):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "REPLIES_PER_SLICE": 2}
    root = write(citizen, "Root")
    head = write(citizen, "Head", parent=root)
    write(citizen, "Deep one", parent=head)
    write(citizen, "Deep two", parent=head)
    write(citizen, "Other head", parent=root)
    link = soup(client.get(idea.url)).select_one(".civic-comments .civic-more-comments a")

    part = soup(client.get(link["hx-get"], **HTMX))

    targets = [ol["hx-swap-oob"] for ol in part.select("[hx-swap-oob]")]
    assert targets == [f"beforeend:#replies-{head.uuid}", f"beforeend:#replies-{root.uuid}"]
    whole = client.get(link["href"])
    assert "Deep two" in shown_comments(whole)


def test_permalink_leads_to_the_right_slice(client, idea, write, citizen, settings):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "COMMENTS_PER_SLICE": 2}
    oldest = write(citizen, "One")
    for words in ("Two", "Three", "Four"):
        write(citizen, words)

    response = client.get(path("comment", oldest), follow=True)

    assert response.redirect_chain[-1][0].endswith(f"?comment={oldest.uuid}#comment-{oldest.uuid}")
    assert soup(response).select_one(f"#comment-{oldest.uuid}[tabindex='-1']")
    assert "Show it from the beginning" in response.text


def test_comment_nobody_has_answers_404(client, thread):
    assert client.get(path("comment", thread.process)).status_code == 404


def test_what_people_typed_is_text_wherever_it_stands(client, idea, write, make_citizen):
    bad = "<script>alert(1)</script>"
    somebody = make_citizen("script")
    person = somebody.civic_participant
    type(person).objects.filter(pk=person.pk).update(name=bad)
    first = write(somebody, f"{bad} says hello")
    write(somebody, "quoting", parent=first, quoted=first)

    page = client.get(idea.url).text

    assert bad not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_official_answer_to_somebody_is_told_of_on_top(client, idea, post, citizen, official):
    asked = post(citizen, "When do they come?")
    answer = post(official, "They are ordered for May.", parent=asked, role="official")

    page = soup(client.get(idea.url))

    on_top = page.select_one(".civic-answers-below")
    assert "They are ordered for May." in on_top.text
    assert str(answer.uuid) in on_top.select_one("a")["href"]
    assert len(page.select(f"#comment-{answer.uuid}")) == 1


# What waits, went or ended ------------------------------------------------------------------------


def test_waiting_comment_is_seen_by_its_author_alone(citizen, neighbour, idea, write, held_back):
    write(citizen, "Is this allowed?")

    mine = signed_in(citizen).get(idea.url)
    assert "Is this allowed?" in mine.text
    assert "Only you can see this comment." in mine.text
    assert "Is this allowed?" not in signed_in(neighbour).get(idea.url).text


def test_tombstone_says_who_took_it_away_and_replies_stay(client, idea, write, citizen, neighbour):
    first = write(citizen, "Something rash.")
    write(neighbour, "I do not agree.", parent=first)
    WithdrawComment(first, by=citizen).execute()

    page = client.get(idea.url)

    assert "Its author has deleted this comment." in page.text
    assert "Something rash." not in page.text
    assert shown_comments(page) == ["I do not agree."]


def test_closed_discussion_shows_its_conclusion_and_no_form(
    client, official, idea, thread, write, citizen
):
    write(citizen, "Eight or ten?")
    CloseThread(thread, by=official, conclusion="Eight benches, in spring.").execute()

    page = soup(client.get(idea.url))

    assert "Eight benches, in spring." in page.select_one(".civic-conclusion").text
    assert not page.select("form.civic-form")
    assert not page.select("#civic-comments a.civic-tool")


def test_only_staff_of_the_place_find_the_page_for_closing(official, citizen, thread):
    assert signed_in(official).get(path("close_thread", thread)).status_code == 200
    assert signed_in(citizen).get(path("close_thread", thread)).status_code == 404


def test_official_closes_with_a_conclusion_and_opens_again(official, thread):
    client = signed_in(official)

    client.post(path("close_thread", thread), {"conclusion": "Done."})
    thread.refresh_from_db()
    assert thread.conclusion == "Done."

    client.post(path("reopen_thread", thread))
    thread.refresh_from_db()
    assert not thread.is_closed


def test_second_press_takes_a_rating_back(neighbour, comment):
    client = signed_in(neighbour)

    pressed = soup(client.post(path("rate", comment), {"value": 1}, **HTMX))
    button = pressed.select_one("[aria-pressed=true]")
    assert "1" in button.text
    again = soup(client.post(path("rate", comment), {"value": button["value"]}, **HTMX))
    assert not again.select("[aria-pressed=true]")


def test_rating_leads_through_sign_in_and_asks(client, neighbour, comment):
    response = client.post(path("rate", comment), {"value": -1})
    client.force_login(neighbour, backend="django.contrib.auth.backends.ModelBackend")

    asked = client.get(
        re.search(r"next=(.*)", response["Location"])
        .group(1)
        .replace("%3F", "?")
        .replace("%3D", "=")
    )

    assert "Is this comment not helpful?" in asked.text


def test_nobody_rates_their_own_comment(citizen, idea, comment):
    assert not soup(signed_in(citizen).get(idea.url)).select("[data-civic-rating] button")


def test_moderator_of_the_place_finds_the_open_case_and_nobody_else(
    moderator, neighbour, idea, comment
):
    case = cases.gather(comment.contribution, process=comment.process, at=clock.now())

    assert str(case.uuid) in signed_in(moderator).get(idea.url).text
    assert str(case.uuid) not in signed_in(neighbour).get(idea.url).text


def test_others_can_report_and_authors_cannot(citizen, neighbour, idea, comment):
    report = reverse("civic_moderation:new_report", args=[comment.uuid])

    assert report in signed_in(neighbour).get(idea.url).text
    assert report not in signed_in(citizen).get(idea.url).text


# Meanwhile ----------------------------------------------------------------------------------------


def test_comments_of_others_are_announced_and_fetched(citizen, neighbour, thread, write):
    before = clock.now()
    first = write(neighbour, "New to you.")
    write(citizen, "Yours.")
    client = signed_in(citizen)
    since = {"since": before.isoformat()}

    assert client.get(path("arrivals", thread), since).json()["words"] == "1 new comment: show"
    part = client.get(path("arrivals", thread), {**since, "show": 1})
    assert shown_comments(part) == ["New to you."]
    later = {"since": part["Civic-Since"]}
    assert client.get(path("arrivals", thread), later).status_code == 204
    assert soup(part).li["data-civic-into"] == f"replies-{first.root.uuid}" or first.depth == 1


def test_nonsense_for_a_time_announces_nothing(client, thread):
    assert client.get(path("arrivals", thread), {"since": "yesterday"}).status_code == 204


@pytest.mark.parametrize(
    "since", ["2026-13-40T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_times_there_cannot_be_announce_nothing(client, thread, post, citizen, since):
    post(citizen)

    answer = client.get(path("arrivals", thread), {"since": since})

    assert answer.status_code in (200, 204)


def test_people_of_the_process_are_suggested_and_nobody_else(
    client, thread, write, citizen, neighbour
):
    write(citizen, "Hello")

    found = client.get(path("people", thread), {"name": "jo"}).json()["names"]
    assert found == ["Joon Seo"]
    assert client.get(path("people", thread), {"name": "Lena"}).json()["names"] == []
    assert client.get(path("people", thread), {"name": ""}).json()["names"] == []


def test_thread_of_a_hidden_idea_answers_404_everywhere(client, thread, comment, idea):
    HideContribution(idea.contribution, by=None).execute()

    for address in (
        path("post", thread),
        path("arrivals", thread),
        path("thread", thread),
        path("people", thread),
        path("comment", comment),
        path("reply", comment),
        path("versions", comment),
        path("replies", comment),
    ):
        assert client.get(address).status_code == 404, address


def test_place_nobody_has_discussed_yet_makes_no_row(client, idea):
    assert "No comments yet" in client.get(idea.url).text
    assert not Thread.objects.exists()


@pytest.mark.parametrize("subject", [None, "", object()], ids=["nothing", "blank", "something"])
def test_what_nobody_discusses_has_no_thread(subject, rf):
    assert show_thread({"request": rf.get("/")}, subject) == ""
