"""What ``ballots`` finds, told in whole sentences with the names people know."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from civic_sourcing.budgets import ballots, sentences
from civic_sourcing.budgets.ballots import Fault, Line, OpenPoint
from civic_sourcing.budgets.rulebooks import rulebook_of
from civic_sourcing.budgets.saying import Names, sentence_of

TABLES = [
    pytest.param(ballots.FAULTS, sentences.FAULTS, id="faults"),
    pytest.param(ballots.OPEN_POINTS, sentences.OPEN_POINTS, id="open points"),
    pytest.param(ballots.LINES, sentences.LINES, id="lines"),
]


@pytest.mark.parametrize(("english", "told"), TABLES)
def test_every_code_has_a_sentence_with_values_there_are(english, told):
    assert list(told) == list(english)
    for code, sentence in told.items():
        given = set(re.findall(r"{(\w+)}", english[code]))
        assert set(re.findall(r"%\((\w+)\)s", str(sentence))) <= given | {"area"}, code


@pytest.mark.parametrize(("english", "told"), TABLES)
def test_every_sentence_is_translated_with_its_values(english, told):
    for code, sentence in told.items():
        original = str(sentence)
        with translation.override("ko"):
            korean = str(sentence)
        assert korean != original, code
        assert re.findall("[가-힣]", korean), code
        values = re.compile(r"%\((\w+)\)s")
        assert set(values.findall(korean)) == set(values.findall(original)), code


@pytest.fixture
def names(process):
    return Names.of(process, rulebook_of(process), {"A": "Alder avenue"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("coded", "sentence"),
    [
        pytest.param(
            Fault("over-budget", {"area": "", "given": 150000, "budget": 100000}),
            "The projects you chose cost €1,500 together. There are €1,000.",
            id="money",
        ),
        pytest.param(
            Fault("too-many", {"area": "north", "given": 3, "most": 2}),
            "North: Chosen: 3. At most 2 are allowed.",
            id="area",
        ),
        pytest.param(
            Fault("exclusive", {"projects": "A, B"}),
            "Of these projects only one can be chosen: A Alder avenue, B.",
            id="titles",
        ),
        pytest.param(
            Fault("category-many", {"category": "green", "given": 3, "most": 2}),
            "Chosen in “Green”: 3. At most 2 are allowed.",
            id="category",
        ),
        pytest.param(
            OpenPoint("phase-order", {"first": "voting", "second": "counting"}),
            "The phase “Counting” begins before “Voting”.",
            id="phases",
        ),
        pytest.param(
            Line("winner", {"rule": "greedy", "utility": "", "completion": ""}),
            "How the money is given out: By score, skipping what does not fit.",
            id="rule",
        ),
        pytest.param(
            Line("funded-at-least", {"category": "green", "least": 2}),
            "Of “Green”, so many of the best projects go first, as far as there are votes and "
            "money: 2.",
            id="winners of a category",
        ),
        pytest.param(
            Line("eligibility", {"key": "signed-in"}),
            "Asked of voters: You are signed in.",
            id="condition",
        ),
    ],
)
def test_sentences_speak_of_names_and_amounts(names, coded, sentence):
    assert sentence_of(coded, names) == sentence


@pytest.mark.django_db
def test_every_line_of_a_real_vote_is_told(process, names):
    told = [sentence_of(line, names) for line in ballots.meets(rulebook_of(process))]

    assert not [sentence for sentence in told if re.search(r"[{}]|%\(", sentence)]
    assert "Neulbom: €10 for the projects there. Their number: 2." in told
    assert datetime.now(UTC).strftime("%Y") in " ".join(told)
