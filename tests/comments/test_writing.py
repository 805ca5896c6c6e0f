"""Writing into a thread over HTTP: posting, answering, editing, deleting, words that survive."""

from datetime import timedelta

import pytest

from civic_sourcing.comments.models import Comment
from tests.comments.browsing import HTMX, comments_in, path, signed_in, soup
from tests.comments.conftest import open_phase, set_rules


@pytest.fixture
def write(post):
    """Post as somebody, past the limits that hold online."""
    return post


@pytest.fixture
def comment(post, citizen):
    return post(citizen, "Armrests, please.")


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
