"""What the reader understands, and how it refuses the rest: line, field, and what is wrong."""

import contextlib
import gc
import io
import time

import pytest

from civic_sourcing.budgets.counting import SENTENCES, PabulibError, count, read_pabulib

from .elections import approvals, as_pb, small, stream

FILE = """META
key;value
description;Four lanterns
num_projects;2
num_votes;3
budget;1000
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
a;600;Lanterns
b;300;Garden
VOTES
voter_id;vote
1;a
2;a,b
3;b
"""

POINTS = (
    FILE.replace("approval", "cumulative")
    .replace("voter_id;vote", "voter_id;vote;points")
    .replace("1;a\n", "1;a;3\n")
    .replace("2;a,b\n", "2;a,b;1,2\n")
    .replace("3;b\n", "3;b;0\n")
)


def refusal_of(content: str | bytes) -> PabulibError:
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(stream(content))
    return refusal.value


@pytest.mark.parametrize(
    "dress",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="byte-order mark"),
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace(b"\n", b"\r"), id="CR"),
        pytest.param(lambda text: text.replace(b"\n", b"\n\n \n"), id="blank lines"),
        pytest.param(lambda text: text + b"\n\n\n\n", id="blank lines at the end"),
        pytest.param(lambda text: text.removesuffix(b"\n"), id="no last line end"),
        pytest.param(lambda text: text.replace(b"2;a,b", b'"2";"a,b"'), id="quoted ballot"),
        pytest.param(lambda text: text.replace(b"a,b", b" b , a "), id="spaces and order"),
        pytest.param(lambda text: text.replace(b"META", b" meta "), id="section in lower case"),
        pytest.param(lambda text: text.replace(b";cost", b"; Cost "), id="column in upper case"),
        pytest.param(lambda text: text.replace(b"600", b"600.00"), id="decimals of zero"),
        pytest.param(lambda text: text.replace(b"Garden", b'"Gar\n""den"""'), id="quoted lines"),
    ],
)
def test_dress_of_the_file_does_not_matter(dress):
    bare = read_pabulib(stream(FILE))

    dressed = read_pabulib(stream(dress(FILE.encode())))

    assert dressed.ballots == bare.ballots
    assert [(p.id, p.cost) for p in dressed.projects] == [("a", 600), ("b", 300)]


def test_quoted_names_lose_their_quotes_and_keep_what_is_inside():
    election = read_pabulib(small("cumulative"))

    assert election.projects[0].name == '"Our" square; the old one'


def test_path_binary_and_text_streams_are_read_alike():
    path = small("ordinal")

    with path.open("rb") as binary:
        assert read_pabulib(binary).ballots == read_pabulib(str(path)).ballots
    assert read_pabulib(io.StringIO(path.read_text())).ballots == read_pabulib(path).ballots


def test_equal_ballots_are_merged_and_voters_forgotten():
    election = read_pabulib(small("approval"))

    assert [(b.projects, b.times) for b in election.ballots] == [
        (("lanterns", "garden"), 2),
        (("garden", "benches"), 1),
        (("lanterns", "benches"), 1),
        (("swings",), 1),
        ((), 1),
    ]


def test_ballots_come_as_cast_when_the_order_was_kept():
    content = FILE.replace("3;b", "3;a")

    election = read_pabulib(stream(content), keep_order=True)

    assert [b.projects for b in election.iter_ballots()] == [("a",), ("a", "b"), ("a",)]
    assert {b.times for b in election.iter_ballots()} == {1}


def test_equal_ballots_come_together_when_the_order_was_not_kept():
    election = read_pabulib(stream(FILE.replace("3;b", "3;a")))

    assert [b.projects for b in election.iter_ballots()] == [("a",), ("a",), ("a", "b")]


def test_empty_vote_is_a_ballot_that_names_nobody():
    election = read_pabulib(stream(FILE.replace("3;b", "3;")))

    assert count(election).scores == {"a": 2, "b": 1}
    assert election.ballot_count == 3


def test_points_stay_with_their_projects_when_ballots_are_put_in_order():
    election = read_pabulib(stream(POINTS.replace("2;a,b;1,2", "2;b,a;7,1")))

    assert count(election).scores == {"a": 4, "b": 7}


def test_negative_points_need_a_negative_minimum():
    negative = POINTS.replace("1;a;3", "1;a;-3")

    allowed = read_pabulib(stream(negative.replace("budget", "min_points;-5\nbudget")))

    assert count(allowed).scores == {"a": -2, "b": 2}
    assert refusal_of(negative).code == "negative"


def test_cost_of_all_nines_is_real_where_the_budget_can_pay_it():
    content = FILE.replace("600", "999999999")

    assert read_pabulib(stream(content)).projects[0].withdrawn
    rich = read_pabulib(stream(content.replace("budget;1000", "budget;5000000000")))
    assert not rich.projects[0].withdrawn


@pytest.mark.parametrize(
    ("before", "after", "line", "field", "code"),
    [
        pytest.param(FILE, "", 1, "META", "empty", id="empty file"),
        pytest.param(FILE, "\ufeff\n \n", 1, "META", "empty", id="blank file"),
        pytest.param("META\nkey;value\n", "", 1, "META", "section-expected", id="no META"),
        pytest.param("PROJECTS\n", "", 12, "PROJECTS", "section-expected", id="no PROJECTS line"),
        pytest.param(
            "VOTES\nvoter_id;vote\n1;a\n2;a,b\n3;b\n",
            "",
            12,
            "VOTES",
            "section-missing",
            id="no VOTES",
        ),
        pytest.param(
            FILE, FILE[: FILE.index("PROJECTS")], 8, "PROJECTS", "section-missing", id="META alone"
        ),
        pytest.param("key;value", "budget;1000", 2, "key", "column-missing", id="META header"),
        pytest.param(
            "project_id;cost;name\na;600;Lanterns\nb;300;Garden\n",
            "",
            10,
            "PROJECTS",
            "header-missing",
            id="PROJECTS empty",
        ),
        pytest.param(
            "a;600;Lanterns\nb;300;Garden\n", "", 11, "PROJECTS", "projects-none", id="no projects"
        ),
        pytest.param("budget;1000\n", "", 7, "budget", "key-missing", id="no budget"),
        pytest.param("budget;1000", "budget;", 6, "budget", "key-missing", id="empty budget"),
        pytest.param("budget;1000", "budget", 6, "budget", "fields", id="budget without value"),
        pytest.param("rule;greedy", "budget;2", 8, "budget", "key-twice", id="budget twice"),
        pytest.param("budget;1000", "budget;NaN", 6, "budget", "number", id="budget NaN"),
        pytest.param("budget;1000", "budget;1e309", 6, "budget", "number", id="budget 1e309"),
        pytest.param("budget;1000", "budget;١٠٠٠", 6, "budget", "number", id="Arabic digits"),
        pytest.param("budget;1000", "budget;1_000", 6, "budget", "number", id="underscore"),
        pytest.param("budget;1000", "budget;1,000", 6, "budget", "number", id="thousands comma"),
        pytest.param(
            "budget;1000", "budget;" + "9" * 5000, 6, "budget", "number", id="5000 digits"
        ),
        pytest.param("budget;1000", "budget;-1", 6, "budget", "negative", id="negative budget"),
        pytest.param("approval", "smoke", 7, "vote_type", "vote-type", id="vote type"),
        pytest.param(
            "rule;greedy",
            "default_score;2",
            8,
            "default_score",
            "default-score",
            id="default score",
        ),
        pytest.param(
            "rule;greedy", "scoring_fn;cubic", 8, "scoring_fn", "scoring", id="scoring function"
        ),
        pytest.param("a;600", "a;-600", 11, "cost", "negative", id="negative cost"),
        pytest.param("a;600", "a;six", 11, "cost", "number", id="cost in words"),
        pytest.param("a;600", "a;", 11, "cost", "number", id="empty cost"),
        pytest.param("a;600", ";600", 11, "project_id", "value-missing", id="empty project id"),
        pytest.param("b;300", "a;300", 12, "project_id", "project-twice", id="project twice"),
        pytest.param("b;300", "b,c;300", 12, "project_id", "project-comma", id="comma in id"),
        pytest.param("Lanterns", "Lan;terns", 11, "name", "fields", id="too many fields"),
        pytest.param("a;600;Lanterns", "a;600", 11, "name", "fields", id="too few fields"),
        pytest.param(
            "project_id;cost", "project_id;price", 10, "cost", "column-missing", id="no cost column"
        ),
        pytest.param("cost;name", "cost;cost", 10, "cost", "column-twice", id="column twice"),
        pytest.param(
            "cost;name", "cost;name;;", 10, "#4", "columns-unnamed", id="columns without a name"
        ),
        pytest.param("cost;name", "cost;name;", 11, "#4", "fields", id="no value without a name"),
        pytest.param("key;value", "key,value", 2, "key", "delimiter", id="commas in META"),
        pytest.param(
            "voter_id;vote", "voter_id\tvote", 14, "voter_id", "delimiter", id="tabs in VOTES"
        ),
        pytest.param("2;a,b", "2,a,b", 16, "vote", "fields", id="one row with commas"),
        pytest.param("2;a,b", "2;a,c", 16, "vote", "project-unknown", id="unknown project"),
        pytest.param("2;a,b", "2;a,", 16, "vote", "project-unknown", id="comma at the end"),
        pytest.param("2;a,b", "2;a,a", 16, "vote", "project-repeated", id="project repeated"),
        pytest.param("2;a,b", "1;a,b", 16, "voter_id", "voter-twice", id="voter twice"),
        pytest.param("2;a,b", " ;a,b", 16, "voter_id", "value-missing", id="empty voter id"),
        pytest.param("2;a,b", "2;a,b;7", 16, "vote", "fields", id="one field too many"),
        pytest.param("approval", "choose-1", 16, "vote", "one-choice", id="two single choices"),
        pytest.param("approval", "scoring", 14, "points", "column-missing", id="no points"),
        pytest.param("3;b\n", "", 5, "num_votes", "rows", id="cut short"),
        pytest.param("3;b\n", "3;b\n4;b\n", 5, "num_votes", "rows", id="one ballot too many"),
        pytest.param(
            "num_projects;2", "num_projects;3", 4, "num_projects", "rows", id="project lost"
        ),
        pytest.param("Garden", '"Garden', 12, "name", "quote", id="open quote"),
        pytest.param("Garden", '"Gar"den', 12, "name", "quote", id="text after a quote"),
        pytest.param("Garden", "Gar\0den", 12, "name", "nul", id="NUL in a name"),
        pytest.param("2;a,b", "2;a\0b", 16, "vote", "nul", id="NUL in a ballot"),
    ],
)
def test_broken_file_is_refused_with_line_and_field(before, after, line, field, code):
    assert before in FILE

    refusal = refusal_of(FILE.replace(before, after, 1))

    assert (refusal.line, refusal.field) == (line, field)
    assert refusal.code.startswith(code)


@pytest.mark.parametrize(
    ("before", "after", "line", "field", "code"),
    [
        pytest.param("2;a,b;1,2", "2;a,b;1", 16, "points", "points-parallel", id="one too few"),
        pytest.param("2;a,b;1,2", "2;;1", 16, "points", "points-parallel", id="points for nobody"),
        pytest.param("2;a,b;1,2", "2;a,b;1,x", 16, "points", "number", id="not a number"),
        pytest.param("2;a,b;1,2", "2;a,b;1,-2", 16, "points", "negative", id="negative"),
        pytest.param("2;a,b;1,2", "2;a,b;1,inf", 16, "points", "number", id="infinite"),
    ],
)
def test_broken_points_are_refused_with_line_and_field(before, after, line, field, code):
    assert before in POINTS

    refusal = refusal_of(POINTS.replace(before, after))

    assert (refusal.line, refusal.field, refusal.code) == (line, field, code)


@pytest.mark.parametrize(
    ("before", "after", "line", "field"),
    [
        pytest.param(b"Garden", b"Gar\xffden", 12, "name", id="in a name"),
        pytest.param(b"2;a,b", b"2;\xe9,b", 16, "vote", id="in a ballot"),
        pytest.param(b"META", b"\xff\xfeM", 1, "column 1", id="UTF-16"),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused_with_line_and_field(before, after, line, field):
    refusal = refusal_of(FILE.encode().replace(before, after))

    assert (refusal.line, refusal.field, refusal.code) == (line, field, "encoding")


def test_line_is_right_far_down_a_long_file():
    rows = "".join(f"{number};a\n" for number in range(60_000))
    content = FILE.replace("1;a\n2;a,b\n3;b\n", rows + "z;nobody\n").replace(
        "votes;3", "votes;60001"
    )

    refusal = refusal_of(content)

    assert (refusal.line, refusal.code) == (60_015, "project-unknown")


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"\x9c\x00;" * 1_400_000, id="bytes"),
        pytest.param(b"META\nkey;value\n" + b"x" * 4_000_000, id="one line"),
        pytest.param(b"META\nkey;value\n" + b'"' * 4_000_001, id="quotes"),
        pytest.param(FILE.encode() + b"9;" + b"a," * 2_000_000, id="one ballot"),
        pytest.param(b";\n" * 2_000_000, id="semicolons"),
    ],
)
def test_four_megabytes_of_garbage_end_in_one_short_sentence(garbage):
    sentence = str(refusal_of(garbage))

    assert sentence.startswith("line ")
    assert len(sentence) < 300
    assert "\n" not in sentence


def test_a_project_repeated_at_the_end_of_a_very_long_ballot_is_found_at_once():
    ids = [str(number) for number in range(100_000)]
    projects = "".join(f"{each};1;x\n" for each in ids)
    content = FILE.replace("a;600;Lanterns\nb;300;Garden\n", projects)
    content = content.replace("projects;2", "projects;100000").replace(
        "1;a\n", f"1;{','.join(ids)},99999\n"
    )
    started = time.process_time()

    refusal = refusal_of(content)

    assert (refusal.code, refusal.context["value"]) == ("project-repeated", "“99999”")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('a;600;"";""', id="column twice"),
        pytest.param("a;600;Lan\0terns", id="value below such a column"),
    ],
)
def test_a_column_from_the_file_cannot_break_the_line_or_command_the_terminal(row):
    column = '"na\nme\x1b[2J"'
    columns = ";".join(["cost", *[column] * (row.count(";") - 1)])
    content = FILE.replace("cost;name", columns).replace("a;600;Lanterns", row)

    sentence = str(refusal_of(content))

    assert sentence.isprintable()


def test_four_megabytes_of_blank_lines_are_skipped():
    election = read_pabulib(stream(FILE + "\n" * 4_000_000))

    assert election.ballot_count == 3


def test_more_than_a_ballot_may_hold_is_counted_with_a_warning():
    content = FILE.replace("budget;1000", "max_length;1\nmax_sum_cost;600\nbudget;1000")

    election = read_pabulib(stream(content))

    assert [str(warning) for warning in election.warnings] == [
        'line 6, field "max_length": 1 of the ballots name 2 projects where META allows at most 1',
        'line 7, field "max_sum_cost": 1 of the ballots name projects for 900 where META allows '
        "at most 600",
    ]
    assert election.ballot_count == 3


def test_file_that_announces_no_number_of_rows_is_read_with_a_warning():
    content = FILE.replace("num_votes;3\n", "")

    assert [w.field for w in read_pabulib(stream(content)).warnings] == ["num_votes"]


def test_every_sentence_is_one_line_and_has_a_code():
    assert all(
        "\n" not in sentence and code == code.lower() for code, sentence in SENTENCES.items()
    )


def test_progress_is_told_up_to_the_end_of_the_file():
    told: list[tuple[int, int]] = []
    election = approvals({"a": 1}, ["a"] * 60_000, 1)

    read_pabulib(stream(as_pb(election)), progress=lambda read, size: told.append((read, size)))

    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize("content", [FILE, FILE.replace("2;a", "2;c")], ids=["read", "refused"])
@pytest.mark.parametrize("was_on", [True, False], ids=["on", "off"])
def test_the_collector_is_left_as_it_was(content, was_on, request):
    request.addfinalizer(gc.enable)
    (gc.enable if was_on else gc.disable)()

    with contextlib.suppress(PabulibError):
        read_pabulib(stream(content))

    assert gc.isenabled() is was_on
