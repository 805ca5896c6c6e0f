"""Any text, marked, zalgo or of emoji only: masked, stored, shown, and brought back exactly."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Revision

from civic_sourcing.core.text import TextRefused
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation.models import Case

from .deciding_people import (  # noqa: F401
    appeal_scene,
    decide_appeal_scene,
    decide_scene,
    faults,
    page_now,
    row,
    seen,
    snapshot,
)
from .test_masking import texts

WILD = {
    "bidi": "Nice \u202eidea\u202c and \u2066more\u2069 אבג دعم",
    "zalgo": "Z\u0336\u0322\u0323\u0324a\u0336\u0325l\u0336go comes with marks",
    "emoji": "👩‍👧🏳️‍🌈👍🏽" * 100,
    "jamo": "\u1112\u1161\u11ab\u1100\u1173\u11af 한글",
    "script": "<script>alert('x')</script> & more",
}


@settings(max_examples=12)
@given(st.data(), texts, texts)
def test_masked_and_reversed_any_text_is_what_it_was(
    db, propose, author, decide, appeal, decide_appeal, rules, data, title, text
):
    with transaction.atomic():
        try:
            idea = propose(author, title=title, description=text)
        except TextRefused:
            return
        case = open_case(idea)
        before = snapshot(idea)
        words = page_now(idea).description
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, len(words)))
        spans = [["text", start, end], ["title", 0, len(page_now(idea).title)]]

        decision = decide(case, "mask", spans=spans, seen_version=1)
        assert len(page_now(idea).description) <= len(words)
        decide_appeal(appeal(decision))

        assert snapshot(idea) == before
        transaction.set_rollback(True)


def open_case(idea):
    contribution = row(idea)
    return Case.objects.create(
        contribution=contribution,
        process=contribution.process,
        kind="idea",
        language="en",
        opened_at=contribution.received_at,
        due_at=contribution.received_at,
    )


@pytest.mark.parametrize("name", WILD)
@pytest.mark.parametrize("outcome", ["mask", "hide", "remove"])
def test_wild_text_is_taken_and_brought_back(
    propose, author, decide, appeal, decide_appeal, name, outcome
):
    idea = propose(author, title=f"Idea {WILD[name][:40]}", description=WILD[name])
    before = snapshot(idea)
    spans = {"spans": [["text", 0, 5]], "seen_version": 1} if outcome == "mask" else {}

    decision = decide(open_case(idea), outcome, **spans)
    decide_appeal(appeal(decision))

    assert snapshot(idea) == before
    assert seen(idea).status_code == 200
    assert not faults()


@pytest.mark.parametrize("outcome", ["mask", "remove"])
def test_masked_words_are_in_no_revision_search_or_reference_index(idea, decide, outcome):
    page_now(idea).save_revision()
    secret = "sit down"
    start = idea.description.index(secret)
    spans = [["text", start, start + len(secret)], ["title", 0, len(idea.title)]]
    terms = {"spans": spans, "seen_version": 1} if outcome == "mask" else {}

    decide(open_case(idea), outcome, **terms)

    kept = "\n".join(str(revision.content) for revision in Revision.objects.all())
    kept += "\n".join(revision.object_str for revision in Revision.objects.all())
    assert secret not in kept
    assert idea.title not in kept
    assert idea.pk not in [hit.pk for hit in IdeaPage.objects.live().search(idea.title)]
