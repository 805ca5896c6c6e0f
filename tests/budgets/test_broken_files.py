"""A broken file is answered with one sentence, and nothing of it stays."""

import io
import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import translation

from civic_sourcing.budgets import counting, findings
from tests.budgets.conftest import ELECTION

pytestmark = pytest.mark.django_db

SOUND = ELECTION.read_text()

BROKEN = [
    pytest.param("", "Line 1, field “META”", id="empty file"),
    pytest.param(SOUND.replace("PROJECTS\n", ""), "PROJECTS", id="missing section"),
    pytest.param(SOUND.split("VOTES")[0], "VOTES", id="cut short"),
    pytest.param(SOUND.replace(";", ","), "separated by", id="wrong delimiter"),
    pytest.param(
        SOUND.replace("v7;OGM/0004", "v7;OGM/0009"), "Line 31, field “vote”", id="unknown project"
    ),
    pytest.param(SOUND.replace(";500;", ";-500;"), "“cost”: must not be negative", id="negative"),
    pytest.param(SOUND.replace(";500;", ";5e2;"), "“cost”: expected digits", id="exponent"),
    pytest.param(SOUND.replace("OGM/0002;500", "OGM/0001;500"), "already on line", id="id twice"),
    pytest.param(SOUND.replace("v7;", "v6;"), "“voter_id”", id="voter twice"),
    pytest.param(SOUND.replace("rule;greedy-threshold", "rule;equalshares"), "“rule”", id="rule"),
    pytest.param(SOUND.replace("currency;EUR\n", ""), "“currency”", id="no currency"),
    pytest.param(
        SOUND.replace("num_votes;7", "num_votes;8"), "announces “8”", id="ballots missing"
    ),
    pytest.param(SOUND.replace("greedy-threshold", "greedy-custom"), "“rule”", id="custom rule"),
    pytest.param(SOUND.replace("Nest", "Nest\0"), "NUL", id="NUL byte"),
]


def row_counts():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize(("text", "sentence"), BROKEN)
def test_a_broken_file_leaves_nothing_behind(home, tmp_path, text, sentence):
    file = tmp_path / "broken.pb"
    file.write_text(text)
    before = row_counts()

    with pytest.raises(CommandError) as refused:
        call_command("import_pabulib", str(file), parent=home.pk)

    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert row_counts() == before


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + SOUND, id="byte-order mark"),
        pytest.param(SOUND.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(SOUND.replace("v7;OGM/0004", "v7;"), id="empty vote"),
    ],
)
def test_what_the_format_allows_is_imported(home, tmp_path, text):
    file = tmp_path / "odd.pb"
    file.write_bytes(text.encode())

    call_command("import_pabulib", str(file), parent=home.pk)

    assert apps.get_model("civic_budgets", "Ballot").objects.count() == 7


def test_a_failure_in_the_middle_of_the_import_leaves_nothing_behind(import_election, monkeypatch):
    before = row_counts()
    monkeypatch.setattr("civic_sourcing.budgets.actions.import_election.BATCH", "no number")

    with pytest.raises(ValueError, match="islice"):
        import_election()

    assert row_counts() == before


def test_every_finding_of_counting_has_a_translated_sentence():
    assert set(findings.SENTENCES) == set(counting.SENTENCES)


@pytest.mark.parametrize("code", sorted(counting.SENTENCES))
def test_a_translated_sentence_has_the_placeholders_of_its_finding(code):
    ours = set(re.findall(r"%\((\w+)\)s", str(findings.SENTENCES[code])))

    assert ours == set(re.findall(r"\{(\w+)\}", counting.SENTENCES[code]))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("key;value", "key,value", "쉼표", id="delimiter"),
        pytest.param("num_votes;7", "max_length;1\nnum_votes;7", "1개 이하", id="upper limit"),
        pytest.param("num_votes;7", "min_length;9\nnum_votes;7", "9개 이상", id="lower limit"),
    ],
)
def test_a_finding_is_korean_to_its_last_word(before, after, words):
    text = SOUND.replace(before, after)

    with translation.override("ko"):
        said = findings.sentence(first_finding(text))

    assert words in said
    assert not re.search(r"\bat (least|most)\b|commas", said)


def first_finding(text):
    try:
        return counting.read_pabulib(io.BytesIO(text.encode())).warnings[0]
    except counting.PabulibError as error:
        return error
