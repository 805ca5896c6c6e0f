"""Whatever is sent to forums and ideas: a page comes back, and nothing is lost or broken."""

import json
import uuid
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from civic_sourcing.ideas.models import IdeaDraft, IdeaPage
from tests.ideas.writing_town import ask, question
from tests.odd_words import fields, odd_words
from tests.rich import examples

WISHES = ("q", "stage", "category", "district", "tag", "sort", "show", "bbox", "until", "page")
WRITTEN = (
    "title", "description", "tags", "category", "district", "address", "coordinates", "note",
    "licence", "third_party", "third_party_note", "made_on_duty", "of_age", "difference",
    "offered", "request_key", "draft", "step", "removed", "masking", "answer",
)  # fmt: skip
BUTTONS = [
    "",
    "next",
    "save",
    "publish",
    "discard",
    "to:about",
    "to:",
    "add:photo",
    "remove:x",
    "?",
]
FINE = {200, 302, 404, 409, 429}


@pytest.fixture
def full_forum(forum, korean_forum):
    """A forum that asks for everything."""
    ask(forum, location="optional", photos="optional")
    for kind in ("text", "choice", "number", "date", "file"):
        question(forum, kind, f"Which {kind}?", choices=[{"en": "One"}, {"en": "Two"}])
    return forum


@examples(60)
@given(query=fields(*WISHES), way=st.sampled_from(["", "feed/", "geojson/"]))
@example(query={"show": "map", "bbox": "179.9,-1,180.1,1"}, way="")
@example(query={"until": "9" * 300, "page": "9" * 5000}, way="")
def test_list_feed_and_map_answer_any_query(client, idea, forum, query, way):
    answer = client.get(f"{forum.url}{way}", query)

    assert answer.status_code == 200
    if way == "feed/":
        assert ElementTree.fromstring(answer.content).tag == "rss"
    if way == "geojson/":
        assert json.loads(answer.content)["type"] == "FeatureCollection"


@examples(25)
@given(title=odd_words)
def test_similar_ideas_are_looked_up_for_any_title(client, idea, forum, title, settings_of_limits):
    answer = client.get(f"{forum.url}propose/similar/", {"title": title})

    assert answer.status_code == 200


@pytest.fixture
def settings_of_limits(settings):
    """Nobody is stopped for asking often."""
    settings.CIVIC_SOURCING = {
        **settings.CIVIC_SOURCING,
        "SIMILAR_LOOK_UPS_PER_MINUTE": 10_000,
        "IDEA_DRAFTS_PER_HOUR": 10_000,
        "IDEA_EDITS_PER_HOUR": 10_000,
    }


@pytest.mark.usefixtures("settings_of_limits")
@examples(50)
@given(
    words=fields(*WRITTEN),
    more=st.dictionaries(odd_words, odd_words, max_size=2),
    go=st.sampled_from(BUTTONS),
)
@example(words={"title": "x"}, more={"\x00": "y", "a" * 100: "z"}, go="save")
def test_form_for_new_ideas_keeps_or_files_anything(client, citizen, full_forum, words, more, go):
    client.force_login(citizen)

    with transaction.atomic():
        answer = client.post(f"{full_forum.url}propose/", {**more, **words, "go": go})
        after = client.get(f"{full_forum.url}propose/", words)
        for draft in IdeaDraft.objects.all():
            client.get(f"{full_forum.url}propose/", {"draft": str(draft.uuid), "step": "check"})
        transaction.set_rollback(True)

    assert answer.status_code in FINE | {400}  # a name longer than Django reads
    assert after.status_code in FINE


@pytest.mark.usefixtures("settings_of_limits")
@examples(40)
@given(words=fields(*WRITTEN), replies=st.lists(odd_words, min_size=4, max_size=4))
def test_form_for_changing_an_idea_takes_anything(client, author, full_forum, idea, words, replies):
    client.force_login(author)

    with transaction.atomic():
        form = client.get(f"{idea.url}edit/").context["form"]
        named = [name for name in form.fields if name.startswith("question_")]
        asked = dict(zip(named, replies, strict=True))
        answer = client.post(f"{idea.url}edit/", {**form.initial, **asked, **words})
        page = client.get(IdeaPage.objects.get().url)
        versions = client.get(f"{idea.url}versions/")
        transaction.set_rollback(True)

    assert answer.status_code in FINE
    assert page.status_code in {200, 404}
    assert versions.status_code in {200, 404}


@examples(20)
@given(words=fields("reason", "text"), route=st.sampled_from(["withdraw/", "support/", "follow/"]))
def test_steps_on_an_idea_take_anything(client, author, idea, words, route):
    client.force_login(author)

    with transaction.atomic():
        answer = client.post(f"{idea.url}{route}", words)
        transaction.set_rollback(True)

    assert answer.status_code in FINE


EXPLORER = ("stage", "due", "cares", "category", "locale", "state", "q", "ordering", "p", "export")


@examples(40)
@given(query=fields(*EXPLORER))
def test_list_in_the_admin_answers_any_query(client, editor, idea, forum, query):
    client.force_login(editor)

    answer = client.get(reverse("wagtailadmin_explore", args=[forum.pk]), query)

    assert answer.status_code in {200, 404}


RULES = (
    "vocabulary", "initiator", "owner_name", "owner", "answer_on", "openness", "recipe",
    "supports_per_person", "ideas_per_person", "edit_hours", "body_length", "review_days",
    "problem_en", "thresholds-0-number", "thresholds-0-measure", "thresholds-0-days",
    "thresholds-0-event", "thresholds-0-answer_days", "thresholds-0-valid_from",
    "thresholds-0-valid_to", "thresholds-0-note", "thresholds-0-uuid", "thresholds-TOTAL_FORMS",
)  # fmt: skip
GOOD_RULES = {
    "vocabulary": "idea",
    "initiator": "citizens",
    "openness": "open",
    "thresholds-TOTAL_FORMS": "1",
    "thresholds-INITIAL_FORMS": "0",
    "thresholds-0-number": "5",
    "thresholds-0-measure": "supports",
    "thresholds-0-event": "review",
}


@examples(60)
@given(words=fields(*RULES, most=2))
@example(words={"thresholds-0-valid_from": "0001-01-01 00:00"})
@example(words={"thresholds-0-valid_to": "9999-12-31 23:59"})
@example(words={"thresholds-0-valid_from": "9999-12-31 23:59"})
@example(words={"answer_on": "9999-12-31"})
@example(words={"body_length": "9" * 300})
def test_rules_of_a_forum_take_anything(client, editor, idea, forum, words):
    client.force_login(editor)
    url = reverse("civic_ideas_processes:forum_rules", args=[forum.process.uuid])

    with transaction.atomic():
        answer = client.post(url, {**GOOD_RULES, **words})
        page = client.get(forum.url)
        transaction.set_rollback(True)

    assert answer.status_code in FINE
    assert page.status_code == 200


@pytest.mark.parametrize("screen", ["idea_form", "places"])
@examples(40)
@given(data=st.data())
def test_desks_of_a_forum_take_anything(client, editor, full_forum, screen, data):
    client.force_login(editor)
    url = reverse(f"civic_ideas_processes:{screen}", args=[full_forum.process.uuid])
    sent = as_shown(client.get(url).content.decode())
    odd = data.draw(fields(*sorted(sent.keys() - {"csrfmiddlewaretoken"}), most=3))

    with transaction.atomic():
        answer = client.post(url, sent | odd)
        again = client.get(url)
        page = client.get(f"{full_forum.url}propose/")
        transaction.set_rollback(True)

    assert (answer.status_code, again.status_code) in {(200, 200), (302, 200)}
    assert page.status_code in FINE
    if not odd:
        assert answer.status_code == 302


def as_shown(page):
    """What a browser sends back from the form of an admin screen as it is."""
    form = BeautifulSoup(page, "html.parser").select_one("main form[method=post i]")
    sent = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            sent[field["name"]] = field.text
        else:
            sent[field["name"]] = field.get("value", "on")
    return sent


def test_address_of_a_draft_that_is_none_is_missing(client, forum):
    assert client.get(f"{forum.url}propose/files/{uuid.uuid4()}/").status_code == 404
