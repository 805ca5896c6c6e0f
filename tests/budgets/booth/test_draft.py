"""A draft comes back as it was, for its voter, and for nobody else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.booth.draft import LARGEST, LONGEST_VALUE, Draft, Looking, name_of
from civic_sourcing.budgets.casting.keys import Keys
from civic_sourcing.budgets.models import VoteRun

KEYS = Keys(b"k" * 32)
RUN = VoteRun()

names = st.sampled_from(["vote", "points:1", "rank:OGM/0008", "answer:강변"])
values = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=LONGEST_VALUE)


def carried(draft, *, voter_key="kim", keys=KEYS, run=RUN, **changes):
    """The draft as the next request has it, after its cookie went to the device and back."""
    response = HttpResponse()
    draft.save(response)
    request = RequestFactory().get("/")
    if name_of(draft.run) in response.cookies:
        request.COOKIES[name_of(run)] = response.cookies[name_of(draft.run)].value
    return Draft.load(request, run, voter_key, keys=keys)


@given(st.lists(st.tuples(names, values), max_size=30), st.booleans())
def test_whatever_was_typed_comes_back(typed, checked):
    draft = Draft(RUN, "kim", KEYS, checked=checked)
    draft.take(typed)
    draft.looking = Looking(words="river", large=True)
    draft.compared = ["1", "N/2"]

    back = carried(draft)

    if draft.fits:
        assert back == draft
    assert draft.typed == typed


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"voter_key": "lee"}, id="another voter"),
        pytest.param({"keys": Keys(b"x" * 32)}, id="another key"),
    ],
)
def test_draft_opens_for_its_voter_alone(other):
    draft = Draft(RUN, "kim", KEYS, typed=[("vote", "1")])

    assert carried(draft).typed == [("vote", "1")]
    assert carried(draft, **other).typed == []


@given(st.text(st.characters(max_codepoint=126, min_codepoint=33), max_size=300))
def test_forged_cookie_is_an_empty_draft(value):
    request = RequestFactory().get("/")
    request.COOKIES[name_of(RUN)] = value

    assert Draft.load(request, RUN, "kim", keys=KEYS).typed == []


def test_ballot_with_marks_for_500_projects_fits_on_the_device():
    draft = Draft(RUN, "kim", KEYS)

    draft.take((f"score:OGM/{number:04}", str(number**3 % 6)) for number in range(500))

    assert draft.fits
    assert len(draft.sealed) <= LARGEST


def test_what_is_no_mark_is_not_kept():
    draft = Draft(RUN, "kim", KEYS)

    draft.take([("csrfmiddlewaretoken", "secret"), ("vote", ""), ("vote", "1"), ("step", "count")])

    assert draft.typed == [("vote", "1")]
