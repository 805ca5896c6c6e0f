"""The pages of authors: decisions about oneself, the appeal, its outcome. No JavaScript needed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from civic_sourcing.moderation.models import Appeal

from .deciding_people import (  # noqa: F401
    FACTS,
    REASONS,
    appeal_scene,
    decide_appeal_scene,
    decide_scene,
)


@pytest.fixture
def decision(case, decide):
    return decide(case)


def address(name, decision=None):
    return reverse(f"civic_moderation:{name}", args=[decision.uuid] if decision else [])


def test_author_reads_rule_facts_scope_automation_and_how_to_appeal(
    client, author, decision, rules
):
    client.force_login(author)

    page = client.get(address("decision", decision)).content.decode()

    for words in (
        "Hidden",
        rules("respect").title,
        rules("respect").meaning,
        FACTS,
        decision.scope,
        "No automatic check took part",
        "you can appeal here, free of charge",
        address("appeal", decision),
    ):
        assert str(words) in page


def test_author_appeals_and_sees_the_outcome(client, author, decision, decide_appeal, idea):
    client.force_login(author)

    sent = client.post(address("appeal", decision), {"text": "It was a joke."}, follow=True)
    assert sent.redirect_chain[-1][0] == address("decision", decision)
    assert "Your appeal is with the moderators." in sent.content.decode()
    assert "Appealed" in sent.content.decode()

    decide_appeal(Appeal.objects.get())
    page = client.get(address("decision", decision)).content.decode()
    assert "The decision is reversed" in page
    assert REASONS in page
    assert f'href="{idea.url}"' in page
    assert address("appeal", decision) not in page


def test_the_list_shows_what_was_decided(client, author, decision, appeal):
    client.force_login(author)
    appeal(decision)

    page = client.get(address("appeals")).content.decode()

    assert address("decision", decision) in page
    assert "Appealed" in page


@pytest.mark.parametrize("role", ["reporter", "moderator", "second_moderator", "newcomer"])
@pytest.mark.parametrize("name", ["decision", "appeal"])
def test_others_find_nothing_there(client, decision, request, role, name):
    client.force_login(request.getfixturevalue(role))

    assert client.get(address(name, decision)).status_code == 404
    assert address("decision", decision) not in client.get(address("appeals")).content.decode()


@pytest.mark.parametrize("name", ["appeals", "decision", "appeal"])
def test_who_is_signed_out_is_led_to_sign_in(client, decision, name):
    response = client.get(address(name, None if name == "appeals" else decision))

    assert response.status_code == 302
    assert "next=" in response.url


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b"])
def test_an_appeal_without_words_comes_back_with_a_sentence(client, author, decision, text):
    client.force_login(author)

    page = client.post(address("appeal", decision), {"text": text})

    assert "Please say why the decision is wrong." in page.content.decode() or (
        "This text is empty" in page.content.decode()
    )
    assert not Appeal.objects.exists()


def test_pressed_twice_there_is_one_appeal(client, author, decision):
    client.force_login(author)
    key = "6a0c9f8e-63ff-4e0d-8a8d-5f2c6a1b2c3d"
    form = {"text": "It was a joke.", "request_key": key}

    for _time in range(2):
        client.post(address("appeal", decision), form)
    other = client.post(address("appeal", decision), {"text": "Once more."})

    assert Appeal.objects.count() == 1
    assert other.status_code == 409
    assert "You have appealed this already." in other.content.decode()


def test_what_cannot_be_appealed_leads_back(client, author, case, decide):
    decision = decide(case)
    client.force_login(author)
    client.post(address("appeal", decision), {"text": "It was a joke."})

    assert client.get(address("appeal", decision)).url == address("decision", decision)


def test_script_in_the_facts_is_shown_as_text(client, author, case, decide):
    decision = decide(case, facts="<script>alert(1)</script> and more of the same.")
    client.force_login(author)

    page = client.get(address("decision", decision)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_in_korean_the_page_is_korean(client, author, decision, rules):
    client.force_login(author)

    with translation.override("ko"):
        page = client.get(address("decision", decision), headers={"Accept-Language": "ko"})

    assert rules("respect", "ko").title in page.content.decode()
    assert "이의신청" in page.content.decode()


def test_pages_are_not_kept_nor_indexed(client, author, decision):
    client.force_login(author)

    response = client.get(address("decision", decision))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_the_list_costs_the_same_for_many(client, author, case, decide, propose, report):
    client.force_login(author)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address("appeals"))
        return len(captured)

    decide(case, "warn")
    queries()
    before = queries()
    for number in range(3):
        page = propose(author, f"Idea {number}")
        decide(report(page.contribution).case, "warn")

    assert queries() <= before
