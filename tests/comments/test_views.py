"""Threads over HTTP: with htmx and without, signed in and out, and when something is in the way."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.actions import CloseThread, WithdrawComment
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.slot import show_thread
from civic_sourcing.core import clock
from civic_sourcing.moderation import cases
from tests.comments.conftest import open_phase, set_rules

HTMX = {"HTTP_HX_REQUEST": "true"}


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def path(name, thread_or_comment):
    key = getattr(thread_or_comment, "uuid", None)
    if isinstance(thread_or_comment, Thread):
        key = thread_or_comment.contribution.uuid
    return reverse(f"civic_comments:{name}", args=[key])


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


def shown_comments(response):
    return [each.select_one(".civic-prose").text.strip() for each in comments_in(response)]


def comments_in(response):
    return [each for each in soup(response).select(".civic-comment") if each.select(".civic-prose")]


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


# Writing ------------------------------------------------------------------------------------------


def test_comment_is_posted_without_javascript_and_leads_to_itself(citizen, idea, thread):
    response = signed_in(citizen).post(
        path("post", thread), {"text": "Armrests, please.", "back": idea.url}
    )

    comment = Comment.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{idea.url}?comment={comment.uuid}#comment-{comment.uuid}"


def test_reply_arrives_in_its_place_and_gets_the_focus(citizen, comment):
    response = signed_in(citizen).post(path("reply", comment), {"text": "And backrests."}, **HTMX)

    reply = Comment.objects.get(parent=comment)
    part = soup(response)
    assert part.select_one(f"[hx-swap-oob='beforeend:#replies-{comment.uuid}'] .civic-comment")
    assert f"comment-{reply.uuid}" in response["HX-Trigger-After-Settle"]
    assert not part.select("form")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in-place"])
def test_words_survive_every_refusal(headers, citizen, thread, forum):
    open_phase(forum.process, "collect", opened=-timedelta(days=9), closes=-timedelta(days=1))

    response = signed_in(citizen).post(path("post", thread), {"text": "Too late?"}, **headers)

    assert response.status_code == 409
    assert soup(response).textarea.text.strip() == "Too late?"
    assert "closed on" in response.text
    assert not Comment.objects.exists()


def test_words_survive_the_way_through_sign_in(client, citizen, thread):
    sent = client.post(path("post", thread), {"text": "Written first, signed in later."})

    assert sent.status_code == 302
    assert "login" in sent["Location"]
    client.force_login(citizen, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(path("post", thread))
    assert soup(page).textarea.text.strip() == "Written first, signed in later."
    assert "We kept what you typed" in page.text


def test_htmx_is_led_to_sign_in_as_a_whole_window(client, thread):
    response = client.post(path("post", thread), {"text": "Hello"}, **HTMX)

    assert response.status_code == 204
    assert "login" in response["HX-Redirect"]


def test_words_survive_an_expired_token(citizen, thread):
    client = signed_in(citizen, enforce_csrf_checks=True)

    response = client.post(
        path("post", thread), {"text": "Long thought about."}, HTTP_ORIGIN="http://testserver"
    )

    assert response.status_code == 403
    assert soup(response).textarea.text.strip() == "Long thought about."
    assert not Comment.objects.exists()
    token = soup(response).select_one("[name=csrfmiddlewaretoken]")["value"]
    again = {"text": "Long thought about.", "csrfmiddlewaretoken": token}
    assert client.post(path("post", thread), again).status_code == 302


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "https://elsewhere.example"}], ids=["unsaid", "elsewhere"]
)
def test_request_from_elsewhere_is_plainly_refused(headers, citizen, thread):
    client = signed_in(citizen, enforce_csrf_checks=True)

    response = client.post(path("post", thread), {"text": "Click me"}, **headers)

    assert response.status_code == 403
    assert "Click me" not in response.text


def test_double_click_posts_once(citizen, idea, thread):
    client = signed_in(citizen)
    form = soup(client.get(idea.url)).select_one("form.civic-form")
    fields = {field["name"]: field.get("value", "") for field in form.select("[type=hidden]")}
    fields["text"] = "Once."

    for _click in range(2):
        client.post(form["action"], fields)

    assert Comment.objects.count() == 1


def test_personal_data_is_offered_for_masking_once(citizen, thread):
    client = signed_in(citizen)
    words = {"text": "Call me: 010-1234-5678"}

    offered = client.post(path("post", thread), words)
    assert offered.status_code == 200
    assert not Comment.objects.exists()
    assert "Publish masked" in offered.text

    client.post(path("post", thread), {**words, "masking": "masked"})
    assert "1234" not in Comment.objects.get().text


def test_quote_stands_above_the_reply_with_a_way_to_it(client, citizen, comment, idea):
    form = soup(signed_in(citizen).get(f"{path('reply', comment)}?quote=1", **HTMX))
    quoted = form.select_one("[name=quoted]")["value"]
    signed_in(citizen).post(path("reply", comment), {"text": "Indeed.", "quoted": quoted})

    quote = soup(client.get(idea.url)).select_one(".civic-quote")
    assert quote.a["href"] == path("comment", comment)
    assert "Armrests, please." in quote.text


def test_form_asks_for_a_position_only_where_people_take_one(client, idea, forum):
    assert not soup(client.get(idea.url)).select("[name=position]")
    set_rules(forum.process, positions=True)
    assert len(soup(client.get(idea.url)).select("[name=position]")) == 3


def test_official_answers_for_the_city_and_it_stands_on_top(
    client, official, idea, thread, write, citizen
):
    signed_in(official).post(path("post", thread), {"text": "We will.", "role": "official"})
    write(citizen, "Thanks.")

    first = comments_in(client.get(idea.url))[0]
    assert "civic-comment-official" in first["class"]
    assert "Official answer" in first.text


def test_citizen_is_not_asked_in_which_role_they_speak(citizen, idea):
    assert not soup(signed_in(citizen).get(idea.url)).select("[name=role]")


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


# One comment --------------------------------------------------------------------------------------


def test_author_edits_and_everybody_reads_what_changed(client, citizen, idea, comment):
    signed_in(citizen).post(path("edit", comment), {"text": "Armrests and backrests, please."})

    assert "edited" in comments_in(client.get(idea.url))[0].text
    versions = soup(client.get(path("versions", comment)))
    assert [ins.text for ins in versions.select("ins")] == ["[added:  and backrests]"]


def test_late_edit_is_refused_with_the_words_kept(citizen, comment, forum):
    set_rules(forum.process, edit_minutes=0)

    response = signed_in(citizen).post(path("edit", comment), {"text": "Another thought"})

    assert response.status_code == 409
    assert soup(response).textarea.text.strip() == "Another thought"


def test_neighbour_finds_no_way_to_edit_or_delete(neighbour, idea, comment):
    page = soup(signed_in(neighbour).get(idea.url))
    links = {link["href"] for link in page.select(".civic-comment a")}

    assert not {path("edit", comment), path("withdraw", comment)} & links
    assert signed_in(neighbour).post(path("edit", comment), {"text": "Mine now"}).status_code == 403


def test_author_deletes_after_a_question(citizen, comment):
    client = signed_in(citizen)
    assert "cannot be undone" in client.get(path("withdraw", comment)).text

    client.post(path("withdraw", comment))

    comment.refresh_from_db()
    assert comment.tombstone == "author"


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
