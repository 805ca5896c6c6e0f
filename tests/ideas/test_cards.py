"""Cards of lists are drawn once and filled many times, and look as if each had been drawn."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from django.template import engines

from civic_sourcing.ideas.listing.cards import Card
from civic_sourcing.ideas.models import Category, District
from civic_sourcing.ideas.templatetags.civic_ideas import CARD

NASTY = "<script>&\"'{{ idea }}"
OPTIONAL = {
    "address": "/en/ideas/?a=1&b=2",
    "stage_badge": {"label": f"Done {NASTY}", "tone": "success"},
    "category_shown": Category(names={"en": f"Roads {NASTY}"}, icon="place"),
    "language_name": f"한국어 {NASTY}",
    "supporters": f"12 supporters {NASTY}",
    "comments": f"3 comments {NASTY}",
    "district_shown": District(names={"en": f"Old town {NASTY}"}),
}
LEFT_OUT = {
    **dict.fromkeys(OPTIONAL),
    "address": "",
    "language_name": "",
    "comments": "",
}


@pytest.fixture
def card():
    """A card that says everything a card can say."""
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    return Card(
        title=f"Benches {NASTY}",
        language_code="ko",
        opening=f"People want to sit down {NASTY}",
        author_name=f"Mina {NASTY}",
        filed_at=at,
        filed_on="1 March 2026",
        **OPTIONAL,
    )


def drawn(source, idea):
    template = engines["django"].from_string("{% load civic civic_ideas %}" + source)
    return template.render({"idea": idea})


@pytest.mark.parametrize("there", [*product((True, False), repeat=len(OPTIONAL))])
def test_card_of_a_list_is_the_template_of_cards(card, there):
    missing = [name for name, is_there in zip(OPTIONAL, there, strict=True) if not is_there]
    card = replace(card, **{name: LEFT_OUT[name] for name in missing})

    quick = drawn("{% idea_card idea %}", card)
    whole = drawn('{% include "' + CARD + '" with idea=idea only %}', card)

    assert quick == whole
    assert "<script>" not in quick


def test_every_word_of_a_card_is_its_own(card):
    first = drawn("{% idea_card idea %}", card)
    second = drawn("{% idea_card idea %}", replace(card, title="Shade", author_name="Ada"))

    assert "Benches" in first
    assert "Shade" in second
    assert "Benches" not in second
    assert "Mina" not in second


def test_card_a_host_has_replaced_is_drawn_as_it_says(card, settings, tmp_path):
    file = tmp_path / CARD
    file.parent.mkdir(parents=True)
    file.write_text("{{ idea.title|truncatechars:5 }}")
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]

    assert drawn("{% idea_card idea %}", card) == "Benc…"
