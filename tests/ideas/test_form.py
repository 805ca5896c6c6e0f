"""The form takes any text a person can type, and refuses with a sentence beside the field."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.text import graphemes
from civic_sourcing.ideas.forms import ProposeIdeaForm
from civic_sourcing.ideas.tags import read_tags

FORUM = SimpleNamespace(title_help="", description_help="")
ANY_TEXT = st.text(max_size=300)


def form(**words):
    return ProposeIdeaForm({"title": "t", "description": "d", **words}, forum=FORUM)


@given(title=ANY_TEXT, description=ANY_TEXT, tags=ANY_TEXT, request_key=ANY_TEXT)
def test_any_text_is_either_taken_or_answered_at_its_field(title, description, tags, request_key):
    proposal = form(title=title, description=description, tags=tags, request_key=request_key)

    taken = proposal.is_valid()

    assert taken is not bool(proposal.errors)
    assert set(proposal.errors) <= {"title", "description", "tags"}


@given(title=ANY_TEXT)
def test_taken_title_fits_its_column_and_its_limit(title):
    proposal = form(title=title)

    if proposal.is_valid():
        clean = proposal.cleaned_data["title"]
        assert 1 <= len(clean) <= 255
        assert graphemes(clean) <= 100
        assert "\n" not in clean


@given(title=ANY_TEXT)
def test_what_was_taken_is_taken_again_unchanged(title):
    proposal = form(title=title)

    if proposal.is_valid():
        clean = proposal.cleaned_data["title"]
        assert form(title=clean).fields["title"].clean(clean) == clean


@given(tags=ANY_TEXT)
def test_tags_are_few_short_small_and_different(tags):
    proposal = form(tags=tags)

    if proposal.is_valid():
        read = proposal.cleaned_data["tags"]
        assert len(read) == len(set(read)) <= 5
        assert all(tag == tag.strip() and graphemes(tag) <= 30 and "," not in tag for tag in read)
    else:
        assert {error.code for error in proposal.errors.as_data()["tags"]} <= {
            "too-many-tags",
            "tag-too-long",
        }


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        pytest.param("park, river", ["park", "river"], id="commas"),
        pytest.param("#Park,#park", ["park"], id="hashes and capitals"),
        pytest.param("공원、나무，물", ["공원", "나무", "물"], id="commas of East Asia"),
        pytest.param("ضل، ماء", ["ضل", "ماء"], id="Arabic comma"),
        pytest.param(" , ,\u200b,", [], id="nothing"),
    ],
)
def test_tags_are_read_as_people_write_them(typed, tags):
    assert read_tags(typed) == tags


def test_fresh_key_takes_the_place_of_nonsense():
    proposal = form(request_key="'; DROP TABLE")

    assert proposal.is_valid()
    assert len(proposal.cleaned_data["request_key"]) == 36


def test_help_of_the_forum_stands_beside_the_fields():
    forum = SimpleNamespace(title_help="Name the street", description_help="")

    assert ProposeIdeaForm(forum=forum).fields["title"].help_text == "Name the street"
