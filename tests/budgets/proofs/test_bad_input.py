"""
Whatever is sent to the booth, a ballot is recorded exactly as meant, or the page says it was not.

Over HTTP in this process, so that an error in a view is an error of the test.
"""

import json
from collections import Counter
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from benchmarks.visitors import forms_in
from benchmarks.votes import add_project, make_vote, open_run
from civic_sourcing.budgets.actions.casting import cast as casting
from civic_sourcing.budgets.ballots import BallotFaulty, Choice, ContentError, check, read
from civic_sourcing.budgets.models import BudgetVotePage
from civic_sourcing.budgets.rulebooks import frozen
from tests.budgets.ballots.papers import OF_EACH_TYPE
from tests.budgets.ballots.test_properties import VALUES
from tests.budgets.proofs.judgement import stored

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

IN_SUITE, IN_PROOF = 15, 1_000
PROJECTS = 7
NUMBERS = [str(number) for number in range(1, PROJECTS + 1)]
AREAS = ("town",)


class Booth:
    """One signed-in voter in the booth of a vote of its own, and what is stored of them."""

    def __init__(self, run, client):
        self.run, self.client = run, client
        self.rulebook = frozen(run)
        page = BudgetVotePage.objects.get(process=run.process_id)
        self.path = page.get_url() + "vote/"
        self.review = self.path + "review/"

    def send(self, fields, step="review"):
        """Send the form of the page as it is, with these fields in place of what it holds."""
        form = next(f for f in forms_in(text_of(self.client.get(self.path))) if f.holds("booth"))
        own = [(name, value) for name, value in form.fields if name == "booth"]
        return self.client.post(self.path, as_data([*own, *fields, ("step", step)]))

    def cast(self, choice, key=None):
        data = {"choice": choice, "key": uuid4().hex if key is None else key}
        return self.client.post(self.review, data)

    def ballots(self):
        return Counter(stored(self.run).ballots.values())


def text_of(answer):
    return answer.content.decode()


def as_data(pairs):
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


@pytest.fixture
def booth(home, client):
    """``booth("approval")`` opens a vote with that kind of ballot and lets a voter in."""

    def booth(kind="approval"):
        vote = make_vote(home, PROJECTS, OF_EACH_TYPE[kind])
        client.force_login(get_user_model().objects.create_user(f"voter {uuid4()}"))
        return Booth(open_run(vote.process), client)

    return booth


NAMES = st.one_of(
    st.sampled_from(["vote", "points:", "rank:1", "booth", "csrfmiddlewaretoken", "compare"]),
    st.builds(
        str.__add__,
        st.sampled_from(["points:", "score:", "rank:", "answer:"]),
        st.sampled_from(NUMBERS) | st.text(max_size=4),
    ),
    st.text(min_size=1),
)


def can_be_sent(text):
    """No browser sends half a character."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


FORMS = st.lists(
    st.tuples(NAMES, st.sampled_from(NUMBERS) | VALUES.filter(can_be_sent)), max_size=12
)


def whatever_is_marked(booth, number):
    """A form leads to the review of just what it means, or back to the paper."""

    @settings(max_examples=number)
    @given(typed=FORMS)
    def is_read_or_refused(typed):
        typed = [(name, value) for name, value in typed if name not in {"booth", "step"}]
        answer = booth.send(typed)
        try:
            choice = read(booth.rulebook, AREAS, typed)
        except BallotFaulty:
            assert answer.status_code in {303, 413}
            assert not answer.headers.get("Location", "").endswith("/review/")
        else:
            assert answer.headers["Location"].endswith("/review/")
            shown = booth.client.get(booth.review)
            form = next(form for form in forms_in(text_of(shown)) if form.holds("choice"))
            assert dict(form.fields)["choice"] == choice.canonical()
        assert booth.ballots() == Counter()

    is_read_or_refused()


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
def test_whatever_is_marked_is_read_as_meant_or_refused(kind, booth, proving):
    whatever_is_marked(booth(kind), IN_PROOF if proving else IN_SUITE)


MARKS = st.lists(st.sampled_from([*NUMBERS, "8", "N/1", "", "٣"]), max_size=8)
POINTS = st.lists(
    st.sampled_from([1, 4, 60, 41, 0, -1, 1.5, 10**400, True, None, "1", "1.5", "NaN"])
    | st.floats()
    | st.integers(),
    max_size=8,
)
DOCUMENTS = st.one_of(
    st.builds(lambda vote: {"vote": vote}, MARKS),
    st.builds(lambda vote, points: {"vote": vote, "points": points}, MARKS, POINTS),
    st.builds(lambda codes: {"vote": [], "void": codes}, st.lists(st.text(max_size=8))),
    st.recursive(st.none() | st.text(), lambda inner: st.dictionaries(st.text(), inner)),
)
TEXTS = DOCUMENTS.map(lambda value: json.dumps(value, separators=(",", ":"))) | st.text()


SIX_PICKS = json.dumps({"vote": NUMBERS[:6]}, separators=(",", ":"))
"""One more than the paper allows on which projects are approved of."""


def whatever_is_cast(booth, number, phases=tuple(Phase)):
    """What arrives as a ballot is recorded to the letter if the rules allow it; else nothing is."""
    held = Counter()

    @settings(max_examples=number, phases=phases)
    @given(text=TEXTS, key=st.text(max_size=80))
    @example(text=SIX_PICKS, key="six picks")
    def is_recorded_or_refused(text, key):
        answer = booth.cast(text, key)
        if "/receipt/" in answer.headers.get("Location", ""):
            held.clear()
            held[text] += 1
            assert may_be_cast(booth.rulebook, text)
        else:
            assert answer.status_code in {302, 303, 400, 409}
        assert booth.ballots() == held

    is_recorded_or_refused()


def may_be_cast(rulebook, text):
    try:
        choice = Choice.load(text)
    except ContentError:
        return False
    return not choice.is_void and not check(rulebook, AREAS, choice)


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
def test_whatever_is_cast_is_recorded_to_the_letter_or_not_at_all(kind, booth, proving):
    whatever_is_cast(booth(kind), IN_PROOF if proving else IN_SUITE)


def test_without_the_check_what_the_rules_forbid_is_recorded(booth, monkeypatch):
    monkeypatch.setattr(casting, "check", lambda *_ballot, **_options: [])

    with pytest.raises(AssertionError):
        whatever_is_cast(booth(), 1, [Phase.explicit])


OF_THE_HOUSE = {
    "six picks of five": ("approval", [("vote", number) for number in NUMBERS[:6]]),
    "60 and 41 of 100": ("cumulative", [("points:1", "60"), ("points:2", "41")]),
    "points below zero": ("cumulative", [("points:1", "-1")]),
    "a fraction": ("cumulative", [("points:1", "1.5")]),
    "not a number": ("cumulative", [("points:1", "NaN")]),
    "beyond all numbers": ("cumulative", [("points:1", "1e309")]),
    "Arabic digits": ("cumulative", [("points:1", "٣")]),
    "digits of a program": ("cumulative", [("points:1", "1_000")]),
    "a project twice": ("approval", [("vote", "1"), ("vote", "1")]),
    "a project of another vote": ("approval", [("vote", "1"), ("vote", "8")]),
}


@pytest.mark.parametrize("case", OF_THE_HOUSE)
def test_what_is_wrong_is_told_and_what_was_typed_stays(case, booth, home):
    kind, typed = OF_THE_HOUSE[case]
    booth = booth(kind)
    add_project(make_vote(home, PROJECTS), PROJECTS + 1)

    answer = booth.send(typed)

    shown = booth.client.get(answer.headers["Location"])
    assert "civic-booth-wrong" in text_of(shown)
    assert not answer.headers["Location"].endswith("/review/")
    for name, value in typed:
        assert value == "8" or filled_in(shown, name, value)
    assert booth.ballots() == Counter()


def filled_in(page, name, value):
    """Whether a field of the page holds this value, ticked or typed."""
    text = text_of(page)
    return f'name="{name}"' in text and f'value="{value}"' in text
