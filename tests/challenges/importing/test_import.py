"""Published challenges become pages, once, and their figures are those published."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengeIndexPage,
    ChallengePage,
    Criterion,
    Prize,
    Round,
)
from civic_sourcing.core.models import AuditEntry

pytestmark = pytest.mark.django_db

RECORD = {
    "id": 12,
    "title": "Quiet streets",
    "tagline": "Less noise at night.",
    "department": "Roads",
    "types": "Ideas; Software/Apps",
    "prize": "Up to $240,000",
    "legal_authority": "Space Act",
    "submission_start": "2020-01-01T00:00:00",
    "submission_end": "2020-02-01T00:00:00",
    "description": "Streets are loud.",
}


def run(command, *arguments):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(*records):
        path = tmp_path / "challenges.json"
        path.write_text(json.dumps(records))
        return path

    return write


def test_a_record_becomes_a_published_page_below_a_new_list(home, file):
    run("import_challenges", file(RECORD), "--new-index")

    page = ChallengePage.objects.get()
    facts = page.facts
    assert page.live
    assert page.get_parent().title == "Imported challenges"
    assert page.get_parent().get_parent() == home
    assert (facts.imported_id, facts.types) == (12, ["ideas", "software"])
    assert (facts.prize_total, facts.prize_up_to) == (24_000_000, True)
    assert page.process.phases.get().kind == "entering"
    assert AuditEntry.objects.filter(action="civic_challenges.import").count() == 1


def test_the_same_file_twice_changes_nothing(home, file):
    path = file(RECORD)
    run("import_challenges", path, "--new-index")
    entries = AuditEntry.objects.count()

    said = run("import_challenges", path, "--new-index")

    assert "0 of 1" in said
    assert (ChallengePage.objects.count(), ChallengeIndexPage.objects.count()) == (1, 1)
    assert AuditEntry.objects.count() == entries


def test_a_record_that_says_something_else_now_is_left_and_named(home, file):
    run("import_challenges", file(RECORD), "--new-index")

    said = run("import_challenges", file(RECORD | {"title": "Loud streets"}), "--new-index")

    assert "left as they are: 12" in said
    assert ChallengePage.objects.get().title == "Quiet streets"


def test_what_cannot_be_read_is_listed_and_the_rest_imported(home, file):
    said = run(
        "import_challenges", file(RECORD | {"submission_start": "03/02/20202"}), "--new-index"
    )

    assert "12 submission_start: '03/02/20202'" in said
    assert ChallengeFacts.objects.get().imported_closes_at.year == 2020


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--parent", "999999"], "no page with the id", id="no page"),
        pytest.param(["--new-index", "--timezone", "Mars/North"], "no time zone", id="zone"),
        pytest.param(["--new-index", "--currency", "$"], "not a currency", id="currency"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(home, file, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("import_challenges", file(RECORD), *arguments)

    assert not ChallengePage.objects.exists()


@pytest.mark.parametrize("text", ["", "[", "{}", "nothing"])
def test_a_file_that_is_no_list_of_records_is_refused(home, tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text)

    with pytest.raises(CommandError, match=r"broken\.json"):
        run("import_challenges", path, "--new-index")


@pytest.mark.prove("postgresql")
def test_the_real_records_give_the_published_figures_and_record_1141_whole(home, shared_data):
    folder = shared_data / "challenges"
    expected = json.loads((folder / "expected.json").read_text())

    said = run("import_challenges", folder / "challenges_200.json", "--new-index")

    assert json.loads(run("challenge_numbers", "--json")) == expected
    assert "1101 submission_start" in said
    assert "1123 submission_start" in said
    process = ChallengeFacts.objects.get(imported_id=1141).process
    first, second = Round.objects.of(process)
    points = [
        list(Criterion.objects.filter(round=each).values_list("points", "is_bonus"))
        for each in (first, second)
    ]
    assert points == [[(20, False)] * 5 + [(5, True)], [(20, False)] * 5]
    assert (first.title, first.advancing) == ("Open Submissions", 5)
    prizes = list(Prize.objects.filter(process=process).values_list("amount", "winners", "round"))
    assert prizes == [(50_000_000, 5, first.pk), (10_000_000, 1, second.pk)]
